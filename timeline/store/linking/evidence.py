"""What speaks for two happenings of different sources being one event, and what against: pure and symmetric.

The points are binary logarithms of odds, roughly: a point doubles them. They were set by reading the joins that they
make among news articles, so that a wrong join is rarer by far than a missed one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, combinations
from math import exp2

from timeline.reference import countries
from timeline.store.linking.contradiction import (
    ON_A_MAP,
    days_beside,
    differ,
    differ_but_for_dates,
    length,
    none_shared,
)
from timeline.store.linking.linkable import LONGEST, YEAR, Linkable, place_key
from timeline.store.linking.sorts import OFTEN, ONCE, SELDOM, SIDED, SPOKEN, lasts, once, says_little, sort_of, type_of

# Points from which two happenings are one event, and from which a person is asked.
SURE, UNSURE = 7.0, 5.0
_KNOWN = 20.0  # by one source's own words
_NEARLY = 6.5  # the most that a person must confirm

POINTS = {
    "same kind": 2.0,
    "same family": 0.0,
    "same family, another type": -1.0,
    "same day": 3.0,
    "the next day": 0.0,
    "within a week": 1.5,
    "within a month": 1.0,
    "within two months": 0.0,
    "within a year": -2.0,
    "both dates vague": -1.0,
    "a person": 3.0,
    "another person": 1.5,
    "done to one person": 1.5,
    "a body": 2.0,
    "another body": 1.0,
    "another country": 2.5,
    "a country beside": 0.0,
    "a site or city": 2.5,
    "a region": 1.0,
    "a number or name": 1.0,
    "a long word": 0.5,
    "nearly the same words": 3.0,
    "the same word": 1.0,
    "another word for little": -1.5,
    "happens once": 4.0,
    "seldom": 1.5,
    "often": -2.0,
    "spoken": -3.0,
    "says little": -4.0,
    "a statement": -6.5,
    "others do it": -2.5,
    "other bodies": -1.5,
    "other people beside": -2.0,
    "other countries beside": -2.0,
}
_FEW = 3  # days
_MOST_PEOPLE, _MOST_BODIES, _MOST_COUNTRIES, _MOST_WORDS = 3, 2, 2, 4.0


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
        return tuple(told() for _, _, told in _evidence(self.first, self.second) if told)


# The name of the points, how often they count, and the words for it where a person is to read them.
_Found = tuple[str, float, Callable[[], str] | None]


def compare(a: Linkable, b: Linkable) -> Link | None:
    """Whether two happenings may be one event: None where too little says so, or something says that they are not."""
    if a.key > b.key:
        a, b = b, a
    if a.source == b.source:
        return Link(a, b, _KNOWN) if _told_twice(a, b) else None
    beside = days_beside(a, b) and lasts(a) and lasts(b)
    if beside:
        if a.people.isdisjoint(b.people) and a.bodies.isdisjoint(b.bodies) and not _one_place(a, b):
            return None
        if differ_but_for_dates(a, b):
            return None
    elif not _shares(a, b) or not _exact_enough(a, b) or differ(a, b):
        return None
    points = sum((POINTS[name] * times for name, times, _ in _evidence(a, b)), start=0.0)
    if beside:
        points = min(points, _NEARLY)
    return Link(a, b, points) if points >= UNSURE else None


def _evidence(a: Linkable, b: Linkable) -> Iterator[_Found]:
    return chain(_kinds(a, b), _dates(a, b), _people(a, b), _lands(a, b), _words(a, b))


def anchors(item: Linkable) -> list[str]:
    """Whom and where it concerns, as keys, of which two that are linked share one.

    A country is too little for what says little, and where a date is vaguer than a few days: there it takes two.
    """
    found = own_anchors(item)
    if says_little(item):
        return found
    lands = sorted(item.countries or (item.beside if item.kind in ONCE else ()))
    found += [f"c {one} {other}" for one, other in combinations(lands, 2)]
    return found if _is_wide(item) else found + [f"c {code}" for code in lands]


def own_anchors(item: Linkable) -> list[str]:
    """The people, bodies and place."""
    found = [f"p {key}" for key in sorted(item.people)] + [f"b {key}" for key in sorted(item.bodies)]
    return found if item.place is None else [*found, f"l {place_key(item.place)}"]


def _is_wide(item: Linkable) -> bool:
    return item.days is not None and length(item.days) > _FEW and item.kind not in ONCE


def _shares(a: Linkable, b: Linkable) -> bool:
    """Whether they share an anchor: without that, nothing else makes them one."""
    if not a.people.isdisjoint(b.people) or not a.bodies.isdisjoint(b.bodies):
        return True
    if _one_place(a, b):
        return True
    if says_little(a) or says_little(b):
        return False
    if a.kind == b.kind and a.kind in ONCE and _told_beside(a, b):
        return True
    return len(a.countries & b.countries) >= (2 if _is_wide(a) or _is_wide(b) else 1)


def _told_beside(a: Linkable, b: Linkable) -> frozenset[str]:
    """ "Putin met Myanmar's ruler for the first time since the coup": whose is not said, but a coup of one of the two
    countries is known."""
    return (a.beside & b.countries) | (b.beside & a.countries)


def _one_place(a: Linkable, b: Linkable) -> bool:
    return a.place is not None and b.place is not None and place_key(a.place) == place_key(b.place)


def _exact_enough(a: Linkable, b: Linkable) -> bool:
    if a.days is None or b.days is None:
        return False
    return max(length(a.days), length(b.days)) <= (YEAR if once(a, b) else LONGEST)


def _kinds(a: Linkable, b: Linkable) -> Iterator[_Found]:
    if a.kind == b.kind:
        yield "same kind", 1, lambda: f"same kind, {a.kind}"
    elif type_of(a.kind) == type_of(b.kind):
        yield "same family", 1, lambda: f"kinds that go together, {a.kind} and {b.kind}"
    else:
        yield "same family, another type", 1, lambda: f"kinds that go together, {a.kind} and {b.kind}"
    same = sorted(a.told & b.told)
    if same:
        # Who speaks says something: that both "said" it tells little.
        times = 0.5 if "statement" in (a.family, b.family) else 1
        yield "the same word", times, lambda: f"told by the same word, {_listed(same[:1], a, b)}"
    if "statement" in (a.family, b.family):
        yield "a statement", 1, None
    elif says_little(a) or says_little(b):
        yield "says little", 1, None
        yield "another word for little", not same, None
    elif once(a, b):
        yield "happens once", 1, lambda: "it happens once"
    elif a.kind == b.kind and a.kind in SELDOM:
        yield "seldom", 1, None
    elif a.family in SPOKEN:
        yield "spoken", 1, None
    elif a.family in OFTEN or b.family in OFTEN:
        yield "often", 1, None


_SPANS = ((1, "same day"), (7, "within a week"), (31, "within a month"), (LONGEST, "within two months"))


def _dates(a: Linkable, b: Linkable) -> Iterator[_Found]:
    lengths = sorted((length(item.days), item.when.edtf) for item in (a, b) if item.days)
    (shorter, exact), (longer, vague) = lengths
    name = next((name for days, name in _SPANS if longer <= days), "within a year")
    if days_beside(a, b):
        name = "the next day"
    yield name, 1, lambda: _when(name, a.days == b.days, shorter, exact, vague)
    if shorter > 1:
        yield "both dates vague", 1, None


def _when(name: str, same: bool, shorter: int, exact: str, vague: str) -> str:
    if same:
        return f"same day {exact}" if name == "same day" else f"same date {exact}"
    if name == "the next day":
        return f"days next to each other, {exact} and {vague}"
    if name == "same day":
        return f"one night, {exact} and {vague}"
    return f"{vague} holds {exact}" if shorter == 1 else f"{exact} and {vague} overlap"


def _people(a: Linkable, b: Linkable) -> Iterator[_Found]:
    people, bodies = sorted(a.people & b.people), sorted(a.bodies & b.bodies)
    if people:
        yield "a person", 1, lambda: f"both name {_listed(people, a, b)}"
        yield "another person", min(len(people), _MOST_PEOPLE) - 1, None
    if not (a.people & a.targets & b.targets).isdisjoint(b.people) and a.family not in SPOKEN | SIDED:
        yield "done to one person", 1, None  # who is arrested, or shot at, is so once a day
    if a.people - b.people and b.people - a.people:
        yield "other people beside", 1, None
    if none_shared(a.doers, b.doers) and "death" not in (a.kind, b.kind):
        yield "others do it", 1, None
    if bodies:
        yield "a body", 1, lambda: f"both name {_listed(bodies, a, b)}"
        yield "another body", min(len(bodies), _MOST_BODIES) - 1, None
    elif a.bodies and b.bodies:
        yield "other bodies", 1, None


def _lands(a: Linkable, b: Linkable) -> Iterator[_Found]:
    shared = sorted(a.countries & b.countries)
    # A shared person or body brings its country along.
    told = min(len(shared) - len(a.people & b.people) - len(a.bodies & b.bodies), _MOST_COUNTRIES)
    if shared:
        yield "another country", max(told - 1, 0), lambda: f"both concern {_named(shared)}"
    if a.countries - b.countries and b.countries - a.countries:
        yield "other countries beside", 1, None
    if beside := _told_beside(a, b):
        yield "a country beside", 1, lambda: f"told beside {_named(sorted(beside))}"
    here, there = a.place, b.place
    if here is not None and there is not None and place_key(here) == place_key(there):
        name = "a site or city" if here.exactness in ON_A_MAP else "a region"
        yield name, 1, lambda: f"same place {min(here.name, there.name)}"


def _words(a: Linkable, b: Linkable) -> Iterator[_Found]:
    shared = a.words & b.words
    if not shared:
        return
    strong = shared & (a.names | b.names)
    weight = _weight(shared, strong)
    # Counted as so many names, each long word as half of one.
    times = min(weight, _MOST_WORDS) / POINTS["a number or name"]
    listed = sorted(strong) + sorted(shared - strong, key=lambda word: (-len(word), word))
    yield "a number or name", times, lambda: f"words shared: {_listed(listed[:6], a, b)}"
    fewer = min(_weight(a.words, a.names), _weight(b.words, b.names))
    if a.words == b.words or (weight >= _MOST_WORDS and weight >= 0.75 * fewer):
        yield "nearly the same words", 1, lambda: "nearly the same words"


def _weight(words: frozenset[str], names: frozenset[str]) -> float:
    return POINTS["a number or name"] * len(names) + POINTS["a long word"] * (len(words) - len(names))


def _named(codes: list[str]) -> str:
    return " and ".join(countries.name_of(code) for code in codes)


def _listed(keys: list[str], *items: Linkable) -> str:
    return ", ".join(min((item.called[key] for item in items if key in item.called), default=key) for key in keys)


def _told_twice(a: Linkable, b: Linkable) -> bool:
    """What one source tells apart stays apart, unless two extractors read the same words of it to the same effect,
    or it tells twice of what happens once: a country has one coup a day."""
    if a.modality is not b.modality or sort_of(a) != sort_of(b):
        return False
    if a.reader != b.reader:
        return _may_overlap(a, b) and any(one.overlaps(other) for one in a.triggers for other in b.triggers)
    one_day = a.days is not None and a.days == b.days and a.days[0] == a.days[1]
    return once(a, b) and one_day and _shares(a, b) and not differ(a, b)


def _may_overlap(a: Linkable, b: Linkable) -> bool:
    first = max(a.when.earliest or date.min, b.when.earliest or date.min)
    return first <= min(a.when.latest or date.max, b.when.latest or date.max)
