"""Finding time expressions: every rule over the text, the longest match wins, meanings in text order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from timeline.extract.when.calendar import Moment
from timeline.extract.when.reading import DATE, TIME, Context, Reading
from timeline.extract.when.rules import RULES, Rule
from timeline.extract.when.words import word_set
from timeline.model import Span, TimeExpression, bounds
from timeline.model.errors import InputError

_WINDOW = 60
_CLAUSE_END = re.compile(r"[.;:!?\n]\s|\n|,\s+(?:who|which|but|while|after|when)\b")
_WORD = re.compile(r"['’]?\w+")
_LONGEST = 80


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
    for span in spans if spans is not None else [Span(0, len(text))]:
        for start, end, rule, match in _candidates(text, span):
            context = Context(published, previous, _tense(text, start, end, span), day_first=locale != "en-US")
            reading = _safe(rule, match, context)
            if reading is None:
                continue
            found.append(_expression(text, start, end, reading))
            if reading.moment is not None and reading.type in (DATE, TIME):
                previous = reading.moment
    return found


def _candidates(text: str, span: Span) -> Iterator[tuple[int, int, Rule, re.Match[str]]]:
    """Matches from left to right, the longest of those that overlap; a rule's meaning may still refuse one."""
    matches = [
        (match.start(), -match.end(), order, rule, match)
        for order, rule in enumerate(RULES)
        for match in rule.pattern.finditer(text, span.start, span.end)
        if match.end() - match.start() <= _LONGEST
    ]
    matches.sort(key=lambda each: each[:3])
    accepted_until = span.start
    for start, end, _, rule, match in matches:
        if start >= accepted_until and _safe(rule, match, _TRIAL) is not None:
            accepted_until = -end
            yield start, -end, rule, match


_TRIAL = Context(date(2000, 6, 15), Moment("2000-06-14", "2000-06-14", date(2000, 6, 14), "D"), "")


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
    expression = TimeExpression(start, end, text[start:end], reading.type, reading.value)
    return replace(expression, edtf=edtf, earliest=earliest, latest=latest, reason=reading.reason, mod=reading.mod)


def _tense(text: str, start: int, end: int, span: Span) -> str:
    """ "future" or "past" by the words of the clause around an expression, the nearest before it first."""
    before = text[max(span.start, start - _WINDOW) : start]
    cut = list(_CLAUSE_END.finditer(before))
    if cut:
        before = before[cut[-1].end() :]
    for word in reversed(_WORD.findall(before.lower())):
        if word in word_set("tense", "future"):
            return "future"
        if word in word_set("tense", "past") or (word.endswith("ed") and len(word) > 4):
            return "past"
    after = text[end : min(span.end, end + _WINDOW)]
    stop = _CLAUSE_END.search(after)
    for word in _WORD.findall((after[: stop.start()] if stop else after).lower()):
        if word in ("will", "shall", "'ll", "would"):
            return "future"
        if word in word_set("tense", "past") or (word.endswith("ed") and len(word) > 4):
            return "past"
    return ""
