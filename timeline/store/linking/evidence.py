"""What speaks for two happenings of different sources being one event, and what against: pure and symmetric.

The points are binary logarithms of odds, roughly: a point doubles them. They were set by reading the joins that they
make among news articles, so that a wrong join is rarer by far than a missed one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import exp2

from timeline.reference import countries
from timeline.store.linking.contradiction import ON_A_MAP, differ, length, none_shared
from timeline.store.linking.linkable import LONGEST, Linkable, place_key
from timeline.store.linking.sorts import OFTEN, SELDOM, once, says_little, sort_of, type_of

# Points from which two happenings are one event, and from which a person is asked.
SURE, UNSURE = 7.0, 5.0
_KNOWN = 20.0  # by one source's own words

POINTS = {
    "same kind": 2.0,
    "same family": 0.0,
    "same family, another type": -1.0,
    "same day": 3.0,
    "within a week": 1.5,
    "within a month": 1.0,
    "within two months": 0.0,
    "within a year": -2.0,
    "both dates vague": -1.0,
    "a person": 3.0,
    "another person": 1.5,
    "a body": 2.0,
    "another body": 1.0,
    "another country": 2.5,
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
    "says little": -4.0,
    "others do it": -2.5,
    "other bodies": -1.5,
    "other people beside": -2.0,
    "other countries beside": -2.0,
}
_MOST_PEOPLE, _MOST_BODIES, _MOST_COUNTRIES, _MOST_WORDS = 3, 2, 2, 4.0


@dataclass(frozen=True, slots=True)
class Link:
    """That two happenings may be one: the points for it, and why in plain words."""

    points: float
    reasons: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Whether it joins them; a person is asked otherwise."""
        return self.points >= SURE

    @property
    def score(self) -> float:
        """The points as 0..1: 0.5 where a person is first asked, 0.8 where it joins."""
        return round(1 / (1 + exp2(UNSURE - self.points)), 3)


def compare(a: Linkable, b: Linkable) -> Link | None:
    """Why two happenings may be one event; None where nothing says so, or something says that they are not."""
    if a.key > b.key:
        a, b = b, a
    if a.source == b.source:
        return _of_one_source(a, b)
    if not _shares(a, b) or differ(a, b):
        return None
    found = [*_kinds(a, b), *_dates(a, b), *_people(a, b), *_lands(a, b), *_words(a, b)]
    points = sum((POINTS[name] * times for name, times, _ in found), start=0.0)
    if points < UNSURE:
        return None
    return Link(points, tuple(words for _, _, words in found if words))


def anchors(item: Linkable) -> list[str]:
    """Whom and where it concerns, as keys. A country is too little for what says little."""
    found = [f"p {key}" for key in sorted(item.people)] + [f"b {key}" for key in sorted(item.bodies)]
    if item.place is not None:
        found.append(f"l {place_key(item.place)}")
    return found if says_little(item) else found + [f"c {code}" for code in sorted(item.countries)]


def _shares(a: Linkable, b: Linkable) -> bool:
    """Whether both name somebody or somewhere, as `anchors` has it: without that, nothing else makes them one."""
    return bool(
        not a.people.isdisjoint(b.people)
        or not a.bodies.isdisjoint(b.bodies)
        or (a.place and b.place and place_key(a.place) == place_key(b.place))
        or not (a.countries.isdisjoint(b.countries) or says_little(a) or says_little(b))
    )


_Found = Iterator[tuple[str, float, str]]  # the name of the points, how often they count, the words for it


def _kinds(a: Linkable, b: Linkable) -> _Found:
    if a.kind == b.kind:
        yield "same kind", 1, f"same kind, {a.kind}"
    elif type_of(a.kind) == type_of(b.kind):
        yield "same family", 1, f"kinds that go together, {a.kind} and {b.kind}"
    else:
        yield "same family, another type", 1, f"kinds that go together, {a.kind} and {b.kind}"
    same = sorted(a.told & b.told)
    if same and "statement" not in (a.family, b.family):  # who speaks says something: the word tells nothing
        yield "the same word", 1, f"told by the same word, {_listed(same[:1], a, b)}"
    if says_little(a) or says_little(b):
        yield "says little", 1, ""
        yield "another word for little", not same, ""
    elif once(a, b):
        yield "happens once", 1, "a kind that happens once in years"
    elif a.kind == b.kind and a.kind in SELDOM:
        yield "seldom", 1, ""
    elif a.family in OFTEN or b.family in OFTEN:
        yield "often", 1, ""


_SPANS = ((1, "same day"), (7, "within a week"), (31, "within a month"), (LONGEST, "within two months"))


def _dates(a: Linkable, b: Linkable) -> _Found:
    lengths = sorted((length(item.days), item.when.edtf) for item in (a, b) if item.days)
    (shorter, exact), (longer, vague) = lengths
    name = next((name for days, name in _SPANS if longer <= days), "within a year")
    if a.days == b.days:
        words = f"same day {exact}" if longer == 1 else f"same date {exact}"
    elif longer == 1:
        words = f"one night, {exact} and {vague}"
    else:
        words = f"{vague} holds {exact}" if shorter == 1 else f"{exact} and {vague} overlap"
    yield name, 1, words
    if shorter > 1:
        yield "both dates vague", 1, ""


def _people(a: Linkable, b: Linkable) -> _Found:
    people, bodies = sorted(a.people & b.people), sorted(a.bodies & b.bodies)
    if people:
        yield "a person", 1, f"both name {_listed(people, a, b)}"
        yield "another person", min(len(people), _MOST_PEOPLE) - 1, ""
    if a.people - b.people and b.people - a.people:
        yield "other people beside", 1, ""
    if none_shared(a.doers, b.doers):
        yield "others do it", 1, ""
    if bodies:
        yield "a body", 1, f"both name {_listed(bodies, a, b)}"
        yield "another body", min(len(bodies), _MOST_BODIES) - 1, ""
    elif a.bodies and b.bodies:
        yield "other bodies", 1, ""


def _lands(a: Linkable, b: Linkable) -> _Found:
    shared = sorted(a.countries & b.countries)
    # A shared person or body brings its country along.
    told = min(len(shared) - len(a.people & b.people) - len(a.bodies & b.bodies), _MOST_COUNTRIES)
    if shared:
        words = f"both concern {' and '.join(countries.name_of(code) for code in shared)}"
        yield "another country", max(told - 1, 0), words
    if a.countries - b.countries and b.countries - a.countries:
        yield "other countries beside", 1, ""
    if a.place is not None and b.place is not None and place_key(a.place) == place_key(b.place):
        name = "a site or city" if a.place.exactness in ON_A_MAP else "a region"
        yield name, 1, f"same place {min(a.place.name, b.place.name)}"


def _words(a: Linkable, b: Linkable) -> _Found:
    shared = a.words & b.words
    if not shared:
        return
    names = a.names | b.names
    strong = {word for word in shared if word in names or word[0].isdigit()}
    weight = _weight(shared, names)
    kept = min(weight, _MOST_WORDS) / POINTS["a number or name"]
    listed = sorted(strong) + sorted(shared - strong, key=lambda word: (-len(word), word))
    yield "a number or name", kept, f"words shared: {_listed(listed[:6], a, b)}"
    fewer = min(_weight(a.words, names), _weight(b.words, names))
    if a.words == b.words or (weight >= _MOST_WORDS and weight >= 0.75 * fewer):
        yield "nearly the same words", 1, "nearly the same words"


def _weight(words: frozenset[str], names: frozenset[str]) -> float:
    strong = sum(word in names or word[0].isdigit() for word in words)
    return POINTS["a number or name"] * strong + POINTS["a long word"] * (len(words) - strong)


def _listed(keys: list[str], *items: Linkable) -> str:
    return ", ".join(min((item.called[key] for item in items if key in item.called), default=key) for key in keys)


def _of_one_source(a: Linkable, b: Linkable) -> Link | None:
    """What one source tells apart stays apart, unless two extractors read the same words of it to the same effect,
    or it tells twice of what happens once: a country has one coup a day."""
    if a.modality is not b.modality or sort_of(a) != sort_of(b):
        return None
    if a.reader != b.reader:
        same = _may_overlap(a, b) and any(one.overlaps(other) for one in a.triggers for other in b.triggers)
        return Link(_KNOWN, ("the same words, read by two extractors",)) if same else None
    if not once(a, b) or not a.countries & b.countries or differ(a, b):
        return None
    if a.days is None or a.days != b.days or a.days[0] != a.days[1]:
        return None
    return Link(_KNOWN, (f"one source tells twice of what happens once, {a.kind}",))


def _may_overlap(a: Linkable, b: Linkable) -> bool:
    first = max(a.when.earliest or date.min, b.when.earliest or date.min)
    return first <= min(a.when.latest or date.max, b.when.latest or date.max)
