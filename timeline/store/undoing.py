"""Undoing runs: what they found is put back in one transaction, which is a run itself and can be undone too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, exists, func, insert, or_, select, update
from sqlalchemy.orm import aliased

from timeline.model.errors import NotFoundError, StoreError, UsageError
from timeline.store import fetches, noting
from timeline.store.columns import now
from timeline.store.noting import Note, Subject
from timeline.store.records import Undone, WouldUndo
from timeline.store.restoring import Restorer
from timeline.store.standing import Later, Standing, stands_in_the_way
from timeline.store.tables import ArticleRow, ImportRun, ReportRow, RunChange
from timeline.store.values import RunStatus

_PAGE = 200
_STRICT = (Subject.ARTICLE, Subject.ROW)  # what a later run changed too is not put back under its feet
_NAMED = {Subject.ARTICLE: "the article", Subject.ROW: "the row"}


def standing(connection: Connection) -> Standing:
    """What was undone so far."""
    statement = select(RunChange.id, RunChange.run_id, RunChange.key).where(RunChange.subject == Subject.RUN.value)
    return Standing.of((note, run, int(target)) for note, run, target in connection.execute(statement))


def undo(connection: Connection, runs: Sequence[int], step: Callable[[str], None] = lambda _title: None) -> Undone:
    """Put back what these runs found. Raises NotFoundError, UsageError, and StoreError where a later run stands in the
    way."""
    notes = _checked(connection, runs)
    arguments = "undo of run " + ", ".join(str(run) for run in notes.runs)
    values = {"started": now(), "status": RunStatus.RUNNING.value, "arguments": arguments}
    number = int(connection.execute(insert(ImportRun).values(**values)).inserted_primary_key[0])  # type: ignore[index]
    fetches.forget(connection, notes.runs)
    counts = Restorer(connection, number, notes, step).restore()
    noting.note(connection, number, [Note(Subject.RUN, str(run)) for run in notes.runs], fresh=True)
    ended = {
        "ended": now(),
        "status": RunStatus.DONE.value,
        "added": counts.back,
        "updated": counts.gone + counts.other,
    }
    connection.execute(update(ImportRun).where(ImportRun.id == number).values(**ended))
    killed = (ImportRun.id.in_(notes.runs)) & ImportRun.ended.is_(None)
    connection.execute(update(ImportRun).where(killed).values(ended=now(), status=RunStatus.FAILED.value))
    return Undone(number, tuple(notes.runs), counts.gone, counts.back, counts.other)


def would_undo(connection: Connection, runs: Sequence[int]) -> Iterator[WouldUndo]:
    """What undoing these runs would do to each article and row, in the order in which they were changed. Raises as
    `undo` does."""
    notes = _checked(connection, runs)
    for page in notes.pages(_STRICT, _PAGE):
        keys = [note.key for note in page]
        statement = select(ArticleRow.public_id, ArticleRow.title).where(ArticleRow.public_id.in_(keys))
        there = {(Subject.ARTICLE, key): title for key, title in connection.execute(statement)}
        statement = select(ReportRow.key, ReportRow.title).where(ReportRow.key.in_(keys))
        there |= {(Subject.ROW, key): title for key, title in connection.execute(statement)}
        for note in page:
            is_there = (note.subject, note.key) in there
            if is_there or note.before is not None:
                what = "goes" if note.before is None else "changes back" if is_there else "comes back"
                yield WouldUndo(what, note.subject.value, note.key, there.get((note.subject, note.key), ""))


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of some runs that still count, of each thing only the first."""

    connection: Connection
    runs: tuple[int, ...]
    standing: Standing

    def subjects(self) -> set[Subject]:
        """What there are notes on."""
        found = self.connection.scalars(select(RunChange.subject).where(self._ours(RunChange)).distinct())
        return {Subject(subject) for subject in found}

    def pages(self, subjects: Sequence[Subject], size: int) -> Iterator[list[Note]]:
        """Notes on some subjects, in the order in which they were written."""
        earlier = aliased(RunChange)
        same = (earlier.subject == RunChange.subject) & (earlier.key == RunChange.key)
        # "+ 0": else SQLite looks through all notes of a run for each of them, and not through those of its thing.
        first = ~exists().where(same, self._ours(earlier, earlier.run_id + 0), earlier.id < RunChange.id)
        about = [subject.value for subject in subjects]
        mine = and_(self._ours(RunChange), RunChange.subject.in_(about), first)
        columns = (RunChange.id, RunChange.subject, RunChange.key, RunChange.before)
        after = select(*columns).where(mine, RunChange.id > bindparam("last")).order_by(RunChange.id).limit(size)
        page = self.connection.execute(after, {"last": 0}).all()
        while page:
            yield [Note(Subject(subject), key, before) for _, subject, key, before in page]
            page = self.connection.execute(after, {"last": page[-1][0]}).all() if len(page) == size else []

    def changed_since(self, subjects: Sequence[Subject]) -> Iterator[Later]:
        """What later runs, which still count, have changed as well."""
        mine = aliased(RunChange)
        same = (mine.subject == RunChange.subject) & (mine.key == RunChange.key)
        columns = (RunChange.id, RunChange.run_id, RunChange.subject, RunChange.key)
        statement = (
            select(*columns, func.min(mine.id))
            .join(mine, same & (mine.id < RunChange.id))
            .where(
                self._ours(mine),
                RunChange.run_id.not_in(self.runs),
                RunChange.subject.in_([subject.value for subject in subjects]),
            )
            .group_by(*columns)
            .order_by(RunChange.id.desc())
        )
        for row in self.connection.execute(statement):
            later = Later(*row)
            if stands_in_the_way(later, self.standing, self._first_note):
                yield later

    def any(self) -> bool:
        return self.connection.scalar(select(RunChange.id).where(self._ours(RunChange)).limit(1)) is not None

    def _first_note(self, later: Later, run: int) -> int | None:
        same = (RunChange.subject == later.subject) & (RunChange.key == later.key) & (RunChange.run_id + 0 == run)
        return self.connection.scalar(select(func.min(RunChange.id)).where(same))

    def _ours(self, table: type[RunChange], number: Any = None) -> Any:
        of = table.run_id if number is None else number
        return or_(*((of == run) & (table.id > self.standing.until.get(run, 0)) for run in self.runs))


def _checked(connection: Connection, runs: Sequence[int]) -> Notes:
    """The notes of these runs, if they can be undone."""
    wanted = tuple(sorted(set(runs)))
    notes = Notes(connection, wanted, standing(connection))
    for run in wanted:
        _check(connection, Notes(connection, (run,), notes.standing), run)
    later = next(notes.changed_since(_STRICT), None)
    if later is not None:
        what = f"run {later.run} has changed {_NAMED[Subject(later.subject)]} {later.key} since"
        both = " ".join(str(run) for run in sorted({*wanted, later.run}))
        hint = f"Undo it first: timeline undo {later.run}. Or together: timeline undo {both}"
        raise StoreError(what, where=f"run {wanted[0]}", hint=hint)
    return notes


def _check(connection: Connection, notes: Notes, run: int) -> None:
    found = connection.execute(select(ImportRun.__table__).where(ImportRun.id == run)).mappings().first()
    if found is None:
        raise NotFoundError(f"there is no run {run}", hint="'timeline runs' lists them")
    if notes.any():
        return
    if run in notes.standing.by:
        by = notes.standing.by[run]
        raise UsageError(f"run {run} was undone by run {by}", hint=f"'timeline undo {by}' brings it back")
    if found["added"] or found["updated"] or found["quarantined"]:
        hint = "Only runs since the store's last upgrade can be undone"
        raise StoreError("nothing was kept of what was before it", where=f"run {run}", hint=hint)
    raise UsageError(f"run {run} has changed nothing")
