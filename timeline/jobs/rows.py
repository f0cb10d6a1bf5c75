"""Rows of an event data set on their way into the store, thousands at a time."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from timeline.jobs.listening import Listener, shown
from timeline.jobs.reading import Rows, bad
from timeline.model import DataSet, Row
from timeline.model.errors import InputError
from timeline.sources import Bad, Gone, RowReader
from timeline.store.values import Counts

if TYPE_CHECKING:
    from timeline.store.store import Store

BATCH = 10_000
_TOLD = 5  # problems of one file that are told; the quarantine lists all


@dataclass(frozen=True, slots=True)
class Keeping:
    """How rows are kept: as a data set of another name than their format's, linked with what other sources tell."""

    name: str = ""
    linked: bool | None = None


def import_rows(store: Store, item: Rows, keeping: Keeping, run: int, listener: Listener) -> Counts:
    """Save all rows of a file. What the data set withdraws counts as updated, as unchanged where it was not here.

    A batch is saved whole or not at all; the file that breaks off in the middle keeps what was saved before. Raises
    UsageError where the data set is kept otherwise.
    """
    with _seldom_collected():
        return _import(store, item, keeping, run, listener)


def _import(store: Store, item: Rows, keeping: Keeping, run: int, listener: Listener) -> Counts:
    dataset, told, total = _dataset(store, item.reader, keeping), 0, Counts()
    extractor, origin = f"{item.reader.name} {item.reader.version}", shown(item.found.origin)
    read = read_rows(item, lambda line: listener.warning(f"{origin}: {line}"))
    while batch := list(islice(read, BATCH)):
        unreadable = [each for each in batch if isinstance(each, Bad)]
        # A row may come back after it was withdrawn: what came first is done first.
        for withdrawn, some in groupby((e for e in batch if not isinstance(e, Bad)), lambda e: isinstance(e, Gone)):
            total += (_withdraw if withdrawn else _save)(store, dataset, list(some), run, extractor)
        if unreadable:
            store.quarantine_all([(each.origin, each.reason, each.data) for each in unreadable], run)
        for each in unreadable:
            told += 1
            if told <= _TOLD:
                listener.problem(f"{shown(each.origin)}: {each.reason}")
        total += Counts(quarantined=len(unreadable))
        listener.rows(item.found.origin, len(batch))
    if told > _TOLD:
        listener.problem(f"{origin}: {told - _TOLD} more rows cannot be read. See timeline quarantine")
    return total


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Rows hold no cycles: to look for some after every thousand values takes a tenth of an import."""
    before = gc.get_threshold()
    gc.set_threshold(1_000_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _save(store: Store, dataset: DataSet, rows: list[Any], run: int, extractor: str) -> Counts:
    return store.save_rows(dataset, rows, run, extractor=extractor)


def _withdraw(store: Store, dataset: DataSet, gone: list[Any], run: int, _extractor: str) -> Counts:
    stated = dict(sorted((each.native, each.stated) for each in gone if each.stated is not None))
    number = store.withdraw(dataset, (each.native for each in gone), run, stated=stated)
    return Counts(updated=number, unchanged=len(gone) - number)


def read_rows(item: Rows, warn: Callable[[str], None]) -> Iterator[Row | Gone | Bad]:
    """The rows of a file; a Bad of the file itself where it breaks off."""
    origin = item.found.origin
    try:
        with closing(item.found.open()) as stream:
            yield from item.reader.rows(stream, origin, warn)
    except InputError as error:
        yield bad(origin, error)


def _dataset(store: Store, reader: RowReader, keeping: Keeping) -> DataSet:
    """The data set that rows are kept as; one that is there stays linked, or by itself, unless the user says more."""
    dataset = replace(reader.dataset, name=keeping.name or reader.dataset.name)
    if keeping.linked is not None:
        return replace(dataset, linked=keeping.linked)
    kept = store.dataset(dataset.name)
    return dataset if kept is None else replace(dataset, linked=kept.linked)
