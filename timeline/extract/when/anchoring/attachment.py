"""Which happening of a sentence a time expression stands with: the nearest one above it, inside its clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import Sentence
from timeline.extract.when.anchoring.climbing import climb
from timeline.extract.when.anchoring.happening import Anchorable, Tense, word_group
from timeline.extract.when.anchoring.stretches import joined
from timeline.model import TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Token

_YEAR = 4  # letters of "2017"
_COMPARED = 12  # words between "the deadliest" and "since"
_CLOCK = re.compile(r"T\d\d:\d\d$")
_DAY = re.compile(r"day\b|\bthis\b|tomorrow|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.I)


@dataclass(frozen=True, slots=True)
class Attached:
    """Expressions by the position of the happening they date.

    `frame` dates the main clause, if no happening is it; `attribution` the words of who reports it. `via` is the
    preposition that leads from an expression to its happening through other words: "since the murder of X in July".
    `clocks`: the happenings at a bare time of day ("at 10:30 am"), which says nothing of the day.
    """

    own: Mapping[int, TimeExpression] = field(default_factory=dict)
    via: Mapping[int, str] = field(default_factory=dict)
    frame: TimeExpression | None = None
    attribution: TimeExpression | None = None
    clocks: frozenset[int] = frozenset()


def attach(sentence: Sentence, items: Sequence[Anchorable], times: Iterable[TimeExpression]) -> Attached:
    """Each happening has the nearest of its expressions, one that names a date before one that does not."""
    owner = {token.i: position for position, item in enumerate(items) for token in item.tokens}
    chosen: dict[int, tuple[bool, int, TimeExpression, str]] = {}
    frame = attribution = None
    clocks: set[int] = set()
    times = list(times)
    for time in (each for each in times if each.edtf):
        tokens = [t for t in sentence.tokens_in(sentence.span) if _inside(sentence, t, time)]
        for place in _in_clause_of_when(tokens[-1]) if tokens else ():
            if place in owner:
                chosen[owner[place]] = False, 0, time, "when"
    for time in joined(sentence, times):
        tokens = [t for t in sentence.tokens_in(sentence.span) if _inside(sentence, t, time)]
        if not tokens or _compares(tokens[0]):
            continue
        if time.type in ("DURATION", "SET") and not time.edtf and not (_tells_when(time) or _measures(tokens[0])):
            continue
        opening = tokens[0].i == sentence.slice.start and tokens[0].pos_ in ("DET", "ADJ")
        end, steps, via = _reference(tokens[0], owner) or climb(_top(tokens), owner, items, opening=opening)
        if opening and (verb := _verb_behind(_top(tokens))) in owner:
            end, steps, via = owner[verb], 0, ""
        if isinstance(end, int) and time.edtf and _is_anothers(end, time, tokens, items, chosen):
            end = _noun_between(end, tokens[0], items)
        if isinstance(end, int) and time.type == "SET" and _top(tokens).dep_ == "amod":
            continue
        if _is_clock(time):
            clocks |= {end} if isinstance(end, int) else set()
        elif isinstance(end, int):
            mine = (not time.edtf, steps, time, via)
            if end not in chosen or _finer(time, chosen[end][2]) or mine[:2] < chosen[end][:2]:
                chosen[end] = mine
        elif end is not None and end.dep_ == "ROOT" and time.edtf and frame is None and not via:
            frame = time
        elif end is not None and end.lemma_ in word_group("attribution") and time.edtf and attribution is None:
            attribution = time
    own = {position: time for position, (_, _, time, _) in chosen.items()}
    return Attached(own, {p: via for p, (_, _, _, via) in chosen.items() if via}, frame, attribution, frozenset(clocks))


def _reference(first: Token, owner: Mapping[int, int]) -> tuple[int, int, str] | None:
    """The event noun of "since the coup in February": where it tells a time, the words after it say which."""
    if first.i < 3 or first.nbor(-1).lower_ not in ("in", "on", "of"):
        return None
    noun = first.nbor(-2)
    if noun.i not in owner or noun.dep_ != "pobj" or noun.head.lower_ not in word_group("reference"):
        return None
    return owner[noun.i], 0, ""


def _finer(time: TimeExpression, other: TimeExpression) -> bool:
    """ "Last week, on Tuesday": the one says more exactly what the other says."""
    if time.earliest is None or time.latest is None or other.earliest is None or other.latest is None:
        return False
    within = other.earliest <= time.earliest and time.latest <= other.latest
    return within and (other.earliest, other.latest) != (time.earliest, time.latest)


def _compares(first: Token) -> bool:
    """ "The deadliest attack since 2008", "for the first time since May": nothing has lasted since then."""
    if first.i == 0 or first.nbor(-1).lower_ != "since":
        return False
    since = first.nbor(-1)
    near = [t for t in first.sent if since.i - _COMPARED <= t.i < since.i]
    return any(
        (t.tag_ in ("JJS", "RBS") and not (t.lower_ in ("least", "most") and t.tag_ == "JJS"))
        or t.lower_ in word_group("ranks")
        for t in near
    )


def _measures(first: Token) -> bool:
    """Whether a preposition makes of a length the time that something took: "for two weeks", "within a day"."""
    return first.i > first.sent.start and first.nbor(-1).lower_ in ("for", "within")


def _in_clause_of_when(last: Token) -> tuple[int, ...]:
    """The places of verb and subject of a clause that an expression opens: "in 2014, when Russia annexed it"."""
    after = [t for t in last.sent if last.i < t.i <= last.i + 2 and t.text != ","]
    verb = after[0].head if after and after[0].lower_ == "when" else None
    if verb is None or verb.pos_ not in ("VERB", "AUX"):
        return ()
    return verb.i, *(c.i for c in verb.children if c.dep_ in ("nsubj", "nsubjpass"))


def _verb_behind(day: Token) -> int:
    """The verb of "The next day the president fled", which a parser takes for a clause about the day; -1 for none."""
    verbs = [c for c in day.children if c.dep_ == "relcl" and not any(t.tag_[0] == "W" for t in c.lefts)]
    return verbs[0].i if verbs else -1


def _is_anothers(
    position: int,
    time: TimeExpression,
    tokens: Sequence[Token],
    items: Sequence[Anchorable],
    chosen: Mapping[int, tuple[bool, int, TimeExpression, str]],
) -> bool:
    """Whether an expression behind a verb can't be the verb's, and dates a noun on the way, if there is one.

    A present perfect has no date of the past ("has been arrested over the murder in 2017"), what honours has not that
    of what it honours, and a verb has one day ("condemned on Monday the attack on Friday").
    """
    item, first = items[position], tokens[0]
    past = first.lower_ == "last" or tokens[-1].lower_ == "ago"
    if (
        item.tense is Tense.PERFECT
        and any(c.dep_ == "aux" for c in item.told.children)
        and (past or (first.i > 0 and first.nbor(-1).lower_ in ("in", "on")))
    ):
        return first.lower_ not in ("this", "recent")
    if len(time.edtf) == _YEAR and _over_what_was(item, first, items):
        return True
    if item.told.lemma_ in word_group("honours") and (past or len(time.edtf) == _YEAR):
        return True
    other = chosen.get(position)
    if other is None or other[0] or other[2].earliest is None or other[2].latest is None:
        return False
    return time.latest is not None and (time.latest < other[2].earliest)


def _over_what_was(item: Anchorable, first: Token, items: Sequence[Anchorable]) -> bool:
    """ "Upheld a sentence over the killing of a diplomat in 2002": the year is that of what is behind "over"."""
    behind = (each.head for each in items if each.tense is Tense.NOMINAL and item.told.i < each.head.i < first.i)
    return any(t.dep_ == "pobj" and t.head.lower_ in ("over", "for") for t in behind)


def _noun_between(position: int, first: Token, items: Sequence[Anchorable]) -> int:
    """What is told between a verb and an expression, and is no clause, else the verb; both by position."""
    verb, loose = items[position].told, (Tense.NOMINAL, Tense.NONFINITE)
    nouns = [p for p, each in enumerate(items) if each.tense in loose and verb.i < each.head.i < first.i]
    return max(nouns, key=lambda p: items[p].head.i, default=position)


def _tells_when(time: TimeExpression) -> bool:
    """Whether a length or a repetition is a stretch of the calendar after all: "the past two years", "every May"."""
    words = time.text.lower().split()
    return time.type == "SET" or bool(word_group("stretch") & set(words[:3]))


def _is_clock(time: TimeExpression) -> bool:
    """A bare time of day ("at 10:30 am"): it says nothing of the day."""
    return time.type == "TIME" and _CLOCK.search(time.value) is not None and _DAY.search(time.text) is None


def _inside(sentence: Sentence, token: Token, time: TimeExpression) -> bool:
    start = sentence.block.start + token.idx
    return start < time.end and time.start < start + len(token)


def _top(tokens: Sequence[Token]) -> Token:
    """The token by which an expression hangs on the sentence; where the parser tore it apart, the likeliest one."""
    inside = {t.i for t in tokens}
    outer = [t for t in tokens if t.head.i not in inside or t.head == t]
    return next((t for t in outer if t.dep_ in ("pobj", "npadvmod", "advmod")), outer[-1] if outer else tokens[-1])
