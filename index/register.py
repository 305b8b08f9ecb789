"""The register: every report, and all that was read in it, as rows; `docs/register.md` describes the tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.report import THIS, Report
from index.database import Database
from index.records import Counted, Grade, Named, Recommended, Source, Stated
from index.tables import Row, fields_of, rows_of, source_of


class Register:
    """Reports and what was read in them, in an SQLite file (a path) or a database (an address)."""

    def __init__(self, where: Path | str, *, reading: bool = False) -> None:
        """Open the register; for writing, make it where there is none and empty it where its tables are old.

        Until `finish`, one that was opened for writing is unfinished.

        Raises IndexProblem when it cannot be opened, or, for `reading`, is missing or of another version.
        """
        self._database = Database(where, reading=reading)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def put(self, report: Report, recipe: str, passages: int) -> None:
        """Write a report and what was read in it, replacing what the register had of it, in one transaction."""
        self._database.replace(report.document, rows_of(report, recipe, passages))

    def remove(self, document: str) -> None:
        """Remove a report and what was read in it."""
        self._database.replace(document, {})

    def finish(self) -> None:
        """Say that every report has been written, so that a register that was built anew may be read."""
        self._database.finish()

    @property
    def was_broken_off(self) -> bool:
        """Whether, when this was opened for writing, the sync before had not come to its end."""
        return self._database.was_broken_off

    def synced(self) -> str | None:
        """When a sync last came to its end, ISO in UTC; None when that was not written down."""
        return self._database.synced()

    def copy_to(self, path: Path) -> None:
        """Write all of it into a new SQLite file; raises IndexProblem when it cannot be written."""
        self._database.copy_to(path)

    def is_unfinished(self) -> bool:
        """Whether a sync is under way or was broken off, so that some reports may be missing or as they were."""
        return self._database.is_unfinished() or len({used.split("-")[0] for _, used in self.recipes().values()}) > 1

    def recipes(self) -> dict[str, tuple[str, str]]:
        """Digest and recipe that each document was last indexed with."""
        return {row["document"]: (row["digest"], row["recipe"]) for row in self._database.rows("reports")}

    def sources(self) -> tuple[Source, ...]:
        """Every report, oldest first."""
        found = [source_of(row) for row in self._database.rows("reports")]
        return tuple(sorted(found, key=lambda source: (source.order, source.document)))

    def grades(self) -> tuple[Grade, ...]:
        """Every grade that a report itself gives, by its report, oldest first."""
        return tuple(grade for grade in self._all_grades() if grade.of == THIS)

    def earlier_grades(self) -> tuple[Grade, ...]:
        """Every grade of an earlier inspection that a report only recalls, by the report, oldest first."""
        return tuple(grade for grade in self._all_grades() if grade.of != THIS)

    def statements(self) -> tuple[Stated, ...]:
        """Every statement, by its report, oldest first."""
        found = [Stated(source, **fields) for source, fields in self._parts("statements")]
        return tuple(sorted(found, key=lambda item: (item.source.order, item.source.document, item.subject)))

    def figures(self) -> tuple[Counted, ...]:
        """Every figure, by its report, oldest first, in the report's order."""
        return tuple(Counted(source, **fields) for source, fields in self._parts("figures"))

    def recommendations(self) -> tuple[Recommended, ...]:
        """Every recommendation, by its report, oldest first, in the report's order."""
        return tuple(Recommended(source, **fields) for source, fields in self._parts("recommendations"))

    def officers(self) -> tuple[Named, ...]:
        """Every officer, by the report, oldest first, in the report's order."""
        return tuple(Named(source, **fields) for source, fields in self._parts("officers"))

    def _all_grades(self) -> list[Grade]:
        found = [Grade(source, **fields) for source, fields in self._parts("judgements")]
        return sorted(found, key=lambda grade: (grade.source.order, grade.source.document, grade.area))

    def _parts(self, table: str) -> Iterator[tuple[Source, dict[str, Any]]]:
        """What each row of a table says and whose it is; by report, oldest first, in the report's order."""
        rows: dict[str, list[Row]] = {}
        for row in self._database.rows(table):
            rows.setdefault(row["document"], []).append(row)
        for source in self.sources():
            for row in rows.get(source.document, ()):
                yield source, fields_of(table, row)
