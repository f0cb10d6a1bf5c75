"""How an export is wanted."""

from __future__ import annotations

from dataclasses import dataclass

from timeline.exports.tables import EVENTS, Table


@dataclass(frozen=True, slots=True)
class Options:
    """`table` says what a row is, in formats that have rows; `raw` leaves cells alone that a spreadsheet would run."""

    table: Table = EVENTS
    raw: bool = False


DEFAULT = Options()
