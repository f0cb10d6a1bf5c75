"""People of politics since 1990: names, spellings, country, and offices with their terms.

Tables: `data/people.csv`, `data/offices.csv`, built by tools/reference/build.py from our own lists, Wikidata (CC0) and
the PETRARCH2 dictionaries (MIT). An office from PETRARCH2 has the role "government" and was not checked further.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from timeline.model.actor import fold
from timeline.model.edtf import bounds
from timeline.model.errors import AmbiguousError, NotFoundError
from timeline.reference.tables import plain_rows, split, suggestion


@dataclass(frozen=True, slots=True)
class Person:
    """A person; `id` is a Wikidata item or "tl:<name>". `names` are further spellings.

    `short` is what papers say after the first mention ("Xi", "Merkel"), by custom of the country; "" where unknown.
    """

    id: str
    name: str
    country: str
    names: tuple[str, ...] = ()
    short: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """A person's office; `start` and `end` are ISO dates, months or years, "" for unknown or still held.

    `check` is "checked" where a second source gives the same years, else "unchecked".
    """

    person: str
    country: str
    role: str
    organisation: str
    start: str
    end: str
    source: str
    check: str = "unchecked"

    @property
    def span(self) -> tuple[date, date]:
        """The first and last day of the term, the calendar's own where unknown or still running."""
        first = bounds(self.start)[0] if self.start else None
        last = bounds(self.end)[1] if self.end else None
        return first or date.min, last or date.max

    def held_on(self, day: date) -> bool:
        first, last = self.span
        return first <= day <= last

    def held_through(self, first: date | None, last: date | None) -> bool:
        """Whether the term covers all days from `first` to `last`; None is open."""
        start, end = self.span
        return start <= (first or date.min) and (last or date.max) <= end


@cache
def all_people() -> dict[str, Person]:
    """Everyone by id."""
    return {row[0]: _person(row) for row in plain_rows("people.csv")}


def _person(row: list[str]) -> Person:
    return Person(row[0], row[1], row[2], split(row[3]), row[4])


@cache
def _aliases() -> dict[str, tuple[Person, ...]]:
    found: dict[str, tuple[Person, ...]] = {}
    for person in all_people().values():
        for name in dict.fromkeys(fold(n) for n in (person.name, *person.names)):
            if name and person not in found.get(name, ()):
                found[name] = (*found.get(name, ()), person)
    return found


@cache
def _offices() -> dict[str, tuple[Office, ...]]:
    found: dict[str, list[Office]] = {}
    for row in plain_rows("offices.csv"):
        office = Office(*row)
        found.setdefault(office.person, []).append(office)
    return {person: tuple(each) for person, each in found.items()}


@cache
def _by_post() -> dict[tuple[str, str], tuple[Office, ...]]:
    found: dict[tuple[str, str], list[Office]] = {}
    for each in _offices().values():
        for office in each:
            found.setdefault((office.organisation or office.country, office.role), []).append(office)
    return {post: tuple(each) for post, each in found.items()}


def get(person_id: str) -> Person:
    """The person of an id. Raises KeyError."""
    return all_people()[person_id]


def lookup(words: str) -> tuple[Person, ...]:
    """Everyone whose name or spelling these words are."""
    return _aliases().get(fold(words), ())


def offices(person_id: str) -> tuple[Office, ...]:
    """A person's offices in the order of the table."""
    return _offices().get(person_id, ())


def holders(country: str, role: str, on: date | None) -> tuple[Person, ...]:
    """Who held an office on a day; () when no day is given or nobody is known. Curated terms go before others."""
    return () if on is None else tuple(dict.fromkeys(get(term.person) for term in terms(country, role, on, on)))


def terms(country: str, role: str, first: date | None, last: date | None) -> tuple[Office, ...]:
    """The terms of an office that touch the days from `first` to `last` (None: open), curated ones before others.

    `country` is ISO3, or the name of an international organisation for its heads (role "organisation_head").
    """
    since, until = first or date.min, last or date.max
    held = [o for o in _by_post().get((country, role), ()) if o.span[0] <= until and since <= o.span[1]]
    return tuple(office for office in held if office.source == "curated") or tuple(held)


def _mentioning(wanted: str) -> tuple[Person, ...]:
    """Everyone whose row has the longest word of a folded name: for one question, without folding the whole table."""
    word = max(wanted.split(), key=len, default="")
    cells = ((row, f"{row[1]}|{row[3]}") for row in plain_rows("people.csv"))
    return tuple(
        _person(row) for row, names in cells if word and word in (names.lower() if names.isascii() else fold(names))
    )


def find(name: str) -> Person:
    """The person a user means: an exact name or spelling, else the only one with that word in the name.

    Family names stand first or last, so any word of a name counts; curated people go before the others.
    Raises AmbiguousError with the candidates; NotFoundError with suggestions.
    """
    wanted = fold(name)
    near = _mentioning(wanted)
    exact = tuple(p for p in near if wanted in map(fold, (p.name, *p.names)))
    found = exact or tuple(p for p in near if wanted in fold(p.name).split())
    if len(found) > 1:
        known = tuple(p for p in found if any(o.source == "curated" for o in offices(p.id)))
        found = known or found
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(p.name for p in found[:6])
        raise AmbiguousError(f"{name!r} could be several people", hint=f"Say which: {listed}")
    hint = suggestion(name, (p.name for p in all_people().values()))
    raise NotFoundError(f"no person is called {name!r}", hint=hint or "'timeline people' lists those in the store")
