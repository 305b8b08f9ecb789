"""What a search understood, where it looked and why each passage came where it did, in plain words and as JSON."""

from __future__ import annotations

from index.records import Source
from index.retrieval.asked import Asked
from index.retrieval.candidates import Candidate
from index.retrieval.find import Found, Ranked

Json = dict[str, object]
FIRST_REPORTS = 4
ASKED_FOR = {
    "grade": "a grade",
    "figure": "a figure",
    "person": "a person",
    "date": "a date",
    "list": "a list",
    "finding": "what inspectors found",
}


def understood(asked: Asked) -> dict[str, str]:
    """How a question was taken, as short labelled texts: of whom, of when, which area, what is asked for, topics."""
    taken = asked.understanding
    parts = {
        "authority": ", ".join(taken.authorities),
        "when": ", ".join((*map(str, taken.years), *taken.periods)) or ("the latest" if taken.latest else ""),
        "kind of report": ", ".join(kind.value for kind in taken.kinds),
        "area": ", ".join(area.replace("_", " ") for area in taken.areas),
        "asked for": ASKED_FOR[taken.ask.value],
        "topics": ", ".join(item.name for item in asked.concepts),
    }
    return {name: text for name, text in parts.items() if text}


def looked_in(sources: tuple[Source, ...], held: int) -> str:
    """A sentence that says in which reports was looked, `held` being how many there are in all."""
    if not sources:
        return f"Looked in none of {held} reports."
    if len(sources) == held:
        return f"Looked in all {held} reports."
    named = ", ".join(
        f"{source.authority or source.document} {source.year or 'undated'}" for source in sources[:FIRST_REPORTS]
    )
    more = f" and {len(sources) - FIRST_REPORTS} more" if len(sources) > FIRST_REPORTS else ""
    return f"Looked in {len(sources)} of {held} reports: {named}{more}."


def reasons(ranked: Ranked) -> tuple[str, ...]:
    """Why a passage came where it did, a line each."""
    lines = [f"the register read here: {ranked.row}"] if ranked.row else []
    if best := ranked.best:
        lines.append(f"best sentence: {best.text}")
        lines.append(
            f"its score {best.score:.2f}: covers {best.own:.0%} of the topics, its passage {best.around:.0%}; "
            f"words {best.words:.2f}; closeness {best.closeness:.2f}, meaning of its passage {best.nearness:.2f}"
            + (f"; cross-encoder {best.relevance:.2f}" if best.relevance else "")
            + ("" if best.fits else "; holds nothing of the sort asked for")
        )
    else:
        lines.append("no sentence of it was weighed; it follows by its rank in the search")
    hit = ranked.hit
    lines.append(f"in the search by meaning {_rank(hit.dense_rank)}, by words {_rank(hit.lexical_rank)}")
    return tuple(lines)


def as_json(found: Found, held: int) -> Json:
    """The whole search as plain values for JSON; `held` is how many reports there are in all."""
    narrowed = len(found.scope.sources) < held
    return {
        "understood": understood(found.asked),
        "looked_in": looked_in(found.scope.sources, held),
        "documents": list(found.scope.documents) if narrowed else None,
        "notes": list(found.scope.gaps),
        "passages": [_passage(item) for item in found.passages],
    }


def _passage(ranked: Ranked) -> Json:
    passage, source = ranked.hit.passage, ranked.hit.source
    return {
        "document": passage.document,
        "authority": source.authority,
        "published": source.published.isoformat() if source.published else None,
        "year": source.year,
        "page": passage.page,
        "headings": list(passage.headings),
        "lead": passage.lead,
        "text": passage.text,
        "register_row": ranked.row or None,
        "rank_by_meaning": ranked.hit.dense_rank,
        "rank_by_words": ranked.hit.lexical_rank,
        "fused_score": round(ranked.hit.score, 5),
        "best_sentence": _sentence(ranked.best) if ranked.best else None,
    }


def _sentence(best: Candidate) -> Json:
    parts = {
        "score": best.score,
        "topics_covered": best.own,
        "topics_covered_by_passage": best.around,
        "words": best.words,
        "closeness": best.closeness,
        "meaning_of_passage": best.nearness,
        "cross_encoder": best.relevance,
    }
    return {"text": best.text, "holds_what_is_asked_for": best.fits} | {
        name: round(part, 3) for name, part in parts.items()
    }


def _rank(rank: int | None) -> str:
    return f"{rank}." if rank else "not among the first"
