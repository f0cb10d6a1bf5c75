"""What dating needs to know of one happening, and the grammatical tense it is told in."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from timeline.model import Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

_MAX_CLIMB = 8
_QUOTES = frozenset({'"', "``", "''"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})


class Tense(Enum):
    PAST = auto()
    PERFECT = auto()
    PAST_PERFECT = auto()
    PRESENT = auto()
    NONFINITE = auto()
    NOMINAL = auto()


@dataclass(frozen=True, slots=True)
class Anchorable:
    """One happening: its word, the verb that carries it, modality and standing.

    `governed`: other words hold it ("threatened to attack"). `main`: its sentence is about it. `spoken`: it is done
    in words (a statement, an appeal, a condemnation), so that what it is about happened at another time; `verdict`: it
    judges or finds out what happened before. `upheaval`: an attack, an accident, a disaster, or what follows from one:
    the dead, the rescued, the damage.
    """

    head: Token
    carrier: Token | None
    modality: Modality
    governed: bool = False
    main: bool = False
    spoken: bool = False
    upheaval: bool = False
    verdict: bool = False

    @property
    def tokens(self) -> tuple[Token, ...]:
        return (self.head,) if self.carrier is None or self.carrier == self.head else (self.head, self.carrier)

    @property
    def told(self) -> Token:
        """The word whose place in the parse is that of the happening."""
        return self.head if self.carrier is None else self.carrier

    @property
    def tense(self) -> Tense:
        return tense_of(self.told)

    @property
    def known(self) -> bool:
        """ "The attack", "their visit": a noun that points to what is known."""
        return any(c.lower_ == "the" or c.dep_ == "poss" for c in self.head.children)

    @property
    def past(self) -> bool:
        """A fact told in a tense of the past."""
        told = self.tense in (Tense.PAST, Tense.PERFECT, Tense.PAST_PERFECT)
        return self.modality is Modality.ACTUAL and told and not self.has_would

    @property
    def unreal(self) -> bool:
        """A wish, demand or possibility that nothing puts in the past: "could attack", "urged him to go"."""
        auxiliaries = {c.lower_ for c in self.told.children if c.dep_ in ("aux", "auxpass")}
        past = auxiliaries & {"have", "been", "was", "were", "had"}
        bare = self.told.tag_ in ("VB", "VBP", "VBZ") or bool(auxiliaries - past)
        return self.modality is Modality.HYPOTHETICAL and bare and not past

    @property
    def quoted(self) -> bool:
        """Whether it stands in direct speech: after an opening quotation mark that nothing has closed."""
        marks = [t.text for t in self.head.doc[: self.head.i] if t.text in _QUOTES]
        if "``" in marks:
            return marks.count("``") > marks.count("''")
        return len(marks) % 2 == 1

    @property
    def has_would(self) -> bool:
        """A future seen from the past: "the rebels would withdraw"."""
        return any(c.lower_ in ("would", "'d") for c in self.told.children if c.dep_ == "aux")

    @property
    def subjects(self) -> tuple[Token, ...]:
        """The heads of the words for who does it, in the active sense; of a joined verb, those of the first."""
        verb = self.told
        for _ in range(_MAX_CLIMB):
            agents = tuple(t for c in verb.children if c.dep_ == "agent" for t in c.children if t.dep_ == "pobj")
            if found := agents or tuple(c for c in verb.children if c.dep_ == "nsubj"):
                return found
            if verb.dep_ not in ("conj", "xcomp", "advcl") or verb.head == verb:
                break
            verb = verb.head
        return ()

    @property
    def by_pronoun(self) -> bool:
        """ "They called on ...": by someone just spoken of."""
        return any(t.tag_ == "PRP" for t in self.subjects)

    def has(self, group: str) -> bool:
        """Whether an adverb, or at an event noun an adjective, of this group of words stands beside it."""
        return any(
            (child.lower_ in word_group(group) and child.dep_ in ("advmod", "npadvmod"))
            or (child.lower_ in word_group(f"{group}_noun") and child.dep_ == "amod")
            for token in self.tokens
            for child in token.children
        )

    @property
    def anterior(self) -> bool:
        """Whether it lies before the story by its own adverb, or by that of the clause that says when it was: "when
        Brazil first proposed the treaty, Peru rejected it"."""
        setting = (
            c for c in self.told.children if c.dep_ == "advcl" and any(w.lower_ in word_group("same") for w in c.lefts)
        )
        adverbs = (w for clause in setting for w in clause.children if w.dep_ == "advmod")
        return self.has("anterior") or any(w.lower_ in word_group("anterior") for w in adverbs)


def tense_of(token: Token) -> Tense:
    """The tense of a verb, from its auxiliaries; of a joined verb without any, that of the verb it is joined to."""
    if token.pos_ not in ("VERB", "AUX") and not token.tag_.startswith("VB"):
        return Tense.NOMINAL
    auxiliaries = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}
    if not auxiliaries and _leans_on(token):
        return tense_of(token.head)
    if "had" in auxiliaries:
        return Tense.PAST_PERFECT
    if auxiliaries & {"has", "have", "'ve", "having"}:
        return Tense.PERFECT
    if auxiliaries & {"was", "were", "did"} or (token.tag_ == "VBD" and not auxiliaries):
        return Tense.PAST
    if auxiliaries & {"is", "are", "am", "'s", "'re", "do", "does"} or token.tag_ in ("VBZ", "VBP"):
        return Tense.PRESENT
    if token.tag_ == "VBN" and token.dep_ in ("acl", "ROOT") and not auxiliaries and _only_verb(token):
        return Tense.PAST
    return Tense.NONFINITE


def _only_verb(participle: Token) -> bool:
    """Whether a sentence would be without a verb if this were a participle: "Old houses burned easily", torn apart."""
    return not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in participle.sent)


def is_defining(verb: Token) -> bool:
    """Whether a verb's relative clause says which one is meant ("the man who shot him"): no comma before it."""
    first = min(t.i for t in verb.subtree)
    return verb.dep_ == "relcl" and not (first > 0 and verb.doc[first - 1].text in (",", "-", "–", "—", "("))


def _leans_on(verb: Token) -> bool:
    """Whether a verb has its auxiliary from the one it is joined to: "was shot and killed", "have met and signed"."""
    if verb.dep_ != "conj" or verb.head.pos_ != "VERB" or any(c.dep_ in _SUBJECTS for c in verb.children):
        return False
    perfect = any(c.lower_ in ("had", "has", "have", "'ve") and c.dep_ == "aux" for c in verb.head.children)
    # Taggers take the participle of a regular verb for its simple past.
    return verb.tag_ in ("VBN", "VBG") or (verb.tag_ == "VBD" and perfect)


def finite_above(token: Token) -> Token | None:
    """The finite verb that a participle or infinitive leans on.

    None for "a man arrested last year" and "accused of supplying arms", which are not at the time of any verb.
    """
    for _ in range(_MAX_CLIMB):
        if tense_of(token) not in (Tense.NONFINITE, Tense.NOMINAL):
            return token
        if token.head == token or (token.dep_ == "acl" and token.tag_ == "VBN"):
            return None
        if token.dep_ == "pcomp" and token.head.lower_ not in word_group("same"):
            return None
        token = token.head
    return None


@cache
def word_group(name: str) -> frozenset[str]:
    """A group of words of data/anchoring.toml."""
    text = files("timeline.extract.when").joinpath("data/anchoring.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[name])
