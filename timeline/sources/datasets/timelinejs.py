"""TimelineJS: the spreadsheet as CSV or XLSX, and its JSON.

Quirks: a date has a year alone, a month or a day; the slide of the title is no event; texts hold HTML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from hashlib import sha256

from timeline.model import DataSet, Row
from timeline.reference import kinds
from timeline.sources import Column, Fit, Gone
from timeline.sources.datasets import days
from timeline.sources.datasets.naming import named_in
from timeline.sources.datasets.recorded import Recorded, code_of, kept, report_of, when_of
from timeline.sources.head import Head

_KEPT = "attribute"
COLUMNS = tuple(
    Column(*each)
    for each in (
        ("Year", "when"),
        ("Month", "when"),
        ("Day", "when"),
        ("Time", _KEPT),
        ("End Year", "when"),
        ("End Month", "when"),
        ("End Day", "when"),
        ("End Time", _KEPT),
        ("Display Date", _KEPT),
        ("Headline", "title", "countries, people and organisations that it names in full take part"),
        ("Text", "sentence", "without its HTML"),
        ("Media", "url"),
        ("Media Credit", _KEPT),
        ("Media Caption", _KEPT),
        ("Media Thumbnail", _KEPT),
        ("Alt Text", _KEPT),
        ("Type", "", "title: no event; era: a span of time like others"),
        ("Group", _KEPT),
        ("Background", _KEPT),
        ("Link", "url"),
    )
)
# What JSON calls the columns of the sheet.
_IN_JSON = {
    "start_date.year": "Year", "start_date.month": "Month", "start_date.day": "Day", "end_date.year": "End Year",
    "end_date.month": "End Month", "end_date.day": "End Day", "text.headline": "Headline", "text.text": "Text",
    "media.url": "Media", "media.link": "Link", "media.caption": "Media Caption", "media.credit": "Media Credit",
    "media.thumbnail": "Media Thumbnail", "media.alt": "Alt Text", "display_date": "Display Date", "group": "Group",
    "type": "Type", "background.url": "Background", "background.color": "Background",
}  # fmt: skip
_IN_OTHER_FIELDS = frozenset(
    ("Year", "Month", "Day", "End Year", "End Month", "End Day", "Headline", "Text", "Link", "unique_id")
)
_TAG = re.compile(r"<[^<>]*>")


class TimelineJsReader(Recorded):
    name = "timelinejs"
    title = "TimelineJS spreadsheet or JSON"
    suffixes = (".csv", ".json", ".xlsx")
    example = "timeline import timeline.csv --dataset my-timeline"
    dataset = DataSet("timelinejs", "https://timeline.knightlab.com")
    version = "1"
    source = "TimelineJS: spreadsheet template and JSON data format"
    columns = COLUMNS
    told = ("Year", "Headline", "Text")
    needed = ()
    optional = frozenset(column.name for column in COLUMNS) - {"Year", "Headline"}

    def fits(self, head: Head) -> Fit:
        if head.start.startswith("{"):
            told = '"start_date"' in head.text and '"events"' in head.text and '"headline"' in head.text
            return Fit.SURE if told else Fit.NO
        return super().fits(head)

    def _named(self, columns: tuple[str, ...], origin: str, warn: Callable[[str], None]) -> dict[str, str]:
        if any(name in _IN_JSON for name in columns):
            return dict(_IN_JSON)
        return super()._named(columns, origin, warn)

    def row(self, cells: dict[str, str]) -> Iterator[Row | Gone]:
        if cells.get("Type", "").casefold() == "title":
            return
        get = cells.get
        headline, text = _plain(get("Headline", "")), _plain(get("Text", ""))
        if not headline and not text:
            raise ValueError("the row has neither a Headline nor a Text")
        first = days.of_parts(*(get(name, "") for name in ("Year", "Month", "Day")))
        last = get("End Year", "")
        edtf = days.span(first, days.of_parts(last, get("End Month", ""), get("End Day", "")) if last else "")
        shown = get("Display Date", "")
        when = when_of(edtf, f"shown as {shown}" if shown else "")
        title = headline or text
        code = code_of("TimelineJS", kinds.get("development"))
        report = report_of(title, text or title, when, code, named_in(headline or text), None, "TimelineJS")
        native = get("unique_id", "") or sha256(f"{edtf}\n{headline}\n{text[:200]}".encode()).hexdigest()[:16]
        link = get("Link", "") or get("Media", "")
        url = link if link.startswith(("http://", "https://")) else ""
        yield Row(native, report, url, None, kept(cells, _IN_OTHER_FIELDS))


def _plain(text: str) -> str:
    """A text without tags and entities."""
    return " ".join(html.unescape(_TAG.sub(" ", text)).split()) if text else ""
