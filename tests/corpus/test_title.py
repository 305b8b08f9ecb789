"""A title is put together from the lines of the face, and from nothing else there."""

from __future__ import annotations

import pytest

from corpus.report import Block, BlockKind
from corpus.title import title_of

LONG = (
    "Inspection of services for children in need of help and protection, children looked after and care leavers and"
    " Review of the effectiveness of the Local Safeguarding Children Board"
)


def title(*lines: str) -> str:
    """The title of a face whose lines are headings, or paragraphs where they begin with a tilde."""
    return title_of(
        tuple(
            Block(BlockKind.PARAGRAPH if line[0] == "~" else BlockKind.HEADING, line.lstrip("~"), 0, len(line))
            for line in lines
        )
    )


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (
            (
                "Hartlepool Borough Council",
                "Inspection of services for children in need of help and",
                "~protection, children looked after and care leavers",
                "~and",
                "Review of the effectiveness of the Local Safeguarding Children",
                "~Board1",
                "~Inspection date: 3 May 2016 – 26 May 2016",
            ),
            LONG,
        ),
        (("Hartlepool Borough Council", f"~{LONG}1 Inspection date: 3 May 2016 – 26 May 2016"), LONG),
        (
            ("Inspection of Royal Borough of", "Greenwich children’s services", "~Inspection dates: 3 to 7 June 2024"),
            "Inspection of Royal Borough of Greenwich children’s services",
        ),
        (
            ("~Inspection of Bournemouth,", "Christchurch and Poole services", "~Inspection dates: 6 to 9 May 2021"),
            "Inspection of Bournemouth, Christchurch and Poole services",
        ),
        (
            ("Inspection of looked after children services", "Medway Council", "~Inspection dates: 1 to 5 July 2013"),
            "Inspection of looked after children services",
        ),
        (
            ("Focused visit to Hartlepool children’s services", "Headline findings", "~Children are seen."),
            "Focused visit to Hartlepool children’s services",
        ),
        (
            ("Focused visit to Hartlepool children’s services", "What is good", "~Children are seen."),
            "Focused visit to Hartlepool children’s services",
        ),
        (("Inspection judgements about Hartlepool", "Hartlepool Borough Council"), "Hartlepool Borough Council"),
        (("The impact of leaders on social work practice with children and families", "~Good"), ""),
        (("~The inspection of services in 2015 found little.",), ""),
        ((), ""),
    ],
)
def test_a_title_is_whole_and_nothing_but_the_title(lines: tuple[str, ...], found: str) -> None:
    assert title(*lines) == found
