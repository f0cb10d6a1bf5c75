"""The page: one HTML file that shows a timeline in any browser, without a network."""

from __future__ import annotations

from timeline.exports.page.page import HtmlExporter
from timeline.exports.page.rows import Detail

__all__ = ["Detail", "HtmlExporter"]
