"""What a survey says: the headline, the lines with their tokens, and what was counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.report import Framework
from index.records import Grade
from rag.period import Period
from rag.survey import Form, Survey
from rag.survey_groups import Group
from rag.survey_rows import Line, Surveyed
from rag.survey_text import Written, not_known, nothing_held, write
from tests.rag.builders import report

IN_2016 = Period(date(2016, 1, 1), date(2016, 12, 31))
INADEQUATE, GOOD = frozenset({"inadequate"}), frozenset({"good"})
GROUP = Group("London boroughs", frozenset())


def row(authority: str, grade: str = "inadequate", year: int = 2016) -> Grade:
    return Grade(report(authority, year), "overall", grade, grade, f"{authority} is {grade}", 3)


KENT, LEEDS = row("Kent"), row("Leeds")
RISE = (row("Leeds", year=2014), row("Leeds", "requires improvement", 2018), row("Leeds", "good", 2021))


def told(survey: Survey, *rows: Grade, looked_at: tuple[Grade, ...] = ()) -> Written:
    names = dict.fromkeys(each.source.authority or "" for each in rows)
    lines = tuple(Line(name, tuple(each for each in rows if each.source.authority == name)) for name in names)
    return write(Surveyed(survey, lines, looked_at or rows))


@pytest.mark.parametrize(
    ("survey", "rows", "headline"),
    [
        (
            Survey(Form.LIST, grades=INADEQUATE, period=IN_2016),
            (KENT, LEEDS),
            "In the reports published in 2016, 2 authorities were judged “inadequate” overall:",
        ),
        (
            Survey(Form.LIST, grades=INADEQUATE, period=IN_2016),
            (KENT,),
            "In the reports published in 2016, 1 authority was judged “inadequate” overall:",
        ),
        (
            Survey(Form.LIST, grades=INADEQUATE, period=IN_2016),
            (),
            "In the reports published in 2016, no authority was judged “inadequate” overall.",
        ),
        (
            Survey(Form.COUNT, grades=INADEQUATE),
            (KENT, LEEDS, RISE[0]),
            "In all the reports held, 2 authorities were judged “inadequate” overall, in 3 reports:",
        ),
        (
            Survey(Form.COUNT, grades=INADEQUATE, of_reports=True),
            (KENT, LEEDS, RISE[0]),
            "In all the reports held, “inadequate” was given overall 3 times, to 2 authorities:",
        ),
        (
            Survey(Form.COUNT, grades=INADEQUATE, authorities=("Leeds",)),
            (LEEDS, RISE[0]),
            "In all the reports held, Leeds was judged “inadequate” overall twice:",
        ),
        (
            Survey(Form.COUNT, grades=INADEQUATE, authorities=("Leeds",)),
            (),
            "In all the reports held, Leeds was judged “inadequate” overall not once.",
        ),
        (
            Survey(Form.LIST, "lscb", GOOD, latest=True, group=GROUP),
            (row("Camden", "good"),),
            (
                "Going by the newest report held of each of the London boroughs, 1 authority was judged “good” for the "
                "Local Safeguarding Children Board:"
            ),
        ),
        (
            Survey(Form.LIST, grades=GOOD, period=IN_2016, framework=Framework.SIF, group=GROUP),
            (row("Camden", "good"),),
            "In the reports published in 2016 under SIF on London boroughs, 1 authority was judged “good” overall:",
        ),
        (
            Survey(Form.REPEATED, grades=INADEQUATE),
            (LEEDS, RISE[0]),
            "In all the reports held, 1 authority was judged “inadequate” overall more than once:",
        ),
        (
            Survey(Form.REPEATED, grades=INADEQUATE, least=3),
            (),
            "In all the reports held, no authority was judged “inadequate” overall at least 3 times.",
        ),
        (
            Survey(Form.NEVER, grades=GOOD),
            (KENT,),
            "In all the reports held, 1 authority was never judged “good” overall:",
        ),
        (
            Survey(Form.NEVER, grades=GOOD),
            (),
            "In all the reports held, every authority with a grade overall was judged “good” once.",
        ),
        (
            Survey(Form.EXTREME, direction=-1, latest=True),
            (KENT, LEEDS),
            (
                "Going by the newest report held of each authority, the lowest grade overall is “inadequate”, given to "
                "2 authorities:"
            ),
        ),
        (
            Survey(Form.EXTREME, direction=1, period=IN_2016),
            (KENT,),
            "In the reports published in 2016, the highest grade overall was “inadequate”, given to 1 authority:",
        ),
        (
            Survey(Form.FIRST, grades=INADEQUATE, direction=-1),
            (KENT, LEEDS),
            "In all the reports held, the first to be judged “inadequate” overall was Kent and Leeds:",
        ),
        (
            Survey(Form.FIRST, grades=INADEQUATE, direction=1),
            (),
            "In all the reports held, no authority was judged “inadequate” overall.",
        ),
        (
            Survey(Form.CHANGE, before=INADEQUATE, grades=GOOD, period=IN_2016),
            RISE,
            (
                "1 authority went from “inadequate” to “good” overall, the later grade in a report published in 2016 "
                "(with other grades between):"
            ),
        ),
        (
            Survey(Form.CHANGE, before=INADEQUATE, grades=GOOD, was=IN_2016, latest=True),
            (*RISE, KENT, row("Kent", "good", 2018)),
            (
                "2 authorities went from “inadequate” to “good” overall, the earlier grade in a report published in "
                "2016, going by the newest report held of each (1 of them from one inspection to the next, 1 with "
                "other grades between):"
            ),
        ),
        (
            Survey(Form.CHANGE, direction=1),
            RISE[1:],
            "1 authority improved its grade overall in the reports held:",
        ),
        (
            Survey(Form.CHANGE, before=GOOD, direction=-1),
            (row("Kent", "good", 2014), KENT, row("Leeds", "good", 2014), LEEDS),
            "2 authorities went down in their grade from “good” overall in the reports held:",
        ),
        (
            Survey(Form.CHANGE, before=GOOD, group=GROUP),
            (),
            "No authority went from “good” to another grade overall in the reports held on London boroughs.",
        ),
    ],
)
def test_the_headline_answers(survey: Survey, rows: tuple[Grade, ...], headline: str) -> None:
    assert told(survey, *rows).head.text == headline


def test_a_share_is_of_authorities_or_of_grades() -> None:
    looked_at = (KENT, LEEDS, RISE[0], row("Devon", "good"))
    of_authorities = told(Survey(Form.SHARE, grades=INADEQUATE), KENT, looked_at=looked_at)
    assert "1 of 3 authorities (33%) was judged “inadequate” overall:" in of_authorities.text
    of_grades = told(Survey(Form.SHARE, grades=INADEQUATE, of_reports=True), KENT, LEEDS, looked_at=looked_at)
    assert "2 of 4 grades overall (50%) were “inadequate”:" in of_grades.text


def test_of_several_grades_those_that_were_given_at_all_are_named() -> None:
    grades = frozenset({"inadequate", "adequate", "requires improvement"})
    assert (
        "judged “requires improvement” or “inadequate” overall"
        in told(Survey(Form.LIST, grades=grades), *RISE[:2]).text
    )


def test_a_breakdown_has_a_line_for_each_grade_the_best_first_and_cites_every_row() -> None:
    written = told(Survey(Form.BREAKDOWN, period=IN_2016), LEEDS, KENT, row("Devon", "good"))
    assert "3 grades were given overall (1 good, 2 inadequate):\n\n- Good, 1: Devon [1]\n" in written.text
    assert "- Inadequate, 2: Kent, Leeds [2][3]" in written.text
    assert [item.quote for item in written.evidence] == ["Devon is good", "Kent is inadequate", "Leeds is inadequate"]


def test_a_line_names_the_report_and_cites_it() -> None:
    written = told(Survey(Form.LIST, grades=INADEQUATE), KENT)
    assert "- Kent: inspection of 4 to 15 July 2016, published 12 September 2016 [1]" in written.text
    (cited,) = written.evidence
    assert (cited.token, cited.source, cited.quote, cited.page) == ("1", KENT.source, "Kent is inadequate", 3)


def test_a_line_of_a_change_tells_each_grade_in_its_order() -> None:
    (line,) = told(Survey(Form.CHANGE, before=INADEQUATE, grades=GOOD), *RISE).lines
    assert [part.split(" (")[0] for part in line.text.split(", then ")] == [
        "Leeds: inadequate",
        "requires improvement",
        "good",
    ]
    assert line.tokens == ("1", "2", "3")


def test_a_long_list_gives_the_day_of_publication_alone() -> None:
    names = ["Barnet", "Bexley", "Brent", "Bromley", "Camden", "Croydon", "Ealing", "Enfield", "Hackney", "Harrow"]
    rows = [row(name) for name in (*names, "Kent", "Leeds", "Luton")]
    written = told(Survey(Form.LIST, grades=INADEQUATE), *rows)
    assert "- Barnet: published 12 September 2016 [1]\n" in written.text
    assert "[13]" in written.text


def notes(**fields: object) -> str:
    found = Surveyed(Survey(Form.LIST, grades=INADEQUATE, period=IN_2016), (), (KENT, LEEDS))
    return " ".join(note.text for note in write(replace(found, **fields)).notes)  # type: ignore[arg-type]


def test_the_notes_say_what_was_read() -> None:
    assert notes() == (
        "Read from all 2 inspection reports published in 2016 that are held here. There may be other reports."
    )
    assert notes(looked_at=(KENT,)).startswith("Read from 1 inspection report published in 2016 that is held here.")
    assert notes(silent=(report("Devon", 2016),)).startswith(
        "Read from 2 of 3 inspection reports published in 2016 that are held here; no overall grade was found in 1: "
        "Devon inspection of 4 to 15 July 2016, published 12 September 2016."
    )


def test_many_silent_reports_are_counted_and_a_few_named() -> None:
    silent = tuple(report("Devon", year) for year in range(2010, 2018))
    assert "found in 8: " in notes(silent=silent)
    assert " and 2 more. " in notes(silent=silent)


def test_the_notes_of_the_newest_and_of_a_change_say_how_many_were_compared() -> None:
    latest = notes(survey=Survey(Form.LIST, grades=INADEQUATE, latest=True))
    assert latest.startswith("Read from the newest report held of each of 2 authorities.")
    change = notes(survey=Survey(Form.CHANGE, direction=1, period=IN_2016), looked_at=(KENT, *RISE))
    assert change.startswith("Read from all 4 inspection reports that are held here, which allow a comparison for 1 ")


def test_an_authority_that_is_no_more_is_named_and_cited_but_not_counted() -> None:
    written = write(
        Surveyed(
            Survey(Form.LIST, grades=INADEQUATE, latest=True),
            (Line("Kent", (KENT,)),),
            (KENT,),
            gone=(Line("Cumbria", (row("Cumbria"),)),),
        )
    )
    assert "1 authority was judged" in written.head.text
    assert "Not counted, because it no longer exists: Cumbria: inspection of" in written.text
    assert written.notes[1].tokens == ("2",)
    assert written.evidence[1].quote == "Cumbria is inadequate"


def test_the_notes_say_what_the_other_date_would_give_and_what_has_none() -> None:
    assert notes(otherwise=5).endswith("This goes by the date of publication; by that of inspection it would be 5.")
    inspected = Survey(Form.LIST, grades=INADEQUATE, period=replace(IN_2016, inspected=True))
    told_of = notes(survey=inspected, otherwise=5, undated=(replace(KENT.source, inspection_end=None),))
    assert "1 inspection report whose date of inspection is not known is left out: Kent inspection" in told_of
    assert told_of.endswith("This goes by the date of inspection; by that of publication it would be 5.")


def test_every_sentence_is_verified_and_from_the_register() -> None:
    sentences = told(Survey(Form.LIST, grades=INADEQUATE), KENT).sentences
    assert all(sentence.verified and sentence.origin == "register" for sentence in sentences)
    assert all(sentence.text[0].isupper() for sentence in sentences)


def test_nothing_held_says_what_is() -> None:
    survey = Survey(Form.LIST, "adoption", GOOD, period=Period(date(2030, 1, 1), date(2030, 12, 31)))
    assert nothing_held(survey, (KENT.source, RISE[0].source)) == (
        "No report held published in 2030 was found to give a grade for adoption performance. The reports held were "
        "published from 12 September 2014 to 12 September 2016."
    )
    assert nothing_held(Survey(Form.LIST), ()) == "No report held was found to give an overall grade."


def test_unknown_words_are_said() -> None:
    assert "not which are meant by “Labour-run”" in not_known(Survey(Form.LIST, unknown=("Labour-run",)))
