"""Reading stored articles again with today's extractor: their reports are replaced, ids stay where reports stay.

read = updated + unchanged; an article is saved whole or not at all, so that a run that was killed is finished by the
next, which passes over what is done already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from timeline.extract.pooling import extract_in_order
from timeline.jobs.changes import ADDED, REMOVED, Change, changes
from timeline.jobs.importing import BATCH
from timeline.model import Article, Extraction
from timeline.model.errors import NotFoundError, StoreError
from timeline.store import ids
from timeline.store.values import Counts, Outcome, RunStatus

if TYPE_CHECKING:
    from timeline.store.store import Store


@dataclass(slots=True)
class Listener:
    """What is told on the way: one call an article, and one a change."""

    item: Callable[[str], None] = lambda _title: None
    change: Callable[[Change], None] = lambda _change: None


@dataclass(slots=True)
class Summary:
    """What reading again did, or would do: articles by outcome, reports by what becomes of them, changes by kind."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    reports: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)

    @property
    def counts(self) -> Counts:
        return Counts.of(self.outcomes)


def reextract(
    store: Store,
    wanted: Sequence[str],
    *,
    jobs: int = 1,
    force: bool = False,
    dry_run: bool = False,
    listener: Listener | None = None,
) -> Summary:
    """Extract stored articles (by their ids) again and replace their reports; `dry_run` only says what would change.

    Articles that today's extractor has read already are passed over unless `force`. Raises StoreError when the
    database refuses; what was saved before stays.
    """
    listener, summary = listener or Listener(), Summary()
    if dry_run:
        _read(store, wanted, None, jobs, force, listener, summary)
        return summary
    run = store.begin_run(f"reextract {len(wanted)} articles")
    try:
        _read(store, wanted, run, jobs, force, listener, summary)
    except BaseException:
        _finish(store, run, summary, RunStatus.FAILED)
        raise
    _finish(store, run, summary, RunStatus.DONE)
    return summary


def _finish(store: Store, run: int, summary: Summary, status: RunStatus) -> None:
    try:
        store.finish_run(run, summary.counts, status)
    except StoreError:
        if status is not RunStatus.FAILED:
            raise


def _read(
    store: Store, wanted: Sequence[str], run: int | None, jobs: int, force: bool, listener: Listener, summary: Summary
) -> None:
    extractions = extract_in_order(_stale(store, wanted, force, listener, summary), jobs)
    while batch := list(islice(extractions, BATCH)):
        found = [list(_changes(store, each, summary)) for each in batch]
        if run is None:
            summary.outcomes.update(Outcome.UPDATED if each else Outcome.UNCHANGED for each in found)
        else:
            summary.outcomes.update(store.save_all(batch, run, again=True))
        for extraction, told in zip(batch, found, strict=True):
            listener.item(extraction.article.title or extraction.article.origin)
            for change in told:
                listener.change(change)


def _stale(store: Store, wanted: Sequence[str], force: bool, listener: Listener, summary: Summary) -> Iterator[Article]:
    """The articles that another extractor, or an earlier version, has read; with `force` all."""
    from timeline.extract.pipeline import EXTRACTOR

    for article_id in wanted:
        try:
            article = store.reread(article_id)
        except NotFoundError:  # an import has taken it away meanwhile
            continue
        if not force and store.known(article, EXTRACTOR):
            summary.outcomes[Outcome.UNCHANGED] += 1
            listener.item(article.title or article.origin)
        else:
            yield article


def _changes(store: Store, extraction: Extraction, summary: Summary) -> Iterator[Change]:
    """The changes of one article, counted on the way."""
    from timeline.extract.pipeline import NAME

    article = extraction.article
    keys = ids.report_keys(article.id, article.text, extraction.reports)
    old, new = store.reports(article.id, NAME), dict(zip(keys, extraction.reports, strict=True))
    changed: set[str] = set()
    for change in changes(article.id, old, new):
        summary.changes[change.what] += 1
        if change.what not in (ADDED, REMOVED):
            changed.add(change.report)
        yield change
    summary.reports[ADDED] += len(new.keys() - old.keys())
    summary.reports[REMOVED] += len(old.keys() - new.keys())
    summary.reports["changed"] += len(changed)
    summary.reports["the same"] += len(new.keys() & old.keys()) - len(changed)
