"""The actors of an import of many rows: looked up once, then known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection

from timeline.model import Actor, ActorKind, Participation, Report
from timeline.model.actor import fold
from timeline.store.details import actor_rows
from timeline.store.judgements import spelling
from timeline.store.loading import Loader

_MOST = 500_000  # so many are remembered
_MOST_MET = 50_000

_KINDS = {kind.value: kind for kind in ActorKind}


class Cast:
    """Those that were met."""

    def __init__(self) -> None:
        self._members: dict[str, tuple[int, Actor]] = {}
        self._keys: dict[Actor, str] = {}
        self._names: set[tuple[Actor, str]] = set()
        # By the very object, which readers of data sets give again and again.
        self._met: dict[int, tuple[Participation, int, Actor]] = {}

    def meet(self, connection: Connection, loader: Loader, reports: Sequence[Report]) -> set[int]:
        """Add actors and names that are new; gives older reports of those that are called by a better name now."""
        if len(self._names) > _MOST:
            self.__init__()  # type: ignore[misc]
        if len(self._met) > _MOST_MET:
            self._met.clear()
        taking_part = list({id(p): p for report in reports for p in report.actors if id(p) not in self._met}.values())
        wanted: dict[str, Actor] = {}
        for actor in dict.fromkeys(p.actor for p in taking_part):
            if actor in self._keys:
                continue
            key = self._keys[actor] = actor.key
            known = wanted.get(key)
            if known is None or (actor.name.isupper(), actor.name) < (known.name.isupper(), known.name):
                wanted[key] = actor
        before = _named(loader, wanted)
        actor_rows(connection, wanted)
        after = _named(loader, wanted)
        if any(self._members.get(key, member) != member for key, member in after.items()):
            self._met.clear()
        self._members.update(after)
        self._add_names(loader, taking_part)
        renamed = [row for key, (row, actor) in before.items() if not actor.id and after[key][1] != actor]
        return {
            row for (row,) in loader.select("SELECT report_id FROM report_actors WHERE actor_id IN {values}", renamed)
        }

    def of(self, report: Report) -> list[tuple[Participation, int, Actor]]:
        """Who takes part in a report: as it says, the actor's row, and the actor as the store has it."""
        return [self._met.get(id(p)) or self._meet(p) for p in report.actors]

    def _meet(self, part: Participation) -> tuple[Participation, int, Actor]:
        known = self._met[id(part)] = (part, *self._members[self._keys[part.actor]])
        return known

    def _add_names(self, loader: Loader, taking_part: Iterable[Participation]) -> None:
        new = {(p.actor, p.words) for p in taking_part} - self._names
        self._names |= new
        names = {
            (self._members[self._keys[actor]][0], name)
            for actor, words in new
            for name in (actor.name, spelling(words))
            if name
        }
        statement = "INSERT INTO actor_names (actor_id, name, folded) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
        loader.run(statement, [(row, name, fold(name)) for row, name in sorted(names)])


def _named(loader: Loader, keys: Collection[str]) -> dict[str, tuple[int, Actor]]:
    statement = "SELECT key, id, name, kind, country, reference FROM actors WHERE key IN {values}"
    return {
        key: (row, Actor(name, _KINDS[kind], country, reference))
        for key, row, name, kind, country, reference in loader.select(statement, keys)
    }
