"""Which place a name means: the one beside a named country or state, in a country of the article, or the largest."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from timeline.extract.where.regions import Region, region_of, without_kind
from timeline.model import Place, PlaceExactness, Span
from timeline.reference import countries, places
from timeline.reference.places import PlaceEntry

# A place in a country of the article wins over its largest namesake unless that is this many times as populous.
_TIMES_LARGER = 100
# A town lies at most so many degrees (squared) from the middle of the state named beside it.
_NEAR_STATE = 60.0


@dataclass(frozen=True, slots=True)
class Beside:
    """The country (ISO3) or state that follows a name after a comma; "" and None where none does."""

    country: str = ""
    region: Region | None = None


def choose(words: str, span: Span, spoken: Counter[str], beside: Beside) -> Place | None:
    """The place that words of an article name, None where they name none; `spoken` counts the article's countries."""
    name = re.sub(r"['’]s?$", "", words.strip())
    bare = re.sub(r"^(the|The)\s+", "", name)
    match = countries.lookup(name)
    named_country = match.country if match is not None and match.how == "name" else None
    if named_country is not None and named_country.iso3 != "PSE" and beside.region is None:
        return _country(named_country, words, span)
    if (region := region_of(bare)) is not None and beside.region is None:
        return _region(region, words, span)
    entries = places.lookup(bare)
    if entries:
        return _entry(bare, entries, words, span, spoken, beside)
    if named_country is not None:
        return _country(named_country, words, span)
    rest, kind = without_kind(bare)
    inner = choose(rest, span, spoken, beside) if rest else None
    if inner is None or inner.exactness is PlaceExactness.COUNTRY:
        return None
    exactness = PlaceExactness.SITE if kind == "site" else PlaceExactness.REGION
    return replace(inner, name=bare, exactness=exactness, id="", words=words, reason=f"named after {inner.name}")


def _country(country: countries.Country, words: str, span: Span) -> Place:
    return Place(
        country.name, country.iso3, exactness=PlaceExactness.COUNTRY, words=words, span=span, reason="a country"
    )


def _region(region: Region, words: str, span: Span) -> Place:
    return Place(
        name=region.name,
        country=region.country,
        latitude=region.latitude,
        longitude=region.longitude,
        exactness=PlaceExactness.REGION,
        words=words,
        span=span,
        reason=f"a state or province of {countries.name_of(region.country)}",
    )


def _entry(
    bare: str, entries: tuple[PlaceEntry, ...], words: str, span: Span, spoken: Counter[str], beside: Beside
) -> Place | None:
    chosen, reason = _best(entries, spoken, beside)
    if chosen is None:
        region = beside.region
        return (
            Place(bare, region.country, words=words, span=span, reason=f"a place in {region.name}") if region else None
        )
    return Place(
        name=bare if chosen.population else chosen.name,
        country=chosen.country,
        latitude=chosen.latitude,
        longitude=chosen.longitude,
        exactness=chosen.exactness,
        id=chosen.id if chosen.id.startswith("geonames") else "",
        words=words,
        span=span,
        reason=reason,
    )


def _best(entries: tuple[PlaceEntry, ...], spoken: Counter[str], beside: Beside) -> tuple[PlaceEntry | None, str]:
    if beside.region is not None:
        region = beside.region
        near = [e for e in entries if e.country == region.country and _distance(e, region) < _NEAR_STATE]
        return min(near, key=lambda e: _distance(e, region), default=None), f"in {region.name}, named beside it"
    if beside.country and (there := [e for e in entries if e.country == beside.country]):
        return there[0], "the country beside it"
    big = entries[0]
    if big.population == 0:
        return big, "known by name"
    local = [e for e in entries if spoken.get(e.country)]
    near_by = max(local, key=lambda e: (spoken[e.country], e.population), default=None)
    if near_by is not None and near_by.population * _TIMES_LARGER >= big.population:
        return near_by, f"a country of the article: {near_by.country}"
    return big, "the largest of its name" if len(entries) > 1 else "known by name"


def _distance(entry: PlaceEntry, region: Region) -> float:
    """Squared degrees: enough to tell towns of one name apart."""
    return (entry.latitude - region.latitude) ** 2 + (entry.longitude - region.longitude) ** 2
