"""The register: every report and every judgement as rows; the only module that knows SQLAlchemy.

Tables: `reports`, one row a report (who, when, what kind, and the digest and recipe it was indexed
with); `judgements`, one row a grade (document, area, grade in normal form, as printed, page, quote);
`statements`, one row a thing that a report states in set words (document, subject, value, page, quote).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Date, Integer, MetaData, String, Table, create_engine, delete, event, insert, select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DatabaseError

from corpus.report import Judgement, Report, ReportKind, Statement
from index.records import NOT_WRITTEN, Grade, IndexProblem, Source, Stated

METADATA = MetaData()
REPORTS = Table(
    "reports",
    METADATA,
    Column("document", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("recipe", String, nullable=False),
    Column("title", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("authority", String),
    Column("inspection_start", Date),
    Column("inspection_end", Date),
    Column("published", Date),
    Column("year", Integer),
    Column("passages", Integer, nullable=False),
    Column("problems", String, nullable=False),
)
JUDGEMENTS = Table(
    "judgements",
    METADATA,
    Column("document", String, primary_key=True),
    Column("area", String, primary_key=True),
    Column("grade", String, nullable=False),
    Column("printed", String, nullable=False),
    Column("page", Integer),
    Column("quote", String, nullable=False),
)


STATEMENTS = Table(
    "statements",
    METADATA,
    Column("document", String, primary_key=True),
    Column("subject", String, primary_key=True),
    Column("value", String, nullable=False),
    Column("page", Integer),
    Column("quote", String, nullable=False),
)


class Register:
    """Reports and their judgements in an SQLite file."""

    def __init__(self, path: Path) -> None:
        """Open or create the register; raises IndexProblem when the file is not a usable database."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._engine = create_engine(f"sqlite:///{path}")
        event.listen(self._engine, "connect", _wait_for_writers)
        try:
            METADATA.create_all(self._engine)
        except DatabaseError as error:
            raise IndexProblem(
                f"The register {path} cannot be opened ({error.orig}). "
                "Remove the file and run `python -m index sync` to build it again."
            ) from error

    @property
    def engine(self) -> Engine:
        """The database, for reading with SQL."""
        return self._engine

    def recipes(self) -> dict[str, tuple[str, str]]:
        """Digest and recipe that each document was last indexed with."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(REPORTS.c.document, REPORTS.c.digest, REPORTS.c.recipe))
            return {document: (digest, recipe) for document, digest, recipe in rows}

    def put(self, report: Report, recipe: str, passages: int) -> None:
        """Write a report and its judgements, replacing what the register had of it, in one transaction."""
        with self._writing() as connection:
            _remove(connection, report.document)
            connection.execute(insert(REPORTS).values(_report_row(report, recipe, passages)))
            if report.judgements:
                rows = [_judgement_row(report.document, judgement) for judgement in report.judgements]
                connection.execute(insert(JUDGEMENTS), rows)
            if report.statements:
                connection.execute(
                    insert(STATEMENTS), [_statement_row(report.document, item) for item in report.statements]
                )

    def remove(self, document: str) -> None:
        """Remove a report and its judgements."""
        with self._writing() as connection:
            _remove(connection, document)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except DatabaseError as error:
            raise IndexProblem(NOT_WRITTEN.format(what="register", reason=error.orig)) from error

    def sources(self) -> tuple[Source, ...]:
        """Every report, oldest first."""
        with self._engine.connect() as connection:
            found = [_source(row._mapping) for row in connection.execute(select(REPORTS))]  # noqa: SLF001
        return tuple(sorted(found, key=lambda source: (source.order, source.document)))

    def grades(self) -> tuple[Grade, ...]:
        """Every judgement, by its report, oldest first."""
        sources = {source.document: source for source in self.sources()}
        with self._engine.connect() as connection:
            rows = connection.execute(select(JUDGEMENTS)).all()
        found = [
            Grade(sources[row.document], row.area, row.grade, row.printed, row.quote, row.page)
            for row in rows
            if row.document in sources
        ]
        return tuple(sorted(found, key=lambda grade: (grade.source.order, grade.source.document, grade.area)))

    def statements(self) -> tuple[Stated, ...]:
        """Every statement, by its report, oldest first."""
        sources = {source.document: source for source in self.sources()}
        with self._engine.connect() as connection:
            rows = connection.execute(select(STATEMENTS)).all()
        found = [
            Stated(sources[row.document], row.subject, row.value, row.quote, row.page)
            for row in rows
            if row.document in sources
        ]
        return tuple(sorted(found, key=lambda item: (item.source.order, item.source.document, item.subject)))


def _wait_for_writers(connection: Any, _record: object) -> None:  # noqa: ANN401  (the driver's own type)
    connection.execute("PRAGMA busy_timeout = 10000")
    connection.execute("PRAGMA journal_mode = WAL")


def _remove(connection: Connection, document: str) -> None:
    connection.execute(delete(JUDGEMENTS).where(JUDGEMENTS.c.document == document))
    connection.execute(delete(STATEMENTS).where(STATEMENTS.c.document == document))
    connection.execute(delete(REPORTS).where(REPORTS.c.document == document))


def _report_row(report: Report, recipe: str, passages: int) -> dict[str, object]:
    return {
        "document": report.document,
        "digest": report.digest,
        "recipe": recipe,
        "title": report.title,
        "kind": report.kind.value,
        "authority": report.authority,
        "inspection_start": report.inspection_start,
        "inspection_end": report.inspection_end,
        "published": report.published,
        "year": report.year,
        "passages": passages,
        "problems": json.dumps(report.problems, ensure_ascii=False),
    }


def _judgement_row(document: str, judgement: Judgement) -> dict[str, object]:
    return {
        "document": document,
        "area": judgement.area,
        "grade": judgement.grade,
        "printed": judgement.printed,
        "page": judgement.page,
        "quote": judgement.quote,
    }


def _statement_row(document: str, statement: Statement) -> dict[str, object]:
    return {
        "document": document,
        "subject": statement.subject,
        "value": statement.value,
        "page": statement.page,
        "quote": statement.quote,
    }


def _source(row: Any) -> Source:  # noqa: ANN401  (a row of whatever driver serves)
    return Source(
        document=row["document"],
        digest=row["digest"],
        title=row["title"],
        kind=ReportKind(row["kind"]),
        authority=row["authority"],
        inspection_start=row["inspection_start"],
        inspection_end=row["inspection_end"],
        published=row["published"],
        year=row["year"],
        passages=row["passages"],
        problems=tuple(json.loads(row["problems"])),
    )
