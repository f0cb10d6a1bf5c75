"""Phoenix: the real-time files of the Open Event Data Alliance (26 columns without a head, tab separated) and the
historical ones of the Cline Center (CSV with a head).

Quirk: an event has the day of its story, which is no day of its own: it is about then. Ids are counted anew in each
file, so that a row's own id is with its day or article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import BinaryIO

from timeline.model import DataSet, Role, Row, When
from timeline.model.errors import InputError
from timeline.reference import cameo
from timeline.sources import Bad, Column, Fit, Gone
from timeline.sources.datasets import rows
from timeline.sources.datasets.cells import headed
from timeline.sources.head import Head
from timeline.sources.tables import bad, plain_rows

# Our names of what both layouts have, in the order of the columns of each.
_WHAT = (
    ("native", "the row's id", ""),
    ("day", "when, reported", "the day of the story, approximate"),
    ("", "", "part of the day"),
    ("", "", "part of the day"),
    ("", "", "part of the day"),
    ("source", "actors", "CAMEO; kept as it is"),
    ("", "", "part of the code"),
    ("", "", "part of the code"),
    ("", "attributes", ""),
    ("target", "actors", "CAMEO; kept as it is"),
    ("", "", "part of the code"),
    ("", "", "part of the code"),
    ("", "attributes", ""),
    ("code", "type, kind, title", "CAMEO, by its table; kept as it is"),
    ("", "", "part of the code"),
    ("", "attributes", ""),
    ("", "attributes", ""),
    ("", "attributes", ""),
    ("latitude", "place", ""),
    ("longitude", "place", ""),
    ("city", "place", "how exact it is: the first of city, state and country that is told"),
)
_STATE = ("state", "place", "")
_COUNTRY = ("country", "place", "by its name or code, as ISO 3166")
_REAL_TIME = (*_WHAT, _COUNTRY, _STATE)
_HISTORICAL = (*_WHAT, _STATE, _COUNTRY)
_NUMBERS = ("QuadClass", "GoldsteinScore", "quad_class", "goldstein")


_What = tuple[tuple[str, str, str], ...]


def _columns(has: _What, names: str, *more: Column) -> tuple[Column, ...]:
    return (*(Column(n, becomes, note) for n, (_, becomes, note) in zip(names.split(), has, strict=True)), *more)


def _places(has: _What, columns: tuple[Column, ...]) -> dict[str, str]:
    return {what: column.name for column, (what, *_) in zip(columns, has, strict=False) if what}


class PhoenixReader:
    name = "phoenix"
    title = "Phoenix, real-time (OEDA)"
    suffixes = (".txt", ".tsv")
    example = "timeline import events.full.20150903.txt"
    extra = needs = ""
    version = "1"
    dataset = DataSet("Phoenix", "https://openeventdata.org/")
    source = "Phoenix data set, layout of the daily files (Open Event Data Alliance)"
    columns = _columns(
        _REAL_TIME,
        "EventID Date Year Month Day SourceActorFull SourceActorEntity SourceActorRole SourceActorAttribute "
        "TargetActorFull TargetActorEntity TargetActorRole TargetActorAttribute EventCode EventRootCode QuadClass "
        "GoldsteinScore Issues ActionLat ActionLong LocationName GeoCountryName GeoStateName",
        Column("SentenceID", "attributes"),
        Column("URLs", "url", "the first; all are kept"),
        Column("NewsSources", "attributes"),
    )

    def fits(self, head: Head) -> Fit:
        for line in head.lines[:20]:
            cells = line.split("\t")
            if len(cells) == len(self.columns) and _day(cells[1]) and cameo.find(cells[13]):
                return Fit.SURE
        return Fit.NO

    def rows(self, stream: BinaryIO, origin: str, warn: Callable[[str], None]) -> Iterator[Row | Gone | Bad]:
        del warn  # without a head no column can be missing
        names = [column.name for column in self.columns]
        places = _places(_REAL_TIME, self.columns)
        found = False
        for each in plain_rows(stream, origin, "\t", (len(names),)):
            found = True
            if isinstance(each, Bad):
                yield each
                continue
            number, cells = each
            said = dict(zip(names, map(str.strip, cells), strict=True))
            urls = [url for url in said["URLs"].split(";") if url.startswith(("http://", "https://"))]
            made = _row(said, places, "", urls[0] if urls else "", self.columns)
            yield made if isinstance(made, Row) else bad(origin, number, made, cells)
        if not found:
            raise InputError("there are no rows in it", where=origin)


class PhoenixHistoricalReader:
    name = "phoenix-historical"
    title = "Phoenix, historical (Cline Center)"
    suffixes = (".csv",)
    example = "timeline import PhoenixNYT_1945-2005.csv"
    extra = needs = ""
    version = "1"
    dataset = DataSet(
        "Phoenix historical", "https://clinecenter.illinois.edu/project/machine-generated-event-data-projects"
    )
    source = "Cline Center Historical Phoenix Event Data, variable descriptions"
    columns = _columns(
        _HISTORICAL,
        "eid story_date year month day source source_root source_agent source_others target target_root target_agent "
        "target_others code root_code quad_class goldstein joined_issues lat lon placename statename countryname",
        Column("aid", "the row's id, attributes", "the article"),
        Column("process", "attributes"),
    )
    _needed = ("eid", "story_date", "source", "target", "code")

    def fits(self, head: Head) -> Fit:
        return Fit.SURE if {*self._needed, "quad_class"} <= {cell.strip('"') for cell in head.columns} else Fit.NO

    def rows(self, stream: BinaryIO, origin: str, warn: Callable[[str], None]) -> Iterator[Row | Gone | Bad]:
        places = _places(_HISTORICAL, self.columns)
        for each in headed(stream, origin, self.columns, self._needed, warn, ",", quoted=True):
            if isinstance(each, Bad):
                yield each
                continue
            number, said = each
            cells = list(said.values())
            made = _row(said, places, said.get("aid", ""), "", self.columns)
            yield made if isinstance(made, Row) else bad(origin, number, made, cells, ",")


def _row(
    said: dict[str, str], places: dict[str, str], article: str, url: str, columns: tuple[Column, ...]
) -> Row | str:
    """A row, or why it is none. `places` are the set's columns by our names of what they hold."""
    has = {what: said.get(name, "") for what, name in places.items()}
    if not has["native"]:
        return f"it has no {places['native']}"
    when = _day(has["day"])
    if when is None:
        return f"{places['day']} {has['day'][:20]!r} is no day"
    code = cameo.find(has["code"])
    if code is None:
        return f"{places['code']} {has['code'][:20]!r} is no CAMEO code"
    source = rows.cameo_side("", "", has["source"], "", Role.SOURCE)
    target = rows.cameo_side("", "", has["target"], "", Role.TARGET)
    city, state, country = has["city"], has["state"], has["country"]
    parts = ", ".join(filter(None, (city, state, country)))
    # Of a place that is only known to its country the city's column has the country's name.
    own = city if rows.iso3_of(city) != rows.iso3_of(country) else ""
    where = rows.place_told(own, state, country, has["latitude"], has["longitude"], parts)
    told = rows.title(code, source, target, where.name if where else "")
    line = f"{told}{f', in {parts}' if parts else ''} (CAMEO {has['code']}: {code.name})."
    passed = {column.name for column in columns if not column.becomes}
    passed.update(places[what] for what in ("native", "day", "latitude", "longitude"))
    beside: dict[str, object] = {name: cell for name, cell in said.items() if cell and name not in passed}
    beside.update({name: rows.number(said[name]) for name in _NUMBERS if said.get(name)})
    report = rows.report(told, line, when, code, code.kind.weight, source, target, where)
    native = f"{has['native']}/{article or when.earliest}"
    return Row(native, report, url, when.earliest, rows.attributes(beside))


@lru_cache(65_536)
def _day(cell: str) -> When | None:
    """ "20150903", "2015-09-03", "9/3/2015" (month first, as the Cline Center writes)."""
    try:
        if "/" in cell:
            month, day, year = map(int, cell.split("/"))
            found = date(year, month, day)
        else:
            found = date.fromisoformat(cell)
    except ValueError:
        return None
    return When.of(f"{found}~", reason="the day of the story")
