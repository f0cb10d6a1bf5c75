"""Units of linking: the reports of one article that tell of one happening, or one row of a data set.

A unit is known by the lowest row among its reports. Reports are read as judgements have them, each once; where people
parted the reports of one happening, each part is a unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, select

from timeline.model import Actor, Participation
from timeline.model.merging import derive
from timeline.store import ids, judged
from timeline.store.among import Among, rows_among
from timeline.store.event_judged import EventsJudged
from timeline.store.linking import Linkable
from timeline.store.packing import table_of
from timeline.store.reports import Told, load_rows, parts
from timeline.store.tables import ReportRow

_REPORT = table_of(ReportRow)


class Units:
    """Those that a transaction has met."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._judged = judged.Judged(connection)
        self.judged = EventsJudged(connection)
        self._members: dict[int, list[Told]] = {}
        self._unit: dict[int, int] = {}
        self._seen: dict[int, Linkable] = {}

    def of(self, reports: Iterable[int]) -> set[int]:
        """The units that some reports are in."""
        wanted = sorted(set(reports))
        self._load([row for row in wanted if row not in self._unit])
        return {self._unit[row] for row in wanted if row in self._unit}

    def members(self, units: Iterable[int]) -> list[Told]:
        """All reports of some units."""
        return [told for unit in units for told in self._members[unit]]

    def keys(self) -> dict[str, int]:
        """The unit of every report met, by the report's key."""
        return {told.key: unit for unit, members in self._members.items() for told in members}

    def key(self, unit: int) -> str:
        """What a unit is known by in every store."""
        return min(told.key for told in self._members[unit])

    def event(self, unit: int) -> int | None:
        """The event (row) that has it."""
        return self._members[unit][0].event

    def article(self, unit: int) -> int:
        """The article (row) that tells it, 0 for a row of a data set."""
        return self._members[unit][0].happening[0]

    def linked(self, unit: int) -> bool:
        """Whether a unit may be one event with others."""
        return self._members[unit][0].linked

    def alone(self, unit: int) -> bool:
        """Whether neither the rule of linking nor a judgement met so far can make it one event with others."""
        judged = self.judged.grouping.clumps.keys()
        return not self.linked(unit) and judged.isdisjoint(told.key for told in self._members[unit])

    def linkables(self, units: Iterable[int]) -> Mapping[int, Linkable]:
        """What the rule of linking looks at, of those that are there."""
        wanted = list(units)
        self.of(wanted)
        for unit in wanted:
            if unit in self._members and unit not in self._seen:
                self._seen[unit] = linkable(self._members[unit])
        return {unit: self._seen[unit] for unit in wanted if unit in self._seen}

    def actor(self, key: str) -> Actor | None:
        """The actor of a key as judgements have it, None where the store knows none."""
        return self._judged.actor(key)

    def actor_row(self, participation: Participation) -> int:
        return self._judged.rows[participation.actor.key]

    def _load(self, reports: Sequence[int]) -> None:
        for part in parts(reports):
            found = rows_among(self._connection, _same_happening, part)
            # Not "article_id IS NULL": SQLite would look through every row of every data set.
            known = rows_among(self._connection, _articles, part)
            self._take({*(row for (row,) in found), *(row for row, article in known if article is None)})

    def _take(self, reports: set[int]) -> None:
        groups: dict[tuple[int, int], list[Told]] = defaultdict(list)
        for part in parts(sorted(reports)):
            found = load_rows(self._connection, part, self._judged.rows)
            read = self._judged.read(told.sourced for told in found)
            for told, sourced in zip(found, read, strict=True):
                groups[told.happening].append(replace(told, sourced=sourced))
        self.judged.meet({told.key for group in groups.values() for told in group})
        for group in groups.values():
            for part in self._parted(group):
                unit = min(told.row for told in part)
                self._members[unit] = sorted(part, key=lambda told: (told.sourced.report.span, told.key))
                self._unit.update({told.row: unit for told in part})

    def _parted(self, group: Sequence[Told]) -> list[list[Told]]:
        """The reports of one happening, parted as people judged."""
        of = {told.key: told for told in group}
        return [[of[key] for key in part] for part in self.judged.grouping.parts(of)]


def _same_happening(among: Among) -> Select[Any]:
    mine = _REPORT.alias("mine")
    same = (mine.c.article_id == _REPORT.c.article_id) & (mine.c.happening == _REPORT.c.happening)
    return select(_REPORT.c.id).join(mine, same).where(among(mine.c.id))


def _articles(among: Among) -> Select[Any]:
    return select(_REPORT.c.id, _REPORT.c.article_id).where(among(_REPORT.c.id))


def linkable(told: Sequence[Told]) -> Linkable:
    """What the rule of linking looks at, of the reports of one unit."""
    sourced = [each.sourced for each in told]
    first = ids.anchor([(each.sourced.published, each.key) for each in told])[1]
    return Linkable.of(first, derive(sourced), sourced)
