"""From links to events: groups of happenings that nothing in them tells apart, the same for any order of arrival.

Links are taken from the surest to the least sure, and each unites two groups unless a member of the one contradicts a
member of the other. A happening that fits two which contradict each other about equally well ("a strike in May")
joins neither. All of that is decided inside one connected set of sure links: so the groups are a function of the
happenings alone, and a new one touches only the set that it falls into.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from timeline.store.linking.clusters import Clusters, Pair, Stances
from timeline.store.linking.comparing import Comparer, Link
from timeline.store.linking.linkable import Linkable

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
    ones and sure ones that something forbade, to happenings outside, to each other group of the neighbourhood the
    surest."""

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
    comparer = Comparer()
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
                link = comparer.compare(known[item], known[other])
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
    clusters = Clusters(items, together, apart)
    torn = _torn(sure, clusters.stances)
    made = [
        each for each in sure if torn.isdisjoint((each.first, each.second)) and clusters.unite(each.first, each.second)
    ]
    return _told(clusters, made, links, items)


def _told(
    clusters: Clusters, made: Sequence[Joined], links: Sequence[Joined], items: Mapping[int, Linkable]
) -> list[Group]:
    within: dict[int | None, list[Joined]] = {}
    outside: dict[int | None, list[Joined]] = {}
    for each in made:
        within.setdefault(clusters.root(each.first), []).append(each)
    asked: set[frozenset[int | None]] = set()
    for each in links:
        ends = frozenset((clusters.root(each.first), clusters.root(each.second)))
        if len(ends) == 1 or ends in asked:
            continue
        if None not in ends:
            asked.add(ends)
        for end in ends - {None}:
            outside.setdefault(end, []).append(each)
    found = [
        Group(frozenset(members), tuple(within.get(root, ())), tuple(outside.get(root, ())))
        for root, members in clusters.members().items()
    ]
    return sorted(found, key=lambda group: min(items[item].key for item in group.members))


def _torn(sure: Sequence[Joined], stances: Stances) -> set[int]:
    """Happenings whose best link leads to one, and another about as good to one that contradicts that."""
    of: dict[int, list[Joined]] = {}
    for each in sure:
        of.setdefault(each.first, []).append(each)
        of.setdefault(each.second, []).append(each)
    return {item for item, links in of.items() if _is_torn(item, links, stances)}


def _is_torn(item: int, links: Sequence[Joined], stances: Stances) -> bool:
    """`links` are those of the item, the surest first."""
    best = links[0].other(item)
    for each in links[1:]:
        behind = links[0].link.points - each.link.points
        if behind >= _CLEAR:
            return False
        other = each.other(item)
        if stances.differ(best, other) or (behind < _BARELY and stances.told_apart(best, other)):
            return True
    return False
