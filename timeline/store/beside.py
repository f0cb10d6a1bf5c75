"""Units of one article beside each other: where several extractors have read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select

from timeline.store import documents
from timeline.store.tables import ArticleRow, ReportRow
from timeline.store.units import Units


def beside(connection: Connection, units: Units, some: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of one of some units and another one of its article, for articles of several extractors; few have any."""
    report, article = ReportRow.__table__, ArticleRow.__table__
    several = (
        select(report.c.article_id)
        .join(article, report.c.article_id == article.c.id)
        .where(report.c.id.in_(some), article.c.extractor.contains(documents.BETWEEN))
        .distinct()
    )
    wanted = set(some)
    for each in list(connection.scalars(several)):
        members = sorted(units.of(connection.scalars(select(report.c.id).where(report.c.article_id == each))))
        yield from ((one, other) for one in members if one in wanted for other in members if other != one)
