"""Actors as ACLED names them: "Military Forces of Myanmar (2021-)", "Protesters (Myanmar)", "NLD: National League for
Democracy", "Unidentified Armed Group (Myanmar)"."""

from __future__ import annotations

import re
from functools import lru_cache

from timeline.model import ActorKind, Role
from timeline.model.actor import Unresolved
from timeline.sources.datasets import rows
from timeline.sources.datasets.naming import country_of
from timeline.sources.datasets.rows import NOBODY, Side

_MOST = 65_536
_YEARS = re.compile(r"\((\d{4})?-(\d{4})?\)")
_STATE = re.compile(r"(Military|Police|Government|Security|Coast Guard|Mutiny)(?: Forces)? of (?:the )?(?P<of>[^()]+)")
_OF_COUNTRY = re.compile(r"(?P<name>.+?)\s*\((?P<where>[^()]+)\)")
_ABBREVIATED = re.compile(r"(?P<short>[A-Z][\w./&-]{1,15}): (?P<long>.+)")
_ACTING = {"Military": "military", "Police": "police", "Security": "security forces", "Coast Guard": "coast guard"}
_PEOPLE = re.compile(
    r"(?P<what>Protesters|Rioters|Civilians|Refugees/IDPs|Students|Teachers|Journalists|Farmers|Workers|Women|Youth"
    r"|Labor Group|Labour Group|Health Workers|Lawyers|Aid Workers|Government officials)", re.IGNORECASE,
)  # fmt: skip
# The sorts of actors, in figures until 2024 and in words since.
SORTS = {
    "1": "state forces", "2": "rebel group", "3": "political militia", "4": "identity militia", "5": "rioters",
    "6": "protesters", "7": "civilians", "8": "external/other forces",
}  # fmt: skip


def sort_of(inter: str) -> str:
    """ "civilians" of "7" or "Civilians"."""
    return SORTS.get(inter.strip().removesuffix(".0"), inter.strip().casefold())


@lru_cache(_MOST)
def side_of(name: str, country: str, role: Role, sort: str = "") -> Side:
    """A side by its name; `country` (ISO3) is where it happened. Forces of a state are the state, people of a country a
    group of it; an unidentified group stays unresolved."""
    if not name:
        return NOBODY
    reason = f"actor {name}" + (f" ({sort})" if sort else "")
    if name.casefold().startswith("unidentified"):
        return Side(unresolved=Unresolved(name, role, None, f"{reason}: not identified"), name=_called(name))
    bare = " ".join(_YEARS.sub(" ", name).split())
    if match := _STATE.fullmatch(bare):
        if iso3 := country_of(match["of"]):
            return rows.of_country(iso3, role, reason, _ACTING.get(match[1], ""))
    elif (match := _STATE.match(name)) and (iso3 := country_of(match["of"])):
        unit = _YEARS.split(name)[-1].strip(" -")  # "Military Forces of X (2021-) Some Unit"
        return _known(unit, iso3, role, reason) or rows.of_country(iso3, role, reason, unit)
    home = country
    if (match := _OF_COUNTRY.fullmatch(bare)) and (iso3 := country_of(match["where"])):
        bare, home = match["name"], iso3
    if _PEOPLE.fullmatch(bare) and home:
        return rows.of_people(home, bare.lower(), role, reason)
    if found := _known(bare, home, role, reason):
        return found
    if match := _ABBREVIATED.fullmatch(bare):
        long = match["long"].split("/")[0].strip()
        for each in (long, match["short"].split("/")[0]):
            if found := _known(each, home, role, reason):
                return found
        return rows.named_side(long, home, role, reason, ActorKind.GROUP)
    return rows.of_group(bare, home, role, reason)


def _called(name: str) -> str:
    """ "Unidentified Armed Group (Myanmar)" as a title says it."""
    bare = name.partition(" (")[0]
    return bare[:1] + bare[1:].lower()


def _known(name: str, iso3: str, role: Role, reason: str) -> Side | None:
    found = rows.named(name, iso3) if name else None
    return rows.of_reference(found, role, reason) if found is not None else None
