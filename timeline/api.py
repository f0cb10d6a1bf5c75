"""The Python API of a store: what `timeline.open` gives."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from types import TracebackType
from typing import Self, Unpack

from timeline.asking.asked import Asked
from timeline.asking.questions import By, one_of, query_of
from timeline.model import Event
from timeline.store import ActorRow, CountryRow, EventQuery, Evidence, open_store


class Timeline:
    """An open store, to be asked. Use it in a `with` statement, or call `close`.

    Filters are the options of `timeline show` with the same words: each takes one name or several (`country="MMR"`,
    `person=["Putin", "Xi Jinping"]`), `between` two, `since` and `until` what people type, a year or a date. As there,
    events of little salience come only with `all=True` or a `min_salience`.

    Raises UsageError for a value that means nothing, NotFoundError and AmbiguousError for names and ids, StoreError
    when the database refuses, all of them TimelineErrors; TypeError for a filter that does not exist.
    """

    def __init__(self, url: str | None = None) -> None:
        self._store = open_store(url or os.environ.get("TIMELINE_DATABASE_URL"), create=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._store.close()

    def events(self, **asked: Unpack[Asked]) -> Iterator[Event]:
        """Matching events in the order asked for, read from the store as they are taken."""
        return self._store.events(self._query(asked))

    def count(self, **asked: Unpack[Asked]) -> int:
        """How many events match; `limit` and `after` do not count."""
        return self._store.count(self._query(asked))

    def count_by(self, by: str, **asked: Unpack[Asked]) -> list[tuple[str, int]]:
        """How many events match by month, year, kind, type, country, person or source.

        Months ("2021-02") and years in their order, others by falling number; "" where no day, kind ... is known. An
        event counts in the month of the first day that it may have happened on, of the last if it is open at the start;
        with several countries, persons or sources, for each.
        """
        return self._store.count_by(self._query(asked), one_of(By, by, "count_by").value)

    def event(self, event_id: str) -> Event:
        """The event of an id, of the beginning of one, or of an id that it once had."""
        return self._store.event(event_id)

    def evidence(self, event_id: str) -> tuple[Evidence, ...]:
        """Every report of an event with its source."""
        return self._store.evidence(event_id)

    def countries(self) -> list[CountryRow]:
        """The countries of the store by falling number of events."""
        return self._store.countries()

    def people(self) -> list[ActorRow]:
        """The people of the store by falling number of events."""
        return self._store.actors("person")

    def _query(self, asked: Asked) -> EventQuery:
        if unknown := asked.keys() - Asked.__annotations__.keys():
            raise TypeError(f"there is no filter {', '.join(sorted(unknown))}")
        given = {name: value for name, value in asked.items() if value is not None}
        return query_of(self._store, given, _warn)  # type: ignore[arg-type]


def _warn(line: str) -> None:
    """What a person should know about a name."""
    warnings.warn(line, stacklevel=2)
