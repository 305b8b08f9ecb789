"""One run as Markdown for a reader, and as JUnit XML for systems that build software."""

from __future__ import annotations

import re
from xml.etree import ElementTree as Xml

from eval.measures import Verdict
from eval.results import as_markdown
from eval.rows import Row
from eval.run_folder import Run

# What XML 1.0 cannot hold, not even escaped (section 2.2).
NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report_markdown(run: Run) -> str:
    """The figures of a run, then each question that was answered wrongly with what was said."""
    wrong = [verdict for verdict in run.verdicts if not verdict.right]
    parts = [f"## Answered wrongly: {len(wrong)} of {len(run.verdicts)}"]
    for verdict in wrong:
        row = run.rows.get(verdict.case.id)
        parts += [
            f"### {verdict.case.id}: {_line(verdict.case.question)}",
            f"Kind {verdict.case.kind}; outcome {row.outcome if row else 'unanswered'}; wanted: {wanted(verdict)}",
            _indented(row.answer if row else "(no answer)"),
        ]
    return as_markdown([run]) + "\n" + "\n\n".join(parts) + "\n"


def junit(run: Run) -> str:
    """The run in the form that CI systems read: a suite a kind, a test case a question, a failure a wrong answer."""
    root = Xml.Element("testsuites", name=run.name)
    for kind in sorted({verdict.case.kind for verdict in run.verdicts}):
        group = [verdict for verdict in run.verdicts if verdict.case.kind == kind]
        failures = sum(not verdict.right for verdict in group)
        suite = Xml.SubElement(root, "testsuite", name=kind, tests=str(len(group)), failures=str(failures))
        for verdict in group:
            _case(suite, verdict, run.rows.get(verdict.case.id))
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def wanted(verdict: Verdict) -> str:
    """What a right answer holds, in one line."""
    case = verdict.case
    if case.abstain:
        return "a no"
    return "; ".join(" or ".join(group) for group in case.answer_contains) or "any answer"


def _case(suite: Xml.Element, verdict: Verdict, row: Row | None) -> None:
    case = Xml.SubElement(
        suite,
        "testcase",
        classname=_xml(verdict.case.kind),
        name=_xml(f"{verdict.case.id} {verdict.case.question}"),
        time=f"{verdict.seconds:.3f}",
    )
    if not verdict.right:
        failure = Xml.SubElement(case, "failure", message=_xml(f"wanted: {wanted(verdict)}"))
        failure.text = _xml(row.answer if row else "(no answer)")


def _xml(text: str) -> str:
    return NOT_XML.sub("\ufffd", text)


def _line(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", " ".join(text.split()))


def _indented(text: str) -> str:
    """As a block of code, in which nothing of an answer is markup."""
    return "\n".join(f"    {line}" for line in text.splitlines())
