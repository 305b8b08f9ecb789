"""What the index needs to know: the corpus settings and how passages are embedded."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr

from corpus.settings import CorpusSettings

REGISTER_FILE = "register.sqlite"


class IndexSettings(CorpusSettings):
    """Settings of the index, on top of those of the corpus."""

    embedder: str = Field(
        "embedded",
        description="Sentence-transformers model: 'embedded' for the one fetched with the project, or a folder.",
    )
    embed_batch: int = Field(32, ge=1, le=1024, description="Passages embedded at a time.")
    index_name: str = Field("index", pattern=r"^[\w-]+$", description="Folder of the index, below the data folder.")
    register_url: SecretStr | None = Field(
        None,
        description="Address of a database for the register; without one it is a file in the index folder.",
    )
    models_from: Path | None = Field(
        None, description="Folder that already holds the model files, tried before any download."
    )

    @property
    def models(self) -> Path:
        """The folder that model files are fetched into."""
        return self.data / "models"

    @property
    def index(self) -> Path:
        """The folder of the vector store and the register."""
        return self.data / self.index_name

    @property
    def register_at(self) -> Path | str:
        """Where the register is: its file, or the address of its database, which may hold a password."""
        return self.register_url.get_secret_value() if self.register_url else self.index / REGISTER_FILE
