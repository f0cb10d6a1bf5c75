"""Actors without a name: offices, institutions and groups of a country, descriptions that point back, pronouns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import Parsed, Sentence
from timeline.extract.who.cast import Mention
from timeline.extract.who.lexicon import institution, titles_of, words
from timeline.extract.who.memory import SUBJECTS, Memory, head
from timeline.extract.who.offices import commands, holder, title_of
from timeline.extract.who.pronouns import is_third_person, referents
from timeline.model import Actor, ActorKind
from timeline.reference import countries, places
from timeline.reference.titles import gender_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_OWNERS = ("poss", "amod", "compound", "nmod")
_ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "pobj", "conj", "dative")
_POINTING = ("the", "this", "that")
# Words that make "general" no rank ("the attorney general").
_NO_RANK = frozenset({"attorney", "secretary", "director", "solicitor", "governor", "-"})
Resolved = tuple[Actor | None, str]
_NOBODY: Resolved = (None, "")


def described(parsed: Parsed, named: Sequence[Mention], published: date | None) -> list[Mention]:
    """Mentions by description and pronoun, resolved in text order with what was named before."""
    memory = Memory()
    by_start: dict[tuple[int, int], Mention] = {(m.sentence.index, m.first): m for m in named}
    inside = {(id(m.sentence.block), i): m for m in named for i in range(m.first, m.last + 1)}
    found: list[Mention] = []
    for sentence in parsed.sentences:
        lookup = _Lookup(inside, {}, sentence)
        for token in sentence.slice:
            if mention := by_start.get((sentence.index, token.i)):
                memory.see(mention)
            if (id(sentence.block), token.i) in inside:
                continue
            for made in _at(sentence, token, memory, lookup, published):
                lookup.new[token.i] = made
                found.append(made)
                memory.see(made)
            _remember_unnamed(sentence, token, memory, lookup)
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
            if child.dep_ in _OWNERS and (actor := self._actor(child)) is not None:
                return actor
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in ("of", "in"):
                for inner in child.children:
                    if inner.dep_ == "pobj" and (actor := self._actor(inner) or self.owner(inner)) is not None:
                        return actor
        return None

    def _actor(self, token: Token) -> Actor | None:
        """The actor at a token; for a place, its country ("Shanghai police", "residents of Kabul")."""
        mention = self.at(token)
        if mention is None or mention.actor is not None:
            return mention.actor if mention is not None else None
        entries = places.lookup(mention.words) if mention.reason.startswith("a place in") else ()
        match = countries.lookup(mention.words)
        code = match.country.iso3 if match is not None else entries[0].country if entries else ""
        return Actor(countries.name_of(code), ActorKind.COUNTRY, code, code) if code else None


def _at(sentence: Sentence, token: Token, memory: Memory, lookup: _Lookup, published: date | None) -> list[Mention]:
    """The mentions that a token without a name makes: none, one, or several for a pronoun or "both leaders"."""
    if token.pos_ == "PRON":
        if not is_third_person(token):
            return []
        mentions, reason = referents(token, memory)
        return [_made(sentence, token, m.actor, reason) for m in mentions] or [_made(sentence, token, None, reason)]
    if token.pos_ not in ("NOUN", "PROPN") or token.ent_type_ in ("DATE", "TIME"):
        return []
    if pair := _pair(token, memory):
        return [_made(sentence, token, m.actor, f"{token.text}: the two named last") for m in pair]
    if token.dep_ in ("compound", "nmod"):
        return []
    actor, reason = _describe(token, memory, lookup, published)
    return [_made(sentence, token, actor, reason)] if reason else []


def _pair(token: Token, memory: Memory) -> list[Mention]:
    """ "the two countries", "both leaders": the last two different ones that were named."""
    if token.tag_ != "NNS" or not any(c.lower_ in ("two", "both") for c in token.children):
        return []
    if token.lemma_ in ("country", "nation", "side", "government"):
        pool = [m for m in memory.others if m.actor is not None and m.actor.kind is ActorKind.COUNTRY]
    elif token.lemma_ in ("leader", "man", "president", "minister", "woman", "general"):
        pool = list(memory.people)
    else:
        return []
    latest: dict[str, Mention] = {}
    for mention in reversed(pool):
        if mention.actor is not None:
            latest.setdefault(mention.actor.key, mention)
        if len(latest) == 2:
            return list(latest.values())
    return []


def _describe(token: Token, memory: Memory, lookup: _Lookup, published: date | None) -> Resolved:
    """The actor of a common noun and the reason; the reason is "" for a noun that is no actor."""
    lemma = token.lemma_.lower()
    singular = token.tag_ in ("NN", "NNP")
    if lemma == "general" and token.i and token.nbor(-1).lower_ in _NO_RANK:
        return _NOBODY
    owner = lookup.owner(token)
    person: Resolved = _NOBODY
    if singular and (lemma in words("persons") or lemma in words("unnamed")):
        person = _apposed(token, lookup)
        if person[0] is None and lemma in words("persons"):
            person = _office(token, owner, memory, published)
        if person[0] is not None or person[1]:
            return person
    country = owner.country if owner is not None else ""
    if owner is not None and (template := institution(lemma)):
        return _institution(token, lemma, owner, template, published)
    if country and lemma in words("groups") and owner is not None and owner.kind is ActorKind.COUNTRY:
        return Actor(_phrase(token), ActorKind.GROUP, country), f"{lemma} of {owner.name}"
    if singular:
        return _back(token, lemma, memory)
    if lemma in words("groups") and token.dep_ in _ARGUMENTS:
        return Actor(_phrase(token), ActorKind.GROUP, ""), "a group by its description"
    return _NOBODY


def _institution(token: Token, lemma: str, owner: Actor, template: str, published: date | None) -> Resolved:
    """ "Myanmar's military"; "his army" of one who commands it; "Wagner forces" are Wagner itself."""
    if owner.kind in (ActorKind.ORGANISATION, ActorKind.GROUP):
        return owner, f"{lemma} of {owner.name}"
    if not owner.country:
        return _NOBODY
    if owner.kind is ActorKind.PERSON and not commands(owner, published):
        return Actor(f"{_phrase(token)} of {owner.name}", ActorKind.GROUP, owner.country), f"{lemma} of {owner.name}"
    name = countries.name_of(owner.country)
    return Actor(template.format(country=name), ActorKind.ORGANISATION, owner.country), f"{lemma} of {name}"


def _apposed(token: Token, lookup: _Lookup) -> Resolved:
    """ "the prime minister, X" and "X, the prime minister": the person beside."""
    beside = [c for c in token.children if c.dep_ == "appos"]
    if token.dep_ == "appos":
        beside.append(token.head)
    for each in beside:
        mention = lookup.at(each)
        if mention is not None and mention.actor is not None and mention.actor.kind is ActorKind.PERSON:
            return mention.actor, f"beside {mention.words}"
    return _NOBODY


def _office(token: Token, owner: Actor | None, memory: Memory, published: date | None) -> Resolved:
    """ "the Russian president" by office and date; "the general" by a title seen before."""
    if owner is not None and owner.country and owner.kind is not ActorKind.PERSON:
        return holder(token, owner, published)
    if not _points(token):
        return _NOBODY
    if any(c.dep_ in ("prep", "amod", "relcl") and c.lower_ not in words("office", "same") for c in token.children):
        return _NOBODY
    wanted = titles_of(token.lemma_.lower())
    fitting = {k: memory.known[k] for k, seen in memory.titles.items() if seen & wanted}
    exact = {k: a for k, a in fitting.items() if set(title_of(token).split()) <= memory.titles[k]}
    chosen = exact if len(exact) == 1 else fitting
    if len(chosen) == 1:
        return next(iter(chosen.values())), f"the {token.text} named before"
    if fitting:
        return None, f"could be {' or '.join(a.name for a in fitting.values())}"
    homes = {a.country: a for m in memory.others if (a := m.actor) and a.country}
    return holder(token, next(iter(homes.values())), published) if len(homes) == 1 else _NOBODY


def _points(token: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in _POINTING for c in token.children)


def _back(token: Token, lemma: str, memory: Memory) -> Resolved:
    """ "the country", "the company", "the bloc": what was named last of that kind, if it is clear."""
    if not _points(token) or any(
        c.dep_ in ("amod", "compound", "relcl", "acl", "prep", "appos") for c in token.children
    ):
        return _NOBODY
    for kind in ("country", "bloc", "group", "company", "organisation"):
        if lemma in words("back", kind):
            return _latest([m for m in memory.others if _fits(m, kind)], token)
    return _NOBODY


def _fits(mention: Mention, kind: str) -> bool:
    actor = mention.actor
    if actor is None:
        return False
    if kind == "country":
        return actor.kind is ActorKind.COUNTRY and actor.country != ""
    if kind == "bloc":
        return actor.kind is ActorKind.ORGANISATION and not actor.country and actor.id != ""
    if kind == "group":
        return actor.kind is ActorKind.GROUP and head(mention).pos_ == "PROPN"
    return actor.kind is ActorKind.ORGANISATION and head(mention).pos_ == "PROPN"


def _latest(candidates: list[Mention], token: Token) -> Resolved:
    """The subject of the last sentence with a candidate, else the only one of that sentence."""
    if not candidates:
        return _NOBODY
    group = [m for m in candidates if m.sentence.index == candidates[-1].sentence.index]
    subjects = [m for m in group if head(m).dep_ in SUBJECTS and not _joined(m) and not _relative(m)]
    keys = {m.actor.key for m in group if m.actor}
    if subjects or len(keys) == 1:
        chosen = (subjects or group)[-1]
        return chosen.actor, f"the {token.text} named last, {chosen.words}"
    return None, f"could be {' or '.join(dict.fromkeys(m.words for m in group))}"


def _joined(mention: Mention) -> bool:
    """One of several that are joined: none of them is meant alone."""
    return any(c.dep_ == "conj" for c in head(mention).children)


def _relative(mention: Mention) -> bool:
    """The subject of a clause inside a noun phrase is not what the sentence is about."""
    return head(mention).head.dep_ in ("relcl", "acl", "advcl")


def _remember_unnamed(sentence: Sentence, token: Token, memory: Memory, lookup: _Lookup) -> None:
    """Keeps a singular person without a name as the subject of a clause, to whom a pronoun may point."""
    if token.dep_ not in SUBJECTS or token.tag_ != "NN" or token.lemma_.lower() not in words("unnamed"):
        return
    known = lookup.at(token)
    if known is not None and known.actor is not None and known.actor.kind is ActorKind.PERSON:
        return
    lemma = token.lemma_.lower()
    gender = next((g for g in ("male", "female") if lemma in words("unnamed", g)), gender_of(lemma))
    memory.see_unnamed(_made(sentence, token, None, "a person without a name"), gender)


def _phrase(token: Token) -> str:
    """The noun with its modifiers, without articles, numbers and owners: "Western nations"."""
    kept = [
        t
        for t in token.subtree
        if t.dep_ in ("amod", "compound", "nmod") and t.head == token and t.pos_ in ("ADJ", "NOUN", "PROPN", "VERB")
    ]
    inside = [t.text for t in sorted({*kept, token}, key=lambda t: t.i) if t.lower_ not in words("vague")]
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
