"""Places that are no authority: named in a question, they are no reason to answer of another place."""

from __future__ import annotations

import pytest

from index.retrieval.places import unknown_place

WORDS = frozenset(
    """what was the overall grade for in how rated and report children services did inspectors find about who
    led greater inspection good adoption neglect early help signs of safety care leavers were judged
    staying put""".split()
)


class Words:
    """The words of some reports: Mockingbird stands in them, with a capital."""

    def is_word(self, word: str) -> bool:
        return word.lower() in WORDS

    def has_word(self, word: str) -> bool:
        return word.lower() in WORDS | {"mockingbird", "barnardo"}

    def nearest_word(self, word: str, likeness: float) -> str | None:
        return "children" if likeness < 90 and word.startswith("child") else None


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("How was Narborough rated?", "Narborough"),
        ("What did inspectors find in Tolpuddle?", "Tolpuddle"),
        ("Tolpuddle 2016 ofsted: who led it?", "Tolpuddle"),
        ("Tolpuddle children's services, 2016 judgement", "Tolpuddle"),
        ("Who led the inspection at Chipping Narborough in 2014?", "Chipping Narborough"),
        ("was tolpuddle rated good", "Tolpuddle"),
        ("overall grade for tolpuddle", "Tolpuddle"),
        # The names of authorities within those of other places.
        ("grade for rochdale wood", "Rochdale Wood"),
        ("How was Bury St Edmunds rated?", "Bury St Edmunds"),
    ],
)
def test_a_place_that_is_no_authority(question: str, place: str) -> None:
    assert unknown_place(question, Words()) == place


@pytest.mark.parametrize(
    "question",
    [
        "What was the overall grade in 2016?",
        "What grade for childern in care?",
        "How is Mockingbird doing?",
        "What did inspectors find about Barnardo's?",
        "What did inspectors find about Signs of Safety?",
        "What did Ofsted find in January 2016?",
        "Jan 2016: what did they find?",
        "How were care leavers judged in England?",
        "Which councils in Greater Manchester were good?",
        "Who led the inspection in MASH?",
        # Of a place, but not for reports.
        "What is the capital of Ruritania?",
        "best pizza in Tolpuddle",
    ],
)
def test_other_names_are_no_places(question: str) -> None:
    assert unknown_place(question, Words()) is None
