"""An index of the five reports that come with the project, with the stand-in for an embedder."""

from __future__ import annotations

import pytest

from corpus.settings import PROJECT
from index.search import Index, open_index
from index.sync import sync
from tests.fakes import FakeEmbedder

FIVE = PROJECT / "corpus" / "reports"


@pytest.fixture(scope="session")
def five(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The index of the five reports, opened for reading."""
    folder = tmp_path_factory.mktemp("five")
    sync((FIVE,), folder, FakeEmbedder())
    return open_index(folder, FakeEmbedder())
