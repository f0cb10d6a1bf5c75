"""Who judges, when and why: what all commands share that judge."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from timeline.store.on_record import OnRecord

Author = Annotated[str, typer.Option("--author", help="Who judges (default: you, as the system knows you).")]
Note = Annotated[str, typer.Option("--note", help="Why.")]


def me(author: str) -> str:
    """The author that was given, else the user of the system."""
    import getpass

    if author.strip():
        return author.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def moment(at: datetime | None) -> str | None:
    """A moment as listings show it."""
    return at.isoformat(timespec="seconds") if at else None


def on_record(judgement: OnRecord) -> dict[str, Any]:
    """Who judged, when and why, as listings show it."""
    return judgement.record() | {"made": moment(judgement.made), "undone": moment(judgement.undone)}
