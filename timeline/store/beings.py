"""Actors and their names put back as they were, and those removed that nothing mentions any more."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, delete, exists, or_, select, update

from timeline.model.actor import fold
from timeline.store import noting
from timeline.store.judgements import spelling
from timeline.store.noting import Note, Subject
from timeline.store.packing import State, insert_all, plain, table_of, values
from timeline.store.reports import parts
from timeline.store.tables import (
    ActorEntry,
    ActorJudgement,
    ActorName,
    EventActor,
    EventJudgement,
    ReportActor,
    ReportRow,
)

_ENTRIES, _NAMES = table_of(ActorEntry), table_of(ActorName)


def put_entries(connection: Connection, before: Mapping[str, State], *, after: int) -> tuple[list[Note], set[int]]:
    """Give actors (by key) the entries they had; those that reports of runs `after` that one tell of keep theirs.

    Gives notes of what was there, and the rows of those that have another entry now.
    """
    notes: list[Note] = []
    changed: set[int] = set()
    found = connection.execute(select(_ENTRIES).where(_ENTRIES.c.key.in_(list(before)))).mappings().all()
    told_later = (
        select(ReportActor.actor_id)
        .join(ReportRow, ReportActor.report_id == ReportRow.id)
        .where(ReportActor.actor_id.in_([row["id"] for row in found]), ReportRow.run_id > after)
    )
    kept = set(connection.scalars(told_later.distinct()))
    for row in found:
        now = plain(row, _ENTRIES, ("id",))
        if row["id"] not in kept and now != before[row["key"]]:
            notes.append(Note.of(Subject.ACTOR, row["key"], now))
            columns = values(before[row["key"]], _ENTRIES)
            connection.execute(update(_ENTRIES).where(_ENTRIES.c.id == row["id"]).values(**columns))
            changed.add(row["id"])
    missing = [key for key in before if key not in {row["key"] for row in found}]
    notes += [Note(Subject.ACTOR, key) for key in missing]
    insert_all(connection, _ENTRIES, [values(before[key], _ENTRIES) for key in missing])
    return notes, changed


def put_names(connection: Connection, before: Mapping[tuple[str, str], bool]) -> list[Note]:
    """Of names (key of the actor, name), those that were there come back, and those that were not go, unless some
    report has them still. Gives notes of what changed."""
    found = select(_ENTRIES.c.key, _ENTRIES.c.id).where(_ENTRIES.c.key.in_({key for key, _ in before}))
    rows = dict(connection.execute(found).all())
    there = names(connection, rows.values())
    gone = {rows[key] for (key, name), was in before.items() if not was and key in rows}
    mentioned = mentions(connection, gone)
    notes: list[Note] = []
    for (key, name), was in before.items():
        row = rows.get(key)
        is_there = (row, name) in there
        if row is None or was == is_there or (is_there and name in mentioned.get(row, ())):
            continue
        notes.append(Note(Subject.NAME, noting.key_of(key, name), b"" if is_there else None))
        if is_there:
            connection.execute(delete(_NAMES).where(_NAMES.c.actor_id == row, _NAMES.c.name == name))
        else:
            insert_all(connection, _NAMES, [{"actor_id": row, "name": name, "folded": fold(name)}])
    return notes


def mentions(connection: Connection, actors: Collection[int]) -> dict[int, set[str]]:
    """The names that reports give to actors (by row): their spellings and the one of the entry."""
    found: dict[int, set[str]] = {}
    for part in parts(sorted(actors)):
        statement = (
            select(ReportActor.actor_id, ReportActor.words, _ENTRIES.c.name)
            .join(_ENTRIES, ReportActor.actor_id == _ENTRIES.c.id)
            .where(ReportActor.actor_id.in_(part))
            .distinct()
        )
        for actor, words, name in connection.execute(statement):
            found.setdefault(actor, {name}).add(spelling(words))
    return found


def remove_actors(connection: Connection, keys: Collection[str]) -> list[Note]:
    """Remove those actors that nothing mentions: no report, event or judgement. Gives notes of them."""
    found = connection.execute(select(_ENTRIES).where(_ENTRIES.c.key.in_(keys), unmentioned())).mappings().all()
    rows = [row["id"] for row in found]
    key_of = {row["id"]: row["key"] for row in found}
    named = [(key_of[row], name) for row, name in sorted(names(connection, rows))]
    for part in parts(rows):
        connection.execute(delete(_ENTRIES).where(_ENTRIES.c.id.in_(part)))
    return [
        *(Note(Subject.NAME, noting.key_of(key, name), b"") for key, name in named),
        *(Note.of(Subject.ACTOR, row["key"], plain(row, _ENTRIES, ("id",))) for row in found),
    ]


def unmentioned() -> Any:
    """That no report, event or judgement mentions an actor."""
    number, key = _ENTRIES.c.id, _ENTRIES.c.key
    return ~or_(
        exists().where(ReportActor.actor_id == number),
        exists().where(EventActor.actor_id == number),
        exists().where(or_(ActorJudgement.actor == key, ActorJudgement.other == key)),
        exists().where(EventJudgement.value.contains(key)),
    )


def names(connection: Connection, actors: Collection[int]) -> set[tuple[int, str]]:
    """The names of actors (by row) that are kept, each with its actor."""
    found: set[tuple[int, str]] = set()
    for part in parts(sorted(actors)):
        statement = select(_NAMES.c.actor_id, _NAMES.c.name).where(_NAMES.c.actor_id.in_(part))
        found.update((row, name) for row, name in connection.execute(statement))
    return found
