"""Runs: what the folder keeps, going on after a stop, and models that fall silent."""

from __future__ import annotations

import json
import platform
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from langchain_core.messages import BaseMessage

from eval import systems
from eval.alone import alone_in
from eval.cases import Case, CaseError
from eval.machine import machine, public_name, versions
from eval.rows import Row, load_rows
from eval.run import Heard, Wanted, run_cases
from eval.run_folder import ANSWERS, FIGURES, RUN, Run, load_run, new_folder
from eval.run_loop import RunProblem, answer_all
from eval.systems import file_name, of_service, open_system, workers_for
from index.search import Index
from rag.chain import Answerer
from rag.models import ModelProblem, Writer
from rag.replay import read_record
from rag.service import Service
from rag.settings import Settings
from tests.conftest import REPORTS

QUESTIONS = {
    "rated": "What was the overall grade for Rutland?",
    "fostering": "What did inspectors say about private fostering in Hartlepool?",
    "stable": "What did inspectors say about stable homes in Hartlepool?",
}
QUIET = Heard(lambda _: None, lambda _case, _row: None)


@dataclass
class Frail:
    """A model that writes one true sentence, until it dies at its call number `dies_at`."""

    dies_at: int | None = None
    name: str = "frail"
    only_copies: bool = False
    calls: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def stream(self, messages: list[BaseMessage]) -> Iterator[str]:
        """One sentence, or ModelProblem."""
        with self.lock:
            self.calls += 1
            if self.dies_at is not None and self.calls >= self.dies_at:
                raise ModelProblem("frail: ConnectError: nothing listens there")
        assert messages
        yield "Private fostering is poorly understood [1]."


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "some.jsonl"
    lines = [{"id": name, "kind": "x", "question": text} for name, text in QUESTIONS.items()]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    return path


@pytest.fixture
def opened(index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Frail:
    """The model that the service is opened with."""
    model = Frail()
    use(model, index, tmp_path, monkeypatch)
    return model


def use(model: Writer, index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(model="none", data=tmp_path, corpus=(REPORTS,))
    service = Service(Answerer(index, settings, model).runnable(), index, settings)
    monkeypatch.setitem(systems.OPENERS, systems.OWN, lambda _corpus, _settings, folder: of_service(service, folder))


def run(cases: Path, folder: Path, heard: Heard = QUIET, **wanted: object) -> Run:
    settings = Settings(model="none", data=folder.parent, corpus=(REPORTS,))
    return run_cases(Wanted(cases, (REPORTS,), **wanted), settings, folder, heard)  # type: ignore[arg-type]


def test_a_run_keeps_all_that_it_was_made_with(cases: Path, tmp_path: Path, opened: Frail) -> None:
    done = run(cases, tmp_path / "run")
    assert opened.calls > 0
    assert list(done.rows) == [verdict.case.id for verdict in done.verdicts] == list(QUESTIONS)
    asked, (part,) = done.configuration.asked, done.configuration.parts
    assert (asked.cases, asked.model, asked.questions, asked.corpus) == ("some.jsonl", "none", 3, ("tests/reports",))
    assert part.versions.libraries["numpy"]
    assert part.machine.cores > 0
    assert done.measured.figures[-1].count == 3
    assert done.measured.memory_megabytes > 1
    assert load_run(tmp_path / "run") == done


def test_each_answer_has_a_record_that_can_be_replayed(cases: Path, tmp_path: Path, opened: Frail) -> None:
    run(cases, tmp_path / "run")
    assert opened
    records = {file.stem: read_record(file).question for file in (tmp_path / "run" / "records").iterdir()}
    assert records == QUESTIONS


def test_nothing_kept_names_the_machine_or_a_person(cases: Path, tmp_path: Path, opened: Frail) -> None:
    run(cases, tmp_path / "run")
    assert opened
    kept = "".join(file.read_text("utf-8") for file in (tmp_path / "run").rglob("*") if file.is_file())
    assert str(tmp_path) not in kept
    assert str(Path.home()) not in kept
    assert platform.node() not in kept


def test_a_run_that_was_killed_goes_on_where_it_stopped(cases: Path, tmp_path: Path, opened: Frail) -> None:
    def killed(case: Case, _row: Row) -> None:
        if case.id == "fostering":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(cases, tmp_path / "run", Heard(lambda _: None, killed))
    assert list(load_rows(tmp_path / "run" / ANSWERS)) == ["rated", "fostering"]
    with pytest.raises(RunProblem, match="is not finished: 2 of 3 answers are there"):
        load_run(tmp_path / "run")
    before, heard = opened.calls, list[str]()
    done = run(cases, tmp_path / "run", Heard(lambda _: None, lambda case, _: heard.append(case.id)))
    assert heard == ["stable"]
    assert opened.calls == before + 1
    assert len(done.configuration.parts) == 2


def test_a_model_that_dies_stops_the_run_and_nothing_is_lost(
    cases: Path, tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(Frail(dies_at=2), index, tmp_path, monkeypatch)
    with pytest.raises(RunProblem) as caught:
        run(cases, tmp_path / "run")
    assert "The run stopped at stable." in str(caught.value)
    assert "nothing listens there" in str(caught.value)
    assert "2 of 3 answers are kept" in str(caught.value)
    use(Frail(), index, tmp_path, monkeypatch)
    assert len(run(cases, tmp_path / "run").rows) == 3


def test_a_silent_model_is_kept_as_the_reader_sees_it_when_asked_to(
    cases: Path, tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(Frail(dies_at=1), index, tmp_path, monkeypatch)
    done = run(cases, tmp_path / "run", keep_going=True)
    assert [row.silent for row in done.rows.values()] == [False, True, True]


def test_a_folder_of_another_run_is_refused(cases: Path, tmp_path: Path, opened: Frail) -> None:
    run(cases, tmp_path / "run")
    assert opened
    with pytest.raises(RunProblem, match="holds another run .*limit None then, 2 now"):
        run(cases, tmp_path / "run", limit=2)


def test_a_folder_of_something_else_is_refused_and_left_as_it_is(cases: Path, tmp_path: Path, opened: Frail) -> None:
    assert opened
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("Dear", "utf-8")
    with pytest.raises(RunProblem, match="is not empty and holds no run"):
        run(cases, tmp_path / "other")
    assert [entry.name for entry in (tmp_path / "other").iterdir()] == ["letter.txt"]


def test_a_bad_case_file_leaves_no_folder(tmp_path: Path, opened: Frail) -> None:
    assert opened
    (tmp_path / "bad.jsonl").write_text("{", "utf-8")
    with pytest.raises(CaseError, match="bad.jsonl, line 1"):
        run(tmp_path / "bad.jsonl", tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_two_at_one_run_lose_nothing(cases: Path, tmp_path: Path, opened: Frail) -> None:
    second: list[str] = []

    def meanwhile(case: Case, _row: Row) -> None:
        with pytest.raises(RunProblem, match="Another process is at work on the run in") as caught:
            run(cases, tmp_path / "run")
        second.append(f"{case.id}: {caught.value}")

    done = run(cases, tmp_path / "run", Heard(lambda _: None, meanwhile))
    assert len(second) == len(done.rows) == len(load_rows(tmp_path / "run" / ANSWERS)) == len(QUESTIONS)
    assert (opened.calls, len(done.configuration.parts)) == (2, 1)


def test_a_run_that_was_killed_before_its_first_line_can_be_begun_again(
    cases: Path, tmp_path: Path, opened: Frail
) -> None:
    assert opened
    with alone_in(tmp_path / "run"):
        pass
    assert len(run(cases, tmp_path / "run").rows) == len(QUESTIONS)


@pytest.mark.parametrize(("file", "said"), [(RUN, "changed by hand"), (FIGURES, "cannot be read")])
def test_a_damaged_run_is_told(cases: Path, tmp_path: Path, opened: Frail, file: str, said: str) -> None:
    run(cases, tmp_path / "run")
    assert opened
    (tmp_path / "run" / file).write_text("{}", "utf-8")
    with pytest.raises(RunProblem, match=said):
        load_run(tmp_path / "run")


def test_a_folder_without_a_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunProblem, match="holds no run"):
        load_run(tmp_path)


# Several at a time.


def test_several_questions_are_asked_at_a_time_and_each_once(tmp_path: Path) -> None:
    together = threading.Barrier(2, timeout=20)
    asked: list[str] = []

    def ask(case: Case) -> Row:
        together.wait()
        asked.append(case.id)
        return Row(id=case.id, answer="Yes.", outcome="answered", abstained=False)

    cases = [Case(id=str(number), kind="x", question="?") for number in range(6)]
    rows = answer_all(cases, ask, tmp_path / "rows.jsonl", lambda _case, _row: None, workers=2)
    assert sorted(asked) == sorted(rows) == sorted(load_rows(tmp_path / "rows.jsonl")) == [str(n) for n in range(6)]


def test_a_fault_with_one_of_several_keeps_those_that_came(tmp_path: Path) -> None:
    def ask(case: Case) -> Row:
        if case.id == "3":
            raise OSError("the disk is full")
        return Row(id=case.id, answer="Yes.", outcome="answered", abstained=False)

    cases = [Case(id=str(number), kind="x", question="?") for number in range(6)]
    with pytest.raises(OSError, match="disk is full"):
        answer_all(cases, ask, tmp_path / "rows.jsonl", lambda _case, _row: None, workers=2)
    assert {"0", "1"} <= set(load_rows(tmp_path / "rows.jsonl")) <= {"0", "1", "2", "4"}


@pytest.mark.parametrize(
    ("model", "workers"), [("none", 1), ("embedded", 1), ("/models/large.gguf", 1), ("openai:any", 4)]
)
def test_only_a_model_elsewhere_is_asked_several_at_a_time(model: str, workers: int) -> None:
    assert workers_for(Settings(model=model)) == workers


def test_an_unknown_system_is_told_with_those_known(tmp_path: Path) -> None:
    with pytest.raises(RunProblem, match="no system 'x'. Those known are chapter-and-verse"):
        open_system("x", (), Settings(model="none"), tmp_path)


# Names.


def test_files_are_named_by_ids_and_never_two_alike() -> None:
    assert file_name("fact-001") == "fact-001"
    assert file_name("../a b") != file_name("../a_b")
    assert "/" not in file_name("../a b")


@pytest.mark.parametrize(
    ("model", "shown"),
    [("/home/someone/large.gguf", "large.gguf"), ("openai:any", "openai:any"), ("~/x.gguf", "x.gguf")],
)
def test_a_model_is_named_without_its_path(model: str, shown: str) -> None:
    assert public_name(model) == shown


def test_two_runs_at_one_time_have_two_folders(tmp_path: Path) -> None:
    first = new_folder(tmp_path, "facts", "openai:a/b")
    first.mkdir()
    assert new_folder(tmp_path, "facts", "openai:a/b") != first
    assert first.name.endswith("-facts-openai_a_b")


def test_the_machine_and_versions_are_told() -> None:
    assert f"{machine().cores} cores" in str(machine())
    found = versions(Settings(model="/home/someone/large.gguf"))
    assert found.libraries["pydantic"]
    assert "large.gguf" in found.models
