"""Where an event stands in a timeline, as one number: `events.id`.

A timeline is sorted by the first day an event can have happened on, then the shorter span, then the public id. All
three are packed into 63 bits, so that every index that ends in an event's number is a walk along a timeline, and a page
goes on behind the number of its last event:

    22 bits  ordinal of the first day (of the last, where the start is open; behind all days, where none is known)
     9 bits  length of the span in days, coarser above 400
    32 bits  the beginning of the public id
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import IntEnum

from timeline.model import When

_LENGTH_BITS = 9
# The last day of a SHORT event as an ordinal is (number >> DAY_SHIFT) + ((number >> ID_BITS) & LENGTH_MASK).
ID_BITS = 32
DAY_SHIFT = _LENGTH_BITS + ID_BITS
LENGTH_MASK = (1 << _LENGTH_BITS) - 1
_YEAR = 365
_NO_DAY = date.max.toordinal() + 1

SHORT_DAYS = 400  # up to here the length in a position is exact


class Reach(IntEnum):
    """How far an event's days reach beyond the day it is sorted by: where a search between two days must look.

    DAY: one day. SHORT: at most `SHORT_DAYS` more. LONG: more. LATER: open at the end. EARLIER: open at the start,
    sorted by its last day. NEVER: no day is known.
    """

    DAY = 0
    SHORT = 1
    LONG = 2
    LATER = 3
    EARLIER = 4
    NEVER = 5


def reach(when: When) -> Reach:
    if when.earliest is None:
        return Reach.NEVER if when.latest is None else Reach.EARLIER
    if when.latest is None:
        return Reach.LATER
    days = (when.latest - when.earliest).days
    return Reach.DAY if days == 0 else Reach.SHORT if days <= SHORT_DAYS else Reach.LONG


def position(when: When, public_id: str) -> int:
    """The number of an event; `public_id` is hexadecimal."""
    beginning = int(public_id[:8], 16)
    first = when.first
    if first is None:
        return (_NO_DAY << DAY_SHIFT) | beginning
    days = ((when.latest or first) - first).days
    length = days if days <= SHORT_DAYS else min(SHORT_DAYS + days // _YEAR, LENGTH_MASK)
    return (first.toordinal() << DAY_SHIFT) | (length << ID_BITS) | beginning


def start_of(day: date) -> int:
    """The lowest number that an event sorted by a day can have."""
    return day.toordinal() << DAY_SHIFT


def start_of_no_day() -> int:
    """The lowest number of an event without any day."""
    return _NO_DAY << DAY_SHIFT


def end_of(day: date) -> int:
    """The highest one."""
    return start_of(day) | ((1 << DAY_SHIFT) - 1)


def day_of(ordinal: int) -> date | None:
    """The day of the first bits of a number, None where no day is known."""
    return date.fromordinal(ordinal) if ordinal < _NO_DAY else None


def before_by(day: date, days: int) -> date:
    """A day so many days earlier, or the first one there is."""
    return date.min if day.toordinal() <= days else day - timedelta(days=days)
