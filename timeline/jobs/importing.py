"""One import: files → articles → reports → store, every item counted once, nothing lost.

read = added + updated + unchanged + quarantined
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote, urlsplit

from timeline.extract.extractors import DEFAULT, extractor, signature
from timeline.extract.pooling import extract_in_order
from timeline.jobs.spending import Spending
from timeline.model import Article, Extraction
from timeline.model.errors import InputError, StoreError
from timeline.sources import Bad, Reader, readers
from timeline.sources.finding import Found, find
from timeline.sources.given import Given
from timeline.store.values import Counts, Outcome, RunStatus

if TYPE_CHECKING:
    from timeline.store.store import Store

BATCH = 16  # articles saved in one transaction: one fsync, and at most so many extracted again after a crash


@dataclass(slots=True)
class Listener:
    """What an import tells while it runs: one call an item, warnings and problems as they come; at its end, however
    it ends, what an outside extractor took."""

    item: Callable[[str], None] = lambda _origin: None
    problem: Callable[[str], None] = lambda _line: None
    warning: Callable[[str], None] = lambda _line: None
    spent: Callable[[str], None] = lambda _line: None


@dataclass(slots=True)
class Tally:
    """The counts of a run in the making, the paths that named nothing, the origins that were read, and what an outside
    extractor took."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    missing: int = 0
    read: set[str] = field(default_factory=set)
    spending: Spending = field(default_factory=Spending)

    @property
    def counts(self) -> Counts:
        return Counts(*(self.outcomes[outcome] for outcome in Outcome))


def import_paths(
    store: Store,
    paths: Iterable[str],
    *,
    given: Given | None = None,
    jobs: int = 1,
    stdin: BinaryIO | None = None,
    listener: Listener | None = None,
    name: str = DEFAULT,
) -> tuple[Counts, int]:
    """Import everything the paths name with the extractor of a name; gives the counts and how many paths named nothing.

    What cannot be read goes to quarantine with its reason, and the rest goes on. Raises StoreError when the database
    refuses, and what the extractor raises when it cannot go on; what was saved before stays.
    """
    listener, tally, reader = listener or Listener(), Tally(), signature(extractor(name))
    run = store.begin_run(" ".join(["import", *paths]))
    try:
        articles = _articles(store, paths, given or Given(), run, stdin, listener, tally)
        fresh = _fresh(store, articles, reader, listener, tally)
        # What is paid for by the article is saved by the article.
        for batch in _batches(extract_in_order(fresh, jobs, name), BATCH if name == DEFAULT else 1):
            _save(store, batch, run, listener, tally)
        store.release_read(tally.read, run)
    except BaseException:
        _finish(store, run, tally, RunStatus.FAILED, listener)
        raise
    partly = tally.outcomes[Outcome.QUARANTINED] or tally.missing
    _finish(store, run, tally, RunStatus.PARTLY if partly else RunStatus.DONE, listener)
    return tally.counts, tally.missing


def _finish(store: Store, run: int, tally: Tally, status: RunStatus, listener: Listener) -> None:
    if line := tally.spending.line():
        listener.spent(line)
    try:
        store.finish_run(run, tally.counts, status, tally.spending.record())
    except StoreError:
        if status is not RunStatus.FAILED:
            raise


def _articles(
    store: Store, paths: Iterable[str], given: Given, run: int, stdin: BinaryIO | None, listener: Listener, tally: Tally
) -> Iterator[Article]:
    """Every readable article; the others go to quarantine."""
    by_suffix = readers()
    for found in find(paths, by_suffix, stdin):
        if isinstance(found, InputError):
            tally.missing += 1
            listener.problem(str(found))
            continue
        for item in _read(found, by_suffix):
            if isinstance(item, Bad):
                store.quarantine(item.origin, item.reason, item.data, run)
                tally.outcomes[Outcome.QUARANTINED] += 1
                listener.problem(f"{_shown(item.origin)}: {item.reason}")
                listener.item(item.origin)
            else:
                yield given.apply(item, found)
        tally.read.add(found.origin)


def _read(found: Found, by_suffix: dict[str, Reader]) -> Iterator[Article | Bad]:
    data = b""
    try:
        data = found.read()
        suffix = ".jsonl" if found.suffix == "" and data.lstrip()[:1] == b"{" else found.suffix
        reader = by_suffix.get(suffix) or by_suffix[""]
        yield from reader.read(data, found.origin)
    except InputError as error:
        reason = f"{error.what}. {error.hint}" if error.hint else error.what
        yield Bad(found.origin, reason, data)


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
            listener.problem(f"{_shown(article.origin)}: {extraction.failed}")
    tally.outcomes.update(store.save_all(read, run))
    for extraction in batch:
        listener.item(extraction.article.origin)
        for warning in extraction.warnings:
            listener.warning(f"{_shown(extraction.article.origin)}: {warning}")


def _shown(origin: str) -> str:
    """An origin as a person reads it: a path rather than a file URI."""
    if not origin.startswith("file:"):
        return origin
    parts = urlsplit(origin)
    return unquote(parts.path) + (f"#{parts.fragment}" if parts.fragment else "")
