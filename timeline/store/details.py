"""Who takes part in reports: actors, the names that reports give them, and words that could be several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

from sqlalchemy import Connection, insert, select, update

from timeline.model import Actor, Report
from timeline.model.actor import fold
from timeline.store import beings, noting, rows
from timeline.store.judgements import spelling
from timeline.store.noting import Note, Subject
from timeline.store.packing import plain, table_of
from timeline.store.reports import parts
from timeline.store.tables import ActorEntry, ActorName, ReportActor, ReportUnresolved

_ENTRIES = table_of(ActorEntry)


class Details:
    """Writes what belongs to reports. `renamed` gathers the rows of known actors that got another entry on the way:
    all that tells of them reads otherwise now."""

    def __init__(self, connection: Connection, run: int | None) -> None:
        self._connection = connection
        self._run = run
        self._actors: dict[str, int] = {}
        self._met: dict[str, Actor] = {}
        self.renamed: set[int] = set()

    def write(self, reports: Sequence[tuple[int, Report]]) -> None:
        """The details of reports (row, report)."""
        actors = self._actor_rows({p.actor.key: p.actor for _, r in reports for p in r.actors})
        self._names(reports, actors)
        taking_part = [
            {"report_id": row, "actor_id": actors[p.actor.key], **rows.participation_columns(position, p)}
            for row, report in reports
            for position, p in enumerate(report.actors)
        ]
        if taking_part:
            self._connection.execute(insert(ReportActor), taking_part)
        unresolved = [
            {"report_id": row, **rows.unresolved_columns(position, each)}
            for row, report in reports
            for position, each in enumerate(report.unresolved)
        ]
        if unresolved:
            self._connection.execute(insert(ReportUnresolved), unresolved)

    def _actor_rows(self, wanted: dict[str, Actor]) -> dict[str, int]:
        """Row numbers of actors by key; new ones are added."""
        missing = {key: actor for key, actor in wanted.items() if self._met.get(key) != actor}
        self._actors.update(actor_rows(self._connection, missing, run=self._run, renamed=self.renamed))
        self._met.update(missing)
        return self._actors

    def _names(self, reports: Sequence[tuple[int, Report]], actors: dict[str, int]) -> None:
        seen = {
            (actors[p.actor.key], name)
            for _, r in reports
            for p in r.actors
            for name in (p.actor.name, spelling(p.words))
            if name
        }
        if new := add_names(self._connection, seen):
            keys = {row: key for key, row in actors.items()}
            notes = [Note(Subject.NAME, noting.key_of(keys[row], name)) for row, name in new]
            noting.note(self._connection, self._run, notes, fresh=True)


def add_names(connection: Connection, named: Set[tuple[int, str]]) -> list[tuple[int, str]]:
    """Keep those names of actors (row, name) that are new; gives these."""
    new = sorted(named - beings.names(connection, {row for row, _ in named}))
    if new:
        values = [{"actor_id": row, "name": name, "folded": fold(name)} for row, name in new]
        connection.execute(insert(ActorName), values)
    return new


def actor_rows(
    connection: Connection,
    wanted: Mapping[str, Actor],
    *,
    seen: bool = True,
    run: int | None = None,
    renamed: set[int] | None = None,
) -> dict[str, int]:
    """Row numbers of actors by key. New ones are added; those known get the better of two names where they are `seen`.

    Without a reference id an actor's key is all that articles agree on: of "THAN TUN" and "Than Tun" the name stays
    that comes first in the alphabet, and no capitals where there is a choice, whatever article came first.
    `renamed` takes in the rows of the known ones that got another entry; `run` is what notes are kept for.
    """
    found: dict[str, int] = {}
    for part in parts(list(wanted)):
        for row in connection.execute(select(_ENTRIES).where(_ENTRIES.c.key.in_(part))).mappings().all():
            found[row["key"]] = row["id"]
            known, actor = rows.actor_of(row), wanted[row["key"]]
            if seen and actor != known and (actor.id or _better(connection, row["id"], actor.name, known.name)):
                _rename(connection, row, actor, run)
                if renamed is not None:
                    renamed.add(row["id"])
    new = [wanted[key] for key in wanted if key not in found]
    if new:
        connection.execute(insert(ActorEntry), [rows.actor_columns(actor) for actor in new])
        noting.note(connection, run, [Note(Subject.ACTOR, actor.key) for actor in new], fresh=True)
        for part in parts([actor.key for actor in new]):
            rows_of = select(ActorEntry.key, ActorEntry.id).where(ActorEntry.key.in_(part))
            found.update({key: row for key, row in connection.execute(rows_of)})
    return found


def _rename(connection: Connection, row: Mapping[Any, Any], actor: Actor, run: int | None) -> None:
    noting.note(connection, run, [Note.of(Subject.ACTOR, row["key"], plain(row, _ENTRIES, ("id",)))])
    connection.execute(update(ActorEntry).where(ActorEntry.id == row["id"]).values(**rows.actor_columns(actor)))


def _better(connection: Connection, row: int, name: str, known: str) -> bool:
    """Whether a name is better than the known one, which counts for nothing while no article has named the actor."""
    if (name.isupper(), name) < (known.isupper(), known):
        return True
    return connection.scalar(select(ActorName.name).where(ActorName.actor_id == row).limit(1)) is None
