"""Many rows at once, past SQLAlchemy, in a transaction of the caller's: `executemany` on SQLite, COPY on PostgreSQL.

Values are numbers, strings and None; days are strings in ISO form, which both databases take.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

CACHE = 128 * 1024  # KiB of SQLite's page cache: a batch touches leaves all over the indexes


class Loader:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sqlite = connection.dialect.name == "sqlite"
        if self._sqlite:
            connection.exec_driver_sql(f"PRAGMA cache_size=-{CACHE}")

    def load(self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows of values, in the order of `columns`."""
        if not rows:
            return
        named = ", ".join(f'"{column}"' for column in columns)
        if self._sqlite:
            marks = ", ".join("?" * len(columns))
            statement = f"INSERT INTO {table} ({named}) VALUES ({marks})"  # noqa: S608 - our own names
            self._connection.exec_driver_sql(statement, list(rows))
        else:
            self._copy(f"COPY {table} ({named}) FROM STDIN", rows)

    def _copy(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        raw = self._connection.connection.driver_connection
        assert raw is not None  # noqa: S101 - it is open
        dialect = self._connection.dialect
        failure = dialect.loaded_dbapi.Error
        try:
            with raw.cursor() as cursor, cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
        except failure as error:
            raise DBAPIError.instance(statement, None, error, failure, dialect=dialect) from error

    def run(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """A statement with "?" for values, once for each row."""
        if rows:
            self._connection.exec_driver_sql(self._marked(statement), list(rows))

    def select(self, statement: str, values: Collection[Any]) -> list[Any]:
        """The rows of a statement that holds "{values}" where it means all of some values; nothing for no values."""
        if not values:
            return []
        return list(self._among(statement, values))

    def delete(self, table: str, column: str, values: Collection[Any]) -> None:
        """Delete the rows that have one of the values."""
        if values:
            self._among(f"DELETE FROM {table} WHERE {column} IN {{values}}", values)  # noqa: S608 - our own names

    def _among(self, statement: str, values: Collection[Any]) -> Any:
        """SQLite takes any number of values as JSON, PostgreSQL as an array."""
        told = list(values)
        if self._sqlite:
            among, bound = "(SELECT value FROM json_each(?))", json.dumps(told)
        else:
            kind = "bigint" if isinstance(told[0], int) else "text"
            among, bound = f"(SELECT unnest(CAST(? AS {kind}[])))", told  # type: ignore[assignment]
        return self._connection.exec_driver_sql(self._marked(statement.format(values=among)), (bound,))

    def _marked(self, statement: str) -> str:
        return statement if self._sqlite else statement.replace("?", "%s")

    def numbers(self, table: str, count: int) -> Iterator[int]:
        """New row numbers: no other writer is there."""
        if self._sqlite:
            last = self._connection.exec_driver_sql(f"SELECT COALESCE(MAX(id), 0) FROM {table}").scalar()  # noqa: S608
            return iter(range(int(last or 0) + 1, int(last or 0) + 1 + count))
        sequence = f"pg_get_serial_sequence('{table}', 'id')"
        statement = f"SELECT nextval({sequence}) FROM generate_series(1, {count})"  # noqa: S608
        return iter(list(self._connection.exec_driver_sql(statement).scalars()))
