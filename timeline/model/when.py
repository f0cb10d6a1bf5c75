"""When something happened: an EDTF date with its bounds, the words it was read from, and why it was read so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from timeline.model.edtf import Exactness, bounds, exactness


@dataclass(frozen=True, slots=True)
class When:
    """A date as EDTF; `edtf` is "" when nothing at all is known.

    `words` are the article's own words ("on Monday"), "" when the date was concluded without any; `reason` says
    in a few words how the value follows ("the latest Monday up to publication 2025-03-03").
    """

    edtf: str
    earliest: date | None
    latest: date | None
    words: str = ""
    reason: str = ""

    @classmethod
    def of(cls, edtf: str, *, words: str = "", reason: str = "") -> When:
        """A When with the bounds of `edtf`. Raises InputError if it is no EDTF."""
        earliest, latest = bounds(edtf)
        return cls(edtf, earliest, latest, words, reason)

    @property
    def exactness(self) -> Exactness:
        return exactness(self.edtf)

    @property
    def first(self) -> date | None:
        """The first day that is known, by which timelines are sorted: the earliest, else the latest, else None."""
        return self.earliest or self.latest


UNKNOWN_WHEN = When("", None, None)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """One time expression of a text, normalised.

    `type`, `value` and `mod` are TIMEX3 (type one of DATE, TIME, DURATION, SET). `edtf` is "" for what names no
    point or stretch of the calendar (a bare duration, "PRESENT_REF"); `earliest`/`latest` are its bounds.
    """

    start: int
    end: int
    text: str
    type: str
    value: str
    edtf: str = ""
    earliest: date | None = None
    latest: date | None = None
    reason: str = ""
    mod: str = ""
