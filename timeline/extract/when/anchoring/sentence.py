"""The dates of all happenings of one sentence, and how the sentence moves the telling on."""

from __future__ import annotations

from dataclasses import replace

from timeline.extract.text.parsed import BlockKind
from timeline.extract.when.anchoring.bonds import Bond, Order
from timeline.extract.when.anchoring.happening import Anchorable, Tense
from timeline.extract.when.anchoring.narrative import NO_DATE, Narrative
from timeline.extract.when.anchoring.readings import between, same_as, up_to
from timeline.extract.when.anchoring.telling import Telling
from timeline.model import UNKNOWN_WHEN, Modality, When

_VAGUE_PAST = "PAST_REF"


def anchor(telling: Telling, narrative: Narrative) -> tuple[list[When], Narrative]:
    """The date of each happening of the sentence, and the narrative after it."""
    if telling.frame is not None:
        narrative = narrative.moved(telling.frame, spoken=False)
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
        other = self._telling.items[bond.other].tense
        if bond.order is Order.BEFORE or (tense is Tense.PAST_PERFECT and other is not tense):
            return up_to(above.latest or published, "told as earlier than what it hangs on")
        if tense not in (Tense.NONFINITE, Tense.NOMINAL) and other is not tense:
            return None
        return above
