"""Drafts are cut into sentences as they stream, and answers are put together as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.report import BlockKind, ReportKind
from index.records import Grade
from index.retrieval.understand import understand
from rag.answer import Sentence
from rag.compose import as_text, drafted_sentences, list_sentence, register_sentences, source_note
from rag.inquiry import Inquiry
from rag.lookup import Lookup
from rag.models import ModelProblem
from rag.sections import Section
from rag.steps import register_tokens
from tests.fakes import ScriptedWriter
from tests.rag.builders import passage, quote, report


def drafted(reply: str, piece: int = 3) -> list[str]:
    return list(drafted_sentences("How?", (quote("Homes are stable."),), ScriptedWriter([reply], piece=piece)))


@dataclass(frozen=True)
class PieceWriter:
    """A writer that says these pieces."""

    pieces: tuple[str, ...]
    name: str = "pieces"

    def stream(self, messages: object) -> Iterator[str]:  # noqa: ARG002  (the protocol's)
        yield from self.pieces


@pytest.mark.parametrize(
    ("reply", "sentences"),
    [
        pytest.param("Homes are stable [1].", ["Homes are stable [1]."], id="one"),
        pytest.param(
            "Homes are [1]. Staff stay [2].", ["Homes are [1].", "Staff stay [2]."], id="tokens before the stop"
        ),
        pytest.param("Homes are. [1] Staff stay. [2]", ["Homes are [1].", "Staff stay [2]."], id="tokens after"),
        pytest.param("Homes are.[1] Staff stay.[2]", ["Homes are[1].", "Staff stay[2]."], id="tokens at the stop"),
        pytest.param("Homes are. [1][2] Staff. [3]", ["Homes are [1][2].", "Staff [3]."], id="two after"),
        pytest.param("Homes are stable. [1]", ["Homes are stable [1]."], id="one with its token after the stop"),
        pytest.param("Homes. Staff", ["Homes."], id="half a sentence at the end"),
        pytest.param("Homes are stable [1]", ["Homes are stable [1]"], id="no stop but a token"),
        pytest.param("Homes? Yes! Stable.", ["Homes?", "Yes!", "Stable."], id="other stops"),
        pytest.param("Dr. Marlow saw 1.5 homes. Yes.", ["Dr. Marlow saw 1.5 homes.", "Yes."], id="no stops"),
        pytest.param("One. Two. Three. Four. Five. Six.", ["One.", "Two.", "Three.", "Four."], id="at most four"),
        pytest.param("", [], id="nothing"),
        pytest.param(" \n ", [], id="white space"),
        pytest.param("and then", [], id="no sentence"),
    ],
)
def test_a_draft_is_given_out_sentence_by_sentence(reply: str, sentences: list[str]) -> None:
    assert drafted(reply) == sentences


def test_a_writer_that_goes_on_is_not_heard_to_the_end() -> None:
    heard: list[str] = []

    def endless() -> Iterator[str]:
        for number in range(10_000):
            heard.append(f"Home {number} is stable [1]. ")
            yield heard[-1]

    writer = PieceWriter(())
    object.__setattr__(writer, "stream", lambda _: endless())
    assert len(list(drafted_sentences("How?", (), writer))) == 4
    assert len(heard) < 10


DRAFTS = st.lists(
    st.sampled_from(
        ["Homes are stable", "Staff stay", "It is 1.5 of 3", "Dr. Marlow came", "Plans are “vague”", "In 2015"]
    ).flatmap(
        lambda words: st.sampled_from(
            [
                f"{words} [1].",
                f"{words} [1][12].",
                f"{words}. [1]",
                f"{words}.[2] [3]",
                f"{words}.",
                f"{words}?",
                f"{words} [2]!",
            ]
        )
    ),
    max_size=6,
).map(" ".join)


@given(DRAFTS, st.data())
def test_any_chunking_gives_the_same_sentences(reply: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(reply)), max_size=12)) | {0, len(reply)})
    pieces = tuple(reply[start:end] for start, end in pairwise(cuts))
    whole = list(drafted_sentences("How?", (), PieceWriter((reply,))))
    assert list(drafted_sentences("How?", (), PieceWriter(pieces))) == whole
    assert len(whole) <= 4


@given(DRAFTS)
def test_nothing_is_added_left_out_or_moved_but_a_stop(reply: str) -> None:
    def unstopped(text: str) -> str:
        return re.sub(r"[.!?\s]", "", text)

    whole = list(drafted_sentences("How?", (), PieceWriter((reply,))))
    assert unstopped(reply).startswith(unstopped("".join(whole)))
    assert all(re.sub(r"\s*\[\d+\]", "", sentence) in re.sub(r"\s*\[\d+\]", "", reply) for sentence in whole)


@given(st.text(max_size=120), st.integers(1, 9))
def test_no_draft_breaks_the_cutting(reply: str, piece: int) -> None:
    assert len(drafted(reply, piece)) <= 4


def test_a_writers_problem_gets_through_after_what_it_said() -> None:
    stream = drafted_sentences("How?", (), ScriptedWriter([("Homes are. Staff", ModelProblem("cut off"))]))
    assert next(stream) == "Homes are."
    with pytest.raises(ModelProblem, match="cut off"):
        next(stream)


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
