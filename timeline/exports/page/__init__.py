"""The page: one HTML file that shows a timeline in any browser, without a network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from timeline.exports.options import DEFAULT, Options
from timeline.exports.page.page import HtmlPage
from timeline.exports.page.served import Field, Served
from timeline.model import Event

__all__ = ["Field", "HtmlExporter", "HtmlPage", "Served"]


class HtmlExporter:
    """The page as an export."""

    def write(self, events: Iterable[Event], options: Options = DEFAULT) -> Iterator[bytes]:
        page = HtmlPage(options.heading or "Timeline", options.about, options.countries, options.reports)
        return (piece.encode() for piece in page.pieces(events))
