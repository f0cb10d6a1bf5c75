"""The dates of all happenings of one sentence, and how the sentence moves the telling on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import BlockKind
from timeline.extract.when.anchoring.bonds import Bond, Order
from timeline.extract.when.anchoring.happening import Anchorable, Tense, tense_of
from timeline.extract.when.anchoring.narrative import Narrative
from timeline.extract.when.anchoring.readings import between, same_as, up_to
from timeline.extract.when.anchoring.stated import SIGNS, Stated, measured
from timeline.extract.when.anchoring.telling import Telling
from timeline.model import UNKNOWN_WHEN, Modality, When

if TYPE_CHECKING:
    from spacy.tokens import Token


def anchor(telling: Telling, narrative: Narrative) -> tuple[list[When], Narrative]:
    """The date of each happening of the sentence, and the narrative after it."""
    if telling.frame is not None:
        narrative = narrative.moved(telling.frame, spoken=False)
    before = narrative.last or narrative.news.when
    resolver, moved = _Resolver(telling, narrative, before), narrative
    for position, item in enumerate(telling.items):
        if _moves_on(item, when := resolver.date(position)):
            moved = moved.moved(when, spoken=item.spoken)
    if moved.focus is not narrative.focus:  # what the main clause dates, the other clauses go on from
        resolver = _Resolver(telling, replace(narrative, focus=moved.focus), before)
    dates = [resolver.date(position) for position in range(len(telling.items))]
    for item, when in zip(telling.items, dates, strict=True):
        moved = moved.joined_by(item, when)
    return dates, moved


def _moves_on(item: Anchorable, when: When) -> bool:
    """Whether the story goes on from here: from a fact of the main clause, told in the past with its own date."""
    dated = when.words and when.earliest and when.latest and "/" not in when.edtf
    told = item.main and item.modality is Modality.ACTUAL and item.tense is not Tense.PRESENT
    return bool(dated and told)


def _summed_up(verb: Token) -> bool:
    """ "The bombings have frightened tourists": told of what everybody knows."""
    return verb.pos_ in ("VERB", "AUX") and tense_of(verb) in (Tense.PERFECT, Tense.PRESENT)


class _Resolver:
    """Dates of one sentence, each worked out once; a happening may need that of another.

    `before`: where the story stood before the sentence.
    """

    def __init__(self, telling: Telling, narrative: Narrative, before: When) -> None:
        self._telling = telling
        self._narrative = narrative
        self._stated = Stated(telling, narrative, before)
        self._known: dict[int, When] = {}

    def date(self, position: int) -> When:
        if position not in self._known:
            self._known[position] = UNKNOWN_WHEN  # a circle of bonds ends here
            self._known[position] = self._find(position)
        return self._known[position]

    def _find(self, position: int) -> When:
        telling, narrative, item = self._telling, self._narrative, self._telling.items[position]
        own = self._stated.own(position)
        if own is not None:
            return own
        bond = telling.bonds.get(position)
        if item.modality is Modality.PLANNED or item.unreal:
            return self._ahead(item, bond)
        vague = self._stated.vague(position)
        if vague is not None:
            return vague
        since = self._stated.since(position)
        if since is not None:
            return since
        if (clock := self._stated.at_clock(position)) is not None:
            return clock
        below = self._stated.beside(position)
        if below is not None:
            return below
        bound = None if bond is None else self._bound(item, bond)
        joined = bond is not None and bond.order is Order.SAME and item.told.dep_ == "conj"
        if self._is_news(item) and not (bound is not None and (bound.words or joined)):
            return self._news()
        return bound or narrative.told(item)

    def _news(self) -> When:
        """The day of the news, unless the first sentence itself names an older one."""
        news, frame = self._narrative.news.when, self._telling.frame
        if not news.words and frame is not None:
            return frame
        day = "lead" if news.words else "publication day"
        return same_as(news, f"told as the news of the {day}")

    def _is_news(self, item: Anchorable) -> bool:
        sentence = self._telling.sentence
        first = sentence.kind is BlockKind.TITLE or sentence.body_index == 0
        if item.tense is Tense.NOMINAL and item.known and _summed_up(item.told.head):
            return False
        is_state = item.told != item.head and item.told.lemma_ == "be" and item.tense is Tense.PRESENT
        return first and item.main and not (item.governed or is_state) and item.tense is not Tense.PAST_PERFECT

    def _ahead(self, item: Anchorable, bond: Bond | None) -> When:
        """A plan, a wish or a possibility: not before it is told, or before the words that hold it."""
        published = self._narrative.published
        start = published
        purpose = bond is not None and bond.link is not None and bond.link.lower_ == "for"
        if bond is not None and (item.governed or item.has_would or purpose):
            start = self.date(bond.other).earliest or published
        elif item.has_would:
            start = self._narrative.point.earliest or published
        counted = self._bound(item, bond) if bond is not None and bond.order is Order.AFTER else None
        if counted is not None and counted.words:  # "a day before he was to leave"
            return counted
        if start is None:
            return UNKNOWN_WHEN
        what = "planned" if item.modality is Modality.PLANNED else "not yet so"
        since = "the publication date" if start == published else "what it is the aim of"
        return When.of(f"{start}/..", reason=f"{what}: on or after {since}")

    def _bound(self, item: Anchorable, bond: Bond) -> When | None:
        """The date that follows from another happening of the sentence; None where only the telling can say."""
        published, tense = self._narrative.published, item.tense
        if bond.order is Order.NARRATIVE or item.modality is Modality.HYPOTHETICAL:
            return None
        above = self.date(bond.other)
        if not above.edtf:
            return None
        measure = self._telling.measure_before(bond.link)
        if measure is not None and bond.order in SIGNS and measure.fits(above) and above.earliest is not None:
            return measured(measure, above.earliest, SIGNS[bond.order], item, published)
        if bond.order is Order.AFTER:
            return between(above.earliest, published, "told as later than what it hangs on")
        other = self._telling.items[bond.other].tense
        if bond.order is Order.BEFORE or (tense is Tense.PAST_PERFECT and other is not tense):
            return up_to(above.latest or published, "told as earlier than what it hangs on")
        loose = (Tense.NONFINITE, Tense.NOMINAL)
        if tense not in loose and other is not tense and not (tense is Tense.PAST and other in loose):
            return None
        if not above.words and item.told.dep_ == "nsubj" and item.known and _summed_up(item.told.head):
            return None
        return above
