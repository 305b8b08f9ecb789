"""The chat page: `streamlit run app.py`. It draws what the service hands out and decides nothing itself."""

from __future__ import annotations

import html
import re
import threading
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import streamlit as st
from pydantic import ValidationError
from streamlit.delta_generator import DeltaGenerator

from corpus.report import ReportKind
from index.records import IndexProblem, Source
from index.weights import ModelStatus, chat_model, status
from rag import UNDERSTOOD_AS, Answer, Evidence, Outcome, Service, follow, index_state, open_service
from rag.wording import label

OUTCOMES = {
    Outcome.ANSWERED: "Answered from the reports",
    Outcome.PARTLY_ANSWERED: "Answered in part",
    Outcome.NOT_IN_REPORTS: "No answer found in the reports",
    Outcome.OUT_OF_SCOPE: "Not a question for these reports",
    Outcome.FAILED: "Not answered: something went wrong",
}
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&])")
DRESS = Path(__file__).parent / ".streamlit"
OPEN_CARDS, OPEN_LIST = 3, 12


def main() -> None:
    """Draw the page: what it is, the conversation so far, and the answer to a new question."""
    # The icon is a file, since Streamlit would fetch one that it knows by name from the network.
    st.set_page_config("Chapter & Verse", str(DRESS / "icon.svg"))
    st.html(DRESS / "page.css")
    st.title("Chapter & Verse", anchor=False)
    st.write("Ask what inspection reports say about children’s services. Every answer shows the words it stands on.")
    service = _service_or_message()
    if not service:
        return
    turns: list[Answer] = st.session_state.setdefault("turns", [])
    with st.sidebar:
        _draw_sidebar(service)
    with st.bottom:  # Placed by hand, it does not drag the page to the end of each answer.
        typed = st.chat_input("Ask about a place, a year or a topic")
    question = typed or st.session_state.pop("example", "")
    asked = bool(question.strip())
    starters = st.empty()
    if not turns and not asked:
        with starters.container():
            _draw_examples(service)
    for number, answer in enumerate(turns):
        _draw_turn(number, answer.question, iter([answer]), live=False)
    if asked:
        _draw_turn(len(turns), question, _answers(service, question, turns), live=True)


@st.cache_resource(show_spinner="Opening the reports. The first time, this takes a few seconds.", max_entries=2)
def _opened(state: str) -> Service:  # noqa: ARG001  (what the cache goes by)
    """The service on one state of the index, opened once for all, its models loaded so that no question waits."""
    service = open_service()
    service.index.search("warm-up", 1)
    if _runs_here(service.settings.model):
        threading.Thread(target=_warm_writer, args=(service,), daemon=True).start()
    return service


def _warm_writer(service: Service) -> None:
    service.chain.invoke(examples(service)[-1])


def _service_or_message() -> Service | None:
    try:
        return _opened(index_state())
    except IndexProblem as problem:
        message = str(problem)
    except ValidationError as problem:
        wrong = problem.errors()[0]
        message = f"CHAPTER_VERSE_{'_'.join(map(str, wrong['loc'])).upper()} is '{wrong['input']}': {wrong['msg']}."
    told = re.sub(r"`([^`]+)`", r"<code>\1</code>", literal(message))
    _html(f"<div class='box' role='alert'><h2>No answers yet</h2><p>{told}</p><p>Then load this page again.</p></div>")
    return None


def _answers(service: Service, question: str, turns: list[Answer]) -> Iterator[Answer]:
    """The answer as it grows, kept in the conversation at every step so that stopping loses nothing."""
    turns.append(Answer(question, Outcome.FAILED))
    for answer in follow(service, question, turns[:-1]):
        turns[-1] = answer
        yield answer


def _draw_turn(number: int, question: str, answers: Iterator[Answer], *, live: bool) -> None:
    """Draw a question and its answer as it grows: the text, the passages below it, and how it came about."""
    with st.chat_message("user", avatar=":material/person:"):
        _html(f"<h2>{literal(question)}</h2>", "cv question")
    with st.chat_message("assistant", avatar=":material/menu_book:"):
        words, passages, foot = st.empty(), st.empty(), st.empty()
    if live:
        _html("<p role='status'>Looking in the reports…</p>", place=words)
        _to_the_question()
    for step, answer in enumerate(answers):
        _html(answer_html(answer, number), place=words)
        _html(passages_html(answer, number), place=passages)
        _html(foot_html(answer, live=live), place=foot)
        if live and step == 0:
            _to_the_question()


def _to_the_question() -> None:
    """Bring the newest question to the top of the screen, so that its answer is read from its beginning."""
    script = "[...document.querySelectorAll('.cv.question')].at(-1).scrollIntoView()"
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def _draw_examples(service: Service) -> None:
    _html("<h2>For example</h2>")
    for question in examples(service):
        args = ({"example": question},)
        st.button(literal_markdown(question), on_click=st.session_state.update, args=args, width="stretch")


def _draw_sidebar(service: Service) -> None:
    st.button("New conversation", on_click=st.session_state.turns.clear, icon=":material/add:", width="stretch")
    _html("<p><b>Answers come only from these reports. Check the quote before you rely on it.</b></p>")
    _html(reports_html(service.index.sources))
    _html(f"<h2>Language model</h2><p>{literal(model_note(service))}</p>")
    link = f"<a href='{LICENCE}' target='_blank'>Open Government Licence v3.0</a>"
    _html(f"<p class='small'>Contains public sector information licensed under the {link}.</p>")


def answer_html(answer: Answer, number: int) -> str:
    """How a follow-up was understood, the outcome, and the text before the quotes, its tokens leading to them."""
    known, asked = {item.token for item in _shown(answer)}, answer.understood_as

    def linked(line: str) -> str:
        link = f"<a class='token' href='#quote-{number}-\\1'>[\\1]</a>"
        return re.sub(r"\[(\d+)\]", lambda found: found.expand(link) if found[1] in known else found[0], literal(line))

    kind = "badge none" if answer.outcome.abstained else "badge"
    parts = [f"<p class='small'>{literal(UNDERSTOOD_AS.format(question=asked))}</p>"] if asked else []
    parts += [f"<p><span class='{kind}'>{OUTCOMES[answer.outcome]}</span></p>"] if answer.complete else []
    for block in _parted(answer)[0]:
        for listed, lines in groupby(block.split("\n"), lambda line: line.startswith("- ")):
            tag = "li" if listed else "p"
            inner = "".join(f"<{tag}>{linked(line.removeprefix('- '))}</{tag}>" for line in lines)
            parts.append(f"<ul>{inner}</ul>" if listed else inner)
    return "".join(parts)


def passages_html(answer: Answer, number: int) -> str:
    """The passages that the answer quotes, by report and by place there, each headed by its tokens."""
    groups: dict[tuple[object, ...], list[Evidence]] = {}
    for item in _shown(answer):
        groups.setdefault((item.source.document, item.headings, item.page), []).append(item)
    before, heading, _ = _parted(answer)
    told = "\n".join(before)
    cards = [_card(items, number, told, opened=place < OPEN_CARDS) for place, items in enumerate(groups.values())]
    return f"<h3>{literal(heading)}</h3>{''.join(cards)}" if cards else ""


def foot_html(answer: Answer, *, live: bool) -> str:
    """What the text says after the quotes, how long it took and who worded it, or that it is not whole."""
    notes = "".join(f"<p>{literal(note)}</p>" for note in _parted(answer)[2])
    if not answer.complete:
        said = "The answer is being written and checked against the reports…"
        return f"<p class='small' role='status'>{said if live else 'Stopped before the answer was complete.'}</p>"
    seconds = f"{answer.timing.total:.1f} seconds" if answer.timing.total >= 0.1 else "Under 0.1 seconds"
    worded = any(sentence.origin == "model" for sentence in answer.sentences)
    chosen = f"chosen with {answer.model}" if answer.below is not None else "written without a language model"
    how = f"worded by {answer.model}, checked against the quotes" if worded else chosen
    return f"{notes}<p class='small'>{seconds} · {literal(how)}</p>"


def _shown(answer: Answer) -> tuple[Evidence, ...]:
    return answer.citations or answer.nearest


def _parted(answer: Answer) -> tuple[list[str], str, list[str]]:
    """The text before its quotes grouped by report, the line that leads to them, and the text after them.

    The groups themselves are left out, since their quotes are shown in their passages.
    """
    before, heading, after = list[str](), "In the reports’ words:", list[str]()
    grouped = False
    for block in filter(None, answer.text.split("\n\n")):
        opening, *lines = block.split("\n")
        named = [item.quote for item in _shown(answer) if opening == f"{label(item.source)}:"]
        if named and all(any(quote in line for quote in named) for line in lines):
            if not grouped and before and before[-1].endswith(":"):
                heading = before.pop()
            grouped = True
        else:
            (after if grouped else before).append(block)
    return before, heading, after


def _card(items: list[Evidence], number: int, told: str, *, opened: bool) -> str:
    """The passages of one place, to be opened; closed, it shows their quotes, unless the text has told them already."""
    first, passages = items[0], dict.fromkeys(item.passage for item in items)
    tokens = " ".join(f"[{literal(item.token)}]" for item in items)
    quotes = [("" if item.complete else "… ") + item.quote for item in items]
    untold = "".join(f"<span class='short'>“{literal(quote)}”</span>" for quote in quotes if quote not in told)
    state = " open" if opened and untold else ""
    page = [f"page {first.page}"] if first.page else []
    where = " › ".join(map(literal, [*first.headings[-2:], *page]))
    body = [highlighted(passage, [item for item in items if item.passage == passage], number) for passage in passages]
    lost = "" if all(item.complete for item in items) else "This copy has lost the beginning of a sentence. "
    return (
        f"<details class='card'{state}><summary>{tokens} {literal(label(first.source))}{untold}</summary>"
        f"<div><p class='small'>{where}</p>{''.join(body)}"
        f"<p class='small'>{lost}File: {literal(first.source.document)}</p></div></details>"
    )


def highlighted(passage: str, items: list[Evidence], number: int) -> str:
    """The passage as HTML with its quotes marked; a quote that is not in it, white space aside, stands above it."""
    apart, inside, done = "", "", 0
    found = [(re.search(r"\s+".join(map(re.escape, item.quote.split())), passage), item) for item in items]
    for match, item in sorted(found, key=lambda pair: pair[0].span() if pair[0] else (0, 0)):
        mark = f"<mark id='quote-{number}-{literal(item.token)}'>"
        end = f"</mark><span class='of' data-token='{literal(item.token)}'></span>"
        if not match:
            apart += f"<p>{mark}{literal(item.quote)}{end}</p>"
        elif match.end() > done:
            start = max(match.start(), done)
            inside += f"{literal(passage[done:start])}{mark}{literal(passage[start : match.end()])}{end}"
            done = match.end()
    return f"{apart}<p>{inside}{literal(passage[done:])}</p>"


def reports_html(sources: tuple[Source, ...]) -> str:
    """The reports held, by authority, the newest first, with what is wrong with a copy."""
    by_name: dict[str, list[str]] = {}
    for source in sorted(sources, key=lambda source: source.order, reverse=True):
        name = source.authority or "Others"
        said = label(source).removeprefix(name).strip()
        notes = "".join(f"<br><span class='small'>Note: {literal(problem)}</span>" for problem in source.problems)
        by_name.setdefault(name, []).append(f"<li>{literal(said[:1].upper() + said[1:])}{notes}</li>")
    opened = " open" if len(sources) <= OPEN_LIST else ""
    groups = [
        f"<details{opened}><summary><b>{literal(name)}</b> ({len(rows)})</summary><ul>{''.join(rows)}</ul></details>"
        for name, rows in sorted(by_name.items())
    ]
    return f"<h2>Reports held: {len(sources)}</h2>{''.join(groups)}"


def model_note(service: Service) -> str:
    """Which language model words the answers, and what the reader should know about it."""
    name, own = service.settings.model, "Answers are the reports’ own words"
    if name == "none":
        return f"None. {own}."
    if not _runs_here(name):
        return f"{name}. Your question and the quotes chosen for it are sent there."
    if name == "embedded" and status(chat_model(), service.settings.models) is not ModelStatus.PRESENT:
        return f"{own} until the language model is fetched: python -m rag models"
    if name == "embedded":
        return f"{chat_model().name}, on this machine. It points at quotes; the words are the reports’ own."
    return f"{Path(name).name}, on this machine. Every sentence it writes is checked against the quotes."


def examples(service: Service) -> list[str]:
    """Questions that fit the reports held; the last of them needs passages read and not only a look-up."""
    overall = [row.source for row in service.index.grades if row.area == "overall" and row.source.authority]
    full = [source for source in overall if source.kind is ReportKind.INSPECTION]
    judged = Counter(source.authority for source in overall).most_common(1)
    names = [name for name, _ in Counter(source.authority for source in service.index.sources).most_common() if name]
    return [
        *(f"What was the overall judgement for {source.authority} in {source.year}?" for source in full[:1]),
        *(f"How has the overall judgement for {name} changed over time?" for name, count in judged if count > 1),
        *(f"What did inspectors say about care leavers in {name}?" for name in names[1:2]),
        f"What did inspectors say about children who go missing{f' in {names[0]}' if names else ''}?",
    ]


def literal(text: str) -> str:
    """Text for HTML, to be read exactly as it is written."""
    return html.escape(text, quote=True)


def literal_markdown(text: str) -> str:
    """Text for a label that Streamlit reads as Markdown, to be read exactly as it is written."""
    return MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def _runs_here(model: str) -> bool:
    return model == "embedded" or model.endswith(".gguf")


def _html(body: str, kind: str = "cv", place: DeltaGenerator | None = None) -> None:
    (place or st).html(f"<div class='{kind}'>{body}</div>")


if __name__ == "__main__":
    main()
