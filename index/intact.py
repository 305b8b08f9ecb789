"""Whether a vector store's files can be read and hold what they should, found out in a process of its own.

A process that is killed while Chroma writes its graph of neighbours leaves files on which the next one that
reads them dies, without an error that could be caught.
"""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.records import IndexProblem
from index.store import PassageStore

PROJECT = Path(__file__).resolve().parent.parent
LONGEST_SECONDS = 600
# Vectors come as float32.
UNIT_WITHIN = 1e-3
TRIED = 50
GRAPH = "header.bin"


@dataclass(frozen=True)
class Looked:
    """What was found in a vector store: passages a file (by the digest's first part), and bad vectors by passage id."""

    counts: dict[str, int]
    bad: dict[str, str]


def is_torn(folder: Path, recipe: str) -> bool:
    """Whether a vector store that a process was killed over can no longer be read."""
    # Until the graph of neighbours is first written, all is in SQLite, which is whole after anything.
    return any(folder.glob(f"*/{GRAPH}")) and looked_into(folder, recipe) is None


def looked_into(folder: Path, recipe: str) -> Looked | None:
    """What the collection of a recipe holds; None when the store cannot be read."""
    command = [sys.executable, "-m", "index.intact", str(folder.resolve()), recipe]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=PROJECT, timeout=LONGEST_SECONDS, check=False
        )
        return Looked(**json.loads(done.stdout)) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError, TypeError):
        return None


def look(store: PassageStore) -> Looked | None:
    """What a store holds, looked into by this process; None when some of it cannot be read."""
    try:
        vectors, counts = store.all_vectors(), store.counts()
        # The vectors are in one file and who is near to whom in another.
        for vector in list(vectors.values())[:: len(vectors) // TRIED + 1]:
            store.nearest(vector, TRIED)
    except IndexProblem:
        return None
    return Looked(dict(counts), faults(vectors)) if len(vectors) == counts.total() else None


def faults(vectors: dict[str, np.ndarray]) -> dict[str, str]:
    """What is wrong with each vector that is not finite, not of length one, or of another dimension than most."""
    shapes = [vector.shape for vector in vectors.values()]
    usual = max(set(shapes), key=shapes.count, default=())
    found = {}
    for id_, vector in vectors.items():
        if vector.shape != usual:
            found[id_] = f"has {len(vector)} numbers instead of {usual[0]}"
        elif not np.isfinite(vector).all():
            found[id_] = "is not a number in places"
        elif abs(float(np.linalg.norm(vector)) - 1) > UNIT_WITHIN:
            found[id_] = "is not of length one"
    return found


def _main(folder: str, recipe: str) -> int:
    try:
        found = look(PassageStore(Path(folder), recipe))
    except IndexProblem:
        return 1
    if not found:
        return 1
    sys.stdout.write(json.dumps(dataclasses.asdict(found)))
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
