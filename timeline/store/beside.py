"""Happenings of one article beside each other: where several extractors have read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select

from timeline.store import documents
from timeline.store.tables import ArticleRow, HappeningRow


def beside(connection: Connection, happenings: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of a happening and another one of its article, for articles of several extractors; few have any."""
    happening, article = HappeningRow.__table__, ArticleRow.__table__
    several = (
        select(happening.c.article_id)
        .join(article, happening.c.article_id == article.c.id)
        .where(happening.c.id.in_(happenings), article.c.extractor.contains(documents.BETWEEN))
        .distinct()
    )
    wanted = set(happenings)
    for each in list(connection.scalars(several)):
        members = list(connection.scalars(select(happening.c.id).where(happening.c.article_id == each)))
        yield from ((one, other) for one in members if one in wanted for other in members if other != one)
