"""Events with every report that tells of them, for exports that show all of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from timeline.model import Event, EventReport

if TYPE_CHECKING:
    from timeline.store.store import Store

_PAGE = 200


def with_reports(store: Store, events: Iterable[Event], known: dict[str, list[EventReport]]) -> Iterator[Event]:
    """The events as they come; the reports of one that has several are in `known` by then."""
    coming = iter(events)
    while page := list(islice(coming, _PAGE)):
        for report in store.reports_of(event for event in page if event.reports > 1):
            known.setdefault(report.event, []).append(report)
        yield from page
