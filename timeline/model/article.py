"""The article: one news text with its metadata. Every span of the house refers to `Article.text`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

# Stands before a line's number in the origin of an article that has no name of its own: such an origin moves when lines
# are added, so an article is not found again by it.
LINE = "#line="
# One character for one, so that offsets hold.
_PLAIN = str.maketrans("\r\n\t\u00a0\u2018\u2019\u201c\u201d", "    ''\"\"")


def plain(text: str) -> str:
    """A text with plain quotation marks and spaces, as a report keeps its sentence: every character in its place."""
    return text.translate(_PLAIN)


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


# Newspapers began in 1605; a date beyond a lifetime from now is a slip of the keyboard.
_FIRST_NEWS, _LAST_NEWS = date(1605, 1, 1), date(2100, 12, 31)


def is_publication_day(day: date) -> bool:
    """Whether news can have been published on a day: neither in the year 1 nor in 9999."""
    return _FIRST_NEWS <= day <= _LAST_NEWS


@dataclass(frozen=True, slots=True)
class Article:
    """One news text, exactly as it was read.

    `published_from` says how the publication date is known, in order of trust: "given" by the user; "header" or
    "metadata" of the article; "text", "byline" or "dateline" as the text states it; "url", "file name" or "file time"
    by the place it was found in; "" when there is none. `filed` is the day that this place tells (`filed_from` which
    of the three): it counts only where nothing is stated. `language` is a code, locale or English name, "" when nobody
    states it: then it is English, or what its letters tell. `origin` is where the text came from (a file's URI, a URL,
    "stdin"), by which a later import knows a corrected version; `id` is the caller's own name for it, echoed in output.
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
    filed: date | None = None
    filed_from: str = ""
