"""Events as they come, no more than wanted, and whether others follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from timeline.model import Event


class Page:
    """At most `limit` of the events (all for None), which must be asked for with `beyond(limit)`.

    Once they are read, `shown` is their number, `last` the id of the last one, and `more` says whether others follow.
    """

    def __init__(self, events: Iterable[Event], limit: int | None) -> None:
        self._events, self._limit = events, limit
        self.shown, self.last, self.more = 0, "", False

    def __iter__(self) -> Iterator[Event]:
        for event in self._events:
            self.more = self.shown == self._limit
            if not self.more:
                self.shown, self.last = self.shown + 1, event.id
                yield event

    @property
    def hint(self) -> str:
        """How to see what follows."""
        return f"More follow: --after {self.last}"


def beyond(limit: int | None) -> int | None:
    """One more than wanted, so that it shows whether others follow."""
    return None if limit is None else limit + 1
