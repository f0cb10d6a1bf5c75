"""Whether two happenings may be one event, and how surely: pure and symmetric."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import exp2, inf
from typing import NamedTuple

from timeline.store.linking.contradiction import days_beside, differ, differ_but_for_dates, stance
from timeline.store.linking.evidence import (
    MOST_OF_WORDS,
    POINTS,
    but_for_words,
    evidence,
    exact_enough,
    naming,
    of_shared,
    own_anchors_differ,
    points,
    shares,
    weight,
)
from timeline.store.linking.linkable import Linkable, as_news
from timeline.store.linking.sorts import lasts, once, sort_of
from timeline.store.linking.undated import meant

# Points from which two happenings are one event, and from which a person is asked.
SURE, UNSURE = 7.0, 5.0
_KNOWN = 20.0  # by one source's own words
NEARLY = 6.5  # the most that a person must confirm


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
    points = Comparer().points(a, b)
    if points is None:
        return None
    return Link(a, b, points) if a.key < b.key else Link(b, a, points)


def compare_undated(a: Linkable, b: Linkable) -> float | None:
    """The points for a happening that is told without a date being the other, None where it cannot be; which count
    only where there is no third that it could be."""
    return points(evidence(a, b)) if meant(a, b) and shares(a, b) and not differ(a, b) else None


class Comparer:
    """Compares many: what does not hang on their words is weighed once for all that are alike but for these, and words
    are bits of a number. Gives the points that `evidence` has, without its reasons."""

    def __init__(self) -> None:
        self._shapes: dict[Hashable, int] = {}
        self._bits: dict[str, int] = {}
        self._met: dict[str, _Met] = {}
        self._weighed: dict[int, dict[int, _Weighed | None]] = defaultdict(dict)  # by the shapes of both

    def points(self, a: Linkable, b: Linkable) -> float | None:
        """Those of the link between the two, if there is one; a key means one happening among all that it is given."""
        return next(self.points_to(a, (b,)))

    def points_to(self, item: Linkable, others: Iterable[Linkable]) -> Iterator[float | None]:
        """The same of one with each of some others."""
        here = self._met.get(item.key) or self._meet(item)
        weighed_with = self._weighed[here.shape]
        for other in others:
            if other.source == item.source:
                yield _KNOWN if _told_twice(item, other) else None
                continue
            there = self._met.get(other.key) or self._meet(other)
            if there.shape not in weighed_with:
                weighed_with[there.shape] = self._weighed[there.shape][here.shape] = _weigh(item, other)
            weighed = weighed_with[there.shape]
            if weighed is None:
                yield None
                continue
            found = weighed.points + (weighed.same_word if here.told & there.told else weighed.other_word)
            if here.sentences & there.sentences:
                found += POINTS["the same sentence"]
            if shared := here.words & there.words:
                found += _shared(here, there, shared)
            found = min(found, weighed.most)
            yield found if found >= UNSURE else None

    def _meet(self, item: Linkable) -> _Met:
        looked_at = stance(item), item.beside, item.described, item.named
        shape = self._shapes.setdefault(looked_at, len(self._shapes))
        told, words, names, sentences = map(self._mask, (item.told, item.words, item.names, item.sentences))
        weighs = weight(len(item.words), len(item.names))
        met = self._met[item.key] = _Met(shape, told, words, names, sentences, weighs)
        return met

    def _mask(self, words: Iterable[str]) -> int:
        return sum(1 << self._bits.setdefault(word, len(self._bits)) for word in words)


class _Met(NamedTuple):
    """A happening: the number of its shape, its words as bits, and what all of these weigh."""

    shape: int
    told: int
    words: int
    names: int
    sentences: int
    weight: float


class _Weighed(NamedTuple):
    """The points that do not hang on words, those for the same word that names it and for another one, and the most
    that there can be."""

    points: float
    same_word: float
    other_word: float
    most: float


def _shared(here: _Met, there: _Met, shared: int) -> float:
    names = (shared & (here.names | there.names)).bit_count()
    return of_shared(weight(shared.bit_count(), names), here.weight, there.weight, here.words == there.words)


def _weigh(a: Linkable, b: Linkable) -> _Weighed | None:
    """None where no words would make the two one."""
    beside = days_beside(a, b)
    if beside:
        if not (lasts(a) and lasts(b)) or differ_but_for_dates(a, b):
            return None
        if own_anchors_differ(a, b) and not (once(a, b) and shares(a, b)):
            return None
    elif not shares(a, b) or not exact_enough(a, b) or differ(a, b):
        return None
    found = points(but_for_words(a, b))
    if found + MOST_OF_WORDS < UNSURE:
        return None
    most = NEARLY if beside and not as_news(a, b) else inf
    return _Weighed(found, points(naming(a, b, same=True)), points(naming(a, b, same=False)), most)


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
