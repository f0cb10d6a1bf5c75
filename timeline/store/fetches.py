"""What the store knows of addresses that were imported from: enough to ask their servers what has changed since."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict

from sqlalchemy import Connection, delete, insert, select

from timeline.store.reports import parts
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
        for part in parts(list(latest)):
            connection.execute(delete(FetchRow).where(FetchRow.url.in_(part)))
        connection.execute(insert(FetchRow), [asdict(each) | {"run_id": run} for each in latest.values()])


def forget(connection: Connection, runs: Collection[int]) -> None:
    """What these runs fetched will be fetched again: they were undone."""
    connection.execute(delete(FetchRow).where(FetchRow.run_id.in_(runs)))
