"""Judgements about events as the database has them, and the reports that they lead to."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from timeline.store import event_judgements, ids
from timeline.store.event_judgements import EventAction, EventJudgement, Grouping
from timeline.store.on_record import record_of
from timeline.store.reports import parts
from timeline.store.tables import ArticleRow, EventRow, ReportRow
from timeline.store.tables import EventJudgement as JudgementRow


def load(connection: Connection) -> list[EventJudgement]:
    """Every judgement, in the order they were written down."""
    table = JudgementRow.__table__
    return [
        EventJudgement(
            EventAction(r["action"]),
            tuple(tuple(group) for group in json.loads(r["reports"])),
            field=r["field"],
            value=r["value"],
            **record_of(r),
        )
        for r in connection.execute(select(table).order_by(table.c.id)).mappings()
    ]


def rows_of(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    """The rows of those reports that are there, by key."""
    found: dict[str, int] = {}
    for part in parts(sorted(set(keys))):
        statement = select(ReportRow.key, ReportRow.id).where(ReportRow.key.in_(part))
        found.update({key: row for key, row in connection.execute(statement)})
    return found


def events_of(connection: Connection, keys: Sequence[str]) -> list[str]:
    """The ids of the events that have these reports, each once, in the order of the reports."""
    found: dict[str, str] = {}
    for part in parts(keys):
        statement = select(ReportRow.key, EventRow.public_id).join(EventRow, ReportRow.event_id == EventRow.id)
        found.update({key: event for key, event in connection.execute(statement.where(ReportRow.key.in_(part)))})
    return list(dict.fromkeys(found[key] for key in keys if key in found))


def keys_of(connection: Connection, event: int) -> tuple[str, ...]:
    """The reports of an event (row), the one that its id hangs on first."""
    published = func.coalesce(ArticleRow.published, ReportRow.reported)
    statement = select(ReportRow.key, published, ReportRow.extractor)
    statement = statement.outerjoin(ArticleRow, ReportRow.article_id == ArticleRow.id)
    found = connection.execute(statement.where(ReportRow.event_id == event)).all()

    def order(row: Any) -> tuple[bool, date, str]:
        return ids.reader_of(row[2]) != ids.FIRST_READER, row[1] or date.max, row[0]

    return tuple(row[0] for row in sorted(found, key=order))


class EventsJudged:
    """The judgements that count, and the rows of the reports that they name as far as a transaction met them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        known = event_judgements.counting(load(connection))
        self.grouping: Grouping = event_judgements.resolve(known)
        self._about: dict[str, list[EventJudgement]] = {}
        for judgement in known:
            if not judgement.groups:
                for key in judgement.keys:
                    self._about.setdefault(key, []).append(judgement)
        self._rows: dict[str, int | None] = {}

    def beside(self, keys: Collection[str]) -> set[int]:
        """The rows of the reports that judgements name together with some of these: their events may hang on each
        other."""
        wanted = self.grouping.members(keys)
        wanted.update(key for judgement in self._naming(keys) for key in judgement.keys)
        self._meet(wanted)
        return {row for key in wanted if (row := self._rows[key]) is not None}

    def about(self, keys: Collection[str]) -> list[EventJudgement]:
        """What is judged of the event that has just these reports, the earliest first. `beside` has met them."""
        mine = set(keys)
        return [judgement for judgement in self._naming(keys) if self._first(judgement) in mine]

    def _naming(self, keys: Iterable[str]) -> list[EventJudgement]:
        found = {j.order: j for key in keys for j in self._about.get(key, ())}
        return [found[order] for order in sorted(found)]

    def _first(self, judgement: EventJudgement) -> str | None:
        """The first report that it names and that is there."""
        self._meet(judgement.keys)
        return next((key for key in judgement.keys if self._rows[key] is not None), None)

    def _meet(self, keys: Iterable[str]) -> None:
        missing = [key for key in keys if key not in self._rows]
        if missing:
            found = rows_of(self._connection, missing)
            self._rows.update({key: found.get(key) for key in missing})


def pairs(grouping: Grouping, units: Mapping[str, int]) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Pairs of units that are one event by judgement, and pairs that are two; `units` has the unit of each report."""
    clumps: dict[str, list[int]] = {}
    for key in sorted(units if grouping.clumps else ()):
        if (clump := grouping.clumps.get(key)) is not None and units[key] not in clumps.setdefault(clump, []):
            clumps[clump].append(units[key])
    together = {(first, other) for first, *others in clumps.values() for other in others}
    apart = {
        (one, other)
        for clump in clumps
        for foe in grouping.apart.get(clump, ())
        if clump < foe
        for one in clumps[clump]
        for other in clumps.get(foe, ())
    }
    return together, apart
