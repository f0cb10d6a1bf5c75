"""Events with every report that tells of them, for what shows all of these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from timeline.model import Event, EventReport

if TYPE_CHECKING:
    from timeline.store.store import Store

_PAGE = 200


def reports_of_several(store: Store, events: Iterable[Event]) -> dict[str, list[EventReport]]:
    """The reports of those events that several tell of, by the events' ids."""
    known: dict[str, list[EventReport]] = defaultdict(list)
    for report in store.reports_of(event for event in events if event.reports > 1):
        known[report.event].append(report)
    return dict(known)


def with_reports(store: Store, events: Iterable[Event], known: dict[str, list[EventReport]]) -> Iterator[Event]:
    """The events as they come; the reports of one that has several are in `known` by then."""
    coming = iter(events)
    while page := list(islice(coming, _PAGE)):
        known.update(reports_of_several(store, page))
        yield from page
