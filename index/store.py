"""Passages and their vectors, on disk or on a server; the only module that knows Chroma."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

import httpx
import numpy as np

from corpus.report import BlockKind
from index.chroma_server import ChromaServer
from index.records import NOT_WRITTEN, IndexProblem, Passage

# Elsewhere Chroma is imported in functions: it takes a second, and a reader of one state needs none of it.
if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.types import Where

PAGE = 5_000
UPSERT = 500
# What Chroma Cloud gives or takes in one request; a server of one's own would take 5,461.
SERVED = 300
# SQLite, under Chroma, takes no condition of more than 32,766 values.
MOST_DOCUMENTS = 10_000
# Chroma itself would wait for a server without end.
WAIT_SECONDS = 60.0

NOT_REACHED = (
    "The Chroma server at {url} does not answer ({reason}). Check that it runs and that CHAPTER_VERSE_CHROMA_URL is "
    "right, then run the command again; a sync goes on where it stopped."
)
NOT_ALLOWED = "The Chroma server at {url} {what}. Set CHAPTER_VERSE_CHROMA_TOKEN to a token that it takes."
NOT_CHROMA = (
    "What answers at {url} is not a Chroma server with the tenant '{tenant}' and its database '{database}' ({reason}). "
    "Correct CHAPTER_VERSE_CHROMA_URL, or make the database there."
)
DAMAGED = (
    "The vector store in {folder} cannot be opened ({reason}). "
    "Remove that folder and run `python -m index sync` to build it again."
)
UNREADABLE = "The vector store in {folder} cannot be read ({reason}). Run `python -m index repair`."


class PassageStore:
    """One collection of passages. Its name carries the recipe, so that vectors of two embedders never mix."""

    def __init__(self, where: Path | ChromaServer, recipe: str) -> None:
        """Open or create the collection in a folder or on a server.

        Raises IndexProblem when the files are damaged, or the server does not answer or refuses.
        """
        self._server = where if isinstance(where, ChromaServer) else None
        self._prefix = f"{self._server.prefix}-passages-" if self._server else "passages-"
        self._name = f"{self._prefix}{recipe}"
        with _Asking(where, DAMAGED, opening=True):
            self._client = _on_server(where) if isinstance(where, ChromaServer) else _in_folder(where)
            self._collection = self._client.get_or_create_collection(
                self._name, metadata={"hnsw:space": "cosine"}, embedding_function=None
            )
            most = self._client.get_max_batch_size()
        self._page, self._upsert = (SERVED, min(SERVED, most)) if self._server else (PAGE, min(UPSERT, most))
        self._reading, self._writing = _Asking(where, UNREADABLE), _Asking(where, NOT_WRITTEN)

    def put(self, passages: Sequence[Passage], vectors: np.ndarray) -> None:
        """Add passages, or replace those with the same id; `vectors` has one row a passage."""
        for start in range(0, len(passages), self._upsert):
            part = passages[start : start + self._upsert]
            with self._writing:
                self._collection.upsert(
                    ids=[passage.id for passage in part],
                    embeddings=vectors[start : start + self._upsert],
                    documents=[passage.text for passage in part],
                    metadatas=[_metadata(passage) for passage in part],
                )

    def keep(self, files: Mapping[str, int]) -> int:
        """Remove every passage but the first so many of each file, named as `counts` does; how many it removed."""
        gone = [id_ for id_ in self._ids() if _place_of(id_) >= files.get(_file_of(id_), 0)]
        with self._writing:
            for start in range(0, len(gone), self._upsert):
                self._collection.delete(ids=gone[start : start + self._upsert])
        return len(gone)

    def counts(self) -> Counter[str]:
        """How many passages there are of each file, by the part of its digest that their ids begin with."""
        return Counter(map(_file_of, self._ids()))

    def all(self) -> tuple[Passage, ...]:
        """Every passage, by document and place in it."""
        found: list[Passage] = []
        for offset in range(0, self.count(), self._page):
            with self._reading:
                page = self._collection.get(limit=self._page, offset=offset, include=["documents", "metadatas"])
            rows = zip(page["ids"], page["documents"] or (), page["metadatas"] or (), strict=True)
            found.extend(_passage(id_, text, dict(metadata)) for id_, text, metadata in rows)
        return tuple(sorted(found, key=lambda passage: (passage.document, passage.order)))

    def all_vectors(self) -> dict[str, np.ndarray]:
        """The unit vector of every passage, by id."""
        found: dict[str, np.ndarray] = {}
        for offset in range(0, self.count(), self._page):
            with self._reading:
                page = self._collection.get(limit=self._page, offset=offset, include=["embeddings"])
            rows = page["embeddings"] if page["embeddings"] is not None else ()
            found |= {id_: np.asarray(row, dtype=np.float32) for id_, row in zip(page["ids"], rows, strict=True)}
        return found

    def nearest(self, vector: np.ndarray, count: int, documents: Iterable[str] | None = None) -> list[str]:
        """Ids of the passages nearest to a unit vector by cosine, nearest first, within some documents only."""
        if documents is None:
            return [id_ for _, id_ in self._near(vector, count, None)]
        wanted = sorted(documents)
        parts = [wanted[start : start + MOST_DOCUMENTS] for start in range(0, len(wanted), MOST_DOCUMENTS)]
        near = [each for part in parts for each in self._near(vector, count, part)]
        return [id_ for _, id_ in (sorted(near, key=lambda each: each[0]) if len(parts) > 1 else near)][:count]

    def vectors(self, document: str) -> dict[str, np.ndarray]:
        """The unit vector of each passage of a document, by id."""
        found: dict[str, np.ndarray] = {}
        while True:
            with self._reading:
                page = self._collection.get(
                    where={"document": document}, limit=self._page, offset=len(found), include=["embeddings"]
                )
            rows = page["embeddings"] if page["embeddings"] is not None else ()
            found |= {id_: np.asarray(row, dtype=np.float32) for id_, row in zip(page["ids"], rows, strict=True)}
            if len(page["ids"]) < self._page:
                return found

    def count(self) -> int:
        """How many passages the collection holds."""
        with self._reading:
            return int(self._collection.count())

    def drop_others(self, recipes: set[str]) -> None:
        """Remove our collections of other recipes than this one and those named."""
        kept = {self._name, *(f"{self._prefix}{recipe}" for recipe in recipes)}
        with self._writing:
            for name in self._collections():
                if name.startswith(self._prefix) and name not in kept:
                    self._client.delete_collection(name)

    def _collections(self) -> list[str]:
        found: list[str] = []
        while True:
            page = [each.name for each in self._client.list_collections(limit=SERVED, offset=len(found))]
            found += page
            if len(page) < SERVED:
                return found

    def _ids(self) -> list[str]:
        found: list[str] = []
        for offset in range(0, self.count(), self._page):
            with self._reading:
                found += self._collection.get(limit=self._page, offset=offset, include=[])["ids"]
        return found

    def _near(self, vector: np.ndarray, count: int, documents: list[str] | None) -> list[tuple[float, str]]:
        """Distance and id of the nearest passages, nearest first."""
        with self._reading:
            result = self._collection.query(
                query_embeddings=[vector.tolist()],
                n_results=count,
                where=cast("Where", {"document": {"$in": documents}}) if documents is not None else None,
                include=["distances"],
            )
        return list(zip((result["distances"] or [[]])[0], result["ids"][0], strict=True))


class _Asking:
    """What goes wrong while Chroma is asked becomes an IndexProblem that says what to do."""

    def __init__(self, where: Path | ChromaServer, in_folder: str, *, opening: bool = False) -> None:
        """`in_folder` is the sentence for a vector store in a folder; files are found damaged when `opening` it."""
        self._where, self._in_folder, self._opening = where, in_folder, opening

    def __enter__(self) -> None:
        """Nothing has to be made ready."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raise the project's own error for one of Chroma's."""
        if error is None:
            return
        from chromadb.errors import ChromaError

        if isinstance(self._where, Path):
            if isinstance(error, ChromaError) or (self._opening and isinstance(error, (ValueError, RuntimeError))):
                sentence = self._in_folder.format(folder=self._where, what="vector store", reason=error)
                raise IndexProblem(sentence) from error
        # For an answer that it does not know, such as a proxy's, Chroma raises Exception itself and no kind of it.
        elif kind is Exception or isinstance(error, (ChromaError, httpx.HTTPError, ValueError)):
            raise IndexProblem(_of_server(self._where, cast("Exception", error))) from error


def _of_server(server: ChromaServer, error: Exception) -> str:
    """The sentence for what a server, or what stands before it, has answered, or not."""
    from chromadb.errors import AuthorizationError, ChromaAuthError, NotFoundError

    causes = _causes(error)
    status = next((each.response.status_code for each in causes if isinstance(each, httpx.HTTPStatusError)), None)
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    if status in (401, 403) or isinstance(error, (ChromaAuthError, AuthorizationError)):
        return NOT_ALLOWED.format(url=server.url, what="refuses the token" if server.token else "asks for a token")
    silent = any(isinstance(each, httpx.TransportError) for each in causes)
    if not silent and (status == 404 or isinstance(error, (NotFoundError, ValueError))):
        return NOT_CHROMA.format(url=server.url, tenant=server.tenant, database=server.database, reason=reason)
    return NOT_REACHED.format(url=server.url, reason=reason)


def _causes(error: BaseException) -> list[BaseException]:
    """An error and those in whose handling it was raised, the last first."""
    found = [error]
    while (before := found[-1].__context__) is not None:
        found.append(before)
    return found


def _in_folder(folder: Path) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings

    folder.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))


def _on_server(server: ChromaServer) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings

    # Asked first, since a client that is made waits without end for a server that says nothing.
    httpx.get(f"{server.url}/api/v2/heartbeat", headers=server.headers, timeout=WAIT_SECONDS).raise_for_status()
    client = chromadb.HttpClient(
        server.url,
        headers=server.headers,
        settings=Settings(anonymized_telemetry=False),
        tenant=server.tenant,
        database=server.database,
    )
    # There is no setting for it.
    client._server._session.timeout = WAIT_SECONDS  # type: ignore[attr-defined]  # noqa: SLF001
    return client


def _file_of(id_: str) -> str:
    return id_.partition("-")[0]


def _place_of(id_: str) -> int:
    return int(id_.rpartition("-")[2])


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
