"""Judgements about events as the database has them, and the reports that they lead to."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from timeline.store import event_judgements, ids
from timeline.store.among import Among, rows_among
from timeline.store.event_judgements import EventAction, EventJudgement, Grouping
from timeline.store.on_record import bearing_on, record_of
from timeline.store.packing import table_of
from timeline.store.reports import parts
from timeline.store.tables import ArticleRow, EventRow, JudgedReport, ReportRow
from timeline.store.tables import EventJudgement as JudgementRow

_JUDGEMENT = table_of(JudgementRow)
_COLUMNS = tuple(column.name for column in _JUDGEMENT.c)


def load(connection: Connection) -> list[EventJudgement]:
    """Every judgement, in the order they were written down."""
    return [_judgement(row) for row in connection.execute(select(_JUDGEMENT).order_by(_JUDGEMENT.c.id))]


def about(connection: Connection, keys: Iterable[str]) -> list[EventJudgement]:
    """The judgements that bear on some reports: they name one of them, or a report that another of these names."""

    def find(wanted: list[str]) -> Iterator[EventJudgement]:
        for part in parts(wanted):
            yield from map(_judgement, rows_among(connection, _naming, part))

    return bearing_on(keys, find, lambda judgement: judgement.keys)


def _naming(among: Among) -> Select[Any]:
    named = select(JudgedReport.judgement_id).where(among(JudgedReport.key))
    return select(_JUDGEMENT).where(_JUDGEMENT.c.id.in_(named))


def _judgement(row: Sequence[Any]) -> EventJudgement:
    told = dict(zip(_COLUMNS, row, strict=True))
    return EventJudgement(
        EventAction(told["action"]),
        tuple(tuple(group) for group in json.loads(told["reports"])),
        field=told["field"],
        value=told["value"],
        **record_of(told),
    )


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
    """The judgements that count and that bear on the reports that a transaction met, and the rows of those that they
    name. `grouping` holds for what was met."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.grouping = Grouping()
        self._asked: set[str] = set()
        self._known: dict[int, EventJudgement] = {}
        self._about: dict[str, list[EventJudgement]] = {}
        self._rows: dict[str, int | None] = {}

    def meet(self, keys: Collection[str]) -> None:
        """Get to know what was judged of these reports."""
        new = set(keys) - self._asked
        if not new:
            return
        self._asked |= new
        fresh = {j.number: j for j in about(self._connection, new) if j.undone is None and j.number not in self._known}
        if not fresh:
            return
        self._known |= fresh
        self.grouping = event_judgements.resolve(self._known.values())
        for judgement in fresh.values():
            if not judgement.groups:
                for key in judgement.keys:
                    self._about.setdefault(key, []).append(judgement)

    def beside(self, keys: Collection[str]) -> set[int]:
        """The rows of the reports that judgements name together with some of these: their events may hang on each
        other."""
        self.meet(keys)
        wanted = self.grouping.members(keys)
        wanted.update(key for judgement in self._naming(keys) for key in judgement.keys)
        self._find(wanted)
        return {row for key in wanted if (row := self._rows[key]) is not None}

    def about(self, keys: Collection[str]) -> list[EventJudgement]:
        """What is judged of the event that has just these reports, the earliest first."""
        self.meet(keys)
        mine = set(keys)
        return [judgement for judgement in self._naming(keys) if self._first(judgement) in mine]

    def _naming(self, keys: Iterable[str]) -> list[EventJudgement]:
        found = {j.order: j for key in keys for j in self._about.get(key, ())}
        return [found[order] for order in sorted(found)]

    def _first(self, judgement: EventJudgement) -> str | None:
        """The first report that it names and that is there."""
        self._find(judgement.keys)
        return next((key for key in judgement.keys if self._rows[key] is not None), None)

    def _find(self, keys: Iterable[str]) -> None:
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
