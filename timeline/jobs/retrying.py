"""Reading again what is in quarantine, from the bytes that were kept.

read = added + updated + unchanged + quarantined; an item leaves when all of it can be read, and what of it cannot be
read is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from timeline.extract.extractors import DEFAULT, extractor
from timeline.model import Article
from timeline.model.errors import InputError
from timeline.sources import Bad, readers
from timeline.sources.finding import Found
from timeline.sources.given import Given
from timeline.sources.jsonlines import JsonLinesReader, article_of
from timeline.store.values import Counts, Outcome, Quarantined, RunStatus

if TYPE_CHECKING:
    from timeline.store.store import Store

Read = Callable[[str, bytes, str], Iterable[Article | Bad]]
"""From an origin, bytes and a hint (the suffix of the file they came from) to what they hold."""


def retry(
    store: Store,
    numbers: Sequence[int],
    *,
    read: Read | None = None,
    name: str = DEFAULT,
    told: Callable[[Quarantined, str], None] = lambda _item, _reason: None,
) -> Counts:
    """Read items of the quarantine again and import what they hold; `told` is called with each and with the reason
    why it stays, "" where it leaves. Raises NotFoundError for a number that is none, and StoreError."""
    for number in numbers:
        store.quarantine_item(number)
    run = store.begin_run("quarantine retry " + " ".join(map(str, numbers)))
    outcomes: Counter[Outcome] = Counter()
    try:
        for number in numbers:
            item = store.quarantine_item(number)
            reason = _retry(store, item, read or read_kept, name, run, outcomes)
            told(item, reason)
    except BaseException:
        store.finish_run(run, _counts(outcomes), RunStatus.FAILED)
        raise
    partly = RunStatus.PARTLY if outcomes[Outcome.QUARANTINED] else RunStatus.DONE
    store.finish_run(run, _counts(outcomes), partly)
    return _counts(outcomes)


def _retry(store: Store, item: Quarantined, read: Read, name: str, run: int, outcomes: Counter[Outcome]) -> str:
    """One item; gives the reason why it stays."""
    reader = extractor(name)
    good, bad = [], []
    for each in read(item.origin, item.data or b"", suffix_of(item.origin)) if item.data is not None else ():
        if isinstance(each, Bad):
            bad.append(each)
            continue
        extraction = reader.extract(store.dated(each))
        if extraction.failed:
            bad.append(Bad(item.origin, extraction.failed, item.data or b""))
        else:
            good.append(extraction)
    if not good:
        why = bad[0].reason if bad else "nothing was kept of it" if item.data is None else "there is no article in it"
        store.retry_failed(item.id, why, run)
        outcomes[Outcome.QUARANTINED] += 1
        return why
    outcomes.update(store.save_all(good, run))
    for each in bad:
        store.quarantine(each.origin, each.reason, each.data, run)
        outcomes[Outcome.QUARANTINED] += 1
    if any((each.origin, each.data) == (item.origin, item.data) for each in bad):
        return bad[0].reason
    store.release([item.id], run)
    return ""


def read_kept(origin: str, data: bytes, hint: str) -> Iterator[Article | Bad]:
    """What the bytes of an origin hold, by the readers for files of the suffix `hint`."""
    by_suffix = readers()
    base, _, part = origin.partition("#")
    reader = by_suffix.get(hint) or by_suffix[""]
    try:
        if part.isdigit() and isinstance(reader, JsonLinesReader):
            found: Iterable[Article | Bad] = (article_of(data, base, int(part)),)
        else:
            found = reader.read(data, origin)
        for each in found:
            yield each if isinstance(each, Bad) else Given().apply(each, Found(base, hint))
    except InputError as error:
        yield Bad(origin, f"{error.what}. {error.hint}" if error.hint else error.what, data)


def suffix_of(origin: str) -> str:
    """The suffix of the file that an origin names, "" for none."""
    return PurePosixPath(unquote(urlsplit(origin.partition("#")[0]).path)).suffix.lower()


def _counts(outcomes: Counter[Outcome]) -> Counts:
    return Counts(*(outcomes[outcome] for outcome in Outcome))
