"""Whether two happenings may be one event, and how surely: pure and symmetric."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from math import exp2, inf
from typing import NamedTuple

from timeline.store.linking.contradiction import days_beside, differ, differ_but_for_dates, stance
from timeline.store.linking.evidence import (
    MOST_OF_WORDS,
    but_for_words,
    evidence,
    exact_enough,
    of_words,
    one_place,
    points,
    shares,
)
from timeline.store.linking.linkable import Linkable
from timeline.store.linking.sorts import lasts, once, sort_of

# Points from which two happenings are one event, and from which a person is asked.
SURE, UNSURE = 7.0, 5.0
_KNOWN = 20.0  # by one source's own words
_NEARLY = 6.5  # the most that a person must confirm


@dataclass(frozen=True, slots=True)
class Link:
    """That two happenings, `first` the one with the lower key, may be one, and the points for it."""

    first: Linkable
    second: Linkable
    points: float

    @property
    def sure(self) -> bool:
        """Whether it joins them; a person is asked otherwise."""
        return self.points >= SURE

    @property
    def score(self) -> float:
        """The points as 0..1: 0.5 where a person is first asked, 0.8 where it joins."""
        return round(1 / (1 + exp2(UNSURE - self.points)), 3)

    @property
    def reasons(self) -> tuple[str, ...]:
        """What speaks for it, in plain words."""
        if self.first.source == self.second.source:
            by_two = self.first.reader != self.second.reader
            return ("the same words, read by two extractors" if by_two else "one source tells twice what happens once",)
        return tuple(told() for _, _, told in evidence(self.first, self.second) if told)


def compare(a: Linkable, b: Linkable) -> Link | None:
    """Whether two happenings may be one event: None where too little says so, or something says that they are not."""
    return Comparer().compare(a, b)


class Comparer:
    """Compares many: what does not hang on their words is weighed once for all that are alike but for these."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}
        self._alike: dict[str, int] = {}
        self._weighed: dict[tuple[int, int], _Weighed | None] = {}

    def compare(self, a: Linkable, b: Linkable) -> Link | None:
        """As `compare` does; among those that it is given a key means one happening."""
        if a.key > b.key:
            a, b = b, a
        if a.source == b.source:
            return Link(a, b, _KNOWN) if _told_twice(a, b) else None
        pair = self._number(a), self._number(b)
        if pair not in self._weighed:
            self._weighed[pair] = _weigh(a, b)
        weighed = self._weighed[pair]
        if weighed is None:
            return None
        found = min(weighed.points + points(of_words(a, b)), weighed.most)
        return Link(a, b, found) if found >= UNSURE else None

    def _number(self, item: Linkable) -> int:
        number = self._alike.get(item.key)
        if number is None:
            number = self._numbers.setdefault((stance(item), item.beside), len(self._numbers))
            self._alike[item.key] = number
        return number


class _Weighed(NamedTuple):
    """The points that do not hang on words, and the most that there can be."""

    points: float
    most: float


def _weigh(a: Linkable, b: Linkable) -> _Weighed | None:
    """None where no words would make the two one."""
    beside = days_beside(a, b) and lasts(a) and lasts(b)
    if beside:
        if a.people.isdisjoint(b.people) and a.bodies.isdisjoint(b.bodies) and not one_place(a, b):
            return None
        if differ_but_for_dates(a, b):
            return None
    elif not shares(a, b) or not exact_enough(a, b) or differ(a, b):
        return None
    found = points(but_for_words(a, b))
    return _Weighed(found, _NEARLY if beside else inf) if found + MOST_OF_WORDS >= UNSURE else None


def _told_twice(a: Linkable, b: Linkable) -> bool:
    """What one source tells apart stays apart, unless two extractors read the same words of it to the same effect,
    or it tells twice of what happens once: a country has one coup a day."""
    if a.modality is not b.modality or sort_of(a) != sort_of(b):
        return False
    if a.reader != b.reader:
        return _may_overlap(a, b) and any(one.overlaps(other) for one in a.triggers for other in b.triggers)
    one_day = a.days is not None and a.days == b.days and a.days[0] == a.days[1]
    return once(a, b) and one_day and shares(a, b) and not differ(a, b)


def _may_overlap(a: Linkable, b: Linkable) -> bool:
    first = max(a.when.earliest or date.min, b.when.earliest or date.min)
    return first <= min(a.when.latest or date.max, b.when.latest or date.max)
