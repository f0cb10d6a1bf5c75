"""Units that may be one event with some: they share a block, or an article that another extractor read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, func, select

from timeline.store import documents
from timeline.store.reports import parts
from timeline.store.tables import ArticleRow, ReportBlock, ReportRow


def near(connection: Connection, units: Sequence[int]) -> dict[int, list[int]]:
    """For each unit its neighbours; units without any are left out."""
    mine, other = ReportBlock.__table__.alias("mine"), ReportBlock.__table__.alias("other")
    found: dict[int, list[int]] = {}
    for part in parts(units):
        statement = (
            select(mine.c.report_id, other.c.report_id)
            .join(other, mine.c.block == other.c.block)
            .where(mine.c.report_id.in_(part), other.c.report_id != mine.c.report_id)
            .distinct()
        )
        for unit, neighbour in connection.execute(statement):
            found.setdefault(unit, []).append(neighbour)
        for unit, neighbour in _beside(connection, part):
            found.setdefault(unit, []).append(neighbour)
    return found


def _beside(connection: Connection, units: Sequence[int]) -> Iterator[tuple[int, int]]:
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
