"""Which time expression dates which happening, and what is known of a happening that no expression dates.

An expression belongs to the nearest happening above it in the parse; a happening without one takes the date of the
happening it is told with, then that of the narrative it continues. What is left gets honest bounds: the publication
day only when the text reports it as the news itself, otherwise "at the latest the publication day", or "from then
on" for a plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import BlockKind, Sentence
from timeline.model import UNKNOWN_WHEN, Modality, TimeExpression, When

if TYPE_CHECKING:
    from spacy.tokens import Token

_SHARING = frozenset(
    {"conj", "advcl", "xcomp", "acl", "dobj", "pobj", "prep", "pcomp", "nsubj", "nsubjpass", "attr", "relcl", "dep"}
)
# Words that set a clause at another time than the one it hangs on.
_APART = frozenset({"since", "after", "before", "until", "till"})
_MAX_CLIMB = 12
_VAGUE_PAST = frozenset({"PAST_REF"})


@dataclass(frozen=True, slots=True)
class Anchorable:
    """What dating needs to know of one happening: its word, the verb that carries it, modality and standing.

    `upheaval`: it is an attack, an accident, a disaster, or what follows from one: the dead, the rescued, the damage.
    """

    head: Token
    carrier: Token | None
    modality: Modality
    governed: bool = False
    speech: bool = False
    upheaval: bool = False

    @property
    def tokens(self) -> tuple[Token, ...]:
        return (self.head,) if self.carrier is None or self.carrier == self.head else (self.head, self.carrier)


@dataclass(frozen=True, slots=True)
class Narrative:
    """Where the telling stands: the publication date, the lead's date, and the last date of the paragraph.

    `upheaval`: the lead tells of an attack, an accident or a disaster, whose consequences the body then tells.
    """

    published: date | None
    lead: When | None = None
    last: When | None = None
    upheaval: bool = False

    def next_paragraph(self) -> Narrative:
        """A new paragraph begins a thread of its own; only the lead stays."""
        return Narrative(self.published, self.lead, None, self.upheaval)


def assign(
    sentence: Sentence, items: Sequence[Anchorable], times: Iterable[TimeExpression]
) -> dict[int, TimeExpression]:
    """For each item (by position) the expression that dates it directly; an item has the nearest one."""
    owner = {token.i: position for position, item in enumerate(items) for token in item.tokens}
    chosen: dict[int, tuple[int, TimeExpression]] = {}
    for time in times:
        if time.type in ("DURATION", "SET") and not time.edtf:
            continue
        tokens = [t for t in sentence.slice if _inside(sentence, t, time)]
        if not tokens:
            continue
        found = _climb(_top(tokens), owner, items)
        if found is None:
            continue
        position, steps = found
        if position not in chosen or (steps, not time.edtf) < (chosen[position][0], not chosen[position][1].edtf):
            chosen[position] = (steps, time)
    return {position: time for position, (_, time) in chosen.items()}


def _inside(sentence: Sentence, token: Token, time: TimeExpression) -> bool:
    start = sentence.block.start + token.idx
    return start < time.end and time.start < start + len(token)


def _top(tokens: Sequence[Token]) -> Token:
    inside = {t.i for t in tokens}
    return next((t for t in reversed(tokens) if t.head.i not in inside), tokens[-1])


def _climb(token: Token, owner: Mapping[int, int], items: Sequence[Anchorable]) -> tuple[int, int] | None:
    """The item met first on the way up, or one that the verb met there has as its subject or object."""
    steps = 0
    while steps < _MAX_CLIMB:
        if token.i in owner:
            return owner[token.i], steps
        if token.pos_ in ("VERB", "AUX"):
            for position, item in enumerate(items):
                if _is_argument(item.head, token, owner):
                    return position, steps + 1
        if token.head == token:
            return None
        token, steps = token.head, steps + 1
    return None


def _is_argument(noun: Token, verb: Token, owner: Mapping[int, int]) -> bool:
    """An event noun inside the subject or object of a verb that is no happening itself ("the meeting was in May")."""
    step = noun
    for _ in range(3):
        if step.head == verb:
            return step.dep_ in ("nsubj", "nsubjpass", "csubj", "dobj", "attr") and noun.pos_ in ("NOUN", "PROPN")
        step = step.head
        if step.i in owner:
            return False
    return False


def inherit(items: Sequence[Anchorable], own: Mapping[int, TimeExpression]) -> dict[int, TimeExpression]:
    """Dates shared inside a sentence: "arrested and sentenced on Monday", "killed in an attack on Monday".

    Plans and what others say do not take the day of the words that hold them.
    """
    shared = dict(own)
    by_token = {token.i: position for position, item in enumerate(items) for token in item.tokens}
    for position, item in enumerate(items):
        if position in own or item.modality is Modality.PLANNED or item.governed:
            continue
        above = _above(item, by_token)
        if above is not None and above in own and not items[above].speech:
            shared[position] = own[above]
            continue
        for other, time in own.items():
            if (
                _above(items[other], by_token) == position
                and not item.speech
                and items[other].modality is item.modality
            ):
                shared[position] = time
                break
    return shared


def _stands_apart(item: Anchorable) -> bool:
    """In a clause with "since", "after", "before" …: at another time than the clause it hangs on."""
    token = item.tokens[-1]
    for _ in range(4):
        if any(c.dep_ in ("mark", "advmod") and c.lower_ in _APART and c.i < token.i for c in token.children):
            return True
        if token.dep_ not in ("conj", "aux", "auxpass", "pcomp", "pobj") or token.head == token:
            return False
        token = token.head
        if token.lower_ in _APART:
            return True
    return False


def _above(item: Anchorable, by_token: Mapping[int, int]) -> int | None:
    """The item that governs this one through relations that share time."""
    own = {t.i for t in item.tokens}
    token = item.tokens[-1]
    if _stands_apart(item):
        return None
    for _ in range(5):
        if token.dep_ not in _SHARING or token.head == token:
            return None
        if token.dep_ == "relcl" and token.tag_ != "VBD":
            return None
        token = token.head
        if token.lower_ in _APART:
            return None
        if token.i in by_token and token.i not in own:
            return by_token[token.i]
    return None


def date_of(
    item: Anchorable, time: TimeExpression | None, sentence: Sentence, narrative: Narrative, *, told_as_news: bool
) -> When:
    """The date of one happening. `told_as_news`: the headline or lead reports it as what is new."""
    if time is not None and time.edtf:
        return _by_expression(time, item, sentence, narrative.published)
    published = narrative.published
    if item.modality is Modality.PLANNED:
        if published is None:
            return UNKNOWN_WHEN
        return When.of(f"{published}/..", reason="planned: on or after the publication date")
    if time is not None and time.value in _VAGUE_PAST:
        return _up_to(published, words=time.text)
    finished = _perfect(item)
    if told_as_news and finished != "past perfect":
        return _news(narrative)
    if (
        item.modality is Modality.ACTUAL
        and finished == "simple"
        and narrative.last is not None
        and not _stands_apart(item)
    ):
        return When(
            narrative.last.edtf,
            narrative.last.earliest,
            narrative.last.latest,
            reason="no date of its own: that of the narrative it continues",
        )
    if item.upheaval and narrative.upheaval and narrative.lead is not None and finished in ("simple", "perfect"):
        lead = narrative.lead
        return When(lead.edtf, lead.earliest, lead.latest, reason="told as a consequence of the news of the lead")
    return _up_to(published)


def _news(narrative: Narrative) -> When:
    if narrative.lead is not None and narrative.lead.edtf:
        lead = narrative.lead
        return When(lead.edtf, lead.earliest, lead.latest, reason="told as the news of the lead")
    if narrative.published is None:
        return UNKNOWN_WHEN
    return When.of(narrative.published.isoformat(), reason="told as the news of the publication day")


def _up_to(published: date | None, words: str = "") -> When:
    if published is None:
        return UNKNOWN_WHEN
    return When.of(f"../{published}", words=words, reason="no date in the text: at the latest the publication day")


def _by_expression(time: TimeExpression, item: Anchorable, sentence: Sentence, published: date | None) -> When:
    preposition = _preposition(sentence, time)
    words = f"{preposition} {time.text}".strip()
    edtf = time.edtf.split("T")[0] if "/" not in time.edtf else time.edtf
    reason = time.reason
    if (
        preposition in ("until", "till", "before", "by")
        and time.latest
        and "/" not in edtf
        and item.modality is not Modality.ACTUAL
    ):
        edtf = f"{published}/{time.latest}" if published and published <= time.latest else f"../{time.latest}"
        reason = f"{preposition}: up to then"
    elif preposition in ("before", "until", "till") and time.latest and "/" not in edtf:
        edtf, reason = f"../{time.latest}", f"{preposition}: up to then"
    elif preposition == "since" and time.earliest and "/" not in edtf:
        ended = published.isoformat() if published and published >= time.earliest else ".."
        edtf, reason = f"{edtf}/{ended}", "since: from then to the publication date"
    elif preposition == "after" and time.latest and "/" not in edtf:
        edtf, reason = (
            f"{time.latest}/{published or '..'}" if not published or published >= time.latest else edtf,
            "after: from then on",
        )
    return When.of(edtf, words=words, reason=reason)


def _preposition(sentence: Sentence, time: TimeExpression) -> str:
    before = [t for t in sentence.slice if sentence.block.start + t.idx < time.start]
    return (
        before[-1].lower_ if before and before[-1].lower_ in ("since", "until", "till", "before", "after", "by") else ""
    )


def _perfect(item: Anchorable) -> str:
    """ "past perfect", "perfect", "present" or "simple", from the auxiliaries of the carrying verb."""
    verb = item.carrier if item.carrier is not None else item.head
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if "had" in auxiliaries:
        return "past perfect"
    if auxiliaries & {"has", "have", "'ve"}:
        return "perfect"
    if auxiliaries & {"is", "are", "am"} or verb.tag_ in ("VBZ", "VBP"):
        return "present"
    if verb.tag_ in ("VBG", "VB") or (verb.tag_ == "VBN" and not auxiliaries & {"was", "were"}):
        return "not finite"
    if verb.pos_ in ("NOUN", "PROPN"):
        return "nominal"
    return "simple"


def advance(narrative: Narrative, when: When, sentence: Sentence, item: Anchorable) -> Narrative:
    """The narrative after a happening: a fact with a date of its own moves it on."""
    if item.modality is not Modality.ACTUAL or not when.words or when.earliest is None or when.latest is None:
        return narrative
    if _stands_apart(item):
        return narrative
    lead, upheaval = narrative.lead, narrative.upheaval
    if lead is None and sentence.kind is BlockKind.BODY and sentence.body_index <= 1:
        lead, upheaval = when, item.upheaval
    return Narrative(narrative.published, lead, when, upheaval)
