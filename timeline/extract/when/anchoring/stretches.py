"""Two expressions that name one date: "from March to May", "the three months to June", "two days before Christmas"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from timeline.extract.text.parsed import Sentence
from timeline.extract.when.anchoring.measures import Measure
from timeline.model import TimeExpression, bounds

_RANGE = re.compile(r",?\s+(?:to|through|until|till|and)\s+", re.IGNORECASE)
_NEAR_DAYS = 6
_UP_TO = re.compile(r"\s+(?:to|through|up to|ending(?: in| on)?|ended(?: in| on)?)\s+", re.IGNORECASE)


def joined(sentence: Sentence, times: Sequence[TimeExpression]) -> Iterator[TimeExpression]:
    """The expressions, with "between 1940 and 2002" and "the year to June" as one."""
    text, start = sentence.slice.text, sentence.span.start
    skip = False
    for time, following in pairwise([*times, None]):
        if time is None or skip:
            skip = False
            continue
        both = None
        if following is not None:
            link = text[time.end - start : following.start - start]
            words = text[time.start - start : following.end - start]
            both = (
                _range(text[: time.start - start], link, time, following)
                or _days(link, text[following.end - start :], time, following)
                or _up_to(link, time, following)
                or _counted(link, time, following)
            )
            both = both and replace(both, start=time.start, end=following.end, text=words)
        skip = both is not None
        yield both or time


def _range(before: str, between: str, first: TimeExpression, last: TimeExpression) -> TimeExpression | None:
    link, lead = _RANGE.fullmatch(between), before.split()[-1:]
    if link is None or first.earliest is None or last.latest is None or first.earliest >= last.latest:
        return None
    word, leads = link[0].strip(" ,").lower(), lead[0].lower() if lead else ""
    if leads != ("between" if word == "and" else "from") and word != "through":
        return None
    edtf = f"{first.edtf.split('/')[0]}/{last.edtf.split('/')[-1]}"
    return replace(first, edtf=edtf, latest=last.latest, reason="from the one to the other")


def _days(between: str, after: str, first: TimeExpression, last: TimeExpression) -> TimeExpression | None:
    """ "On Sunday and Monday": on both days; "Sunday and Monday's vote" is of two things."""
    if between.strip().lower() != "and" or after.startswith(("'", "’")):
        return None
    if first.earliest != first.latest or last.earliest != last.latest or first.earliest is None:
        return None
    if last.earliest is None or not 0 < (last.earliest - first.earliest).days <= _NEAR_DAYS:
        return None
    return replace(first, edtf=f"{first.earliest}/{last.latest}", latest=last.latest, reason="on both days")


def _counted(between: str, length: TimeExpression, last: TimeExpression) -> TimeExpression | None:
    """ "Two days before Christmas", "a week after 3 March": counted from that day."""
    sign = {"before": -1, "after": 1}.get(between.strip().lower())
    measure = Measure.of(length) if sign is not None and length.type == "DURATION" else None
    if sign is None or measure is None or last.earliest is None or last.earliest != last.latest:
        return None
    when = measure.from_day(last.earliest, sign)
    if when is None:
        return None
    return replace(last, edtf=when.edtf, earliest=when.earliest, latest=when.latest, reason=when.reason)


def _up_to(between: str, length: TimeExpression, last: TimeExpression) -> TimeExpression | None:
    """ "The three months to June": as long as that, ending with it."""
    measure = Measure.of(length) if length.type == "DURATION" and not length.edtf else None
    if measure is None or not measure.count or last.latest is None or last.earliest is None:
        return None
    if _UP_TO.fullmatch(between) is None:
        return None
    first = measure.step(last.latest + timedelta(days=1), -1)
    if first is None or first > last.earliest:
        return None
    month = last.earliest.day == 1 and first.day == 1 and last.edtf == str(last.earliest)[:7]
    edtf = f"{str(first)[:7]}/{last.edtf}" if month else f"{first}/{last.latest}"
    earliest, latest = bounds(edtf)
    return replace(last, edtf=edtf, earliest=earliest, latest=latest, reason="so long, up to the end of then")
