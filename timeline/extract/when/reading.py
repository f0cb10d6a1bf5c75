"""What a rule makes of an expression, and what it may know of the text around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from timeline.extract.when import calendar
from timeline.extract.when.calendar import Moment
from timeline.extract.when.direction import Direction, direction, is_past
from timeline.model import Span

DATE, TIME, DURATION, SET = "DATE", "TIME", "DURATION", "SET"
EXPLICIT = "explicit"
NO_DATE = "relative to the publication date, which is not known"


@dataclass(frozen=True, slots=True)
class Reading:
    """TIMEX3 type, value and mod, EDTF ("" for what names no stretch of the calendar), and why.

    `moment` is what later expressions may count from; `period` the quarter or year that the text reports on from
    here ("the third quarter"), unlike one that it only compares with ("the year-earlier quarter").
    """

    type: str
    value: str
    edtf: str = ""
    reason: str = ""
    mod: str = ""
    moment: Moment | None = None
    period: Moment | None = None


class Context:
    """What a meaning may look at: the publication date, what was named before, and the words around.

    `previous` is the moment named last and `since` how many characters ago; `period` the period under report.
    """

    def __init__(
        self,
        text: str,
        span: Span,
        extent: Span,
        *,
        published: date | None,
        previous: Moment | None = None,
        since: int = 0,
        period: Moment | None = None,
        day_first: bool = False,
    ) -> None:
        self.text, self.span, self.extent = text, span, extent
        self.published, self.previous, self.since, self.period = published, previous, since, period
        self.day_first = day_first

    @cached_property
    def direction(self) -> Direction:
        return direction(self.text, self.extent.start, self.extent.end, self.span)

    @property
    def ahead(self) -> bool:
        return self.direction is Direction.AHEAD

    def before(self, characters: int = 30) -> str:
        """The text just before the expression."""
        return self.text[max(self.span.start, self.extent.start - characters) : self.extent.start]

    def after(self, characters: int = 30) -> str:
        """The text just after the expression."""
        return self.text[self.extent.end : min(self.span.end, self.extent.end + characters)]

    @property
    def named_here(self) -> bool:
        """Whether the date named before stands in the same paragraph."""
        return self.extent.start - self.since >= self.span.start

    @property
    def opens_story(self) -> bool:
        """Whether the date named before opens the sentence: "On April 3, 2011, ships found it; in May …"."""
        if self.since > _SENTENCE or self.previous is None or not self.named_here:
            return False
        named = self.extent.start - self.since
        sentence = self.text[max(self.span.start, named - _OPENING) : self.extent.start]
        begun = re.search(r"(?:^|[.!?]\s+)(?:On|In|By)\s", sentence[:_OPENING]) is not None
        return begun and re.search(r"[.!?]\s+[A-Z]", sentence[_OPENING:]) is None

    @cached_property
    def word_before(self) -> str:
        """The word before the expression in lower case, "" at the start of a clause."""
        found = re.search(r"([\w'’-]+)[\s\"“(]*$", self.before())
        return found[1].lower() if found else ""


def at(moment: Moment | None, reason: str, *, mod: str = "", part: str = "", period: Moment | None = None) -> Reading:
    """A date; with a part of the day ("TMO", "T15:00") a time. Without a moment the value stays open."""
    if moment is None:
        return Reading(TIME if part else DATE, "", "", reason, mod)
    edtf = f"{moment.edtf}~" if mod == "APPROX" and "/" not in moment.edtf else moment.edtf
    if part:
        return Reading(TIME, moment.value + part, edtf, reason, mod, moment)
    return Reading(DATE, moment.value, edtf, reason, mod, moment, period)


def unknown(part: str = "") -> Reading:
    return Reading(TIME if part else DATE, "", "", NO_DATE)


def anchored(context: Context) -> str:
    return f"anchored to the publication date {context.published}"


def counted(context: Context) -> str:
    return f"counted from the date named before, {context.previous.value if context.previous else ''}"


def weekday(number: int, context: Context, word: str) -> tuple[Moment | None, str]:
    """The weekday meant: "last", "next" or "this" say which; else the latest up to publication, in a plan the next."""
    today = context.published
    if today is None:
        return None, NO_DATE
    back = (today.weekday() - number) % 7
    if word == "last":
        found = today - timedelta(days=back or 7)
    elif word == "next" or (word == "" and context.ahead):
        found = today + timedelta(days=(-back) % 7 or 7 * (word == "next"))
    elif word == "this":
        found = today + timedelta(days=number - today.weekday())
    else:
        found = today - timedelta(days=back)
    side = "first from" if found > today or word == "next" or (word == "" and context.ahead) else "latest up to"
    return calendar.day(found), f"the {side} the publication date {today}"


# How far ahead a date without year or tense is still taken for one to come: three months, as news announces.
_ANNOUNCED_MONTHS = 3
_ANNOUNCED_DAYS = 100
# A day of the past that lies farther back than this is written with its year.
_REMEMBERED_DAYS = 300


def month(number: int, context: Context, word: str) -> tuple[Moment | None, str]:
    """The month meant: "last", "next" or "this" say which; else by tense, without one the nearer."""
    today = context.published
    if today is None:
        return None, NO_DATE
    ahead = (number - today.month) % 12
    if word == "last":
        return calendar.month(today.year - (number >= today.month), number), anchored(context)
    if word == "next":
        return calendar.month(today.year + (number <= today.month), number), anchored(context)
    if word == "this":
        return calendar.month(today.year, number), anchored(context)
    story = _story_year(context)
    if story is not None:
        year = story.first.year + (number < story.first.month)
        return calendar.month(year, number), f"after the date named before, {story.value}"
    to_come = 0 < ahead <= _ANNOUNCED_MONTHS if context.direction is Direction.NEITHER else context.ahead
    year = today.year + (number < today.month) if to_come else today.year - (number > today.month)
    return calendar.month(year, number), anchored(context)


# The longest sentence, and how far from its start a date may end that opens it, in characters.
_SENTENCE, _OPENING = 400, 26
# How near, in characters, the date must stand that a story of an earlier year goes on from: in the sentence before.
_STORY_REACH = 60


def _story_year(context: Context) -> Moment | None:
    """The date that a story of an earlier year has reached: "… on 1 February 2021. In August he …"."""
    near, today = context.previous, context.published
    if near is None or today is None or context.ahead or not context.named_here:
        return None
    if context.since > _STORY_REACH and not context.opens_story:
        return None
    return near if near.grain in ("D", "M") and near.first.year < today.year - 1 else None


def in_year(context: Context, month_number: int, day_number: int = 1) -> tuple[int | None, str]:
    """The year of a day given without one, and why: by tense, without one the nearer."""
    today = context.published
    if today is None:
        return None, NO_DATE
    story = _story_year(context)
    if story is not None:
        later = (month_number, day_number) < (story.first.month, story.first.day)
        return story.first.year + later, f"after the date named before, {story.value}"
    leap = month_number == 2 and day_number == 29
    days = [found for year in range(today.year - 8 * leap - 1, today.year + 8 * leap + 2)
            if (found := calendar.day_in(year, month_number, day_number))]  # fmt: skip
    past = max((d for d in days if d <= today), default=None)
    coming = min((d for d in days if d >= today), default=None)
    if past is None or coming is None:
        return (past or coming or today).year, anchored(context)
    behind, before = (today - past).days, (coming - today).days
    if context.direction is Direction.NEITHER:
        to_come = before < behind and before <= _ANNOUNCED_DAYS
    elif context.ahead:
        to_come = not (before > _REMEMBERED_DAYS and behind <= 45)
    else:
        to_come = behind > _REMEMBERED_DAYS and before <= 60 and not _dates_a_past_verb(context)
    return (coming if to_come else past).year, anchored(context)


def _dates_a_past_verb(context: Context) -> bool:
    """ "resigned on March 3": the verb stands right before, so that no other clause can lend its tense."""
    found = re.search(r"(\w+)\s+on\s+(?:the\s+)?$", context.before(24))
    return found is not None and is_past(found[1].lower())
