"""The rule of linking and what people judge, together: until the rule takes judgements by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from timeline.store import linking
from timeline.store.linking import Linkable

Pair = tuple[int, int]


def linked(
    seeds: Iterable[int],
    load: Callable[[Iterable[int]], Mapping[int, Linkable]],
    near: Callable[[Sequence[int]], Mapping[int, Sequence[int]]],
    together: Collection[Pair],
    apart: Collection[Pair],
    key: Callable[[int], str],
) -> list[frozenset[int]]:
    """The units that are one event each, of all that the seeds reach by the rule or by judgement.

    `together` are one whatever the rule says, `apart` are never one unless they are `together`; links of the rule are
    taken in the order of the units' keys.
    """
    found = set(seeds)
    while True:
        sets = linking.components(found, load, near)
        inside = {unit for each in sets for unit in each}
        more = {unit for pair in together if not inside.isdisjoint(pair) for unit in pair} - inside
        if not more:
            break
        found = inside | more
    groups = _Groups(inside, apart)
    for one, other in together:
        if one in inside:
            groups.unite(one, other)
    if not groups.forbid(apart):
        for first, *others in map(sorted, sets):
            for other in others:
                groups.unite(first, other)
        return groups.all()
    items, order = load(inside), sorted(inside, key=key)
    around = near(order)
    for one in order:
        for other in sorted(set(around.get(one, ())) & inside, key=key):
            if linking.reason(items[one], items[other]) and not groups.forbidden(one, other):
                groups.unite(one, other)
    return groups.all()


class _Groups:
    def __init__(self, units: Iterable[int], apart: Collection[Pair]) -> None:
        self._of = {unit: {unit} for unit in units}
        self._apart = {frozenset(pair) for pair in apart}

    def unite(self, one: int, other: int) -> None:
        if self._of[one] is not self._of[other]:
            self._of[one] |= self._of[other]
            for each in self._of[other]:
                self._of[each] = self._of[one]

    def forbid(self, apart: Collection[Pair]) -> bool:
        """Whether any of these are here."""
        return any(one in self._of and other in self._of for one, other in apart)

    def forbidden(self, one: int, other: int) -> bool:
        mine, others = self._of[one], self._of[other]
        return mine is not others and any(frozenset((a, b)) in self._apart for a in mine for b in others)

    def all(self) -> list[frozenset[int]]:
        return sorted({frozenset(each) for each in self._of.values()}, key=min)
