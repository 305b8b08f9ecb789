"""A run as a page, as Markdown, as JUnit XML and among results: what is in it, and that nothing of an answer runs."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from eval.cases import Case
from eval.report import as_html
from eval.report_plots import BANDS, LEFT, RIGHT, WIDTH, reliability, waiting
from eval.report_text import junit, report_markdown
from eval.results import as_markdown
from eval.rows import CitedQuote, Row, Said
from eval.run_folder import Run
from eval.thresholds import Threshold
from tests.eval.runs import case, row, run

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><style>*{display:none}</style>"


def evil_row() -> Row:
    quote = CitedQuote.model_validate({"token": "1", "document": f"{EVIL}.txt", "quote": EVIL})
    return Row(
        id="evil",
        answer=EVIL,
        outcome="answered",
        abstained=False,
        citations=(quote,),
        withheld_sentences=(Said(text=EVIL, why=EVIL),),
    )


CASES = [
    case("first"),
    case("second", kind="list_of_some"),
    case("no", kind="unanswerable", abstain=True),
    Case(id="evil", kind=EVIL, question=EVIL, answer_contains=((EVIL + "x",),), reference_answer=EVIL, quote=EVIL),
]


@pytest.fixture
def done() -> Run:
    return run(CASES, [row("first"), row("second", "never"), row("no", abstained=True), evil_row()])


class Page(HTMLParser):
    """What a browser would see of a page: tags, addresses, ids and the labels' aims."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.seen: list[tuple[str, str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.seen += [(tag, name, value) for name, value in attrs]

    def values(self, attribute: str) -> list[str | None]:
        return [value for _, name, value in self.seen if name == attribute]


def test_nothing_of_an_answer_or_a_report_becomes_markup(done: Run) -> None:
    page = Page(as_html(done))
    assert page.tags.count("script") == page.tags.count("style") == 1
    assert "img" not in page.tags
    assert not [name for _, name, _ in page.seen if name.startswith("on")]
    assert as_html(done).count("alert(1)") == as_html(done).count("&lt;script&gt;alert(1)&lt;/script&gt;") > 3


def test_the_page_needs_nothing_from_elsewhere(done: Run) -> None:
    page = Page(as_html(done))
    assert page.values("src") == []
    assert not [value for value in page.values("href") if value and not value.startswith("#")]
    assert "@import" not in as_html(done)
    assert "url(" not in as_html(done)
    [policy] = [value for value in page.values("content") if value and "default-src" in value]
    assert policy
    assert "default-src 'none'" in policy
    assert re.search(r"script-src 'sha256-[\w+/]{43}='", policy)


def test_the_page_can_be_read_without_seeing_it(done: Run) -> None:
    page = Page(as_html(done))
    assert page.tags.count("h1") == 1
    assert page.values("lang") == ["en-GB"]
    assert set(page.values("for")) <= set(page.values("id"))
    drawings = [value for tag, name, value in page.seen if tag == "svg" and name in {"role", "aria-hidden"}]
    assert len(drawings) == page.tags.count("svg")
    assert page.tags.count("label") == page.tags.count("select") + page.tags.count("input")


def test_figures_stand_with_interval_and_goal(done: Run) -> None:
    goal = Threshold(cases="some.jsonl", model="none", shares={"right": 0.9, "verbatim": 0.5})
    text = " ".join(re.sub(r"<[^>]+>", " ", as_html(done, (goal,))).split())
    assert "right 50.0 %" in text
    assert "missed : at least 90.0 %" in text
    assert "held : at least 50.0 %" in text
    assert "list of some 1" in text
    assert str(done.measured.checker) in text


def test_every_question_is_there_with_what_the_filters_ask_for(done: Run) -> None:
    page = Page(as_html(done))
    assert sorted(value or "" for value in page.values("data-right")) == ["no", "no", "yes", "yes"]
    assert EVIL in page.values("data-kind")
    assert any("is it first? yes" in (value or "") for value in page.values("data-text"))


def test_an_unanswered_question_is_shown_as_one() -> None:
    text = as_html(run(CASES[:2], [row("first")]))
    assert "1 were not answered" in " ".join(text.split())
    assert "(no answer)" in text


# Plots.


def test_answers_are_grouped_by_refusal_look_up_and_score() -> None:
    cases = [case(str(number)) for number in range(10)]
    rows = [
        row("0", abstained=True),
        row("1"),
        *(row(str(n), "yes" if n > 5 else "no", score=float(n)) for n in range(2, 10)),
    ]
    done = run(cases, rows)
    dots = reliability(done.verdicts, done.rows)
    assert [dot.name for dot in dots[:2]] == ["refused", "looked up"]
    assert len(dots) == 2 + BANDS
    assert [dot.right.value for dot in dots[2:]] == [0.0, 0.0, 1.0, 1.0]
    assert dots[-1].y < dots[2].y


def test_waits_rise_from_nothing_to_all_within_the_drawing(done: Run) -> None:
    curves, ticks = waiting(done.verdicts)
    assert [curve.name for curve in curves] == ["to evidence", "to the first sentence", "to the end"]
    for curve in curves:
        places = [tuple(map(float, point.split(","))) for point in curve.points.split()]
        assert places == sorted(places, key=lambda place: (place[0], -place[1]))
        assert LEFT <= places[0][0] <= places[-1][0] <= WIDTH - RIGHT
    assert ticks[0].at == LEFT


def test_a_run_without_one_answer_has_a_page() -> None:
    assert "0.0 %" in as_html(run(CASES[:2], []))


# Markdown and JUnit.


def test_markdown_has_the_figures_and_each_wrong_answer_as_it_stands(done: Run) -> None:
    text = report_markdown(done)
    assert "| right | 50.0 % |" in text
    assert "## Answered wrongly: 2 of 4" in text
    assert "### second: Is it second?" in text
    assert "\n    never\n" in text
    assert f"\n    {EVIL}" in text
    assert "### evil: \\<script\\>" in text


def test_junit_counts_a_wrong_answer_as_a_failure(done: Run) -> None:
    root = Xml.fromstring(junit(done))  # noqa: S314  (what we wrote ourselves)
    suites = {suite.get("name"): suite for suite in root}
    assert suites["number"].get("failures") == "0"
    assert suites["list_of_some"].get("failures") == "1"
    failure = suites["list_of_some"].find("testcase/failure")
    assert failure is not None
    assert (failure.get("message"), failure.text) == ("wanted: yes", "never")


def test_junit_can_be_read_whatever_an_answer_holds() -> None:
    text = junit(run([case("a")], [row("a", "no\x00\x1b[31m \ud800 ]]> & <b>")]))
    failure = Xml.fromstring(text).find("testsuite/testcase/failure")  # noqa: S314
    assert failure is not None
    assert failure.text == "no��[31m � ]]> & <b>"


def test_results_name_the_machine_the_day_and_the_commit(done: Run, tmp_path: Path) -> None:
    text = as_markdown([done, done])
    assert "4 March 2026; A processor, 2 cores, 8 GB, Linux x86_64, Python 3.11.7; commit `0123456789`." in text
    assert text.count("## some.jsonl, chapter-and-verse, model none") == 2
    assert str(tmp_path) not in text
    assert "| all | 4 | 50.0 % |" in text
