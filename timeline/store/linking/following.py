"""Who joins an event of a crowd without changing anything else: pure.

What a thousand articles tell is one connected set of links; to group all of it again for one more article would take as
long as they are many. A happening that comes and that nobody but the speakers of its crowds meets joins the event that
all its sure links lead to, and all else stays as it is, if it brings no contradiction that was not there: whatever
speaks against it speaks against one of those already inside, in the same way. Then no two groups that kept apart can
come together, none that came together keep apart, and nobody is torn who was not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import NamedTuple

from timeline.store.linking.comparing import SURE, Comparer, compare_undated
from timeline.store.linking.contradiction import differ, stance
from timeline.store.linking.linkable import Linkable


class Followed(NamedTuple):
    """The event that a happening joins, and the points of its links that are not sure, by whom they lead to."""

    event: int
    unsure: Mapping[int, float]


def followed(
    item: Linkable,
    met: Mapping[int, Linkable],
    event: Mapping[int, int],
    meet: Callable[[int, int], bool],
) -> Followed | None:
    """The event that a new happening joins without more ado, None where all must be grouped again.

    `met` are all that it meets, `event` those of them that are in an event, `meet` says of two whether they meet. It
    holds for what no judgement is about, where no source in the event is the happening's, and nothing that it meets was
    read by two extractors.
    """
    comparer = Comparer()
    links: dict[int, float] = {}
    for other, there in met.items():
        points = comparer.points(item, there)
        if points is not None:
            links[other] = points
        elif there.source == item.source or compare_undated(item, there) is not None:
            return None
    sure = sorted((other for other in links if links[other] >= SURE), key=lambda other: -links[other])
    events = {event.get(other) for other in sure}
    found = events.pop() if len(events) == 1 else None
    if found is None or any(differ(met[sure[0]], met[other]) for other in sure[1:]):
        return None
    inside = {other: there for other, there in met.items() if event.get(other) == found}
    alike = _alike(item, inside)
    if any(len({inside[other].source for other in some}) < 2 for some in alike):
        return None

    def nearer(third: int, other: int) -> bool:
        points = comparer.points(met[other], met[third]) if meet(other, third) else None
        return points is not None and _rank(met[other], met[third], points) < _rank(met[other], item, links[other])

    # Who is linked with nobody that contradicts the happening, or more surely with one of like mind, is torn no more
    # and no less by it.
    if not all(other in some or any(nearer(third, other) for third in some) for other in sure for some in alike):
        return None
    return Followed(found, {other: points for other, points in links.items() if points < SURE})


def _rank(one: Linkable, other: Linkable, points: float) -> tuple[float, str, str]:
    """Where a link between two stands among all, as `groups` takes them."""
    first, second = sorted((one.key, other.key))
    return -points, first, second


def _alike(item: Linkable, others: Mapping[int, Linkable]) -> list[set[int]]:
    """For each thing by which a happening may contradict others those who contradict the same in it."""
    mine = stance(item)
    found: dict[int, set[int]] = defaultdict(set)
    for other, there in others.items():
        for number, (one, another) in enumerate(zip(mine, stance(there), strict=True)):
            if one == another:
                found[number].add(other)
    return [found[number] for number, one in enumerate(mine) if one is not None]
