"""What a run of a job would import: fetched and read, and nothing written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.extract.extractors import extractor, signature
from timeline.jobs.listening import shown
from timeline.jobs.reading import Item, Rows, Through, Unchanged
from timeline.jobs.rows import read_rows
from timeline.jobs.scheduled.importing import Importing, wanted
from timeline.model import Job
from timeline.model.errors import InputError
from timeline.sources import Bad, Gone

if TYPE_CHECKING:
    from timeline.store.store import Store


@dataclass(frozen=True, slots=True)
class Planned:
    """`what` is "new" (or changed), "unchanged", "withdrawn", "rows" or "unreadable"; of rows the `items` are their
    number."""

    what: str
    origin: str
    title: str = ""
    published: str = ""
    items: int = 1
    reason: str = ""


def planned(store: Store, job: Job, importing: Importing, missing: Callable[[InputError], None]) -> Iterator[Planned]:
    """What a job's sources give now. Raises as an import does."""
    reader = signature(extractor(wanted(job.options).extractor))
    for item in importing.items(store, job, missing):
        yield from _of(store, item, reader)


def _of(store: Store, item: Item, reader: str) -> Iterator[Planned]:
    if isinstance(item, Bad):
        yield Planned("unreadable", shown(item.origin), reason=item.reason)
    elif isinstance(item, Unchanged):
        yield Planned("unchanged", shown(item.origin))
    elif isinstance(item, Gone):
        yield Planned("withdrawn", shown(item.native))
    elif isinstance(item, Rows):
        yield from _rows(item)
    elif not isinstance(item, Through):
        day = item.published.isoformat() if item.published else ""
        what = "unchanged" if store.known(item, reader) else "new"
        yield Planned(what, shown(item.origin), item.title, day)


def _rows(item: Rows) -> Iterator[Planned]:
    good = 0
    for row in read_rows(item, lambda _line: None):
        if isinstance(row, Bad):
            yield Planned("unreadable", shown(row.origin), reason=row.reason)
        else:
            good += not isinstance(row, Gone)
    yield Planned("rows", shown(item.found.origin), item.reader.dataset.name, items=good)
