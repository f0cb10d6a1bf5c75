"""Time as an axis: the days that a picture shows, and its ticks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from timeline.exports.words import MONTHS
from timeline.model import Event

_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12_000)  # months between ticks
_TICKS = 13
_VAGUE = 3_660  # days: what is known no better does not widen the axis


def extent(events: Iterable[Event], since: date | None, until: date | None) -> tuple[int, int] | None:
    """First and last day (ordinals) of an axis: as asked, else of the events that are dated to ten years or better."""
    days: list[int] = []
    vague: list[int] = []
    for event in events:
        first, last = event.when.earliest, event.when.latest
        known = [day.toordinal() for day in (first, last) if day]
        is_near = first and last and (last - first).days <= _VAGUE
        (days if is_near else vague).extend(known)
    found = days or vague
    if not found:
        return None
    low = since.toordinal() if since else min(found)
    high = until.toordinal() if until else max(max(found), low)
    room = max(8, round((high - low) * 0.015))
    return max(1, low - room), min(date.max.toordinal(), high + room)


def ticks(low: int, high: int) -> list[tuple[int, str]]:
    """Firsts of months or years between two days (ordinals), and how they are called: a year at its January."""
    for step in _STEPS:
        firsts = list(_firsts(low, high, step))
        if len(firsts) <= _TICKS:
            break
    named = []
    for number, day in enumerate(firsts):
        month = MONTHS[day.month - 1][:3]
        name = f"{month}\n{day.year}" if number == 0 or day.month == 1 else month
        named.append((day.toordinal(), str(day.year) if step >= 12 else name))
    return named


def _firsts(low: int, high: int, step: int) -> Iterator[date]:
    first = date.fromordinal(low)
    month = -(-(first.year * 12 + first.month - 1 + (first.day > 1)) // step) * step
    while month // 12 <= date.max.year and (day := date(month // 12, month % 12 + 1, 1)).toordinal() <= high:
        yield day
        month += step
