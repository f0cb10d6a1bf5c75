"""Units of one article beside each other: where several extractors have read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, func, select

from timeline.store import documents
from timeline.store.tables import ArticleRow, ReportRow


def beside(connection: Connection, units: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of a unit and another one of its article, for articles of several extractors; few have any."""
    report, article = ReportRow.__table__, ArticleRow.__table__
    several = (
        select(report.c.article_id)
        .join(article, report.c.article_id == article.c.id)
        .where(report.c.id.in_(units), article.c.extractor.contains(documents.BETWEEN))
        .distinct()
    )
    wanted = set(units)
    for each in list(connection.scalars(several)):
        first = select(func.min(report.c.id)).where(report.c.article_id == each).group_by(report.c.happening)
        members = list(connection.scalars(first))
        yield from ((one, other) for one in members if one in wanted for other in members if other != one)
