"""Deriving events again after their reports have changed: only the neighbourhood of what was touched.

Old events of the neighbourhood go, new ones come; an id that is gone leads by a redirect to the event that tells of
most of its reports today.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from timeline.model import CountryLink, Event, Participation, Unresolved
from timeline.model.merging import Sourced, derive
from timeline.store import ids, linking, rows
from timeline.store.beside import beside
from timeline.store.judged import Judged
from timeline.store.linking import Linkable
from timeline.store.tables import (
    ActorEntry,
    ArticleRow,
    EventActor,
    EventCountry,
    EventRedirect,
    EventRow,
    HappeningBlock,
    HappeningRow,
    ReportActor,
    ReportCountry,
    ReportRow,
    ReportUnresolved,
)

_PART = 500


class Deriver:
    """Collects what was touched in a transaction, then derives its events once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._new: set[int] = set()
        self._seeds: set[int] = set()
        self._old_events: set[int] = set()
        self._old_keys: dict[str, set[str]] = {}

    def touch(self, happenings: Iterable[int]) -> None:
        """These happenings are new."""
        self._new.update(happenings)

    def read_again(self, happenings: Iterable[int]) -> None:
        """What these happenings tell reads otherwise now: they are linked as if they were new."""
        again = sorted(set(happenings))
        for part in parts(again):
            self._connection.execute(delete(HappeningBlock).where(HappeningBlock.happening_id.in_(part)))
            found = select(HappeningRow.event_id).where(HappeningRow.id.in_(part), HappeningRow.event_id.is_not(None))
            self._remember({int(row[0]) for row in self._connection.execute(found) if row[0] is not None})
        self._new.update(again)

    def forget(self, happenings: set[int]) -> None:
        """These happenings are about to go: their events must be derived without them."""
        events: set[int] = set()
        for part in parts(sorted(happenings)):
            found = select(HappeningRow.event_id).where(HappeningRow.id.in_(part), HappeningRow.event_id.is_not(None))
            events.update(int(row[0]) for row in self._connection.execute(found) if row[0] is not None)
        self._remember(events)
        loader = _Loader(self._connection)
        self._seeds.update(linking.reach(happenings - self._new, loader.linkables, self._near).items)
        self._new -= happenings
        self._seeds -= happenings

    def _remember(self, events: set[int]) -> None:
        """Note old events: their members will be linked again, their report keys tell where their ids lead."""
        fresh = sorted(events - self._old_events)
        self._old_events.update(fresh)
        for part in parts(fresh):
            members = select(HappeningRow.id).where(HappeningRow.event_id.in_(part))
            self._seeds.update(self._connection.scalars(members))
            keys = (
                select(EventRow.public_id, ReportRow.key)
                .join(HappeningRow, HappeningRow.event_id == EventRow.id)
                .join(ReportRow, ReportRow.happening_id == HappeningRow.id)
                .where(EventRow.id.in_(part))
            )
            for public_id, key in self._connection.execute(keys):
                self._old_keys.setdefault(public_id, set()).add(key)

    def derive_touched(self) -> None:
        """Link and derive everything touched, write the events, leave redirects."""
        loader = _Loader(self._connection)
        self._write_blocks(loader)
        live: set[int] = set()
        for part in parts(sorted(self._seeds)):
            live.update(self._connection.scalars(select(HappeningRow.id).where(HappeningRow.id.in_(part))))
        groups = [g.members for g in linking.linked(self._new | live, loader.linkables, self._near)]
        members = {member for group in groups for member in group}
        reached: set[int] = set()
        for part in parts(sorted(members)):
            found = select(HappeningRow.event_id).where(HappeningRow.id.in_(part), HappeningRow.event_id.is_not(None))
            reached.update(int(row[0]) for row in self._connection.execute(found) if row[0] is not None)
        self._remember(reached)
        for part in parts(sorted(self._old_events)):
            self._connection.execute(delete(EventRow).where(EventRow.id.in_(part)))
        self._write_events(groups, loader)

    def _near(self, happenings: Sequence[int]) -> dict[int, list[int]]:
        """For each happening those that share a block with it, or its article where several extractors read that."""
        mine, other = HappeningBlock.__table__.alias("mine"), HappeningBlock.__table__.alias("other")
        found: dict[int, list[int]] = {}
        for part in parts(happenings):
            statement = (
                select(mine.c.happening_id, other.c.happening_id)
                .join(other, mine.c.block == other.c.block)
                .where(mine.c.happening_id.in_(part), other.c.happening_id != mine.c.happening_id)
                .distinct()
            )
            for happening, near in self._connection.execute(statement):
                found.setdefault(happening, []).append(near)
            for happening, near in beside(self._connection, part):
                found.setdefault(happening, []).append(near)
        return found

    def _write_blocks(self, loader: _Loader) -> None:
        items = loader.linkables(sorted(self._new))
        values = [{"block": b, "happening_id": h} for h, item in items.items() for b in sorted(linking.blocks(item))]
        if values:
            self._connection.execute(insert(HappeningBlock), values)

    def _write_events(self, groups: Sequence[frozenset[int]], loader: _Loader) -> None:
        events: list[tuple[frozenset[int], Event, list[str]]] = []
        loader.reports(sorted(member for group in groups for member in group))
        for group in groups:
            sourced = loader.reports(sorted(group))
            keys = [(each.published, key) for key, each in sourced]
            first = [(each.published, key) for key, each in sourced if each.reader == ids.FIRST_READER]
            event = derive((each for _, each in sourced), event_id=ids.event_id(first or keys))
            events.append((group, event, [key for _, key in keys]))
        if events:
            self._connection.execute(insert(EventRow), [rows.event_columns(event) for _, event, _ in events])
        number: dict[str, int] = {}
        for part in parts([event.id for _, event, _ in events]):
            found = select(EventRow.public_id, EventRow.id).where(EventRow.public_id.in_(part))
            number.update({public_id: row for public_id, row in self._connection.execute(found)})
        self._write_links([(number[event.id], event) for _, event, _ in events], loader)
        for group, event, _ in events:
            for part in parts(sorted(group)):
                self._connection.execute(
                    update(HappeningRow).where(HappeningRow.id.in_(part)).values(event_id=number[event.id])
                )
        self._redirect({event.id: keys for _, event, keys in events})

    def _write_links(self, events: Sequence[tuple[int, Event]], loader: _Loader) -> None:
        actors: list[dict[str, Any]] = []
        countries: list[dict[str, Any]] = []
        for row, event in events:
            first, last = rows.sort_days(event.when)
            days = {"event_id": row, "sort_day": first, "sort_last": last}
            for position, p in enumerate(event.actors):
                actors.append({**days, "actor_id": loader.actor_row(p), **rows.participation_columns(position, p)})
            countries += [{**days, **rows.country_columns(link)} for link in event.countries]
        if actors:
            self._connection.execute(insert(EventActor), actors)
        if countries:
            self._connection.execute(insert(EventCountry), countries)

    def _redirect(self, new: Mapping[str, Sequence[str]]) -> None:
        """Old ids lead to the event with most of their reports; ids that live again are no redirects."""
        owner = {key: public_id for public_id, keys in new.items() for key in keys}
        redirects = _Redirects(self._connection)
        for old, keys in sorted(self._old_keys.items()):
            if old in new:
                continue
            votes = Counter(owner[key] for key in sorted(keys) if key in owner)
            redirects.lead(old, min(votes, key=lambda public_id: (-votes[public_id], public_id)) if votes else "")
        redirects.live(list(new))


class _Redirects:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lead(self, old: str, new: str) -> None:
        """`old` and all that led to it lead to `new`."""
        table = EventRedirect
        self._connection.execute(update(table).where(table.new == old).values(new=new))
        self._connection.execute(delete(table).where(table.old == old))
        self._connection.execute(insert(table).values(old=old, new=new))

    def live(self, public_ids: Sequence[str]) -> None:
        for part in parts(public_ids):
            self._connection.execute(delete(EventRedirect).where(EventRedirect.old.in_(part)))


class _Loader:
    """Reports of happenings as judgements have them, with all that belongs to them, each read once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._reports: dict[int, list[tuple[str, Sourced]]] = {}
        self._judged = Judged(connection)

    def actor_row(self, participation: Participation) -> int:
        return self._judged.rows[participation.actor.key]

    def reports(self, happenings: Sequence[int]) -> list[tuple[str, Sourced]]:
        """(key, report with its source) of some happenings."""
        self._load([h for h in happenings if h not in self._reports])
        return [each for h in happenings for each in self._reports[h]]

    def linkables(self, happenings: Iterable[int]) -> dict[int, Linkable]:
        wanted = list(happenings)
        self._load([h for h in wanted if h not in self._reports])
        return {
            h: Linkable.of(
                _first(self._reports[h]), derive(s for _, s in self._reports[h]), [s for _, s in self._reports[h]]
            )
            for h in wanted
            if self._reports.get(h)
        }

    def _load(self, happenings: Sequence[int]) -> None:
        for part in parts(happenings):
            found = load_reports(self._connection, ReportRow.happening_id.in_(part), self._judged.rows)
            for h in part:
                self._reports[h] = []
            read = self._judged.read(sourced for _, _, sourced in found)
            for (happening, key, _), sourced in zip(found, read, strict=True):
                self._reports[happening].append((key, sourced))


def _first(reports: Sequence[tuple[str, Sourced]]) -> str:
    return ids.anchor([(each.published, key) for key, each in reports])[1]


def load_reports(
    connection: Connection, where: Any, actors: dict[str, int] | None = None
) -> list[tuple[int, str, Sourced]]:
    """(happening, key, report with its source) of the reports that fulfil a condition, in text order.

    The reports are as they were extracted, whatever was judged. `actors` takes in the row of each actor by key.
    """
    table = ReportRow.__table__
    article = ArticleRow.__table__
    happening = HappeningRow.__table__
    statement = (
        select(
            table,
            happening.c.number.label("happening_number"),
            article.c.public_id.label("article_id"),
            article.c.url.label("article_url"),
            article.c.origin.label("article_origin"),
            article.c.published.label("article_published"),
        )
        .join(happening, table.c.happening_id == happening.c.id)
        .join(article, happening.c.article_id == article.c.id)
        .where(where)
        .order_by(article.c.public_id, table.c.span_start, table.c.trigger_start, table.c.key)
    )
    found = [dict(row) for row in connection.execute(statement).mappings()]
    numbers = [row["id"] for row in found]
    taking_part = _participations(connection, numbers, actors if actors is not None else {})
    concerned = _countries(connection, numbers)
    unresolved = _unresolved(connection, numbers)
    return [
        (
            row["happening_id"],
            row["key"],
            Sourced(
                rows.report_of(
                    row,
                    taking_part.get(row["id"], ()),
                    concerned.get(row["id"], ()),
                    unresolved.get(row["id"], ()),
                    ids.number_of(row["happening_number"]),
                ),
                source=row["article_id"],
                url=row["article_url"] or row["article_origin"],
                published=row["article_published"],
                reader=ids.reader_of(row["extractor"]),
            ),
        )
        for row in found
    ]


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


def _countries(connection: Connection, reports: Sequence[int]) -> dict[int, list[CountryLink]]:
    found: dict[int, list[CountryLink]] = defaultdict(list)
    link = ReportCountry.__table__
    for part in parts(reports):
        statement = select(link).where(link.c.report_id.in_(part)).order_by(link.c.report_id, link.c.position)
        for row in connection.execute(statement).mappings():
            found[row["report_id"]].append(rows.country_of(row))
    return found


def _unresolved(connection: Connection, reports: Sequence[int]) -> dict[int, list[Unresolved]]:
    found: dict[int, list[Unresolved]] = defaultdict(list)
    table = ReportUnresolved.__table__
    for part in parts(reports):
        statement = select(table).where(table.c.report_id.in_(part)).order_by(table.c.report_id, table.c.position)
        for row in connection.execute(statement).mappings():
            found[row["report_id"]].append(rows.unresolved_of(row))
    return found


def parts(items: Sequence[Any]) -> list[Sequence[Any]]:
    """Pieces small enough for SQLite's limit on bound values."""
    return [items[i : i + _PART] for i in range(0, len(items), _PART)]
