"""What a machine reads of an index that others keep up: brought once from the Chroma server and the shared register.

The passages, their words and vectors and the rows of the register lie below the index folder afterwards, as if a
sync had run here, so that questions are answered here and the server is asked again only when a sync has changed it.
"""

from __future__ import annotations

import logging
from contextlib import closing
from pathlib import Path

from index import snapshot
from index.chroma_server import ChromaServer
from index.made import Made
from index.records import IndexProblem
from index.register import Register
from index.store import PassageStore
from index.sync import alone, publish_from

UNFINISHED = (
    "The index on {url} is being synced, or a sync of it was broken off, and this machine has no whole state of it "
    "yet. Wait until the sync has finished; if none is running, run `python -m index sync` where the reports are."
)
OTHER_VERSION = (
    "The index on {url} was built by another version of this program or with another embedding model. Use the same "
    "version and model here, or run `python -m index sync` where the reports are."
)
log = logging.getLogger(__name__)


def bring(folder: Path, server: ChromaServer, register: Path | str, made: Made) -> None:
    """Have below `folder` the state that the register is in, made from the server when it is not there yet.

    While the register is being changed, the state that is there stays. Raises IndexProblem when there is none and
    none can be made, or the server or the register cannot be asked.
    """
    with closing(Register(register, reading=True)) as rows:
        recipes = rows.recipes()
        state = snapshot.current(folder)
        if state and state.name == snapshot.fingerprint(recipes) and state.is_whole():
            return
        if rows.is_unfinished():
            if state and state.is_whole():
                return
            raise IndexProblem(UNFINISHED.format(url=server.url))
        if any(not used.startswith(made.recipe) for _, used in recipes.values()):
            raise IndexProblem(OTHER_VERSION.format(url=server.url))
        log.info("Bringing the index from %s.", server.url)
        with alone(folder):
            publish_from(folder, PassageStore(server, made.recipe), rows, made)
            if rows.is_unfinished() or rows.recipes() != recipes:
                # A sync has begun meanwhile, so that rows and passages may be of two states.
                snapshot.clear(folder, set())
                raise IndexProblem(UNFINISHED.format(url=server.url))
