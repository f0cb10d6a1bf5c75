"""Which statements of one article tell of the same happening.

Statements join when their kinds can mean one happening, nothing in date, place, people or modality speaks against
it, and something speaks for it: the same people or countries, a definite noun ("the visit", "their takeover"), or
the headline telling what the lead tells. Joining is greedy in text order: a happening has its first mention's number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from timeline.extract.what.lexicon import words
from timeline.extract.what.voice import is_count
from timeline.extract.who.lexicon import thing_of
from timeline.model import ActorKind, Place, Report, Role

if TYPE_CHECKING:
    from spacy.tokens import Token

    from timeline.extract.what.detection import Finding

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their"})
_NEVER = frozenset({"statement", "development", "travel", "discovery", "business"})
# Kinds of this weight or more happen so seldom that an article with two mentions means one.
_RARE = 0.95
# Types of what is said to others, never to oneself.
_TO_OTHERS = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT"})
# Families of what harms, each with those that may be words for one happening.
_HARM = {"attack": "violence", "death": "violence", "accident": "accident", "disaster": "accident"}
# How long before the day of the news a headline's happening may have been.
_LATELY = timedelta(days=7)
# Kinds of what two do in one place, which a headline and its lead may tell by either side: who receives a guest meets
# him. A visit is long, and other articles tell of what was done on it.
_FACE_TO_FACE = frozenset({"visit", "meeting", "talks", "summit"})
_THUS, _AS, _BY = frozenset({"thereby", "thus"}), frozenset({"as", "when"}), frozenset({"by", "in"})

# What speaks for two statements telling of one happening, and its words: below 0 they cannot, at 0 nothing does.
_AGAINST, _NOTHING = (-1.0, ""), (0.0, "")


@dataclass(frozen=True, slots=True)
class Statement:
    """A report in the making, with the words it came from."""

    finding: Finding
    report: Report
    title: bool
    lead: bool
    governed: bool = False

    @property
    def definite(self) -> bool:
        """ "the visit", "their takeover": an event noun that points back."""
        return self.finding.nominal and any(c.lower_ in _DEFINITE for c in self.finding.head.children)

    @property
    def detonates(self) -> bool:
        """ "The blast": of a bomb or of gas, as the article tells elsewhere."""
        return self.finding.nominal and self.finding.head.lemma_.lower() in words("detonations")


@dataclass(frozen=True, slots=True)
class Joined:
    """The number of a statement's happening, counted from 0 in text order, and why it joins those told before.

    `reason` is "" for the first telling of a happening.
    """

    number: int
    reason: str = ""


def happenings(statements: Sequence[Statement]) -> list[Joined]:
    """For each statement its happening."""
    groups: list[list[Statement]] = []
    joined: list[Joined] = []
    alike: dict[str, set[int]] = defaultdict(set)  # groups by the words for what happened: only those can fit
    for statement in statements:
        near = set[int]().union(*(alike[name] for name in _names(statement)))
        fitting = [(*fit, i) for i in near if (fit := _fit(statement, groups[i]))[0] > 0]
        if fitting:
            _, reason, number = max(fitting, key=lambda each: (each[0], -each[2]))
            groups[number].append(statement)
        else:
            number, reason = len(groups), ""
            groups.append([statement])
        joined.append(Joined(number, reason))
        for name in _names(statement):
            alike[name].add(number)
    return joined


def _names(statement: Statement) -> list[str]:
    """A kind's name and families, and whether it is harm: statements that share none tell of different things."""
    found = [statement.finding.kind.name, *(f"family {family}" for family in _families(statement))]
    found += ["harm"] if statement.finding.kind.family in _HARM else []
    return [*found, "face to face"] if statement.finding.kind.name in _FACE_TO_FACE else found


def _families(statement: Statement) -> set[str]:
    family = statement.finding.kind.family
    if statement.detonates:
        return {"accident", "violence"}
    return {_HARM.get(family, family)} - {""}


def _fit(statement: Statement, group: Sequence[Statement]) -> tuple[float, str]:
    scores = [_same(statement, other) for other in group]
    return _NOTHING if min(scores)[0] < 0 else max(scores)


def _same(new: Statement, old: Statement) -> tuple[float, str]:
    """How much speaks for one happening, and what."""
    a, b = new.report, old.report
    one_breath = _in_one_breath(new.finding, old.finding)
    kinds = 1.0 if one_breath else _kinds(new, old)
    if kinds == 0:
        return _AGAINST if a.span == b.span else _NOTHING
    if a.modality is not b.modality and not _headline_pair(new, old):
        return _AGAINST
    if not (_dates_meet(a, b) or _dates_headline(new, old)) or _people_differ(a, b) or _places_differ(a, b):
        return _AGAINST
    if _sides_cross(a, b) and not one_breath:
        return _AGAINST
    shared = _shared(a, b)
    if _headline_again(new, old):
        return kinds + shared + 1, "the headline's own word, told again near the top"
    if a.kind in _NEVER or b.kind in _NEVER:
        return _NOTHING
    if old.title and new.lead:
        return kinds + shared + 1, "the lead tells what the headline tells"
    if one_breath:
        return kinds + shared + 1, "told in one breath as what it did"
    if new.finding.set_apart:
        return _NOTHING
    if new.definite and _words_alike(new, old):
        return kinds + shared + 1, "a noun that points back"
    rare = a.kind == b.kind and new.finding.kind.weight >= _RARE
    if rare and not (a.countries and b.countries):
        return kinds, "of a kind so rare that one is meant"
    if shared > 0 and (a.when.words == "" or b.when.words == "" or a.when.edtf == b.when.edtf) and _repeats(new, old):
        return kinds + shared, "the same kind of happening with the same people or countries, told again"
    return _NOTHING


def _in_one_breath(a: Finding, b: Finding) -> bool:
    """ "Gunmen attacked a village, killing 20", "20 died when a bomb exploded", "the blast wounded 30"."""
    if a.sentence is not b.sentence or not _HARM.keys() >= {a.kind.family, b.kind.family}:
        return False
    return _hangs_on(a, b) or _hangs_on(b, a)


def _hangs_on(a: Finding, b: Finding) -> bool:
    """Whether one tells by the words of the other's clause what came of that, or what it came of."""
    above = a.head.head
    if a.nominal:
        return b.head in (above, above.head) and (a.head.dep_ == "nsubj" or above.lower_ in _BY)
    links = {child.lower_ for child in a.head.lefts if child.dep_ in ("mark", "advmod")}
    if a.head.tag_ == "VBG":
        if a.head.dep_ == "conj" and above.tag_ == "VBG" and above.dep_ == "advcl":  # "killing ten and wounding six"
            return b.head in (above, above.head)
        return a.head.dep_ == "advcl" and above == b.head and not links - _THUS
    if (verb := _of_so_many(a.head)) is not None and b.head in (verb, verb.head):
        return True
    # "Gunmen killed a mayor as troops clashed" is two, by two doers. The clause may hang on the day: "on Monday when".
    within = a.head.dep_ in ("advcl", "relcl") and b.head in (above, *islice(above.ancestors, 2))
    return within and not links.isdisjoint(_AS) and _befalls(b)


def _of_so_many(participle: Token) -> Token | None:
    """ "Killed 12 and wounded 30", "12 killed and 30 wounded", "left 12 dead and 30 wounded": the verb that a number's
    participle is joined to."""
    above = participle.head
    if participle.dep_ == "acl" and is_count(above) and above.dep_ in ("conj", "dobj"):
        return above.head
    joined = participle.dep_ == "conj" and any(c.dep_ == "nsubj" and is_count(c) for c in participle.children)
    return above if joined else None


def _befalls(finding: Finding) -> bool:
    """Whether it tells what came over somebody, and not who did it."""
    return finding.kind.family == "death" or any(child.dep_ == "nsubjpass" for child in finding.head.children)


def _kinds(new: Statement, old: Statement) -> float:
    if new.finding.kind.name == old.finding.kind.name:
        return 2.0
    if _headline_pair(new, old) and _receive_each_other(new, old):
        return 1.0
    return 0.0 if _families(new).isdisjoint(_families(old)) else 1.0


def _receive_each_other(a: Statement, b: Statement) -> bool:
    """ "Putin receives Xi" over "Putin met Xi on Tuesday": the same two, or more."""
    two = _actors(a.report, ActorKind.PERSON)
    both = {a.finding.kind.name, b.finding.kind.name} <= _FACE_TO_FACE
    return both and len(two) > 1 and two == _actors(b.report, ActorKind.PERSON)


def _headline_pair(new: Statement, old: Statement) -> bool:
    return old.title and new.lead


def _headline_again(new: Statement, old: Statement) -> bool:
    """The headline's own verb or noun in one of the first two sentences."""
    first = 0 <= new.finding.sentence.body_index <= 1
    return old.title and first and new.finding.head.lemma_.lower() == old.finding.head.lemma_.lower()


def _words_alike(new: Statement, old: Statement) -> bool:
    first, second = _phenomenon(new), _phenomenon(old)
    if first and second and not (first in second or second in first):
        return False  # "the eruption" is no tsunami, "the quake" is the earthquake
    alike = new.finding.kind.name == old.finding.kind.name or new.finding.kind.family == old.finding.kind.family
    return alike or ((new.detonates or old.detonates) and not _elsewhere(new.report.place, old.report))


def _elsewhere(place: Place | None, told: Report) -> bool:
    """Whether a report cannot be of this place: "the explosion in Beirut" is not that of "Israel bombed Gaza"."""
    if place is None:
        return False
    if told.place is None:
        return bool(told.countries) and place.country not in {link.country for link in told.countries}
    return (place.name, place.country) != (told.place.name, told.place.country)


def _phenomenon(statement: Statement) -> str:
    """The word of nature that names it, "" for another word: "tsunami" also where a tsunami hit; storms are alike."""
    lemma = (statement.finding.head if (noun := statement.finding.noun) is None else noun).lemma_.lower()
    return thing_of(lemma) or lemma if lemma in words("phenomena") else ""


def _repeats(new: Statement, old: Statement) -> bool:
    """The same word again, an event noun of the other's kind, the same in one breath, or a kind that is rare."""
    a, b = new.finding, old.finding
    # One word of two kinds tells of two things: "found guilty", "found a way".
    same_word = a.kind.name == b.kind.name and a.head.lemma_.lower() == b.head.lemma_.lower()
    one_breath = a.sentence is b.sentence and b.head in a.head.ancestors and a.head.dep_ == "conj"
    rare = a.kind.name == b.kind.name and (a.kind.weight >= _RARE or a.kind.family == "visit")
    headline = old.title and (a.kind.name == b.kind.name or a.kind.family != b.kind.family)  # "acquits", "convicted"
    return same_word or a.nominal or b.nominal or headline or one_breath or rare


def _dates_meet(a: Report, b: Report) -> bool:
    if not (a.when.words or b.when.words):
        return True
    first = max(a.when.earliest or date.min, b.when.earliest or date.min)
    last = min(a.when.latest or date.max, b.when.latest or date.max)
    return first <= last


def _dates_headline(new: Statement, old: Statement) -> bool:
    """ "Party claims victory in election", of Monday, over "it had won the election held a day earlier": a headline's
    day is concluded, the lead names it."""
    day, own = new.report.when, old.report.when
    if own.words or own.earliest is None or day.latest is None or not _headline_again(new, old):
        return False
    return timedelta() <= own.earliest - day.latest <= _LATELY


def _actors(report: Report, kind: ActorKind | None = None) -> set[str]:
    return {p.actor.key for p in report.actors if kind is None or p.actor.kind is kind}


def _people_differ(a: Report, b: Report) -> bool:
    first, second = _actors(a, ActorKind.PERSON), _actors(b, ActorKind.PERSON)
    return bool(first and second and not first & second)


def _sides_cross(a: Report, b: Report) -> bool:
    """Who does it in one is whom it is done to in the other: "A backed B, and B backed A"."""
    return any(
        _of_role(first, Role.SOURCE) & _of_role(second, Role.TARGET) - _of_role(second, Role.SOURCE)
        or (first.type in _TO_OTHERS and _speaks_for_itself(first, second))
        for first, second in ((a, b), (b, a))
    )


def _speaks_for_itself(a: Report, b: Report) -> bool:
    """Somebody of a country says it in one, and it is said to that country in the other: "They urged Iran", "Iran's
    president urged restraint"."""
    homes = {p.actor.country for p in a.actors if p.role is Role.SOURCE} - {""}
    told = {p.actor.country for p in b.actors if p.role is Role.TARGET and p.actor.kind is ActorKind.COUNTRY}
    return bool(homes & told) and not any(p.role is Role.SOURCE and p.actor.country in homes for p in b.actors)


def _of_role(report: Report, role: Role) -> set[str]:
    return {p.actor.key for p in report.actors if p.role is role}


def _places_differ(a: Report, b: Report) -> bool:
    if a.place is None or b.place is None or not (a.place.country and b.place.country):
        return False
    return a.place.country != b.place.country


def _shared(a: Report, b: Report) -> float:
    actors = len(_actors(a) & _actors(b))
    countries = len({c.country for c in a.countries} & {c.country for c in b.countries})
    return actors + 0.5 * countries
