"""A language model as a second judge of a run: off by default, never the headline, set beside the plain figures.

It is asked two questions of an answer, each to be answered with one word. Only its agreement with the deterministic
figures is printed, so that a reader sees what such a judge is worth before trusting one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage
from pydantic import BaseModel, ConfigDict

from eval.agreement import Agreement, agreement
from eval.alone import alone_in
from eval.cases import Case
from eval.machine import public_name
from eval.measures import Verdict
from eval.rows import Row
from eval.run_folder import Run
from eval.run_loop import RunProblem
from rag.models import ChatWriter, Writer, open_writer
from rag.personal import withheld_from_model
from rag.settings import Settings

PROMPT_VERSION = "judge-1"
# What the embedded runtime may write at all, in llama.cpp's GBNF; another model is only told, and is read strictly.
YES_OR_NO = 'root ::= "yes" | "no"'
WORD = re.compile(r"\W*(yes|no)\b\W*", re.IGNORECASE)
SYSTEM = "You check answers to questions about inspection reports. Reply with one word, yes or no, and nothing else."
RIGHT = (
    "Question: {question}\n\nWhat a right answer says: {gold}\n\nAnswer to check: {answer}\n\n"
    "Does the answer to check say what a right answer says, without contradicting it?"
)
SUPPORTED = (
    "Question: {question}\n\nWhat a right answer says: {gold}\n\nQuotes from the report:\n{quotes}\n\n"
    "Do these quotes alone prove what a right answer says?"
)
NO_ANSWER = "that the reports do not answer this question. It gives no answer."
NO_MODEL = "A judge needs a language model. Name one with --model, for example --model embedded."


class Judgement(BaseModel):
    """A judge's word on one answer; None where it was not asked, or did not say yes or no."""

    model_config = ConfigDict(frozen=True)

    id: str
    right: bool | None
    supported: bool | None


@dataclass(frozen=True)
class Judged:
    """What a judge made of a run: agreement with each deterministic figure, and how often it gave no clear word.

    `withheld` counts the answers that it was not asked about, because their question looks like personal data.
    """

    right: Agreement | None
    supported: Agreement | None
    unclear: int
    withheld: int = 0


def open_judge(settings: Settings) -> Writer:
    """The model as a judge, the embedded one bound to yes or no; raises RunProblem for 'none'."""
    writer = open_writer(settings)
    if writer is None:
        raise RunProblem(NO_MODEL)
    if settings.model != "embedded" and not settings.model.endswith(".gguf"):
        return writer
    bound = {"extra_body": {"grammar": YES_OR_NO}}
    return ChatWriter(writer.name, lambda: writer.ready().model_copy(update=bound))


def judge_run(run: Run, judge: Writer, settings: Settings, heard: Callable[[], None]) -> Judged:
    """Ask the judge about every answer and keep its words in the run's folder; what is kept is not asked again.

    A question that looks as if it held personal data is not sent to a judge on another machine, unless the settings
    allow it, nor is the answer to it. Raises ModelProblem when the model does not answer: what was judged until then
    stays; RunProblem when another process is at work on the run.
    """
    file = run.folder / f"judged-{_plain(judge.name)}.jsonl"
    asked = [verdict for verdict in run.verdicts if verdict.case.id in run.rows]
    withheld = {verdict.case.id for verdict in asked if withheld_from_model(verdict.case.question, settings)}
    with alone_in(run.folder):
        kept = _repaired(file)
        with file.open("a", encoding="utf-8") as stream:
            for verdict in asked:
                if verdict.case.id not in kept and verdict.case.id not in withheld:
                    judgement = judged(verdict, run.rows[verdict.case.id], judge)
                    stream.write(f"{judgement.model_dump_json()}\n")
                    stream.flush()
                    os.fsync(stream.fileno())
                    kept[judgement.id] = judgement
                heard()
    return replace(compared(run, kept), withheld=len(withheld - kept.keys()))


def judged(verdict: Verdict, row: Row, judge: Writer) -> Judgement:
    """The judge's word on whether an answer is right and, where it cites anything, whether the quotes prove it."""
    case = verdict.case
    right = _word(judge, RIGHT.format(question=case.question, gold=gold(case), answer=row.answer))
    supported = None
    if verdict.supported is not None and row.citations:
        quotes = "\n".join(f"- {item.quote}" for item in row.citations)
        supported = _word(judge, SUPPORTED.format(question=case.question, gold=gold(case), quotes=quotes))
    return Judgement(id=case.id, right=right, supported=supported)


def compared(run: Run, judgements: dict[str, Judgement]) -> Judged:
    """How far a judge agrees with the deterministic figures, over the answers of which both have a word."""
    pairs = [(verdict, judgements[verdict.case.id]) for verdict in run.verdicts if verdict.case.id in judgements]
    rights = [(verdict.right, word.right) for verdict, word in pairs if word.right is not None]
    proofs = [
        (verdict.supported, word.supported)
        for verdict, word in pairs
        if verdict.supported is not None and word.supported is not None
    ]
    return Judged(
        agreement([one for one, _ in rights], [other for _, other in rights]),
        agreement([one for one, _ in proofs], [other for _, other in proofs]),
        unclear=len(pairs) - len(rights),
    )


def gold(case: Case) -> str:
    """What a right answer says, in words: the case's reference answer, or what it must and must not hold."""
    if case.abstain:
        return NO_ANSWER
    if case.reference_answer:
        return case.reference_answer
    return "; ".join(_wanted(case))


def load_judgements(file: Path) -> dict[str, Judgement]:
    """Judgements of a file by case id, none when it is not there; a line torn by a killed run is passed over."""
    found: dict[str, Judgement] = {}
    for line in file.read_bytes().split(b"\n") if file.exists() else ():
        try:
            judgement = Judgement.model_validate_json(line)
        except ValueError:
            continue
        found[judgement.id] = judgement
    return found


def _repaired(file: Path) -> dict[str, Judgement]:
    """The judgements of a file, written anew without a line torn by a killed run, which would spoil the next one."""
    found = load_judgements(file)
    partial = file.with_suffix(f"{file.suffix}.partial")
    partial.write_text("".join(f"{judgement.model_dump_json()}\n" for judgement in found.values()), "utf-8")
    partial.replace(file)
    return found


def _wanted(case: Case) -> Iterator[str]:
    yield from (f"it has {' or '.join(group)}" for group in case.answer_contains)
    if case.answer_excludes:
        yield f"it does not have {' or '.join(case.answer_excludes)}"


def _word(judge: Writer, asked: str) -> bool | None:
    """The judge's yes or no; None for anything else."""
    messages: list[BaseMessage] = [SystemMessage(SYSTEM), HumanMessage(asked)]
    said = WORD.fullmatch("".join(judge.stream(messages)))
    return None if said is None else said[1].lower() == "yes"


def _plain(name: str) -> str:
    return re.sub(r"[^\w.-]", "_", public_name(name))
