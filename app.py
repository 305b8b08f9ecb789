"""The chat page: `streamlit run app.py`. It draws what the service hands out and decides nothing itself."""

from __future__ import annotations

import html
import logging
import re
import threading
from collections.abc import Iterator
from itertools import groupby

import streamlit as st
from pydantic import ValidationError

from corpus.report import ReportKind
from index.records import IndexProblem, Source
from index.weights import ModelStatus, chat_model, status
from rag import Answer, Evidence, Outcome, Service, open_service
from rag.wording import label

log = logging.getLogger(__name__)
OUTCOMES = {
    Outcome.ANSWERED: "Answered from the reports",
    Outcome.PARTLY_ANSWERED: "Answered in part",
    Outcome.NOT_IN_REPORTS: "The reports do not say",
    Outcome.OUT_OF_SCOPE: "Not a question these reports can answer",
    Outcome.FAILED: "Not answered: something went wrong",
}
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
OPEN_AT_FIRST = 3
MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&])")
# Streamlit draws its own parts by .streamlit/config.toml; this draws the answers and the passages.
STYLE = """<style>
.block-container { padding-top: 2.5rem }
.st-key-page h1 { padding: 0 }
.cv { line-height: 1.55; overflow-wrap: anywhere }
.cv h2, .cv h3 { padding: 0; margin: 0; font-size: 1.05rem; font-weight: 600; line-height: 1.5 }
.cv h3 { margin: .9rem 0 .4rem; font-size: .95rem }
.cv p, .cv ul { margin: 0 0 .6rem }
.cv .small { font-size: .85rem; opacity: .85 }
.cv .badge { display: inline-block; margin-bottom: .5rem; padding: .05rem .6rem; border: 1px solid currentColor;
  border-radius: 1rem; font-size: .85rem; font-weight: 600 }
.cv .badge.none { border-style: dashed }
.cv .token { font-weight: 600; white-space: nowrap }
.cv .box { border: 1px solid #8fa3a1; border-left-width: 4px; border-radius: .25rem; padding: .6rem .9rem }
.cv details.card { margin-bottom: .6rem; border: 1px solid #8fa3a1; border-radius: .25rem }
.cv details.card > summary { padding: .5rem .8rem; font-weight: 600 }
.cv details.card > div { padding: 0 .8rem .7rem 1.9rem }
.cv details[open] .short { display: none }
.cv .short { display: block; padding-left: 1.1rem; font-weight: 400 }
.cv summary { cursor: pointer }
.cv summary:focus-visible, .cv a:focus-visible { outline: 3px solid #b35900; outline-offset: 2px }
.cv mark { padding: .05em .1em; background: #ffefa3; color: #1a2326; border-bottom: 2px solid #7a5d00 }
.cv mark:target { outline: 3px solid #b35900 }
</style>"""


def main() -> None:
    """Draw the page: what it is, the conversation so far, and the answer to a new question."""
    st.set_page_config("Chapter & Verse", ":material/menu_book:", initial_sidebar_state="expanded")
    st.html(STYLE)
    st.title("Chapter & Verse", anchor=False)
    st.write("Ask what inspection reports say about children’s services. Every answer shows the words it stands on.")
    service = _service_or_message()
    if not service:
        return
    turns: list[Answer] = st.session_state.setdefault("turns", [])
    with st.sidebar:
        _draw_sidebar(service)
    question = st.chat_input("Ask about a place, a year or a topic") or st.session_state.pop("example", "")
    asked = bool(question.strip())
    starters = st.empty()
    if not turns and not asked:
        with starters.container():
            _draw_examples(service)
    for number, answer in enumerate(turns):
        _draw_turn(number, answer.question, iter([answer]), live=False)
    if asked:
        _draw_turn(len(turns), question, _answers(service, question, turns), live=True)


@st.cache_resource(show_spinner="Opening the reports. The first time, this takes a few seconds.")
def _opened() -> Service:
    """The service, opened once for all readers, its models loaded so that the first question need not wait."""
    service = open_service()
    service.index.search("warm-up", 1)
    if _runs_here(service.settings.model):
        threading.Thread(target=_warm, args=(service,), daemon=True).start()
    return service


def _warm(service: Service) -> None:
    for question in examples(service)[-1:]:
        for answer in service.chain.stream(question):
            if any(sentence.origin == "model" for sentence in answer.sentences):
                return


def _service_or_message() -> Service | None:
    try:
        return _opened()
    except IndexProblem as problem:
        message = str(problem)
    except ValidationError as problem:
        wrong = problem.errors()[0]
        message = f"The setting CHAPTER_VERSE_{'_'.join(map(str, wrong['loc'])).upper()} is wrong: {wrong['msg']}."
    except Exception as problem:  # The edge: whatever it is, the reader gets a sentence and the log the rest.
        log.exception("the service could not be opened")
        message = f"The reports could not be opened: {problem}"
    told = re.sub(r"`([^`]+)`", r"<code>\1</code>", literal(message))
    _html(f"<div class='box' role='alert'><p><b>No questions can be answered yet.</b></p><p>{told}</p>"
          "<p>Then load this page again.</p></div>")
    return None


def _answers(service: Service, question: str, turns: list[Answer]) -> Iterator[Answer]:
    """The answer as it grows, kept in the conversation at every step so that stopping loses nothing."""
    turns.append(Answer(question, Outcome.FAILED))
    try:
        for answer in service.chain.stream(question):
            turns[-1] = answer
            yield answer
    except Exception:  # The edge: the conversation goes on after whatever went wrong.
        log.exception("the answer could not be drawn")
        turns[-1] = Answer(question, Outcome.FAILED, "Something went wrong. Please ask again.", complete=True)
        yield turns[-1]


def _draw_turn(number: int, question: str, answers: Iterator[Answer], *, live: bool) -> None:
    """Draw a question and its answer; the passages are drawn anew only when they change, so that they stay as opened."""
    with st.chat_message("user", avatar=":material/person:"):
        _html(f"<h2>{literal(question)}</h2>")
    with st.chat_message("assistant", avatar=":material/menu_book:"):
        words, passages, foot = st.empty(), st.empty(), st.empty()
        if live:
            _html("<p role='status'>Looking in the reports…</p>", words)
        drawn = ""
        for answer in answers:
            _html(answer_html(answer, number), words)
            if (cards := passages_html(answer, number)) and cards != drawn:
                _html(cards, passages)
                drawn = cards
            _html(foot_html(answer, live=live), foot)


def answer_html(answer: Answer, number: int) -> str:
    """The outcome and the text, save for the quotes, which stand below in their passages; tokens lead to them."""
    parts = []
    if answer.complete:
        kind = "badge none" if answer.outcome.abstained else "badge"
        parts.append(f"<div class='{kind}'>{OUTCOMES[answer.outcome]}</div>")
    known = {item.token for item in _shown(answer)}
    for block in _blocks_beside_quotes(answer):
        for listed, lines in groupby(block.split("\n"), lambda line: line.startswith("- ")):
            tags = [_with_links(line.removeprefix("- ") if listed else line, known, number) for line in lines]
            inner = "".join(f"<li>{tag}</li>" if listed else f"<p>{tag}</p>" for tag in tags)
            parts.append(f"<ul>{inner}</ul>" if listed else inner)
    return "".join(parts)


def passages_html(answer: Answer, number: int) -> str:
    """The passages that the answer quotes, each once, headed by its tokens, its report and its place there."""
    groups: dict[tuple[str, str], list[Evidence]] = {}
    for item in _shown(answer):
        groups.setdefault((item.source.document, item.passage), []).append(item)
    if not groups:
        return ""
    told = "\n".join(_blocks_beside_quotes(answer))
    cards = [
        _card(items, number, opened=place < OPEN_AT_FIRST, told=told) for place, items in enumerate(groups.values())
    ]
    heading = "The nearest they come, which is not an answer" if answer.outcome.abstained else "In the reports’ words"
    return f"<h3>{heading}</h3>{''.join(cards)}"


def foot_html(answer: Answer, *, live: bool) -> str:
    """How the answer came about, in one line: who worded it and how long it took, or that it is not whole."""
    if not answer.complete:
        said = "The passages are below. The answer is being written and checked against them…"
        return f"<p class='small' role='status'>{said if live else 'Stopped before the answer was complete.'}</p>"
    worded = any(sentence.origin == "model" for sentence in answer.sentences)
    how = f"worded by {answer.model} and checked against the quotes" if worded else "no wording by a language model"
    return f"<p class='small'>{answer.timing.total:.1f} seconds · {literal(how)}</p>"


def highlighted(passage: str, quotes: dict[str, str]) -> str:
    """The passage as HTML with its quotes marked, `quotes` being their ids by text; what is not in it stands above it.

    White space may differ between quote and passage. Of two quotes that overlap, the first is marked.
    """
    spans, apart = [], []
    for quote, id_ in quotes.items():
        found = re.search(r"\s+".join(map(re.escape, quote.split())), passage) if quote.strip() else None
        if found:
            spans.append((found.start(), found.end(), id_))
        else:
            apart.append(f"<p><mark id='{literal(id_)}'>{literal(quote)}</mark></p>")
    pieces, done = [], 0
    for start, end, id_ in sorted(spans):
        if start >= done:
            pieces += [literal(passage[done:start]), f"<mark id='{literal(id_)}'>{literal(passage[start:end])}</mark>"]
            done = end
    return "".join(apart) + f"<p>{''.join(pieces)}{literal(passage[done:])}</p>"


def examples(service: Service) -> list[str]:
    """Questions that the reports held can be asked, the last of them one that needs reading, not only a look-up."""
    rows = [row for row in service.index.grades if row.area == "overall" and row.source.authority]
    full = [row.source for row in rows if row.source.kind is ReportKind.INSPECTION]
    names = [source.authority for source in service.index.sources if source.authority]
    found = []
    if full:
        found.append(f"What was the overall judgement for {full[0].authority} in {full[0].year}?")
    graded = [row.source.authority for row in rows]
    if again := [name for name in graded if graded.count(name) > 1]:
        found.append(f"How has the overall judgement for {again[0]} changed over time?")
    by_count = sorted(dict.fromkeys(names), key=lambda name: -names.count(name))
    topics = ("care leavers", "children who go missing")
    found += [f"What did inspectors say about {topic} in {name}?" for topic, name in zip(topics, by_count[1::-1])]
    return found


def literal(text: str) -> str:
    """Text for HTML, to be read exactly as it is written."""
    return html.escape(text, quote=True)


def literal_markdown(text: str) -> str:
    """Text for a label that Streamlit reads as Markdown, to be read exactly as it is written."""
    return MARKDOWN.sub(r"\\\1", " ".join(text.split()))
