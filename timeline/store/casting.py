"""The actors of an import of many rows: looked up once, then known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection

from timeline.model import Actor, ActorKind, Participation, Report
from timeline.model.actor import fold
from timeline.store import saving
from timeline.store.judgements import spelling
from timeline.store.loading import Loader

_MOST = 500_000  # so many are remembered


class Cast:
    """`members` holds the row of each actor that was met, and the actor as the store has it, by key."""

    def __init__(self) -> None:
        self.members: dict[str, tuple[int, Actor]] = {}
        self._met: set[Actor] = set()
        self._names: set[tuple[Actor, str]] = set()

    def meet(self, connection: Connection, loader: Loader, reports: Sequence[Report]) -> set[int]:
        """Add actors and names that are new; gives older reports of those that are called by a better name now."""
        if len(self._names) > _MOST:
            self.__init__()  # type: ignore[misc]
        taking_part = [p for report in reports for p in report.actors]
        wanted: dict[str, Actor] = {}
        for actor in {p.actor for p in taking_part} - self._met:
            known = wanted.get(actor.key)
            if known is None or (actor.name.isupper(), actor.name) < (known.name.isupper(), known.name):
                wanted[actor.key] = actor
            self._met.add(actor)
        before = _named(loader, wanted)
        saving.actor_rows(connection, wanted)
        after = _named(loader, wanted)
        self.members.update(after)
        self._add_names(loader, taking_part)
        renamed = [row for key, (row, actor) in before.items() if not actor.id and after[key][1] != actor]
        return {
            row for (row,) in loader.select("SELECT report_id FROM report_actors WHERE actor_id IN {values}", renamed)
        }

    def _add_names(self, loader: Loader, taking_part: Iterable[Participation]) -> None:
        new = {(p.actor, p.words) for p in taking_part} - self._names
        self._names |= new
        names = {
            (self.members[actor.key][0], name) for actor, words in new for name in (actor.name, spelling(words)) if name
        }
        statement = "INSERT INTO actor_names (actor_id, name, folded) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
        loader.run(statement, [(row, name, fold(name)) for row, name in sorted(names)])


def _named(loader: Loader, keys: Collection[str]) -> dict[str, tuple[int, Actor]]:
    statement = "SELECT key, id, name, kind, country, reference FROM actors WHERE key IN {values}"
    return {
        key: (row, Actor(name, ActorKind(kind), country, reference))
        for key, row, name, kind, country, reference in loader.select(statement, keys)
    }
