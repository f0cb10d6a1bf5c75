"""Plain text: one article a file, with an optional header of "Key: value" lines and a blank line before the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from timeline.model import Article
from timeline.model.errors import InputError
from timeline.sources import Bad, Fit
from timeline.sources.decoding import decode
from timeline.sources.head import Head
from timeline.sources.published import publication_day

_KEYS = {"title", "published", "publisher", "url", "source", "licence", "license", "language", "author"}
_DATABASE = b"SQLite format 3\0"  # the store itself, say, when names were mixed up
_HEADER_LINE = re.compile(r"([A-Za-z]+):[ \t]*(.*)")


class PlainReader:
    name = "text"
    title = "plain text, one article a file"
    suffixes = (".txt", ".text")
    example = "timeline import article.txt --published 2025-03-03"
    extra = needs = ""
    lists = False

    def fits(self, head: Head) -> Fit:
        if head.data.startswith(_DATABASE):
            return Fit.NO
        return Fit.NAME if head.suffix in self.suffixes else Fit.FALLBACK

    def read(self, data: bytes, origin: str) -> Iterator[Article | Bad]:
        """One article. Raises InputError for what is no text, or a header date that is none."""
        header, text = split_header(decode(data, origin))
        if not text.strip():
            raise InputError("there is no text after the header", where=origin)
        language = header.get("language", "")
        published = _day(header.get("published", ""), language, origin)
        yield Article(
            text=text,
            title=header.get("title", ""),
            url=header.get("url", ""),
            publisher=header.get("publisher", ""),
            published=published,
            published_from="header" if published else "",
            language=language,
            origin=origin,
        )


def split_header(text: str) -> tuple[dict[str, str], str]:
    """The header's values by key in lower case, and the text after it; {} and the whole text without a header.

    A header is two or more lines of known keys at the very top, ended by a blank line.
    """
    lines = text.split("\n")
    header: dict[str, str] = {}
    for number, line in enumerate(lines):
        match = _HEADER_LINE.fullmatch(line.rstrip("\r"))
        if match and match[1].lower() in _KEYS:
            header[match[1].lower()] = match[2].strip()
        elif not line.strip() and len(header) >= 2:
            return header, "\n".join(lines[number + 1 :]).lstrip("\r\n")
        else:
            break
    return {}, text


def _day(words: str, language: str, origin: str) -> date | None:
    if not words:
        return None
    try:
        return publication_day(words, language)
    except ValueError as error:
        raise InputError(
            f"the header's date {words[:40]!r} {error}", where=origin, hint="Write Published: YYYY-MM-DD"
        ) from error
