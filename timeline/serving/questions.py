"""From the parameters of an address to a question of the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from timeline.asking.asked import Asked
from timeline.asking.filters import asked_of
from timeline.asking.questions import query_of
from timeline.model import Event
from timeline.model.errors import AmbiguousError, NotFoundError, UsageError
from timeline.store import EventQuery
from timeline.store.store import Store

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What a request asks: its parameters, what they ask for, that as a query, and what a person should know of it."""

    pairs: Pairs
    asked: Asked
    query: EventQuery
    notes: tuple[str, ...] = ()

    def address(self, without: Iterable[str] = (), **more: str) -> str:
        """See `address`."""
        return address(self.pairs, without, **more)


def address(pairs: Pairs, without: Iterable[str] = (), **more: str) -> str:
    """The end of an address that asks the same but for some parameters and what is empty, and `more`.

    >>> address((("country", "MMR"), ("limit", "5"), ("person", "")), without=["limit"], reverse="1")
    '?country=MMR&reverse=1'
    """
    dropped = {*without, *more}
    kept = [(name, value) for name, value in pairs if name.replace("_", "-") not in dropped and value.strip()]
    said = urlencode([*kept, *more.items()])
    return f"?{said}" if said else ""


def question(store: Store, pairs: Pairs) -> Question:
    """The question that parameters ask. Raises UsageError, also for names that nobody has."""
    asked = asked_of(pairs)
    notes: list[str] = []
    try:
        query = query_of(store, asked, notes.append)
    except (NotFoundError, AmbiguousError) as error:
        raise UsageError(error.what, where=error.where, hint=error.hint) from error
    return Question(pairs, asked, query, tuple(notes))


def without_order(asked: Question) -> Question:
    """The question of a number, for which order and pages are nothing."""
    if "after" in asked.asked:
        raise UsageError("--after: a number has no pages", hint="Leave it out")
    return replace(asked, query=replace(asked.query, limit=None))


def page_of(store: Store, asked: Question, usual: int, most: int) -> tuple[list[Event], bool]:
    """Events of one page and whether others follow. Raises UsageError for a limit over `most`."""
    limit = asked.query.limit or usual
    if limit > most:
        raise UsageError(f"--limit: {limit} is too much at a time", hint=f"Give at most {most}, and follow the pages")
    found = list(store.events(replace(asked.query, limit=limit + 1)))
    return found[:limit], len(found) > limit
