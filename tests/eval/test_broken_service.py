"""A service that is broken on purpose fails the evaluation in the measure that is there for that fault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from langchain_core.messages import BaseMessage

from eval.answers import asked
from eval.cases import Case
from eval.figures import figures
from eval.measures import judge
from eval.rows import row_of
from eval.run_folder import Asked
from eval.thresholds import Threshold, hold
from index.retrieval.scope import Scope
from index.search import Index, open_index
from index.sync import sync
from rag import steps
from rag.answer import Evidence
from rag.chain import Answerer
from rag.inquiry import Inquiry
from rag.models import Writer
from rag.service import Service
from rag.settings import Settings
from rag.verify import Verdict
from tests.fakes import FakeEmbedder

REPORT = """{authority} Borough Council

Inspection of children's services

Inspection dates: 4 July to 15 July {year}

Report published: 12 September {year}

Judgement

Grade

The experiences and progress of children in care Good

Overall effectiveness {grade}

The experiences and progress of children who need help and protection

1. Early help is well coordinated. In the last year the {hub} hub worked with {families} families.

2. Only {late}% of return home interviews took place within 72 hours.

3. Private fostering assessments were late for {fostered} children, and checks on carers had not been made.

The experiences and progress of children in care

4. Children in care live in stable homes. The named nurse sees every child within {days} working days.

This report was invented for the tests of a computer program; nothing in it is true of the authority it names.
"""
OLD, NEW, OTHER = "hartlepool-2016.txt", "hartlepool-2021.txt", "rutland-2021.txt"
FILLED = {
    OLD: ("Hartlepool", 2016, "Inadequate", "Harbour", 120, 31, "seven", 40),
    NEW: ("Hartlepool", 2021, "Good", "Lighthouse", 412, 53, "four", 20),
    OTHER: ("Rutland", 2021, "Requires improvement to be good", "Orchard", 88, 64, "three", 15),
}
FIELDS = ("authority", "year", "grade", "hub", "families", "late", "fostered", "days")
CASES = (
    Case(
        id="grade-then",
        kind="overall",
        question="What was the overall grade for Hartlepool in 2016?",
        documents=(OLD,),
        answer_contains=(("inadequate",),),
        quote_contains=("inadequate",),
    ),
    Case(
        id="grade-now",
        kind="overall",
        question="How is Hartlepool rated overall now?",
        documents=(NEW,),
        answer_contains=(("good",),),
        quote_contains=("good",),
    ),
    Case(
        id="late-then",
        kind="number",
        question="What percentage of return home interviews took place within 72 hours in Hartlepool in 2016?",
        documents=(OLD,),
        answer_contains=(("31%",),),
        quote_contains=("31%",),
    ),
    Case(
        id="late-other",
        kind="number",
        question="What percentage of return home interviews took place within 72 hours in Rutland?",
        documents=(OTHER,),
        answer_contains=(("64%",),),
        quote_contains=("64%",),
    ),
    Case(
        id="fostering",
        kind="narrative",
        question="What did inspectors say about private fostering assessments in Rutland?",
        documents=(OTHER,),
        answer_contains=(("late",),),
        quote_contains=("fostering",),
    ),
)
THRESHOLD = Threshold(
    cases="invented.jsonl",
    model="none",
    shares={
        "right": 0.9,
        "sourced": 0.9,
        "supported": 0.9,
        "recall": 0.99,
        "wrong_authority": 0.0,
        "superseded": 0.0,
    },
)
RUN = Asked(
    system="chapter-and-verse",
    model="none",
    cases="invented.jsonl",
    cases_sha256="",
    questions=len(CASES),
    limit=None,
    seed=0,
    corpus=(),
)


@dataclass
class Liar:
    """A model that always says the contrary of what it was given, with a token."""

    name: str = "liar"
    only_copies: bool = False

    def stream(self, messages: list[BaseMessage]) -> Iterator[str]:
        """One false sentence."""
        assert messages
        yield "Private fostering assessments were never late for anyone [1]."


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("invented")
    for name, values in FILLED.items():
        (folder / name).write_text(REPORT.format(**dict(zip(FIELDS, values, strict=True))), "utf-8")
    return folder


@pytest.fixture(scope="module")
def index(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("index")
    sync((corpus,), folder, FakeEmbedder())
    return open_index(folder, FakeEmbedder())


def failing(index: Index, corpus: Path, writer: Writer | None = None) -> set[str]:
    """The measures that miss their threshold over all cases."""
    settings = Settings(model="none", corpus=(corpus,))
    service = Service(Answerer(index, settings, writer).runnable(), index, settings)
    held = {source.document: source for source in index.sources}
    verdicts = [judge(case, row_of(case.id, asked(case, service)), (corpus,), held) for case in CASES]
    table = {row.kind: row for row in figures(verdicts)}
    return {each.measure for each in hold((THRESHOLD,), RUN, table) if not each.holds}


def replacing(monkeypatch: pytest.MonkeyPatch, old: steps.Step, new: steps.Step) -> None:
    """Put one step in the place of another in the chain."""
    monkeypatch.setattr("rag.chain.STEPS", tuple(new if step is old else step for step in steps.STEPS))


def test_the_service_as_it_is_meets_every_threshold(index: Index, corpus: Path) -> None:
    assert failing(index, corpus) == set()


def test_a_model_that_lies_changes_nothing_while_the_checker_is_on(index: Index, corpus: Path) -> None:
    assert failing(index, corpus, Liar()) == set()


def test_without_the_filter_by_authority_another_authority_is_cited(
    index: Index, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def every_report(inquiry: Inquiry, index: Index, settings: Settings) -> Inquiry:
        return replace(steps.find_reports(inquiry, index, settings), scope=Scope(index.sources), refusal=None)

    replacing(monkeypatch, steps.find_reports, every_report)
    assert "wrong_authority" in failing(index, corpus)


def test_without_the_checker_a_statement_stands_on_what_does_not_support_it(
    index: Index, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def believes(text: str, evidence: tuple[Evidence, ...]) -> Verdict:
        assert text
        return Verdict(True, (evidence[0].token,))

    monkeypatch.setattr("rag.drafting.check", believes)
    assert failing(index, corpus, Liar()) == {"recall"}


def test_without_the_best_passage_the_answer_is_not_supported(
    index: Index, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_best(inquiry: Inquiry, index: Index, settings: Settings) -> Inquiry:
        found = steps.retrieve(inquiry, index, settings)
        best = found.ranked[0].hit.passage if found.ranked else None
        return replace(found, ranked=tuple(item for item in found.ranked if item.hit.passage != best))

    replacing(monkeypatch, steps.retrieve, without_best)
    missed = failing(index, corpus)
    assert {"right", "supported"} <= missed
    assert "wrong_authority" not in missed


def test_without_dates_an_older_report_stands_for_now_and_a_newer_one_for_then(
    index: Index, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def undated(inquiry: Inquiry, index: Index, settings: Settings) -> Inquiry:
        dateless = replace(inquiry.asked, years=(), months=(), later_than=None, latest=False)
        return steps.find_reports(replace(inquiry, understanding=dateless), index, settings)

    replacing(monkeypatch, steps.find_reports, undated)
    monkeypatch.setattr("rag.lookup._newest_of_each", lambda rows: rows[:1])
    missed = failing(index, corpus)
    assert {"superseded", "sourced"} <= missed
    assert "wrong_authority" not in missed
