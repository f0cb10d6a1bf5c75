"""Reports as the database has them, with their source and all that belongs to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import aliased

from timeline.model import Participation, Unresolved
from timeline.model.merging import Sourced
from timeline.store import ids, rows
from timeline.store.tables import ActorEntry, ArticleCopy, ArticleRow, Dataset, ReportActor, ReportRow, ReportUnresolved

_PART = 500


@dataclass(frozen=True, slots=True)
class Told:
    """A report: its row, its public key, the happening it tells of (article and number; 0 and its own row for a row of
    a data set), the row of the event it is in, and the report itself as it was extracted, whatever was judged; not
    `linked` is a row of a data set that stays by itself."""

    row: int
    key: str
    happening: tuple[int, int]
    event: int | None
    sourced: Sourced
    linked: bool = True


def load_reports(connection: Connection, where: Any, actors: dict[str, int] | None = None) -> list[Told]:
    """The reports that fulfil a condition, in text order. `actors` takes in the row of each actor by key. The source of
    a copy's report is the article that it is a copy of."""
    table, article, dataset = ReportRow.__table__, ArticleRow.__table__, Dataset.__table__
    first = article.alias("first")
    statement = (
        select(
            table,
            func.coalesce(first.c.public_id, article.c.public_id).label("article_public_id"),
            article.c.url.label("article_url"),
            article.c.origin.label("article_origin"),
            article.c.published.label("article_published"),
            dataset.c.name.label("dataset_name"),
            dataset.c.url.label("dataset_url"),
            dataset.c.linked.label("dataset_linked"),
        )
        .outerjoin(article, table.c.article_id == article.c.id)
        .outerjoin(ArticleCopy, table.c.article_id == ArticleCopy.article_id)
        .outerjoin(first, ArticleCopy.of_id == first.c.id)
        .outerjoin(dataset, table.c.dataset_id == dataset.c.id)
        .where(where)
        .order_by(
            func.coalesce(article.c.public_id, dataset.c.name), table.c.span_start, table.c.trigger_start, table.c.key
        )
    )
    found = [dict(row) for row in connection.execute(statement).mappings()]
    numbers = [row["id"] for row in found]
    taking_part = _participations(connection, numbers, actors if actors is not None else {})
    unresolved = _unresolved(connection, numbers)
    return [
        Told(
            row["id"],
            row["key"],
            (row["article_id"], row["happening"]) if row["article_id"] is not None else (0, row["id"]),
            row["event_id"],
            _sourced(row, taking_part.get(row["id"], ()), unresolved.get(row["id"], ())),
            row["dataset_linked"] != 0,
        )
        for row in found
    ]


def _sourced(row: dict[str, Any], actors: Sequence[Participation], unresolved: Sequence[Unresolved]) -> Sourced:
    report = rows.report_of(row, actors, unresolved, ids.number_of(row["happening"]))
    reader = ids.reader_of(row["extractor"])
    if row["article_id"] is None:
        return Sourced(report, row["dataset_name"], row["url"] or row["dataset_url"], row["reported"], reader)
    url = row["article_url"] or row["article_origin"]
    return Sourced(report, row["article_public_id"], url, row["article_published"], reader)


def _participations(
    connection: Connection, reports: Sequence[int], actors: dict[str, int]
) -> dict[int, list[Participation]]:
    found: dict[int, list[Participation]] = defaultdict(list)
    link, actor = ReportActor.__table__, ActorEntry.__table__
    for part in parts(reports):
        statement = select(link, actor.c.key, actor.c.name, actor.c.kind, actor.c.country, actor.c.reference)
        statement = statement.join(actor, link.c.actor_id == actor.c.id).where(link.c.report_id.in_(part))
        for row in connection.execute(statement.order_by(link.c.report_id, link.c.position)).mappings():
            found[row["report_id"]].append(rows.participation_of(row))
            actors[row["key"]] = row["actor_id"]
    return found


def _unresolved(connection: Connection, reports: Sequence[int]) -> dict[int, list[Unresolved]]:
    found: dict[int, list[Unresolved]] = defaultdict(list)
    table = ReportUnresolved.__table__
    for part in parts(reports):
        statement = select(table).where(table.c.report_id.in_(part)).order_by(table.c.report_id, table.c.position)
        for row in connection.execute(statement).mappings():
            found[row["report_id"]].append(rows.unresolved_of(row))
    return found


def whole_happenings(connection: Connection, reports: Iterable[int]) -> set[int]:
    """Some reports and all that tell of the same happening of the same article."""
    found = set(reports)
    mine, other = aliased(ReportRow), aliased(ReportRow)
    for part in parts(sorted(found)):
        same = select(other.id).join(mine, (mine.article_id == other.article_id) & (mine.happening == other.happening))
        found.update(connection.scalars(same.where(mine.id.in_(part))))
    return found


def batches(connection: Connection, number: Any, size: int) -> Iterator[list[int]]:
    """All values of a column of row numbers, rising, so many at a time; rows may change meanwhile."""
    last = 0
    while batch := list(connection.scalars(select(number).where(number > last).order_by(number).limit(size))):
        yield batch
        last = batch[-1]


def parts(items: Sequence[Any]) -> list[Sequence[Any]]:
    """Pieces small enough for SQLite's limit on bound values."""
    return [items[i : i + _PART] for i in range(0, len(items), _PART)]
