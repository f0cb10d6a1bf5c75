"""What a store does with what could not be read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from timeline.store.engine import Database
from timeline.store.values import Quarantined, QuarantineQuery


class Aside:
    """The quarantine's part of the store."""

    _database: Database

    def quarantine(self, origin: str, reason: str, data: bytes | None, run: int | None = None) -> None:
        """Keep what could not be read, once for each origin and content."""
        self.quarantine_all([(origin, reason, data)], run)

    def quarantine_all(self, items: Iterable[tuple[str, str, bytes | None]], run: int | None = None) -> None:
        """The same of several (origin, reason, data), in one transaction."""
        from timeline.store.quarantining import put_aside

        with self._database.writing() as connection:
            for origin, reason, data in items:
                put_aside(connection, origin, reason, data, run)

    def quarantined(self, query: QuarantineQuery | None = None) -> list[Quarantined]:
        """What could not be read, the latest first."""
        from timeline.store.quarantining import listed

        with self._database.reading() as connection:
            return listed(connection, query or QuarantineQuery())

    def quarantine_item(self, number: int) -> Quarantined:
        """Raises NotFoundError."""
        from timeline.store.quarantining import item

        with self._database.reading() as connection:
            return item(connection, number)

    def quarantine_numbers(self, before: datetime | None = None) -> list[int]:
        """The numbers of all items, or of those that were last met before a moment, rising."""
        from timeline.store.quarantining import numbers

        with self._database.reading() as connection:
            return numbers(connection, before)

    def retry_failed(self, number: int, reason: str, run: int) -> None:
        """An item was tried again in vain, for this reason."""
        from timeline.store.quarantining import tried

        with self._database.writing() as connection:
            tried(connection, number, reason, run)

    def release(self, numbers: Collection[int], run: int | None) -> int:
        """Take items out of quarantine; gives how many there were. `run` can be undone."""
        from timeline.store.quarantining import release

        with self._database.writing() as connection:
            return release(connection, numbers, run)

    def release_read(self, origins: Collection[str], run: int, answered: Collection[str] = ()) -> int:
        """Take those items out whose origin, or the file that they are in, was read by this run, which did not meet
        them again, and those that were not to be had at addresses that have `answered` now; gives how many."""
        from timeline.store.quarantining import left_behind, release

        with self._database.reading() as connection:
            numbers = left_behind(connection, origins, run, answered)
        if not numbers:
            return 0
        with self._database.writing() as connection:
            return release(connection, numbers, run)
