"""The page with a scripted service: what a reader sees, and that nothing a report or a question holds is markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from langchain_core.runnables import RunnableGenerator
from streamlit.testing.v1 import AppTest

import app
from corpus.report import ReportKind
from index.records import Grade, IndexProblem, Source
from rag import Answer, Evidence, Outcome, Sentence, Service, Settings
from rag.answer import Timing
from rag.wording import label

PAGE = Path(app.__file__)
QUOTE = "Children wait too long for help."
PASSAGE = f"Staff are kind. {QUOTE} Plans are late."
NASTY = "<img src=x onerror=alert(1)> # not a heading _x_ $y$ [z](javascript:alert(1)) :smile: & “so”"


def source(name: str = "Norwell", kind: ReportKind = ReportKind.INSPECTION, year: int = 2020) -> Source:
    days = (date(year, 3, 2), date(year, 3, 5), date(year, 4, 1))
    return Source(f"{name.lower()}-{year}.txt", "0" * 64, name, kind, name, *days, year, 9, ())


REPORT = source()
LABEL = label(REPORT)
OTHER = replace(source("Easton", ReportKind.FOCUSED_VISIT, 2022), problems=("Lines were lost in conversion.",))
EVIDENCE = Evidence("1", REPORT, QUOTE, PASSAGE, ("Findings", "Help and protection"), page=3)
STATED = Sentence("Help comes late in Norwell.", ("1",), "model", verified=True)
GROUP = f"In the report's words:\n\n{LABEL}:\n- “{QUOTE}” [1]"
ANSWERED = Answer(
    "How long do children wait?",
    Outcome.ANSWERED,
    text=f"{STATED.text} [1]\n\n{GROUP}\n\nThe copy has lost lines.",
    evidence=(EVIDENCE,),
    cited=("1",),
    sentences=(STATED,),
    model="a-model",
    timing=Timing(0.2, 1.0, 2.34),
    complete=True,
)
FIRST = replace(ANSWERED, text=GROUP, sentences=(), complete=False)


@dataclass(frozen=True)
class FakeIndex:
    sources: tuple[Source, ...] = (OTHER, REPORT)
    grades: tuple[Grade, ...] = (Grade(REPORT, "overall", "good", "good", "is good", None),)

    def has_word(self, word: str) -> bool:
        return word == "wait"

    def search(self, question: str, count: int) -> tuple[object, ...]:
        return (question,)[:count]


Script = Callable[[str], Iterator[Answer]]
Opened = Callable[[Script], AppTest]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """Opens the page over a service that answers by a script."""

    def opened(script: Script) -> AppTest:
        service = serving(script)
        monkeypatch.setattr("rag.open_service", lambda: service)
        return AppTest.from_file(str(PAGE)).run()

    st.cache_resource.clear()
    yield opened
    st.cache_resource.clear()


def answering(*answers: Answer) -> Script:
    return lambda question: (replace(answer, question=question) for answer in answers)


def serving(script: Script, model: str = "none", **settings: object) -> Service:
    def answers(questions: Iterator[str]) -> Iterator[Answer]:
        yield from script("".join(questions))

    return Service(RunnableGenerator(answers), FakeIndex(), Settings(model=model, **settings))


def seen(at: AppTest) -> str:
    """All the HTML that the page has drawn, in order; Streamlit's own elements are not among it."""
    assert not at.exception
    return "\n".join(element.proto.body for element in at.get("html"))


def ask(at: AppTest, question: str) -> str:
    return seen(at.chat_input[0].set_value(question).run())


def test_it_says_what_it_is_and_which_reports_it_holds(page: Opened) -> None:
    at = page(answering(ANSWERED))

    assert at.title[0].value == "Chapter & Verse"
    shown = seen(at)
    assert "Answers come only from these reports. Check the quote before you rely on it." in shown
    assert "<b>Norwell</b> (1)" in shown
    assert f"<li>{LABEL.removeprefix('Norwell i').join(['I', '</li>'])}" in shown
    assert "Lines were lost in conversion." in shown
    assert "Open Government Licence" in shown
    assert "None. Answers are the reports’ own words." in shown


def test_an_example_is_asked_when_it_is_pressed(page: Opened) -> None:
    at = page(answering(FIRST, ANSWERED))
    labels = [button.label for button in at.main.button]
    assert labels[0] == "What was the overall judgement for Norwell in 2020?"

    at.main.button[0].click().run()

    assert f"<h2>{labels[0]}</h2>" in seen(at)
    assert "Answered from the reports" in seen(at)
    assert not at.main.button, "the examples give way to the conversation"


def test_an_answer_is_shown_with_tokens_quotes_and_where_they_stand(page: Opened) -> None:
    shown = ask(page(answering(FIRST, ANSWERED)), "How long do children wait?")

    assert "Help comes late in Norwell. <a class='token' href='#quote-0-1'>[1]</a>" in shown
    assert f"<summary>[1] {LABEL}" in shown
    assert "Findings › Help and protection › page 3" in shown
    assert (
        f"Staff are kind. <mark id='quote-0-1'>{QUOTE}</mark><span class='of' data-token='1'></span> Plans are late."
        in shown
    )
    assert shown.index("Help comes late") < shown.index("<mark") < shown.index("The copy has lost lines.")
    assert "2.3 seconds · worded by a-model, checked against the quotes" in shown
    assert f"“{QUOTE}” [1]" not in shown, "the quote stands in its passage and not a second time in the text"


def test_a_quote_that_leads_is_the_answers_text_and_who_chose_it_is_said() -> None:
    text = f"The {LABEL}, says: “{QUOTE}” [1]"
    led = replace(ANSWERED, text=text, sentences=(), leads=("1",), below=())
    assert QUOTE in app.answer_html(led, 0)
    assert "chosen with a-model" in app.foot_html(led, live=False)
    assert "written without a language model" in app.foot_html(replace(led, below=None), live=False)


def test_evidence_is_shown_before_the_answer_is_written() -> None:
    assert app.answer_html(FIRST, 0) == ""
    assert "<mark" in app.passages_html(FIRST, 0)
    assert "is being written" in app.foot_html(FIRST, live=True)
    assert "Stopped" in app.foot_html(FIRST, live=False)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome.PARTLY_ANSWERED, "Answered in part"),
        (Outcome.NOT_IN_REPORTS, "No answer found in the reports"),
        (Outcome.OUT_OF_SCOPE, "Not a question for these reports"),
        (Outcome.FAILED, "Not answered: something went wrong"),
    ],
)
def test_every_outcome_is_said_in_words(page: Opened, outcome: Outcome, said: str) -> None:
    shown = ask(page(answering(Answer("", outcome, "A plain message.", complete=True))), "Why?")

    assert said in shown
    assert "<p>A plain message.</p>" in shown


def test_every_outcome_has_its_words() -> None:
    assert set(app.OUTCOMES) == set(Outcome)


def test_a_refusal_shows_what_comes_nearest_as_no_answer() -> None:
    nearest = f"The nearest they come, which was not taken for an answer:\n\n{LABEL}:\n- “{QUOTE}” [1]"
    refused = replace(ANSWERED, outcome=Outcome.NOT_IN_REPORTS, text=f"The reports do not say.\n\n{nearest}")

    assert "<p>The reports do not say.</p>" in app.answer_html(refused, 0)
    assert "<h3>The nearest they come, which was not taken for an answer:</h3>" in app.passages_html(refused, 0)


def test_the_page_stands_after_a_failure_and_answers_the_next_question(page: Opened) -> None:
    def script(question: str) -> Iterator[Answer]:
        if "first" in question:
            raise OSError("the disk is on fire")
        yield replace(ANSWERED, question=question)

    at = page(script)
    at.chat_input[0].set_value("The first?").run()
    assert at.exception
    shown = ask(at, "The second?")
    assert "Stopped before the answer was complete." in shown
    assert "Help comes late in Norwell." in shown


def test_the_conversation_is_kept_until_a_new_one_is_begun(page: Opened) -> None:
    at = page(answering(FIRST, ANSWERED))
    ask(at, "The first?")
    shown = ask(at, "The second?")
    assert re.findall(r"<h2>(The \w+\?)</h2>", shown) == ["The first?", "The second?"]
    assert "href='#quote-1-1'" in shown, "tokens of different answers lead to different places"

    at.sidebar.button[0].click().run()

    assert "The first?" not in seen(at)
    assert len(at.main.button) == 3


def test_a_follow_up_is_shown_as_typed_and_as_understood(page: Opened) -> None:
    asked: list[str] = []

    def script(question: str) -> Iterator[Answer]:
        asked.append(question)
        yield replace(ANSWERED, question=question)

    at = page(script)
    ask(at, "What did inspectors say about <b>waiting</b> in Sandwell?")
    shown = ask(at, "and Walsall?")

    assert asked[-1] == "What did inspectors say about <b>waiting</b> in Walsall?"
    assert "<h2>and Walsall?</h2>" in shown
    understood = "Understood as: What did inspectors say about &lt;b&gt;waiting&lt;/b&gt; in Walsall?"
    assert shown.count(f"<p class='small'>{understood}</p>") == 1
    assert shown.count("Understood as: ") == 1


def test_a_new_conversation_has_nothing_to_lean_on(page: Opened) -> None:
    at = page(answering(ANSWERED))
    ask(at, "What did inspectors say about waiting in Sandwell?")
    at.sidebar.button[0].click().run()

    assert "Understood as: " not in ask(at, "and Walsall?")


@pytest.mark.parametrize("blank", ["", "   \n"])
def test_an_empty_question_is_ignored(page: Opened, blank: str) -> None:
    at = page(answering(ANSWERED))

    assert "question'" not in ask(at, blank)
    assert at.main.button


def test_nothing_in_a_question_an_answer_or_a_report_is_markup(page: Opened) -> None:
    held = replace(REPORT, document=f"{NASTY}.txt", authority=NASTY)
    item = Evidence("1", held, NASTY, f"{NASTY} and more", (NASTY,))
    shown = ask(page(answering(replace(ANSWERED, text=f"{NASTY} [1]", evidence=(item,)))), NASTY)

    assert "<img" not in shown
    assert shown.count("&lt;img src=x onerror=alert(1)&gt; # not a heading _x_ $y$ [z](javascript:") >= 5
    assert f"'quote-0-1'>{app.literal(NASTY)}</mark><span class='of' data-token='1'></span> and more" in shown


def test_a_label_is_read_as_it_is_written() -> None:
    assert app.literal_markdown("# a_b_ $c$ [d](e) :red[f]") == r"\# a\_b\_ \$c\$ \[d\]\(e\) \:red\[f\]"


def test_no_index_is_said_plainly_with_what_to_do(page: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_index() -> Service:
        raise IndexProblem("There is no index yet. Run `python -m index sync` to build it.")

    at = page(answering(ANSWERED))
    st.cache_resource.clear()
    monkeypatch.setattr("rag.open_service", no_index)
    shown = seen(at.run())

    assert "There is no index yet. Run <code>python -m index sync</code> to build it." in shown
    assert not at.chat_input


def test_a_missing_embedding_model_is_said_before_a_question_is_asked(
    page: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_model(self: FakeIndex, question: str, count: int) -> tuple[object, ...]:
        raise IndexProblem(f"No model for {self}, {question}, {count}. Run `python -m rag models`.")

    monkeypatch.setattr(FakeIndex, "search", no_model)

    assert "Run <code>python -m rag models</code>." in seen(page(answering(ANSWERED)))


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    st.cache_resource.clear()
    monkeypatch.setenv("CHAPTER_VERSE_THREADS", "many")

    assert "CHAPTER_VERSE_THREADS is &#x27;many&#x27;" in seen(AppTest.from_file(str(PAGE)).run())


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ("none", "None."),
        ("openai:gpt", "openai:gpt. Your question and the quotes chosen for it are sent there."),
        ("/models/own.gguf", "own.gguf, on this machine."),
        ("embedded", "until the language model is fetched: python -m rag models"),
    ],
)
def test_the_model_in_use_is_named(tmp_path: Path, model: str, said: str) -> None:
    assert said in app.model_note(serving(answering(ANSWERED), model, data=tmp_path))


def test_a_quote_is_found_whatever_white_space_stands_between_its_words() -> None:
    item = replace(EVIDENCE, quote="too   long\nfor")

    assert "wait <mark id='quote-2-1'>too long for</mark><" in app.highlighted(PASSAGE, [item], 2)


def test_a_quote_that_is_not_in_the_passage_is_shown_alone() -> None:
    item = replace(EVIDENCE, quote="Elsewhere & otherwise.")

    shown = app.highlighted(PASSAGE, [item], 0)
    assert shown.startswith("<p><mark id='quote-0-1'>Elsewhere &amp; otherwise.</mark>")
    assert shown.endswith(f"<p>{PASSAGE}</p>")


def test_quotes_that_overlap_lose_and_repeat_no_words() -> None:
    items = [replace(EVIDENCE, token=str(n), quote=quote) for n, quote in enumerate([QUOTE, "help. Plans are"], 1)]

    shown = app.highlighted(PASSAGE, items, 0)
    assert re.sub(r"<[^>]+>", "", shown) == PASSAGE
    assert shown.count("<mark") == 2


def test_text_that_is_not_a_group_of_shown_quotes_stays() -> None:
    text = f"Said. [1]\n\n{LABEL}:\n- “Something that is not among the evidence” [1]"
    listed = app.answer_html(replace(ANSWERED, text=text), 0)

    assert f"<p>{LABEL}:</p><ul><li>“Something that is not among the evidence”" in listed


def test_a_closed_passage_shows_its_quote() -> None:
    others = [replace(EVIDENCE, token=str(n), headings=(f"Part {n}",)) for n in range(1, 6)]
    cards = app.passages_html(replace(ANSWERED, evidence=tuple(others), cited=tuple("12345")), 0)

    assert cards.count("<details class='card' open>") == 3
    assert cards.count("<details class='card'>") == 2
    assert cards.count(f"<span class='short'>“{QUOTE}”</span>") == 5
