"""Rows of an event data set that never was, as real stores are spread: the same for the same seed.

    python -m benchmarks.synthetic [SIZE]     prints how many rows a second it makes

Days of 1995 to 2025, more each year, in the order of reporting; one in five events is not exact to the day. Countries
and actors by Zipf's law (20,000 of the four kinds), kinds of events as often as in the store of the sample articles,
salience spread as there; 60 of 100 events are at a city with its coordinates. All is put together from pools that are
made once, so that making rows takes little beside what is measured.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import TypeVar

from timeline.model import (
    Actor,
    ActorKind,
    DataSet,
    Modality,
    Participation,
    Place,
    PlaceExactness,
    Report,
    Role,
    Row,
    Span,
    When,
)
from timeline.reference import countries, kinds
from timeline.reference.tables import plain_rows

DATASET = DataSet("synthetic", "https://example.org/synthetic")
EXTRACTOR = "synthetic 1"
FIRST, LAST = date(1995, 1, 1), date(2025, 12, 31)
ACTORS = 20_000
_GROWTH = 1.07  # times as many events each year
_POOL = 1 << 15
_NOWHERE = Span(0, 0)
# Events of the kinds that the sample articles tell of most; each other kind once.
KINDS = {
    "statement": 24, "development": 13, "meeting": 13, "visit": 10, "coup": 9, "appeal": 7, "support": 7,
    "election": 6, "talks": 5, "attack": 4, "condemnation": 4, "sanctions": 4, "arrest": 3, "rejection": 3,
    "sentence": 3, "protest": 2,
}  # fmt: skip
_SALIENCE = (3, 16, 20, 14, 21, 18, 15, 19, 23, 12)  # events of the sample store by tenths
_ACTORS_OF_EVENT = (8, 25, 40, 20, 7)  # none to four: 1.93 on average
_KINDS_OF_ACTOR = {ActorKind.PERSON: 50, ActorKind.ORGANISATION: 30, ActorKind.GROUP: 19, ActorKind.COUNTRY: 1}
_SYLLABLES = (
    "ba",
    "ko",
    "mi",
    "ta",
    "re",
    "lu",
    "sa",
    "no",
    "ve",
    "di",
    "ga",
    "pe",
    "chi",
    "ro",
    "wa",
    "zu",
    "an",
    "el",
)
_Item = TypeVar("_Item")


def rows(size: int, seed: int = 1) -> Iterator[Row]:
    """`size` rows in the order of reporting."""
    rng = random.Random(seed)
    pools = _Pools(rng)
    number = 0
    for day, many in _days(size):
        for _ in range(many):
            number += 1
            yield _row(number, day, rng, pools)


def everyone(seed: int = 1) -> list[Row]:
    """Rows that name every actor, to be saved before others."""
    found, like = actors(seed), next(rows(1, seed))
    return [
        replace(
            like,
            native=f"actor {n}",
            report=replace(like.report, actors=tuple(Participation(a, Role.SOURCE) for a in found[n : n + 4])),
        )
        for n in range(0, len(found), 4)
    ]


def actors(seed: int = 1) -> list[Actor]:
    """The actors of a seed, the most frequent first."""
    return _Pools(random.Random(seed)).cast


def lands(seed: int = 1) -> list[str]:
    """The countries (ISO3) of a seed, the most frequent first."""
    return _Pools(random.Random(seed)).codes


def vocabulary(seed: int = 1) -> list[str]:
    """The words of a seed, the most frequent first."""
    return _Pools(random.Random(seed)).vocabulary


def _row(number: int, reported: date, rng: random.Random, pools: _Pools) -> Row:
    pick, chance = pools.pick, rng.random
    taking_part: tuple[Participation, ...] = tuple(pick(pools.participations) for _ in range(pick(pools.how_many)))
    place = _place(chance(), taking_part, pools)
    kind, event_type = pick(pools.kinds)
    title = f"{pick(pools.titles)} {pick(pools.titles)}"
    report = Report(
        0,
        _NOWHERE,
        _NOWHERE,
        f"{title} {pick(pools.sentences)}",
        "",
        title,
        _when(reported, chance(), chance()),
        event_type,
        kind,
        pick(pools.modalities),
        pick(pools.saliences),
        taking_part,
        place,
        (),
        "row",
    )
    return Row(str(number), report, f"https://example.org/{number}", reported)


def _place(chance: float, taking_part: Sequence[Participation], pools: _Pools) -> Place | None:
    """Mostly where the first actor is at home."""
    if chance > 0.75:
        return None
    home = taking_part[0].actor.country if taking_part and chance < 0.55 else pools.pick(pools.lands)
    if chance < 0.6 and home in pools.cities:
        return pools.pick(pools.cities[home])
    return pools.countries[home]


def _when(reported: date, chance: float, how: float) -> When:
    day = reported - timedelta(days=int(how * how * 4))
    if chance < 0.80:
        return _read(day.isoformat())
    if chance < 0.89:
        return _read(f"{day:%Y-%m}")
    if chance < 0.93:
        return _read(f"{day:%Y}")
    if chance < 0.96:
        return _read(f"{day}/..")
    if chance < 0.99:
        return _read(f"../{day}")
    return _read(f"{day - timedelta(days=9)}/{day}")


@cache
def _read(edtf: str) -> When:
    return When.of(edtf, reason="as the data set has it")


def _days(size: int) -> Iterator[tuple[date, int]]:
    """Each day with its number of rows."""
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    weights = list(accumulate(_GROWTH ** (day.year - FIRST.year) for day in days))
    done = 0
    for day, weight in zip(days, weights, strict=True):
        upto = round(size * weight / weights[-1])
        yield day, upto - done
        done = upto


class _Pools:
    """What rows are made of; each pool holds the frequent things more often."""

    def __init__(self, rng: random.Random) -> None:
        self._random = rng.random
        self._rng = rng
        codes = self.codes = sorted(countries.all_countries())
        rng.shuffle(codes)
        self.lands = self._drawn(codes, _zipf(len(codes)))
        self.cast = self._cast()
        roles = (Role.SOURCE, Role.TARGET, Role.PARTICIPANT)
        self.participations = [
            Participation(actor, rng.choice(roles)) for actor in self._drawn(self.cast, _zipf(len(self.cast)))
        ]
        self.how_many = self._drawn(range(len(_ACTORS_OF_EVENT)), _ACTORS_OF_EVENT)
        known = [(kind.name, kind.type) for kind in kinds.all_kinds().values()]
        self.kinds = self._drawn(known, [KINDS.get(name, 1) for name, _ in known])
        self.modalities = self._drawn(list(Modality), (86, 9, 4, 1))
        tenths = self._drawn(range(10), _SALIENCE)
        self.saliences = [round((tenth + rng.random()) / 10, 3) for tenth in tenths]
        self.vocabulary = self._vocabulary(20_000)
        words = self._drawn(self.vocabulary, _zipf(len(self.vocabulary)))
        self.titles = [" ".join(rng.choice(words) for _ in range(rng.randint(2, 4))).capitalize() for _ in range(_POOL)]
        self.sentences = [" ".join(rng.choice(words) for _ in range(rng.randint(4, 14))) for _ in range(_POOL)]
        self.countries = {
            code: Place(countries.name_of(code), code, exactness=PlaceExactness.COUNTRY, id=code) for code in codes
        }
        self.cities = self._cities()

    def pick(self, pool: Sequence[_Item]) -> _Item:
        return pool[int(self._random() * len(pool))]

    def _drawn(self, items: Sequence[_Item], weights: Sequence[float]) -> list[_Item]:
        return self._rng.choices(items, weights, k=_POOL * 4)

    def _cast(self) -> list[Actor]:
        kinds_, weights = list(_KINDS_OF_ACTOR), list(_KINDS_OF_ACTOR.values())
        found: dict[str, Actor] = {}
        while len(found) < ACTORS:
            kind, code = self._rng.choices(kinds_, weights)[0], self.pick(self.lands)
            if kind is ActorKind.COUNTRY:
                actor = Actor(countries.name_of(code), kind, code, code)
            else:
                number = len(found)
                name = f"{self._word().title()} {self._word().title()}"
                actor = Actor(name, kind, code, f"S{number}" if number % 2 else "")
            found.setdefault(actor.key, actor)
        return list(found.values())

    def _word(self) -> str:
        return "".join(self.pick(_SYLLABLES) for _ in range(self._rng.randint(1, 4)))

    def _vocabulary(self, many: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < many:
            found[self._word()] = None
        return list(found)

    def _cities(self) -> dict[str, list[Place]]:
        """The cities of each country, the populous ones more often."""
        found: dict[str, list[tuple[Place, int]]] = {}
        for identity, name, country, latitude, longitude, exactness, population, *_ in plain_rows("places.csv"):
            if country and exactness == "city":
                place = Place(name, country, float(latitude), float(longitude), PlaceExactness.CITY, identity)
                found.setdefault(country, []).append((place, int(population) + 1))
        return {
            country: self._rng.choices([p for p, _ in some], [many for _, many in some], k=min(len(some) * 20, _POOL))
            for country, some in found.items()
        }


def _zipf(many: int) -> list[float]:
    return [1 / (rank + 1) for rank in range(many)]


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    made = rows(size)
    next(made)
    begun = time.perf_counter()
    many = sum(1 for _ in made)
    print(f"{many / (time.perf_counter() - begun):,.0f} rows a second")


if __name__ == "__main__":
    main()
