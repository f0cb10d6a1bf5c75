"""CSV, JSON and JSON Lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator

from timeline.exports.objects import event_object
from timeline.model import Event, Role

# A spreadsheet runs a cell that begins so as a formula (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

# Column, what it holds; the data dictionary of docs/csv.md is this table.
COLUMNS: tuple[tuple[str, str], ...] = (
    ("id", "public id of the event, stable for ever"),
    ("when", "date as EDTF; empty when nothing is known"),
    ("earliest", "first day it can have happened (YYYY-MM-DD), empty when open"),
    ("latest", "last day it can have happened, empty when open"),
    ("exactness", "day, month, season, year, decade, century, interval, open or unknown"),
    ("title", "one line in the present tense"),
    ("type", "PLOVER type, OTHER for what PLOVER cannot hold"),
    ("kind", "our finer kind"),
    ("modality", "actual, planned, hypothetical or denied"),
    ("sources", "actors who did it, joined by '; '"),
    ("targets", "actors to whom it was done"),
    ("participants", "actors without a direction"),
    ("actor_ids", "ids of all actors in the order of the columns before, empty where unknown"),
    ("place", "name of the place"),
    ("place_country", "ISO 3166 alpha-3 of the place"),
    ("latitude", "degrees, WGS 84"),
    ("longitude", "degrees, WGS 84"),
    ("countries", "ISO 3166 alpha-3 of all countries concerned, joined by '; '"),
    ("salience", "how much it matters to a timeline, 0 to 1"),
    ("report_count", "statements that tell of it"),
    ("source_count", "articles and data sets that tell of it"),
    ("first_reported", "publication date of the first source"),
    ("last_reported", "publication date of the last source"),
    ("sentence", "the sentence that tells it best"),
    ("urls", "addresses of the sources, joined by ' '"),
)


class CsvExporter:
    """RFC 4180 with a header line; cells that a spreadsheet would run get a leading apostrophe unless `raw`."""

    name = "csv"
    suffix = ".csv"

    def write(self, events: Iterable[Event], *, raw: bool = False) -> Iterator[str]:
        yield _line([name for name, _ in COLUMNS], raw=True)
        for event in events:
            yield _line(_cells(event), raw=raw)


class JsonExporter:
    """One JSON array."""

    name = "json"
    suffix = ".json"

    def write(self, events: Iterable[Event], *, raw: bool = False) -> Iterator[str]:  # noqa: ARG002 - part of the protocol
        separator = "[\n"
        for event in events:
            yield separator + json.dumps(event_object(event), ensure_ascii=False)
            separator = ",\n"
        yield "[]\n" if separator == "[\n" else "\n]\n"


class JsonLinesExporter:
    """One JSON object a line."""

    name = "jsonl"
    suffix = ".jsonl"

    def write(self, events: Iterable[Event], *, raw: bool = False) -> Iterator[str]:  # noqa: ARG002 - part of the protocol
        for event in events:
            yield json.dumps(event_object(event), ensure_ascii=False) + "\n"


def _cells(event: Event) -> list[str]:
    def names(role: Role) -> str:
        return "; ".join(p.actor.name for p in event.actors if p.role is role)

    place = event.place
    return [
        event.id,
        event.when.edtf,
        str(event.when.earliest or ""),
        str(event.when.latest or ""),
        event.when.exactness.value,
        event.title,
        event.type,
        event.kind,
        event.modality.value,
        names(Role.SOURCE),
        names(Role.TARGET),
        names(Role.PARTICIPANT),
        "; ".join(p.actor.id for role in Role for p in event.actors if p.role is role),
        place.name if place else "",
        place.country if place else "",
        _number(place.latitude if place else None),
        _number(place.longitude if place else None),
        "; ".join(event.country_codes),
        f"{event.salience:.2f}",
        str(event.reports),
        str(event.sources),
        str(event.first_reported or ""),
        str(event.last_reported or ""),
        event.sentence,
        " ".join(event.urls),
    ]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _line(cells: Iterable[str], *, raw: bool) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells if raw else [harmless(cell) for cell in cells])
    return buffer.getvalue()


def harmless(cell: str) -> str:
    """The cell as a spreadsheet shows it without running it; numbers stay numbers."""
    if not cell.startswith(_FORMULA):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
