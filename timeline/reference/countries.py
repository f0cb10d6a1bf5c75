"""Countries: ISO 3166 today and the states dissolved since 1945, by every usual name.

Table: `data/countries.csv`, built by tools/reference/build.py from our own list, GeoNames and Wikidata ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from timeline.model.actor import fold
from timeline.model.errors import AmbiguousError, NotFoundError
from timeline.reference.tables import plain_rows, rows, split, suggestion


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ISO 3166 alpha-3 code. `metonyms` are capitals and seats that stand for its government.

    `start` and `end` are days of a dissolved state, "" otherwise; `neighbours` are alpha-2 codes.
    """

    iso3: str
    iso2: str
    name: str
    wikidata: str
    capital: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    metonyms: tuple[str, ...]
    start: str = ""
    end: str = ""
    neighbours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CountryMatch:
    """A country and how words name it: "name", "demonym", "metonym" or "code"."""

    country: Country
    how: str


@cache
def all_countries() -> dict[str, Country]:
    """Every country by its alpha-3 code."""
    return {row[0]: _country(row) for row in plain_rows("countries.csv")}


def _country(row: list[str]) -> Country:
    iso3, iso2, name, wikidata, capital, names, demonyms, metonyms, start, end, neighbours = row
    borders = tuple(neighbours.split(",")) if neighbours else ()
    listed = (split(names), split(demonyms), split(metonyms))
    return Country(iso3, iso2, name, wikidata, capital, *listed, start, end, borders)


@cache
def _aliases() -> dict[str, CountryMatch]:
    """Folded words to a country; names win over demonyms, those over metonyms."""
    found: dict[str, CountryMatch] = {}
    for how in ("name", "demonym", "metonym"):
        for country in all_countries().values():
            words = {"name": country.names, "demonym": country.demonyms, "metonym": country.metonyms}[how]
            for word in words:
                found.setdefault(_key(word), CountryMatch(country, how))
    return found


def _key(words: str) -> str:
    return fold(words).removeprefix("the ")


def get(iso3: str) -> Country:
    """The country of an alpha-3 code. Raises KeyError."""
    return all_countries()[iso3]


def name_of(iso3: str) -> str:
    """The country's name, or the code itself when it is none of ours."""
    country = all_countries().get(iso3)
    return country.name if country else iso3


def lookup(words: str) -> CountryMatch | None:
    """The country that words of a text name exactly, or None.

    Words without a capital letter name none ("turkey", "us"); "US" does.
    """
    if not words[:1].isupper() and not words.startswith("the "):
        return None
    bare = words.removeprefix("the ").removeprefix("The ")
    if not bare[:1].isupper():
        return None
    return _aliases().get(_key(bare))


def named(name: str) -> Country | None:
    """The country of a name or code in any case, None where there is none; neither a nationality nor a capital is one.

    Raises AmbiguousError for a name of two ("Korea", "Congo").
    """
    match = _aliases().get(_key(name))
    is_code = len(name.strip()) in (2, 3) and name.strip().upper() in _codes()
    return find(name) if is_code or _key(name) in _SHARED or (match is not None and match.how == "name") else None


@cache
def _codes() -> frozenset[str]:
    return frozenset(code for c in all_countries().values() for code in (c.iso2, c.iso3))


@cache
def _by_iso2() -> dict[str, Country]:
    return {c.iso2: c for c in all_countries().values()}


@cache
def neighbours(iso3: str) -> tuple[str, ...]:
    """The countries (ISO3) that border on one."""
    country, known = all_countries().get(iso3), _by_iso2()
    return tuple(known[code].iso3 for code in (country.neighbours if country else ()) if code in known)


def predecessors(iso3: str) -> tuple[str, ...]:
    """The dissolved states (ISO3) that a country succeeded, as `data/successors.csv` has it."""
    return tuple(row["state"] for row in rows("successors.csv") if row["successor"] == iso3)


def find(name: str) -> Country:
    """The country a user means by a name, code or demonym, in any case.

    Raises NotFoundError with suggestions; AmbiguousError for a name of two ("Korea", "Congo").
    """
    wanted = _key(name)
    if wanted in _SHARED:
        names = " or ".join(name_of(code) for code in _SHARED[wanted])
        raise AmbiguousError(f"{name!r} could be several countries", hint=f"Say {names}")
    code = name.strip().upper()
    if code in all_countries():
        return get(code)
    if code in _by_iso2():
        return _by_iso2()[code]
    match = _aliases().get(wanted)
    if match is None:
        hint = suggestion(name.strip().title(), (n for c in all_countries().values() for n in c.names))
        raise NotFoundError(
            f"no country is called {name!r}", hint=hint or "'timeline countries' lists those in the store"
        )
    return match.country


# Names and demonyms that two countries or more share: no text or user means one of them for sure.
_SHARED = {
    "korea": ("PRK", "KOR"),
    "korean": ("PRK", "KOR"),
    "koreans": ("PRK", "KOR"),
    "congo": ("COD", "COG"),
    "congolese": ("COD", "COG"),
    "guineas": ("GIN", "GNB", "GNQ", "PNG"),
}


def sharing(words: str) -> tuple[str, ...]:
    """The countries (ISO3) that share a name or demonym written in capitals ("Congo", "Koreans"), () for others."""
    return _SHARED.get(_key(words), ()) if words[:1].isupper() else ()
