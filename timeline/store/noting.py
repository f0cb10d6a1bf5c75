"""Notes of what a run found before it changed it: enough to undo the run (`undoing`).

Notes of one thing are a stack: each says what was there before its run changed it. Where one run changes a thing
several times, only its first note counts, as long as no other run came between; more of them do no harm.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from sqlalchemy import Connection, func, insert, select

from timeline.store.packing import State, pack
from timeline.store.reports import parts
from timeline.store.tables import RunChange

_BATCH = 2_000
BETWEEN = "\t"  # of two names that are one key together


class Subject(StrEnum):
    """What was changed, and what its key is."""

    ARTICLE = "article"  # public id
    ROW = "row"  # the key of a report that is a row of a data set
    DATASET = "dataset"  # name
    TOMBSTONE = "tombstone"  # the key of the report, or of the article, that was withdrawn
    ACTOR = "actor"  # key
    NAME = "name"  # key of its actor, and the name
    QUARANTINE = "quarantine"  # digest and origin
    RUN = "run"  # the number of a run that this one undid


@dataclass(frozen=True, slots=True)
class Note:
    """What a thing was before: None where there was nothing, else packed (`packing`; b"" where it only was there)."""

    subject: Subject
    key: str
    before: bytes | None = None

    @classmethod
    def of(cls, subject: Subject, key: str, state: State | None) -> Note:
        return cls(subject, key, None if state is None else pack(state))


def noted(connection: Connection, run: int | None, subject: Subject, key: str, before: bytes | None) -> None:
    """Note one thing, once for each run; nothing without a run."""
    note(connection, run, [Note(subject, key, before)])


def note(connection: Connection, run: int | None, notes: Iterable[Note], *, fresh: bool = False) -> None:
    """Note several things. `fresh`: none of them was noted by this run before, which saves a look."""
    if run is None:
        return
    found = iter(notes)
    while batch := list(islice(found, _BATCH)):
        known = set() if fresh else already(connection, run, batch)
        new = [each for each in batch if (each.subject, each.key) not in known]
        if new:
            rows = [{"run_id": run, "subject": n.subject.value, "key": n.key, "before": n.before} for n in new]
            connection.execute(insert(RunChange), rows)


def already(connection: Connection, run: int, notes: Sequence[Note]) -> set[tuple[Subject, str]]:
    """Of some things those whose latest note is this run's."""
    keys: dict[Subject, list[str]] = {}
    for each in notes:
        keys.setdefault(each.subject, []).append(each.key)
    return {(subject, key) for subject, some in keys.items() for key in latest(connection, run, subject, some)}


def latest(connection: Connection, run: int, subject: Subject, keys: Collection[str]) -> dict[str, int]:
    """Those of some keys whose latest note is this run's, with the note's number."""
    found: dict[str, int] = {}
    for part in parts(sorted(keys)):
        last = (
            select(func.max(RunChange.id))
            .where(RunChange.subject == subject.value, RunChange.key.in_(part))
            .group_by(RunChange.key)
        )
        statement = select(RunChange.key, RunChange.id).where(RunChange.id.in_(last), RunChange.run_id == run)
        found.update({key: number for key, number in connection.execute(statement)})
    return found


def key_of(*names: str) -> str:
    return BETWEEN.join(names)


def names_of(key: str) -> tuple[str, str]:
    """The two names of a key."""
    one, _, other = key.partition(BETWEEN)
    return one, other
