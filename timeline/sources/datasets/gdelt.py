"""GDELT's event files: 1.0 (57 columns, 58 since April 2013) and 2.0 (61), tab separated, without quotation marks.

Quirks: the code of a country is FIPS 10-4 in the columns of places and CAMEO's in those of actors; an event that news
tells as of "last year" has the same day of the year before, which is no day; files of one day overlap with the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import BinaryIO, ClassVar, NamedTuple

from timeline.model import DataSet, Place, PlaceExactness, Role, Row, When
from timeline.model.errors import InputError
from timeline.reference import cameo, codes
from timeline.sources import Bad, Column, Fit, Gone
from timeline.sources.datasets import rows
from timeline.sources.datasets.rows import json_number, json_text
from timeline.sources.head import Head
from timeline.sources.tables import bad, plain_rows

_ACTOR = (
    ("Code", "actors", "its country, organisation or people; kept as it is"),
    ("Name", "actors", "a person or organisation that we know by this name; kept as it is"),
    ("CountryCode", "actors", "CAMEO country, as ISO 3166"),
    ("KnownGroupCode", "actors", "CAMEO organisation"),
    ("EthnicCode", "attributes", ""),
    ("Religion1Code", "attributes", ""),
    ("Religion2Code", "attributes", ""),
    ("Type1Code", "", "part of the code"),
    ("Type2Code", "", "part of the code"),
    ("Type3Code", "", "part of the code"),
)
_EVENT = (
    Column("IsRootEvent", "salience", "0: not of the lead, six tenths of the weight of the kind"),
    Column("EventCode", "type, kind, title", "CAMEO, by its table; kept as it is"),
    Column("EventBaseCode", "", "part of the code"),
    Column("EventRootCode", "", "part of the code"),
    Column("QuadClass", "attributes", ""),
    Column("GoldsteinScale", "attributes", ""),
    Column("NumMentions", "attributes", ""),
    Column("NumSources", "attributes", ""),
    Column("NumArticles", "attributes", ""),
    Column("AvgTone", "attributes", ""),
)
_FIRST = (
    Column("GLOBALEVENTID", "the row's id"),
    Column("SQLDATE", "when", "a day; the same day a year or ten before DATEADDED is a year, a month before a month"),
    Column("MonthYear", "", "part of SQLDATE"),
    Column("Year", "", "part of SQLDATE"),
    Column("FractionDate", "", "part of SQLDATE"),
)
_LAST = (
    Column("DATEADDED", "reported", "the day; with its time an attribute"),
    Column("SOURCEURL", "url", "missing before April 2013"),
)
_GEO_TYPES = {
    "1": PlaceExactness.COUNTRY,
    "2": PlaceExactness.REGION,
    "3": PlaceExactness.CITY,
    "4": PlaceExactness.CITY,
    "5": PlaceExactness.REGION,
}
_NUMBERS = frozenset(("QuadClass", "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone"))
_NOT_ROOT = 0.6  # of the kind's weight, for what is not told in an article's lead
_GIVE_UP = 100  # rows of another width before the first that fits


_GEOGRAPHY = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")


def _columns(second: bool) -> tuple[Column, ...]:
    actors = [Column(f"Actor{n}{name}", becomes, note) for n in (1, 2) for name, becomes, note in _ACTOR]
    geography = [
        Column(f"{whose}Geo_{name}", *(_action(name) if whose == "Action" else ("attributes", "")))
        for whose in ("Actor1", "Actor2", "Action")
        for name in _GEOGRAPHY
        if second or name != "ADM2Code"
    ]
    return (*_FIRST, *actors, *_EVENT, *geography, *_LAST)


def _action(name: str) -> tuple[str, str]:
    return {
        "Type": ("place", "1 country, 2 and 5 state, 3 and 4 city: how exact it is"),
        "FullName": ("place", "its name, and the state it lies in; kept as it is"),
        "CountryCode": ("place", "FIPS 10-4, as ISO 3166"),
        "Lat": ("place", ""),
        "Long": ("place", ""),
    }.get(name, ("attributes", ""))


class _Layout(NamedTuple):
    """Where things stand in a row of some width."""

    place: int
    """The column ActionGeo_Type."""
    latitude: int
    added: int
    url: int | None
    kept: tuple[tuple[str, int], ...]
    """The columns that become attributes: the beginning of a member of a JSON object, the column's number."""
    numbers: tuple[tuple[str, int], ...]


def _layout(columns: tuple[Column, ...], width: int) -> _Layout:
    names = [column.name for column in columns]
    also = {
        "Actor1Code",
        "Actor1Name",
        "Actor2Code",
        "Actor2Name",
        "EventCode",
        "ActionGeo_FullName",
        "IsRootEvent",
        "DATEADDED",
    }
    kept = [(c.name, at) for at, c in enumerate(columns) if c.becomes == "attributes" or c.name in also]
    members = [(f'"{name}":', at, name in _NUMBERS) for name, at in kept]
    return _Layout(
        names.index("ActionGeo_Type"),
        names.index("ActionGeo_Lat"),
        names.index("DATEADDED"),
        names.index("SOURCEURL") if width == len(columns) else None,
        tuple((name, at) for name, at, is_number in members if not is_number),
        tuple((name, at) for name, at, is_number in members if is_number),
    )


class _Gdelt:
    """Both versions; rows of a file have one width or the other."""

    name: ClassVar[str]
    title: ClassVar[str]
    example: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".tsv", ".tab")
    extra: ClassVar[str] = ""
    needs: ClassVar[str] = ""
    version: ClassVar[str] = "1"
    dataset: ClassVar[DataSet]
    source: ClassVar[str]
    columns: ClassVar[tuple[Column, ...]]
    widths: ClassVar[tuple[int, ...]]

    def fits(self, head: Head) -> Fit:
        """By the width of the first lines, an id of digits and a date of eight; rows of a broken file by their name."""
        for line in head.lines[:20]:
            cells = line.split("\t")
            if len(cells) in self.widths:
                if cells[0].strip("\ufeff").isdigit() and cells[1].isdigit() and len(cells[1]) == 8:
                    return Fit.SURE
                if cells[0].strip("\ufeff").casefold() == "globaleventid":
                    return Fit.SURE
        return Fit.NO

    def rows(self, stream: BinaryIO, origin: str, warn: Callable[[str], None]) -> Iterator[Row | Gone | Bad]:
        layouts = {width: _layout(self.columns, width) for width in self.widths}
        seen, waiting = False, list[Bad]()
        for each in plain_rows(stream, origin, "\t", self.widths):
            if isinstance(each, Bad):
                if seen:
                    yield each
                    continue
                waiting.append(each)
                if len(waiting) > _GIVE_UP:
                    raise InputError(
                        f"this is no file of {self.title}: {waiting[0].reason}",
                        where=origin,
                        hint="Events of GDELT 1.0 have 57 or 58 columns, of 2.0 61, mentions 16",
                    )
                continue
            number, cells = each
            if not seen:
                seen = True
                yield from waiting
                if len(cells) < len(self.columns):
                    warn("columns are missing: SOURCEURL")
            if number == 1 and cells[0].casefold() == "globaleventid":
                continue
            made = _row(cells, layouts[len(cells)])
            yield made if isinstance(made, Row) else bad(origin, number, made, cells)
        if not seen:
            if not waiting:
                raise InputError("there are no rows in it", where=origin)
            yield from waiting


def _row(cells: list[str], layout: _Layout) -> Row | str:
    """A row, or why it is none."""
    native = cells[0]
    if not native.isdecimal():
        return "GLOBALEVENTID is no number"
    added = cells[layout.added]
    when = _when(cells[1], added[:8])
    if isinstance(when, str):
        return when
    code = cameo.find(cells[26])
    if code is None:
        return f"EventCode {cells[26][:20]!r} is no CAMEO code"
    source = rows.cameo_side(cells[7], cells[8], cells[5], cells[6], Role.SOURCE)
    target = rows.cameo_side(cells[17], cells[18], cells[15], cells[16], Role.TARGET)
    at, latitude = layout.place, layout.latitude
    where = _place(cells[at], cells[at + 1], cells[at + 2], cells[latitude], cells[latitude + 1])
    full = cells[at + 1]
    told = rows.title(code, source, target, where.name if where else "")
    line = (
        f"{told}, in {full} (CAMEO {cells[26]}: {code.name})." if full else f"{told} (CAMEO {cells[26]}: {code.name})."
    )
    said = [name + json_text(cells[n]) for name, n in layout.kept if cells[n]]
    said += [name + json_number(cells[n]) for name, n in layout.numbers if cells[n]]
    weight = code.kind.weight if cells[25] == "1" else round(code.kind.weight * _NOT_ROOT, 3)
    report = rows.report(told, line, when, code, weight, source, target, where)
    url = cells[layout.url] if layout.url is not None else ""
    return Row(native, report, url, _day(added[:8]), f"{{{','.join(said)}}}")


@lru_cache(65_536)
def _day(digits: str) -> date | None:
    """The day of eight digits; None of others."""
    if len(digits) != 8 or not digits.isdecimal():
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


@lru_cache(65_536)
def _when(digits: str, added: str) -> When | str:
    """The date of SQLDATE, as exact as it is, or why it is none.

    GDELT counts "last month", "last year" and "a decade ago" from the day of the news and writes the day that this
    gives. A day so far back that is the very day of the month or the year is taken for such a count.
    """
    if len(digits) != 8 or not digits.isdecimal():
        return f"SQLDATE {digits[:20]!r} is no date of eight digits"
    year, month, of = digits[:4], digits[4:6], digits[6:]
    if year == "0000":
        return f"SQLDATE {digits} has no year"
    if month == "00":
        return When.of(year, reason="SQLDATE, without a month")
    if of == "00":
        return When.of(f"{year}-{month}", reason="SQLDATE, without a day") if month <= "12" else _no_day(digits)
    day, news = _day(digits), _day(added)
    if day is None:
        return _no_day(digits)
    if news is not None and day < news:
        if day.month == news.month and day.day == news.day and news.year - day.year in (1, 10):
            return When.of(year, reason=f"SQLDATE {digits}: counted back from {added} by years")
        if (news.year - day.year) * 12 + news.month - day.month == 1 and day.day == news.day:
            return When.of(f"{year}-{month}", reason=f"SQLDATE {digits}: counted back from {added} by a month")
    return rows.day(day.isoformat(), "SQLDATE")


def _no_day(digits: str) -> str:
    return f"SQLDATE {digits} is no day of the calendar"


@lru_cache(65_536)
def _place(kind: str, full: str, fips: str, latitude: str, longitude: str) -> Place | None:
    """Where the event was: "Moscow, Moskva, Russia" is the city with its state."""
    exactness = _GEO_TYPES.get(kind)
    if exactness is None or not (full or fips):
        return None
    iso3 = codes.country(fips, "fips")
    parts = [part.strip() for part in full.split(",") if part.strip()]
    if exactness is PlaceExactness.COUNTRY and not iso3:
        exactness = PlaceExactness.AREA
    if len(parts) > 1 and iso3 and rows.iso3_of(parts[-1]):
        parts.pop()
    region = parts[1] if exactness is PlaceExactness.CITY and len(parts) > 1 else ""
    return rows.place(parts[0] if parts else "", iso3, latitude, longitude, exactness, region, f"ActionGeo {full}")


class Gdelt1Reader(_Gdelt):
    name = "gdelt-1"
    title = "events of GDELT 1.0"
    example = "timeline import 20130401.export.CSV"
    dataset = DataSet("GDELT 1.0", "https://www.gdeltproject.org/")
    source = "GDELT Data Format Codebook, version 1.03"
    columns = _columns(second=False)
    widths = (57, 58)


class Gdelt2Reader(_Gdelt):
    name = "gdelt-2"
    title = "events of GDELT 2.0"
    example = "timeline import 20210201001500.export.CSV"
    dataset = DataSet("GDELT 2.0", "https://www.gdeltproject.org/")
    source = "GDELT Event Codebook, version 2.0"
    columns = _columns(second=True)
    widths = (61,)
