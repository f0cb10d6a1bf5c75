"""One import: files → articles → reports → store, every item counted once, nothing lost.

read = added + updated + unchanged + quarantined
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, BinaryIO

from timeline.extract.extractors import DEFAULT, extractor, signature
from timeline.extract.pooling import extract_in_order
from timeline.jobs.ahead import Fetch
from timeline.jobs.listening import Listener, shown
from timeline.jobs.reading import Item, Reading, Rows, Through, Unchanged, items
from timeline.jobs.rows import Keeping, import_rows
from timeline.jobs.spending import Spending
from timeline.model import Article, Extraction
from timeline.model.errors import InputError, StoreError
from timeline.sources import Bad, Gone
from timeline.store.values import Counts, Outcome, RunStatus

if TYPE_CHECKING:
    from timeline.store.store import Store

BATCH = 16  # articles saved in one transaction: one fsync, and at most so many extracted again after a crash


@dataclass(slots=True)
class Tally:
    """The counts of a run in the making; the paths that named nothing, the addresses that gave what they gave before;
    what could not be read for a reason that may pass; what was withdrawn; the origins that were read, and those
    whose servers said that nothing is new; what an outside extractor took."""

    run: int
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    rows: Counts = field(default_factory=Counts)
    missing: int = 0
    as_before: int = 0
    passing: list[Bad] = field(default_factory=list)
    problem: str = ""
    gone: list[Gone] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)
    spending: Spending = field(default_factory=Spending)

    @property
    def counts(self) -> Counts:
        return Counts.of(self.outcomes) + self.rows


def import_paths(
    store: Store,
    paths: Iterable[str],
    *,
    reading: Reading | None = None,
    keeping: Keeping | None = None,
    jobs: int = 1,
    stdin: BinaryIO | None = None,
    listener: Listener | None = None,
    name: str = DEFAULT,
) -> Tally:
    """Import everything the paths name: articles with the extractor of a name, rows of data sets as `keeping` says.

    What cannot be read goes to quarantine with its reason, and the rest goes on. Raises StoreError when the database
    refuses, UsageError for a data set that is kept otherwise, and what the extractor raises when it cannot go on; what
    was saved before stays.
    """
    listener, reading, reader = listener or Listener(), reading or Reading(), signature(extractor(name))
    run = store.begin_run(" ".join(["import", *map(_writable, paths)]))
    tally = Tally(run)

    def missing(error: InputError) -> None:
        tally.missing += 1
        tally.problem = tally.problem or str(error)
        listener.problem(str(error))

    try:
        found = items(paths, replace(reading, warn=listener.warning, jobs=jobs), stdin, missing)
        articles = _articles(store, found, keeping or Keeping(), run, listener, tally)
        fresh = _fresh(store, articles, reader, listener, tally)
        # What is paid for by the article is saved by the article.
        for batch in _batches(extract_in_order(fresh, jobs, name), BATCH if name == DEFAULT else 1):
            _save(store, batch, run, listener, tally)
            _again(batch, reading.fetch)
        _withdraw(store, tally)
        store.release_read(tally.read, run, tally.answered)
    except BaseException:
        _finish(store, run, tally, RunStatus.FAILED, listener)
        raise
    partly = tally.counts.quarantined or tally.missing
    _finish(store, run, tally, RunStatus.PARTLY if partly else RunStatus.DONE, listener, reading.fetch)
    return tally


def _writable(path: str) -> str:
    """A path as a database keeps it: a name need not be text."""
    return os.fsencode(path).decode(errors="replace").replace("\0", "\ufffd")


def _finish(
    store: Store, run: int, tally: Tally, status: RunStatus, listener: Listener, fetch: Fetch | None = None
) -> None:
    if line := tally.spending.line():
        listener.spent(line)
    try:
        store.finish_run(run, tally.counts, status, tally.spending.record(), fetch.learnt() if fetch else ())
    except StoreError:
        if status is not RunStatus.FAILED:
            raise


def _again(batch: Iterable[Extraction], fetch: Fetch | None) -> None:
    """What came from an address and was not extracted is fetched again next time."""
    for extraction in batch:
        if extraction.failed and fetch is not None:
            fetch.forget(extraction.article.origin.partition("#")[0])


def _articles(
    store: Store, found: Iterable[Item], keeping: Keeping, run: int, listener: Listener, tally: Tally
) -> Iterator[Article]:
    """Every article; rows of data sets are saved as they come, what cannot be read goes to quarantine."""
    for item in found:
        if isinstance(item, Bad):
            store.quarantine(item.origin, item.reason, item.data, run)
            tally.outcomes[Outcome.QUARANTINED] += 1
            line = f"{shown(item.origin)}: {item.reason}"
            tally.problem = tally.problem or line
            tally.passing += [item] if item.passing else []
            listener.problem(line)
            listener.item(item.origin)
        elif isinstance(item, Unchanged):
            tally.as_before += 1
            tally.answered.add(item.origin)
            tally.outcomes[Outcome.UNCHANGED] += 1
            listener.item(item.origin)
        elif isinstance(item, Gone):
            tally.gone.append(item)
            tally.answered.add(item.native)
            listener.item(item.native)
        elif isinstance(item, Through):
            tally.read.add(item.origin)
        elif isinstance(item, Rows):
            tally.rows += import_rows(store, item, keeping, run, listener)
        else:
            yield item


def _withdraw(store: Store, tally: Tally) -> None:
    """Take out what was withdrawn, once all else is saved: an article that has moved stays. What was not here counts
    as unchanged."""
    if tally.gone:
        number = store.withdraw_articles([(each.native, each.url) for each in tally.gone], tally.run)
        tally.outcomes[Outcome.UPDATED] += number
        tally.outcomes[Outcome.UNCHANGED] += len(tally.gone) - number


def _fresh(
    store: Store, articles: Iterable[Article], reader: str, listener: Listener, tally: Tally
) -> Iterator[Article]:
    """Only the articles whose import would change something."""
    for article in articles:
        if store.known(article, reader):
            tally.outcomes[Outcome.UNCHANGED] += 1
            listener.item(article.origin)
        else:
            yield store.dated(article)


def _batches(extractions: Iterable[Extraction], size: int) -> Iterator[list[Extraction]]:
    batch: list[Extraction] = []
    for extraction in extractions:
        batch.append(extraction)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch


def _save(store: Store, batch: list[Extraction], run: int, listener: Listener, tally: Tally) -> None:
    read = [extraction for extraction in batch if not extraction.failed]
    for extraction in batch:
        tally.spending.add(extraction)
        if extraction.failed:
            article = extraction.article
            store.quarantine(article.origin, extraction.failed, article.text.encode(errors="surrogatepass"), run)
            tally.outcomes[Outcome.QUARANTINED] += 1
            listener.problem(f"{shown(article.origin)}: {extraction.failed}")
    tally.outcomes.update(store.save_all(read, run))
    for extraction in batch:
        listener.item(extraction.article.origin)
        for warning in extraction.warnings:
            listener.warning(f"{shown(extraction.article.origin)}: {warning}")
