"""What people judge about events, and what follows from it: pure; `event_judged` reads it, `event_judging` writes it
down.

A judgement names reports by their keys, never events: events are derived again and again, reports keep their keys. It
can be made before its reports come, and it is never deleted, only taken back. Of judgements that contradict each other
the later one counts, by the moment they were made, so that two stores with the same judgements read them alike.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from timeline.store import ids
from timeline.store.on_record import OnRecord


class EventAction(StrEnum):
    """merge: the groups of reports are one event. split: the reports of the first group are one event and those of the
    second another one. edit: `field` of their event is `value`. hide: their event is shown to nobody who does not ask
    for it. confirm: their event is as it should be."""

    MERGE = "merge"
    SPLIT = "split"
    EDIT = "edit"
    HIDE = "hide"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class EventJudgement(OnRecord):
    """One judgement.

    `reports` are groups of report keys. merge: one group for each event. split: those that leave, those that stay.
    Otherwise one group, all reports of the event, the one its id hangs on first: the judgement is about the event that
    has the first of them that is still there. `field` and `value`: see `event_edits`.
    """

    action: EventAction
    reports: tuple[tuple[str, ...], ...]
    field: str = ""
    value: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """All reports that it names."""
        return tuple(dict.fromkeys(key for group in self.reports for key in group))

    @property
    def says(self) -> tuple[object, ...]:
        """What it says, whoever said it."""
        return self.action, self.reports, self.field, self.value

    @property
    def groups(self) -> bool:
        """Whether it says which reports belong together, rather than what their event is."""
        return self.action in (EventAction.MERGE, EventAction.SPLIT)

    @property
    def uid(self) -> str:
        """What makes it the same judgement in every store: what it says, who said it and when."""
        moment = self.made.astimezone(UTC).isoformat() if self.made else ""
        told = [self.action.value, self.reports, self.field, self.value, self.author, moment]
        return ids.digest(f"judgement {json.dumps(told, ensure_ascii=False)}")[: ids.ID_LENGTH]

    @property
    def order(self) -> tuple[datetime, str]:
        """Where it stands among all."""
        return self.made or datetime.max.replace(tzinfo=UTC), self.uid


def counting(judgements: Iterable[EventJudgement]) -> list[EventJudgement]:
    """Those that were not taken back, the earliest first."""
    return sorted((j for j in judgements if j.undone is None), key=lambda j: j.order)


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which reports are one event and which are not, by judgement.

    Reports (keys) are in clumps, known by their lowest key: all of one clump are one event. `apart` holds for a clump
    those that are other events; `left` the reports that a split took out of their event.
    """

    clumps: Mapping[str, str] = field(default_factory=dict)
    apart: Mapping[str, Collection[str]] = field(default_factory=dict)
    left: Collection[str] = frozenset()

    def together(self, one: str, other: str) -> bool:
        """Whether two reports were judged to be of one event."""
        return one in self.clumps and self.clumps[one] == self.clumps.get(other)

    def parted(self, one: str, other: str) -> bool:
        """Whether two reports were judged to be of two events."""
        return self.clumps.get(other) in self.apart.get(self.clumps.get(one, ""), ())

    def parts(self, keys: Iterable[str]) -> list[list[str]]:
        """The reports of one happening of an article, as far as judgements part them; what no judgement names is with
        those that stayed."""
        if not self.apart:
            return [list(keys)]
        found: list[list[str]] = []
        for key in sorted(keys, key=lambda key: (key in self.left, key)):
            home = next((part for part in found if not any(self.parted(key, other) for other in part)), None)
            if home is None:
                found.append([key])
            else:
                home.append(key)
        return found

    def members(self, keys: Iterable[str]) -> set[str]:
        """All reports in the clumps of some."""
        wanted = {self.clumps[key] for key in keys if key in self.clumps}
        return {key for key, clump in self.clumps.items() if clump in wanted} if wanted else set()


def resolve(judgements: Iterable[EventJudgement]) -> Grouping:
    """Which reports belong together: read from the latest to the earliest, what a later one forbids does not count."""
    clumps, left = _Clumps(), set[str]()
    for judgement in reversed(counting(judgements)):
        if judgement.action is EventAction.MERGE:
            clumps.gather(judgement.keys)
        elif judgement.action is EventAction.SPLIT:
            leaving, staying = judgement.reports
            left.update(leaving)
            clumps.part(clumps.gather(leaving), clumps.gather(staying))
    return clumps.grouping(left)


class _Clumps:
    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._apart: dict[str, set[str]] = {}

    def gather(self, keys: Sequence[str]) -> list[str]:
        """Put reports together as far as nothing forbids it; gives the clumps that they are in."""
        found: list[str] = []
        for key in keys:
            mine = self._root(key)
            for number, into in enumerate(found):
                if mine not in self._apart.get(into, ()):
                    found[number] = self._unite(mine, into)
                    break
            else:
                found.append(mine)
        return found

    def part(self, some: Iterable[str], others: Iterable[str]) -> None:
        """Forbid that clumps come together, as far as they are two."""
        for one in sorted({self._root(key) for key in some}):
            for other in sorted({self._root(key) for key in others} - {one}):
                self._apart.setdefault(one, set()).add(other)
                self._apart.setdefault(other, set()).add(one)

    def grouping(self, left: set[str]) -> Grouping:
        return Grouping({key: self._root(key) for key in sorted(self._parent)}, self._apart, frozenset(left))

    def _root(self, key: str) -> str:
        self._parent.setdefault(key, key)
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def _unite(self, one: str, other: str) -> str:
        if one == other:
            return one
        low, high = sorted((one, other))
        self._parent[high] = low
        for foe in self._apart.pop(high, ()):
            self._apart[foe].remove(high)
            self._apart[foe].add(low)
            self._apart.setdefault(low, set()).add(foe)
        return low


def concerned(judgements: Iterable[EventJudgement], keys: Iterable[str]) -> set[str]:
    """The reports that may be grouped otherwise when a judgement that names some of them comes or goes: whatever merges
    and splits lead to from them."""
    of: dict[str, list[EventJudgement]] = {}
    for judgement in judgements:
        if judgement.groups:
            for key in judgement.keys:
                of.setdefault(key, []).append(judgement)
    found, frontier = set(keys), list(keys)
    while frontier:
        reached = {key for judgement in of.pop(frontier.pop(), ()) for key in judgement.keys}
        frontier += reached - found
        found |= reached
    return found
