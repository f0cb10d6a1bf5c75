"""Groups of happenings in the making: which may be put together, asked of what they hold and not of every pair."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from timeline.store.linking.comparing import compare
from timeline.store.linking.contradiction import differ, stance
from timeline.store.linking.linkable import Linkable

Pair = tuple[int, int]


class Stances:
    """Whether happenings contradict each other, found once for all that take the same `stance`."""

    def __init__(self, items: Mapping[int, Linkable]) -> None:
        self._items = items
        numbers: dict[object, int] = {}
        self.of = {row: numbers.setdefault(stance(item), len(numbers)) for row, item in items.items()}
        self._taken_by = {number: row for row, number in self.of.items()}
        self._known: dict[Pair, bool] = {}

    def contradict(self, one: int, other: int) -> bool:
        """Whether two happenings are never one event."""
        a, b = self._items[one], self._items[other]
        return self.opposed(self.of[one], self.of[other]) if a.source != b.source else self.told_apart(one, other)

    def told_apart(self, one: int, other: int) -> bool:
        """Whether one source, read by one extractor, tells the two as two happenings."""
        a, b = self._items[one], self._items[other]
        return a.source == b.source and a.reader == b.reader and compare(a, b) is None

    def differ(self, one: int, other: int) -> bool:
        """Of two happenings, whoever tells them."""
        return self.opposed(self.of[one], self.of[other])

    def opposed(self, one: int, other: int) -> bool:
        """Of two stances."""
        pair = (one, other) if one < other else (other, one)
        if pair not in self._known:
            self._known[pair] = differ(self._items[self._taken_by[one]], self._items[self._taken_by[other]])
        return self._known[pair]


@dataclass(slots=True)
class _Cluster:
    """`clumps` are what a person has put together, two or more each; of all others the sources, by their stance, and
    they themselves, by their source. `foes` are clusters (by root) that this one cannot be put together with."""

    members: set[int]
    clumps: list[set[int]] = field(default_factory=list)
    stances: dict[int, set[str]] = field(default_factory=dict)
    sources: dict[str, list[int]] = field(default_factory=dict)
    foes: set[int] = field(default_factory=set)

    def singles(self) -> Iterator[set[int]]:
        return ({item} for some in self.sources.values() for item in some)

    def take(self, other: _Cluster) -> None:
        self.members |= other.members
        self.clumps += other.clumps
        for number, sources in other.stances.items():
            self.stances.setdefault(number, set()).update(sources)
        for source, items in other.sources.items():
            self.sources.setdefault(source, []).extend(items)
        self.foes |= other.foes


class Clusters:
    """What a person has put together is a clump: where its members contradict each other, it agrees with what agrees
    with one of them."""

    def __init__(self, items: Mapping[int, Linkable], together: Collection[Pair], apart: Collection[Pair]) -> None:
        self.stances = Stances(items)
        self._apart = [pair for pair in apart if pair[0] in items and pair[1] in items]
        self._root = {item: item for item in items}
        self._clusters: dict[int, _Cluster] = {}
        for clump in _clumps(items, together):
            root = min(clump)
            made = _Cluster(clump, [clump] if len(clump) > 1 else [])
            if not made.clumps:
                source = items[root].source
                made.stances, made.sources = {self.stances.of[root]: {source}}, {source: [root]}
            self._clusters[root] = made
            self._root.update(dict.fromkeys(clump, root))

    def root(self, item: int) -> int | None:
        """What the members of a cluster have in common; None for what is in none."""
        return self._root.get(item)

    def members(self) -> Mapping[int, set[int]]:
        """Of every cluster, by root."""
        return {root: each.members for root, each in self._clusters.items()}

    def agree(self, one: int, other: int) -> bool:
        """Whether nothing in their clusters speaks against these being one."""
        first, second = self._root[one], self._root[other]
        a, b = self._clusters[first], self._clusters[second]
        if second in a.foes:
            return False
        if self._speaks_against(first, second):
            a.foes.add(second)
            b.foes.add(first)
            return False
        return True

    def unite(self, one: int, other: int) -> bool:
        """Put their clusters together, if they are two and nothing in them speaks against it; whether that was done."""
        first, second = self._root[one], self._root[other]
        if first == second or not self.agree(one, other):
            return False
        a, b = self._clusters[first], self._clusters[second]
        kept, gone = (first, second) if len(a.members) >= len(b.members) else (second, first)
        self._merge(kept, gone)
        return True

    def _merge(self, kept: int, gone: int) -> None:
        went = self._clusters.pop(gone)
        for item in went.members:
            self._root[item] = kept
        for foe in went.foes:
            self._clusters[foe].foes.discard(gone)
            self._clusters[foe].foes.add(kept)
        self._clusters[kept].take(went)

    def _speaks_against(self, first: int, second: int) -> bool:
        """Once it does, it does whatever joins the two."""
        a, b = self._clusters[first], self._clusters[second]
        if any({self._root[one], self._root[other]} == {first, second} for one, other in self._apart):
            return True
        return self._stances_differ(a, b) or self._sources_differ(a, b) or self._clumps_differ(a, b)

    def _stances_differ(self, a: _Cluster, b: _Cluster) -> bool:
        return any(
            self.stances.opposed(one, other) and (len(here) > 1 or len(there) > 1 or here != there)
            for (one, here), (other, there) in product(a.stances.items(), b.stances.items())
        )

    def _sources_differ(self, a: _Cluster, b: _Cluster) -> bool:
        shared = a.sources.keys() & b.sources.keys()
        return any(
            self.stances.contradict(*pair)
            for source in shared
            for pair in product(a.sources[source], b.sources[source])
        )

    def _clumps_differ(self, a: _Cluster, b: _Cluster) -> bool:
        pairs = [(one, other) for one in a.clumps for other in (*b.clumps, *b.singles())]
        pairs += [(one, other) for one in (a.singles() if b.clumps else ()) for other in b.clumps]
        return any(self._against(*pair, left, right) for left, right in pairs for pair in product(left, right))

    def _against(self, one: int, other: int, left: set[int], right: set[int]) -> bool:
        """Whether two members of clumps contradict each other, and nobody who contradicts the one speaks for it."""
        contradict = self.stances.contradict
        if not contradict(one, other):
            return False
        return not any(contradict(each, one) and not contradict(each, other) for each in left - {one}) and not any(
            contradict(each, other) and not contradict(one, each) for each in right - {other}
        )


def _clumps(items: Collection[int], together: Collection[Pair]) -> list[set[int]]:
    """Each of some items with all that pairs put it together with."""
    of = {item: {item} for item in items}
    for one, other in together:
        if one in of and other in of and of[one] is not of[other]:
            of[one] |= of[other]
            of.update(dict.fromkeys(of[other], of[one]))
    return list({id(clump): clump for clump in of.values()}.values())
