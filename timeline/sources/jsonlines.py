"""JSON Lines of articles: `{"id","text","published","title","url","publisher"}`, one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from timeline.model import Article
from timeline.model.article import LINE
from timeline.model.errors import InputError
from timeline.sources import Bad, Fit
from timeline.sources.decoding import IS_UNWRITABLE, LARGEST, UNWRITABLE
from timeline.sources.head import Head
from timeline.sources.published import publication_day

_TEXTS = ("id", "title", "url", "publisher", "language")


class JsonLinesReader:
    name = "jsonl"
    title = "JSON Lines of articles"
    suffixes = (".jsonl", ".ndjson")
    example = "timeline import articles.jsonl"
    extra = needs = ""
    lists = False

    def fits(self, head: Head) -> Fit:
        """By its name; without one that says otherwise by an object at its beginning."""
        if head.suffix in self.suffixes:
            return Fit.NAME
        return Fit.CONTENT if not head.suffix and head.start.startswith("{") else Fit.NO

    def read(self, data: bytes, origin: str) -> Iterator[Article | Bad]:
        """An article a line; a line that is none is a Bad of its own. Raises InputError for an empty file."""
        if not data or data.isspace():
            raise InputError("the file is empty", where=origin)
        for number, line in enumerate(_lines(data), start=1):
            if not line or line.isspace():
                continue
            try:
                yield article_of(line, origin, number)
            except InputError as error:
                yield Bad(f"{origin}#{number}", error.what, line)


def _lines(data: bytes) -> Iterator[bytes]:
    """One by one, of one that is too long its beginning: all at once would be the whole file again."""
    at = 0
    while at < len(data):
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        yield data[at : min(end, at + LARGEST + 1)]
        at = end + 1


def article_of(line: bytes, origin: str, number: int) -> Article:
    """One line's article. Raises InputError saying what is wrong with it."""
    where = f"{origin}#{number}"
    if len(line) > LARGEST:
        raise InputError("the line is too long for one article", where=where)
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError("this is no JSON", where=where) from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not row["text"].strip():
        raise InputError('the object has no "text"', where=where)
    values = {key: str(row[key]) for key in _TEXTS if isinstance(row.get(key), (str, int))}
    if any(UNWRITABLE.search(value) for value in (row["text"], *values.values())):
        raise InputError(IS_UNWRITABLE, where=where)
    language = values.get("language", "")
    day = _day(row.get("published") or None, language, where)
    return article({**values, "text": row["text"]}, day, origin, number)


def article(said: dict[str, str], day: date | None, origin: str, number: int) -> Article:
    """What a line or a row says as an article. One without an id has no name of its own: its number is for people, not
    for finding it again."""
    name, language = said.get("id", ""), said.get("language", "")
    return Article(
        text=said["text"],
        id=name,
        title=said.get("title", ""),
        url=said.get("url", ""),
        publisher=said.get("publisher", ""),
        published=day,
        published_from="metadata" if day else "",
        language=language,
        origin=f"{origin}#{name}" if name else f"{origin}{LINE}{number}",
    )


def _day(published: object, language: str, where: str) -> date | None:
    if published is None:
        return None
    try:
        return publication_day(str(published), language)
    except ValueError as error:
        raise InputError(f'"published" {str(published)[:40]!r} {error}', where=where) from error
