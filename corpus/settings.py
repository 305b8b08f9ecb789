"""Where reports and data lie. Each layer above adds its own settings to these by inheritance."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent


class CorpusSettings(BaseSettings):
    """Read once, from the environment (`CHAPTER_VERSE_…`) or a file `.env`, and passed down."""

    model_config = SettingsConfigDict(
        env_prefix="CHAPTER_VERSE_", env_file=PROJECT / ".env", frozen=True, extra="ignore"
    )

    data: Path = Field(PROJECT / "data", description="Folder for models and index; created when missing.")
    corpus: Annotated[tuple[Path, ...], NoDecode] = Field(
        (PROJECT / "corpus" / "reports",),
        description="Folders of reports, separated as in PATH.",
    )

    processes: int = Field(
        min(os.cpu_count() or 1, 8), ge=1, le=64, description="Processes that read reports when there are many."
    )

    @field_validator("corpus", mode="before")
    @classmethod
    def _split_path(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(Path(part).expanduser() for part in value.split(os.pathsep) if part)
        return value
