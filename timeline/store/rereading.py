"""Stored articles as extraction reads them again, and what was read in them before."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, select

from timeline.model import Article, Report
from timeline.model.address import canonical
from timeline.model.errors import NotFoundError
from timeline.store import documents, states
from timeline.store.origins import load_stored
from timeline.store.reports import load_reports
from timeline.store.tables import ArticleCopy, ArticleRow, ReportRow
from timeline.store.values import EventQuery
from timeline.store.walking import Walk


def article_ids(connection: Connection, query: EventQuery | None) -> list[str]:
    """Public ids of the articles that tell of the events a query finds, of all without one, as they came in."""
    wanted = select(ArticleRow.public_id).order_by(ArticleRow.id)
    if query is not None:
        told = select(ReportRow.article_id).where(ReportRow.event_id.in_(Walk(connection, query).numbers()))
        wanted = wanted.where(ArticleRow.id.in_(told))
    return list(connection.scalars(wanted))


def article(connection: Connection, public_id: str) -> Article:
    """A stored article as a new import of the document it is read from would bring it: with what is said of it there.

    Its `id` is the public one. Raises NotFoundError.
    """
    table = ArticleRow.__table__
    row = connection.execute(select(table).where(table.c.public_id == public_id)).mappings().first()
    if row is None:
        raise NotFoundError(f"no article has the id {public_id!r}", hint="'timeline event ID --json' names articles")
    stored = load_stored(connection, row["id"])
    document = documents.leading(stored.documents)
    said = stored.documents[document]
    keys = [known.key for known in stored.keys if known.document == document]
    found = Article(
        row["text"],
        id=public_id,
        title=said.title,
        url=said.url,
        publisher=said.publisher,
        language=said.language,
        origin=row["origin"],
    )
    if not set(documents.keys_of(found, row["digest"])) <= set(keys):  # the origin is that of another document
        found = replace(found, origin=next((key for key in keys if canonical(key) != canonical(said.url)), ""))
    return documents.dated(found, said)


def reports(connection: Connection, public_id: str, reader: str) -> dict[str, Report]:
    """What an extractor of some version read in an article, by the reports' keys; `reader` is its name."""
    within = ReportRow.article_id.in_(select(ArticleRow.id).where(ArticleRow.public_id == public_id))
    by_it = ReportRow.extractor.startswith(f"{reader} ", autoescape=True)
    told = {told.key: told.sourced.report for told in load_reports(connection, within & by_it)}
    own = ArticleRow.id == ArticleCopy.article_id
    packed = connection.scalar(
        select(ArticleCopy.reports).join(ArticleRow, own).where(ArticleRow.public_id == public_id)
    )
    return told | (states.packed_reports(packed, reader) if packed is not None else {})
