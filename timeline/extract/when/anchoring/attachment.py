"""Which happening of a sentence a time expression stands with: the nearest one above it, inside its clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import Sentence
from timeline.extract.when.anchoring.happening import Anchorable, Tense, tense_of, word_group
from timeline.extract.when.anchoring.stretches import joined
from timeline.model import TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Token

_MAX_CLIMB = 12
_YEAR = 4  # letters of "2017"
_COMPARED = 12  # words between "the deadliest" and "since"
_CLAUSES = frozenset({"relcl", "ccomp", "advcl", "parataxis"})
_BESIDE_NOUN = frozenset({"compound", "nmod", "amod", "poss", "nummod"})
_SETTING = frozenset({"in", "at", "during", "on", "after", "before", "amid", "by", "following", "of"})
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
        end, steps, via = _reference(tokens[0], owner) or _climb(_top(tokens), owner, items, opening=opening)
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


def _climb(
    token: Token, owner: Mapping[int, int], items: Sequence[Anchorable], *, opening: bool
) -> tuple[int | Token | None, int, str]:
    """The position of the happening met first on the way up, else the verb where the way ends, with the steps.

    The third is the bounding preposition that the way passes beyond the expression's own. `opening`: the expression
    is an adverbial that opens the sentence ("A day earlier troops left"), so that no noun is named by it.
    """
    via, first = "", token.i
    for steps in range(_MAX_CLIMB):
        if token.head != token and _begins_after(token, first):
            token = token.head
            continue
        if token.i in owner:
            return owner[token.i], steps, via
        if token.pos_ in ("VERB", "AUX"):
            for position, item in enumerate(items):
                if _is_argument(item.head, token, owner) or _is_planned_by(item, token):
                    return position, steps + 1, via
            if token.dep_ in ("relcl", "acl") and any(c.lower_ in word_group("void") for c in token.children):
                return None, steps, via
            if token.dep_ == "relcl" and (noun := _noun_told_of(token, owner)) is not None:
                return noun, steps + 1, via
            if token.head == token or (token.dep_ in _CLAUSES and not _is_adverbial(token)):
                return token, steps, via
        if steps == 0 and token.dep_ == "compound" and _opens_clause(token):
            token = token.head
        if token.head == token or (not opening and _names_its_noun(token, owner, near=steps <= 1)):
            return (token if token.head == token else None), steps, via
        if steps > 1 and token.dep_ == "prep" and token.lower_ in word_group("bounding") and _bounds(token):
            via = token.lower_
        if token.lower_ in word_group("aftermath"):
            via = "after"
        token = token.head
    return None, _MAX_CLIMB, via


def _bounds(preposition: Token) -> bool:
    """Whether it makes a bound of a time further off: "by dawn on Sunday" does, "by rebels on Sunday" does not."""
    return preposition.lower_ != "by" or any(c.lemma_.lower() in word_group("times") for c in preposition.children)


def _begins_after(verb: Token, place: int) -> bool:
    """Whether a clause begins after an expression that the parser put into it: "closed last year after he left"."""
    return verb.pos_ in ("VERB", "AUX") and any(c.dep_ == "mark" and place < c.i < verb.i for c in verb.children)


def _is_planned_by(item: Anchorable, verb: Token) -> bool:
    """ "On Monday he is expected to leave": the day is that of what is to come."""
    return item.told.dep_ == "xcomp" and item.told.head == verb and tense_of(verb) is Tense.PRESENT


def _noun_told_of(verb: Token, owner: Mapping[int, int]) -> int | None:
    """The event noun that a clause only says to be or to be planned: "the visit to Rome that took place in May"."""
    noun = verb.head
    for _ in range(3):
        if verb.lemma_ not in word_group("happens") or noun.pos_ not in ("NOUN", "PROPN", "ADP"):
            return None
        if noun.i in owner:
            return owner[noun.i]
        noun = noun.head
    return None


def _is_adverbial(verb: Token) -> bool:
    """ "Speaking in Paris on Monday, he condemned it": the participle is at the time of its main verb."""
    return verb.dep_ == "advcl" and verb.tag_ == "VBG" and not any(c.dep_ in ("mark", "nsubj") for c in verb.children)


def _opens_clause(date: Token) -> bool:
    """ "In February Mexico left", where the parser made one name of the month and the subject."""
    led = date.i > 0 and date.nbor(-1).lower_ in ("in", "on") and date.nbor(-1).dep_ == "prep"
    return led and date.head.pos_ == "PROPN" and date.head.dep_ in ("nsubj", "nsubjpass")


def _names_its_noun(token: Token, owner: Mapping[int, int], *, near: bool) -> bool:
    """Whether the words up to here belong to a noun that is no happening: "his 1999 novel", "a man born in 1955".

    `near`: the expression itself hangs on `token`.
    """
    noun = token.head
    if noun.i in owner or noun.pos_ not in ("NOUN", "PROPN"):
        return False
    if near and token.dep_ == "prep" and token.lower_ in word_group("origin"):
        return noun.lemma_ not in word_group("times")
    if noun.dep_ == "dobj" and noun.lemma_ in word_group("occasions"):
        return False
    if token.dep_ == "acl" or token.dep_ in _BESIDE_NOUN:
        return not (noun.dep_ == "pobj" and noun.head.lower_ in _SETTING)
    return False


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
