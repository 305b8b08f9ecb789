"""Dialogues for the follow-ups: what was typed, turn by turn, and how the last of it is to be understood."""

from __future__ import annotations

from typing import NamedTuple


class Dialogue(NamedTuple):
    """Questions as typed, oldest first, and the last of them as a question that stands on its own."""

    typed: tuple[str, ...]
    understood: str


# Written before the code was.
FIRST = (
    # Another authority.
    Dialogue(("Was Sandwell inadequate in 2015?", "and Walsall?"), "Was Walsall inadequate in 2015?"),
    Dialogue(
        ("What did inspectors say about return home interviews in Sandwell?", "What about Walsall?"),
        "What did inspectors say about return home interviews in Walsall?",
    ),
    Dialogue(("What is Sandwell's overall judgement?", "and Walsall"), "What is Walsall's overall judgement?"),
    Dialogue(
        ("What did inspectors say about neglect?", "and in Walsall?"),
        "What did inspectors say about neglect in Walsall?",
    ),
    Dialogue(("Was Sandwell inadequate in 2015?", "Walsall in 2017?"), "Was Walsall inadequate in 2017?"),
    Dialogue(
        ("What was the judgement for care leavers in Walsall?", "is that what Sandwell got as well?"),
        "What was the judgement for care leavers in Sandwell?",
    ),
    # Another year.
    Dialogue(("Was Sandwell inadequate in 2015?", "and in 2018?"), "Was Sandwell inadequate in 2018?"),
    Dialogue(
        ("What did the 2015 report say about care leavers in Sandwell?", "what about 2018?"),
        "What did the 2018 report say about care leavers in Sandwell?",
    ),
    Dialogue(("Was Sandwell inadequate in 2015?", "and now?"), "Was Sandwell inadequate now?"),
    # Another topic.
    Dialogue(
        ("What was the overall judgement for Sandwell in 2015?", "what about care leavers?"),
        "What was the judgement for care leavers in Sandwell in 2015?",
    ),
    Dialogue(
        ("What did inspectors say about neglect in Walsall?", "and adoption?"),
        "What did inspectors say about adoption in Walsall?",
    ),
    Dialogue(
        ("Which authorities were inadequate in 2015?", "and for care leavers?"),
        "Which authorities were inadequate for care leavers in 2015?",
    ),
    # Bare questions.
    Dialogue(("Was Sandwell inadequate in 2015?", "why?"), "Why was Sandwell judged inadequate in 2015?"),
    Dialogue(("Was Walsall good in 2017?", "why was that?"), "Why was Walsall judged requires improvement in 2017?"),
    Dialogue(
        ("What was the overall judgement for Walsall?", "when was that?"), "When was the inspection of Walsall in 2017?"
    ),
    Dialogue(
        ("What was the overall judgement for Walsall?", "who led it?"), "Who led the inspection of Walsall in 2017?"
    ),
    Dialogue(
        ("How many recommendations did Walsall get in 2017?", "list them"),
        "List the recommendations for Walsall in 2017.",
    ),
    Dialogue(
        ("Which authorities were inadequate in 2015?", "how many?"), "How many authorities were inadequate in 2015?"
    ),
    Dialogue(
        ("Was Sandwell inadequate in 2015?", "what did they recommend?"),
        "What were the recommendations for Sandwell in 2015?",
    ),
    Dialogue(
        ("What was the overall judgement for Sandwell in 2015?", "and before that?"),
        "What was the overall judgement for Sandwell before 2015?",
    ),
    Dialogue(("Was Sandwell inadequate in 2015?", "is that still the case?"), "Is Sandwell still inadequate?"),
    Dialogue(
        ("Was Sandwell inadequate in 2015?", "compare it with Dudley"),
        "Compare the overall judgements for Sandwell and Dudley.",
    ),
    # Pronouns in whole questions, and what is not said at all.
    Dialogue(
        ("Was Walsall inadequate in 2017?", "How many social workers do they have?"),
        "How many social workers does Walsall have in 2017?",
    ),
    Dialogue(
        ("Was Walsall inadequate in 2017?", "What did they say about care leavers?"),
        "What did inspectors say about care leavers in Walsall in 2017?",
    ),
    Dialogue(
        ("Was Walsall inadequate in 2017?", "what were the strengths?"), "What were the strengths in Walsall in 2017?"
    ),
    # Topic changes, refusals and what is left alone.
    Dialogue(
        ("Was Sandwell inadequate in 2015?", "Who led the Walsall inspection?"), "Who led the Walsall inspection?"
    ),
    Dialogue(
        ("Was Sandwell inadequate in 2015?", "Which authorities are good for adoption?"),
        "Which authorities are good for adoption?",
    ),
    Dialogue(("What was the grade of Narborough council?", "why?"), "why?"),
    Dialogue(
        ("Was Sandwell inadequate in 2015?", "My child is in care there, what should I do?"),
        "My child is in care there, what should I do?",
    ),
    Dialogue(("and Walsall?",), "and Walsall?"),
    # Longer ones.
    Dialogue(
        ("Was Sandwell inadequate in 2015?", "and Walsall in 2017?", "why?"),
        "Why was Walsall judged requires improvement in 2017?",
    ),
    Dialogue(
        ("What did inspectors say about care leavers in Sandwell in 2015?", "and in Walsall in 2017?", "and adoption?"),
        "What did inspectors say about adoption in Walsall in 2017?",
    ),
    Dialogue(
        ("Was Sandwell inadequate in 2015?", "What is the weather today?", "and Walsall?"),
        "Was Walsall inadequate in 2015?",
    ),
)

# Written after the code, in other words, to see how far it reaches.
OTHER_WORDS = (
    Dialogue(("How was Sandwell rated in 2015?", "ok and how about Dudley"), "How was Dudley rated in 2015?"),
    Dialogue(
        ("Did Walsall get a good grade in 2017?", "what about dudley in 2016"), "Did Dudley get a good grade in 2016?"
    ),
    Dialogue(
        ("What did Ofsted find about supervision in Dudley?", "same for Sandwell please"),
        "What did Ofsted find about supervision in Sandwell?",
    ),
    Dialogue(
        ("What did the inspectors think of leadership in Walsall in 2017?", "and help and protection?"),
        "What did inspectors say about help and protection in Walsall in 2017?",
    ),
    Dialogue(
        ("What was Sandwell's grade in 2015?", "did it get better after that?"), "Did Sandwell get better after 2015?"
    ),
    Dialogue(
        ("What was Dudley's grade?", "when did the inspection take place?"),
        "When did the inspection of Dudley in 2016 take place?",
    ),
    Dialogue(("What was Dudley's grade?", "who was the lead inspector"), "Who was the lead inspector in Dudley?"),
    Dialogue(
        ("What was Dudley's grade?", "when was it published?"), "When was the inspection of Dudley in 2016 published?"
    ),
    Dialogue(
        ("How many children were looked after in Walsall in 2017?", "and in Sandwell in 2015?"),
        "How many children were looked after in Sandwell in 2015?",
    ),
    Dialogue(
        ("How many care leavers did Walsall have in 2017?", "what about foster carers?"),
        "How many foster carers did Walsall have in 2017?",
    ),
    Dialogue(("Which councils were rated good in 2016?", "and in 2015?"), "Which councils were rated good in 2015?"),
    Dialogue(("How many councils were inadequate in 2015?", "which ones?"), "Which councils were inadequate in 2015?"),
    Dialogue(
        ("What were the recommendations for Walsall?", "how many are there?"), "How many recommendations in Walsall?"
    ),
    Dialogue(("Is Dudley good?", "How come?"), "Why was Dudley judged good in 2016?"),
    Dialogue(
        ("Is Dudley good?", "is that better than Sandwell?"), "Compare the overall judgements for Dudley and Sandwell."
    ),
    Dialogue(("Is Dudley good?", "Where does the report say that?"), "Is Dudley good?"),
    Dialogue(
        ("Compare Sandwell and Dudley on care leavers", "what about adoption?"),
        "What did inspectors say about adoption in Sandwell and Dudley?",
    ),
    Dialogue(
        ("Was Sandwell inadequate in 2015?", "What makes a good social worker, according to inspectors, in practice?"),
        "What makes a good social worker, according to inspectors, in practice?",
    ),
    Dialogue(
        ("Was Sandwell inadequate in 2015?", "thanks!", "and what did inspectors think of their leaders?"),
        "What did inspectors think of Sandwell's leaders in 2015?",
    ),
    Dialogue(
        ("Was Sandwell inadequate in 2015?", "I live there and I am scared for my baby"),
        "I live there and I am scared for my baby",
    ),
    Dialogue(
        ("What was the overall grade for Sandwell in 2015?", "How does that compare with 2011?"),
        "Compare the overall judgements for Sandwell in 2015 and 2011.",
    ),
)

# Written to hold what the rules promise at their edges.
EDGES = (
    # An own time replaces the old one, whatever its form.
    Dialogue(("Was Sandwell inadequate in June 2015?", "since 2018?"), "Was Sandwell inadequate since 2018?"),
    Dialogue(
        ("What is the latest judgement for Sandwell?", "and in 2015?"), "What is the judgement for Sandwell in 2015?"
    ),
    Dialogue(("In 2015, was Sandwell inadequate?", "and in 2018?"), "In 2018, was Sandwell inadequate?"),
    Dialogue(
        ("Was Sandwell inadequate in 2015?", "who led it in 2018?"), "Who led the inspection of Sandwell in 2018?"
    ),
    # The time that was named goes with a subject, the year of a report only with what happened in it.
    Dialogue(("What is Walsall's grade?", "and care leavers?"), "What was the judgement for care leavers in Walsall?"),
    Dialogue(("What is Walsall's grade?", "who led that inspection?"), "Who led the inspection of Walsall in 2017?"),
    Dialogue(("What is Walsall's grade?", "and the year before?"), "What is Walsall's grade in 2016?"),
    # Two authorities are both taken.
    Dialogue(
        ("Compare Sandwell and Dudley on neglect", "who led it?"), "Who led the inspections of Sandwell and Dudley?"
    ),
    Dialogue(
        ("Compare Sandwell and Dudley on neglect", "and Walsall?"), "Compare Sandwell and Dudley and Walsall on neglect"
    ),
    Dialogue(
        ("Compare Sandwell and Dudley", "how many care leavers does the latter have?"),
        "How many care leavers does Dudley have?",
    ),
    # A subject asked of all stays one of all.
    Dialogue(
        ("What did inspectors say about neglect?", "and thresholds?"), "What did inspectors say about thresholds?"
    ),
    Dialogue(("Which authorities were inadequate in 2015?", "and Walsall?"), "Was Walsall inadequate in 2015?"),
    Dialogue(("Which authorities were inadequate in 2015?", "and good?"), "Which authorities were good in 2015?"),
    Dialogue(("Which authorities were inadequate in 2015?", "how many were good?"), "How many were good in 2015?"),
    Dialogue(("Which authorities were inadequate in 2015?", "why?"), "Why were authorities judged inadequate in 2015?"),
    # Pronouns that have what they stand for in the question itself.
    Dialogue(
        (
            "Was Sandwell inadequate in 2015?",
            "Do children in foster homes generally say that they feel safe and heard?",
        ),
        "Do children in foster homes generally say that they feel safe and heard?",
    ),
    Dialogue(
        ("Did Sandwell have enough social workers in 2015?", "why?"),
        "Why did Sandwell have enough social workers in 2015?",
    ),
    Dialogue(
        ("What did inspectors say about neglect in Walsall?", "why?"),
        "What reasons did inspectors give about neglect in Walsall?",
    ),
    Dialogue(
        ("What did inspectors say about neglect in Walsall?", "compare that with Dudley"),
        "Compare what inspectors said about neglect in Walsall and Dudley.",
    ),
    Dialogue(
        ("What did inspectors say about neglect in Walsall?", "is that still true?"),
        "What does the latest report say about neglect in Walsall?",
    ),
    Dialogue(
        ("Was Walsall inadequate in 2017?", "since then?"),
        "How has the overall judgement for Walsall changed since 2017?",
    ),
    Dialogue(("Was Walsall inadequate in 2017?", "and was Dudley?"), "Was Dudley inadequate in 2017?"),
    Dialogue(
        ("What did the focused visit to Dudley in 2022 find?", "when was that?"),
        "When was the focused visit to Dudley in 2022?",
    ),
    Dialogue(
        ("What did inspectors say about neglect in Dudley in 2016?", "anything on adoption?"),
        "What did inspectors say about adoption in Dudley in 2016?",
    ),
    Dialogue(("What did inspectors say about neglect in Dudley in 2016?", "is it improving?"), "Is Dudley improving?"),
    Dialogue(
        ("What did inspectors say about neglect in Dudley in 2016?", "does Walsall do any better?"),
        "Compare what inspectors said about neglect in Dudley and Walsall.",
    ),
    Dialogue(("Was Walsall good in 2017?", "When will they be inspected again?"), "When will Walsall be inspected?"),
    Dialogue(("Was Walsall good in 2017?", "so it failed?"), "Walsall failed in 2017?"),
    Dialogue(
        ("How many children in need did Sandwell have in 2015?", "and how many were on child protection plans?"),
        "How many were on child protection plans in Sandwell in 2015?",
    ),
    Dialogue(
        ("Who is the director of children's services in Dudley?", "since when?"),
        "Since when has the director of children's services been in post in Dudley?",
    ),
    Dialogue(
        ("List the recommendations for Dudley", "just the ones on care leavers"),
        "List the recommendations on care leavers for Dudley",
    ),
    # A chain of them.
    Dialogue(
        ("What is Walsall's grade?", "why?", "and Dudley?", "who led it?"), "Who led the inspection of Dudley in 2016?"
    ),
)
