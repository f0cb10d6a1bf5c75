"""What happens once and is told without a date: "the largest offensive since the military took power".

News leaves the date out where readers know which is meant, and of what happens once in years they know the latest one.
So such a happening is the one of its country, person, body or thing in the ten years before; where two are known that
it could be, nobody can tell which.
"""

from __future__ import annotations

from timeline.model import Modality
from timeline.store.linking.contradiction import length
from timeline.store.linking.linkable import YEAR, Linkable
from timeline.store.linking.sorts import ONCE, fates, once

_REMEMBERED = 10  # years


def undated(item: Linkable) -> bool:
    """Whether its days are open at an end, or too many to tell it from others."""
    return item.days is None or length(item.days) > YEAR


def lasting(item: Linkable) -> list[str]:
    """Keys of the countries, or of the people, bodies and things, to whom it happens once; of the countries beside it
    where it has none itself."""
    if item.kind in ONCE:
        return [f"c {code}" for code in sorted(item.countries or item.beside)]
    return [f"p {one}" for one in sorted(fates(item))]


def remembered(item: Linkable) -> range:
    """The years that it may lie in where it is told without a date; none where nothing says by when it was."""
    latest, earliest = item.when.latest, item.when.earliest
    if latest is None or item.modality is not Modality.ACTUAL or not undated(item):
        return range(0)
    return range(max(latest.year - _REMEMBERED, earliest.year if earliest else 1), latest.year + 1)


def meant(a: Linkable, b: Linkable) -> bool:
    """Whether one is told without a date and the other, of another source, may be the happening that it means, dates
    and all else that could contradict it left aside."""
    vague, dated = (a, b) if undated(a) else (b, a)
    if a.source == b.source or undated(dated) or dated.days is None or not once(a, b):
        return False
    known = {dated.days[0].year, dated.days[1].year}
    return not known.isdisjoint(remembered(vague)) and not set(lasting(a)).isdisjoint(lasting(b))
