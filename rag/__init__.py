"""Asking the reports: a question in plain words, an answer whose every sentence can be seen in a report."""

from rag.answer import Answer, Evidence, Outcome, Sentence
from rag.service import Service, open_service
from rag.settings import Settings

__all__ = ["Answer", "Evidence", "Outcome", "Sentence", "Service", "Settings", "open_service"]
