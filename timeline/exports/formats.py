"""What formats there are: found by name or suffix, loaded where they are used."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from typing import TYPE_CHECKING

from timeline.model.errors import TimelineError, UsageError

if TYPE_CHECKING:
    from timeline.exports import Exporter

_HERE = "timeline.exports"
_GROUP = "timeline.exporters"
_TOLD = ("suffix", "purpose", "rows", "raw", "binary", "dated")  # what a class of another package may say of itself


@dataclass(frozen=True, slots=True)
class Format:
    """A format of export: what it is for and who writes it ("module:Class").

    `needs` is the module of a library that is not always installed, "" for none; `extra` brings it.
    `rows`: it holds rows of columns, so that these can be chosen. `raw`: it can leave texts as they are, also those
    that would run or act where it is opened. `binary`: not for a terminal. `dated`: it holds no
    event of which no day is known. `foldered`: it can be a folder with a part for each year. `told`: it shows every
    report of an event.
    """

    name: str
    suffix: str
    purpose: str
    where: str
    extra: str = ""
    needs: str = ""
    rows: bool = False
    raw: bool = False
    binary: bool = False
    dated: bool = False
    foldered: bool = False
    told: bool = False

    @property
    def installed(self) -> bool:
        return not self.needs or find_spec(self.needs) is not None

    def exporter(self) -> Exporter:
        """Its exporter. Raises TimelineError where its library is not installed."""
        if not self.installed:
            hint = f"Run: pip install 'timeline-events[{self.extra}]'"
            raise TimelineError(f"the format {self.name} needs {self.needs}, which is not installed", hint=hint)
        module, _, name = self.where.partition(":")
        made: Exporter = getattr(import_module(module), name)()
        return made


_OURS = (
    Format("csv", ".csv", "spreadsheets, pandas, R, SQL", f"{_HERE}.csv:CsvExporter", rows=True, raw=True),
    Format("tsv", ".tsv", "the same with tabs", f"{_HERE}.csv:TsvExporter", rows=True, raw=True),
    Format("json", ".json", "programs: one array", f"{_HERE}.json:JsonExporter"),
    Format("jsonl", ".jsonl", "programs: an object a line, jq, DuckDB", f"{_HERE}.json:JsonLinesExporter"),
    Format(
        *("xlsx", ".xlsx", "Excel, LibreOffice: real dates, filters", f"{_HERE}.xlsx:XlsxExporter"),
        *("xlsx", "xlsxwriter"),
        rows=True,
        binary=True,
    ),
    Format(
        *("parquet", ".parquet", "DuckDB, pandas, Polars, R: typed", f"{_HERE}.parquet:ParquetExporter"),
        *("parquet", "pyarrow"),
        rows=True,
        raw=True,
        binary=True,
        foldered=True,
    ),
    Format(
        *("ics", ".ics", "calendars: all-day entries (iCalendar)", f"{_HERE}.icalendar:ICalendarExporter"),
        *("ical", "icalendar"),
        dated=True,
    ),
    Format("geojson", ".geojson", "maps: QGIS, Leaflet", f"{_HERE}.geojson:GeoJsonExporter"),
    Format("kml", ".kml", "globes: Google Earth", f"{_HERE}.kml:KmlExporter"),
    Format(
        "timelinejs", ".timeline.json", "stories in a browser", f"{_HERE}.timelinejs:TimelineJsExporter", dated=True
    ),
    Format("html", ".html", "a page for any browser, without a network", f"{_HERE}.page:HtmlExporter", told=True),
    Format("markdown", ".md", "a chronology to read and edit", f"{_HERE}.markdown:MarkdownExporter"),
    Format(
        *("gexf", ".gexf", "the network of actors: Gephi", f"{_HERE}.graph:GexfExporter"),
        *("graph", "networkx"),
    ),
    Format(
        *("graphml", ".graphml", "the same for Cytoscape, igraph, yEd", f"{_HERE}.graph:GraphMlExporter"),
        *("graph", "networkx"),
    ),
    Format(
        *("ftm", ".ftm.json", "OpenAleph: FollowTheMoney entities", f"{_HERE}.ftm:FtmExporter"),
        *("ftm", "followthemoney"),
    ),
)


def formats() -> dict[str, Format]:
    """All formats by name: ours, then those that other packages offer under the entry point group
    "timeline.exporters", a class each that may say its `suffix` and what it is for (`purpose`)."""
    ours = {each.name: each for each in _OURS}
    others = sorted(entry_points(group=_GROUP), key=lambda entry: entry.name)
    return ours | {entry.name: _foreign(entry) for entry in others if entry.name not in ours}


def find(name: str) -> Format:
    """The format of a name. Raises UsageError."""
    known = formats()
    if name.strip().lower() not in known:
        raise UsageError(f"{name!r} is no export format", hint=f"Say {', '.join(known)}; 'timeline formats' tells more")
    return known[name.strip().lower()]


def of_file(name: str) -> Format | None:
    """The format that a file's name ends like, None for no or another ending."""
    ending = [each for each in formats().values() if name.lower().endswith(each.suffix)]
    return max(ending, key=lambda each: len(each.suffix), default=None)


def _foreign(entry: EntryPoint) -> Format:
    plain = Format(entry.name, f".{entry.name}", f"from the package {_package(entry)}", entry.value)
    made = entry.load()
    return replace(plain, **{key: getattr(made, key) for key in _TOLD if hasattr(made, key)})


def _package(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else entry.module
