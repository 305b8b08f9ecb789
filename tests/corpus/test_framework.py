"""The framework of a report is told by its own title, not by what it says of other inspections."""

from __future__ import annotations

import pytest

from corpus.framework import framework_of
from corpus.identity import identify
from corpus.report import Framework, ReportKind

ILACS_TABLE = "Inspection of Hartlepool children's services\nThe impact of leaders on social work \npractice Good\n"


@pytest.mark.parametrize(
    ("face", "framework"),
    [
        (ILACS_TABLE, Framework.ILACS),
        (
            "Inspection of services for children in need of help and \nprotection, children looked after",
            Framework.SIF,
        ),
        ("Re-inspection of services for children in need of help and protection, children looked after", Framework.SIF),
        ("Review of the effectiveness of the Local Safeguarding Children\nBoard", Framework.SIF),
        ("Joint targeted area inspection of the response to neglect", Framework.JTAI),
        ("Inspection of local authority arrangements for the protection of children", Framework.CHILD_PROTECTION),
        ("Inspection of looked after children services\nHartlepool Council", Framework.LOOKED_AFTER),
        ("Inspection of safeguarding and looked after\nchildren services", Framework.SAFEGUARDING_LOOKED_AFTER),
        ("Annual inspection of contact, referral and assessment arrangements", Framework.CONTACT_REFERRAL_ASSESSMENT),
        ("Minutes of the scrutiny committee", None),
    ],
)
def test_a_title_tells_the_framework(face: str, framework: Framework | None) -> None:
    assert framework_of(face, ReportKind.INSPECTION) is framework


def test_another_inspection_that_is_named_below_the_title_does_not_count() -> None:
    face = ILACS_TABLE + "A joint targeted area inspection in 2022 found the same."
    assert framework_of(face, ReportKind.INSPECTION) is Framework.ILACS


@pytest.mark.parametrize("kind", [ReportKind.FOCUSED_VISIT, ReportKind.MONITORING_VISIT])
def test_a_letter_of_a_visit_names_its_framework_or_has_none(kind: ReportKind) -> None:
    older = "The inspection of safeguarding and looked after children in 2012 asked for changes."
    assert framework_of(older, kind) is None
    assert framework_of(f"{older} This visit was carried out under the (ILACS) framework.", kind) is Framework.ILACS


def test_news_has_no_framework() -> None:
    assert framework_of("Joint targeted area inspection finds failures", ReportKind.NEWS) is None


def test_the_face_of_a_report_gives_its_framework() -> None:
    assert identify(ILACS_TABLE).framework is Framework.ILACS
