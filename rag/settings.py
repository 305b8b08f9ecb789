"""Everything that can be set, read once from the environment or `.env` and passed down."""

from __future__ import annotations

from pydantic import Field

from index.settings import IndexSettings


class Settings(IndexSettings):
    """Settings of the whole service; each can be set as `CHAPTER_VERSE_NAME` in the environment."""

    model: str = Field(
        "embedded",
        description="Who writes: 'embedded', 'none', a path to a GGUF file, or provider:model for init_chat_model.",
    )
    model_url: str | None = Field(None, description="Base URL of an OpenAI-compatible server for `model`.")
    model_seconds: float = Field(90.0, gt=0, description="Longest wait for the model, in seconds.")
    answer_tokens: int = Field(160, ge=16, le=2048, description="Longest draft the model may write, in tokens.")
    context_tokens: int = Field(4096, ge=1024, description="Context of the embedded model, in tokens.")
    threads: int = Field(0, ge=0, description="Threads of the embedded model; 0 takes one a processor core.")
    evidence_tokens: int = Field(320, ge=60, description="Most evidence, in tokens; of several reports each has 140.")
    passages: int = Field(20, ge=1, le=100, description="Passages retrieved for a question.")
    question_characters: int = Field(2_000, ge=50, description="Longest question taken, in characters.")
    send_personal: bool = Field(
        False, description="Whether a question that looks like personal data may be sent to a remote model."
    )
