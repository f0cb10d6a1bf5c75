"""What the store knows of addresses that were imported from: enough to ask their servers what has changed since."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, delete, insert, select

from timeline.store.tables import FetchRow
from timeline.store.values import Fetch


def of(connection: Connection, url: str) -> Fetch | None:
    """What is known of an address; None where it was never imported whole."""
    found = connection.execute(select(FetchRow.__table__).where(FetchRow.url == url)).mappings().first()
    if found is None:
        return None
    return Fetch(found["url"], found["etag"], found["last_modified"], found["fetched"], found["fresh_until"])


def learn(connection: Connection, fetched: Sequence[Fetch], run: int | None) -> None:
    """Keep what a run has learnt, in the place of what was known."""
    latest = {each.url: each for each in fetched}
    if latest:
        connection.execute(delete(FetchRow).where(FetchRow.url.in_(latest)))
        rows = [
            {
                "url": each.url,
                "etag": each.etag,
                "last_modified": each.last_modified,
                "fetched": each.fetched,
                "fresh_until": each.fresh_until,
                "run_id": run,
            }
            for each in latest.values()
        ]
        connection.execute(insert(FetchRow), rows)


def forget(connection: Connection, runs: Collection[int]) -> None:
    """What these runs fetched will be fetched again: they were undone."""
    connection.execute(delete(FetchRow).where(FetchRow.run_id.in_(runs)))
