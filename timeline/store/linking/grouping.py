"""From links to events: groups of happenings that nothing in them tells apart, the same for any order of arrival.

Links are taken from the surest to the least sure, and each unites two groups unless a member of the one contradicts a
member of the other. A happening that fits two which contradict each other about equally well ("a strike in May")
joins neither. Last come those that are told without a date: each joins the one group that it can mean, if there is one
only. All of that is decided inside one connected set of links: so the groups are a function of the happenings alone,
and a new one touches only the set that it falls into.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from timeline.store.linking.clusters import Clusters, Pair, Stances
from timeline.store.linking.comparing import SURE, Comparer, Link, compare_undated
from timeline.store.linking.linkable import Linkable
from timeline.store.linking.undated import undated

# By so many points must the evidence for one of two happenings be better for a third to choose it: where dates, people
# or places tell the two apart, and where only their source does.
_CLEAR, _BARELY = 1.5, 0.25


class Joined(NamedTuple):
    """A link between two happenings, the one with the lower key first."""

    first: int
    second: int
    link: Link

    @classmethod
    def of(cls, items: Mapping[int, Linkable], one: int, other: int, points: float) -> Joined:
        first, second = sorted((one, other), key=lambda item: items[item].key)
        return cls(first, second, Link(items[first], items[second], points))

    def other(self, item: int) -> int:
        return self.second if item == self.first else self.first


@dataclass(frozen=True, slots=True)
class Group:
    """Happenings that are one event, by falling sureness the links that made them one, and those that did not: unsure
    ones and sure ones that something forbade, to happenings outside, to each other group of the neighbourhood the
    surest."""

    members: frozenset[int]
    links: tuple[Joined, ...] = ()
    unsure: tuple[Joined, ...] = ()


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """All that sure links and judgements reach from some happenings, and all that was looked at for it; the points of
    every link, the happening with the lower key first; and of every pair of which one is told without a date and may
    mean the other."""

    items: Mapping[int, Linkable]
    seen: Mapping[int, Linkable]
    links: Mapping[Pair, float]
    meant: Mapping[Pair, float]

    def joined(self, pair: Pair) -> Joined:
        return Joined.of(self.seen, *pair, self.links[pair] if pair in self.links else self.meant[pair])

    def by_sureness(self, links: Mapping[Pair, float]) -> list[Pair]:
        """From the surest to the least sure."""
        seen = self.seen
        return sorted(links, key=lambda pair: (-links[pair], seen[pair[0]].key, seen[pair[1]].key))


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
    return groups(reach(seeds, load, near, together), together, apart)


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
    links: dict[Pair, float] = {}
    meant: dict[Pair, float] = {}
    compared: set[int] = set()  # with all that they meet
    comparer = Comparer()
    while frontier:
        around = near(frontier)
        judged = {other for item in frontier for other in beside.get(item, ())}
        known.update(load(sorted(({o for others in around.values() for o in others} | judged) - known.keys())))
        reached = judged & known.keys()
        for item in frontier:
            here = known[item]
            others = [o for o in around.get(item, ()) if o != item and o not in compared and o in known]
            compared.add(item)
            for other, points in zip(others, comparer.points_to(here, (known[o] for o in others)), strict=True):
                there = known[other]
                pair = (item, other) if here.key < there.key else (other, item)
                if points is not None:
                    links[pair] = points
                    if points >= SURE:
                        reached.add(other)
                elif (vague := compare_undated(here, there)) is not None:
                    meant[pair] = vague
                    reached.add(other)
        frontier = sorted(reached - inside)
        inside |= reached
    return Neighbourhood({item: known[item] for item in sorted(inside)}, known, links, meant)


def groups(found: Neighbourhood, together: Collection[Pair] = (), apart: Collection[Pair] = ()) -> list[Group]:
    """The groups that a neighbourhood falls into, by the lowest key in each.

    `together` are one event whatever speaks against it, `apart` are not, unless `together` has it so: both are a
    person's judgement, and what is judged is not asked again.
    """
    judged = {frozenset(pair) for pair in (*together, *apart)}
    links = [pair for pair in found.by_sureness(found.links) if not judged or frozenset(pair) not in judged]
    sure = [pair for pair in links if found.links[pair] >= SURE]
    clusters = Clusters(found.items, together, apart)
    torn = _torn(sure, found.links, clusters.stances)
    made = [pair for pair in sure if torn.isdisjoint(pair) and clusters.unite(*pair)]
    made += [pair for pair in _only_meant(found, clusters) if clusters.unite(*pair)]
    return _told(clusters, made, links, found)


def _only_meant(found: Neighbourhood, clusters: Clusters) -> list[Pair]:
    """Of each group that is told without a date the surest link to the only one that it can mean."""
    if not found.meant:
        return []
    vague = {root for root, members in clusters.members().items() if all(undated(found.items[m]) for m in members)}
    could: dict[int | None, dict[int | None, Pair]] = {}
    for pair in found.by_sureness(found.meant):
        for one, other in (pair, pair[::-1]):
            if clusters.root(one) in vague and clusters.root(other) not in vague and clusters.agree(one, other):
                could.setdefault(clusters.root(one), {}).setdefault(clusters.root(other), pair)
    only = {pair for meant in could.values() if len(meant) == 1 for pair in meant.values()}
    return [pair for pair in found.by_sureness(found.meant) if pair in only and found.meant[pair] >= SURE]


def _told(clusters: Clusters, made: Iterable[Pair], links: Iterable[Pair], found: Neighbourhood) -> list[Group]:
    within: dict[int | None, list[Joined]] = {}
    outside: dict[int | None, list[Joined]] = {}
    for pair in made:
        within.setdefault(clusters.root(pair[0]), []).append(found.joined(pair))
    asked: set[tuple[int | None, int | None]] = set()
    for pair in links:
        first, second = clusters.root(pair[0]), clusters.root(pair[1])
        if first == second or (first, second) in asked:
            continue
        if None not in (first, second):
            asked |= {(first, second), (second, first)}
        for end in (first, second):
            outside.setdefault(end, []).append(found.joined(pair))
    made_of = clusters.members()
    told = [
        Group(frozenset(members), tuple(within.get(root, ())), tuple(outside.get(root, ())))
        for root, members in made_of.items()
    ]
    return sorted(told, key=lambda group: min(found.items[item].key for item in group.members))


def _torn(sure: Iterable[Pair], links: Mapping[Pair, float], stances: Stances) -> set[int]:
    """Happenings whose best link leads to one, and another about as good to one that contradicts that."""
    of: dict[int, list[Pair]] = {}
    for pair in sure:
        of.setdefault(pair[0], []).append(pair)
        of.setdefault(pair[1], []).append(pair)
    return {item for item, pairs in of.items() if _is_torn(item, pairs, links, stances)}


def _is_torn(item: int, pairs: Sequence[Pair], links: Mapping[Pair, float], stances: Stances) -> bool:
    """`pairs` are those of the item, the surest first."""
    best = _other(pairs[0], item)
    for pair in pairs[1:]:
        behind = links[pairs[0]] - links[pair]
        if behind >= _CLEAR:
            return False
        other = _other(pair, item)
        if stances.differ(best, other) or (behind < _BARELY and stances.told_apart(best, other)):
            return True
    return False


def _other(pair: Pair, item: int) -> int:
    return pair[1] if item == pair[0] else pair[0]
