"""The chain: steps to the evidence, then sentences that are checked one by one, as a LangChain runnable."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from langchain_core.runnables import Runnable, RunnableGenerator

from index.retrieval.ask import Ask
from index.retrieval.asked import mended
from index.search import Index
from rag import compose, wording
from rag.answer import Answer, Evidence, Outcome, Sentence, Timing
from rag.drafting import checked_sentences
from rag.inquiry import Inquiry
from rag.leading import below, by_rank, copied, with_next
from rag.models import ModelProblem, Writer
from rag.numbering import numbered
from rag.parts import is_better, merged, parts_of
from rag.personal import holds_personal_data, withheld_from_model
from rag.prompts import PROMPT_VERSION
from rag.settings import Settings
from rag.stated import as_sentences
from rag.steps import STEPS
from rag.survey_text import Written

log = logging.getLogger(__name__)
QUOTES_SHOWN = 6
FEWEST_TO_CHOOSE = 2


@dataclass(frozen=True)
class Answerer:
    """Answers questions over one index, with a model to write or without. Safe to share between threads."""

    index: Index
    settings: Settings
    writer: Writer | None = None

    def runnable(self) -> Runnable[str, Answer]:
        """The whole as a LangChain runnable: `invoke`, `stream` and `batch` take a question in plain words."""
        return RunnableGenerator(self._transform).with_config(run_name="answer")

    def stream(self, question: str) -> Iterator[Answer]:
        """The answer as it grows: evidence first, then each checked sentence, last the whole.

        Whatever goes wrong ends in an answer with the outcome `failed`, which keeps what was found.
        """
        clock = _Clock()
        empty = Answer(question, Outcome.FAILED)
        latest = empty
        try:
            for answer in self._answers(question, empty, clock):
                latest = answer
                yield latest
        except Exception as error:  # The one catch-all, at the edge: the reader gets a message and the log the rest.
            # The trace of an error may quote the question.
            log.exception("answering failed", exc_info=None if holds_personal_data(question) else error)
            text = wording.FAILED.format(reason=error)
            yield replace(latest, outcome=Outcome.FAILED, text=text, timing=clock.ended(), complete=True)

    def _transform(self, questions: Iterator[str]) -> Iterator[Answer]:
        yield from self.stream("".join(questions))

    def _answers(self, question: str, empty: Answer, clock: _Clock) -> Iterator[Answer]:
        """The answer to the question as a whole, or where that tells more, to the things it asks one by one."""
        in_parts = tuple(self._last(part, clock) for part in parts_of(mended(question, self.index)))
        if not in_parts:
            yield from self._whole(question, empty, clock)
            return
        whole = self._last(question, clock)
        best = merged(whole, in_parts) if is_better(in_parts, whole) else whole
        yield replace(best, question=question, timing=clock.ended(), complete=True)

    def _last(self, question: str, clock: _Clock) -> Answer:
        for answer in self._whole(question, Answer(question, Outcome.FAILED), clock):
            last = answer
        return last

    def _whole(self, question: str, empty: Answer, clock: _Clock) -> Iterator[Answer]:
        inquiry = Inquiry(question)
        for step in STEPS:
            inquiry = step(inquiry, self.index, self.settings)
            if inquiry.settled:
                break
        clock.saw_evidence()
        base = replace(empty, understanding=inquiry.understanding, outcome=Outcome.ANSWERED)
        if inquiry.refusal:
            yield _refusal(base, inquiry, clock)
        elif inquiry.surveyed:
            yield _surveyed(base, inquiry.surveyed, clock)
        elif inquiry.listed:
            yield _printed_list(base, inquiry, clock)
        elif inquiry.corrected or inquiry.stated or (inquiry.lookups and not inquiry.evidence):
            yield _from_register(base, inquiry, clock)
        else:
            yield from self._from_evidence(base, inquiry, clock)

    def _from_evidence(self, base: Answer, inquiry: Inquiry, clock: _Clock) -> Iterator[Answer]:
        """Quotes at once; then the one that the model points at leads, or its sentences as each passes its check."""
        stated, rows = compose.register_sentences(inquiry.lookups, inquiry.asked)
        evidence = (*rows, *inquiry.evidence)
        partial = Outcome.PARTLY_ANSWERED if inquiry.scope.gaps else Outcome.ANSWERED
        growing = replace(base, evidence=evidence, sentences=stated, outcome=partial)
        writer = self._drafts(inquiry)
        trouble = ""
        if writer and withheld_from_model(inquiry.question, self.settings):
            writer, trouble = None, wording.NOT_SENT
        if writer:
            growing = replace(growing, model=writer.name, prompt_version=PROMPT_VERSION)
        if best := by_rank(inquiry):
            growing = replace(growing, leads=_tokens(with_next(inquiry.evidence, (best,))))
        anew = numbered if writer is None or writer.only_copies else _as_it_is
        yield _with_text(anew(growing), inquiry, clock.so_far(), trouble)
        try:
            for later in self._written(growing, inquiry, writer, clock) if writer else ():
                growing = later
                yield growing
        except ModelProblem as problem:
            log.warning("the model did not answer: %s", problem)
            trouble = wording.MODEL_SILENT.format(reason=problem)
        yield replace(_with_text(anew(growing), inquiry, clock.ended(), trouble), complete=True)

    def _written(self, growing: Answer, inquiry: Inquiry, writer: Writer, clock: _Clock) -> Iterator[Answer]:
        """The answer with the quote that the model points out, or with its sentences as each has been checked."""
        if writer.only_copies:
            found = copied(inquiry.question, inquiry.evidence, writer)
            clock.saw_sentence()
            if found:
                yield _with_text(numbered(_led_by(growing, found, inquiry)), inquiry, clock.so_far())
            return
        for sentence in checked_sentences(inquiry, writer):
            clock.saw_sentence()
            if sentence.verified:
                growing = replace(growing, sentences=(*growing.sentences, sentence))
            else:
                growing = replace(growing, withheld=(*growing.withheld, sentence))
            yield _with_text(growing, inquiry, clock.so_far())

    def _drafts(self, inquiry: Inquiry) -> Writer | None:
        """The model, if there is one and it is to write or to choose here.

        A figure, a name or a date is best said by the quote itself, at once; and what was asked wrongly
        is put right by the register alone.
        """
        corrected = any(lookup.contradicts for lookup in inquiry.lookups)
        by_quote = inquiry.asked.ask in (Ask.FIGURE, Ask.PERSON, Ask.NAME, Ask.DATE)
        # One that only copies could not compare, and where there is one quote there is nothing to choose.
        copies = self.writer is not None and self.writer.only_copies
        idle = copies and (inquiry.asked.across or len(inquiry.evidence) < FEWEST_TO_CHOOSE)
        return None if corrected or by_quote or idle else self.writer


def _as_it_is(answer: Answer) -> Answer:
    return answer


def _led_by(growing: Answer, found: Evidence, inquiry: Inquiry) -> Answer:
    """The answer with the quote that the model points at among those that lead, and fewer below them."""
    best = by_rank(inquiry) or found
    leads = with_next(inquiry.evidence, tuple(dict.fromkeys((best, found))))
    others = below(inquiry.evidence, leads, agreed=found == best)
    return replace(growing, leads=_tokens(leads), below=_tokens(others))


def _tokens(evidence: tuple[Evidence, ...]) -> tuple[str, ...]:
    return tuple(item.token for item in evidence)


def _with_text(answer: Answer, inquiry: Inquiry, timing: Timing, trouble: str = "") -> Answer:
    """The answer with its text and cited tokens brought up to date with its sentences and with what leads it."""
    leads = tuple(item for token in answer.leads for item in answer.evidence if item.token == token)
    quotes = answer.evidence[:QUOTES_SHOWN] if not inquiry.asked.across else answer.evidence
    used = {token for sentence in answer.sentences for token in sentence.tokens}
    used |= {*answer.leads, *(_tokens(quotes) if answer.below is None else answer.below)}
    shown = tuple(item for item in answer.evidence if item.token in used)
    heading = wording.OWN_WORDS if answer.sentences else wording.SAID_BY_REPORTS
    heading = wording.MORE if leads else heading
    text = compose.as_text(answer.sentences, shown, _notes(inquiry, shown, trouble), heading, leads)
    text = " ".join([*_said_first(inquiry), text])
    return replace(answer, text=text, cited=tuple(item.token for item in shown), timing=timing)


def _notes(inquiry: Inquiry, shown: tuple[Evidence, ...], trouble: str = "") -> tuple[str, ...]:
    sources = dict.fromkeys(item.source for item in shown)
    touched = {item.source for item in shown if not item.complete}
    damaged = tuple(note for source in sources for note in compose.source_note(source, source in touched))
    gaps = tuple(gap for gap in inquiry.scope.gaps if gap not in _said_first(inquiry))
    return (*((trouble,) if trouble else ()), *gaps, *damaged)


def _said_first(inquiry: Inquiry) -> tuple[str, ...]:
    """That a thing has no grade of its own comes before the grade that is given in its place."""
    opening = wording.NO_OWN_GRADE.split("{")[0]
    return tuple(gap for gap in inquiry.scope.gaps if gap.startswith(opening) and inquiry.lookups)


def _refusal(base: Answer, inquiry: Inquiry, clock: _Clock) -> Answer:
    outcome, message = inquiry.refusal or (Outcome.FAILED, "")
    text = message
    if inquiry.evidence:
        text = "\n\n".join([message, wording.NEAREST, compose.as_text((), inquiry.evidence)])
    cited = tuple(item.token for item in inquiry.evidence)
    return replace(
        base, outcome=outcome, text=text, evidence=inquiry.evidence, cited=cited, timing=clock.ended(), complete=True
    )


def _printed_list(base: Answer, inquiry: Inquiry, clock: _Clock) -> Answer:
    if inquiry.listed is None:
        raise ValueError("There is no list to print.")
    stated, rows = compose.register_sentences(inquiry.lookups, inquiry.asked)
    items = "\n".join(f"- {compose.in_marks(item)} [{item.token}]" for item in inquiry.evidence)
    opening = [compose.as_text(stated, ())] if stated else []
    text = "\n\n".join([*opening, inquiry.listed.text, items, *_notes(inquiry, inquiry.evidence)])
    evidence = (*rows, *inquiry.evidence)
    cited = tuple(item.token for item in evidence)
    return replace(
        base,
        text=text,
        sentences=(*stated, inquiry.listed),
        evidence=evidence,
        cited=cited,
        timing=clock.ended(),
        complete=True,
    )


def _surveyed(base: Answer, written: Written, clock: _Clock) -> Answer:
    return replace(
        base,
        text=written.text,
        sentences=written.sentences,
        evidence=written.evidence,
        cited=tuple(item.token for item in written.evidence),
        timing=clock.ended(),
        complete=True,
    )


def _from_register(base: Answer, inquiry: Inquiry, clock: _Clock) -> Answer:
    sentences: tuple[Sentence, ...]
    evidence: tuple[Evidence, ...]
    if inquiry.corrected:
        sentences, evidence = (inquiry.corrected,), inquiry.evidence
    elif inquiry.stated:
        sentences, evidence = as_sentences(inquiry.stated)
    else:
        sentences, evidence = compose.register_sentences(inquiry.lookups, inquiry.asked)
    outcome = Outcome.PARTLY_ANSWERED if inquiry.scope.gaps else Outcome.ANSWERED
    growing = replace(base, outcome=outcome, sentences=sentences, evidence=evidence)
    return replace(_with_text(growing, inquiry, clock.ended()), complete=True)


class _Clock:
    """Seconds since the question came, at the moments that are reported."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._evidence: float | None = None
        self._first: float | None = None

    def saw_evidence(self) -> None:
        self._evidence = self._evidence or self._now()

    def saw_sentence(self) -> None:
        self._first = self._first or self._now()

    def so_far(self) -> Timing:
        return Timing(self._evidence, self._first, self._now())

    def ended(self) -> Timing:
        return Timing(self._evidence, self._first or self._now(), self._now())

    def _now(self) -> float:
        return time.perf_counter() - self._start
