"""Units that may be one event with some: they meet under a key, or in an article that another extractor read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from timeline.store import documents
from timeline.store.among import Among, rows_among
from timeline.store.linking import crowds
from timeline.store.linking.crowds import Rank
from timeline.store.packing import table_of
from timeline.store.reports import parts
from timeline.store.tables import ArticleRow, ReportBlock, ReportRow
from timeline.store.units import Units

_BLOCK, _REPORT = map(table_of, (ReportBlock, ReportRow))


@dataclass(frozen=True, slots=True)
class Meeting:
    """For each key that a unit stands under all that do, and those of them whom all meet."""

    keys: Sequence[tuple[set[int], frozenset[int]]]

    def met(self, unit: int) -> set[int]:
        """Those whom the unit meets."""
        return {other for some, speak in self.keys for other in (some if unit in speak else speak)} - {unit}

    def meet(self, one: int, other: int) -> bool:
        """Whether two others meet under one of the keys."""
        return any(one in some and other in some and (one in speak or other in speak) for some, speak in self.keys)


def silent(connection: Connection, some: Sequence[int]) -> dict[int, Meeting]:
    """Those of some units that stand in a crowd and speak in none, with whom they meet."""
    crowded = _crowded(connection, some)
    met = _met(connection, _blocks(connection, crowded))
    found = {unit: [each for each in met.values() if unit in each[0]] for unit in crowded}
    return {
        unit: Meeting(keys)
        for unit, keys in found.items()
        if not any(_many(members) and unit in speak for members, speak in keys)
    }


def read_by_several(connection: Connection, units: Units, some: Sequence[int]) -> bool:
    """Whether another extractor read the article of any of some units."""
    return any(True for part in parts(some) for _ in _beside(connection, units, part))


def near(connection: Connection, units: Units, some: Sequence[int]) -> dict[int, list[int]]:
    """For each of some units those that it meets; units that meet none are left out."""
    found: dict[int, set[int]] = defaultdict(set)
    wanted = set(some)
    for members, speak in _met(connection, _blocks(connection, some)).values():
        for unit in wanted & members:
            found[unit] |= members if unit in speak else speak
    for part in parts(some):
        for unit, neighbour in _beside(connection, units, part):
            found[unit].add(neighbour)
    return {unit: others for unit, met in found.items() if (others := sorted(met - {unit}))}


def silenced(connection: Connection, coming: Mapping[int, Collection[int]]) -> set[int]:
    """Units that others meet no more when new ones, which are no members yet, stand under some keys (block: units)."""
    found: set[int] = set()
    members = {block: some for block, some in _members(connection, coming).items() if _many(some, coming[block])}
    known = _ranks(connection, {unit for block, some in members.items() for unit in (*some, *coming[block])})
    for block, some in members.items():
        new = {unit: known[unit] for unit in coming[block]}
        found |= crowds.silenced({unit: known[unit] for unit in some}, new)
    return found


def heard(connection: Connection, going: Collection[int]) -> set[int]:
    """Units that others will meet when some have gone."""
    members = [some for some in _members(connection, _blocks(connection, going)).values() if _many(some)]
    known = _ranks(connection, {unit for some in members for unit in some})
    return {unit for some in members for unit in crowds.heard({each: known[each] for each in some}, going)}


def _crowded(connection: Connection, some: Sequence[int]) -> set[int]:
    """Those of some units that stand under a key with a crowd."""
    own, all_ = ReportBlock.__table__, ReportBlock.__table__.alias("all_under")
    found: set[int] = set()
    for part in parts(some):
        keys = select(own.c.block).where(own.c.report_id.in_(part))
        crowds_ = select(all_.c.block).where(all_.c.block.in_(keys)).group_by(all_.c.block)
        crowds_ = crowds_.having(func.count() > crowds.FEW)
        within = select(own.c.report_id).where(own.c.report_id.in_(part), own.c.block.in_(crowds_))
        found.update(connection.scalars(within))
    return found


def _many(*members: Collection[int]) -> bool:
    return sum(map(len, members)) > crowds.FEW


def _met(connection: Connection, blocks: Iterable[int]) -> dict[int, tuple[set[int], frozenset[int]]]:
    """For each block its members, and those whom all of them meet."""
    members = _members(connection, blocks)
    known = _ranks(connection, {unit for some in members.values() if _many(some) for unit in some})
    return {
        block: (some, crowds.speaking({unit: known[unit] for unit in some}) if _many(some) else frozenset(some))
        for block, some in members.items()
    }


def _blocks(connection: Connection, units: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for part in parts(sorted(units)):
        found.update(block for (block,) in rows_among(connection, _own, part))
    return found


def _own(among: Among) -> Select[Any]:
    return select(_BLOCK.c.block).where(among(_BLOCK.c.report_id))


def _members(connection: Connection, blocks: Iterable[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for part in parts(sorted(blocks)):
        for block, unit in rows_among(connection, _under, part):
            found[block].add(unit)
    return found


def _under(among: Among) -> Select[Any]:
    return select(_BLOCK.c.block, _BLOCK.c.report_id).where(among(_BLOCK.c.block))


def _ranks(connection: Connection, units: Iterable[int]) -> dict[int, Rank]:
    """The data set of each, with those apart that no report dates, and the lowest key among the reports of its
    happening."""
    found: dict[int, Rank] = {}
    for part in parts(sorted(units)):
        for unit, dataset, key, first, last in rows_among(connection, _ranked, part):
            number = dataset or 0
            found[unit] = (number if first and last else -1 - number, key)
    return found


def _ranked(among: Among) -> Select[Any]:
    mine, other = _REPORT, _REPORT.alias("other")
    same = (mine.c.article_id == other.c.article_id) & (mine.c.happening == other.c.happening)
    told = (func.coalesce(other.c[name], mine.c[name]) for name in ("key", "earliest", "latest"))
    lowest, *days = told
    found = select(mine.c.id, mine.c.dataset_id, func.min(lowest), *map(func.max, days))
    return found.outerjoin(other, same).where(among(mine.c.id)).group_by(mine.c.id, mine.c.dataset_id)


def _beside(connection: Connection, units: Units, some: Sequence[int]) -> Iterator[tuple[int, int]]:
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
