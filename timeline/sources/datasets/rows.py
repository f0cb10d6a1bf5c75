"""What rows of event data sets have in common: titles, days, reports, what is kept beside.

`sides` has who takes part, `where` the places; what readers need of both can be had from here.
"""

from __future__ import annotations

import json
import re
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring
from math import isfinite
from operator import attrgetter
from typing import Any

from timeline.model import CountryLink, Participation, Place, Report, Span, When
from timeline.model.event import Modality
from timeline.model.merging import countries_of, united
from timeline.reference.cameo import Code
from timeline.reference.wording import plural
from timeline.sources.datasets.sides import (
    NOBODY,
    Side,
    cameo_side,
    named,
    named_side,
    of_country,
    of_group,
    of_organisation,
    of_people,
    of_reference,
    people_of,
    unresolved_of,
)
from timeline.sources.datasets.where import coordinates, iso3_of, place, place_told

__all__ = [
    "NOBODY",
    "NOWHERE",
    "Side",
    "attributes",
    "cameo_side",
    "coordinates",
    "day",
    "iso3_of",
    "json_number",
    "json_text",
    "named",
    "named_side",
    "number",
    "of_country",
    "of_group",
    "of_organisation",
    "of_people",
    "of_reference",
    "people_of",
    "place",
    "place_told",
    "report",
    "title",
    "unresolved_of",
]

NOWHERE = Span(0, 0)
_MOST = 65_536  # so many values are remembered
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,17})(?:\.\d+)?", re.ASCII)
# A cell as a text in JSON, for what is put together by hand: an encoder takes several times as long for a row.
json_text = encode_basestring
_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def title(code: Code, source: Side, target: Side, where: str = "") -> str:
    """ "Myanmar visits Russia"; with one side "Myanmar: visit"; with none "Visit in Moscow"."""
    first, second = source.name, target.name
    if first and first == second:
        first, second = source.closer, target.closer
        if not (first and second) or first == second:
            first, second = source.closer or source.name, ""
    if first and second:
        phrase = plural(code.phrase) if source.group else code.phrase
        line = f"{first} {phrase.replace('{}', second)}"
    elif first or second:
        line = f"{first or second}: {code.name}"
    else:
        line = f"{code.name} in {where}" if where else code.name
    return line[:1].upper() + line[1:]


@lru_cache(_MOST)
def day(iso: str, reason: str) -> When:
    """An exact day, "2021-02-01". Raises ValueError."""
    of = date.fromisoformat(iso)
    return When(iso, of, of, "", reason)


def report(
    told: str, line: str, when: When, code: Code, salience: float, source: Side, target: Side, where: Place | None
) -> Report:
    """The report of a row coded in CAMEO: `told` is its title, `line` its sentence. What was said counts as said: a
    threat or a promise is actual (head of `cameo.toml`)."""
    kind, taking_part = code.kind, people_of(source, target)
    return Report(
        0,
        NOWHERE,
        NOWHERE,
        line,
        "",
        told,
        when,
        kind.type,
        kind.name,
        Modality.ACTUAL,
        salience,
        taking_part,
        where,
        _links(taking_part, where),
        f"CAMEO {code.code}",
        unresolved_of(source, target),
    )


def _links(taking_part: tuple[Participation, ...], where: Place | None) -> tuple[CountryLink, ...]:
    """`merging.countries_of` of at most two actors: as it would, from links that are made once."""
    found: list[CountryLink] = []
    for part in taking_part:
        actor = part.actor
        if actor.country:
            link = _link(actor.country, "actor", f"actor {actor.name}")
            if found and found[0].country == link.country:
                return countries_of(taking_part, where)
            found.append(link)
    if where is not None and where.country:
        found.append(_link(where.country, "place", f"place {where.name}"))
    if len(found) > 1:
        found.sort(key=_place_of_link)
    return tuple(found)


_place_of_link = attrgetter("country", "by")


@lru_cache(_MOST)
def _link(country: str, by: str, reason: str) -> CountryLink:
    return united((CountryLink(country, by, reason),))[0]


def attributes(said: dict[str, Any]) -> str:
    """What a row says beside, as JSON."""
    return _json(said)


def number(cell: str) -> int | float | str:
    """A cell's number where it is one, else what it says."""
    try:
        return int(cell)
    except ValueError:
        pass
    try:
        value = float(cell)
    except ValueError:
        return cell
    return value if isfinite(value) else cell


@lru_cache(_MOST)
def json_number(cell: str) -> str:
    """A cell as a number in JSON where it is one, else as a text."""
    return cell if _NUMBER.fullmatch(cell) else json_text(cell)
