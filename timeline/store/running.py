"""The store's part about imports: which there were, undoing them, what became of events; what they came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sqlalchemy import select

from timeline.model import DataSet
from timeline.store import fetches
from timeline.store.tables import Dataset, ImportRun
from timeline.store.values import Counts, Fetch, Run, RunStatus

if TYPE_CHECKING:
    from timeline.store.engine import Database
    from timeline.store.job_store import JobStore
    from timeline.store.records import History, Undone, WouldUndo


class Runs:
    """Runs are known by their numbers."""

    _database: Database

    def runs(self, limit: int | None = None) -> list[Run]:
        """All imports, the latest first."""
        from timeline.store import undoing

        with self._database.reading() as connection:
            undone = undoing.standing(connection).by
            statement = select(ImportRun.__table__).order_by(ImportRun.id.desc()).limit(limit)
            return [
                Run(
                    r["id"],
                    r["started"],
                    r["ended"],
                    RunStatus(r["status"]),
                    r["arguments"],
                    Counts(r["added"], r["updated"], r["unchanged"], r["quarantined"]),
                    r["usage"],
                    undone.get(r["id"]),
                )
                for r in connection.execute(statement).mappings()
            ]

    def undo_runs(self, *runs: int, step: Callable[[str], None] = lambda _title: None) -> Undone:
        """Put back what these runs found, all or nothing, as a run that can be undone too.

        Judgements stay. Raises NotFoundError, UsageError where there is nothing to undo, StoreError where a later run
        has changed the same since. `step` is called with each article or row that is done.
        """
        from timeline.store import undoing

        with self._database.writing() as connection:
            return undoing.undo(connection, runs, step)

    def would_undo(self, *runs: int) -> Iterator[WouldUndo]:
        """What `undo_runs` would do to articles and rows. Raises as that does."""
        from timeline.store import undoing

        with self._database.reading() as connection:
            yield from undoing.would_undo(connection, runs)

    def history(self, event_id: str) -> History:
        """All that became of an event, also of one that is gone, by its id or the beginning of one.

        Raises NotFoundError; AmbiguousError when several ids begin so.
        """
        from timeline.store import telling

        with self._database.reading() as connection:
            return telling.history(connection, event_id)

    @property
    def jobs(self) -> JobStore:
        """Scheduled imports."""
        from timeline.store.job_store import JobStore

        return JobStore(self._database)

    def fetched(self, url: str) -> Fetch | None:
        """What the store knows of an address; None where it was never imported whole."""
        with self._database.reading() as connection:
            return fetches.of(connection, url)

    def dataset(self, name: str) -> DataSet | None:
        """The data set of a name, as it is kept; None where there is none."""
        with self._database.reading() as connection:
            found = connection.execute(select(Dataset.__table__).where(Dataset.name == name)).mappings().first()
        return DataSet(found["name"], found["url"], bool(found["linked"])) if found else None
