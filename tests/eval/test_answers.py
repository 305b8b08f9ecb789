"""Answering cases: through the chain, written as they come, and going on where a run stopped."""

from __future__ import annotations

from pathlib import Path

import pytest
from langchain_core.runnables import Runnable, RunnableLambda

from eval.answers import asked, keep_to, open_for
from eval.cases import Case
from eval.rows import Row, load_rows, row_of
from eval.run_loop import RunProblem, answer_all
from index.search import Index
from rag.answer import Answer, Outcome
from rag.chain import Answerer
from rag.service import Service
from rag.settings import Settings
from tests.conftest import REPORTS
from tests.fakes import FakeEmbedder

CASES = tuple(Case(id=name, kind="x", question=f"Is it {name}?") for name in "abc")


class Asked:
    """A service that answers everything with yes and keeps what it was asked; at `stop` it is killed."""

    def __init__(self, index: Index, stop: str = "") -> None:
        self.questions: list[str] = []
        self._stop = stop
        self.service = Service(self._chain(), index, Settings(model="none"))

    def _chain(self) -> Runnable[str, Answer]:
        return RunnableLambda(self._answer)

    def _answer(self, question: str) -> Answer:
        if question == self._stop:
            raise KeyboardInterrupt
        self.questions.append(question)
        return Answer(question, Outcome.ANSWERED, text="Yes.", complete=True)


def answered(listener: Asked, out: Path, heard: list[str] | None = None) -> dict[str, Row]:
    return answer_all(
        CASES,
        lambda case: row_of(case.id, asked(case, listener.service)),
        out,
        lambda case, _: heard.append(case.id) if heard is not None else None,
    )


def test_every_case_is_asked_once_in_order_and_written(index: Index, tmp_path: Path) -> None:
    listener, heard = Asked(index), list[str]()
    rows = answered(listener, tmp_path / "new" / "rows.jsonl", heard)
    assert listener.questions == [case.question for case in CASES]
    assert heard == list(rows) == ["a", "b", "c"]
    assert load_rows(tmp_path / "new" / "rows.jsonl") == rows


def test_the_history_is_asked_first_and_the_last_answer_alone_is_kept(index: Index) -> None:
    case = Case(id="x", kind="follow_up", history=("How was Rutland rated?", "And Hartlepool?"), question="Why?")
    listener = Asked(index)
    row = row_of(case.id, asked(case, listener.service))
    assert len(listener.questions) == 3
    assert listener.questions[0] == "How was Rutland rated?"
    assert "Hartlepool" in listener.questions[1]
    assert (row.id, row.answer) == ("x", "Yes.")


def test_a_file_of_answers_is_of_one_system_and_model(tmp_path: Path) -> None:
    out = tmp_path / "new" / "answers.jsonl"
    keep_to("chapter-and-verse", "none", out)
    keep_to("langchain", "none", out)  # Nothing was written yet.
    out.write_text("{}\n", "utf-8")
    keep_to("langchain", "none", out)
    for system, model in (("chapter-and-verse", "none"), ("langchain", "embedded")):
        with pytest.raises(RunProblem, match="holds answers of langchain, model none"):
            keep_to(system, model, out)


def test_a_question_leans_on_the_ones_before_it(index: Index) -> None:
    settings = Settings(model="none")
    service = Service(Answerer(index, settings).runnable(), index, settings)
    case = Case(id="x", kind="follow_up", history=("What was the overall grade for Rutland?",), question="who led it?")
    answer = asked(case, service)
    assert answer.question == "who led it?"
    assert "Rutland" in (answer.understood_as or "")


def test_a_question_without_history_is_answered_as_the_chain_does(index: Index) -> None:
    settings = Settings(model="none")
    service = Service(Answerer(index, settings).runnable(), index, settings)
    question = "What was the overall grade for Rutland?"
    answer = asked(Case(id="x", kind="overall", question=question), service)
    assert (answer.text, answer.complete) == (service.chain.invoke(question).text, True)


def test_what_is_there_is_not_asked_again(index: Index, tmp_path: Path) -> None:
    out = tmp_path / "rows.jsonl"
    before = answered(Asked(index), out)
    listener, heard = Asked(index), list[str]()
    assert answered(listener, out, heard) == before
    assert (listener.questions, heard) == ([], [])


def test_a_run_that_was_killed_goes_on_where_it_stopped(index: Index, tmp_path: Path) -> None:
    out = tmp_path / "rows.jsonl"
    with pytest.raises(KeyboardInterrupt):
        answered(Asked(index, stop="Is it b?"), out)
    assert list(load_rows(out)) == ["a"]
    listener = Asked(index)
    assert list(answered(listener, out)) == ["a", "b", "c"]
    assert listener.questions == ["Is it b?", "Is it c?"]


def test_a_torn_line_is_dropped_and_its_case_asked_again(index: Index, tmp_path: Path) -> None:
    out = tmp_path / "rows.jsonl"
    answered(Asked(index), out)
    out.write_text(out.read_text("utf-8")[:-20], "utf-8")
    listener = Asked(index)
    answered(listener, out)
    assert listener.questions == ["Is it c?"]
    assert len(out.read_text("utf-8").splitlines()) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["rows.jsonl"]


def test_a_service_is_opened_over_the_given_folders_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("eval.answers.open_embedder", lambda _: FakeEmbedder())
    monkeypatch.setattr("rag.service.open_embedder", lambda _: FakeEmbedder())
    settings = Settings(model="none", data=tmp_path)
    service = open_for((REPORTS,), settings)
    assert len(service.index.sources) == 3
    (folder,) = tmp_path.iterdir()
    assert folder.name.startswith("eval-")
    assert folder != settings.index
    assert service.chain.invoke("How was Rutland rated?").outcome is Outcome.ANSWERED
