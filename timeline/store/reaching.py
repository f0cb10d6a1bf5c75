"""The days of a question as ranges of event numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, literal_column

from timeline.store import positions
from timeline.store.matching import EVENTS
from timeline.store.positions import Reach
from timeline.store.questions import Asked


@dataclass(frozen=True, slots=True)
class Days:
    """A range of event numbers; `of_events`: it looks at columns of the events themselves."""

    where: tuple[Any, ...] = ()
    of_events: bool = False


def within(asked: Asked, number: Any, reach: Any) -> list[Days]:
    """The days of a question as ranges of event numbers that do not meet; the first is the widest.

    Between the two days lie all that are sorted there. Before them, those that are sorted earlier and reach into them;
    behind them, those that are open at the start.
    """
    if not asked.days:
        return [Days()]
    own = reach.table is EVENTS and number.table is not EVENTS
    ranges = [Days((number.between(*asked.days),), own)]
    if asked.since:
        low, before, day, since = asked.since
        early = number < before
        ranges += [
            Days((*_reaching(reach, Reach.SHORT), number >= low, early, _last(number) >= day), own),
            Days((*_reaching(reach, Reach.LONG), early, EVENTS.c.latest >= since), True),
            Days((*_reaching(reach, Reach.LATER), early), own),
        ]
    if asked.until:
        last, first = asked.until
        ranges.append(Days((*_reaching(reach, Reach.EARLIER), number > last, number >= first), own))
    return ranges


@cache
def _last(number: Any) -> Any:
    """The last day of a short event, as an ordinal."""
    length = number.op(">>")(_plain(positions.ID_BITS)).op("&")(_plain(positions.LENGTH_MASK))
    return number.op(">>")(_plain(positions.DAY_SHIFT)) + length


@cache
def _reaching(reach: Any, how: Reach) -> tuple[Any, Any]:
    """The first condition is that of the partial indexes, which SQLite uses only where it stands word by word."""
    return reach != _plain(0), reach == _plain(int(how))


def _plain(number: int) -> Any:
    return literal_column(str(number), BigInteger)
