"""The register's database: made, read only, made anew by another version, and never anybody else's."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from index.database import METADATA, Database
from index.records import IndexProblem
from index.register import Register
from index.tables import TABLES
from tests.index.test_register import REPORT

OLD = (
    "create table reports (document text primary key, digest text, recipe text);"
    "create table judgements (document text, area text, grade text, primary key (document, area));"
    "insert into reports values ('a.txt', 'd1', 'r1'); insert into judgements values ('a.txt', 'overall', 'good');"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.sqlite"


@pytest.fixture
def old(path: Path) -> Path:
    """A register as it was before it said of which version it is."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(OLD)
    return path


@pytest.fixture
def filled(path: Path) -> Path:
    with closing(Register(path)) as register:
        register.put(REPORT, "recipe", 1)
    return path


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


# Reading


def test_it_can_be_read_with_sql(filled: Path) -> None:
    found = rows(filled, "select area, grade from judgements where of = 'this' order by area")
    assert found == [("in_care", "outstanding"), ("overall", "good")]


def test_a_reader_of_nothing_makes_nothing(path: Path) -> None:
    with pytest.raises(IndexProblem, match="There is no index yet. Run `python -m index sync`"):
        Database(path, reading=True)
    assert not path.exists()


def test_a_reader_cannot_write(filled: Path) -> None:
    with closing(Database(filled, reading=True)) as database:
        with pytest.raises(IndexProblem, match="readonly"):
            database.replace("a.txt", {})
        assert len(database.rows("reports")) == 1


def test_a_reader_needs_no_right_to_write(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.database.os.access", lambda *_: False)
    with closing(Database(filled, reading=True)) as database:
        assert len(database.rows("reports")) == 1
    assert [each.name for each in filled.parent.iterdir()] == [filled.name]


def test_a_reader_sees_what_a_writer_has_written_meanwhile(filled: Path) -> None:
    with closing(Register(filled, reading=True)) as reader, closing(Register(filled)) as writer:
        writer.remove("a.txt")
        assert reader.sources() == ()


@pytest.mark.parametrize("name", ["a b.sqlite", "50%.sqlite", "what?.sqlite", "no#1.sqlite", "é.sqlite"])
def test_any_name_of_a_file_will_do(tmp_path: Path, name: str) -> None:
    with closing(Register(tmp_path / name)) as register:
        register.put(REPORT, "recipe", 1)
    with closing(Register(tmp_path / name, reading=True)) as register:
        assert len(register.sources()) == 1
    assert (tmp_path / name).is_file()


def test_an_empty_file_is_no_register_yet(path: Path) -> None:
    path.touch()
    with pytest.raises(IndexProblem, match="There is no index yet"):
        Database(path, reading=True)


# Another version


def test_a_reader_of_an_old_register_is_told_to_sync(old: Path) -> None:
    with pytest.raises(IndexProblem, match="built by another version.*Run `python -m index sync`"):
        Database(old, reading=True)
    assert rows(old, "select document from reports") == [("a.txt",)]


def test_a_register_of_tomorrow_is_told_apart_too(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.database.SCHEMA", "tomorrow")
    with pytest.raises(IndexProblem, match="built by another version"):
        Database(filled, reading=True)


def test_an_old_register_is_made_anew_and_read_only_when_it_is_finished(old: Path) -> None:
    with closing(Register(old)) as register:
        assert register.recipes() == {}
        register.put(REPORT, "recipe", 1)
        with pytest.raises(IndexProblem, match="building it anew was broken off"):
            Register(old, reading=True)
    # A sync that was killed goes on with what it had.
    with closing(Register(old)) as register:
        assert register.recipes() == {"a.txt": ("d1", "recipe")}
        register.finish()
    with closing(Register(old, reading=True)) as register:
        assert len(register.grades()) == 2


def test_a_run_that_is_killed_while_it_makes_tables_leaves_the_old(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("index.database._write_about", killed)
    with pytest.raises(KeyboardInterrupt):
        Database(old)
    assert rows(old, "select grade from judgements") == [("good",)]
    assert rows(old, "select count(*) from sqlite_master where name = 'figures'") == [(0,)]


@pytest.mark.parametrize(
    ("tables", "named"),
    [
        ("create table reports (id integer, body text)", "reports"),
        ("create table figures (id integer)", "figures"),
        (OLD + "create table officers (id integer)", "officers"),
    ],
)
def test_a_table_of_somebody_else_is_not_touched(path: Path, tables: str, named: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(tables)
    before = rows(path, "select name, sql from sqlite_master")
    with pytest.raises(IndexProblem, match=f"table '{named}' that is not the register's"):
        Database(path)
    assert rows(path, "select name, sql from sqlite_master") == before


def test_a_table_of_another_name_does_no_harm(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("create table invoices (id integer)")
    Database(path).close()
    assert rows(path, "select count(*) from invoices") == [(0,)]


# By address


def test_an_address_may_name_a_file(path: Path) -> None:
    Database(f"sqlite:///{path}").close()
    assert path.is_file()


@pytest.mark.parametrize(
    "address", ["", "register", "mysql://host/db", "postgresql://", "sqlite://", "postgresql+x://h/d"]
)
def test_an_address_of_nothing_usable_is_a_problem(address: str) -> None:
    with pytest.raises(IndexProblem, match="CHAPTER_VERSE_REGISTER_URL is not the address.*postgresql\\+psycopg://"):
        Database(address)


def test_a_missing_driver_is_a_problem_that_says_what_to_install() -> None:
    with pytest.raises(IndexProblem, match="driver is not installed here. Run .*psycopg"):
        Database("postgresql+pg8000://127.0.0.1/none")


def test_every_table_can_be_made_in_postgresql() -> None:
    for name, columns in TABLES.items():
        made = str(CreateTable(METADATA.tables[name]).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
        assert f"CREATE TABLE {name}" in made
        assert all(column.name in made for column in columns)
        assert made.count("NOT NULL") == sum(not column.empty for column in columns)


# A sync that is not finished


def unfinished(path: Path) -> bool:
    with closing(Register(path, reading=True)) as register:
        return register.is_unfinished()


def test_a_first_sync_that_is_killed_is_unfinished_and_what_it_wrote_may_be_read(filled: Path) -> None:
    assert unfinished(filled)
    with closing(Register(filled, reading=True)) as register:
        assert len(register.sources()) == 1


def test_a_finished_sync_is_finished_until_the_next_begins(filled: Path) -> None:
    with closing(Register(filled)) as register:
        register.finish()
    assert not unfinished(filled)
    with closing(Register(filled, reading=True)) as reader, closing(Register(filled)) as writer:
        assert len(reader.sources()) == 1
        assert unfinished(filled)
        writer.finish()
        assert not unfinished(filled)


def test_a_register_from_before_this_was_written_down_counts_as_finished(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("delete from about_register where name = 'sync'")
        connection.commit()
    assert not unfinished(filled)


def test_a_register_with_rows_of_two_recipes_is_unfinished(filled: Path) -> None:
    with closing(Register(filled)) as register:
        register.put(replace(REPORT, document="b.txt"), "other-recipe", 1)
        register.finish()
    assert unfinished(filled)
