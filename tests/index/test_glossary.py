"""The field's short forms and everyday words find what they stand for, and ordinary words do not."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from index.glossary import GLOSSARY, expand, match_terms, spelt_out
from index.lexical import tokens

KEPT = json.loads(GLOSSARY.read_text("utf-8"))
GROUPS: list[list[str]] = KEPT["terms"]
ASKED_ONLY: list[str] = KEPT["asked_only"]
# Phrases that the index keeps one word of, where that word by itself means the same.
ONE_WORD_SUFFICES = {"in touch", "listened to"}


def matched(text: str) -> list[str]:
    return [term for term, _ in match_terms(text)]


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("how are RHIs", "return home interviews"),
        ("LAC numbers", "children looked after"),
        ("is the mash any good", "multi-agency safeguarding hub"),
        ("letter before proceedings", "public law outline"),
        ("young dads", "father"),
        ("are the bosses any good", "senior managers"),
        ("county lines", "criminal exploitation"),
        ("drugs & alcohol", "substance misuse"),
        ("kids placed out of borough", "placed at a distance"),
        ("siblings kept together", "brothers and sisters"),
        ("EHA quality", "early help assessment"),
        ("temps", "agency staff"),
    ],
)
def test_a_term_brings_the_other_words_for_the_same_thing(asked: str, meant: str) -> None:
    assert expand(asked).startswith(asked)
    assert set(tokens(meant)) <= set(tokens(expand(asked)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a smashing time",
        "he pas de deux",
        "pa said so",
        "the cp is here",
        "Qatar",
        "a pep talk",
        "send letters",
        "prevent delay",
        "photo id",
        "a good job",
    ],
)
def test_letters_within_a_word_and_short_forms_in_lower_case_are_no_terms(text: str) -> None:
    assert matched(text) == []
    assert expand(text) == text


@pytest.mark.parametrize("short", [*KEPT["capitals"], *(term for group in GROUPS for term in group if len(term) <= 2)])
def test_a_short_form_that_is_known_by_its_capitals_is_not_its_lower_case(short: str) -> None:
    assert matched(f"the {short} there") == [short]
    assert matched(f"the {short.lower()} there") == []


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("the CAMHS team", "CAMHS"),
        ("two PAs", "PAs"),
        ("childrens homes", "childrens homes"),
        ("children’s homes", "children’s homes"),
        ("Step-parents' life-story work", "life-story work"),
        ("an education health and care plan", "education health and care plan"),
    ],
)
def test_a_term_is_given_as_it_was_written(text: str, term: str) -> None:
    assert term in matched(text)


def test_longer_terms_come_first() -> None:
    lengths = [len(term) for term in matched("CP plan, SEND and the local safeguarding children board")]
    assert lengths == sorted(lengths, reverse=True)
    assert len(lengths) > 1


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("child protection plans", ["child protection plans"]),
        ("LAC nurses", ["LAC nurses"]),
        ("agency social workers", ["agency social workers"]),
        ("the health passport", ["health passport"]),
        ("child protection plans and child protection", ["child protection plans", "child protection"]),
    ],
)
def test_the_longest_term_wins_over_those_within_it(text: str, terms: list[str]) -> None:
    assert matched(text) == terms


@pytest.mark.parametrize("stop", [". ", "? ", "; ", " (", "/"])
def test_a_term_does_not_go_on_past_the_end_of_a_phrase(stop: str) -> None:
    assert matched(f"They take care{stop}Leavers said") == []


def test_a_term_may_be_broken_by_a_line() -> None:
    assert matched("front\ndoor") == ["front\ndoor"]


# The file.


def test_every_group_has_two_different_terms_or_more_and_one_to_look_for() -> None:
    assert all(len({term.lower() for term in group}) == len(group) >= 2 for group in GROUPS)
    assert all(set(group) - set(ASKED_ONLY) for group in GROUPS)


def test_no_term_is_in_two_groups() -> None:
    times = Counter(term.lower() for group in GROUPS for term in group)
    assert [term for term, number in times.items() if number > 1] == []


def test_capitals_and_words_that_are_only_asked_are_terms() -> None:
    assert {*KEPT["capitals"], *ASKED_ONLY} <= {term for group in GROUPS for term in group}


def test_no_phrase_is_looked_for_by_one_ordinary_word_of_it() -> None:
    looked_for = {term for group in GROUPS for term in group if " " in term} - set(ASKED_ONLY)
    assert {term for term in looked_for if len(set(tokens(term))) < 2} == ONE_WORD_SUFFICES


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group[0])
def test_every_term_of_the_file_is_found_and_brings_its_group(group: list[str]) -> None:
    looked_for = tuple(term for term in group if term not in ASKED_ONLY)
    for term in group:
        assert match_terms(f"about {term}, please") == ((term, looked_for),)


@pytest.mark.parametrize(
    ("asked", "written_out"),
    [
        ("How good is CSE work?", "How good is child sexual exploitation (CSE) work?"),
        ("Do PEPs help?", "Do personal education plan (PEPs) help?"),
        ("What about grooming and missing children?", "What about grooming and missing children?"),
        ("How many are EET?", "How many are in education, employment or training (EET)?"),
        ("Is the LADO in time?", "Is the local authority designated officer (LADO) in time?"),
        ("Is child sexual exploitation (CSE) seen?", "Is child sexual exploitation (CSE) seen?"),
        ("How are GCSE results?", "How are GCSE results?"),
    ],
)
def test_short_forms_are_written_out_beside_them(asked: str, written_out: str) -> None:
    assert spelt_out(asked) == written_out
