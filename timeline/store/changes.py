"""What became of an event between two derivations, in words that `timeline history` prints: pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from timeline.model import Event
from timeline.store.values import Change


def _who(event: Event) -> str:
    return "; ".join(f"{p.actor.name} ({p.role})" for p in event.actors)


def _where(event: Event) -> str:
    return f"{event.place.name} ({event.place.exactness})" if event.place else ""


# What is told apart, in the order in which it is told.
_SIDES: tuple[tuple[str, Callable[[Event], str]], ...] = (
    ("title", lambda event: event.title),
    ("date", lambda event: event.when.edtf),
    ("type", lambda event: event.type),
    ("kind", lambda event: event.kind),
    ("modality", lambda event: event.modality),
    ("place", _where),
    ("actors", _who),
    ("sources", lambda event: str(event.sources)),
    ("reports", lambda event: str(event.reports)),
    ("hidden", lambda event: "hidden" if event.hidden else "shown"),
    ("confirmed", lambda event: "confirmed" if event.confirmed else "not confirmed"),
)


def between(old: Event, new: Event) -> Iterator[Change]:
    """Each side of an event that two derivations tell otherwise."""
    for what, told in _SIDES:
        before, after = told(old), told(new)
        if before != after:
            yield Change(new.id, what, before, after)
