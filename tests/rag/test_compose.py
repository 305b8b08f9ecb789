"""Answers are put together as text, the register's judgements as sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.report import BlockKind, ReportKind
from index.records import Grade
from index.retrieval.understand import understand
from rag.answer import Sentence
from rag.compose import as_text, in_marks, list_sentence, register_sentences, source_note
from rag.inquiry import Inquiry
from rag.lookup import Lookup
from rag.sections import Section
from rag.steps import register_tokens
from tests.rag.builders import passage, quote, report

# The register in words.


def row(year: int, value: str, printed: str | None = None, kind: ReportKind = ReportKind.INSPECTION) -> Grade:
    return Grade(report(year=year, kind=kind), "overall", value, printed or value, f"Overall {value}", 2)


DATES = "in the inspection of 4 to 15 July 2022, published 12 September 2022."


@pytest.mark.parametrize(
    ("question", "value", "text"),
    [
        ("How was Hartlepool rated?", "good", f"Hartlepool was judged good overall {DATES}"),
        ("Was Hartlepool rated good?", "good", f"Yes. Hartlepool was judged good overall {DATES}"),
        ("Was Hartlepool rated good?", "inadequate", f"No. Hartlepool was judged inadequate overall {DATES}"),
        (
            "Why was Hartlepool rated good?",
            "inadequate",
            f"It was not judged good: Hartlepool was judged inadequate overall {DATES}",
        ),
        ("Why was Hartlepool rated good?", "good", f"Hartlepool was judged good overall {DATES}"),
        (
            "Is Hartlepool still rated good?",
            "inadequate",
            f"Not in the newest report held that gives this grade: Hartlepool was judged inadequate overall {DATES}",
        ),
    ],
)
def test_a_judgement_is_said_with_what_it_answers(question: str, value: str, text: str) -> None:
    asked = understand(question)
    found = Lookup("overall", (row(2022, value),), contradicts=asked.premise not in {None, value})
    ((sentence,), (evidence,)) = register_sentences((found,), asked)
    assert (sentence.text, sentence.tokens, sentence.origin, sentence.verified) == (text, ("1",), "register", True)
    assert (evidence.token, evidence.quote, evidence.page) == ("1", f"Overall {value}", 2)


def test_judgements_are_numbered_on_over_all_lookups() -> None:
    lookups = Lookup("overall", (row(2015, "inadequate"), row(2022, "good"))), Lookup("overall", (row(2022, "good"),))
    sentences, evidence = register_sentences(lookups, understand("grades?"))
    assert [sentence.tokens for sentence in sentences] == [("1",), ("2",), ("3",)]
    assert [item.token for item in evidence] == ["1", "2", "3"]


def test_a_report_without_a_grade_is_said_where_years_are_compared() -> None:
    visit = report(year=2024, kind=ReportKind.FOCUSED_VISIT)
    found = Lookup("overall", (row(2022, "good"),), ungraded=(visit,))
    sentences, _ = register_sentences((found,), understand("How was Hartlepool rated in 2022 and 2024?"))
    assert sentences[-1].text == (
        "The Hartlepool focused visit of 4 to 15 July 2024, published 12 September 2024, gives no overall grade."
    )
    assert len(register_sentences((found,), understand("How was Hartlepool rated?"))[0]) == 1


def test_the_same_grade_by_its_name_is_cited_beside_a_lone_judgement_only() -> None:
    named = replace(row(2022, "requires improvement"), area="help_protection")
    found = Lookup("overall", (row(2022, "requires improvement"),), named=named)
    (_, sentence), (_, evidence) = register_sentences((found,), understand("How was Hartlepool rated?"))
    assert sentence.text == (
        "The same report gives “requires improvement” for children who need help and protection too."
    )
    assert (sentence.tokens, evidence.token, evidence.quote) == (("2",), "2", named.quote)
    # The quotes after it go on from there.
    assert register_tokens(Inquiry("How was Hartlepool rated?", lookups=(found,))) == 2


# Texts.


def test_a_text_has_sentences_then_quotes_by_report_then_notes() -> None:
    here, there = report("Hartlepool"), report("Rutland")
    quotes = quote("Homes are stable.", "1", here), quote("Staff stay.", "2", there), quote("of plans", "3", here)
    sentences = (
        Sentence("Homes are stable.", ("1", "3"), "model", verified=True),
        Sentence("No.", (), "register", verified=True),
    )
    text = as_text(sentences, (*quotes[:2], replace(quotes[2], complete=False)), ("A note.",), "In the report's words:")
    assert text == (
        "Homes are stable. [1][3] No.\n\n"
        "In the report's words:\n\n"
        "Hartlepool inspection of 4 to 15 July 2022, published 12 September 2022:\n"
        "- “Homes are stable.” [1]\n- “… of plans” [3]\n\n"
        "Rutland inspection of 4 to 15 July 2022, published 12 September 2022:\n- “Staff stay.” [2]\n\n"
        "A note."
    )


def test_a_text_of_nothing_is_empty() -> None:
    assert as_text((), ()) == ""


def test_a_heading_without_quotes_is_left_out() -> None:
    assert as_text((), (), ("A note.",), "The reports say:") == "A note."


def test_a_list_is_introduced_by_whose_it_is_and_how_long() -> None:
    section = Section(report(), "Findings / **Recommendations:**", (passage("one", kind=BlockKind.BULLET),))
    assert list_sentence(section).text == (
        "The Hartlepool inspection of 4 to 15 July 2022, published 12 September 2022, lists 1 under “Recommendations”:"
    )


def test_a_damaged_copy_is_told_and_a_whole_one_is_not() -> None:
    damaged = report(problems=("Two lines are missing from the copy held.", "Something else."))
    (note,) = source_note(damaged, touched=True)
    assert note == (
        "Note on the Hartlepool inspection of 4 to 15 July 2022, published 12 September 2022: two lines are missing "
        "from the copy held."
    )
    assert source_note(damaged, touched=False) == ()
    assert source_note(report(problems=("No date was found.",)), touched=True) == ()


def test_an_item_of_a_list_of_what_to_improve_says_so() -> None:
    item = replace(quote("The consistency of support."), headings=("What needs to improve",))
    plain = replace(quote("Support is good."), headings=("Care leavers",))
    assert as_text((), (item, plain)).splitlines()[1:] == [
        "- “The consistency of support.” (from its list of what to improve) [1]",
        "- “Support is good.” [1]",
    ]
    head = Sentence("It lists 1 thing to improve:", (), "report", verified=True)
    assert "(from its list" not in as_text((head,), (item,))


@pytest.mark.parametrize("said", ["Page 3 was recognised from a picture.", "Pages 1-3 were recognised from pictures."])
def test_words_recognised_from_pictures_are_marked(said: str) -> None:
    (note,) = source_note(report(problems=(f"{said} Words there may be wrong.",)), touched=False)
    assert said[1:] in note


def test_what_somebody_said_keeps_its_own_marks() -> None:
    assert in_marks(quote("“We are glad.”")) == "“We are glad.”"
    assert in_marks(quote("“We are glad,” said one.")) == "““We are glad,” said one.”"
    assert in_marks(quote("It is good.")) == "“It is good.”"
    assert in_marks(replace(quote("is good."), complete=False)) == "“… is good.”"
