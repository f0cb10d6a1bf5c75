"""What the words of a sentence say of the date of a happening: its own expression, or what hangs on it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from timeline.extract.when.anchoring.bonds import Order
from timeline.extract.when.anchoring.happening import Anchorable, Tense, word_group
from timeline.extract.when.anchoring.measures import Measure, years_remembered
from timeline.extract.when.anchoring.narrative import NO_DATE, SCENE_DAYS, Narrative
from timeline.extract.when.anchoring.readings import as_when, between, is_day, same_as, up_to, within
from timeline.extract.when.anchoring.telling import Telling
from timeline.extract.when.calendar import day_in
from timeline.model import Modality, TimeExpression, When

SIGNS = {Order.AFTER: 1, Order.BEFORE: -1}


def measured(measure: Measure, day: date, sign: int, item: Anchorable, published: date | None) -> When | None:
    """So long from a day; what has happened, and has no later bound, did so by the publication day."""
    found = measure.from_day(day, sign)
    if found is None or found.latest is not None or published is None or found.earliest is None:
        return found
    if item.modality is not Modality.ACTUAL or published < found.earliest:
        return found
    return replace(When.of(f"{found.earliest}/{published}"), words=found.words, reason=found.reason)


def _on_from(when: When, published: date | None, reason: str) -> When:
    """From a date on, as exactly as it is known, to the publication day."""
    if "/" in when.edtf:
        return between(when.earliest, published, reason)
    return When.of(f"{when.edtf}/{published or '..'}", reason=reason)


def _since(when: When, published: date | None) -> When:
    return replace(_on_from(when, published, "since then"), words=f"since {when.words}".strip())


def _before(when: When, day: date) -> bool:
    return when.latest is not None and when.latest < day


class Stated:
    """The dates that the words of one sentence state, of each happening by its position.

    `before`: where the story stood before the sentence.
    """

    def __init__(self, telling: Telling, narrative: Narrative, before: When) -> None:
        self._telling = telling
        self._before = before
        self._narrative = narrative

    def own(self, position: int) -> When | None:
        """The date that an expression gives a happening directly."""
        published = self._narrative.published
        own = self._in_story(position) or self._telling.own(position, published)
        if own is not None:
            return self._years_ago(position, own) or self._as_spoken(position, own)
        return self._telling.moved_to(position, published) or self._telling.lent_by_purpose(position, published)

    def _years_ago(self, position: int, when: When) -> When | None:
        """ "The second anniversary of the October 7 attack": a day without its year is so many years back."""
        years = years_remembered(self._telling.items[position].head)
        if years is None or not is_day(when) or when.earliest is None or re.search(r"\d{4}", when.words):
            return None
        day = day_in(when.earliest.year - years, when.earliest.month, when.earliest.day)
        return (
            None if day is None else When.of(str(day), words=when.words, reason=f"{years} years before its anniversary")
        )

    def _as_spoken(self, position: int, when: When) -> When:
        """ "We left yesterday," said on Monday, is of the day before that Monday."""
        telling, published = self._telling, self._narrative.published
        time = telling.attached.own.get(position)
        if time is None or not telling.items[position].quoted or not is_day(when) or published is None:
            return when
        if not word_group("deictic") & set(time.text.lower().split()):
            return when
        for other, item in enumerate(telling.items):
            said = telling.own(other, published) if item.spoken and not item.quoted else None
            if said is not None and is_day(said) and said.earliest is not None and when.earliest is not None:
                day = when.earliest - (published - said.earliest)
                return When.of(day.isoformat(), words=when.words, reason=f"counted from when it was said, {said.edtf}")
        return when

    def at_clock(self, position: int) -> When | None:
        """ "At 10:30 am": a time of the day that the story has reached, else of the day of the news."""
        if position not in self._telling.attached.clocks:
            return None
        narrative = self._narrative
        recent = is_day(narrative.point) and within(narrative.point, SCENE_DAYS, narrative.published)
        day = narrative.point if recent else narrative.news.when
        return same_as(day, "a time of the day that the story tells of") if day.edtf else None

    def _in_story(self, position: int) -> When | None:
        """ "The next day": a step from where the story stands, if the sentence has named no other date before it."""
        time, point = self._telling.attached.own.get(position), self._before
        step = Measure.story_step(time.text) if time is not None else None
        if time is None or step is None or point.earliest is None or not is_day(point):
            return None
        if any(other.edtf and other.start < time.start for other in self._telling.times):
            return None
        measure, sign = step
        return measure.from_day(point.earliest, sign)

    def vague(self, position: int) -> When | None:
        """What "recently", "in the past two weeks" or "every year" leaves to say."""
        time, published = self._telling.attached.own.get(position), self._narrative.published
        if time is None or not (time.value in ("", "PAST_REF") or time.type in ("SET", "DURATION")):
            return None
        if time.type == "DURATION" and (link := self._telling.word_before(time)) in ("for", "within"):
            return self._lasting(position, time) if link == "for" else self._within(position, time)
        if time.type == "DURATION" and published is not None and (measure := Measure.of(time)) is not None:
            reason = "a stretch that ends on the publication day"
            return replace(between(measure.step(published, -1), published, reason), words=time.text)
        return up_to(published, NO_DATE, words=time.text)

    def _lasting(self, position: int, time: TimeExpression) -> When | None:
        """ "They have held the town for two weeks": from so long ago on."""
        item, published, measure = self._telling.items[position], self._narrative.published, Measure.of(time)
        decided = item.verdict or item.told.lemma_ in word_group("terms")
        passive = any(c.dep_ == "auxpass" for c in item.told.children)
        if published is None or measure is None or item.tense is not Tense.PERFECT or decided or passive:
            return None
        reason = "a stretch that ends on the publication day"
        return replace(between(measure.step(published, -1), published, reason), words=time.text)

    def _within(self, position: int, time: TimeExpression) -> When | None:
        """ "Within two days they fled": from where the story stands until so long after."""
        item, point = self._telling.items[position], self._narrative.point
        measure, told = Measure.whole_days(time), self._narrative.focus is not None or bool(point.words)
        if measure is None or not told or item.tense is not Tense.PAST or point.earliest is None or not is_day(point):
            return None
        last = measure.step(point.earliest, 1)
        return replace(between(point.earliest, last, f"{time.text} from {point.edtf}"), words=time.text)

    def beside(self, position: int) -> When | None:
        """The date that another happening of the sentence gives it."""
        return self.below(position) or self._stepped(position) or self._after(position) or self._remembered(position)

    def below(self, position: int) -> When | None:
        """The date of what hangs on this happening and is at the same time: "killed in an attack on Monday"."""
        spoken = self._telling.items[position].spoken
        if self._telling.items[position].verdict:
            return None
        for lower, bond in self._telling.bonds.items():
            if bond.other == position and self._has_own_subject(lower):
                continue
            if spoken and not (bond.setting or self._telling.items[lower].told.dep_ == "advcl"):
                continue
            if bond.other == position and bond.both and bond.order is Order.SAME:
                own = self.own(lower) or (self.below(lower) if self._telling.items[lower].told.dep_ == "conj" else None)
                same = self._telling.items[lower].modality is self._telling.items[position].modality
                if own is not None and same:
                    return own
        return None

    def _has_own_subject(self, lower: int) -> bool:
        """ "He vanished, and his car was found in May": the day of the one is not that of the other."""
        told = self._telling.items[lower].told
        relations = {c.dep_ for c in told.children}
        # "Six were killed and ten injured on Friday": what has no auxiliary of its own goes on.
        goes_on = "auxpass" not in relations and any(c.dep_ == "auxpass" for c in told.head.children)
        return told.dep_ == "conj" and bool(relations & {"nsubj", "nsubjpass"}) and not goes_on

    def _stepped(self, position: int) -> When | None:
        """ "Three days after the coup on Monday": a date and the length from it."""
        for lower, bond in self._telling.bonds.items():
            measure = self._telling.measure_before(bond.link) if bond.other == position else None
            if measure is None or bond.order not in SIGNS:
                continue
            own = self.own(lower) or self.below(lower)
            if own is not None and measure.fits(own) and own.earliest is not None:
                return measured(
                    measure, own.earliest, -SIGNS[bond.order], self._telling.items[position], self._narrative.published
                )
        return None

    def since(self, position: int) -> When | None:
        """ "Russia has supplied arms since the coup of 2021": from then to the publication day."""
        if self._telling.items[position].tense not in (Tense.PERFECT, Tense.PAST_PERFECT):
            return None
        published = self._narrative.published
        if (start := self._since_then(position)) is not None:
            return _since(start, published)
        return next((_since(own, published) for own in self._linked(position, ("since",))), None)

    def _since_then(self, position: int) -> When | None:
        """The date that "has ruled since" and "has ruled since then" point back to."""
        told = self._telling.items[position].told
        since = [c for c in told.children if c.lower_ == "since" and all(t.lower_ == "then" for t in c.children)]
        if not since or since[0].dep_ == "mark":
            return None
        place = self._telling.sentence.block.start + told.idx
        named = [t for t in self._telling.times if t.edtf and t.earliest and t.end <= place]
        point = as_when(named[-1]) if named else self._before
        return None if self._later(point) else point

    def _later(self, when: When) -> bool:
        published = self._narrative.published
        return when.earliest is None or (published is not None and published < when.earliest)

    def _after(self, position: int) -> When | None:
        """ "After he left in 1999 ...": from an older date on; one of the last days leaves the story where it is."""
        published = self._narrative.published
        for own in self._linked(position, ("after", "following")):
            if not within(own, SCENE_DAYS, published) and (published is None or _before(own, published)):
                return _on_from(own, published, "after then")
        return None

    def _remembered(self, position: int) -> When | None:
        """ "On Monday it marked the third anniversary of the coup": the year of the coup."""
        years = years_remembered(self._telling.items[position].head)
        published, bond = self._narrative.published, self._telling.bonds.get(position)
        marked = self.own(bond.other) if bond is not None else None
        day = marked.earliest if marked is not None else published
        if years is None or day is None or not day.year > years:
            return None
        return When.of(f"{day.year - years:04}", words="anniversary", reason=f"{years} years before its anniversary")

    def _linked(self, position: int, links: Collection[str]) -> Iterator[When]:
        """The dates of the happenings that these words join to one."""
        for lower, bond in self._telling.bonds.items():
            if bond.other == position and bond.link is not None and bond.link.lower_ in links:
                own = self.own(lower) or self.below(lower)
                if own is not None and own.earliest is not None:
                    yield own
