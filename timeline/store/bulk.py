"""Rows of data sets, thousands a second: each batch is one transaction, whole or not at all.

What a new row adds is written down directly (`bulk_rows`, `loading`). Only where more than the row itself decides its
event (a row that has changed, another source nearby, a person's judgement) is it left to the `Deriver`; the store is
the same as if all were.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace

from sqlalchemy import Connection, insert, select, update

from timeline.model import DataSet, Row
from timeline.model.errors import UsageError
from timeline.model.merging import Sourced, countries_of
from timeline.store import bulk_rows, ids, judged, linking, noting, states, tombstones
from timeline.store.bulk_rows import COLUMNS, Made, Read, UnfitError
from timeline.store.casting import Cast
from timeline.store.changing import Cause
from timeline.store.columns import now
from timeline.store.engine import Database
from timeline.store.events import Deriver
from timeline.store.loading import Loader
from timeline.store.noting import Note, Subject
from timeline.store.quarantining import put_aside
from timeline.store.reports import Told
from timeline.store.tables import Dataset, EventJudgement
from timeline.store.units import linkable
from timeline.store.values import Counts

BATCH = 10_000
_KEY = re.compile(rf"\b[0-9a-f]{{{ids.ID_LENGTH}}}\b")
_KEPT = ("id", "key", "event_id")  # what an update leaves of a report
_DETAILS = ("report_actors", "report_unresolved")


class Importer:
    """Saves the rows of one data set."""

    def __init__(self, database: Database, dataset: DataSet, run: int | None, extractor: str) -> None:
        self._database = database
        self._dataset = dataset
        self._run = run
        self._extractor = extractor
        self._cast = Cast()

    def save(self, rows: Iterable[Row], size: int = BATCH) -> Counts:
        """All rows, `size` a transaction."""
        total = Counts()
        for batch in _batches(rows, size):
            with self._database.writing() as connection:
                total += _Batch(connection, self._dataset, self._run, self._extractor, self._cast).save(batch)
        return total

    def withdraw(self, native_ids: Iterable[str], size: int = BATCH, *, stated: Mapping[str, int] | None = None) -> int:
        """Take out the rows of these ids, as far as they are there and were not written after their set `stated` that
        they are gone; gives how many were. Tombstones stay."""
        name, gone, times = self._dataset.name, 0, stated or {}
        told = {ids.row_key(name, native): times.get(native) for native in native_ids}
        keys = sorted(told)
        for part in (keys[start : start + size] for start in range(0, len(keys), size)):
            with self._database.writing() as connection:
                loader = Loader(connection)
                there = loader.select("SELECT id, key, title, stated FROM reports WHERE key IN {values}", part)
                found = [(number, key, title) for number, key, title, of in there if not _after(of, told[key])]
                deriver = Deriver(connection, Cause(self._run))
                _note_rows(connection, self._run, [key for _, key, _ in found])
                deriver.forget({number for number, _, _ in found})
                tombstones.put(connection, [(key, title) for _, key, title in found], name, self._run, told)
                late = {key: time for key in part if (time := told[key]) is not None}
                tombstones.expect(connection, late.keys() - {key for _, key, *_ in there}, late, name, self._run)
                loader.delete("reports", "id", [number for number, _, _ in found])
                deriver.derive_touched()
            gone += len(found)
        return gone


def _after(one: int | None, other: int | None) -> bool:
    """Whether something was stated after something else, as far as both are known."""
    return one is not None and other is not None and one > other


def _deleted(written: int | None, deleted: int | None) -> bool:
    return written is not None and deleted is not None and not _after(written, deleted)


def _batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """At most `size` rows each, and none twice in one: of two the later one counts."""
    batch: dict[str, Row] = {}
    for row in rows:
        if len(batch) == size or row.native in batch:
            yield list(batch.values())
            batch = {}
        batch[row.native] = row
    if batch:
        yield list(batch.values())


class _Batch:
    """One transaction."""

    def __init__(self, connection: Connection, dataset: DataSet, run: int | None, extractor: str, cast: Cast) -> None:
        self._connection = connection
        self._dataset = dataset
        self._run = run
        self._extractor = extractor
        self._cast = cast
        self._loader = Loader(connection)
        self._deriver = Deriver(connection, Cause(run))

    def save(self, rows: Sequence[Row]) -> Counts:
        number = _dataset(self._connection, self._dataset, self._run)
        self._beside = {"dataset_id": number, "extractor": self._extractor, "run_id": self._run}
        found = list(self._read(rows))
        select_known = "SELECT key, id, digest, stated FROM reports WHERE key IN {values}"
        known = {key: of for key, *of in self._loader.select(select_known, [r.key for r in found])}
        new = self._without_withdrawn([each for each in found if each.key not in known])
        changed = [
            (of[0], each)
            for each in found
            if (of := known.get(each.key)) and of[1] != each.digest and not _after(of[2], each.row.stated)
        ]
        if new or changed:
            _note_rows(self._connection, self._run, [each.key for _, each in changed])
            self._note_new(new)
            fresh = [*new, *(each for _, each in changed)]
            self._deriver.revisit(self._cast.meet(self._connection, self._loader, [each.row.report for each in fresh]))
            for each in fresh:
                each.cast = self._cast.of(each.row.report)
            self._update(changed)
            self._add(new)
            self._deriver.derive_touched()
            changed_now = {"last_changed": now()}
            self._connection.execute(update(Dataset).where(Dataset.id == number).values(**changed_now))
        unchanged = len(found) - len(new) - len(changed)
        return Counts(len(new), len(changed), unchanged, len(rows) - len(found))

    def _without_withdrawn(self, new: Sequence[Read]) -> list[Read]:
        """Those that their set did not delete after it wrote them; the tombstones of the others are lifted."""
        gone = tombstones.times(self._connection, [each.key for each in new])
        if not gone:
            return list(new)
        left = [each for each in new if not _deleted(each.row.stated, gone.get(each.key))]
        tombstones.lift(self._connection, gone.keys() & {each.key for each in left}, self._run)
        return left

    def _note_new(self, new: Sequence[Read]) -> None:
        """That there was nothing, by the thousand."""
        if self._run is not None:
            notes = [(self._run, Subject.ROW.value, each.key) for each in new]
            self._loader.load("run_changes", ("run_id", "subject", "key"), notes)

    def _read(self, rows: Sequence[Row]) -> Iterator[Read]:
        for row in rows:
            try:
                yield bulk_rows.read(self._dataset.name, row)
            except UnfitError as error:
                origin = f"{self._dataset.name} {row.native}".encode(errors="replace").decode().replace("\0", "?")
                put_aside(
                    self._connection, origin, str(error), json.dumps(asdict(row), default=str).encode(), self._run
                )

    def _update(self, changed: Sequence[tuple[int, Read]]) -> None:
        """Reports keep their keys, numbers and events; these are derived again."""
        if not changed:
            return
        numbers = [number for number, _ in changed]
        self._deriver.read_again(numbers)
        columns = [name for name in COLUMNS["reports"] if name not in _KEPT]
        told = [
            dict(zip(COLUMNS["reports"], bulk_rows.report_values(each, number, self._beside, None), strict=True))
            for number, each in changed
        ]
        assigned = ", ".join(f'"{name}" = ?' for name in columns)
        values = [(*(row[name] for name in columns), row["id"]) for row in told]
        self._loader.run(f"UPDATE reports SET {assigned} WHERE id = ?", values)  # noqa: S608 - our own names
        for table in _DETAILS:
            self._loader.delete(table, "report_id", numbers)
        self._details(changed)

    def _add(self, new: Sequence[Read]) -> None:
        numbers = list(self._loader.numbers("reports", len(new)))
        added = list(zip(numbers, new, strict=True))
        made = {number: bulk_rows.event_of(each) for number, each in added}
        blocks = self._blocks(added)
        left = self._judged(added) | self._taken(made) | self._near(blocks)
        events = sorted((each for number, each in made.items() if number not in left), key=lambda each: each.number)
        self._loader.delete("event_redirects", "old", [each.public_id for each in made.values()])
        self._write(events)
        self._load(
            "reports",
            [
                bulk_rows.report_values(each, number, self._beside, None if number in left else made[number].number)
                for number, each in added
            ],
        )
        self._details(added)
        self._deriver.make_room(_by_block({number: blocks[number] for number in left & blocks.keys()}))
        self._load("report_blocks", sorted((block, number) for number, some in blocks.items() for block in some))
        self._deriver.revisit(left)

    def _write(self, events: Sequence[Made]) -> None:
        """Sorted as the tables are: neighbours go to one leaf."""
        self._load("events", [each.event for each in events])
        self._load("event_actors", sorted(row for each in events for row in each.actors))
        self._load("event_countries", sorted(row for each in events for row in each.countries))

    def _details(self, reports: Sequence[tuple[int, Read]]) -> None:
        self._load("report_actors", [row for n, each in reports for row in bulk_rows.taking_part(each, n)])
        self._load("report_unresolved", [row for n, each in reports for row in bulk_rows.unresolved(each, n)])

    def _load(self, table: str, rows: Sequence[bulk_rows.Values]) -> None:
        self._loader.load(table, COLUMNS[table], rows)

    def _judged(self, added: Sequence[tuple[int, Read]]) -> set[int]:
        """The reports that people's judgements may be about."""
        reading = judged.resolution(self._connection)
        actors = {*reading.merged, *reading.parted, *reading.labels}
        told = self._connection.scalars(select(EventJudgement.reports))
        keys = {key for each in told for key in _KEY.findall(each)}
        if not (actors or keys):
            return set()
        return {
            number
            for number, each in added
            if each.key in keys or any(p.actor.key in actors for p in each.row.report.actors)
        }

    def _taken(self, made: dict[int, Made]) -> set[int]:
        """The reports whose event's number is another event's."""
        wanted: dict[int, list[int]] = {}
        for number, each in made.items():
            wanted.setdefault(each.number, []).append(number)
        found = self._loader.select("SELECT id FROM events WHERE id IN {values}", list(wanted))
        taken = {event for (event,) in found} | {event for event, reports in wanted.items() if len(reports) > 1}
        return {number for event in taken for number in wanted[event]}

    def _blocks(self, added: Sequence[tuple[int, Read]]) -> dict[int, frozenset[int]]:
        """The blocks of reports, where the data set is linked."""
        if not self._dataset.linked:
            return {}
        return {number: linking.blocks(linkable([self._told(number, each)])) for number, each in added}

    def _told(self, number: int, each: Read) -> Told:
        row, report = each.row, each.row.report
        actors = tuple(replace(p, actor=actor) for p, _, actor in each.cast)
        told = replace(report, actors=actors, countries=countries_of(actors, report.place))
        sourced = Sourced(
            told, self._dataset.name, row.url or self._dataset.url, row.reported, ids.reader_of(self._extractor)
        )
        return Told(number, each.key, (0, number), None, sourced)

    def _near(self, blocks: dict[int, frozenset[int]]) -> set[int]:
        """The reports that share a block with a unit of another source."""
        own = self._beside["dataset_id"]
        statement = (
            "SELECT DISTINCT b.block FROM report_blocks b JOIN reports r ON r.id = b.report_id "  # noqa: S608 - a number
            f"WHERE b.block IN {{values}} AND (r.dataset_id IS NULL OR r.dataset_id <> {own})"
        )
        shared = {block for (block,) in self._loader.select(statement, sorted(set().union(*blocks.values())))}
        return {number for number, some in blocks.items() if not shared.isdisjoint(some)}


def _by_block(blocks: Mapping[int, Iterable[int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for number, some in blocks.items():
        for block in some:
            found.setdefault(block, []).append(number)
    return found


def _note_rows(connection: Connection, run: int | None, keys: Sequence[str]) -> None:
    """Note rows as they are before they change or go."""
    if run is not None and keys:
        now = states.dataset_rows(connection, keys)
        noting.note(connection, run, [Note.of(Subject.ROW, key, now[key]) for key in keys])


def _dataset(connection: Connection, dataset: DataSet, run: int | None) -> int:
    """The row of a data set, which is added where it is new. Raises UsageError where it is kept in the other way."""
    found = connection.execute(select(Dataset.__table__).where(Dataset.name == dataset.name)).mappings().first()
    if found is None:
        seen = now()
        noting.noted(connection, run, Subject.DATASET, dataset.name, None)
        values = {"name": dataset.name, "url": dataset.url, "linked": int(dataset.linked)}
        done = connection.execute(insert(Dataset).values(**values, first_seen=seen, last_changed=seen))
        return int(done.inserted_primary_key[0])  # type: ignore[index]
    if bool(found["linked"]) != dataset.linked:
        how = "linked with other sources" if found["linked"] else "by itself"
        hint = "Import it under another name to keep it otherwise"
        raise UsageError(f"the data set {dataset.name!r} is kept {how}", hint=hint)
    return int(found["id"])
