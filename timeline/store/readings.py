"""The articles that two extractors have read, with the reports of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from timeline.model import Article, Report
from timeline.model.errors import NotFoundError
from timeline.store import documents, ids
from timeline.store.reports import load_reports
from timeline.store.tables import ArticleRow, ReportRow

_OURS = "timeline-"
Reading = tuple[Article, tuple[Report, ...], tuple[Report, ...]]


def read_by(connection: Connection, a: str, b: str) -> Iterator[Reading]:
    """Articles in the order of their coming that the extractors of both names have read, with each one's reports.

    A name is that of the reports or, for ours, without "timeline-". Raises NotFoundError where no article is so.
    """
    table = ArticleRow.__table__
    candidates = select(table.c.id, table.c.extractor).where(table.c.extractor.contains(documents.BETWEEN))
    chosen: list[tuple[int, str, str]] = []
    for row, column in connection.execute(candidates.order_by(table.c.id)):
        readers = {ids.reader_of(each) for each in documents.readers_of(column)}
        one, other = _named(a, readers), _named(b, readers)
        if one and other:
            chosen.append((row, one, other))
    if not chosen:
        hint = f"Import the articles with --extractor {a} and again with --extractor {b}, or name files"
        raise NotFoundError(f"the store has no article that both {a!r} and {b!r} have read", hint=hint)
    for row, one, other in chosen:
        article = connection.execute(select(table).where(table.c.id == row)).mappings().one()
        found = load_reports(connection, ReportRow.article_id == row)
        yield (
            article_of(article),
            tuple(told.sourced.report for told in found if told.sourced.reader == one),
            tuple(told.sourced.report for told in found if told.sourced.reader == other),
        )


def article_of(row: Any) -> Article:
    """An article from its row, with its public id for its own."""
    names = ("text", "title", "url", "publisher", "published", "published_from", "language", "origin")
    return Article(id=row["public_id"], **{name: row[name] for name in names})


def _named(name: str, readers: set[str]) -> str:
    return next((each for each in (name, f"{_OURS}{name}") if each in readers), "")
