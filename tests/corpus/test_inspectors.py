"""Inspectors are read as lists that are whole, or not at all."""

from __future__ import annotations

import pytest

from corpus.inspectors import read_inspectors
from corpus.report import Block, BlockKind, Statement


def stated(*texts: str) -> list[Statement]:
    return list(read_inspectors(tuple(Block(BlockKind.PARAGRAPH, text, 0, len(text), page=9) for text in texts)))


def values(*texts: str) -> dict[str, str]:
    return {each.subject: each.value for each in stated(*texts)}


@pytest.mark.parametrize(
    ("text", "team"),
    [
        ("Team inspectors: Jo Reed, Sam Marsh, Ann-Marie O’Dell", "Jo Reed, Sam Marsh, Ann-Marie O’Dell"),
        (
            "Team inspectors: Jo Reed HMI, Dr Sam J Marsh HMI and Paul d’Arcy (AI).",
            "Jo Reed HMI, Dr Sam J Marsh HMI and Paul d’Arcy (AI)",
        ),
        ("Team inspectors: Jo Reed Senior data analyst: Sam Marsh", "Jo Reed"),
        ("Team inspectors: Jo Reed (HMI) Sam Marsh (OI), Bo Field", "Jo Reed (HMI) Sam Marsh (OI), Bo Field"),
        ("Team inspectors (all HMI): Jo Reed; Sam Marsh HMI A second visit was made", "Jo Reed; Sam Marsh HMI"),
        (
            "Team inspectors: Jo Reed HMI Designate, Bo Field Associate Inspector. Shadow inspector: Sam Marsh",
            "Jo Reed HMI Designate, Bo Field Associate Inspector",
        ),
    ],
)
def test_the_team_is_read_with_the_words_that_name_it(text: str, team: str) -> None:
    (found,) = stated(text)
    assert (found.subject, found.value, found.page) == ("team inspectors", team, 9)
    assert found.quote == text[: text.index(team) + len(team)]


@pytest.mark.parametrize(
    ("texts", "team"),
    [
        (("Team inspectors: Jo Reed, Bo", "Field, Sam Marsh"), "Jo Reed, Bo Field, Sam Marsh"),
        (("Team inspectors: Jo Reed,", "Sam Marsh"), "Jo Reed, Sam Marsh"),
        (
            ("Team inspectors:", "Jo Reed, HMI", "Sam Marsh, HMI", "Any complaint goes to Ofsted."),
            "Jo Reed, HMI Sam Marsh, HMI",
        ),
        (("Team inspectors: Jo Reed HMI,", "Shadow inspector: Sam Marsh"), "Jo Reed HMI"),
        (("Team inspectors: Jo Reed HMI", "Local Leadership"), "Jo Reed HMI"),
    ],
)
def test_a_team_that_is_broken_over_lines_is_put_together(texts: tuple[str, ...], team: str) -> None:
    assert values(*texts) == {"team inspectors": team}


@pytest.mark.parametrize(
    "text",
    [
        "Team inspectors: not applicable",
        "Team inspectors: Jo Reed, Bo",
        "Team inspectors: Jo Reed, three of them on site",
        "Team inspectors met Jo Reed.",
        "Team inspectors: " + "Jo Reed, " * 200 + "and others",
    ],
)
def test_a_list_that_is_not_understood_to_its_end_gives_nothing(text: str) -> None:
    assert stated(text) == []


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Lead inspector: Jo Reed HMI", "Jo Reed"),
        ("Lead inspector on site: Jo Reed", "Jo Reed"),
        (
            "Lead inspectors: Jo Reed, His Majesty’s Inspector, and Sam Marsh, His Majesty’s Inspector",
            "Jo Reed, His Majesty’s Inspector, and Sam Marsh, His Majesty’s Inspector",
        ),
        ("Lead inspectors: Jo Reed and Sam Marsh", "Jo Reed and Sam Marsh"),
    ],
)
def test_one_lead_inspector_or_two_are_read(text: str, lead: str) -> None:
    assert values(text) == {"lead inspector": lead}


def test_a_deputy_is_no_lead_inspector() -> None:
    assert values("Deputy lead inspector: Jo Reed") == {"deputy lead inspector": "Jo Reed"}
    assert values("Deputy lead inspectors: Jo Reed, Sam Marsh") == {}
