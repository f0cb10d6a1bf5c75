"""Finding time expressions: every rule over the text, the longest match wins, meanings in text order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from timeline.extract.when.calendar import Moment
from timeline.extract.when.reading import DATE, TIME, Context, Reading
from timeline.extract.when.rules import KEYS, RULES, Rule
from timeline.model import Span, TimeExpression, bounds
from timeline.model.errors import InputError

_LONGEST = 80
# Letters that patterns take for "s", "i" and "k" in any case, and no word of ours has.
_FOLDED = re.compile("[\u017f\u0131\u0130\u212a]")
_AROUND = _LONGEST + 40  # a match and what its pattern looks ahead to


def tag(
    text: str, *, published: date | None = None, spans: Sequence[Span] | None = None, locale: str = "en-US"
) -> list[TimeExpression]:
    """Every time expression of an English text, in text order, without overlaps.

    `published` anchors relative expressions; without it their value and EDTF stay "" and the reason says so. `spans`
    limits the search to these ranges, in the order of the telling. A `locale` other than "en-US" reads 3/4/2025 as
    3 April.
    Never raises for any text.
    """
    found: list[TimeExpression] = []
    previous: Moment | None = None
    period: Moment | None = None
    named, lowered = 0, _lowered(text)
    for span in spans if spans is not None else [Span(0, len(text))]:
        accepted = span.start
        for start, end, rule, match in _matches(text, lowered, span):
            if start < accepted:
                continue
            context = Context(
                text, span, Span(start, end), published=published, previous=previous, since=start - named,
                period=period, day_first=locale != "en-US",
            )  # fmt: skip
            reading = _safe(rule, match, context)
            if reading is None:
                continue
            accepted = end
            found.append(_expression(text, start, end, reading))
            if reading.moment is not None and reading.type in (DATE, TIME):
                previous, named = reading.moment, end
            period = reading.period or period
    return found


def _lowered(text: str) -> str:
    """The text in lower case, character by character; a few letters have no lower case of one character."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _matches(text: str, lowered: str, span: Span) -> Iterator[tuple[int, int, Rule, re.Match[str]]]:
    """All matches of all rules from left to right, the longest first; a rule's meaning may still refuse one."""
    windows = {key: _windows(lowered, span, pattern) for key, pattern in KEYS.items()} | {"": [span]}
    matches = [
        (match.start(), -match.end(), order, rule, match)
        for order, rule in enumerate(RULES)
        for start, end in windows[rule.key]
        for match in rule.pattern.finditer(text, start, end)
        if match.end() - match.start() <= _LONGEST and not _FOLDED.search(match[0])
    ]
    matches.sort(key=lambda each: each[:3])
    for start, end, _, rule, match in matches:
        yield start, -end, rule, match


def _windows(text: str, span: Span, key: re.Pattern[str]) -> list[Span]:
    """The ranges around the key's words in which a match that holds one must lie, cut between words."""
    found: list[Span] = []
    for match in key.finditer(text, span.start, span.end):
        start, end = max(span.start, match.start() - _AROUND), min(span.end, match.end() + _AROUND)
        if found and start <= found[-1].end:
            found[-1] = Span(found[-1].start, end)
        else:
            found.append(Span(start, end))
    return [Span(_between_words(text, start, span.start), end) for start, end in found]


def _between_words(text: str, place: int, least: int) -> int:
    """The start of the word that `place` is in; a word without an end is cut."""
    for earlier in range(place, max(least, place - _LONGEST), -1):
        if text[earlier - 1].isspace():
            return earlier
    return max(least, place - _LONGEST)


def _safe(rule: Rule, match: re.Match[str], context: Context) -> Reading | None:
    """A meaning, None where the calendar has no such day."""
    try:
        return rule.meaning(match, context)
    except (ValueError, OverflowError):
        return None


def _expression(text: str, start: int, end: int, reading: Reading) -> TimeExpression:
    edtf = reading.edtf
    try:
        earliest, latest = bounds(edtf) if edtf else (None, None)
    except InputError:
        edtf, earliest, latest = "", None, None
    return TimeExpression(
        start, end, text[start:end], reading.type, reading.value, edtf, earliest, latest, reading.reason, reading.mod
    )
