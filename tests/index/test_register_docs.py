"""docs/register.md says what the register holds: each table, each column, and queries that run."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.register import Register
from index.tables import TABLES
from tests.index.test_register import REPORT

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "register.md").read_text("utf-8")
DOCUMENTED = {
    name: re.findall(r"^\| `(\w+)` \| (key)?", section, re.MULTILINE)
    for name, section in re.findall(r"^## `(\w+)`\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
}
QUERIES = [
    query.replace('\\"', '"') for query in re.findall(r'register\.sqlite "\n(.*?)"$', PAGE, re.MULTILINE | re.DOTALL)
]


def test_every_table_is_documented_and_no_other() -> None:
    assert set(DOCUMENTED) == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_documented_with_its_key_and_no_other(table: str) -> None:
    said = {name: bool(key) for name, key in DOCUMENTED[table]}
    assert said == {column.name: column.key for column in TABLES[table]}


def test_the_queries_find_what_they_say(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    with closing(Register(path)) as register:
        register.put(REPORT, "recipe", 1)
    assert len(QUERIES) == 3
    with closing(sqlite3.connect(path)) as connection:
        overall, looked_after, asked = (connection.execute(query).fetchall() for query in QUERIES)
    assert overall == [("Hartlepool", "2022-09-12", "good", 1)]
    assert looked_after == [("Hartlepool", "2022-06-30", 321.0, "321 children were looked after")]
    assert asked == []
