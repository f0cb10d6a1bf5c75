"""The dates of all happenings of one sentence, and how the sentence moves the telling on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from timeline.extract.text.parsed import BlockKind, Sentence
from timeline.extract.when.anchoring.attachment import Attached, attach
from timeline.extract.when.anchoring.bonds import Bond, Order, bonds
from timeline.extract.when.anchoring.happening import Anchorable, Tense
from timeline.extract.when.anchoring.narrative import NO_DATE, Narrative, News
from timeline.extract.when.anchoring.readings import between, by_expression, same_as, up_to, within
from timeline.model import UNKNOWN_WHEN, Modality, TimeExpression, When

_NEWS_DAYS = 31
_VAGUE_PAST = "PAST_REF"


@dataclass(frozen=True)
class Telling:
    """A sentence with its happenings and time expressions."""

    sentence: Sentence
    items: Sequence[Anchorable]
    times: Sequence[TimeExpression]

    @cached_property
    def attached(self) -> Attached:
        return attach(self.sentence, self.items, self.times)

    @cached_property
    def bonds(self) -> Mapping[int, Bond]:
        return bonds(self.items)

    def own(self, position: int, published: date | None) -> When | None:
        """The date that an expression gives a happening directly."""
        time = self.attached.own.get(position)
        if time is None or not time.edtf:
            return None
        return by_expression(time, self.items[position], self.sentence, published)


def lead_of(tellings: Iterable[Telling], published: date | None) -> News:
    """The news of an article: what its first sentence tells, on the day that it or the next one names.

    Without a day of the last month there, the news is that of the publication day.
    """
    tellings = list(tellings)
    first = [t for t in tellings if t.sentence.body_index in (0, 1)]
    top = [t for t in tellings if t.sentence.kind is BlockKind.TITLE] + first[:1]
    told = [item for t in top for item in t.items if item.main and item.modality is Modality.ACTUAL]
    perfect = any(item.main and item.tense is Tense.PERFECT for t in first[:1] for item in t.items)
    upheaval = any(item.upheaval for item in told)
    names = frozenset(t.text for each in top for t in each.sentence if t.pos_ == "PROPN")
    for telling in first:
        for when, item in _dated(telling, published):
            if within(when, _NEWS_DAYS, published) and not (item and item.spoken and telling is not first[0]):
                return News(when, perfect, upheaval, names)
    day = UNKNOWN_WHEN if published is None else When.of(published.isoformat(), reason="the publication day")
    return News(day, perfect, upheaval, names)


def _dated(telling: Telling, published: date | None) -> Iterable[tuple[When, Anchorable | None]]:
    """The dates that the main clause names, with the happening each belongs to."""
    for position, item in enumerate(telling.items):
        own = telling.own(position, published)
        if own is not None and item.main and item.modality is Modality.ACTUAL:
            yield own, item
    frame = telling.attached.frame
    if frame is not None:
        yield When.of(frame.edtf.split("T")[0], words=frame.text, reason=frame.reason), None


def anchor(telling: Telling, narrative: Narrative) -> tuple[list[When], Narrative]:
    """The date of each happening of the sentence, and the narrative after it."""
    frame = telling.attached.frame
    if frame is not None and frame.earliest and frame.latest:
        when = When.of(frame.edtf.split("T")[0], words=frame.text, reason=frame.reason)
        narrative = narrative.moved(when, spoken=False)
    order = range(len(telling.items))
    first = _Resolver(telling, narrative)
    moved = narrative
    for position, item in enumerate(telling.items):
        when = first.date(position)
        dated = when.words and when.earliest and when.latest and "/" not in when.edtf
        if dated and item.main and item.modality is Modality.ACTUAL:
            moved = moved.moved(when, spoken=item.spoken)
    # What the main clause dates, its other clauses go on from.
    resolver = first if moved.focus is narrative.focus else _Resolver(telling, replace(narrative, focus=moved.focus))
    dates = [resolver.date(position) for position in order]
    for item, when in zip(telling.items, dates, strict=True):
        moved = moved.joined_by(item, when)
    return dates, moved


class _Resolver:
    """Dates of one sentence, each worked out once; a happening may need that of another."""

    def __init__(self, telling: Telling, narrative: Narrative) -> None:
        self._telling = telling
        self._narrative = narrative
        self._known: dict[int, When] = {}

    def date(self, position: int) -> When:
        if position not in self._known:
            self._known[position] = UNKNOWN_WHEN  # a circle of bonds ends here
            self._known[position] = self._find(position)
        return self._known[position]

    def _find(self, position: int) -> When:
        telling, narrative, item = self._telling, self._narrative, self._telling.items[position]
        own = telling.own(position, narrative.published)
        if own is not None:
            return own
        bond = telling.bonds.get(position)
        if item.modality is Modality.PLANNED:
            return self._planned(item, bond)
        time = telling.attached.own.get(position)
        if time is not None and time.value == _VAGUE_PAST:
            return up_to(narrative.published, NO_DATE, words=time.text)
        below = self._below(position)
        if below is not None:
            return below
        if self._is_news(item):
            news = narrative.news.when
            day = "lead" if news.words else "publication day"
            return same_as(news, f"told as the news of the {day}")
        if bond is not None and (bound := self._bound(item, bond)) is not None:
            return bound
        return narrative.told(item)

    def _is_news(self, item: Anchorable) -> bool:
        sentence = self._telling.sentence
        first = sentence.kind is BlockKind.TITLE or sentence.body_index == 0
        return first and item.main and not item.governed and item.tense is not Tense.PAST_PERFECT

    def _planned(self, item: Anchorable, bond: Bond | None) -> When:
        published = self._narrative.published
        start = published
        if bond is not None and item.governed:
            start = self.date(bond.other).earliest or published
        if start is None:
            return UNKNOWN_WHEN
        since = "the publication date" if start == published else "what it is the aim of"
        return When.of(f"{start}/..", reason=f"planned: on or after {since}")

    def _below(self, position: int) -> When | None:
        """The date of what hangs on this happening and is at the same time: "killed in an attack on Monday"."""
        spoken = self._telling.items[position].spoken
        for lower, bond in self._telling.bonds.items():
            if spoken and not (bond.setting or self._telling.items[lower].told.dep_ == "advcl"):
                continue
            if bond.other == position and bond.both and bond.order is Order.SAME:
                own = self._telling.own(lower, self._narrative.published)
                same = self._telling.items[lower].modality is self._telling.items[position].modality
                if own is not None and same:
                    return own
        return None

    def _bound(self, item: Anchorable, bond: Bond) -> When | None:
        """The date that follows from another happening of the sentence; None where only the telling can say."""
        published, tense = self._narrative.published, item.tense
        if bond.order is Order.NARRATIVE or item.modality is Modality.HYPOTHETICAL:
            return None
        above = self.date(bond.other)
        if not above.edtf:
            return None
        if bond.order is Order.AFTER:
            return between(above.earliest, published, "told as later than what it hangs on")
        if bond.order is Order.BEFORE or tense is Tense.PAST_PERFECT:
            return up_to(above.latest or published, "told as earlier than what it hangs on")
        if tense not in (Tense.NONFINITE, Tense.NOMINAL) and self._telling.items[bond.other].tense is not tense:
            return None
        return above
