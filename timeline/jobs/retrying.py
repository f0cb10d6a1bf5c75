"""Reading again what is in quarantine, from the bytes that were kept.

read = added + updated + unchanged + quarantined; an item leaves when all of it can be read, and what of it cannot be
read is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from timeline.extract.extractors import DEFAULT, extractor
from timeline.jobs.ahead import Fetch
from timeline.jobs.listening import Listener
from timeline.jobs.reading import Item, Reading, Rows, bad, items, read
from timeline.jobs.rows import Keeping, import_rows
from timeline.model import Article, Extraction
from timeline.model.errors import InputError
from timeline.sources import Bad, Gone
from timeline.sources.finding import Found, is_address, name_in
from timeline.sources.given import Given
from timeline.sources.jsonlines import article_of
from timeline.store.values import Counts, Outcome, Quarantined, RunStatus

if TYPE_CHECKING:
    from timeline.store.store import Store

Read = Callable[[Quarantined], Iterable[Item]]
"""From an item of the quarantine to what it holds."""


def retry(
    store: Store,
    numbers: Sequence[int],
    *,
    read: Read | None = None,
    fetch: Fetch | None = None,
    name: str = DEFAULT,
    told: Callable[[Quarantined, str], None] = lambda _item, _reason: None,
) -> Counts:
    """Read items of the quarantine again and import what they hold; `told` is called with each and with the reason
    why it stays, "" where it leaves. Addresses of which nothing was kept are fetched, if anybody does (`fetch`).
    Raises NotFoundError for a number that is none, and StoreError."""
    for number in numbers:
        store.quarantine_item(number)
    run = store.begin_run("quarantine retry " + " ".join(map(str, numbers)))
    total = Counts()
    try:
        for number in numbers:
            item = store.quarantine_item(number)
            reason, counts = _retry(store, item, (read or (lambda it: read_kept(it, fetch)))(item), name, run)
            total += counts
            told(item, reason)
    except BaseException:
        store.finish_run(run, total, RunStatus.FAILED)
        raise
    store.finish_run(run, total, RunStatus.PARTLY if total.quarantined else RunStatus.DONE)
    return total


def _retry(store: Store, item: Quarantined, found: Iterable[Item], name: str, run: int) -> tuple[str, Counts]:
    """One item; gives the reason why it stays, and what it held."""
    reader, good, unreadable, rows = extractor(name), list[Extraction](), list[Bad](), Counts()
    gone = list[tuple[str, str]]()
    for each in found:
        if isinstance(each, Bad):
            unreadable.append(each)
        elif isinstance(each, Gone):
            gone.append((each.native, each.url))
        elif isinstance(each, Rows):
            rows += import_rows(store, each, Keeping(), run, Listener())
        elif isinstance(each, Article):
            extraction = reader.extract(store.dated(each))
            if extraction.failed:
                unreadable.append(Bad(item.origin, extraction.failed, item.data or b""))
            else:
                good.append(extraction)
    if not (good or gone) and rows.read == rows.quarantined:
        why = unreadable[0].reason if unreadable else "there is no article in it"
        store.retry_failed(item.id, why, run)
        return why, Counts(quarantined=1)
    outcomes = Counter(store.save_all(good, run))
    withdrawn = store.withdraw_articles(gone, run)
    outcomes.update({Outcome.UPDATED: withdrawn, Outcome.UNCHANGED: len(gone) - withdrawn})
    for each in unreadable:
        store.quarantine(each.origin, each.reason, each.data, run)
        outcomes[Outcome.QUARANTINED] += 1
    counts = Counts.of(outcomes) + rows
    if any((each.origin, each.data) == (item.origin, item.data) for each in unreadable):
        return unreadable[0].reason, counts
    store.release([item.id], run)
    return "", counts


def read_kept(item: Quarantined, fetch: Fetch | None = None) -> Iterator[Item]:
    """What the bytes that were kept of an item hold, or what is at its address now."""
    base, _, part = item.origin.partition("#")
    data, reading = item.data or b"", Reading(fetch=fetch)
    if not data and is_address(item.origin) and not item.origin.startswith("file:"):
        yield from items([item.origin], reading, None, lambda _error: None)
    elif not data:
        yield Bad(item.origin, "nothing was kept of it. Import it again", b"")
    elif not part:
        yield from read(Found.of(data, item.origin, name_in(base) or base), reading)
    elif data.lstrip().startswith(b"{"):
        try:
            article = article_of(data, base, int(part) if part.isdigit() else 0)
            yield Given().apply(article, Found.of(data, base, name_in(base)))
        except InputError as error:
            yield bad(item.origin, error, data)
    else:
        yield Bad(item.origin, "it is a part of a file, which tells what it means. Import the file again", data)
