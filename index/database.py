"""The register's database, an SQLite file or PostgreSQL by its address; the only module that knows SQLAlchemy."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    URL,
    Column,
    Date,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    event,
    insert,
    inspect,
    make_url,
    select,
)
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from index.records import NOT_WRITTEN, IndexProblem
from index.tables import ABOUT, PARTS, SCHEMA, TABLES, Row

TYPES = {str: String, int: Integer, date: Date}
METADATA = MetaData()
for _name, _columns in TABLES.items():
    Table(
        _name,
        METADATA,
        *(Column(each.name, TYPES[each.holds], primary_key=each.key, nullable=each.empty) for each in _columns),
    )
# The tables that a register had before it said of which version it is.
FIRST_TABLES = {"reports", "judgements", "statements"}
UNDER_WAY = f"{SCHEMA}, being built"
# The row that says whether a sync came to its end, and what it says.
SYNC, BEGUN, FINISHED = "sync", "begun", "finished"
# The row that says when one last did, in UTC.
SYNCED = "synced"
WAIT_SECONDS = 10

NONE_YET = "There is no index yet. Run `python -m index sync` to build it."
OTHER_VERSION = (
    "The register was built by another version, or building it anew was broken off. "
    "Run `python -m index sync` to bring it up to date."
)
NO_DRIVER = (
    "The register is in PostgreSQL, and its driver is not installed here. "
    "Run `python -m pip install 'psycopg[binary]'`, or unset CHAPTER_VERSE_REGISTER_URL."
)
NO_ADDRESS = (
    "CHAPTER_VERSE_REGISTER_URL is not the address of an SQLite or PostgreSQL database. "
    "Write it as postgresql+psycopg://user:password@host/database."
)
NOT_OURS = (
    "The database has a table '{table}' that is not the register's. "
    "Name a database, or a schema, of its own in CHAPTER_VERSE_REGISTER_URL."
)


class Database:
    """The tables of index/tables.py in an SQLite file (a path) or a database (an address)."""

    def __init__(self, where: Path | str, *, reading: bool = False) -> None:
        """Open it; for writing, make the tables where there are none, and anew where they are of another version.

        Raises IndexProblem when it cannot be opened, or, for `reading`, is missing or of another version.
        """
        url = _url(where)
        self._is_file = url.get_backend_name() == "sqlite"
        self._place = url.database if self._is_file else url.render_as_string(hide_password=True)
        # Whether the sync before this one did not come to its end.
        self.was_broken_off = False
        self.engine = _file_engine(url, reading=reading) if self._is_file else _server_engine(url, reading=reading)
        try:
            if reading:
                self._check()
            else:
                self._prepare()
        except DBAPIError as error:
            raise self._not_opened(error) from error

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def rows(self, table: str) -> list[Row]:
        """Every row of a table, in the order of its key; raises IndexProblem when it cannot be read."""
        held = METADATA.tables[table]
        try:
            with self.engine.connect() as connection:
                return [dict(row) for row in connection.execute(select(held).order_by(*held.primary_key)).mappings()]
        except DBAPIError as error:
            raise self._not_opened(error) from error

    def replace(self, document: str, rows: Mapping[str, Sequence[Row]]) -> None:
        """Put these rows, by table, in place of all rows of a document, in one transaction."""
        with self._writing() as connection:
            for table in (*PARTS, "reports"):
                held = METADATA.tables[table]
                connection.execute(delete(held).where(held.c.document == document))
            for table, some in rows.items():
                if some:
                    connection.execute(insert(METADATA.tables[table]), [self._writable(row) for row in some])

    def finish(self) -> None:
        """Say that all rows have been written, so that tables that were made anew may be read."""
        with self._writing() as connection:
            _write_about(connection, "schema", SCHEMA)
            _write_about(connection, SYNC, FINISHED)
            _write_about(connection, SYNCED, datetime.now(UTC).isoformat(timespec="seconds"))

    def synced(self) -> str | None:
        """When a sync last came to its end, ISO in UTC; None when that was not written down."""
        return next((str(row["value"]) for row in self.rows(ABOUT) if row["name"] == SYNCED), None)

    def copy_to(self, path: Path) -> None:
        """Write all rows into a new SQLite file, which needs no other beside it; raises IndexProblem."""
        engine = create_engine(URL.create("sqlite", database=str(path)))
        event.listen(engine, "connect", _for_copying)
        event.listen(engine, "begin", _begin)
        try:
            with self.engine.connect() as rows, engine.begin() as target:
                METADATA.create_all(target)
                for table in METADATA.sorted_tables:
                    if held := [dict(row) for row in rows.execute(select(table)).mappings()]:
                        target.execute(insert(table), held)
                _write_about(target, "schema", SCHEMA)
                _write_about(target, SYNC, FINISHED)
        except DBAPIError as error:
            raise IndexProblem(NOT_WRITTEN.format(what="copy of the register", reason=error.orig)) from error
        finally:
            engine.dispose()

    def is_unfinished(self) -> bool:
        """Whether it was opened for writing and not finished since; raises IndexProblem when it cannot be read."""
        return {"name": SYNC, "value": BEGUN} in self.rows(ABOUT)

    def _writable(self, row: Row) -> Row:
        # PostgreSQL takes no text with a zero byte; one in a damaged report shall not stop a sync.
        if self._is_file:
            return row
        return {name: cell.replace("\0", "\ufffd") if isinstance(cell, str) else cell for name, cell in row.items()}

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self.engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise IndexProblem(NOT_WRITTEN.format(what="register", reason=error.orig)) from error

    def _check(self) -> None:
        with self.engine.connect() as connection:
            schema = _schema(connection)
        if schema != SCHEMA:
            raise IndexProblem(OTHER_VERSION if schema else NONE_YET)

    def _prepare(self) -> None:
        # In one transaction, so that a run that is killed leaves the old tables or the new.
        with self.engine.begin() as connection:
            schema = _schema(connection)
            if schema not in (SCHEMA, UNDER_WAY):
                METADATA.drop_all(connection)
                METADATA.create_all(connection)
                _write_about(connection, "schema", UNDER_WAY if schema else SCHEMA)
            else:
                self.was_broken_off = _about(connection, SYNC) == BEGUN
            _write_about(connection, SYNC, BEGUN)

    def _not_opened(self, error: DBAPIError) -> IndexProblem:
        mend = "Remove the file and run `python -m index sync` to build it again."
        if not self._is_file:
            mend = "Check that the database runs and that CHAPTER_VERSE_REGISTER_URL is right."
        return IndexProblem(f"The register {self._place} cannot be opened ({error.orig}). {mend}")


def damage_of(where: Path | str) -> str | None:
    """What SQLite's own check finds wrong with a register's file, None when all is well; a server checks its own."""
    url = _url(where)
    if url.get_backend_name() != "sqlite" or not Path(url.database or "").is_file():
        return None
    engine = _file_engine(url, reading=True)
    try:
        with engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    except DBAPIError as error:
        return str(error.orig)
    finally:
        engine.dispose()
    return None if found == "ok" else str(found)


def _url(where: Path | str) -> URL:
    if isinstance(where, Path):
        return URL.create("sqlite", database=str(where))
    try:
        url = make_url(where)
    except ArgumentError as error:
        raise IndexProblem(NO_ADDRESS) from error
    if url.get_backend_name() not in ("sqlite", "postgresql") or not url.database:
        raise IndexProblem(NO_ADDRESS)
    return url


def _server_engine(url: URL, *, reading: bool) -> Engine:
    try:
        engine = create_engine(url, connect_args={"connect_timeout": WAIT_SECONDS})
    except NoSuchModuleError as error:
        raise IndexProblem(NO_ADDRESS) from error
    except ModuleNotFoundError as error:
        raise IndexProblem(NO_DRIVER) from error
    return engine.execution_options(postgresql_readonly=True) if reading else engine


def _file_engine(url: URL, *, reading: bool) -> Engine:
    path = Path(url.database or "").absolute()
    if not reading:
        path.parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(URL.create("sqlite", database=str(path)))
        event.listen(engine, "connect", _for_writing)
        event.listen(engine, "begin", _begin)
        return engine
    if not path.is_file():
        raise IndexProblem(NONE_YET)
    query = {"uri": "true", "mode": "ro"}
    # SQLite makes files beside a register that is shared; where none can be made, nobody else writes to it either.
    if not os.access(path.parent, os.W_OK):
        query["immutable"] = "1"
    return create_engine(URL.create("sqlite", database=f"file:{quote(str(path))}", query=query))


def _for_writing(connection: Any, _record: object) -> None:  # noqa: ANN401  (the driver's own type)
    # The driver by itself begins a transaction only before the first row, which may leave tables half made.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
    connection.execute("PRAGMA journal_mode = WAL")


def _for_copying(connection: Any, _record: object) -> None:  # noqa: ANN401  (the driver's own type)
    connection.isolation_level = None
    # Who asks for the copy has it on the disk once it is whole; until then nobody reads it.
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute("PRAGMA synchronous = OFF")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _schema(connection: Connection) -> str | None:
    """Which schema the tables have: None when there are none, "1" from before it was written down."""
    held = inspect(connection)
    names = set(held.get_table_names()) & set(TABLES)
    if ABOUT in names:
        return str(_about(connection, "schema"))
    if not names:
        return None
    recipe = "reports" in names and any(column["name"] == "recipe" for column in held.get_columns("reports"))
    if foreign := names - FIRST_TABLES if recipe else names:
        raise IndexProblem(NOT_OURS.format(table=min(foreign)))
    return "1"


def _about(connection: Connection, name: str) -> str | None:
    about = METADATA.tables[ABOUT].c
    return connection.execute(select(about.value).where(about.name == name)).scalar()


def _write_about(connection: Connection, name: str, value: str) -> None:
    about = METADATA.tables[ABOUT]
    connection.execute(delete(about).where(about.c.name == name))
    connection.execute(insert(about).values(name=name, value=value))
