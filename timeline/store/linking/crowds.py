"""Who meets whom under one key: all where they are few; in a crowd all meet those who speak for it.

What a thousand articles tell in words of their own is found by comparing each with some, not with a thousand. Those who
speak are the ones with the lowest keys, of articles and of each data set, of what has a date and of what has none: keys
are hashes, so they are a fair sample, and one more seldom changes it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from heapq import nsmallest

FEW = 32

# The data set that a happening is a row of (0 for articles; below 0, from -1 down, where it has no date), and
# its key.
Rank = tuple[int, str]


def speaking(ranks: Mapping[int, Rank]) -> frozenset[int]:
    """The members whom all others meet, of some with their ranks."""
    if len(ranks) <= FEW:
        return frozenset(ranks)
    keys: dict[int, list[str]] = defaultdict(list)
    for dataset, key in ranks.values():
        keys[dataset].append(key)
    last = {dataset: nsmallest(FEW, some)[-1] for dataset, some in keys.items()}
    return frozenset(member for member, (dataset, key) in ranks.items() if key <= last[dataset])


def silenced(ranks: Mapping[int, Rank], coming: Mapping[int, Rank]) -> frozenset[int]:
    """The members who speak, but no more when others come in."""
    return speaking(ranks) - speaking({**ranks, **coming})


def heard(ranks: Mapping[int, Rank], going: Collection[int]) -> frozenset[int]:
    """The members who do not speak, but do when some have gone."""
    left = {member: rank for member, rank in ranks.items() if member not in going}
    return speaking(left) - speaking(ranks)
