"""What a survey found, in sentences: the number first, then a line for each authority, then what was counted."""

from __future__ import annotations

from dataclasses import dataclass

from index.records import Grade, Source
from rag import wording
from rag.answer import Evidence, Sentence
from rag.lookup import OVERALL
from rag.survey import Form, Survey
from rag.survey_head import authorities, by_rank, counted, grade_of, headline, reports, several
from rag.survey_rows import Line, Surveyed

# More silent reports than this are counted and not named.
NAMED = 6
OTHERS = "There may be other reports."
# A longer list gives of each report the day of publication alone.
LONG = 12


@dataclass(frozen=True)
class Written:
    """A survey's answer: headline, a line for each authority (or grade), notes on what was counted, and the rows."""

    head: Sentence
    lines: tuple[Sentence, ...]
    notes: tuple[Sentence, ...]
    evidence: tuple[Evidence, ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in their order."""
        return (self.head, *self.lines, *self.notes)

    @property
    def text(self) -> str:
        """Headline, a bullet for each line with its tokens, and the notes below."""
        bullets = "\n".join(f"- {_with_tokens(line)}" for line in self.lines)
        notes = " ".join(_with_tokens(note) for note in self.notes)
        return "\n\n".join(part for part in (self.head.text, bullets, notes) if part)


def write(found: Surveyed) -> Written:
    """Say what was found; each judgement is cited where it is listed."""
    lines, evidence = _grade_lines(found) if found.survey.form is Form.BREAKDOWN else _lines(found.lines, found)
    gone, of_gone = _lines(found.gone, found, first=len(evidence) + 1)
    notes = [_sentence(_read_from(found))]
    if gone:
        named = "; ".join(line.text for line in gone)
        which = "it no longer exists" if len(gone) == 1 else "they no longer exist"
        tokens = tuple(token for line in gone for token in line.tokens)
        notes.append(_sentence(f"Not counted, because {which}: {named}.", tokens))
    notes += [_sentence(note) for note in (_without_date(found), _otherwise(found)) if note]
    return Written(_sentence(headline(found)), tuple(lines), tuple(notes), (*evidence, *of_gone))


def nothing_held(survey: Survey, sources: tuple[Source, ...]) -> str:
    """A sentence for a survey to which no report held gives a judgement."""
    days = sorted(source.published for source in sources if source.published)
    span = f" The reports held were published from {wording.day(days[0])} to {wording.day(days[-1])}." if days else ""
    article = "an" if survey.area == OVERALL else "a"
    return f"No report held{_of_which(survey)} was found to give {grade_of(survey, article)}.{span}"


def not_known(survey: Survey) -> str:
    """A sentence for a survey of authorities that are picked out by something the register does not record."""
    words = " ".join(survey.unknown)
    return (
        "The register of grades knows authorities by name, by kind (such as London boroughs or counties) and by "
        f"region, but not which are meant by “{words}”. Ask without that for all authorities, or name those you mean."
    )


def _lines(
    found: tuple[Line, ...], surveyed: Surveyed, first: int = 1
) -> tuple[tuple[Sentence, ...], tuple[Evidence, ...]]:
    long = surveyed.judgements > LONG
    differ = len({row.grade for line in surveyed.lines for row in line.rows}) > 1
    sentences: list[Sentence] = []
    evidence: list[Evidence] = []
    for line in found:
        tokens = [str(first + len(evidence) + place) for place in range(len(line.rows))]
        evidence += [_cited(token, row) for token, row in zip(tokens, line.rows, strict=True)]
        sentences.append(_sentence(_line(line, long=long, differ=differ), tuple(tokens)))
    return tuple(sentences), tuple(evidence)


def _grade_lines(found: Surveyed) -> tuple[tuple[Sentence, ...], tuple[Evidence, ...]]:
    """A line for each grade, with the authorities in the order of their tokens."""
    sentences: list[Sentence] = []
    evidence: list[Evidence] = []
    for grade in by_rank({row.grade for row in found.looked_at}):
        rows = sorted((row for row in found.looked_at if row.grade == grade), key=_authority)
        tokens = tuple(str(len(evidence) + place) for place in range(1, len(rows) + 1))
        evidence += [_cited(token, row) for token, row in zip(tokens, rows, strict=True)]
        named = ", ".join(row.source.authority or "" for row in rows)
        sentences.append(_sentence(f"{grade}, {len(rows)}: {named}", tokens))
    return tuple(sentences), tuple(evidence)


def _authority(row: Grade) -> str:
    return row.source.authority or ""


def _cited(token: str, row: Grade) -> Evidence:
    return Evidence(token, row.source, row.quote, row.quote, page=row.page)


def _line(line: Line, *, long: bool, differ: bool) -> str:
    told = [_when(row.source, long=long) for row in line.rows]
    if differ or len({row.grade for row in line.rows}) > 1:
        return f"{line.authority}: " + ", then ".join(
            f"{row.grade} ({when})" for row, when in zip(line.rows, told, strict=True)
        )
    return f"{line.authority}: {'; '.join(told)}"


def _when(source: Source, *, long: bool) -> str:
    if long and source.published:
        return f"published {wording.day(source.published)}"
    return wording.label(source).removeprefix(source.authority or "").strip()


def _read_from(found: Surveyed) -> str:
    survey = found.survey
    read = len({row.source.document for row in found.looked_at})
    silent = len(found.silent)
    if survey.latest and survey.form is not Form.CHANGE:
        said = f"Read from the newest report{_up_to(survey)} of each of {counted(read + silent, survey)}"
    elif silent:
        said = f"Read from {read} of {reports(read + silent)}{_of_which(survey)} that are held here"
    else:
        every, are = ("all ", "are") if read > 1 else ("", "is")
        said = f"Read from {every}{reports(read)}{_of_which(survey)} that {are} held here"
    if survey.form is Form.CHANGE:
        pairs = several(found)
        said += f", which allow a comparison for {authorities(pairs)}"
    if not silent:
        return f"{said}. {OTHERS}"
    named = "; ".join(wording.label(source) for source in found.silent[:NAMED])
    more = f" and {silent - NAMED} more" if silent > NAMED else ""
    return f"{said}; {grade_of(survey, 'no')} was found in {silent}: {named}{more}. {OTHERS}"


def _of_which(survey: Survey) -> str:
    """Which reports were looked at, behind "reports"; a change looks at those before its period too."""
    period = "" if survey.form is Form.CHANGE or not survey.period.words else f" {survey.period.words}"
    framework = f" under {survey.framework.value}" if survey.framework else ""
    group = f" on {survey.group.words}" if survey.group else ""
    named = f" on {', '.join(survey.authorities)}" if survey.authorities else ""
    return f"{framework}{group}{named}{period}"


def _up_to(survey: Survey) -> str:
    return f" {survey.period.words}" if survey.period.words else " held"


def _without_date(found: Surveyed) -> str:
    if not found.undated:
        return ""
    what = "inspection" if found.survey.period.inspected else "publication"
    named = "; ".join(wording.label(source) for source in found.undated[:NAMED])
    is_left_out = "is left out" if len(found.undated) == 1 else "are left out"
    return f"{reports(len(found.undated))} whose date of {what} is not known {is_left_out}: {named}."


def _otherwise(found: Surveyed) -> str:
    if found.otherwise is None:
        return ""
    meant, instead = ("inspection", "publication") if found.survey.period.inspected else ("publication", "inspection")
    return f"This goes by the date of {meant}; by that of {instead} it would be {found.otherwise}."


def _with_tokens(sentence: Sentence) -> str:
    return " ".join([sentence.text, "".join(f"[{token}]" for token in sentence.tokens)]).strip()


def _sentence(text: str, tokens: tuple[str, ...] = ()) -> Sentence:
    return Sentence(text[:1].upper() + text[1:], tokens, "register", verified=True)
