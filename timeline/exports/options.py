"""How an export is wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from timeline.exports.tables import EVENTS, Table
from timeline.model import EventReport


@dataclass(frozen=True, slots=True)
class Options:
    """`table` says what a row is, in formats that have rows; `raw` leaves texts alone that a spreadsheet or
    terminal would run.

    Of a page, `heading` and `about` stand at its top; `countries` are the names of ISO 3166 alpha-3 codes, `reports`
    those of an event by its id, as far as they are known when it is written.
    """

    table: Table = EVENTS
    raw: bool = False
    heading: str = ""
    about: str = ""
    countries: Mapping[str, str] = field(default_factory=dict)
    reports: Mapping[str, Sequence[EventReport]] = field(default_factory=dict)


DEFAULT = Options()
