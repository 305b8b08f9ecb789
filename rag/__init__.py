"""Asking the reports: a question in plain words, an answer whose every sentence can be seen in a report."""

from rag.answer import Answer, Evidence, Outcome, Sentence
from rag.history import UNDERSTOOD_AS, follow, with_history
from rag.service import Service, index_state, open_service
from rag.settings import Settings

__all__ = [
    "UNDERSTOOD_AS",
    "Answer",
    "Evidence",
    "Outcome",
    "Sentence",
    "Service",
    "Settings",
    "follow",
    "index_state",
    "open_service",
    "with_history",
]
