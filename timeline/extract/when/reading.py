"""What a rule makes of an expression, and what it may know of the text around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from timeline.extract.when import calendar
from timeline.extract.when.calendar import Moment

DATE, TIME, DURATION, SET = "DATE", "TIME", "DURATION", "SET"
EXPLICIT = "explicit"
NO_DATE = "relative to the publication date, which is not known"


@dataclass(frozen=True, slots=True)
class Reading:
    """TIMEX3 type, value and mod, EDTF ("" for what names no stretch of the calendar), and why."""

    type: str
    value: str
    edtf: str = ""
    reason: str = ""
    mod: str = ""
    moment: Moment | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """The publication date, the moment named last in the text, and the tense around: "past", "future" or ""."""

    published: date | None
    previous: Moment | None
    tense: str
    day_first: bool = False

    @property
    def future(self) -> bool:
        return self.tense == "future"


def at(moment: Moment | None, reason: str, *, mod: str = "", part: str = "") -> Reading:
    """A date; with a part of the day ("TMO", "T15:00") a time. Without a moment the value stays open."""
    if moment is None:
        return Reading(TIME if part else DATE, "", "", reason, mod)
    if part:
        return Reading(TIME, moment.value + part, moment.edtf, reason, mod, moment)
    return Reading(DATE, moment.value, moment.edtf, reason, mod, moment)


def unknown(part: str = "") -> Reading:
    return Reading(TIME if part else DATE, "", "", NO_DATE)


def anchored(context: Context) -> str:
    return f"anchored to the publication date {context.published}"


def weekday(number: int, context: Context, direction: str) -> tuple[Moment | None, str]:
    """The weekday meant: "last"/"next"/"this" say which; else the latest up to publication, in a plan the next one."""
    today = context.published
    if today is None:
        return None, NO_DATE
    back = (today.weekday() - number) % 7
    if direction == "last":
        found = today - timedelta(days=back or 7)
    elif direction == "next" or (direction == "" and context.future):
        found = today + timedelta(days=(-back) % 7 or 7 * (direction == "next"))
    elif direction == "this":
        found = today + timedelta(days=number - today.weekday())
    else:
        found = today - timedelta(days=back)
    side = "first from" if found >= today and (direction == "next" or context.future) else "latest up to"
    return calendar.day(found), f"the {side} the publication date {today}"


def month(number: int, context: Context, direction: str) -> tuple[Moment | None, str]:
    """The month meant, as with weekdays; without a word the latest that has begun, in a plan the next."""
    today = context.published
    if today is None:
        return None, NO_DATE
    ahead = (number - today.month) % 12
    if direction == "last":
        moment = calendar.month(today.year - (number >= today.month), number)
    elif direction == "next":
        moment = calendar.month(today.year + (number <= today.month), number)
    elif direction == "this":
        moment = calendar.month(today.year, number)
    elif context.future:
        moment = calendar.month(today.year + (number < today.month), number)
    else:
        moment = calendar.month(today.year - (number > today.month), number)
        near = context.previous
        if near is not None and near.grain in ("D", "M") and near.first.year < today.year and ahead:
            moment = calendar.month(near.first.year, number)
            return moment, f"in the year of the date named before, {near.value}"
    return moment, anchored(context)


def in_year(context: Context, month_number: int, day_number: int = 1) -> int | None:
    """The year of a day given without one: the nearest up to publication, in a plan from it on."""
    today = context.published
    if today is None:
        return None
    near = context.previous
    if near is not None and near.grain in ("D", "M") and abs(near.first.year - today.year) > 1 and not context.future:
        return near.first.year
    for year in (today.year, today.year - 1, today.year + 1):
        try:
            found = date(year, month_number, day_number)
        except ValueError:
            continue
        days = (found - today).days
        if context.future and 0 <= days < 330:
            return year
        if not context.future and -330 <= days <= 31:
            return year
    return today.year
