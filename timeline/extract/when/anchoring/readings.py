"""What an expression with its preposition says of a happening: a date, or a bound of one."""

from __future__ import annotations

from datetime import date, timedelta

from timeline.extract.text.parsed import Sentence
from timeline.extract.when.anchoring.happening import Anchorable, Tense, word_group
from timeline.model import UNKNOWN_WHEN, Modality, TimeExpression, When


def by_expression(
    time: TimeExpression, item: Anchorable, sentence: Sentence, published: date | None, via: str = ""
) -> When:
    """The date of a happening that an expression with an EDTF value stands with, `via` a preposition further off."""
    before = "" if via == "when" else _preposition(sentence, time)
    preposition = via or before
    words = f"{before} {time.text}".strip()
    edtf = time.edtf.split("T")[0] if "/" not in time.edtf else time.edtf
    if time.latest and _is_upper(preposition, item):
        known = item.modality is not Modality.ACTUAL and published is not None and published <= time.latest
        start = str(published) if known else ".."
        return When.of(f"{start}/{time.latest}", words=words, reason=f"{preposition}: up to then")
    if preposition == "since" and time.earliest:
        start = str(time.earliest) if "/" in edtf else edtf
        ended = published.isoformat() if published and published >= time.earliest else ".."
        return When.of(f"{start}/{ended}", words=words, reason="since: from then to the publication date")
    if preposition == "after" and time.type == "TIME" and time.latest:  # "after midnight on Monday"
        return When.of(edtf, words=words, reason=time.reason)
    if preposition == "after" and time.latest and (published is None or published > time.latest):
        return When.of(f"{time.latest}/{published or '..'}", words=words, reason="after: from then on")
    return When.of(_over(edtf, time, item, published), words=words, reason=time.reason)


def as_when(time: TimeExpression) -> When:
    """The date that an expression names, whatever stands beside it."""
    return When.of(time.edtf.split("T")[0], words=time.text, reason=time.reason)


def _over(edtf: str, time: TimeExpression, item: Anchorable, published: date | None) -> str:
    """A stretch that is not over yet ends, for what has happened, on the publication day.

    A month or year stays whole ("in March"), unless its words say that it is not meant whole ("earlier this month").
    """
    past = item.modality is Modality.ACTUAL and item.tense in (Tense.PAST, Tense.PERFECT, Tense.PAST_PERFECT)
    part = "/" in edtf or time.text.lower().startswith("earlier")
    if not (past and part) or published is None or time.earliest is None or time.latest is None:
        return edtf
    return f"{time.earliest}/{published}" if time.earliest < published < time.latest else edtf


def _is_upper(preposition: str, item: Anchorable) -> bool:
    if preposition == "by":
        return item.modality is not Modality.ACTUAL or item.tense in (Tense.PERFECT, Tense.PAST_PERFECT)
    return preposition in ("before", "until", "till")


def _preposition(sentence: Sentence, time: TimeExpression) -> str:
    before = [t for t in sentence.slice if sentence.block.start + t.idx < time.start]
    return before[-1].lower_ if before and before[-1].lower_ in word_group("bounding") else ""


def up_to(latest: date | None, reason: str, words: str = "") -> When:
    """At the latest on a day; nothing, where no day is known."""
    return UNKNOWN_WHEN if latest is None else When.of(f"../{latest}", words=words, reason=reason)


def between(earliest: date | None, latest: date | None, reason: str) -> When:
    """From one day to another, both included; a single day where they are the same, open where one is not known."""
    if earliest is None:
        return up_to(latest, reason)
    if latest is None:
        return When.of(f"{earliest}/..", reason=reason)
    if earliest >= latest:
        return When.of(latest.isoformat(), reason=reason)
    return When.of(f"{earliest}/{latest}", reason=reason)


def same_as(when: When, reason: str) -> When:
    """The date of something else, without its words."""
    return When(when.edtf, when.earliest, when.latest, reason=reason)


def is_day(when: When) -> bool:
    return when.earliest is not None and when.earliest == when.latest


def within(when: When, days: int, published: date | None) -> bool:
    """Whether a closed date lies in the last `days` before publication."""
    if when.earliest is None or when.latest is None:
        return False
    if published is None:
        return True
    return published - timedelta(days=days) <= when.earliest and when.earliest <= published
