"""The page: one HTML file that shows a timeline in any browser, without a network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from timeline.exports.options import DEFAULT, Options
from timeline.exports.page.page import HtmlPage
from timeline.exports.page.rows import Detail
from timeline.model import Event

__all__ = ["Detail", "HtmlExporter", "HtmlPage"]


class HtmlExporter:
    """The page as an export."""

    def write(self, events: Iterable[Event], options: Options = DEFAULT) -> Iterator[bytes]:
        page = HtmlPage(options.heading or "Timeline", options.about, options.countries, _Details(options))
        return (piece.encode() for piece in page.pieces(events))


class _Details(Mapping[str, Sequence[Detail]]):
    """The reports of events, as the options have them when an event is written."""

    def __init__(self, options: Options) -> None:
        self._reports = options.reports

    def __getitem__(self, event: str) -> Sequence[Detail]:
        return [
            Detail(each.report.sentence, each.publisher or each.title, each.url, each.published)
            for each in self._reports[event]
        ]

    def __iter__(self) -> Iterator[str]:
        return iter(self._reports)

    def __len__(self) -> int:
        return len(self._reports)
