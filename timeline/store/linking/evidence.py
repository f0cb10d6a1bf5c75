"""What speaks for two happenings of different sources being one event, and what against: pure and symmetric.

The points are binary logarithms of odds, roughly: a point doubles them. They were set by reading the joins that they
make among news articles, so that a wrong join is rarer by far than a missed one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, combinations

from timeline.model import ActorKind
from timeline.reference import countries
from timeline.reference.forces import are_of_a_state
from timeline.store.linking.contradiction import ON_A_MAP, days_beside, length, none_shared
from timeline.store.linking.linkable import LONGEST, YEAR, Linkable, as_news, place_key
from timeline.store.linking.sorts import OFTEN, ONCE, SELDOM, SIDED, SPOKEN, fates, once, says_little, type_of
from timeline.store.linking.undated import undated

POINTS = {
    "same kind": 2.0,
    "same family": 0.0,
    "same family, another type": -1.0,
    "same day": 3.0,
    "the next day": 0.0,
    "as the next day's news": 1.5,
    "within a week": 1.5,
    "within a month": 1.0,
    "within two months": 0.0,
    "within a year": -2.0,
    "both dates vague": -1.0,
    "no date": -1.0,
    "a person": 3.0,
    "another person": 1.5,
    "done to one person": 1.5,
    "a body": 2.0,
    "another body": 1.0,
    "a body as described": 1.0,
    "a thing": 1.5,
    "another country": 2.5,
    "a country beside": 0.0,
    "a site or city": 2.5,
    "a region": 1.0,
    "a number or name": 1.0,
    "a long word": 0.5,
    "nearly the same words": 3.0,
    "the same sentence": 3.0,
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
_LISTED = 6  # words
_MOST_PEOPLE, _MOST_BODIES, _MOST_COUNTRIES, _MOST_WORDS = 3, 2, 2, 4.0
MOST_OF_WORDS = _MOST_WORDS + sum(POINTS[n] for n in ("the same word", "nearly the same words", "the same sentence"))


# The name of the points, how often they count, and the words for it where a person is to read them.
Found = tuple[str, float, Callable[[], str] | None]


def points(found: Iterable[Found]) -> float:
    return sum((POINTS[name] * times for name, times, _ in found), start=0.0)


def evidence(a: Linkable, b: Linkable) -> Iterator[Found]:
    """All of it, in the order in which it is told."""
    kinds = chain(_kinds(a, b), naming(a, b, same=not a.told.isdisjoint(b.told)), _often(a, b))
    return chain(kinds, _dates(a, b), _people(a, b), _lands(a, b), _words(a, b))


def but_for_words(a: Linkable, b: Linkable) -> Iterator[Found]:
    """What does not hang on words: all that it looks at is in `stance`, or `beside`, `described` and `named`."""
    return chain(_kinds(a, b), _often(a, b), _dates(a, b), _people(a, b), _lands(a, b))


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


def own_anchors_differ(a: Linkable, b: Linkable) -> bool:
    return a.people.isdisjoint(b.people) and a.bodies.isdisjoint(b.bodies) and not one_place(a, b)


def shares(a: Linkable, b: Linkable) -> bool:
    """Whether they share an anchor: without that, nothing else makes them one."""
    if not own_anchors_differ(a, b) or not fates(a).isdisjoint(fates(b)):
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


def one_place(a: Linkable, b: Linkable) -> bool:
    return a.place is not None and b.place is not None and place_key(a.place) == place_key(b.place)


def exact_enough(a: Linkable, b: Linkable) -> bool:
    if a.days is None or b.days is None:
        return False
    return max(length(a.days), length(b.days)) <= (YEAR if once(a, b) else LONGEST)


def _kinds(a: Linkable, b: Linkable) -> Iterator[Found]:
    if shared := a.kinds & b.kinds:
        kind = a.kind if a.kind == b.kind else min(shared)
        yield "same kind", 1, lambda: f"same kind, {kind}"
    elif type_of(a.kind) == type_of(b.kind):
        yield "same family", 1, lambda: f"kinds that go together, {a.kind} and {b.kind}"
    else:
        yield "same family, another type", 1, lambda: f"kinds that go together, {a.kind} and {b.kind}"


def naming(a: Linkable, b: Linkable, *, same: bool) -> Iterator[Found]:
    """What the words that name the happening say, where these are the same and where not."""
    spoken = "statement" in (a.family, b.family)
    if same:
        # Who speaks says something: that both "said" it tells little.
        yield "the same word", 0.5 if spoken else 1, lambda: f"told by the same word, {_listed(_first(a, b), a, b)}"
    elif not spoken and (says_little(a) or says_little(b)):
        yield "another word for little", 1, None


def _first(a: Linkable, b: Linkable) -> list[str]:
    return [min(a.told & b.told)]


def _often(a: Linkable, b: Linkable) -> Iterator[Found]:
    """How much two mentions of such a thing say."""
    if "statement" in (a.family, b.family):
        yield "a statement", 1, None
    elif says_little(a) or says_little(b):
        yield "says little", 1, None
    elif once(a, b):
        yield "happens once", 1, lambda: "it happens once"
    elif not SELDOM.isdisjoint(a.kinds & b.kinds):
        yield "seldom", 1, None
    elif a.family in SPOKEN:
        yield "spoken", 1, None
    elif a.family in OFTEN or b.family in OFTEN:
        yield "often", 1, None


_SPANS = ((1, "same day"), (7, "within a week"), (31, "within a month"), (LONGEST, "within two months"))


def _dates(a: Linkable, b: Linkable) -> Iterator[Found]:
    if undated(a) or undated(b):
        yield "no date", 1, lambda: "told without a date, and no other is known that it could be"
        return
    lengths = sorted((length(item.days), item.when.edtf) for item in (a, b) if item.days)
    (shorter, exact), (longer, vague) = lengths
    name = next((name for days, name in _SPANS if longer <= days), "within a year")
    if name == "within a year" and not fates(a).isdisjoint(fates(b)):
        name = "within two months"  # there is no other year in which it could have been another one
    if days_beside(a, b):
        name = "as the next day's news" if as_news(a, b) else "the next day"
    yield name, 1, lambda: _when(name, a.days == b.days, shorter, exact, vague)
    if shorter > 1:
        yield "both dates vague", 1, None


def _when(name: str, same: bool, shorter: int, exact: str, vague: str) -> str:
    if same:
        return f"same day {exact}" if name == "same day" else f"same date {exact}"
    if name == "as the next day's news":
        return f"{vague}, told as news on {exact}" if vague < exact else f"{exact}, told as news on {vague}"
    if name == "the next day":
        return f"days next to each other, {exact} and {vague}"
    if name == "same day":
        return f"one night, {exact} and {vague}"
    return f"{vague} holds {exact}" if shorter == 1 else f"{exact} and {vague} overlap"


def _people(a: Linkable, b: Linkable) -> Iterator[Found]:
    people, bodies = sorted(a.people & b.people), sorted(a.bodies & b.bodies)
    if people:
        yield "a person", 1, lambda: f"both name {_listed(people, a, b)}"
        yield "another person", min(len(people), _MOST_PEOPLE) - 1, None
    if _done_to_one(a, b) and a.family not in SPOKEN | SIDED:
        yield "done to one person", 1, None  # who is arrested, or shot at, is so once a day
    if a.people - b.people and b.people - a.people:
        yield "other people beside", 1, None
    others = none_shared(a.doers, b.doers) and "death" not in a.kinds | b.kinds
    described = [*_as_described(a, b), *_as_described(b, a)]
    one_does_it = any({one, other} <= a.doers | b.doers for one, other in described)
    if others and not (one_does_it or act_for(a, b) or act_for(b, a)):
        yield "others do it", 1, None
    if bodies:
        yield "a body", 1, lambda: f"both name {_listed(bodies, a, b)}"
        yield "another body", min(len(bodies), _MOST_BODIES) - 1, None
    elif described:
        what, name = described[0]
        yield "a body as described", 1, lambda: f"{_listed([name], a, b)} may be called {_listed([what], a, b)}"
    elif a.bodies and b.bodies:
        yield "other bodies", 1, None
    if things := sorted(a.things & b.things):
        yield "a thing", 1, lambda: f"both name {_listed(things, a, b)}"


def _done_to_one(a: Linkable, b: Linkable) -> bool:
    return not (a.people & a.targets & b.targets).isdisjoint(b.people)


def _as_described(a: Linkable, b: Linkable) -> list[tuple[str, str]]:
    """The bodies that one happening describes and those that the other names, which are what that says: "an alliance of
    ethnic armed groups" is the Three Brotherhood Alliance where no other alliance is named."""
    may_be = ((key, [name for other, name in b.named if other == noun]) for noun, key in a.described)
    return sorted((key, names[0]) for key, names in may_be if len(names) == 1)


def act_for(forces: Linkable, state: Linkable) -> bool:
    """ "Soldiers arrested the president", "Myanmar arrests the president": a country does it that may be theirs, the
    same to the same person on the same day, and nothing tells of another country in which they did it."""
    if len(state.doers) != 1 or not forces.doers or not all(map(_acts_for_some_state, forces.doers)):
        return False
    (country,) = state.doers
    at_home = country in forces.countries and (forces.place is None or forces.place.country in ("", country))
    same = forces.kind == state.kind and forces.days == state.days and _done_to_one(forces, state)
    return (
        country in countries.all_countries()
        and at_home
        and same
        and forces.days is not None
        and length(forces.days) == 1
    )


def _acts_for_some_state(key: str) -> bool:
    """Of an actor's key, whether the actor is soldiers, police or the like, of nobody in particular."""
    kind, _, name = key.partition(":")
    return kind == ActorKind.GROUP and are_of_a_state(name.replace("-", " "))


def _lands(a: Linkable, b: Linkable) -> Iterator[Found]:
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


def _words(a: Linkable, b: Linkable) -> Iterator[Found]:
    if not a.sentences.isdisjoint(b.sentences):
        yield "the same sentence", 1, lambda: "told by the same sentence"
    shared = a.words & b.words
    if not shared:
        return
    strong = shared & (a.names | b.names)
    weighs = weight(len(shared), len(strong))
    # Counted as so many names, each long word as half of one.
    times = min(weighs, _MOST_WORDS) / POINTS["a number or name"]
    yield "a number or name", times, lambda: f"words shared: {_listed(_told_first(shared, strong), a, b)}"
    if _nearly(weighs, weight(len(a.words), len(a.names)), weight(len(b.words), len(b.names)), a.words == b.words):
        yield "nearly the same words", 1, lambda: "nearly the same words"


def of_shared(weighs: float, one: float, other: float, same: bool) -> float:
    """The points for shared words that weigh so much, of words that weigh so much on either side, or are the same."""
    nearly = POINTS["nearly the same words"] if _nearly(weighs, one, other, same) else 0.0
    return min(weighs, _MOST_WORDS) + nearly


def _nearly(weighs: float, one: float, other: float, same: bool) -> bool:
    return same or (weighs >= _MOST_WORDS and weighs >= 0.75 * min(one, other))


def _told_first(shared: frozenset[str], strong: frozenset[str]) -> list[str]:
    return [*sorted(strong), *sorted(shared - strong, key=lambda word: (-len(word), word))][:_LISTED]


def weight(words: int, names: int) -> float:
    """What so many words weigh, so many names among them."""
    return POINTS["a number or name"] * names + POINTS["a long word"] * (words - names)


def _named(codes: list[str]) -> str:
    return " and ".join(countries.name_of(code) for code in codes)


def _listed(keys: list[str], *items: Linkable) -> str:
    return ", ".join(min((item.called[key] for item in items if key in item.called), default=key) for key in keys)
