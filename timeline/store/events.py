"""Deriving events again after their reports have changed: only the neighbourhood of what was touched.

What people judge goes before the rule of linking and after what reports tell. What an event says anew is written anew
and noted as a change; an id that is gone leads by a redirect to the event that tells of most of its reports today.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import partial

from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, select, update

from timeline.model import Event, Participation
from timeline.model.merging import derive
from timeline.store import changes, doubting, event_rows, ids, linking, querying, rows
from timeline.store.changing import Cause, note
from timeline.store.event_edits import edited
from timeline.store.event_judged import pairs
from timeline.store.followers import followers
from timeline.store.near import heard, near, silenced
from timeline.store.packing import table_of
from timeline.store.reports import Told, parts, whole_happenings
from timeline.store.tables import EventRedirect, EventRow, ReportBlock, ReportRow
from timeline.store.units import Units
from timeline.store.values import Change

_REDIRECTS = table_of(EventRedirect)


@dataclass(slots=True)
class _Old:
    """An event as it was before: its row, what it said, the words it was found by, the keys of its reports."""

    row: int
    event: Event
    searched: str
    keys: set[str] = field(default_factory=set)

    def says(self, event: Event, members: Iterable[Told]) -> bool:
        """Whether nothing is to be written for what was derived now."""
        same = self.event == event and self.searched == rows.searched(event)
        return same and self.keys == {told.key for told in members}


class Deriver:
    """Collects what was touched in a transaction, then derives its events once. `cause` is why, for their history."""

    def __init__(self, connection: Connection, cause: Cause) -> None:
        self._connection = connection
        self._cause = cause
        self._new: set[int] = set()
        self._again: set[int] = set()
        self._seeds: set[int] = set()
        self._old: dict[int, _Old] = {}
        self._heirs: dict[str, str] = {}

    def inherit(self, heirs: Mapping[str, str]) -> None:
        """Reports (their keys) about to go, each with the one that tells the same from now on."""
        self._heirs.update(heirs)

    def touch(self, reports: Iterable[int]) -> None:
        """These reports (rows) are new."""
        self._new.update(reports)

    def read_again(self, reports: Iterable[int]) -> None:
        """What these reports tell, or what they belong to, reads otherwise now: they are linked as if they were new,
        with all that tells of the same happening, since any of these may stand for it."""
        again = sorted(whole_happenings(self._connection, reports))
        # Those that they met may have been kept apart by them, or stand apart from them now.
        self._seeds.update(other for others in self._near(Units(self._connection))(again).values() for other in others)
        self._seeds.update(heard(self._connection, again))
        for part in parts(again):
            self._connection.execute(delete(ReportBlock).where(ReportBlock.report_id.in_(part)))
        self._remember(self._events_of(again))
        self._new.update(again)

    def revisit(self, reports: Iterable[int]) -> None:
        """These reports are linked again as they are; their blocks stay."""
        again = sorted(set(reports))
        self._remember(self._events_of(again))
        self._again.update(again)
        self._seeds.update(again)

    def forget(self, reports: set[int]) -> None:
        """These reports are about to go: their events must be derived without them."""
        if not reports:
            return
        self._remember(self._events_of(sorted(reports)))
        # One that goes may have kept others apart.
        units = Units(self._connection)
        gone = units.of(reports - self._new)
        beside = units.of(units.judged.beside({told.key for told in units.members(sorted(gone))}))
        alone = {unit for unit in gone if units.alone(unit)}
        gone |= beside
        self._seeds.update(self._reached(gone - alone, units), heard(self._connection, gone))
        self._new -= reports
        self._again -= reports
        self._seeds -= reports

    def derive_touched(self) -> None:
        """Link and derive everything touched, write the events that changed, leave redirects."""
        if not (self._new or self._seeds or self._old):
            return
        units = Units(self._connection)
        self._write_blocks(units, self._new, among_others=True)
        following = followers(self._connection, units, units.of(self._new) - units.of(self._seeds | self._again))
        groups = self._groups(units, following)
        events = [*(group.members for group in groups), *self._joined(units, following)]
        self._write([_derived(units.members(sorted(members)), units) for members in events], units)
        doubting.write(self._connection, [*groups, *_alone(units, following)], units.of(self._new | self._again))

    def make_room(self, coming: Mapping[int, Collection[int]]) -> None:
        """New units are about to stand under some keys (block: units): those that met others until now are linked again
        where they do no more."""
        if gone := silenced(self._connection, coming):
            self._seeds.update(self._reached(gone, Units(self._connection)))

    def write_blocks(self, reports: Iterable[int]) -> None:
        """Only the blocks of the units that are known by one of these reports."""
        units, wanted = Units(self._connection), set(reports)
        self._write_blocks(units, units.of(wanted) & wanted)

    def _groups(self, units: Units, following: dict[int, linking.Followed]) -> list[linking.Group]:
        """The units that are one event each, of all that was touched, of the events that it reached and of what people
        judged together with any of these; but for those that follow, of whom only such are left as are in none."""
        while True:
            together, apart = pairs(units.judged.grouping, units.keys())
            seeds = units.of(self._new | self._seeds) - following.keys()
            groups = linking.linked(seeds, units.linkables, self._near(units), together, apart)
            grouped = {unit for group in groups for unit in group.members}
            for unit in following.keys() & grouped:
                del following[unit]
            members = units.members(sorted(grouped))
            self._remember({told.event for told in members if told.event is not None})
            keys = {told.key for told in members}.union(*(old.keys for old in self._old.values()))
            beside = units.judged.beside(keys)
            self._remember(self._events_of(sorted(beside)))
            self._seeds.update(beside)
            if units.of(self._seeds) <= grouped and (together, apart) == pairs(units.judged.grouping, units.keys()):
                return groups

    def _joined(self, units: Units, following: Mapping[int, linking.Followed]) -> list[set[int]]:
        """The units of each event that is joined, old and new."""
        found: dict[int, set[int]] = {}
        for unit, joins in following.items():
            found.setdefault(joins.event, set()).add(unit)
        self._remember(found.keys())
        for event, some in found.items():
            some |= units.of(self._connection.scalars(select(ReportRow.id).where(ReportRow.event_id == event)))
        return list(found.values())

    def _events_of(self, reports: Sequence[int]) -> set[int]:
        found: set[int] = set()
        for part in parts(reports):
            statement = select(ReportRow.event_id).where(ReportRow.id.in_(part), ReportRow.event_id.is_not(None))
            found.update(event for event in self._connection.scalars(statement) if event is not None)
        return found

    def _remember(self, events: AbstractSet[int]) -> None:
        """Note old events: their reports are linked again, and their keys tell where their ids lead."""
        fresh = sorted(events - self._old.keys())
        words: dict[int, str] = {}
        for part in parts(fresh):
            found = select(EventRow.id, EventRow.searched).where(EventRow.id.in_(part))
            words.update({row: searched for row, searched in self._connection.execute(found)})
        for row, event in querying.load(self._connection, fresh):
            self._old[row] = _Old(row, event, words[row])
        for part in parts(fresh):
            told = select(ReportRow.id, ReportRow.key, ReportRow.event_id).where(ReportRow.event_id.in_(part))
            for row, key, number in self._connection.execute(told):
                self._seeds.add(row)
                if number is not None:
                    self._old[number].keys.add(key)

    def _near(self, units: Units) -> Callable[[Sequence[int]], dict[int, list[int]]]:
        return partial(near, self._connection, units)

    def _reached(self, some: set[int], units: Units) -> set[int]:
        """The units that hang together with some as it stands."""
        together, _ = pairs(units.judged.grouping, units.keys())
        return set(linking.reach(some, units.linkables, self._near(units), together).items)

    def _write_blocks(self, units: Units, reports: set[int], *, among_others: bool = False) -> None:
        """`among_others`: those that met others until now are linked again where they do no more."""
        items = units.linkables(unit for unit in sorted(units.of(reports)) if units.linked(unit))
        coming: dict[int, list[int]] = {}
        for unit, item in items.items():
            for block in linking.blocks(item):
                coming.setdefault(block, []).append(unit)
        if among_others:
            self.make_room(coming)
        if values := [{"block": block, "report_id": unit} for block, some in sorted(coming.items()) for unit in some]:
            self._connection.execute(insert(ReportBlock), values)

    def _write(self, derived: Sequence[tuple[Event, list[Told]]], units: Units) -> None:
        """Write what is not as it was; what stays keeps its row."""
        old = {each.event.id: each for each in self._old.values()}
        fresh = [event for event, told in derived if event.id not in old or not old[event.id].says(event, told)]
        same = {event.id for event, _ in derived} - {event.id for event in fresh}
        event_rows.write(
            self._connection, derived, {row: each.event for row, each in self._old.items()}, same, units.actor_row
        )
        changed = (
            change for event in fresh if event.id in old for change in changes.between(old[event.id].event, event)
        )
        note(self._connection, list(changed), self._cause)
        self._redirect({event.id: [told.key for told in members] for event, members in derived})

    def _redirect(self, new: Mapping[str, Sequence[str]]) -> None:
        """Old ids lead to the event with most of their reports; ids that live again are no redirects."""
        owner = {key: public_id for public_id, keys in new.items() for key in keys}
        redirects = _Redirects(self._connection)
        leads: dict[str, str] = {}
        gone: list[Change] = []
        for old in sorted(self._old.values(), key=lambda each: each.event.id):
            if old.event.id in new:
                continue
            told = (self._heir(key) for key in sorted(old.keys))
            votes = Counter(owner[key] for key in told if key in owner)
            heir = min(votes, key=lambda public_id: (-votes[public_id], public_id)) if votes else ""
            leads[old.event.id] = heir
            gone.append(Change(old.event.id, "joined" if heir else "withdrawn", old.event.title, heir))
        redirects.lead(leads)
        back = redirects.live(list(new))
        note(self._connection, [*gone, *(Change(old, "back", leads, "") for old, leads in back)], self._cause)

    def _heir(self, key: str) -> str:
        """The report that tells today what this one told."""
        seen = {key}
        while (key := self._heirs.get(key, key)) not in seen:
            seen.add(key)
        return key


def _alone(units: Units, following: Mapping[int, linking.Followed]) -> Iterator[linking.Group]:
    """Those that follow with their links that are not sure."""
    for unit, joins in following.items():
        items = units.linkables([unit, *joins.unsure])
        unsure = (linking.Joined.of(items, unit, other, points) for other, points in joins.unsure.items())
        yield linking.Group(frozenset({unit}), unsure=tuple(unsure))


def _derived(members: list[Told], units: Units) -> tuple[Event, list[Told]]:
    """The event of some reports, with what a store keeps of it, as people judged it."""
    keys = [(told.sourced.published, told.key) for told in members]
    first = [(told.sourced.published, told.key) for told in members if told.sourced.reader == ids.FIRST_READER]
    event = derive((told.sourced for told in members), event_id=ids.event_id(first or keys))
    event = replace(event, actors=tuple(Participation(p.actor, p.role) for p in event.actors))
    return edited(event, units.judged.about([told.key for told in members]), units.actor), members


class _Redirects:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lead(self, leads: Mapping[str, str]) -> None:
        """Each old id, and all that led to it, leads to the new one: that of an event which is there, or ""."""
        if not leads:
            return
        was: BindParameter[str] = bindparam("was")
        now: BindParameter[str] = bindparam("now")
        each = [{"was": old, "now": new} for old, new in leads.items()]
        of = _REDIRECTS.c
        self._connection.execute(update(_REDIRECTS).where(of.new == was).values(new=now), each)
        self._connection.execute(delete(_REDIRECTS).where(of.old == was), each)
        self._connection.execute(insert(_REDIRECTS).values(old=was, new=now), each)

    def live(self, public_ids: Sequence[str]) -> list[tuple[str, str]]:
        """These are events: those that led elsewhere, with where they led to, do no more."""
        gone: list[tuple[str, str]] = []
        for part in parts(public_ids):
            found = select(EventRedirect.old, EventRedirect.new).where(EventRedirect.old.in_(part))
            gone += [(old, new) for old, new in self._connection.execute(found.order_by(EventRedirect.old))]
            self._connection.execute(delete(EventRedirect).where(EventRedirect.old.in_(part)))
        return gone
