"""UCDP GED (Georeferenced Event Dataset of the Uppsala Conflict Data Program): CSV, with or without a header, and XLSX.

Quirks: an event may be dated by a span whose length is told by `date_prec`; coordinates may be the middle of a province
or a country (`where_prec`); a state is "Government of …" with its number of Gleditsch and Ward; 1991's Soviet Union and
Russia share one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import BinaryIO

from timeline.model import ActorKind, DataSet, PlaceExactness, Role, Row
from timeline.reference import kinds
from timeline.reference.cameo import Code
from timeline.sources import Bad, Column, Fit, Gone
from timeline.sources.datasets import days, rows
from timeline.sources.datasets.naming import country_of
from timeline.sources.datasets.recorded import Recorded, code_of, kept, report_of, when_of
from timeline.sources.datasets.rows import Side
from timeline.sources.finding import joined, peeked
from timeline.sources.head import LENGTH, Head

_KEPT = "attribute"
COLUMNS = tuple(
    Column(*each)
    for each in (
        ("id", "native id"),
        ("relid", _KEPT),
        ("year", _KEPT),
        ("active_year", _KEPT),
        ("code_status", _KEPT, "Clear, or what is still to be checked"),
        ("type_of_violence", "kind", "1 state-based, 2 non-state: clash; 3 one-sided: killing; attribute"),
        ("conflict_dset_id", _KEPT),
        ("conflict_new_id", _KEPT),
        ("conflict_name", _KEPT),
        ("dyad_dset_id", _KEPT),
        ("dyad_new_id", _KEPT),
        ("dyad_name", _KEPT),
        ("side_a_dset_id", _KEPT),
        ("side_a_new_id", _KEPT),
        ("side_a", "actor"),
        ("side_b_dset_id", _KEPT),
        ("side_b_new_id", _KEPT),
        ("side_b", "actor"),
        ("number_of_sources", _KEPT),
        ("source_article", _KEPT),
        ("source_office", _KEPT),
        ("source_date", "reported", "the first of several; attribute"),
        ("source_headline", "sentence"),
        ("source_original", _KEPT),
        ("where_prec", "exactness of the place", "1, 2 town; 3, 4, 5 region; 6 country; 7 area"),
        ("where_coordinates", "place"),
        ("where_description", _KEPT),
        ("adm_1", "region of the place"),
        ("adm_2", _KEPT),
        ("latitude", "latitude"),
        ("longitude", "longitude"),
        ("geom_wkt", "", "in latitude and longitude"),
        ("priogrid_gid", _KEPT),
        ("country", "country of the place", "where country_id is none of ours; attribute"),
        ("country_id", "country of the place", "Gleditsch and Ward, in the year of the event"),
        ("region", _KEPT),
        ("event_clarity", _KEPT),
        ("date_prec", "when", "1 day, 2 and 3 within a week, 4 within a month, 5 within a year"),
        ("date_start", "when"),
        ("date_end", "when"),
        ("deaths_a", _KEPT, "a number"),
        ("deaths_b", _KEPT, "a number"),
        ("deaths_civilians", _KEPT, "a number"),
        ("deaths_unknown", _KEPT, "a number"),
        ("best", _KEPT, "a number"),
        ("high", _KEPT, "a number"),
        ("low", _KEPT, "a number"),
        ("gwnoa", "country of side_a", "Gleditsch and Ward"),
        ("gwnob", "country of side_b", "Gleditsch and Ward"),
    )
)
_NUMBERS = frozenset(
    ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "number_of_sources")
)
_IN_OTHER_FIELDS = frozenset(("id", "source_headline", "latitude", "longitude", "geom_wkt"))
_PRECISIONS = {
    "1": days.Precision.DAY, "2": days.Precision.WEEK, "3": days.Precision.WEEK, "4": days.Precision.MONTH,
    "5": days.Precision.YEAR,
}  # fmt: skip
_EXACTNESS = {
    "1": PlaceExactness.CITY, "2": PlaceExactness.CITY, "3": PlaceExactness.REGION, "4": PlaceExactness.REGION,
    "5": PlaceExactness.REGION, "6": PlaceExactness.COUNTRY, "7": PlaceExactness.AREA,
}  # fmt: skip
_VIOLENCE = {
    "1": ("state-based violence", "clash", "fights {}"),
    "2": ("non-state violence", "clash", "fights {}"),
    "3": ("one-sided violence", "killing", "kills {}"),
}
_ONE_SIDED = "3"


class UcdpReader(Recorded):
    name = "ucdp"
    title = "UCDP GED events"
    example = "timeline import GEDEvent_v24_1.csv"
    dataset = DataSet("ucdp-ged", "https://ucdp.uu.se")
    version = "1"
    source = "UCDP GED codebook, version 24.1"
    columns = COLUMNS
    told = ("type_of_violence", "date_prec", "where_prec", "side_a", "side_b")
    needed = ("id", "type_of_violence", "date_start", "date_end", "side_a", "side_b")

    def fits(self, head: Head) -> Fit:
        """Also some candidate releases, which have the columns in their order and no header."""
        return super().fits(head) or (Fit.SURE if _headless(head.columns) else Fit.NO)

    def rows(self, stream: BinaryIO, origin: str, warn: Callable[[str], None]) -> Iterator[Row | Gone | Bad]:
        first, stream = peeked(stream, LENGTH)
        if _headless(Head("", first, whole=False).columns):
            warn("it has no header: its columns are taken for those of the codebook, in their order")
            line = ",".join(column.name for column in COLUMNS).encode() + b"\n"
            stream = joined(line, stream)
        return super().rows(stream, origin, warn)

    def row(self, cells: dict[str, str]) -> Iterator[Row | Gone]:
        get, native = cells.get, cells["id"].removesuffix(".0")
        if not native:
            raise ValueError("the row has no id")
        violence = get("type_of_violence", "").removesuffix(".0")
        code = _code(violence)
        when = when_of(_when(cells), f"date_prec {get('date_prec', '') or 'missing'}")
        year = when.earliest.year if when.earliest else 0
        one_sided = violence == _ONE_SIDED
        first = _side(cells["side_a"], get("gwnoa", ""), year, Role.SOURCE if one_sided else Role.PARTICIPANT, "")
        country = country_of(get("country_id", ""), "gw", year) or country_of(get("country", ""))
        role = Role.TARGET if one_sided else Role.PARTICIPANT
        second = _side(cells["side_b"], get("gwnob", ""), year, role, country)
        where = get("where_prec", "").removesuffix(".0")
        place = rows.place(
            get("where_coordinates", ""), country, get("latitude", ""), get("longitude", ""),
            _EXACTNESS.get(where, PlaceExactness.REGION), get("adm_1", ""), f"where_prec {where}" if where else "",
        )  # fmt: skip
        title = rows.title(code, first, second, place.name if place else "")
        report = report_of(
            title, get("source_headline", "") or _told(title, cells), when, code, rows.people_of(first, second), place,
            f"UCDP {code.code}",
        )  # fmt: skip
        yield Row(native, report, "", _reported(get("source_date", "")), kept(cells, _IN_OTHER_FIELDS, _NUMBERS))


def _headless(columns: tuple[str, ...]) -> bool:
    """Whether a first row of so many cells is one of data: a number, a type of violence among 1 to 3."""
    return len(columns) == len(COLUMNS) and columns[0].isdigit() and columns[5] in ("1", "2", "3")


def _when(cells: dict[str, str]) -> str:
    """The span that the row tells. Where it is one day but known less exactly, what holds that day."""
    first = days.edtf_of(cells.get("date_start", ""), days.Form.MONTH_FIRST)
    last = days.edtf_of(cells.get("date_end", "") or cells.get("date_start", ""), days.Form.MONTH_FIRST)
    told = cells.get("date_prec", "").removesuffix(".0")
    if told and told not in _PRECISIONS:
        raise ValueError(f"date_prec {told[:20]!r} is none of 1 to 5")
    found = days.span(first, last)
    return days.precise(found, _PRECISIONS[told]) if told and first == last else found


@lru_cache(64)
def _code(violence: str) -> Code:
    if violence not in _VIOLENCE:
        raise ValueError(f"type_of_violence {violence[:20]!r} is none of 1, 2, 3")
    noun, kind, phrase = _VIOLENCE[violence]
    return code_of(f"type_of_violence {violence}", kinds.get(kind), phrase, noun)


@lru_cache(65_536)
def _side(name: str, number: str, year: int, role: Role, country: str) -> Side:
    """A state by its number or name; "Civilians" are people of the country; others are groups."""
    own = country_of(number, "gw", year) if number else ""
    reason = f"side {name}" + (f", Gleditsch and Ward {number}" if number else "")
    if name.startswith("Government of "):
        iso3 = own or country_of(name.removeprefix("Government of "))
        if iso3:
            return rows.of_country(iso3, role, reason, "government")
    if name.casefold() == "civilians" and country:
        return rows.of_people(country, "civilians", role, reason)
    return rows.named_side(name, own or country, role, reason, ActorKind.GROUP)


def _told(title: str, cells: dict[str, str]) -> str:
    """The row in words, where it has no headline."""
    deaths = cells.get("best", "")
    counted = f": {deaths} deaths ({cells.get('low', '')} to {cells.get('high', '')})" if deaths else ""
    where = cells.get("where_coordinates", "")
    return f"{title}{f' at {where}' if where and where not in title else ''}{counted}"


def _reported(cell: str) -> date | None:
    """The first day among several, by ";"."""
    found = []
    for part in cell.split(";"):
        try:
            found.append(days.day_of(part))
        except ValueError:
            continue
    return min(found, default=None)
