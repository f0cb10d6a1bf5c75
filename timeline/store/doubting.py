"""Writing down which pairs a person is asked about; `doubts` asks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select

from timeline.store.linking import Group
from timeline.store.packing import table_of
from timeline.store.reports import parts
from timeline.store.tables import UnsureLink

_PAIRS = table_of(UnsureLink)


def write(connection: Connection, groups: Sequence[Group], anew: Collection[int]) -> None:
    """Each pair at most once. What stands there stays, but for pairs with one of those (units) that were read anew."""
    pairs = {(each.first, each.second): each for group in groups for each in group.unsure}
    there = _there(connection, sorted(unit for group in groups for unit in group.members))
    kept = {(one, other) for one, other in there & pairs.keys() if one not in anew and other not in anew}
    if gone := sorted(there - kept):
        which = (_PAIRS.c.one == bindparam("first")) & (_PAIRS.c.other == bindparam("second"))
        connection.execute(delete(_PAIRS).where(which), [{"first": one, "second": other} for one, other in gone])
    if new := sorted(pairs.keys() - kept):
        links = [(pair, pairs[pair].link) for pair in new]
        values = [
            {"one": one, "other": other, "score": link.score, "reason": "; ".join(link.reasons)}
            for (one, other), link in links
        ]
        connection.execute(insert(_PAIRS), values)


def _there(connection: Connection, units: Sequence[int]) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for part in parts(units):
        own = _PAIRS.c.one.in_(part) | _PAIRS.c.other.in_(part)
        found.update((one, other) for one, other in connection.execute(select(_PAIRS.c.one, _PAIRS.c.other).where(own)))
    return found
