"""The page: one HTML file that shows a timeline in any browser, without a network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from timeline.exports.options import DEFAULT, Options
from timeline.exports.page.page import HtmlPage
from timeline.exports.page.rows import Detail
from timeline.exports.page.served import Field, Served
from timeline.model import Event, EventReport

__all__ = ["Detail", "Details", "Field", "HtmlExporter", "HtmlPage", "Served"]


class HtmlExporter:
    """The page as an export."""

    def write(self, events: Iterable[Event], options: Options = DEFAULT) -> Iterator[bytes]:
        page = HtmlPage(options.heading or "Timeline", options.about, options.countries, Details(options.reports))
        return (piece.encode() for piece in page.pieces(events))


class Details(Mapping[str, Sequence[Detail]]):
    """The reports of events by the events' ids, as they are known when an event is written."""

    def __init__(self, reports: Mapping[str, Sequence[EventReport]]) -> None:
        self._reports = reports

    def __getitem__(self, event: str) -> Sequence[Detail]:
        return [
            Detail(each.report.sentence, each.publisher or each.title, each.url, each.published)
            for each in self._reports[event]
        ]

    def __iter__(self) -> Iterator[str]:
        return iter(self._reports)

    def __len__(self) -> int:
        return len(self._reports)
