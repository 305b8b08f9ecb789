"""From a question to passages: of the right reports, the answering ones first, and wider only where it says so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from index.records import Passage
from index.retrieval.asked import take_apart
from index.retrieval.explain import as_json, looked_in, reasons, understood
from index.retrieval.find import WIDENED, Found, find
from index.retrieval.rows import quoted_rows
from index.retrieval.scope import Scope
from index.search import Index

HARTLEPOOL, RUTLAND = "hartlepool-2022-inspection.txt", "rutland-2023-inspection.md"
VISIT = "hartlepool-2024-focused-visit.txt"


def documents(found: Found) -> set[str]:
    return {ranked.hit.passage.document for ranked in found.passages}


def first(found: Found) -> str:
    return found.passages[0].hit.passage.text


# Where it looks


@pytest.mark.parametrize(
    ("question", "allowed"),
    [
        ("How is private fostering in Hartlepool?", {HARTLEPOOL, VISIT}),
        ("How is private fostering in Hartlepool in the 2022 report?", {HARTLEPOOL}),
        ("What did the focused visit to Hartlepool say about staff?", {VISIT}),
        ("Rutland: early help?", {RUTLAND}),
    ],
)
def test_no_passage_comes_from_another_authority_or_date(index: Index, question: str, allowed: set[str]) -> None:
    found = find(question, index, 50)
    assert found.passages
    assert documents(found) <= allowed


def test_an_authority_that_is_not_held_gives_nothing_and_says_so(index: Index) -> None:
    found = find("What did inspectors say about early help in Barnsley?", index)
    assert found.passages == ()
    assert found.scope.gaps == ("No report on Barnsley is held.",)


def test_a_council_that_there_is_not_gives_nothing_and_says_so(index: Index) -> None:
    found = find("How good is early help at Narnia Council?", index)
    assert found.passages == ()
    assert "Narnia" in found.scope.gaps[0]


def test_where_no_report_of_the_year_is_held_it_looks_wider_and_says_so(index: Index) -> None:
    found = find("What did the 2010 inspection of Rutland say about early help?", index)
    assert documents(found) == {RUTLAND}
    assert found.scope.gaps == ("No report of 2010 on Rutland is held.", WIDENED.format(name="Rutland"))


def test_where_nothing_is_named_all_reports_are_looked_in(index: Index) -> None:
    found = find("return home interviews", index, 50)
    assert found.scope.sources == index.sources
    assert len(documents(found)) > 1


def test_only_the_documents_given_are_looked_in(index: Index) -> None:
    assert documents(find("early help", index, 50, (RUTLAND,))) == {RUTLAND}
    assert find("early help in Hartlepool", index, 50, (RUTLAND,)).passages == ()
    assert find("early help", index, 50, ()).passages == ()


def test_a_passage_that_is_not_allowed_is_not_found(index: Index) -> None:
    def allowed(passage: Passage) -> bool:
        return "Lighthouse" not in passage.text

    assert "Lighthouse" in first(find("Lighthouse hub in Hartlepool", index))
    assert all(
        "Lighthouse" not in each.hit.passage.text for each in find("Lighthouse", index, 50, None, allowed).passages
    )


# What comes first


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many return home interviews took place within 72 hours in Hartlepool 2022?", "53% of interviews"),
        ("Is private fostering well understood in Hartlepool in 2022?", "poorly understood"),
        ("How was Hartlepool rated for care leavers?", "Outstanding"),
        ("What overall grade did Hartlepool get in 2022?", "Overall effectiveness Good"),
    ],
)
def test_the_passage_that_answers_comes_first(index: Index, question: str, words: str) -> None:
    assert words in first(find(question, index))


def test_a_grade_comes_with_what_the_register_read(index: Index) -> None:
    ranked = find("What overall grade did Hartlepool get in 2022?", index).passages[0]
    assert ranked.row == "grade overall: good"


def test_of_a_whole_country_no_grade_is_the_answer(index: Index) -> None:
    many = tuple(replace(source, document=f"{number}.txt") for number, source in enumerate(index.sources * 3))
    assert len(many) > 6
    taken = take_apart("Which were rated good?", index)
    assert quoted_rows(taken, Scope(many), index) == ()


def test_no_passage_comes_twice_and_no_more_than_asked_for(index: Index) -> None:
    found = find("children who go missing in Hartlepool", index, 3)
    ids = [ranked.hit.passage.id for ranked in found.passages]
    assert len(ids) == len(set(ids)) == 3


def test_a_cross_encoder_outweighs_the_rest(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    class Contrary:
        """Wants nothing but agency staff."""

        def scores(self, question: str, texts: list[str]) -> np.ndarray:
            assert "Hartlepool" not in question
            return np.array(["agency" in text for text in texts], dtype=np.float32)

    question = "How is social work in Hartlepool?"
    assert "agency" not in first(find(question, index))
    monkeypatch.setattr(index, "reranker", Contrary())
    ranked = find(question, index).passages[0]
    assert ranked.best
    assert ranked.best.relevance == 1
    assert "agency" in ranked.best.text


# What it says of itself


def test_what_was_understood_is_told_in_the_askers_words(index: Index) -> None:
    told = understood(take_apart("What did they say about RHIs in Hartlepool in 2022?", index))
    assert told == {
        "authority": "Hartlepool",
        "when": "2022",
        "asked for": "what inspectors found",
        "topics": "RHIs",
    }


def test_what_was_not_asked_is_not_told(index: Index) -> None:
    assert set(understood(take_apart("early help", index))) == {"asked for", "topics"}


def test_where_was_looked_is_told(index: Index) -> None:
    assert looked_in(index.sources, 3) == "Looked in all 3 reports."
    assert looked_in(index.sources[:1], 3) == "Looked in 1 of 3 reports: Hartlepool 2022."
    assert looked_in((), 3) == "Looked in none of 3 reports."
    assert looked_in(index.sources * 2, 9).endswith("and 2 more.")


def test_every_passage_says_why_it_came(index: Index) -> None:
    found = find("How many return home interviews took place within 72 hours in Hartlepool 2022?", index, 50)
    told = [" ".join(reasons(ranked)) for ranked in found.passages]
    assert "best sentence: Only 53% of interviews took place within 72 hours" in told[0]
    assert "in the search by meaning" in told[0]
    assert all(told)


def test_the_whole_can_be_had_as_plain_values(index: Index) -> None:
    told = as_json(find("What overall grade did Hartlepool get in 2022?", index, 2), len(index.sources))
    assert told["documents"] == [HARTLEPOOL]
    assert told["looked_in"] == "Looked in 1 of 3 reports: Hartlepool 2022."
    passages = told["passages"]
    assert isinstance(passages, list)
    assert passages[0]["register_row"] == "grade overall: good"
    assert passages[0]["authority"] == "Hartlepool"
    assert as_json(find("early help", index), len(index.sources))["documents"] is None
