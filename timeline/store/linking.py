"""Which happenings of different articles are one event: a pure rule, the same for any order of arrival.

Two happenings join when their kinds can mean one happening, their dates can be one and are close enough to mean it,
they share people or countries, and nothing speaks against it. An event is a connected set of joined happenings. The
rule is conservative: one event told twice is a smaller harm than two events told as one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b

from timeline.model import ActorKind, Event, Modality, When
from timeline.reference import kinds

# Kinds too general for two mentions to mean one happening.
_NEVER = frozenset({"statement", "development", "business", "discovery", "travel"})
# Kinds of this weight happen so seldom that a shared country and month are enough.
_RARE = 0.95
_LONGEST = 62  # days: a date vaguer than two months joins nothing
_PLANS_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Linkable:
    """What the rule looks at: one happening of one article, as `derive` sees it."""

    article: str
    kind: str
    family: str
    modality: Modality
    when: When
    people: frozenset[str]
    countries: frozenset[str]
    place: str

    @classmethod
    def of(cls, event: Event, article: str) -> Linkable:
        family = kinds.get(event.kind).family if event.kind in kinds.all_kinds() else event.kind
        return cls(
            article=article,
            kind=event.kind,
            family=family or event.kind,
            modality=event.modality,
            when=event.when,
            people=frozenset(p.actor.key for p in event.actors if p.actor.kind is ActorKind.PERSON),
            countries=frozenset(link.country for link in event.countries),
            place=(event.place.id or event.place.name) if event.place and event.place.exactness != "country" else "",
        )


def blocks(item: Linkable) -> frozenset[int]:
    """Hashed keys: two happenings that `reason` joins share at least one."""
    if item.kind in _NEVER:
        return frozenset()
    about = [f"p {person}" for person in item.people] + [f"c {country}" for country in item.countries]
    return frozenset(
        _hash(f"{item.family} {item.modality} {about_key} {month}") for about_key in about for month in _months(item)
    )


def _hash(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def _months(item: Linkable) -> Iterable[str]:
    """The months a happening may lie in, for a plan those of its publication; none for a vague date."""
    span = _span(item)
    if span is None:
        return ()
    first, last = span
    return sorted({f"{first:%Y-%m}", f"{last:%Y-%m}", f"{first + (last - first) / 2:%Y-%m}"})


def _span(item: Linkable) -> tuple[date, date] | None:
    earliest, latest = item.when.earliest, item.when.latest
    if earliest is not None and latest is None and item.modality is Modality.PLANNED:
        return earliest, min(earliest + _PLANS_WITHIN, date.max)
    if earliest is None or latest is None or (latest - earliest).days > _LONGEST:
        return None
    return earliest, latest


def reason(a: Linkable, b: Linkable) -> str:
    """Why two happenings are one event, "" when they are not known to be. Symmetric."""
    if a.article == b.article:
        return ""  # an article's own happenings were told apart by the extractor, which knows its words
    if a.kind in _NEVER or b.kind in _NEVER or a.family != b.family or a.modality is not b.modality:
        return ""
    first, second = _span(a), _span(b)
    if first is None or second is None or max(first[0], second[0]) > min(first[1], second[1]):
        return ""
    if a.people and b.people and not a.people & b.people:
        return ""
    if a.place and b.place and a.place != b.place:
        return ""
    people, countries = a.people & b.people, a.countries & b.countries
    exact = first == second and first[0] == first[1]
    if people and (exact or a.kind == b.kind):
        return f"same time, {len(people)} people shared"
    if a.kind != b.kind:
        return ""
    if len(countries) >= 2:
        return f"same kind and time, {len(countries)} countries shared"
    if countries and (exact or kinds.get(a.kind).weight >= _RARE):
        return f"same kind and {'day' if exact else 'time'}, a country shared"
    return ""


def components(
    seeds: Iterable[int],
    load: Callable[[Iterable[int]], Mapping[int, Linkable]],
    near: Callable[[Sequence[int]], Mapping[int, Sequence[int]]],
) -> list[frozenset[int]]:
    """The connected sets that the seeds lie in; `load` gives happenings, `near` those that share a block."""
    seeds = sorted(set(seeds))
    known = dict(load(seeds))
    joined: dict[int, int] = {seed: seed for seed in known}
    frontier = sorted(known)
    while frontier:
        around = near(frontier)
        known.update(load(sorted({other for others in around.values() for other in others} - known.keys())))
        reached: set[int] = set()
        for item in frontier:
            for other in around.get(item, ()):
                if other in known and reason(known[item], known[other]):
                    if other not in joined:
                        joined[other] = other
                        reached.add(other)
                    _unite(joined, item, other)
        frontier = sorted(reached)
    found: dict[int, set[int]] = {}
    for item in joined:
        found.setdefault(_root(joined, item), set()).add(item)
    return [frozenset(found[root]) for root in sorted(found)]


def _root(joined: dict[int, int], item: int) -> int:
    while joined[item] != item:
        joined[item] = joined[joined[item]]
        item = joined[item]
    return item


def _unite(joined: dict[int, int], first: int, second: int) -> None:
    low, high = sorted((_root(joined, first), _root(joined, second)))
    joined[high] = low
