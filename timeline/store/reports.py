"""Reports as the database has them, with their source and all that belongs to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Select, func, select
from sqlalchemy.orm import aliased

from timeline.model import UNKNOWN_WHEN, Participation, Unresolved
from timeline.model.merging import Sourced
from timeline.store import ids, rows
from timeline.store.among import Among, rows_among
from timeline.store.tables import (
    ActorEntry,
    ArticleCopy,
    ArticleRow,
    Base,
    Dataset,
    ReportActor,
    ReportRow,
    ReportUnresolved,
)

_PART = 500

_REPORT, _ARTICLE, _COPY, _DATASET, _LINK, _ACTOR, _UNRESOLVED = (
    Base.metadata.tables[row.__tablename__]
    for row in (ReportRow, ArticleRow, ArticleCopy, Dataset, ReportActor, ActorEntry, ReportUnresolved)
)
_OWN = (
    *("id", "key", "article_id", "happening", "event_id", "extractor", "url", "reported", "words", "rule", "context"),
    *("span_start", "span_end", "trigger_start", "trigger_end"),
    *("title", "sentence", "type", "kind", "modality", "salience"),
    *rows.when_columns(UNKNOWN_WHEN),
    *rows.place_columns(None),
)
_NAMES = (*_OWN, "article", "article_url", "origin", "published", "dataset", "dataset_url", "linked")


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
    return load_rows(connection, list(connection.scalars(select(_REPORT.c.id).where(where))), actors)


def load_rows(connection: Connection, numbers: Sequence[int], actors: dict[str, int] | None = None) -> list[Told]:
    """The same of those with these row numbers: the hundreds that tell of one happening are read whenever one more
    does."""
    found: list[tuple[tuple[str, int, int, str], Told]] = []
    for part in parts(numbers):
        told = [dict(zip(_NAMES, row, strict=True)) for row in rows_among(connection, _reports, part)]
        taking_part = _participations(connection, part, actors if actors is not None else {})
        unresolved = _unresolved(connection, part)
        for row in told:
            number = row["id"]
            order = row["article"] or row["dataset"], row["span_start"], row["trigger_start"], row["key"]
            found.append((order, _told(row, taking_part.get(number, ()), unresolved.get(number, ()))))
    return [told for _, told in sorted(found, key=itemgetter(0))]


def _reports(among: Among) -> Select[Any]:
    first = _ARTICLE.alias("first")
    return (
        select(
            *(_REPORT.c[name] for name in _OWN),
            func.coalesce(first.c.public_id, _ARTICLE.c.public_id),
            _ARTICLE.c.url,
            _ARTICLE.c.origin,
            _ARTICLE.c.published,
            _DATASET.c.name,
            _DATASET.c.url,
            _DATASET.c.linked,
        )
        .outerjoin(_ARTICLE, _REPORT.c.article_id == _ARTICLE.c.id)
        .outerjoin(_COPY, _REPORT.c.article_id == _COPY.c.article_id)
        .outerjoin(first, _COPY.c.of_id == first.c.id)
        .outerjoin(_DATASET, _REPORT.c.dataset_id == _DATASET.c.id)
        .where(among(_REPORT.c.id))
    )


def _told(row: dict[str, Any], actors: Sequence[Participation], unresolved: Sequence[Unresolved]) -> Told:
    number, article, happening = row["id"], row["article_id"], row["happening"]
    report = rows.report_of(row, actors, unresolved, ids.number_of(happening))
    reader = ids.reader_of(row["extractor"])
    if article is None:
        sourced = Sourced(report, row["dataset"], row["url"] or row["dataset_url"], row["reported"], reader)
        return Told(number, row["key"], (0, number), row["event_id"], sourced, row["linked"] != 0)
    sourced = Sourced(report, row["article"], row["article_url"] or row["origin"], row["published"], reader)
    return Told(number, row["key"], (article, happening), row["event_id"], sourced)


def _participations(
    connection: Connection, reports: Sequence[int], actors: dict[str, int]
) -> dict[int, list[Participation]]:
    found: dict[int, list[Participation]] = defaultdict(list)
    for report, role, words, start, end, reason, number, *who in rows_among(connection, _taking_part, reports):
        key, *named = who
        span = rows.span_of(start, end)
        found[report].append(Participation(rows.actor(*named), rows.ROLES[role], words, span, reason))
        actors[key] = number
    return found


def _taking_part(among: Among) -> Select[Any]:
    link, actor = _LINK.c, _ACTOR.c
    own = (link.report_id, link.role, link.words, link.start, link.end, link.reason, link.actor_id)
    found = select(*own, actor.key, actor.name, actor.kind, actor.country, actor.reference)
    found = found.join(_ACTOR, link.actor_id == actor.id).where(among(link.report_id))
    return found.order_by(link.report_id, link.position)


def _unresolved(connection: Connection, reports: Sequence[int]) -> dict[int, list[Unresolved]]:
    found: dict[int, list[Unresolved]] = defaultdict(list)
    for report, role, words, start, end, reason in rows_among(connection, _words, reports):
        found[report].append(Unresolved(words, rows.ROLES[role], rows.span_of(start, end), reason))
    return found


def _words(among: Among) -> Select[Any]:
    of = _UNRESOLVED.c
    found = select(of.report_id, of.role, of.words, of.start, of.end, of.reason).where(among(of.report_id))
    return found.order_by(of.report_id, of.position)


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
