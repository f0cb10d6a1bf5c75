"""Lengths of time as steps on the calendar: "three days after the coup", "over the past two years"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from timeline.extract.when.words import table
from timeline.model import TimeExpression, When

if TYPE_CHECKING:
    from spacy.tokens import Token

# "The next day", "a year earlier": one step from where the story stands. "Next week" is counted from publication.
_STEP = re.compile(
    r"the\s+(?P<side>next|following|previous|preceding)\s+(?P<unit>day|morning|evening|night|month|year)"
    r"|(?:the|a|one)\s+(?P<unit2>day|month|year)\s+(?P<side2>later|after|earlier|before|prior)",
    re.IGNORECASE,
)
_BACK = frozenset({"previous", "preceding", "earlier", "before", "prior"})
_PERIOD = re.compile(r"P(\d{1,4})([DWMY])$|PT\d+[HMS]$")
# TIMEX3 `mod`.
_BOUNDS = {"LESS_THAN": -1, "EQUAL_OR_LESS": -1, "MORE_THAN": 1, "EQUAL_OR_MORE": 1}


@dataclass(frozen=True, slots=True)
class Measure:
    """So many days, weeks, months or years (D, W, M, Y); no days for a length within a day. `bound` is -1 for less than
    that, 1 for more."""

    count: int
    unit: str
    words: str
    bound: int = 0

    @classmethod
    def of(cls, time: TimeExpression) -> Measure | None:
        """The length that an expression states exactly; None for "several weeks", "less than two weeks"."""
        match = _PERIOD.match(time.value)
        if match is None or time.mod:
            return None
        if match[2] is None:
            return cls(0, "D", time.text)
        return cls(int(match[1]), match[2], time.text)

    @classmethod
    def one(cls, unit: str) -> Measure | None:
        """One day, night, week, month or year by its name; None for another word."""
        letter = {"day": "D", "night": "D", "week": "W", "month": "M", "year": "Y"}.get(unit)
        return None if letter is None else cls(1, letter, f"the {unit}")

    @classmethod
    def bounded(cls, time: TimeExpression) -> Measure | None:
        """The length that an expression gives as the most or the least: "less than two weeks", "over a year"."""
        bound, exact = _BOUNDS.get(time.mod, 0), cls.of(replace(time, mod=""))
        return replace(exact, bound=bound) if bound and exact is not None else None

    @classmethod
    def whole_days(cls, time: TimeExpression) -> Measure | None:
        """The length with hours as the days that they reach into."""
        exact, hours = cls.of(time), re.fullmatch(r"PT(\d{1,4})H", time.value)
        return replace(exact, count=-(-int(hours[1]) // 24)) if exact is not None and hours is not None else exact

    def fits(self, when: When) -> bool:
        """Whether it can be counted from a date: from a day anyhow, else from a month or year no finer than it."""
        if when.earliest is None or when.latest is None:
            return False
        if when.earliest == when.latest:
            return True
        return not self.bound and len(when.edtf) in {"M": (7,), "Y": (4, 7)}.get(self.unit, ())

    @classmethod
    def story_step(cls, words: str) -> tuple[Measure, int] | None:
        """The step that words take from the last thing told, with its direction."""
        match = _STEP.fullmatch(words)
        if match is None:
            return None
        unit, side = match["unit"] or match["unit2"], match["side"] or match["side2"]
        letter = {"month": "M", "year": "Y"}.get(unit.lower(), "D")
        return cls(1, letter, words), -1 if side.lower() in _BACK else 1

    def from_day(self, day: date, sign: int) -> When | None:
        """So long after (1) or before (-1) a day, as exact as the unit; None beyond the calendar."""
        if self.bound:
            return self._within(day, sign)
        reason = f"{self.words}: counted {'on' if sign > 0 else 'back'} from {day}"
        try:
            if self.unit == "D":
                found = (day + timedelta(days=sign * self.count)).isoformat()
            elif self.unit == "W":
                monday = day + timedelta(weeks=sign * self.count) - timedelta(days=day.weekday())
                found = f"{monday}/{monday + timedelta(days=6)}"
            elif self.unit == "M":
                months = day.year * 12 + day.month - 1 + sign * self.count
                found = date(months // 12, months % 12 + 1, 1).isoformat()[:7]
            else:
                found = date(day.year + sign * self.count, 1, 1).isoformat()[:4]
        except (ValueError, OverflowError):
            return None
        return When.of(found, words=self.words, reason=reason)

    def _within(self, day: date, sign: int) -> When | None:
        """Between a day and so long from it, or beyond that."""
        end = self.step(day, sign)
        if end is None:
            return None
        if self.bound > 0:
            edtf = f"{end}/.." if sign > 0 else f"../{end}"
        else:
            edtf = f"{min(day, end)}/{max(day, end)}" if end != day else f"{day}"
        reason = f"{self.words}: counted {'on' if sign > 0 else 'back'} from {day}"
        return When.of(edtf, words=self.words, reason=reason)

    def step(self, day: date, sign: int) -> date | None:
        """The day so long after (1) or before (-1) a day; None beyond the calendar."""
        try:
            if self.unit in "DW":
                return day + sign * timedelta(days=self.count * (7 if self.unit == "W" else 1))
            months = day.year * 12 + day.month - 1 + sign * self.count * (12 if self.unit == "Y" else 1)
            year, month = months // 12, months % 12 + 1
            return date(year, month, min(day.day, monthrange(year, month)[1]))
        except (ValueError, OverflowError):
            return None


def years_remembered(noun: Token) -> int | None:
    """The years since a happening whose anniversary is told of: 3 for "the third anniversary of the coup"."""
    of = noun.head
    if noun.dep_ != "pobj" or of.lower_ != "of" or of.head.lemma_.lower() != "anniversary":
        return None
    for word in of.head.lefts:
        number = re.match(r"(\d{1,3})(?:st|nd|rd|th|-?year)$", word.text)
        if number is not None:
            return int(number[1])
        if word.lower_ in table("day_ordinals"):
            return int(table("day_ordinals")[word.lower_])
    return None
