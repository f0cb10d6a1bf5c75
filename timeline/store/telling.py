"""The history of one event, put together: who reported it first, what changed, which ids lead to it."""

from __future__ import annotations

from sqlalchemy import Connection, select, union

from timeline.model.errors import AmbiguousError, NotFoundError
from timeline.store import changing, ids
from timeline.store.records import FirstReport, History
from timeline.store.tables import (
    ArticleRow,
    Dataset,
    EventChange,
    EventRedirect,
    EventRow,
    ImportRun,
    ReportRow,
)

_SHORTEST_PREFIX = 4


def history(connection: Connection, event_id: str) -> History:
    """See `Store.history`."""
    public_id = _id_of(connection, event_id.strip().lower())
    title = connection.scalar(select(EventRow.title).where(EventRow.public_id == public_id))
    leads = connection.scalar(select(EventRedirect.new).where(EventRedirect.old == public_id)) or ""
    changes = changing.history(connection, [public_id])
    state = "event" if title is not None else "joined" if leads else "withdrawn"
    if title is None:
        own = (each.change.old for each in reversed(changes) if each.change.event == public_id)
        title = next(own, "")
    led = select(EventRedirect.old).where(EventRedirect.new == public_id).order_by(EventRedirect.old)
    first = _first(connection, public_id)
    return History(public_id, state, leads, title, first, tuple(changes), tuple(connection.scalars(led)))


def _id_of(connection: Connection, wanted: str) -> str:
    """The whole id of one that there is, or once was."""
    if len(wanted) >= _SHORTEST_PREFIX:
        last = wanted.ljust(ids.ID_LENGTH, "f")
        known = (EventRow.public_id, EventRedirect.old, EventChange.public_id)
        some = union(*(select(column.label("id")).where(column.between(wanted, last)) for column in known)).limit(4)
        found = sorted(connection.scalars(some))
        if len(found) == 1 or wanted in found:
            return wanted if wanted in found else str(found[0])
        if found:
            raise AmbiguousError(f"several events begin with {wanted!r}", hint=", ".join(found))
    hint = "'timeline show' prints ids; four characters suffice"
    raise NotFoundError(f"no event has or had the id {wanted!r}", hint=hint)


def _first(connection: Connection, public_id: str) -> FirstReport | None:
    """The report that came into the store first."""
    report, article, dataset, run = (each.__table__ for each in (ReportRow, ArticleRow, Dataset, ImportRun))
    within = report.c.event_id == select(EventRow.id).where(EventRow.public_id == public_id).scalar_subquery()
    statement = (
        select(
            report.c.run_id,
            report.c.row,
            run.c.started,
            article.c.public_id,
            article.c.title,
            article.c.first_seen,
            dataset.c.name,
            dataset.c.first_seen.label("set_seen"),
        )
        .outerjoin(article, report.c.article_id == article.c.id)
        .outerjoin(dataset, report.c.dataset_id == dataset.c.id)
        .outerjoin(run, report.c.run_id == run.c.id)
        .where(within)
    )
    told = [
        FirstReport(r["first_seen"] or r["started"] or r["set_seen"], r["run_id"], r["public_id"] or "", title)
        for r in connection.execute(statement).mappings()
        for title in (r["title"] if r["public_id"] else f"{r['name']} {r['row']}",)
    ]
    return min(told, key=lambda each: (each.at, each.run or 0, each.article, each.title), default=None)
