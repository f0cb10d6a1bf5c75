"""Who was mentioned so far in an article: what descriptions and pronouns can point back to."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from timeline.extract.who.cast import Mention
from timeline.extract.who.lexicon import given_gender
from timeline.model import Actor, ActorKind
from timeline.reference.titles import gender_of, strip_title

if TYPE_CHECKING:
    from spacy.tokens import Token

_SPAN = 60
SUBJECTS = ("nsubj", "nsubjpass")
_TITLE_PARTS = ("compound", "amod", "nmod", "appos")


@dataclass
class Memory:
    """The latest mentions, last one last; `people` also holds unnamed ones (no actor), which block a pronoun.

    Only so many are kept, so that the cost of a long text grows with its length alone; `known` has every person.
    """

    people: deque[Mention] = field(default_factory=lambda: deque(maxlen=_SPAN))
    others: deque[Mention] = field(default_factory=lambda: deque(maxlen=_SPAN))
    plurals: deque[Mention] = field(default_factory=lambda: deque(maxlen=_SPAN))
    known: dict[str, Actor] = field(default_factory=dict)
    titles: dict[str, set[str]] = field(default_factory=dict)
    genders: dict[str, str] = field(default_factory=dict)

    def see(self, mention: Mention) -> None:
        """Remembers a mention with the title and gender it shows."""
        actor = mention.actor
        if actor is None:
            if mention.reason.startswith("could be") and head(mention).pos_ == "PROPN":
                self.people.append(mention)
            return
        if actor.kind is ActorKind.PERSON:
            self.people.append(mention)
            self.known[actor.key] = actor
            title = " ".join((*(t.text for t in _around(mention)), strip_title(mention.words)[0])).lower()
            title = title.replace(".", "")
            self.titles.setdefault(actor.key, set()).update(title.split())
            gender = gender_of(title) or given_gender(actor.name)
            if gender in ("male", "female"):
                self.genders.setdefault(actor.key, gender)
        elif is_plural(mention):
            self.plurals.append(mention)
        else:
            self.others.append(mention)

    def see_unnamed(self, mention: Mention, gender: str) -> None:
        """Remembers a person without a name, of a gender or of none."""
        self.people.append(mention)
        if gender:
            self.genders[_unnamed_key(mention)] = gender

    def fits(self, mention: Mention, gender: str) -> bool:
        """Whether a person may be of this gender."""
        key = mention.actor.key if mention.actor is not None else _unnamed_key(mention)
        return self.genders.get(key, gender) == gender


def _unnamed_key(mention: Mention) -> str:
    return f"unnamed:{mention.sentence.index}:{mention.head}"


def head(mention: Mention) -> Token:
    return mention.sentence.block.doc[mention.head]


def is_plural(mention: Mention) -> bool:
    """Several people: "generals", "protesters"; a plural name of one organisation or country is none."""
    return mention.actor is not None and (
        head(mention).tag_ == "NNS"
        or mention.words.lower() in ("they", "them", "their")
        or (mention.actor.kind is ActorKind.GROUP and head(mention).tag_ in ("NNS", "NNPS"))
    )


def _around(mention: Mention) -> Iterator[Token]:
    """Words of title just before a name in its noun phrase, and its apposition ("X, president of Y")."""
    doc = mention.sentence.block.doc
    for i in range(mention.first - 1, max(mention.sentence.slice.start, mention.first - 4) - 1, -1):
        if doc[i].dep_ not in _TITLE_PARTS and doc[i].pos_ not in ("NOUN", "PROPN"):
            break
        yield doc[i]
    for child in doc[mention.head].children:
        if child.dep_ == "appos" and child.i > mention.last:
            yield child
            yield from (c for c in child.children if c.dep_ in _TITLE_PARTS)
