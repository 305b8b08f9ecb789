"""What the index needs to know: the corpus settings and how passages are embedded."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr

from corpus.settings import CorpusSettings
from index.chroma_server import ChromaServer, server_at

REGISTER_FILE = "register.sqlite"


class IndexSettings(CorpusSettings):
    """Settings of the index, on top of those of the corpus."""

    embedder: str = Field(
        "embedded",
        description="Sentence-transformers model: 'embedded' for the one fetched with the project, or a folder.",
    )
    embed_batch: int = Field(64, ge=1, le=1024, description="Passages embedded at a time.")
    embed_processes: int = Field(
        1,
        ge=1,
        le=64,
        description="Processes that embed; one uses all cores already, so more pay only on large machines.",
    )
    cluster: str | None = Field(
        None, description="A Ray cluster that reads and embeds reports: `local`, or its address as host:port."
    )
    reranker: Path | None = Field(
        None, description="Folder of a sentence-transformers cross-encoder that weighs sentences against the question."
    )
    index_name: str = Field("index", pattern=r"^[\w-]+$", description="Folder of the index, below the data folder.")
    register_url: SecretStr | None = Field(
        None,
        description="Address of a database for the register; without one it is a file in the index folder.",
    )
    chroma_url: str | None = Field(
        None, description="URL of a Chroma server for passages and vectors; without one they are in the index folder."
    )
    chroma_token: SecretStr | None = Field(None, description="Token that the Chroma server, or its proxy, asks for.")
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
    def chroma_server(self) -> ChromaServer | None:
        """The server that holds passages and vectors, if any; raises IndexProblem when its URL is none."""
        token = self.chroma_token.get_secret_value() if self.chroma_token else ""
        return server_at(self.chroma_url, token, self.index_name) if self.chroma_url else None

    @property
    def register_at(self) -> Path | str:
        """Where the register is: its file, or the address of its database, which may hold a password."""
        return self.register_url.get_secret_value() if self.register_url else self.index / REGISTER_FILE
