"""Peers: what they answer with a model and an embedder without weights, in which rows, and in which table."""

from __future__ import annotations

import builtins
import importlib
import importlib.util
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from eval.__main__ import app
from eval.cases import Case
from eval.measures import judge
from eval.peers import opening
from eval.peers.opening import HAYSTACK, LANGCHAIN, LLAMA_INDEX, PEERS, open_peer, roomy
from eval.peers.peer import PeerModel, Reply, answered, page_of
from eval.peers.refusal import says_no
from eval.peers.table import as_markdown, cells, standings
from eval.peers.texts import kept_vectors, read_texts
from eval.plain_chain import Chunk
from eval.rows import Row, load_rows
from eval.run_loop import RunProblem
from eval.systems import open_system
from rag.models import ModelProblem
from rag.settings import Settings
from tests.conftest import REPORTS
from tests.corpus.test_pdf import pdf
from tests.eval import runs
from tests.fakes import FakeEmbedder, ScriptedWriter

LIBRARIES = {
    LANGCHAIN: "langchain_text_splitters",
    LLAMA_INDEX: "llama_index",
    HAYSTACK: "haystack",
}
each_peer = pytest.mark.parametrize("name", PEERS)
QUESTION = "What did inspectors say about private fostering in Hartlepool?"
CASE = Case(
    id="fostering",
    kind="narrative",
    question=QUESTION,
    documents=("hartlepool-2022-inspection.txt",),
    answer_contains=(("poorly understood",),),
    quote_contains=("private fostering",),
)
# Libraries of others warn of their own ways; that is no fault of ours.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning", "ignore::ResourceWarning")


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("CHAPTER_VERSE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    monkeypatch.setenv("CHAPTER_VERSE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "250")
    for module in ("eval.answers", "rag.service", "eval.peers.opening"):
        monkeypatch.setattr(f"{module}.open_embedder", lambda _: FakeEmbedder())


def installed(name: str) -> None:
    """Skip a test where the peer's library, an extra, is not there."""
    if importlib.util.find_spec(LIBRARIES[name]) is None:
        pytest.skip(f'{LIBRARIES[name]} is not installed: it comes with `pip install ".[peers]"`')


def writes(monkeypatch: pytest.MonkeyPatch, *replies: str | ModelProblem) -> ScriptedWriter:
    """The language model that the peers are opened with."""
    writer = ScriptedWriter(list(replies))
    monkeypatch.setattr(opening, "open_writer", lambda _: writer)
    return writer


class Scripted:
    """A peer that gives one reply."""

    def __init__(self, text: str, *chunks: Chunk) -> None:
        self._reply = Reply(text, chunks)

    def reply(self, question: str) -> Reply:
        assert question
        return self._reply


def row_of(text: str, *chunks: Chunk, folders: tuple[Path, ...] = (REPORTS,)) -> Row:
    return answered(CASE, Scripted(text, *chunks), PeerModel(ScriptedWriter([])), folders)


@each_peer
def test_a_peer_answers_in_rows_that_are_judged_as_ours_are(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(name)
    writer = writes(monkeypatch, "Private fostering is poorly understood.")
    row = open_peer(name, (REPORTS,), Settings())(CASE)
    assert (row.id, row.outcome, row.model) == ("fostering", "answered", "scripted")
    assert row.answer == "Private fostering is poorly understood."
    assert 0 < row.seconds_to_evidence <= row.seconds == row.seconds_to_first
    assert row.citations
    assert {item.document for item in row.retrieved} == {item.document for item in row.citations}
    verdict = judge(CASE, row, (REPORTS,))
    assert verdict.right
    assert verdict.verbatim
    assert verdict.supported
    (messages,) = writer.asked
    asked = "\n".join(str(message.content) for message in messages)
    assert QUESTION in asked
    assert all(item.quote in asked for item in row.citations)


@each_peer
def test_a_peer_whose_model_is_silent_says_so_in_its_row(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(name)
    writes(monkeypatch, ModelProblem("scripted: ConnectError: nothing listens there"))
    row = open_peer(name, (REPORTS,), Settings())(CASE)
    assert row.silent
    assert row.outcome == "failed"
    assert row.answer.startswith("The language model did not answer (scripted: ConnectError")
    assert not judge(CASE, row, (REPORTS,)).right


@each_peer
def test_a_second_question_is_answered_from_what_was_embedded_for_the_first(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(name)
    writes(monkeypatch, "One.", "Two.", "Three.")
    open_peer(name, (REPORTS,), Settings())(CASE)
    later = FakeEmbedder()
    monkeypatch.setattr(opening, "open_embedder", lambda _: later)
    ask = open_peer(name, (REPORTS,), Settings())
    assert later.calls == []
    assert ask(CASE).answer == "Two."
    assert ask(CASE).answer == "Three."


@each_peer
def test_without_its_library_a_peer_says_what_to_install(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(module: str, *rest: Any, **named: Any) -> Any:  # noqa: ANN401  (the signature of import)
        if module.partition(".")[0] == LIBRARIES[name] or module in LATE[name]:
            raise ImportError(f"No module named '{module}'")
        return real(module, *rest, **named)

    writes(monkeypatch)
    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(Exception, match="install.*(peers|requirements-dev)") as told:
        open_peer(name, (REPORTS,), Settings())
    assert type(told.value).__name__ in {"RunProblem", "IndexProblem"}


LATE = {LANGCHAIN: (), LLAMA_INDEX: ("eval.peers.llama_index_engine",), HAYSTACK: ("eval.peers.haystack_pipeline",)}


def test_haystack_sends_no_telemetry() -> None:
    installed(HAYSTACK)
    importlib.import_module("eval.peers.haystack_pipeline")
    assert importlib.import_module("haystack.telemetry._telemetry").telemetry is None


@pytest.mark.parametrize(
    ("settings", "sent"),
    [
        ({"model": "openai:any"}, False),
        ({"model": "openai:any", "send_personal": True}, True),
        ({"model": "openai:any", "model_url": "http://localhost:8000/v1"}, True),
        ({"model": "embedded"}, True),
    ],
    ids=["elsewhere", "allowed", "own server", "embedded"],
)
def test_a_personal_question_is_kept_from_a_model_elsewhere(
    settings: dict[str, object], sent: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(LANGCHAIN)
    writer = writes(monkeypatch, "I don't know.")
    case = CASE.model_copy(update={"question": "What is said of Ellie Marsh, born 3/4/2019, in Hartlepool?"})
    row = open_peer(LANGCHAIN, (REPORTS,), Settings.model_validate(settings))(case)
    assert bool(writer.asked) is sent
    assert row.answer.startswith("I don't know." if sent else "The question looks as if it held personal data")
    # Not to have been asked is no merit of the peer, and does not stop a run as a silent model does.
    refused = judge(Case(id="x", kind="personal_data", question=case.question, abstain=True), row, (REPORTS,))
    assert (refused.right, row.silent) == (sent, False)


@each_peer
def test_no_peer_is_asked_what_is_kept_from_its_model(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(name)
    writer = writes(monkeypatch, "Private fostering is poorly understood.")
    ask = open_peer(name, (REPORTS,), Settings(model="openai:any"))
    assert ask(CASE.model_copy(update={"question": "Mail ellie.marsh@example.org about Rutland"})).outcome == "failed"
    assert writer.asked == []
    assert ask(CASE).outcome == "answered"


def test_a_peer_without_a_model_is_refused() -> None:
    with pytest.raises(RunProblem, match="langchain answers only with a language model"):
        open_peer(LANGCHAIN, (REPORTS,), Settings(model="none"))


def test_an_unknown_system_is_told_with_those_known(tmp_path: Path) -> None:
    with pytest.raises(RunProblem, match="no system 'cleverer'.*langchain, llama-index, haystack"):
        open_system("cleverer", (REPORTS,), Settings(model="none"), tmp_path)


def test_settings_are_widened_and_never_narrowed() -> None:
    wide = roomy(Settings(context_tokens=1024, model_seconds=5))
    assert (wide.context_tokens, wide.model_seconds) == (8192, 600)
    assert roomy(Settings(context_tokens=32768)).context_tokens == 32768


@pytest.mark.parametrize(
    "text",
    [
        "I don't know.",
        "I don’t know the answer to that.",
        "I'm sorry, but I can only speak of the reports.",
        "The provided context does not mention private fostering.",
        "The report doesn't explicitly say so. It does speak of housing.",
        "The information about Luton is not provided in the given context.",
        "The name of the director is not stated.",
        "It cannot be determined from these passages.",
        "There is no information on this in the letters.",
    ],
)
def test_a_first_sentence_that_gives_no_answer_is_a_refusal(text: str) -> None:
    assert says_no(text)


@pytest.mark.parametrize(
    "text",
    [
        "The council does not provide enough homes for care leavers.",
        "Advocacy is not given to every child.",
        "Private fostering is poorly understood. The report does not mention numbers.",
        "Inspectors did not find widespread failures.",
        "There was no evidence of delay.",
        "",
    ],
)
def test_what_answers_is_no_refusal(text: str) -> None:
    assert not says_no(text)


def test_a_refusal_cites_nothing_but_keeps_what_was_found() -> None:
    row = row_of("I don't know.", Chunk("rutland-2023-inspection.md", "Overall effectiveness"))
    assert (row.outcome, row.abstained, row.citations) == ("not_in_reports", True, ())
    assert [item.document for item in row.retrieved] == ["rutland-2023-inspection.md"]


def test_an_empty_text_is_a_failure_and_no_refusal() -> None:
    row = row_of("")
    assert row.outcome == "failed"
    assert not judge(Case(id="x", kind="x", question="?", abstain=True), row, (REPORTS,)).right


@pytest.fixture
def paged(tmp_path: Path) -> Path:
    """A folder with a PDF of three pages."""
    folder = tmp_path / "paged"
    folder.mkdir()
    (folder / "three.pdf").write_bytes(
        pdf(["Alpha homes are good"], ["Beta plans are late"], ["Gamma visits are kept"])
    )
    return folder


def test_a_chunk_is_cited_with_its_page(paged: Path) -> None:
    (text,) = read_texts((paged,))
    assert len(text.pages) == 3
    assert page_of("three.pdf", "Beta plans are late", (paged,)) == 2
    assert page_of("three.pdf", "plans are late\fGamma visits", (paged,)) == 2
    assert page_of("three.pdf", "nowhere at all", (paged,)) is None
    assert page_of("rutland-2023-inspection.md", "Overall", (REPORTS,)) is None


def test_a_chunk_over_three_pages_is_cited_page_by_page(paged: Path) -> None:
    (text,) = read_texts((paged,))
    row = row_of("All is well.", Chunk("three.pdf", text.whole), folders=(paged,))
    assert [(item.token, item.page) for item in row.citations] == [("1", 1), ("1", 2), ("1", 3)]
    assert judge(CASE, row, (paged,)).verbatim


def test_vectors_are_made_once_for_the_same_texts(tmp_path: Path) -> None:
    embedder = FakeEmbedder()
    first = kept_vectors(["one", "two"], embedder, tmp_path)
    assert (kept_vectors(["one", "two"], embedder, tmp_path) == first).all()
    assert len(embedder.calls) == 1
    kept_vectors(["one", "three"], embedder, tmp_path)
    assert len(embedder.calls) == 2


def rows(names: Sequence[str], *right: str) -> list[Row]:
    return [runs.row(name, "yes" if name in right else "perhaps") for name in names]


def test_the_table_sets_systems_side_by_side_against_the_first() -> None:
    cases = [*(runs.case(name) for name in "abcdefgh"), runs.case("no", abstain=True)]
    no = runs.row("no", "Nothing.", abstained=True)
    ours = runs.run(cases, [*rows("abcdefgh", *"abcdefgh"), no])
    theirs = runs.run(cases, [*rows("abcdefgh", "a"), runs.row("no", "yes")])
    first, second = standings([ours, theirs])
    assert first.against is None
    assert second.against is not None
    assert round(100 * second.against.value) == -89
    assert second.against.p_value < 0.05
    assert (first.shares["rightly_refused"].value, second.shares["rightly_refused"].value) == (1, 0)
    assert cells(second)[1].startswith("11 % (")
    page = as_markdown([first, second], [ours, theirs])
    assert page.count("\n| ") == 4
    assert "9 questions of some.jsonl" in page
    assert "-89 points" in page


def test_runs_of_other_questions_do_not_stand_in_one_table() -> None:
    ours, theirs = (runs.run([runs.case("a")], rows("a", "a")) for _ in range(2))
    asked = theirs.configuration.asked.model_copy(update={"cases_sha256": "other"})
    other = type(theirs)(
        theirs.folder,
        theirs.configuration.model_copy(update={"asked": asked}),
        theirs.rows,
        theirs.verdicts,
        theirs.measured,
    )
    with pytest.raises(RunProblem, match="did not ask the same questions"):
        standings([ours, other])


def command(*arguments: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["peers", *map(str, arguments)])
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture
def asked(tmp_path: Path) -> tuple[str | Path, ...]:
    """The options that ask one question over the invented reports."""
    file = tmp_path / "cases.jsonl"
    file.write_text(f"{CASE.model_dump_json()}\n", "utf-8")
    return "--cases", file, "--corpus", REPORTS, "--run", tmp_path / "runs"


def test_the_command_prints_the_table_and_goes_on_where_it_stopped(
    asked: tuple[str | Path, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(LANGCHAIN)
    writer = writes(monkeypatch, "Private fostering is poorly understood.")
    names = ("--systems", "chapter-and-verse-none", "--systems", LANGCHAIN)
    page = tmp_path / "table.md"
    told = command(*asked, *names, "--markdown", page).stdout
    assert "chapter-and-verse, no model" in told
    assert "langchain" in told
    assert page.read_text("utf-8").startswith("# Beside other systems")
    # The script has no second reply, so nothing may be asked again.
    standing = json.loads(command(*asked, *names, "--json").stdout)
    assert [each["system"] for each in standing] == ["chapter-and-verse", LANGCHAIN]
    assert standing[1]["shares"]["right"]["value"] == 1
    assert len(writer.asked) == 1
    assert load_rows(tmp_path / "runs" / LANGCHAIN / "answers.jsonl")["fostering"].citations


def test_the_command_names_an_unknown_system(asked: tuple[str | Path, ...]) -> None:
    told = command(*asked, "--systems", "cleverer", code=1)
    assert "There is no system 'cleverer'" in told.stderr
