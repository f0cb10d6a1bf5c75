"""Event data sets: what a reader of one gives, and the store keeps beside what articles tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from timeline.model.event import Report


@dataclass(frozen=True, slots=True)
class DataSet:
    """An event data set by its name. Rows of a `linked` one may be one event with what other sources tell; those of
    others are events of their own."""

    name: str
    url: str = ""
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a data set. `native` is its own id there, `reported` the day it was added or reported, `attributes`
    what else it says, as JSON, `stated` when its set last wrote it, in seconds since 1970, where it tells. Spans of its
    report are all 0, happenings too."""

    native: str
    report: Report
    url: str = ""
    reported: date | None = None
    attributes: str | None = None
    stated: int | None = None
