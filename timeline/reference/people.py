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
from timeline.reference.tables import Index, Table, split, suggestion


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


def _person(row: list[str]) -> Person:
    return Person(row[0], row[1], row[2], split(row[3]), row[4])


_PEOPLE = Table("people.csv", _person)
_OFFICES = Table("offices.csv", lambda row: Office(*row))
_NAMES = Index("people_names.txt")
_WORDS = Index("people_words.txt")
_BY_PERSON = Index("offices_people.txt")
_BY_POST = Index("offices_posts.txt")


@cache
def all_people() -> dict[str, Person]:
    """Everyone by id: reads the whole table."""
    return _PEOPLE.all()


def get(person_id: str) -> Person:
    """The person of an id. Raises KeyError."""
    return _PEOPLE.get(person_id)


def lookup(words: str) -> tuple[Person, ...]:
    """Everyone whose name or spelling these words are."""
    return _PEOPLE.of(_NAMES, fold(words))


def having(word: str) -> tuple[Person, ...]:
    """Everyone with a word in the name, spellings aside."""
    return _PEOPLE.of(_WORDS, fold(word))


def offices(person_id: str) -> tuple[Office, ...]:
    """A person's offices in the order of the table."""
    return _OFFICES.of(_BY_PERSON, person_id)


def holders(country: str, role: str, on: date | None) -> tuple[Person, ...]:
    """Who held an office on a day; () when no day is given or nobody is known. Curated terms go before others."""
    return () if on is None else tuple(dict.fromkeys(get(term.person) for term in terms(country, role, on, on)))


def terms(country: str, role: str, first: date | None, last: date | None) -> tuple[Office, ...]:
    """The terms of an office that touch the days from `first` to `last` (None: open), curated ones before others.

    `country` is ISO3, or the name of an international organisation for its heads (role "organisation_head").
    """
    since, until = first or date.min, last or date.max
    held = [o for o in _OFFICES.of(_BY_POST, f"{country} {role}") if o.span[0] <= until and since <= o.span[1]]
    return tuple(office for office in held if office.source == "curated") or tuple(held)


def find(name: str) -> Person:
    """The person a user means: an exact name or spelling, else the only one with that word in the name.

    Family names stand first or last, so any word of a name counts; curated people go before the others.
    Raises AmbiguousError with the candidates; NotFoundError with suggestions.
    """
    found = lookup(name) or having(name)
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
