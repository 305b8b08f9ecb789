"""Passages and their vectors on disk; the only module that knows Chroma."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import chromadb
import numpy as np
from chromadb.api.types import Where
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError

from corpus.report import BlockKind
from index.records import NOT_WRITTEN, IndexProblem, Passage

PAGE = 5_000
UPSERT = 500


class PassageStore:
    """One collection of passages. Its name carries the recipe, so that vectors of two embedders never mix."""

    def __init__(self, folder: Path, recipe: str) -> None:
        """Open or create the collection below `folder`; raises IndexProblem when the files are damaged."""
        folder.mkdir(parents=True, exist_ok=True)
        self._name = f"passages-{recipe}"
        try:
            self._client = chromadb.PersistentClient(str(folder), ChromaSettings(anonymized_telemetry=False))
            self._collection = self._client.get_or_create_collection(
                self._name, metadata={"hnsw:space": "cosine"}, embedding_function=None
            )
        except (ChromaError, ValueError, RuntimeError) as error:
            raise IndexProblem(
                f"The vector store in {folder} cannot be opened ({error}). "
                "Remove that folder and run `python -m index sync` to build it again."
            ) from error

    def put(self, passages: Sequence[Passage], vectors: np.ndarray) -> None:
        """Add passages, or replace those with the same id; `vectors` has one row a passage."""
        for start in range(0, len(passages), UPSERT):
            part = passages[start : start + UPSERT]
            with _writing():
                self._collection.upsert(
                    ids=[passage.id for passage in part],
                    embeddings=vectors[start : start + UPSERT],
                    documents=[passage.text for passage in part],
                    metadatas=[_metadata(passage) for passage in part],
                )

    def remove(self, document: str, keep: str | None = None) -> None:
        """Remove every passage of a document, save those of the file with the digest `keep`."""
        with _writing():
            held = self._collection.get(where={"document": document}, include=[])["ids"]
            gone = [id_ for id_ in held if keep is None or not id_.startswith(keep[:16])]
            if gone:
                self._collection.delete(ids=gone)

    def all(self) -> tuple[Passage, ...]:
        """Every passage, by document and place in it."""
        found: list[Passage] = []
        for offset in range(0, self._collection.count(), PAGE):
            page = self._collection.get(limit=PAGE, offset=offset, include=["documents", "metadatas"])
            rows = zip(page["ids"], page["documents"] or (), page["metadatas"] or (), strict=True)
            found.extend(_passage(id_, text, dict(metadata)) for id_, text, metadata in rows)
        return tuple(sorted(found, key=lambda passage: (passage.document, passage.order)))

    def nearest(self, vector: np.ndarray, count: int, documents: Iterable[str] | None = None) -> list[str]:
        """Ids of the passages nearest to a unit vector by cosine, nearest first, within some documents only."""
        wanted = None if documents is None else list(documents)
        if wanted == [] or self._collection.count() == 0:
            return []
        result = self._collection.query(
            query_embeddings=[vector.tolist()],
            n_results=count,
            where=cast("Where", {"document": {"$in": wanted}}) if wanted is not None else None,
            include=["distances"],
        )
        return list(result["ids"][0])

    def vectors(self, document: str) -> dict[str, np.ndarray]:
        """The unit vector of each passage of a document, by id."""
        found = self._collection.get(where={"document": document}, include=["embeddings"])
        rows = found["embeddings"] if found["embeddings"] is not None else ()
        return {id_: np.asarray(row, dtype=np.float32) for id_, row in zip(found["ids"], rows, strict=True)}

    def count(self) -> int:
        """How many passages the collection holds."""
        return int(self._collection.count())

    def drop_others(self, recipes: set[str]) -> None:
        """Remove collections of other recipes than this one and those named."""
        kept = {self._name, *(f"passages-{recipe}" for recipe in recipes)}
        for collection in self._client.list_collections():
            if collection.name not in kept:
                self._client.delete_collection(collection.name)


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except ChromaError as error:
        raise IndexProblem(NOT_WRITTEN.format(what="vector store", reason=error)) from error


def _metadata(passage: Passage) -> dict[str, str | int | bool]:
    return {
        "document": passage.document,
        "kind": passage.kind.value,
        "headings": json.dumps(passage.headings, ensure_ascii=False),
        "order": passage.order,
        "start": passage.start,
        "end": passage.end,
        "number": passage.number or "",
        "page": passage.page or 0,
        "lead": passage.lead,
        "cut": passage.cut,
        "boilerplate": passage.boilerplate,
        "page_ends": json.dumps(passage.page_ends),
    }


def _passage(id_: str, text: str, metadata: dict[str, Any]) -> Passage:
    return Passage(
        id=id_,
        document=metadata["document"],
        text=text,
        kind=BlockKind(metadata["kind"]),
        headings=tuple(json.loads(metadata["headings"])),
        order=metadata["order"],
        start=metadata["start"],
        end=metadata["end"],
        number=metadata["number"] or None,
        page=metadata["page"] or None,
        lead=metadata["lead"],
        cut=metadata["cut"],
        boilerplate=metadata["boilerplate"],
        page_ends=tuple(json.loads(metadata["page_ends"])),
    )
