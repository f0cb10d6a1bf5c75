"""Where a stored article was found, and what was said about it there."""

from __future__ import annotations

from sqlalchemy import Connection, select

from timeline.store.documents import Known, Metadata, Stored
from timeline.store.tables import ArticleOrigin, ArticleRow


def load_stored(connection: Connection, row: int) -> Stored:
    """A stored article with all its keys."""
    digest = str(connection.scalar(select(ArticleRow.digest).where(ArticleRow.id == row)))
    table = ArticleOrigin.__table__
    found = connection.execute(select(table).where(table.c.article_id == row)).mappings()
    keys = tuple(
        Known(
            r["key"],
            r["document"],
            row,
            Metadata(r["title"], r["url"], r["publisher"], r["published"], r["published_from"], r["language"]),
        )
        for r in found
    )
    return Stored(row, digest, keys)
