"""Putting back what notes say was before, page by page inside one transaction; each thing is noted first as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, insert, select, update

from timeline.store import beings, noting, quarantining, states
from timeline.store.changing import Cause
from timeline.store.copies import Copies
from timeline.store.events import Deriver
from timeline.store.noting import Note, Subject
from timeline.store.packing import State, insert_all, plain, table_of, unpack, values
from timeline.store.reports import parts
from timeline.store.tables import (
    ArticleOrigin,
    ArticleRow,
    Dataset,
    QuarantineItem,
    ReportActor,
    ReportRow,
    Tombstone,
)

if TYPE_CHECKING:
    from timeline.store.undoing import Notes

_PAGE = 200
_DATASETS, _TOMBSTONES, _QUARANTINE = table_of(Dataset), table_of(Tombstone), table_of(QuarantineItem)


@dataclass(slots=True)
class Counts:
    """Articles and rows that went, came back, and are otherwise as before again."""

    gone: int = 0
    back: int = 0
    other: int = 0


class Restorer:
    """Undoes `notes` as the run `run`; `step` is called with each article's title or row's key."""

    def __init__(self, connection: Connection, run: int, notes: Notes, step: Callable[[str], None]) -> None:
        self._connection = connection
        self._run = run
        self._notes = notes
        self._step = step
        self._counts = Counts()
        self._copies = Copies(connection)
        easy = (Subject.ACTOR, Subject.NAME, Subject.QUARANTINE, Subject.DATASET, Subject.TOMBSTONE)
        self._noted = notes.subjects()
        self._newer = {(later.subject, later.key) for later in notes.changed_since(easy)}

    def restore(self) -> Counts:
        self._keep_as_is()
        self._datasets(back=True)
        renamed = self._entries()
        for page in self._pages(Subject.ARTICLE):
            self._articles(page)
        for page in self._pages(Subject.ROW):
            self._rows(page)
        self._told_of(renamed)
        self._names()
        self._datasets(back=False)
        self._tombstones()
        self._quarantine()
        return self._counts

    def _pages(self, subject: Subject) -> Iterator[list[Note]]:
        for page in self._notes.pages([subject], _PAGE) if subject in self._noted else ():
            left = [note for note in page if (note.subject.value, note.key) not in self._newer]
            if left:
                yield left

    def _note(self, notes: Sequence[Note]) -> None:
        noting.note(self._connection, self._run, notes, fresh=True)

    def _keep_as_is(self) -> None:
        """Note all articles and rows, and free the keys that articles are found by: they may go to others."""
        connection = self._connection
        for page in self._pages(Subject.ARTICLE):
            keys = [note.key for note in page]
            rows = list(connection.scalars(select(ArticleRow.id).where(ArticleRow.public_id.in_(keys))))
            now = {state["article"]["public_id"]: state for state in states.articles(connection, rows)}
            self._note([Note.of(Subject.ARTICLE, key, now.get(key)) for key in keys])
            connection.execute(delete(ArticleOrigin).where(ArticleOrigin.article_id.in_(rows)))
            self._copies.open(rows)
        for page in self._pages(Subject.ROW):
            now = states.dataset_rows(connection, [note.key for note in page])
            self._note([Note.of(Subject.ROW, note.key, now.get(note.key)) for note in page])

    def _articles(self, page: Sequence[Note]) -> None:
        connection = self._connection
        found = select(ArticleRow.public_id, ArticleRow.id).where(ArticleRow.public_id.in_([n.key for n in page]))
        rows = dict(connection.execute(found).all())
        self._copies.open(rows.values())
        deriver = self._without(ReportRow.article_id.in_(rows.values()))
        gone = {note.key for note in page if note.before is None}
        connection.execute(delete(ArticleRow).where(ArticleRow.id.in_([rows[key] for key in gone & rows.keys()])))
        before = {note.key: unpack(note.before) for note in page if note.before is not None}
        owned: dict[tuple[str, int], list[State]] = {}
        actors: State = {}
        for key, state in before.items():
            row = self._article(rows.get(key), state)
            owned["article_id", row] = state["reports"]
            actors.update(state["actors"])
        deriver.touch(states.put_reports(connection, owned, actors))
        self._copies.settle(deriver)
        deriver.derive_touched()
        self._count(gone & rows.keys(), before.keys() - rows.keys(), before.keys() & rows.keys())
        for note in page:
            self._step(before[note.key]["article"]["title"] if note.key in before else note.key)

    def _article(self, row: int | None, state: State) -> int:
        """Write an article's own row and where it was found; gives the row."""
        connection, columns = self._connection, values(state["article"], states.ARTICLES)
        if row is None:
            row = int(connection.execute(insert(ArticleRow).values(**columns)).inserted_primary_key[0])  # type: ignore[index]
        else:
            connection.execute(update(ArticleRow).where(ArticleRow.id == row).values(**columns))
        origins = [values(origin, states.ORIGINS) | {"article_id": row} for origin in state["origins"]]
        insert_all(connection, states.ORIGINS, origins)
        self._copies.changed(row, state["article"].get("text"))
        return row

    def _rows(self, page: Sequence[Note]) -> None:
        connection, keys = self._connection, [note.key for note in page]
        there = set(connection.scalars(select(ReportRow.key).where(ReportRow.key.in_(keys))))
        deriver = self._without(ReportRow.key.in_(keys))
        before = {note.key: unpack(note.before) for note in page if note.before is not None}
        numbers = dict(connection.execute(select(_DATASETS.c.name, _DATASETS.c.id)).all())
        owned: dict[tuple[str, int], list[State]] = {}
        actors: State = {}
        for state in before.values():
            owned.setdefault(("dataset_id", numbers[state["dataset"]]), []).extend(state["reports"])
            actors.update(state["actors"])
        deriver.touch(states.put_reports(connection, owned, actors))
        deriver.derive_touched()
        self._count(there - before.keys(), before.keys() - there, there & before.keys())
        for key in keys:
            self._step(key)

    def _without(self, where: Any) -> Deriver:
        """A deriver that has forgotten some reports, which are deleted."""
        deriver = Deriver(self._connection, Cause(self._run))
        gone = set(self._connection.scalars(select(ReportRow.id).where(where)))
        deriver.forget(gone)
        for part in parts(sorted(gone)):
            self._connection.execute(delete(ReportRow).where(ReportRow.id.in_(part)))
        return deriver

    def _count(self, gone: set[str], back: set[str], other: set[str]) -> None:
        self._counts.gone += len(gone)
        self._counts.back += len(back)
        self._counts.other += len(other)

    def _entries(self) -> set[int]:
        """Actors get the entries that they had, unless reports of later runs tell of them; gives the changed rows."""
        renamed: set[int] = set()
        for page in self._pages(Subject.ACTOR):
            before = {note.key: unpack(note.before) for note in page if note.before is not None}
            notes, changed = beings.put_entries(self._connection, before, after=max(self._notes.runs))
            self._note(notes)
            renamed |= changed
        return renamed

    def _told_of(self, actors: set[int]) -> None:
        """Events that tell of these actors read otherwise now."""
        for actor in sorted(actors):
            told = list(self._connection.scalars(select(ReportActor.report_id).where(ReportActor.actor_id == actor)))
            for part in parts(told):
                deriver = Deriver(self._connection, Cause(self._run))
                deriver.read_again(part)
                deriver.derive_touched()

    def _names(self) -> None:
        """Names and actors that nothing mentions any more go, others come back."""
        for page in self._pages(Subject.NAME):
            self._note(beings.put_names(self._connection, {noting.names_of(n.key): n.before is not None for n in page}))
        for page in self._pages(Subject.ACTOR):
            new = [note.key for note in page if note.before is None]
            self._note(beings.remove_actors(self._connection, new))

    def _datasets(self, *, back: bool) -> None:
        connection, of = self._connection, _DATASETS.c
        for page in self._pages(Subject.DATASET):
            for note in page:
                row = connection.execute(select(_DATASETS).where(of.name == note.key)).mappings().first()
                if back and note.before is not None:
                    self._note([Note.of(Subject.DATASET, note.key, plain(row, _DATASETS, ("id",)) if row else None)])
                    columns = values(unpack(note.before), _DATASETS)
                    same = update(_DATASETS).where(of.name == note.key)
                    connection.execute(same.values(**columns) if row else insert(_DATASETS).values(**columns))
                elif not back and note.before is None and row and not self._has_rows(row["id"]):
                    self._note([Note.of(Subject.DATASET, note.key, plain(row, _DATASETS, ("id",)))])
                    connection.execute(delete(_DATASETS).where(of.id == row["id"]))

    def _has_rows(self, dataset: int) -> bool:
        some = select(ReportRow.id).where(ReportRow.dataset_id == dataset).limit(1)
        return self._connection.scalar(some) is not None

    def _tombstones(self) -> None:
        connection, of = self._connection, _TOMBSTONES.c
        for page in self._pages(Subject.TOMBSTONE):
            keys = [note.key for note in page]
            found = connection.execute(select(_TOMBSTONES).where(of.key.in_(keys))).mappings()
            now = {row["key"]: plain(row, _TOMBSTONES) for row in found}
            self._note([Note.of(Subject.TOMBSTONE, key, now.get(key)) for key in keys])
            connection.execute(delete(_TOMBSTONES).where(of.key.in_(keys)))
            before = [values(unpack(note.before), _TOMBSTONES) for note in page if note.before is not None]
            insert_all(connection, _TOMBSTONES, before)

    def _quarantine(self) -> None:
        connection, of = self._connection, _QUARANTINE.c
        for page in self._pages(Subject.QUARANTINE):
            for note in page:
                digest, origin = noting.names_of(note.key)
                same = (of.digest == digest) & (of.origin == origin)
                row = connection.execute(select(_QUARANTINE).where(same)).mappings().first()
                if row is None and note.before is None:
                    continue
                self._note([Note.of(Subject.QUARANTINE, note.key, quarantining.whole(row) if row else None)])
                if note.before is None:
                    connection.execute(delete(_QUARANTINE).where(same))
                    continue
                told = unpack(note.before)
                columns = values(told, _QUARANTINE)
                if row is not None or connection.scalar(select(of.id).where(of.id == columns.get("id"))) is not None:
                    columns.pop("id", None)  # its number, unless it has one or another item has it
                if "data" in told:
                    columns["data"] = bytes.fromhex(told["data"]) if told["data"] is not None else None
                changed = update(_QUARANTINE).where(same) if row else insert(_QUARANTINE)
                connection.execute(changed.values(**columns))
