"""Searching: the right passages, of the right reports only, with ranks that explain the score."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.read import read_report
from index.records import IndexProblem
from index.rerank import Weighing
from index.search import DENSE_WEIGHT, FUSION_K, LEXICAL_WEIGHT, Index, open_index
from index.sync import sync
from tests.fakes import FakeEmbedder

INSPECTION = "hartlepool-2022-inspection.txt"
LETTER = "hartlepool-2024-focused-visit.txt"
RUTLAND = "rutland-2023-inspection.md"
QUESTION = "How quickly are return home interviews done?"


# Opening


def test_without_an_index_it_is_said_what_to_do_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(IndexProblem, match="There is no index yet. Run `python -m index sync`"):
        open_index(tmp_path / "none", FakeEmbedder())
    assert not (tmp_path / "none").exists()


def test_an_index_of_no_reports_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    sync((tmp_path / "corpus",), tmp_path / "index", FakeEmbedder())
    with pytest.raises(IndexProblem, match="holds no reports. Put reports into the corpus folder"):
        open_index(tmp_path / "index", FakeEmbedder())


def test_an_index_of_another_embedder_is_a_problem(built_index: Path) -> None:
    with pytest.raises(IndexProblem, match="another embedding model. Run `python -m index sync`"):
        open_index(built_index, FakeEmbedder(name="other"))


def test_an_index_of_another_version_is_a_problem(built_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.sync.SCHEMA", "tables-of-tomorrow")
    with pytest.raises(IndexProblem, match="by another version.*schema .*, here tables-of-tomorrow"):
        open_index(built_index, FakeEmbedder())


def test_opening_embeds_nothing(built_index: Path, embedder: FakeEmbedder) -> None:
    open_index(built_index, embedder)
    assert embedder.calls == []


# What it holds


def test_reports_come_oldest_first_and_can_be_had_by_name(index: Index) -> None:
    assert [source.document for source in index.sources] == [INSPECTION, RUTLAND, LETTER]
    assert [source.authority for source in index.sources if source.document == RUTLAND] == ["Rutland"]


def test_grades_come_with_their_reports(index: Index) -> None:
    leaders = {grade.source.authority: grade.grade for grade in index.grades if grade.area == "leaders"}
    assert leaders == {"Hartlepool": "good", "Rutland": "outstanding"}


def test_the_passages_of_a_report_come_in_reading_order(index: Index) -> None:
    orders = [passage.order for passage in index.passages(INSPECTION)]
    assert orders == list(range(len(orders)))
    assert len(orders) == next(source.passages for source in index.sources if source.document == INSPECTION)
    assert index.passages("none.txt") == ()


# Finding


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Which hub coordinates early help?", "Lighthouse hub"),
        ("use of agency staff", "from 31% to 9%"),
        ("advocacy for disabled children", "take-up of advocacy"),
    ],
)
def test_the_passage_that_answers_comes_first(index: Index, question: str, words: str) -> None:
    assert words in index.search(question)[0].passage.text


def test_a_short_form_finds_what_it_stands_for(index: Index) -> None:
    (best,) = (hit for hit in index.search("RHIs") if hit.lexical_rank == 1)
    assert "eturn home interview" in best.passage.text


def test_a_hit_names_the_report_of_its_passage(index: Index) -> None:
    assert all(hit.source.document == hit.passage.document for hit in index.search(QUESTION))


def test_no_more_are_given_than_asked_for_and_none_twice(index: Index) -> None:
    hits = index.search(QUESTION, count=4)
    assert len(hits) == 4
    assert len({hit.passage.id for hit in hits}) == 4


def test_the_first_few_of_many_are_the_few(index: Index) -> None:
    assert index.search(QUESTION, count=10)[:3] == index.search(QUESTION, count=3)


def test_the_score_is_that_of_the_two_ranks(index: Index) -> None:
    hits = index.search(QUESTION, count=100)
    for hit in hits:
        by_words = LEXICAL_WEIGHT / (FUSION_K + hit.lexical_rank) if hit.lexical_rank else 0
        by_meaning = DENSE_WEIGHT / (FUSION_K + hit.dense_rank) if hit.dense_rank else 0
        assert hit.score == pytest.approx(by_words + by_meaning)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize("name", ["dense_rank", "lexical_rank"])
def test_the_ranks_of_a_search_count_up_from_one(index: Index, name: str) -> None:
    ranks = sorted(rank for hit in index.search(QUESTION, count=100) if (rank := getattr(hit, name)))
    assert ranks == list(range(1, len(ranks) + 1))
    assert ranks


def test_what_every_report_says_of_its_grades_is_not_found(index: Index) -> None:
    (boilerplate,) = [passage for passage in index.passages(INSPECTION) if passage.boilerplate]
    hits = index.search(boilerplate.text, count=100)
    assert hits
    assert boilerplate.id not in {hit.passage.id for hit in hits}


@pytest.mark.parametrize("question", ["", "   ", "???", "what is it about", "zebra", "x" * 5_000, "'; drop table --"])
def test_any_question_can_be_asked(index: Index, question: str) -> None:
    assert all(hit.lexical_rank is None for hit in index.search(question))


# Within some reports only


@given(
    st.sets(st.sampled_from([INSPECTION, LETTER, RUTLAND, "none.txt"])),
    st.sampled_from([QUESTION, "private fostering", "agency staff", "", "What needs to improve?"]),
)
def test_nothing_of_another_report_is_ever_found(index: Index, wanted: set[str], question: str) -> None:
    assert {hit.passage.document for hit in index.search(question, 100, wanted)} <= wanted


def test_each_report_can_be_searched_alone(index: Index) -> None:
    for document, figure in ((INSPECTION, "53%"), (LETTER, "81%"), (RUTLAND, "96%")):
        assert any(figure in hit.passage.text for hit in index.search(QUESTION, 3, [document]))


def test_no_report_wanted_is_nothing_found_and_none_named_is_all(index: Index) -> None:
    assert index.search(QUESTION, 100, []) == ()
    assert {hit.source.document for hit in index.search(QUESTION, 100)} == {INSPECTION, LETTER, RUTLAND}


# The embedder


def test_a_question_asked_again_is_not_embedded_again(built_index: Path, embedder: FakeEmbedder) -> None:
    index = open_index(built_index, embedder)
    assert index.search(QUESTION) == index.search(QUESTION)
    assert embedder.calls == [[QUESTION]]


def test_the_likeness_of_a_text_with_itself_is_one_and_of_others_less(index: Index) -> None:
    same, near, far = index.similarity("missing children", ["missing children", "children go missing", "agency"])
    assert same == pytest.approx(1)
    assert same > near > far


def test_many_may_search_at_once(index: Index) -> None:
    questions = ["agency staff", "private fostering", QUESTION, "pathway plans"] * 5
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(index.search, questions)) == [index.search(question) for question in questions]


# Rows


def test_what_was_read_in_the_reports_is_at_hand_with_its_source(tmp_path: Path, corpus_folder: Path) -> None:
    sync((corpus_folder,), tmp_path / "index", FakeEmbedder())
    read = [read_report(path) for path in sorted(corpus_folder.iterdir())]
    index = open_index(tmp_path / "index", FakeEmbedder())
    for name in ("figures", "recommendations", "officers"):
        rows = getattr(index, name)
        assert len(rows) == sum(len(getattr(report, name)) for report in read)
        assert all(row.source in index.sources for row in rows)
    grades = [grade for report in read for grade in report.judgements]
    assert len(index.grades) == sum(grade.of == "this" for grade in grades)
    assert len(index.earlier_grades) == sum(grade.of != "this" for grade in grades)


class Contrary(FakeEmbedder):
    """The less a text has of the question's words, the nearer it is."""

    def embed(self, texts: Sequence[str], batch: int = 32) -> np.ndarray:
        vectors = super().embed(texts, batch)
        vectors[1:] *= -1
        return vectors


@pytest.mark.parametrize(
    ("weighing", "shared_is_closer"),
    [(None, True), (Weighing(), True), (Weighing(sentences=Contrary()), False)],
)
def test_sentences_are_weighed_by_their_own_model(
    built_index: Path, weighing: Weighing | None, shared_is_closer: bool
) -> None:
    index = open_index(built_index, FakeEmbedder(), weighing=weighing)
    shared, other = index.closeness("missing children", ["missing children", "agency staff"])
    assert bool(shared > other) is shared_is_closer
