"""What the cells of a row mean by a mapping: its date, type, actors and place. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from timeline.model import ActorKind, Modality, Place, PlaceExactness, Role
from timeline.model.errors import NotFoundError
from timeline.reference import cameo, kinds
from timeline.reference.cameo import Code
from timeline.sources.datasets import days, rows
from timeline.sources.datasets.mapping import Mapping
from timeline.sources.datasets.naming import country_of
from timeline.sources.datasets.plover import plover_code
from timeline.sources.datasets.recorded import code_of
from timeline.sources.datasets.rows import Side

Cells = dict[str, str]
_MOST = 65_536
POINT = re.compile(r".*?point\s*\(\s*(?P<lon>-?[\d.]+)\s+(?P<lat>-?[\d.]+)\s*\)", re.IGNORECASE)
_PAIR = re.compile(r"[(\[]?\s*(?P<lat>-?[\d.]+)\s*[,; ]\s*(?P<lon>-?[\d.]+)\s*[)\]]?")


def edtf_of(mapping: Mapping, cells: Cells) -> str:
    """The date, or the span from a date to its end, no more exact than its precision. Raises ValueError."""
    first = _date(mapping, cells, "column", ("year", "month", "day"))
    has_end = mapping.get("date", "end") or mapping.get("date", "end_year")
    last = _date(mapping, cells, "end", ("end_year", "end_month", "end_day")) if has_end else ""
    if not first:
        raise ValueError("the date is empty")
    found = days.span(first, last)
    if column := mapping.get("date", "precision"):
        return days.precise(found, _precision(mapping, cells.get(column, "")))
    return found


def reason_of(mapping: Mapping, cells: Cells) -> str:
    """ "column date, known to the month"."""
    column = mapping.get("date", "column") or mapping.get("date", "year")
    precision = cells.get(mapping.get("date", "precision", ""), "")
    return f"column {column}, known to the {_precision(mapping, precision)}" if precision else f"column {column}"


def _date(mapping: Mapping, cells: Cells, key: str, parts: tuple[str, str, str]) -> str:
    if column := mapping.get("date", key):
        cell = cells.get(column, "")
        return days.edtf_of(cell, mapping.get("date", "form", days.Form.ISO)) if cell else ""
    year, month, day = (cells.get(mapping.get("date", part, ""), "") for part in parts)
    return days.of_parts(year, month, day) if year.strip(" 0") else ""


def _precision(mapping: Mapping, cell: str) -> str:
    told = mapping.get("date", "precisions", {})
    found = told.get(cell.casefold()) or told.get(cell.removesuffix(".0"))
    if found is None and cell.casefold() in tuple(days.Precision):
        found = cell.casefold()
    if found is None:
        raise ValueError(f"the precision {cell[:40]!r} is none of [date] precisions")
    return str(found)


def code_in(mapping: Mapping, cells: Cells) -> Code:
    """The type: by its column and scheme, else the one kind of all. Raises ValueError for a code that is none."""
    column, scheme = mapping.get("type", "column"), mapping.get("type", "scheme", "values")
    otherwise = mapping.get("type", "kind", "")
    cell = cells.get(column, "") if column else ""
    if not cell:
        return _plain(otherwise or "development", "")
    mode = cells.get(mapping.get("type", "mode", ""), "")
    found = _by_scheme(scheme, cell, mode)
    if found is not None:
        return found
    if kind := mapping.get("type", "values", {}).get(cell.casefold()):
        return _plain(kind, cell)
    if otherwise:
        return _plain(otherwise, cell)
    if scheme in ("cameo", "plover"):
        raise ValueError(f"the type {cell[:40]!r} is none of {scheme.upper()}")
    return _plain("development", cell)


@lru_cache(1024)
def _by_scheme(scheme: str, cell: str, mode: str) -> Code | None:
    if scheme == "cameo":
        return cameo.find(cell)
    if scheme == "plover":
        return plover_code(cell, mode)
    if scheme == "kinds":
        try:
            return _plain(kinds.find(cell).name, cell)
        except NotFoundError:
            return None
    return None


@lru_cache(1024)
def _plain(kind: str, native: str) -> Code:
    found = kinds.get(kind)
    return code_of(native, found, "", "" if found.title else native)


def modality_of(mapping: Mapping, cells: Cells) -> Modality:
    """Raises ValueError for a value that its table lacks."""
    always = Modality(mapping.get("modality", "value", Modality.ACTUAL))
    column = mapping.get("modality", "column")
    cell = cells.get(column, "").casefold() if column else ""
    if not cell:
        return always
    found = mapping.get("modality", "values", {}).get(cell, cell)
    if found in tuple(Modality):
        return Modality(found)
    if mapping.get("modality", "value"):
        return always
    raise ValueError(f"the modality {cell[:40]!r} is none of [modality] values")


def sides_of(mapping: Mapping, cells: Cells, key: str, role: Role, year: int) -> list[Side]:
    """The actors of the columns of a key, several in a cell parted by the separator."""
    country = mapping.get("actors", f"{key}_country")
    iso3 = country_of(cells.get(country, ""), mapping.get("actors", "country_scheme", "name"), year) if country else ""
    kind, scheme = mapping.get("actors", "kind", ActorKind.GROUP), mapping.get("actors", "scheme", "name")
    separator = mapping.get("actors", "separator", ";")
    return [
        _side(name.strip(), iso3, role, f"column {column}", ActorKind(kind), scheme, year)
        for column in mapping.several("actors", key)
        for name in cells.get(column, "").split(separator)
        if name.strip()
    ]


@lru_cache(_MOST)
def _side(name: str, iso3: str, role: Role, reason: str, kind: ActorKind, scheme: str, year: int) -> Side:
    if scheme == "cameo":
        return rows.cameo_side("", "", name, "", role)
    if scheme != "name" and (found := country_of(name, scheme, year)):
        return rows.of_country(found, role, reason)
    return rows.named_side(name, iso3, role, reason, kind)


def further_countries(mapping: Mapping, cells: Cells, year: int) -> list[Side]:
    """The countries of [countries], as participants."""
    scheme, separator = mapping.get("countries", "scheme", "name"), mapping.get("countries", "separator", ";")
    return [
        rows.of_country(iso3, Role.PARTICIPANT, f"column {column}")
        for column in mapping.several("countries", "columns")
        for cell in cells.get(column, "").split(separator)
        if (iso3 := country_of(cell.strip(), scheme, year))
    ]


def place_of(mapping: Mapping, cells: Cells, year: int) -> Place | None:
    """Where it happened: as exact as the mapping says, else as the columns that are filled tell."""

    def cell(key: str) -> str:
        return cells.get(mapping.get("place", key, ""), "")

    iso3 = country_of(cell("country"), mapping.get("place", "scheme", "name"), year)
    latitude, longitude = cell("latitude"), cell("longitude")
    if match := POINT.match(cell("point")) or _PAIR.fullmatch(cell("point")):
        latitude, longitude = match["lat"], match["lon"]
    name, region = cell("name"), cell("region")
    told = mapping.get("place", "exactnesses", {}).get(cell("exactness_column").casefold().removesuffix(".0"))
    exactness = PlaceExactness(told or mapping.get("place", "exactness") or _exactness(name, region, latitude))
    called = name or region
    if not called and rows.coordinates(latitude, longitude):
        called = f"{float(latitude):.4f}, {float(longitude):.4f}"
    if not called and not iso3:
        return None
    return rows.place(
        called, iso3, latitude, longitude, exactness if called else PlaceExactness.COUNTRY, region, "as mapped"
    )


def _exactness(name: str, region: str, latitude: str) -> PlaceExactness:
    if name:
        return PlaceExactness.CITY
    return PlaceExactness.REGION if region else PlaceExactness.SITE if latitude else PlaceExactness.COUNTRY
