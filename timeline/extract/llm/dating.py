"""The date of a model's event: only what words of the article give, as our own tagger reads them.

The model says which words date the happening; the tagger says what they mean. A date without such words, or another
than they give, is not kept: the report gets the bounds that are honest without one, the publication day on one side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from timeline.extract.llm.answers import Draft
from timeline.extract.llm.locating import Words
from timeline.extract.when.anchoring.readings import up_to
from timeline.model import UNKNOWN_WHEN, Modality, Span, TimeExpression, When
from timeline.model.edtf import bounds
from timeline.model.errors import InputError

_EDTF = re.compile(r"[0-9X~?%/.,\-\[\]{}]{4,40}")
_PLACES = 50  # of words that stand in many places only so many are looked at
_NO_WORDS = "no words of the text date it"
_UNREAL = (Modality.PLANNED, Modality.HYPOTHETICAL)


def when_of(
    draft: Draft, sentence: Span, words: Words, times: Sequence[TimeExpression], published: date | None
) -> tuple[When, bool]:
    """The date, and whether the model's own one had to be left out."""
    said = _bounds(draft.date)
    if said is not None:
        for time in _dating(draft, sentence, words, times):
            when = _agreed(draft.date, said, time)
            if when is not None and not _too_late(when, draft.modality, published):
                return when, False
    return _open(draft.modality, published), bool(draft.date)


def _bounds(edtf: str) -> tuple[date | None, date | None] | None:
    """The days of a model's date; None where it is no date of ours, or says nothing."""
    if not _EDTF.fullmatch(edtf):
        return None
    try:
        found = bounds(edtf)
    except InputError:
        return None
    return None if found == (None, None) else found


def _dating(draft: Draft, sentence: Span, words: Words, times: Sequence[TimeExpression]) -> Iterator[TimeExpression]:
    """The expressions that may date it: those in the words that the model names, else those of the sentence; the
    sentence's own first."""
    named = list(islice(words.all(draft.date_words), _PLACES)) if draft.date_words else [sentence]
    dated = [time for time in times if time.edtf and (time.earliest or time.latest)]
    found = [time for time in dated if any(span.overlaps(Span(time.start, time.end)) for span in named)]
    yield from (time for time in found if sentence.overlaps(Span(time.start, time.end)))
    yield from (time for time in found if not sentence.overlaps(Span(time.start, time.end)))


def _agreed(edtf: str, said: tuple[date | None, date | None], time: TimeExpression) -> When | None:
    """What model and tagger say together: the less exact of the two where one holds the other, else nothing."""
    read = (time.earliest, time.latest)
    if _holds(read, said):
        return When.of(_day(time.edtf), words=time.text, reason=time.reason)
    if _holds(said, read) or _bounded_by(said, time):
        return When.of(edtf, words=time.text, reason=f"as the model reads {time.text!r}")
    return None


def _holds(outer: tuple[date | None, date | None], inner: tuple[date | None, date | None]) -> bool:
    first = outer[0] is None or (inner[0] is not None and outer[0] <= inner[0])
    return first and (outer[1] is None or (inner[1] is not None and inner[1] <= outer[1]))


def _bounded_by(said: tuple[date | None, date | None], time: TimeExpression) -> bool:
    """ "before March", "after 3 May": open on one side, on the other ending at the expression."""
    edge = said[1] if said[0] is None else said[0] if said[1] is None else None
    if edge is None or time.earliest is None or time.latest is None:
        return False
    return time.earliest.toordinal() - 1 <= edge.toordinal() <= time.latest.toordinal() + 1


def _day(edtf: str) -> str:
    return edtf if "/" in edtf else edtf.split("T")[0]


def _too_late(when: When, modality: Modality, published: date | None) -> bool:
    """What has happened did not happen after it was published (a day is left for the zones of the world)."""
    if modality in _UNREAL or published is None or when.earliest is None:
        return False
    return when.earliest > published + timedelta(days=1)


def _open(modality: Modality, published: date | None) -> When:
    if modality not in _UNREAL:
        return up_to(published, f"{_NO_WORDS}: at the latest the publication day")
    if published is None:
        return UNKNOWN_WHEN
    return When.of(f"{published}/..", reason=f"{_NO_WORDS}: not before the publication day")
