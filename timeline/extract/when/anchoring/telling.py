"""One sentence with its happenings and its time expressions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import Sentence
from timeline.extract.when.anchoring.attachment import Attached, attach
from timeline.extract.when.anchoring.bonds import Bond, bonds
from timeline.extract.when.anchoring.happening import Anchorable, word_group
from timeline.extract.when.anchoring.measures import Measure
from timeline.extract.when.anchoring.readings import as_when, by_expression
from timeline.model import Modality, Span, TimeExpression, When

if TYPE_CHECKING:
    from spacy.tokens import Token


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
        item = self.items[position]
        if _to_come(time, published) and item.past:
            return None  # "postponed to Friday", "adjourned until May": the date is of what is to come
        before = time.end <= self.sentence.block.start + item.told.idx
        if item.has_would and before and time.latest is not None and published is not None and time.latest < published:
            return None  # "said on Wednesday it would resume": the day is that of the words
        via = self.attached.via.get(position, "")
        return by_expression(time, item, self.sentence, published, via)

    def moved_to(self, position: int, published: date | None) -> When | None:
        """The date to come that a verb of the past gives its subject or object: "the vote was put off to Friday"."""
        bond, item = self.bonds.get(position), self.items[position]
        if bond is None or item.told.dep_ not in ("dobj", "nsubjpass") or not self.items[bond.other].past:
            return None
        time = self.attached.own.get(bond.other)
        if time is None or not _to_come(time, published):
            return None
        return by_expression(time, item, self.sentence, published)

    def lent_by_purpose(self, position: int, published: date | None) -> When | None:
        """A date of the past that the parser gave to an aim: "sent troops to restore order last year"."""
        item = self.items[position]
        if not item.past or published is None:
            return None
        for lower, bond in self.bonds.items():
            aim, time = self.items[lower], self.attached.own.get(lower)
            if bond.other != position or time is None or time.latest is None or time.latest >= published:
                continue
            if aim.modality is not Modality.ACTUAL and aim.told.tag_ == "VB" and aim.told.dep_ in ("advcl", "xcomp"):
                return by_expression(time, item, self.sentence, published)
        return None

    @property
    def facts(self) -> list[Anchorable]:
        """What the main clause tells as a fact."""
        return [item for item in self.items if item.main and item.modality is Modality.ACTUAL]

    def main_dates(self, published: date | None) -> Iterator[tuple[When, Anchorable | None]]:
        """The dates that expressions give the main clause, each with the happening it dates, if it is one."""
        for position, item in enumerate(self.items):
            own = self.own(position, published)
            if own is not None and item.main and item.modality is Modality.ACTUAL:
                yield own, item
        if self.frame is not None:
            yield self.frame, None

    @property
    def frame(self) -> When | None:
        """The date of a main clause whose verb is no happening ("On Monday he was in Paris")."""
        time = self.attached.frame
        if time is None or time.earliest is None or time.latest is None:
            return None
        return as_when(time)

    def word_before(self, time: TimeExpression) -> str:
        """The word before an expression in lower case, "" where it opens the sentence."""
        tokens = self.tokens_of(time)
        return tokens[0].nbor(-1).lower_ if tokens and tokens[0].i > self.sentence.slice.start else ""

    def measure_before(self, link: Token | None) -> Measure | None:
        """The length that stands just before a joining word: "three days after", "less than two weeks after"."""
        if link is None:
            return None
        start = self.sentence.block.start + link.idx
        if link.i > 1 and link.nbor(-2).lower_ == "the" and (one := Measure.one(link.nbor(-1).lower_)) is not None:
            return one  # "the day before the vote"
        lengths = (t for t in self.times if t.type == "DURATION" and 0 <= start - t.end <= 1)
        return next((found for t in lengths if (found := self._measure(t)) is not None), None)

    def _measure(self, time: TimeExpression) -> Measure | None:
        return Measure.bounded(time) or (None if self._hedged(time) else Measure.of(time))

    def _hedged(self, time: TimeExpression) -> bool:
        """ "About a month": no length to count with."""
        tokens = self.tokens_of(time)
        near = {t.lower_ for t in self.sentence.slice if tokens and tokens[0].i - 2 <= t.i <= tokens[-1].i}
        return bool(near & word_group("hedges"))

    def tokens_of(self, time: TimeExpression) -> list[Token]:
        return self.sentence.tokens_in(Span(time.start, time.end))


def _to_come(time: TimeExpression, published: date | None) -> bool:
    return published is not None and time.earliest is not None and published < time.earliest
