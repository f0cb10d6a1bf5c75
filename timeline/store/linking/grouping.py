"""From links to events: groups of happenings that nothing in them tells apart, the same for any order of arrival.

Links are taken from the surest to the least sure, and each unites two groups unless a member of the one contradicts a
member of the other. A happening that fits two which contradict each other about equally well ("a strike in May")
joins neither. All of that is decided inside one connected set of sure links: so the groups are a function of the
happenings alone, and a new one touches only the set that it falls into.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from timeline.store.linking.contradiction import differ
from timeline.store.linking.evidence import Link, compare
from timeline.store.linking.linkable import Linkable

Pair = tuple[int, int]

# By so many points must the evidence for one of two happenings be better for a third to choose it: where dates, people
# or places tell the two apart, and where only their source does.
_CLEAR, _BARELY = 1.5, 0.25


class Joined(NamedTuple):
    """A link between two happenings, and their keys, the lower one first."""

    first: int
    second: int
    keys: tuple[str, str]
    link: Link

    def other(self, item: int) -> int:
        return self.second if item == self.first else self.first


def _order(joined: Joined) -> tuple[float, tuple[str, str]]:
    """From the surest to the least sure."""
    return -joined.link.points, joined.keys


@dataclass(frozen=True, slots=True)
class Group:
    """Happenings that are one event, by falling sureness the links that made them one, and those that did not: unsure
    ones and sure ones that something forbade, to happenings outside."""

    members: frozenset[int]
    links: tuple[Joined, ...] = ()
    unsure: tuple[Joined, ...] = ()


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """All that sure links and judgements reach from some happenings, and every link of theirs."""

    items: Mapping[int, Linkable]
    links: tuple[Joined, ...]


def linked(
    seeds: Iterable[int],
    load: Callable[[Iterable[int]], Mapping[int, Linkable]],
    near: Callable[[Sequence[int]], Mapping[int, Sequence[int]]],
    together: Collection[Pair] = (),
    apart: Collection[Pair] = (),
) -> list[Group]:
    """The groups of all that the seeds reach.

    `load` gives happenings, `near` for each those that share a block with it (or its article, read by another
    extractor). What is about to go must be among the seeds before it goes, since it may have kept others apart.
    """
    found = reach(seeds, load, near, together)
    return groups(found.items, found.links, together, apart)


def reach(
    seeds: Iterable[int],
    load: Callable[[Iterable[int]], Mapping[int, Linkable]],
    near: Callable[[Sequence[int]], Mapping[int, Sequence[int]]],
    together: Collection[Pair] = (),
) -> Neighbourhood:
    """The neighbourhood of the seeds; an item that only an unsure link reaches is no part of it, the link is."""
    known = dict(load(sorted(set(seeds))))
    inside, frontier = set(known), sorted(known)
    beside: dict[int, list[int]] = {}
    for one, other in together:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    links: dict[Pair, Joined] = {}
    looked: set[Pair] = set()
    while frontier:
        around = near(frontier)
        judged = {other for item in frontier for other in beside.get(item, ())}
        known.update(load(sorted(({o for others in around.values() for o in others} | judged) - known.keys())))
        reached = judged & known.keys()
        for item in frontier:
            for other in around.get(item, ()):
                pair = (item, other) if item < other else (other, item)
                if item == other or other not in known or pair in looked:
                    continue
                looked.add(pair)
                link = compare(known[item], known[other])
                if link is not None:
                    links[pair] = _joined(item, other, link, known)
                    if link.sure:
                        reached.add(other)
        frontier = sorted(reached - inside)
        inside |= reached
    return Neighbourhood({item: known[item] for item in sorted(inside)}, tuple(links[pair] for pair in sorted(links)))


def _joined(one: int, other: int, link: Link, items: Mapping[int, Linkable]) -> Joined:
    first, second = sorted((one, other), key=lambda item: items[item].key)
    return Joined(first, second, (items[first].key, items[second].key), link)


def groups(
    items: Mapping[int, Linkable],
    links: Iterable[Joined],
    together: Collection[Pair] = (),
    apart: Collection[Pair] = (),
) -> list[Group]:
    """The groups that a neighbourhood falls into, by the lowest key in each.

    `together` are one event whatever speaks against it, `apart` are not, unless `together` has it so: both are a
    person's judgement, and what is judged is not asked again.
    """
    judged = {frozenset(pair) for pair in (*together, *apart)}
    links = sorted((each for each in links if frozenset(each[:2]) not in judged), key=_order)
    sure = [each for each in links if each.link.sure]
    torn = _torn(sure, items)
    clusters = _Clusters(items, apart)
    for one, other in together:
        if one in items and other in items:
            clusters.put_together(one, other)
    made = [
        each for each in sure if torn.isdisjoint((each.first, each.second)) and clusters.unite(each.first, each.second)
    ]
    return clusters.groups(made, links)


def _torn(sure: Sequence[Joined], items: Mapping[int, Linkable]) -> set[int]:
    """Happenings whose best link leads to one, and another about as good to one that contradicts that."""
    of: dict[int, list[Joined]] = {}
    for each in sure:
        of.setdefault(each.first, []).append(each)
        of.setdefault(each.second, []).append(each)
    return {item for item, links in of.items() if _is_torn(item, links, items)}


def _is_torn(item: int, links: Sequence[Joined], items: Mapping[int, Linkable]) -> bool:
    """`links` are those of the item, the surest first."""
    best = items[links[0].other(item)]
    for each in links[1:]:
        behind = links[0].link.points - each.link.points
        if behind >= _CLEAR:
            return False
        other = items[each.other(item)]
        if differ(best, other) or (behind < _BARELY and told_apart(best, other)):
            return True
    return False


def told_apart(a: Linkable, b: Linkable) -> bool:
    """Whether one source, read by one extractor, tells the two as two happenings."""
    return a.source == b.source and a.reader == b.reader and compare(a, b) is None


class _Clusters:
    """Groups in the making. What a person has put together is a clump: where its members contradict each other, it
    agrees with what agrees with one of them."""

    def __init__(self, items: Mapping[int, Linkable], apart: Collection[Pair]) -> None:
        self._items = items
        self._apart = {frozenset(pair) for pair in apart}
        self._clumps: dict[int, list[set[int]]] = {item: [{item}] for item in items}
        self._of: dict[int, int] = {item: item for item in items}

    def put_together(self, one: int, other: int) -> None:
        first, second = self._of[one], self._of[other]
        if first != second:
            clump = set[int]().union(*self._clumps[first], *self._clumps[second])
            self._merge(first, second, [clump])

    def unite(self, one: int, other: int) -> bool:
        """Put their groups together, if they are two and nothing in them speaks against it; whether that was done."""
        first, second = self._of[one], self._of[other]
        if first == second:
            return False
        a, b = self._clumps[first], self._clumps[second]
        if any(self._forbidden(left, right) for left, right in product(a, b)):
            return False
        self._merge(first, second, a + b)
        return True

    def _forbidden(self, left: set[int], right: set[int]) -> bool:
        return any(
            frozenset(pair) in self._apart or self._contradict(*pair, left, right) for pair in product(left, right)
        )

    def _contradict(self, one: int, other: int, left: set[int], right: set[int]) -> bool:
        """Whether two members of clumps contradict each other, and nobody who contradicts the one speaks for it."""

        def contradict(a: int, b: int) -> bool:
            return _contradict(self._items[a], self._items[b])

        if not contradict(one, other):
            return False
        return not any(contradict(each, one) and not contradict(each, other) for each in left - {one}) and not any(
            contradict(each, other) and not contradict(one, each) for each in right - {other}
        )

    def _merge(self, first: int, second: int, clumps: list[set[int]]) -> None:
        kept, gone = (first, second) if len(self._clumps[first]) >= len(self._clumps[second]) else (second, first)
        for clump in self._clumps.pop(gone):
            for item in clump:
                self._of[item] = kept
        self._clumps[kept] = clumps

    def groups(self, made: Sequence[Joined], links: Sequence[Joined]) -> list[Group]:
        within: dict[int, list[Joined]] = {}
        outside: dict[int, list[Joined]] = {}
        for each in made:
            within.setdefault(self._of[each.first], []).append(each)
        for each in links:
            ends = {self._of[item] for item in (each.first, each.second) if item in self._of}
            alone = len(ends) == 2 or each.first not in self._of or each.second not in self._of
            for end in ends if alone else ():
                outside.setdefault(end, []).append(each)
        found = [
            Group(frozenset().union(*clumps), tuple(within.get(root, ())), tuple(outside.get(root, ())))
            for root, clumps in self._clumps.items()
        ]
        return sorted(found, key=lambda group: min(self._items[item].key for item in group.members))


def _contradict(a: Linkable, b: Linkable) -> bool:
    if a.source != b.source:
        return differ(a, b)
    return compare(a, b) is None if a.reader == b.reader else False
