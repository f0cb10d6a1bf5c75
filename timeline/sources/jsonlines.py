"""JSON Lines of articles: `{"id","text","published","title","url","publisher"}`, one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from timeline.model import Article
from timeline.model.errors import InputError
from timeline.sources import Bad
from timeline.sources.decoding import LARGEST

_TEXTS = ("id", "title", "url", "publisher", "language")


class JsonLinesReader:
    name = "jsonl"
    suffixes: tuple[str, ...] = (".jsonl", ".ndjson")

    def read(self, data: bytes, origin: str) -> Iterator[Article | Bad]:
        """An article a line; a line that is none is a Bad of its own. Raises InputError for an empty file."""
        if not data.strip():
            raise InputError("the file is empty", where=origin)
        for number, line in enumerate(data.split(b"\n"), start=1):
            if not line.strip():
                continue
            where = f"{origin}#{number}"
            try:
                yield article_of(line, where)
            except InputError as error:
                yield Bad(where, error.what, line)


def article_of(line: bytes, where: str) -> Article:
    """One line's article. Raises InputError saying what is wrong with it."""
    if len(line) > LARGEST:
        raise InputError("the line is too long for one article", where=where)
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError("this is no JSON", where=where) from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not row["text"].strip():
        raise InputError('the object has no "text"', where=where)
    values = {key: row[key] for key in _TEXTS if isinstance(row.get(key), str)}
    published = row.get("published") or None
    day = None
    if published is not None:
        try:
            day = date.fromisoformat(str(published)[:10])
        except ValueError as error:
            raise InputError(f'"published" is no date: {str(published)[:40]!r}', where=where) from error
    text = row["text"].encode("utf-8", "replace").decode("utf-8")
    key = values.get("id", "")
    origin = f"{where.split('#')[0]}#{key}" if key else where
    return Article(text=text, published=day, published_from="metadata" if day else "", origin=origin, **values)
