"""Questions across authorities, answered from the register alone: by grades, or by figures."""

from __future__ import annotations

from datetime import date

from index.retrieval.understand import Understanding
from index.search import Index
from rag import figure_compare, figure_survey, survey_text
from rag.survey import survey_of
from rag.survey_rows import run
from rag.survey_text import Written


def surveyed(asked: Understanding, index: Index, today: date) -> Written | str | None:
    """The answer, or the reason why there is none as a sentence; None when the question is no such survey."""
    survey = survey_of(asked, today)
    if survey is None:
        return _ranked(asked, index, today)
    if survey.unknown:
        return survey_text.not_known(survey)
    found = run(survey, index.grades, index.sources)
    if not found.looked_at and not found.gone:
        return survey_text.nothing_held(survey, index.sources)
    return survey_text.write(found)


def _ranked(asked: Understanding, index: Index, today: date) -> Written | str | None:
    ranking = figure_survey.ranking_of(asked, today)
    if ranking is None:
        comparison = figure_compare.comparison_of(asked)
        return figure_compare.compare(comparison, asked, index.figures) if comparison else None
    found = figure_survey.rank(ranking, index.figures, index.sources)
    return figure_survey.write(found) if found.rows else figure_survey.not_stated(ranking)
