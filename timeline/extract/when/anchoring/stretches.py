"""Two expressions that name one stretch of the calendar: "from March to May", "the three months to June"."""

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
            both = _range(text[: time.start - start], link, time, following) or _up_to(link, time, following)
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
