"""Taking a judgement back, whatever it is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from sqlalchemy import Connection, update

from timeline.model.errors import NotFoundError, UsageError
from timeline.store.columns import now
from timeline.store.on_record import OnRecord

Kind = TypeVar("Kind", bound=OnRecord)


def take_back(
    connection: Connection, table: Any, known: Iterable[Kind], number: int, author: str, note: str, *, listed: str
) -> Kind:
    """Write down that the judgement of this number counts no more; gives it as it was. `listed` is the command that
    lists those of its kind. Raises NotFoundError; UsageError where it was taken back before."""
    found = next((each for each in known if each.number == number), None)
    if found is None:
        raise NotFoundError(f"there is no judgement {number}", hint=f"'{listed}' lists them")
    if found.undone is not None:
        raise UsageError(f"judgement {number} was taken back on {found.undone:%Y-%m-%d} by {found.undone_by}")
    values = {"undone": now(), "undone_by": author, "undone_note": note}
    connection.execute(update(table).where(table.id == number).values(**values))
    return found
