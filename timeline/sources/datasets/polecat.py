"""POLECAT (POLitical Event Classification, Attributes, and Types): the weekly files of the Dataverse, tab separated,
coded in PLOVER.

Quirks: "None" stands for nothing; several actors share a cell, by ";", and so do their countries and sectors, in the
same order; a place may be a point of a province or country.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from timeline.model import ActorKind, DataSet, Place, PlaceExactness, Role, Row
from timeline.model.merging import each_once
from timeline.reference import codes
from timeline.sources import Column, Gone
from timeline.sources.datasets import days, rows
from timeline.sources.datasets.naming import country_of
from timeline.sources.datasets.plover import plover_code
from timeline.sources.datasets.recorded import Recorded, kept, report_of, together, when_of
from timeline.sources.datasets.rows import NOBODY, Side

_KEPT = "attribute"
COLUMNS = tuple(
    Column(*each)
    for each in (
        ("Event ID", "native id"),
        ("Event Date", "when"),
        ("Event Type", "kind, type", "PLOVER; attribute"),
        ("Event Mode", "kind", "PLOVER; attribute"),
        ("Intensity", _KEPT, "a number"),
        ("Event Intensity", _KEPT, "a number"),
        ("Quad Code", _KEPT),
        ("Contexts", _KEPT),
        ("Actor Name", "actors, source", "several by ;"),
        ("Actor Country", "country of the actor", "ISO 3166 alpha-3"),
        ("Actor COW", "country of the actor", "Correlates of War, where Actor Country is empty"),
        ("Primary Actor Sector", "kind of the actor"),
        ("Actor Sectors", _KEPT),
        ("Actor Title", _KEPT),
        ("Actor Name Raw", "words of the actor"),
        ("Wikipedia Actor ID", _KEPT),
        ("Recipient Name", "actors, target", "several by ;"),
        ("Recipient Country", "country of the actor"),
        ("Recipient COW", "country of the actor"),
        ("Primary Recipient Sector", "kind of the actor"),
        ("Recipient Sectors", _KEPT),
        ("Recipient Title", _KEPT),
        ("Recipient Name Raw", "words of the actor"),
        ("Wikipedia Recipient ID", _KEPT),
        ("Placename", "place"),
        ("City", "exactness of the place"),
        ("District", _KEPT),
        ("Province", "region of the place"),
        ("Country", "country of the place", "ISO 3166 alpha-3 or a name"),
        ("Latitude", "latitude"),
        ("Longitude", "longitude"),
        ("GeoNames ID", "id of the place"),
        ("Raw Placename", _KEPT),
        ("Feature Type", "exactness of the place", "GeoNames"),
        ("Source", _KEPT, "who published it"),
        ("Headline", "sentence"),
        ("Publication Date", "reported"),
        ("Story People", _KEPT),
        ("Story Organizations", _KEPT),
        ("Story Locations", _KEPT),
        ("Language", _KEPT),
        ("Version", _KEPT),
    )
)
_IN_OTHER_FIELDS = frozenset(("Event ID", "Headline", "Latitude", "Longitude"))
_NOTHING = frozenset(("none", "nan", "null", "n/a", "\\n"))
# Sectors of POLECAT's actors of which one is a state's, an organisation's, or people who have nothing in common.
_STATE = frozenset(("gov", "exe", "leg", "jud", "mil", "pol", "cop", "spy", "government", "military", "police"))
_ORGANISED = frozenset(("igo", "ngo", "imf", "bus", "med", "pty", "edu", "igo/ngo", "corporate", "party", "media"))
_PEOPLE = {"cvl": "civilians", "civilian": "civilians", "reb": "rebels", "ref": "refugees", "jur": "journalists"}


class PolecatReader(Recorded):
    name = "polecat"
    title = "POLECAT events (PLOVER)"
    suffixes = (".txt", ".tsv", ".csv", ".tab", ".xlsx", ".parquet")
    example = "timeline import ngecEventsDV-2023.txt"
    dataset = DataSet("polecat", "https://doi.org/10.7910/DVN/AJGVIT")
    version = "1"
    source = "POLECAT codebook of the Dataverse, 2023"
    columns = COLUMNS
    told = ("Event ID", "Event Type", "Event Mode", "Actor Name", "Recipient Name")
    needed = ("Event ID", "Event Date", "Event Type", "Actor Name", "Recipient Name")
    optional = frozenset(("Headline", "Intensity", "Event Intensity"))

    def row(self, cells: dict[str, str]) -> Iterator[Row | Gone]:
        said = {name: "" if cell.casefold() in _NOTHING else cell for name, cell in cells.items()}
        get, native = said.get, said["Event ID"]
        if not native:
            raise ValueError("the row has no Event ID")
        code = plover_code(said["Event Type"], get("Event Mode", ""))
        if code is None:
            raise ValueError(f"Event Type {said['Event Type'][:40]!r} is none of PLOVER")
        day = days.day_of(said["Event Date"])
        first = _sides(said, "Actor", Role.PARTICIPANT if code.kind.symmetric else Role.SOURCE, day.year)
        second = _sides(said, "Recipient", Role.PARTICIPANT if code.kind.symmetric else Role.TARGET, day.year)
        place = _place(
            get("Placename", ""), get("City", ""), get("Province", ""), get("Country", ""), get("Latitude", ""),
            get("Longitude", ""), get("GeoNames ID", "").removesuffix(".0"), get("Feature Type", ""),
        )  # fmt: skip
        title = rows.title(code, together(first), together(second), place.name if place else "")
        taking_part = each_once(side.part for side in (*first, *second) if side.part is not None)
        report = report_of(
            title, get("Headline", "") or title, when_of(day.isoformat(), "Event Date"), code,
            taking_part, place, code.code,
            tuple(each.unresolved for each in (*first, *second) if each.unresolved is not None),
        )  # fmt: skip
        published = get("Publication Date", "")
        reported = days.day_of(published) if published else None
        yield Row(native, report, "", reported, kept(said, _IN_OTHER_FIELDS, ("Intensity", "Event Intensity")))


def _sides(said: dict[str, str], which: str, role: Role, year: int) -> list[Side]:
    """The actors of a side: one for each name of the cell; nobody for none."""
    names = _parts(said.get(f"{which} Name", ""))
    lists = [
        _parts(said.get(column, ""))
        for column in (f"{which} Country", f"{which} COW", f"Primary {which} Sector", f"{which} Name Raw")
    ]
    found = []
    for at, name in enumerate(names):
        # One country for several actors is that of all; other numbers than that of the names are of nobody.
        country, cow, sector, raw = (
            each[at] if len(each) == len(names) else each[0] if len(each) == 1 else "" for each in lists
        )
        iso3 = codes.country(country, "iso3") or country_of(country)
        found.append(_side(name, iso3 or country_of(cow, "cow", year), sector.casefold(), raw, role))
    return found or [NOBODY]


def _parts(cell: str) -> list[str]:
    return [part for each in cell.split(";") if (part := each.strip()) and part.casefold() not in _NOTHING]


@lru_cache(65_536)
def _side(name: str, iso3: str, sector: str, raw: str, role: Role) -> Side:
    reason = f"called {raw or name}" + (f", sector {sector}" if sector else "")
    if sector in _PEOPLE and iso3 and not rows.named(name, iso3):
        return rows.of_people(iso3, _PEOPLE[sector], role, reason)
    kind = ActorKind.ORGANISATION if sector in _ORGANISED or sector in _STATE else ActorKind.GROUP
    return rows.named_side(name, iso3, role, reason, kind, sector in _STATE)


@lru_cache(65_536)
def _place(
    name: str, city: str, province: str, country: str, latitude: str, longitude: str, known: str, feature: str
) -> Place | None:
    """GeoNames' features: PPL… are towns, ADM1… regions, PCL… countries, others sites."""
    iso3 = codes.country(country, "iso3") or country_of(country)
    kind = feature.upper()
    exactness = PlaceExactness.CITY
    if kind.startswith("PCL") or not (name or city or province):
        exactness = PlaceExactness.COUNTRY
    elif kind.startswith("ADM") or not (city or kind.startswith("PPL") or kind):
        exactness = PlaceExactness.REGION
    elif kind and not kind.startswith("PPL"):
        exactness = PlaceExactness.SITE
    called = name or city or province or country
    found = rows.place(
        called, iso3, latitude, longitude, exactness, province, f"Feature Type {feature}" * bool(feature)
    )
    if found is not None and known.isdigit() and exactness is not PlaceExactness.COUNTRY:
        return replace(found, id=f"geonames:{known}")
    return found
