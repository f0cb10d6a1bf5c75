"""Actors without a name: offices, institutions and groups of a country, descriptions that point back, pronouns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import Parsed, Sentence
from timeline.extract.who.cast import Mention
from timeline.extract.who.lexicon import institution, words
from timeline.model import Actor, ActorKind
from timeline.reference import countries, people
from timeline.reference.titles import gender_of, role_of, strip_title

if TYPE_CHECKING:
    from spacy.tokens import Token

_OWNERS = ("poss", "amod", "compound", "nmod")
_ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "pobj", "conj", "dative")
_SUBJECTS = ("nsubj", "nsubjpass")
_ARMED = frozenset({"military", "army", "armed", "junta"})


@dataclass
class Memory:
    """Who was mentioned so far, latest last; titles and genders seen with people."""

    people: list[Mention] = field(default_factory=list)
    others: list[Mention] = field(default_factory=list)
    plurals: list[Mention] = field(default_factory=list)
    titles: dict[str, set[str]] = field(default_factory=dict)
    genders: dict[str, str] = field(default_factory=dict)

    def see(self, mention: Mention) -> None:
        actor = mention.actor
        if actor is None:
            return
        if actor.kind is ActorKind.PERSON:
            self.people.append(mention)
            title = (
                " ".join((*(t.text for t in _before(mention)), strip_title(mention.words)[0])).lower().replace(".", "")
            )
            self.titles.setdefault(actor.key, set()).update(title.split())
            if gender := gender_of(title):
                self.genders[actor.key] = gender
        else:
            self.others.append(mention)
        if actor.kind is ActorKind.GROUP or mention.sentence.block.doc[mention.head].tag_ in ("NNS", "NNPS"):
            self.plurals.append(mention)


def _before(mention: Mention) -> Iterator[Token]:
    """Words of title just before a name, in the same noun phrase."""
    doc = mention.sentence.block.doc
    for i in range(max(mention.sentence.slice.start, mention.first - 3), mention.first):
        if doc[i].dep_ in ("compound", "amod", "nmod", "appos"):
            yield doc[i]


def described(parsed: Parsed, named: Sequence[Mention], published: date | None) -> list[Mention]:
    """Mentions by description and pronoun, resolved in text order with what was named before."""
    memory = Memory()
    by_start: dict[tuple[int, int], Mention] = {(m.sentence.index, m.first): m for m in named}
    inside = {(id(m.sentence.block), i): m for m in named for i in range(m.first, m.last + 1)}
    found: list[Mention] = []
    for sentence in parsed.sentences:
        new: dict[int, Mention] = {}
        for token in sentence.slice:
            if mention := by_start.get((sentence.index, token.i)):
                memory.see(mention)
            if (id(sentence.block), token.i) in inside:
                continue
            if pair := _pair(token, memory):
                found += [_made(sentence, token, m.actor, f"{token.text}: the two named last") for m in pair]
                continue
            made = _describe(sentence, token, memory, _Lookup(inside, new, sentence), published)
            if made is not None:
                new[token.i] = made
                found.append(made)
                memory.see(made)
    return found


@dataclass(frozen=True)
class _Lookup:
    """Mentions of a sentence by token."""

    inside: dict[tuple[int, int], Mention]
    new: dict[int, Mention]
    sentence: Sentence

    def at(self, token: Token) -> Mention | None:
        return self.inside.get((id(self.sentence.block), token.i)) or self.new.get(token.i)

    def owner(self, noun: Token) -> Actor | None:
        """Whose a noun is: "Myanmar's military", "the Russian army", "the army of Iran", "his army"."""
        for child in noun.children:
            if child.dep_ in _OWNERS and (mention := self.at(child)) is not None and mention.actor is not None:
                return mention.actor
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in ("of", "in"):
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        mention = self.at(inner)
                        if mention is not None and mention.actor is not None:
                            return mention.actor
                        if (deeper := self.owner(inner)) is not None:
                            return deeper
        return None


def _pair(token: Token, memory: Memory) -> list[Mention]:
    """ "the two countries", "both leaders": the last two different ones that were named."""
    if token.tag_ != "NNS" or not any(c.lower_ in ("two", "both") for c in token.children):
        return []
    if token.lemma_ in ("country", "nation", "side", "government"):
        pool = [m for m in memory.others if m.actor is not None and m.actor.kind is ActorKind.COUNTRY]
    elif token.lemma_ in ("leader", "man", "president", "minister", "woman", "general"):
        pool = memory.people
    else:
        return []
    latest: dict[str, Mention] = {}
    for mention in reversed(pool):
        if mention.actor is not None:
            latest.setdefault(mention.actor.key, mention)
        if len(latest) == 2:
            return list(latest.values())
    return []


def _describe(
    sentence: Sentence, token: Token, memory: Memory, lookup: _Lookup, published: date | None
) -> Mention | None:
    lemma = token.lemma_.lower()
    if token.pos_ == "PRON":
        actor, reason = _pronoun(token, memory)
        return _made(sentence, token, actor, reason) if actor is not None else None
    if token.pos_ not in ("NOUN", "PROPN") or token.dep_ in ("compound", "nmod") or token.ent_type_ in ("DATE", "TIME"):
        return None
    singular = token.tag_ in ("NN", "NNP")
    if singular and lemma in words("persons"):
        actor, reason = _office(token, memory, lookup, published)
        if actor is not None:
            return _made(sentence, token, actor, reason)
    owner = lookup.owner(token)
    country = owner.country if owner is not None else ""
    if country and (template := institution(lemma)):
        name = template.format(country=countries.name_of(country))
        return _made(
            sentence, token, Actor(name, ActorKind.ORGANISATION, country), f"{lemma} of {countries.name_of(country)}"
        )
    if country and lemma in words("groups") and owner is not None and owner.kind is ActorKind.COUNTRY:
        return _made(sentence, token, Actor(_phrase(token), ActorKind.GROUP, country), f"{lemma} of {owner.name}")
    if lemma in ("nation", "country", "state") and singular and any(c.lower_ == "the" for c in token.children):
        last = next((m for m in reversed(memory.others) if m.actor and m.actor.kind is ActorKind.COUNTRY), None)
        if last is not None and not any(c.dep_ == "amod" for c in token.children):
            return _made(sentence, token, last.actor, "the country named last")
    if lemma in words("groups") and not singular and token.dep_ in _ARGUMENTS:
        return _made(sentence, token, Actor(_phrase(token), ActorKind.GROUP, ""), "a group by its description")
    return None


def _office(token: Token, memory: Memory, lookup: _Lookup, published: date | None) -> tuple[Actor | None, str]:
    """ "the Russian president" by office and date; "the general" by a title seen before."""
    owner = lookup.owner(token)
    title = _title(token)
    role = role_of(title)
    if owner is not None and owner.country and owner.kind is not ActorKind.PERSON:
        for each in [role] if role else _roles_of_head(token):
            for wanted in dict.fromkeys((each, *_SAME.get(each, ()))):
                held = people.holders(owner.country, wanted, published)
                if len(held) == 1:
                    person = held[0]
                    on = f" on {published}" if published else ""
                    return Actor(
                        person.name, ActorKind.PERSON, person.country, person.id
                    ), f"{title} of {owner.name}{on}"
        return None, ""
    if not any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in token.children):
        return None, ""
    if any(
        c.dep_ in ("prep", "amod", "compound", "relcl") and c.lower_ not in ("former", "late") for c in token.children
    ):
        return None, ""
    wanted_words = {token.lemma_.lower(), *_ABBREVIATED.get(token.lemma_.lower(), ())}
    fitting = [
        m.actor for m in memory.people if m.actor is not None and memory.titles.get(m.actor.key, set()) & wanted_words
    ]
    if len({a.key for a in fitting}) == 1:
        return fitting[-1], f"the {token.text} named before"
    return None, ""


# Offices by which the leader of a country may be meant.
_SAME = {
    "head_of_state": (),
    "de_facto_leader": ("head_of_state", "head_of_government"),
    "head_of_government": (),
}
_ABBREVIATED = {
    "general": ("gen",),
    "president": ("president",),
    "leader": ("president", "premier", "leader", "chairman", "chief"),
    "minister": ("minister",),
    "premier": ("premier", "prime"),
    "colonel": ("col",),
    "senator": ("sen",),
    "governor": ("gov",),
    "chief": ("chief",),
    "admiral": ("adm",),
}


def _title(token: Token) -> str:
    """The office in words: compounds before the noun, "of ..." after "head"."""
    before = [c.text for c in token.children if c.dep_ in ("compound", "amod") and not countries.lookup(c.text)]
    after = ""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            after = " of " + " ".join(
                t.text for p in child.children for t in p.subtree if not countries.lookup(t.text) and t.dep_ != "case"
            )
    if token.lemma_.lower() == "head":
        return f"head{after}".replace(" the ", " ").strip().lower()
    return " ".join([*before, token.text]).lower()


def _roles_of_head(token: Token) -> list[str]:
    """ "the head of the military government", "army chief": by the words inside the phrase."""
    inside = {t.lemma_.lower() for t in token.subtree}
    if token.lemma_.lower() in ("head", "chief", "leader", "ruler"):
        if inside & _ARMED and inside & {"government", "junta", "ruler", "leader"}:
            return ["de_facto_leader"]
        if inside & _ARMED:
            return ["military_chief"]
        if "government" in inside:
            return ["head_of_government"]
        if "state" in inside:
            return ["head_of_state"]
    return []


def _pronoun(token: Token, memory: Memory) -> tuple[Actor | None, str]:
    form = token.lower_
    for gender in ("male", "female"):
        if form in words("pronouns", gender):
            return _last_person(memory, gender, token)
    if form in words("pronouns", "neuter") and not _pleonastic(token):
        last = next((m for m in reversed(memory.others) if _near(m, token)), None)
        return (last.actor, f"{form!r} for {last.words}") if last is not None else (None, "")
    if form in words("pronouns", "plural"):
        last = next((m for m in reversed(memory.plurals) if _near(m, token)), None)
        return (last.actor, f"{form!r} for {last.words}") if last is not None else (None, "")
    return None, ""


def _near(mention: Mention, token: Token) -> bool:
    """In the same block: what a pronoun points to stands in its paragraph."""
    return mention.sentence.block.doc is token.doc


def _last_person(memory: Memory, gender: str, token: Token) -> tuple[Actor | None, str]:
    """The person a pronoun means: of the last sentence with one that fits, the subject, else the only one."""
    fitting = [m for m in memory.people if m.actor is not None and memory.genders.get(m.actor.key, gender) == gender]
    if not fitting:
        return None, ""
    last = fitting[-1]
    group = [m for m in fitting if m.sentence.index == last.sentence.index]
    subjects = [m for m in group if m.sentence.block.doc[m.head].dep_ in _SUBJECTS]
    chosen = subjects[-1] if subjects else group[-1]
    if not subjects and len({m.actor.key for m in group if m.actor}) > 1:
        chosen = group[0]
    if token.i - chosen.head > 120 and _near(chosen, token):
        return None, ""
    return chosen.actor, f"{token.text!r} for {chosen.actor.name if chosen.actor else ''}"


def _pleonastic(token: Token) -> bool:
    return token.dep_ in ("expl",) or (token.dep_ == "nsubj" and token.head.lemma_ in ("be", "seem", "appear", "rain"))


def _phrase(token: Token) -> str:
    """The noun with its modifiers, without articles: "Western nations"."""
    kept = [t for t in token.subtree if t.dep_ in _OWNERS and t.head == token and t.pos_ not in ("DET", "NUM")]
    inside = [t.text for t in sorted({*kept, token}, key=lambda t: t.i)]
    return " ".join(inside)


def _made(sentence: Sentence, token: Token, actor: Actor | None, reason: str) -> Mention:
    return Mention(
        sentence=sentence,
        span=sentence.span_of(token),
        head=token.i,
        first=token.i,
        last=token.i,
        words=token.text,
        actor=actor,
        reason=reason,
    )
