"""Where the commands of `python -m index` print, and how they end when something is wrong."""

from __future__ import annotations

from typing import Annotated

import typer

from corpus.screen import Screen

out, err = Screen(), Screen(stderr=True)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


def failed(message: str) -> typer.Exit:
    """Print why a command cannot go on; what comes back is to be raised and ends it with status 1."""
    err.say(message, style="red")
    return typer.Exit(1)
