"""The store's part about its own health: whether it is whole, and tidying it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from timeline.store.engine import Database
    from timeline.store.records import Tidied


class Care:
    """`step` is called with what is being done."""

    _database: Database

    def check(self, *, deep: bool = False, step: Callable[[str], None] = lambda _what: None) -> Iterator[str]:
        """What is wrong with the store, a line each; nothing where it is whole. Changes nothing.

        `deep` derives every event again and compares, alone: others cannot write meanwhile.
        """
        from timeline.store import checking

        return checking.check(self._database, deep=deep, step=step)

    def vacuum(self, *, step: Callable[[str], None] = lambda _what: None) -> Tidied:
        """Remove actors and names that nothing mentions any more and detours of redirects, and give space back.

        Whatever an undo needs stays.
        """
        from timeline.store import tidying

        return tidying.tidy(self._database, step)

    def lines(self, *, packed: bool = False, step: Callable[[str], None] = lambda _table: None) -> Iterator[bytes]:
        """All of the store as lines of JSON, as it is at one moment, for `take` of a new store on either database.

        `packed`: in gzip's format. `step` is called with the name of each row's table.
        """
        from timeline.store import portable

        with self._database.reading() as connection:
            told = portable.lines(connection, step)
            yield from portable.packed(told) if packed else told

    def take(self, file: BinaryIO, where: str = "", *, step: Callable[[str], None] = lambda _table: None) -> int:
        """Take in a whole store from what `lines` gave, packed or not, all or nothing; gives the number of rows.

        Raises InputError for what is no whole export (in `where`), StoreError where this store is not a new one.
        """
        from timeline.store import portable

        with self._database.writing() as connection:
            return portable.take(connection, file, where, step)
