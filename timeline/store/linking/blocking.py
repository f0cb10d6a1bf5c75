"""The hashed keys under which a happening is found by those that may be one with it.

What `compare` links shares an anchor (`anchors`: a person, a body, a place, a country), a sort of kind, a modality and
a day. So a happening stands under each of its anchors on each day that it may lie on: an exact day is one key an
anchor, a month is thirty, which costs less than to let every exact day of the month meet every other under the month.
Under its person, body and place it stands on the day after too, so that days side by side can be asked about.
What happens once, to a country or a person, stands under the year too, as its vaguer dates do, and under those of the
last years where it is told without a date.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import blake2b
from itertools import product

from timeline.store.linking.contradiction import length
from timeline.store.linking.evidence import anchors, own_anchors
from timeline.store.linking.linkable import LONGEST, YEAR, Linkable
from timeline.store.linking.sorts import ONCE, lasts, sort_of
from timeline.store.linking.undated import lasting, remembered

_EVENING, _MORNING = 18 * 60, 6 * 60


def blocks(item: Linkable) -> frozenset[int]:
    """Hashed keys (signed 64 bits): two happenings that `compare` links, or that `compare_undated` does, share at least
    one, apart from those of one article that two extractors read.

    With 10 million events over 30 years (913 a day; kinds and dates as news has them, actors by Zipf's law) a new
    report meets 5 others on average, 70 at the 99th percentile; with a data set of as many rows beside, 9 and 94, of
    which 5 and 86 are of other sources. With 1 million it is 0.5 and 7, with 100 thousand 0.1 and 2. A happening has
    8 keys on average there, a row of a data set, whose days are exact, 4. What a hundred sources tell has a hundred
    neighbours besides.
    """
    head = f"{sort_of(item)} {item.modality.value}"
    found = [f"{anchor} {day}" for anchor, day in product(anchors(item), _days(item))]
    found += [f"{anchor} {day}" for anchor, day in product(own_anchors(item), _next_day(item))]
    once = anchors(item) if item.kind in ONCE else lasting(item)
    found += [f"{anchor} {year}" for anchor, year in product(once, _years(item))]
    found += [f"{anchor} {year}" for anchor, year in product(lasting(item), remembered(item))]
    return frozenset(_hash(f"{head} {key}") for key in found)


def _days(item: Linkable) -> Iterator[str]:
    """Those it may lie on, if they are few."""
    if item.days is not None and length(item.days) <= LONGEST:
        first, last = item.days
        yield from (date.fromordinal(n).isoformat() for n in range(first.toordinal(), last.toordinal() + 1))
        yield from _night(item)


def _next_day(item: Linkable) -> Iterator[str]:
    """The day after an exact one, under which those of that day stand: days side by side meet."""
    if item.days is not None and item.days[0] == item.days[1] < date.max and lasts(item):
        yield (item.days[0] + timedelta(days=1)).isoformat()


def _years(item: Linkable) -> set[int]:
    if item.days is None or length(item.days) > YEAR:
        return set()
    return {item.days[0].year, item.days[1].year}


def _night(item: Linkable) -> Iterator[str]:
    """The neighbouring day, where the time of day may be of the night between."""
    clock, earliest = item.clock, item.when.earliest
    if clock is None or earliest is None:
        return
    if clock >= _EVENING and earliest < date.max:
        yield (earliest + timedelta(days=1)).isoformat()
    if clock <= _MORNING and earliest > date.min:
        yield (earliest - timedelta(days=1)).isoformat()


def _hash(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)
