"""Where the telling stands, and the dates that follow from it for happenings without any expression.

News is told in the simple past and goes on from the lead, or from the last date that the paragraph named. A past
perfect and words such as "previously" lie before that. A present perfect is news only where the lead itself is told
in it ("have been killed today"); otherwise it sums up what was at any time before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from timeline.extract.when.anchoring.happening import Anchorable, Tense, finite_above, is_defining, tense_of, word_group
from timeline.extract.when.anchoring.readings import between, is_day, same_as, up_to, within
from timeline.model import UNKNOWN_WHEN, Modality, When

if TYPE_CHECKING:
    from spacy.tokens import Token

# What a paragraph told of the last days goes on day by day; from an older day only the order is sure.
SCENE_DAYS = 14
_YEAR = 365
NO_DATE = "no date in the text: at the latest the publication day"


@dataclass(frozen=True, slots=True)
class News:
    """What the article reports as new. `perfect`: in the present perfect. `upheaval`: an attack, a disaster.

    `reported`: it tells of something that happened, as an essay does not. `names`: the names in the headline and the
    first sentence, of those who take part in it.
    """

    when: When
    reported: bool = True
    perfect: bool = False
    upheaval: bool = False
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Narrative:
    """The publication date, the news, and the paragraph's last date of what was done and of what was said.

    `names`: those of who did something in the news, as far as it has been told. `history`: the paragraphs before have
    turned to the years before the news and not come back. `last`: the last date of what was done, in any paragraph.
    """

    published: date | None
    news: News
    focus: When | None = None
    said: When | None = None
    names: frozenset[str] = frozenset()
    history: bool = False
    last: When | None = None

    def next_paragraph(self) -> Narrative:
        """A new paragraph goes back to the news, unless the article has turned to history."""
        history = self.history if self.focus is None else not within(self.focus, _YEAR, self.published)
        return replace(self, focus=None, said=None, history=history)

    def moved(self, when: When, *, spoken: bool) -> Narrative:
        """After a date of its own: what follows goes on from there; a statement's only for other statements."""
        return replace(self, said=when) if spoken else replace(self, focus=when, last=when, said=None)

    def joined_by(self, item: Anchorable, when: When) -> Narrative:
        """After a happening on the day of the news: who did it takes part in the news."""
        if item.modality is not Modality.ACTUAL or item.spoken or when.edtf != self.news.when.edtf:
            return self
        return replace(self, names=self.names | names_of(item))

    @property
    def point(self) -> When:
        """The date that the story has reached."""
        if self.focus is not None:
            return self.focus
        if self.said is not None and self._older(self.said):
            return self.said
        return self.news.when

    def _older(self, when: When) -> bool:
        news = self.news.when.earliest
        return news is not None and when.latest is not None and when.latest < news

    def told(self, item: Anchorable) -> When:
        """The date of a happening that only the telling dates."""
        tense = item.tense
        if tense is Tense.NONFINITE and (verb := finite_above(item.told)) is not None:
            tense = tense_of(verb)
        if item.has("habitual"):
            return up_to(self.published, NO_DATE)
        if tense is Tense.PAST_PERFECT or item.anterior or (tense is Tense.PAST and is_defining(item.told)):
            return up_to(self.point.latest or self.published, "told as earlier than the story")
        # A witness tells of the news; others, in their own words, tell of any time.
        if tense is Tense.PAST and item.quoted and not (item.upheaval and self.news.upheaval):
            return up_to(self.point.latest or self.published, "told in somebody's own words")
        if tense is Tense.PAST:
            return self._spoken(item) if item.spoken else self._done(item)
        summed_up = self.news.perfect and bool(self.news.when.words)
        if tense is Tense.PERFECT and (summed_up or (item.upheaval and self.news.upheaval)):
            return between(self.point.earliest, self.published, "told as what followed the news")
        return up_to(self.published, NO_DATE)

    def _done(self, item: Anchorable) -> When:
        point = self.point
        if not point.edtf:
            return UNKNOWN_WHEN
        if item.has("subsequent") and point is self.news.when and not point.words:
            return up_to(self.published, NO_DATE)
        if item.has("subsequent"):
            return between(point.earliest, self._soon(item, point), "told as later in the story")
        if point is self.news.when and (self.history or not self.news.reported):
            return up_to(self.published, NO_DATE)
        if point.edtf == self.news.when.edtf and self._stranger(item):
            return up_to(self.published, NO_DATE)
        if point is self.news.when:
            return same_as(point, "told as part of the news")
        return self._on_from(point)

    def _soon(self, item: Anchorable, point: When) -> date | None:
        """The last day of "later": by publication; of "hours later" the next one."""
        later = [c for t in item.tokens for c in t.children if c.lower_ in word_group("subsequent")]
        hours = any(c.lemma_.lower() in ("hour", "minute", "moment") for t in later for c in t.children)
        if not hours or not is_day(point) or point.latest is None:
            return self.published
        return min(point.latest + timedelta(days=1), self.published or date.max)

    def _stranger(self, item: Anchorable) -> bool:
        """An attack or a disaster in news of another kind is what the news goes back to."""
        return item.upheaval and not self.news.upheaval

    def _spoken(self, item: Anchorable) -> When:
        """What is said of the news by those who made it is of the same day; others say it up to publication."""
        if self.said is not None:
            return self._on_from(self.said)
        point = self.point
        if not point.edtf:
            return UNKNOWN_WHEN
        if not self._older(point) and (names_of(item) & (self.names | self.news.names) or item.by_pronoun):
            return self._on_from(point) if self.focus else same_as(point, "told as part of the news")
        return between(point.earliest, self.published, "said of the news, by the publication day")

    def _on_from(self, point: When) -> When:
        if is_day(point) and within(point, SCENE_DAYS, self.published):
            return same_as(point, "no date of its own: that of the narrative it continues")
        return between(point.earliest, self.published, "told after an older date, with none of its own")


def names_of(item: Anchorable) -> frozenset[str]:
    """The names in the words for who does it."""
    return frozenset(t.text for subject in item.subjects for t in subject.subtree if is_name(t))


def is_name(token: Token) -> bool:
    """A name, or capitals ("WHO") that a tagger takes for something else."""
    named = token.pos_ == "PROPN" or (token.text.isupper() and len(token) > 1)
    return named and token.ent_type_ not in ("DATE", "TIME")
