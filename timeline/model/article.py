"""The article: one news text with its metadata. Every span of the house refers to `Article.text`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

# Stands before a line's number in the origin of an article that has no name of its own: such an origin moves when lines
# are added, so an article is not found again by it.
LINE = "#line="


class Span(NamedTuple):
    """A half-open range of characters, `text[start:end]`, of an article's original text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One news text, exactly as it was read.

    `published_from` says how the publication date is known: "given", "text", "dateline", "metadata", … or ""
    when there is none. `origin` is where the text came from (a file's URI, a URL, "stdin"), by which a later
    import knows a corrected version; `id` is the caller's own name for it, echoed in output.
    """

    text: str
    id: str = ""
    title: str = ""
    url: str = ""
    publisher: str = ""
    published: date | None = None
    published_from: str = ""
    language: str = "en"
    origin: str = ""
