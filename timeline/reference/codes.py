"""Country codes of event data sets, and CAMEO's codes of organisations, regions and roles.

Tables: `data/country_codes.csv`, `data/actor_codes.csv`; their sources are in `data/README.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from timeline.reference import countries
from timeline.reference.tables import rows

SCHEMES = ("iso3", "iso2", "cameo", "fips", "gw", "cow")


@dataclass(frozen=True, slots=True)
class ActorCode:
    """A CAMEO code of an actor that is no country: `sort` is "organisation" (with `id` as in our table), "region",
    "state" (a part of a state, which acts for it), "group" (people, who do not) or "other"."""

    code: str
    sort: str
    name: str
    id: str = ""


def country(code: str, scheme: str, year: int = 0) -> str:
    """The country (ISO3) of a code; "" where it is none, or none that we know.

    `scheme` is one of `SCHEMES`: ISO 3166, CAMEO, FIPS 10-4 (with GDELT's additions), the numbers of Gleditsch and
    Ward, of Correlates of War. `year` tells states apart that follow one another under one number (365: Soviet Union,
    Russia); without it the latest counts.
    """
    found = _codes()[scheme].get(code.strip().upper(), ())
    return next((iso3 for since, until, iso3 in found if not year or since <= year <= until), "")


@cache
def _codes() -> dict[str, dict[str, tuple[tuple[int, int, str], ...]]]:
    """Scheme, code: (first year, last year, ISO3), the latest first."""
    found: dict[str, dict[str, tuple[tuple[int, int, str], ...]]] = {scheme: {} for scheme in SCHEMES}
    for each in countries.all_countries().values():
        for scheme, code in (("iso3", each.iso3), ("iso2", each.iso2), ("cameo", each.iso3)):
            found[scheme][code] = ((0, 9999, each.iso3),)
    for row in rows("country_codes.csv"):
        entry = (int(row["since"] or 0), int(row["until"] or 9999), row["iso3"])
        of = found[row["scheme"]]
        of[row["code"]] = tuple(sorted((*of.get(row["code"], ()), entry), reverse=True))
    return found


@cache
def actor_codes() -> dict[str, ActorCode]:
    """CAMEO's codes of three letters that are no countries."""
    return {row["code"]: ActorCode(row["code"], row["sort"], row["name"], row["id"]) for row in rows("actor_codes.csv")}
