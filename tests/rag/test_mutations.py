"""Hundreds of changes that turn true sentences into false ones: none passes; and few of the true ones are stopped."""

from __future__ import annotations

import pytest

from rag.verify import check
from tests.rag.builders import quote
from tests.rag.mutations import mutations
from tests.rag.true_sentences import PARAPHRASES, TRUE, VERBATIM

FEWEST_PAIRS, FEWEST_MUTATIONS, FEWEST_TRUE = 80, 500, 150
MOST_STOPPED = 0.05
# Every second one, for the time it takes; that of all 3,000 none passes was seen when this was written.
TAKEN = 2


def passes(held: str, said: str) -> bool:
    return check(f"{said.rstrip('.')} [1].", (quote(held),)).passed


def test_of_all_changes_none_is_let_through() -> None:
    assert len(TRUE) >= FEWEST_PAIRS
    changed = [(held, said) for held, ways in TRUE for said in mutations(ways[0]) if said not in (held, *ways)]
    taken = list(dict.fromkeys(changed))[::TAKEN]
    assert len(taken) >= FEWEST_MUTATIONS
    assert [pair for pair in taken if passes(*pair)] == []


def test_few_true_sentences_are_stopped() -> None:
    true = (*PARAPHRASES, *VERBATIM)
    assert len(true) >= FEWEST_TRUE
    stopped = [said for held, said in PARAPHRASES if not passes(held, said)]
    assert len(stopped) <= MOST_STOPPED * len(PARAPHRASES), stopped


def test_no_quote_is_stopped() -> None:
    assert [said for held, said in VERBATIM if not passes(held, said)] == []


SPLICED = {
    "the end of another clause": ("Support is good, but plans are weak.", "Support is weak."),
    "the subject of another clause": (
        "Children in care live in stable homes, but care leavers do not have suitable homes.",
        "Children in care do not have suitable homes.",
    ),
    "the count of another clause": (
        "Of 96 care leavers, 71 are at work, and 12 of 20 children in care are at college.",
        "71 of 96 care leavers are at college.",
    ),
    "some and most": ("Most plans are clear and some are vague.", "Most plans are vague."),
    "one of two that are joined by or": (
        "Of 96 care leavers, 71 are in education, employment or training.",
        "71 of 96 care leavers are in education.",
    ),
    "passive for active": ("Carers are challenged by children.", "Carers challenge children."),
    "active for passive": ("Carers challenge children.", "Carers are challenged by children."),
    "owner and owned": ("The carers of children are anxious.", "The children of carers are anxious."),
    "from for to": ("Children moved from foster care.", "Children moved to foster care."),
    "by for to": ("Caseloads fell to 9.", "Caseloads fell by 9."),
    "a share of some told of all": ("Of 20 plans, nine had no date.", "20 plans had no date."),
    "the share left out": ("Nine of 20 plans had no date.", "Plans had no date."),
    "another authority that is worked with": ("Leaders work with Kent.", "Leaders work with Hartlepool."),
    "another police force": ("Leaders work with Cleveland police.", "Leaders work with Hartlepool police."),
    "another service": ("The police fail to share information.", "The council fails to share information."),
    "carers for children": ("Carers are seen alone.", "Children are seen alone."),
    "another date of the report": (
        "Audits are not used.",
        "According to the inspection report of March 2022, audits are not used.",
    ),
    "a mixed date of the report": (
        "Audits are not used.",
        "According to the inspection of 12 July 2022, audits are not used.",
    ),
    "another's report": ("Audits are not used.", "The Rutland inspection found that audits are not used."),
    "what is said": ("Leaders told inspectors that, in 2019, audits were good.", "Audits were good."),
    "a condition behind a comma": ("The hub will open in May, if funding is found.", "The hub will open in May."),
    "in place of": ("Children live with parents rather than carers.", "Children live with carers."),
    "a denial that loses its adverb": ("Plans do not clearly say who acts.", "Plans do not say who acts."),
    "those whose fault it is": ("Parents of disabled children are unhappy.", "Disabled children are unhappy."),
}


@pytest.mark.parametrize(("held", "said"), SPLICED.values(), ids=SPLICED)
def test_a_sentence_put_together_from_pieces_is_stopped(held: str, said: str) -> None:
    assert not passes(held, said)


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ("Support is good, but plans are weak.", "Plans are weak."),
        ("Support is good, but plans do not say who acts.", "Support is good."),
        (
            "Leaders know the service well and have put money into early help.",
            "Leaders have put money into early help.",
        ),
        ("Leaders have cut staff.", "In Hartlepool, leaders have cut staff."),
        ("Leaders have cut staff.", "According to the 2022 inspection, leaders have cut staff."),
        ("Leaders have cut staff.", "The inspection report of September 2022 says that leaders have cut staff."),
        ("Inspectors found that plans are weak.", "Plans are weak."),
    ],
)
def test_a_part_that_stands_alone_and_the_reports_own_name_pass(held: str, said: str) -> None:
    assert passes(held, said)


# Written after the rules were, to see what else they let through; two did, and were closed.
HELD_OUT = [
    (
        "Few care leavers have a pathway plan that they understand.",
        "A few care leavers have a pathway plan that they understand.",
    ),
    (
        "Sixty-two per cent of care leavers live in suitable accommodation.",
        "62 care leavers live in suitable accommodation.",
    ),
    ("Plans are not reviewed regularly enough.", "Plans are reviewed regularly enough."),
    ("The council spent less than it planned.", "The council spent more than it planned."),
    ("Staff feel supported by managers.", "Managers feel supported by staff."),
    ("Boys are more likely than girls to be excluded.", "Girls are more likely than boys to be excluded."),
    ("Neither the council nor the police shared data.", "The council and the police shared data."),
    ("All but two plans were signed.", "All plans were signed."),
    ("Twenty of the 40 plans were signed.", "Forty of the 20 plans were signed."),
    ("Support ended before the age of 21.", "Support ended at the age of 21."),
    ("The hub opened in Elm House and closed in Oak House.", "The hub closed in Elm House and opened in Oak House."),
    ("One in four children waits.", "Four in one children waits."),
    ("One in four children waits.", "One in five children waits."),
    ("Almost no visits are late.", "No visits are late."),
    ("Children are not only safe but happy.", "Children are not safe."),
    ("Leaders deny that staff are overworked.", "Staff are overworked."),
    ("It is not clear whether plans are good.", "Plans are good."),
    ("Progress has stalled since 2019.", "Progress has stalled until 2019."),
    ("The rate is twice the national average.", "The rate is half the national average."),
    ("Visits take place every six weeks.", "Visits take place every six months."),
    ("Children, apart from those in care, are seen.", "Children in care are seen."),
    (
        "The council's offer to care leavers was better than its offer to carers.",
        "The council's offer to carers was better than its offer to care leavers.",
    ),
    ("Staff are confident that leaders listen.", "Leaders are confident that staff listen."),
]


@pytest.mark.parametrize(("held", "said"), HELD_OUT)
def test_a_change_that_the_rules_were_not_made_for_is_stopped(held: str, said: str) -> None:
    assert passes(held, held)
    assert not passes(held, said)
