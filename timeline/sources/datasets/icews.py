"""ICEWS coded event data of the Dataverse: tab separated, with a head.

Quirks: an Event ID comes again on other days, so that a row's own id is both; a row tells one sentence of one story,
and the next story's is a row of its own; a spreadsheet takes the zero of "042" away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import BinaryIO

from timeline.model import ActorKind, DataSet, Role, Row
from timeline.reference import cameo
from timeline.sources import Bad, Column, Fit, Gone
from timeline.sources.datasets import rows
from timeline.sources.datasets.cells import headed
from timeline.sources.head import Head
from timeline.sources.tables import bad

_NEEDED = ("Event ID", "Event Date", "CAMEO Code", "Source Name", "Target Name")
_STATE = ("government", "military", "police", "executive", "legislative", "judicial", "ministry", "army", "navy")
_ORGANISED = ("organization", "business", "part", "media", "bank", "company", "union", "education")


class IcewsReader:
    name = "icews"
    title = "ICEWS coded event data (Dataverse)"
    suffixes = (".tab", ".tsv")
    example = "timeline import events.2021.tab"
    extra = needs = ""
    version = "1"
    dataset = DataSet("ICEWS", "https://doi.org/10.7910/DVN/28075")
    source = "ICEWS Coded Event Data Read Me (doi:10.7910/DVN/28075)"
    columns = (
        Column("Event ID", "the row's id", "with the day: an id comes again on other days"),
        Column("Event Date", "when, reported", "a day"),
        Column("Source Name", "actors", "one of our reference data by this name and country, else one of its own"),
        Column("Source Sectors", "attributes", "what acts for a state is the country"),
        Column("Source Country", "actors", "by its name, as ISO 3166"),
        Column("Event Text", "the sentence"),
        Column("CAMEO Code", "type, kind, title", "by its table; kept as it is"),
        Column("Intensity", "attributes"),
        Column("Target Name", "actors", "as the source"),
        Column("Target Sectors", "attributes"),
        Column("Target Country", "actors"),
        Column("Story ID", "attributes"),
        Column("Sentence Number", "attributes"),
        Column("Publisher", "attributes"),
        Column("City", "place", "how exact it is: the first of city, province and country that is told"),
        Column("District", "attributes"),
        Column("Province", "place"),
        Column("Country", "place"),
        Column("Latitude", "place"),
        Column("Longitude", "place"),
    )

    def fits(self, head: Head) -> Fit:
        return Fit.SURE if set(_NEEDED) <= {cell.strip('"') for cell in head.columns} else Fit.NO

    def rows(self, stream: BinaryIO, origin: str, warn: Callable[[str], None]) -> Iterator[Row | Gone | Bad]:
        for each in headed(stream, origin, self.columns, _NEEDED, warn, "\t"):
            if isinstance(each, Bad):
                yield each
                continue
            number, said = each
            made = _row(said)
            yield made if isinstance(made, Row) else bad(origin, number, made, said.values())


def _row(said: dict[str, str]) -> Row | str:
    """A row, or why it is none."""
    native, on = said.pop("Event ID"), said.pop("Event Date")
    day = _day(on)
    if day is None:
        return f"Event Date {on[:20]!r} is no day"
    if not native:
        return "it has no Event ID"
    code = cameo.find(said["CAMEO Code"])
    if code is None:
        return f"CAMEO Code {said['CAMEO Code'][:20]!r} is none"
    called, whom, text = said["Source Name"], said["Target Name"], said.pop("Event Text", "")
    source = _side(called, said.get("Source Sectors", ""), said.get("Source Country", ""), Role.SOURCE)
    target = _side(whom, said.get("Target Sectors", ""), said.get("Target Country", ""), Role.TARGET)
    at = [said.pop(name, "") for name in ("City", "Province", "Country", "Latitude", "Longitude")]
    parts = ", ".join(filter(None, at[:3]))
    where = rows.place_told(*at, parts)
    told = rows.title(code, source, target, where.name if where else "")
    between = " and ".join(filter(None, (called, whom)))
    line = f"{text or code.name}: {between}{f', in {parts}' if parts else ''}."
    report = rows.report(told, line, rows.day(day, "Event Date"), code, code.kind.weight, source, target, where)
    beside: dict[str, object] = {name: cell for name, cell in said.items() if cell}
    if "Intensity" in beside:
        beside["Intensity"] = rows.number(said["Intensity"])
    return Row(f"{native}/{day}", report, "", report.when.earliest, rows.attributes(beside))


@lru_cache(65_536)
def _day(cell: str) -> str | None:
    """ "2021-02-01", also with a time behind it."""
    try:
        return date.fromisoformat(cell[:10]).isoformat()
    except ValueError:
        return None


@lru_cache(65_536)
def _side(name: str, sectors: str, country: str, role: Role) -> rows.Side:
    """ICEWS does not tell persons from groups: one that we do not know is an organisation by its sectors or a group."""
    sorts, iso3 = sectors.casefold(), rows.iso3_of(country)
    if name.casefold() in ("", "null", "\\n"):
        return rows.NOBODY
    kind = ActorKind.ORGANISATION if any(sort in sorts for sort in _ORGANISED) else ActorKind.GROUP
    reason = f"called {name}" + (f" ({country})" if country and country not in name else "")
    return rows.named_side(name, iso3, role, reason, kind, any(sort in sorts for sort in _STATE))
