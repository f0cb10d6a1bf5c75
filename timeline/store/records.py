"""What the store tells of its own past and state: plain, frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from timeline.store.values import Changed


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing `runs` did, as run `run`: how many articles and rows went, came back, and are as they were."""

    run: int
    runs: tuple[int, ...]
    gone: int
    back: int
    other: int


@dataclass(frozen=True, slots=True)
class WouldUndo:
    """What an undo would do to an article or row: it "goes", "comes back" or "changes back"."""

    what: str
    subject: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class FirstReport:
    """Where an event was first told: when that came into the store, by which run, and the article (public id, title),
    or the data set and its row for a title."""

    at: datetime
    run: int | None
    article: str
    title: str


@dataclass(frozen=True, slots=True)
class History:
    """What became of an event: it is one still ("event"), was "joined" into the one that it `leads` to, or is
    "withdrawn"; `redirects` are the ids that lead to it."""

    id: str
    state: str
    leads: str
    title: str
    first: FirstReport | None
    changes: tuple[Changed, ...]
    redirects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tidied:
    """What tidying removed: actors, names, detours of redirects; and the bytes that the store took and takes."""

    actors: int
    names: int
    redirects: int
    before: int
    after: int
