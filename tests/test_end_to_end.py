"""The whole, with the real models, over the five reports: what a user gets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.report import is_verbatim
from eval.answers import asked
from eval.cases import FACTS, load_cases
from eval.figures import figures
from eval.measures import judge
from eval.rows import row_of
from eval.run_loop import answer_all
from index.embed import open_embedder
from index.sync import sync
from index.weights import ModelStatus, load_manifest, status
from rag import Outcome, Service, Settings, open_service

pytestmark = pytest.mark.models

PROJECT = Path(__file__).resolve().parent.parent
REPORTS = PROJECT / "corpus" / "reports"
CANONICAL = "What was the overall judgement for Sandwell in 2015?"
# Under what `python -m eval run --model none` gave when this was written; the thresholds of a run are nearer to it.
LEAST_RIGHT = 0.8
FINDINGS = (
    "What did they say about return home interviews in Walsall?",
    "What did the 2025 letter say about family group conferences in Sandwell?",
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An index of its own over the five reports; the models where `make setup` put them."""
    fetched = Settings()
    missing = [model.name for model in load_manifest() if status(model, fetched.models) is not ModelStatus.PRESENT]
    if missing:
        pytest.fail(f"{', '.join(missing)} not there: run `make setup` or `python -m rag models` first")
    data = tmp_path_factory.mktemp("data")
    (data / "models").symlink_to(fetched.models)
    own = Settings(data=data, corpus=(REPORTS,), model="none")
    sync(own.corpus, own.index, open_embedder(own))
    return own


@pytest.fixture(scope="module")
def service(settings: Settings) -> Service:
    return open_service(settings)


@pytest.fixture(scope="module")
def writing_service(settings: Settings) -> Service:
    return open_service(settings.model_copy(update={"model": "embedded"}))


def test_the_canonical_question_is_answered_from_the_right_report(writing_service: Service) -> None:
    answer = writing_service.chain.invoke(CANONICAL)
    assert answer.outcome is Outcome.ANSWERED
    assert "inadequate" in answer.text
    assert "27 January to 19 February 2015" in answer.text
    assert "5 June 2015" in answer.text
    [citation] = answer.citations
    assert citation.source.document == "sandwell-2015-inspection.txt"
    assert is_verbatim(citation.quote, (REPORTS / citation.source.document).read_text("utf-8"))


def test_most_known_facts_are_right_without_a_model_and_every_quote_is_verbatim(
    service: Service, tmp_path: Path
) -> None:
    cases = load_cases(FACTS)
    out = tmp_path / "answers.jsonl"
    rows = answer_all(cases, lambda case: row_of(case.id, asked(case, service)), out, lambda _case, _row: None)
    over_all = figures(judge(case, rows.get(case.id), (REPORTS,)) for case in cases)[-1]
    assert over_all.verbatim == 1.0
    assert over_all.right >= LEAST_RIGHT


@pytest.mark.parametrize("question", FINDINGS)
def test_the_embedded_model_points_at_a_quote_and_writes_nothing(writing_service: Service, question: str) -> None:
    states = list(writing_service.chain.stream(question))
    assert states[0].evidence, "evidence comes before the model has written"
    answer = states[-1]
    assert answer.outcome is Outcome.ANSWERED
    assert (answer.model != "none") == (len(answer.evidence) > 1), "of one quote there is nothing to choose"
    assert answer.leads
    assert set(answer.leads) | set(answer.below or ()) == set(answer.cited)
    assert (answer.sentences, answer.withheld) == ((), ())
    for item in answer.citations:
        assert is_verbatim(item.quote, (REPORTS / item.source.document).read_text("utf-8"))


def test_the_lines_of_the_readme_run(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = re.search(r"```python\n(.*?)```", (PROJECT / "README.md").read_text("utf-8"), re.DOTALL)
    assert lines
    monkeypatch.setenv("CHAPTER_VERSE_DATA", str(settings.data))
    monkeypatch.setenv("CHAPTER_VERSE_MODEL", "none")
    exec(compile(lines[1], "README.md", "exec"), {})  # noqa: S102  (the README's own lines are what is tested)
    assert "inadequate" in capsys.readouterr().out
