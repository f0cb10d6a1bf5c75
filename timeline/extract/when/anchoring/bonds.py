"""How the time of one happening lies to that of another in its sentence, from the way their clauses hang together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from timeline.extract.when.anchoring.happening import Anchorable, Tense, is_defining, tense_of, word_group

if TYPE_CHECKING:
    from spacy.tokens import Token

_MAX_CLIMB = 6
_APART = ("after", "before")  # they open a clause, whatever the parser joined it to


class Order(Enum):
    """Of the lower happening to the one above it. NARRATIVE: the sentence does not say, the telling does."""

    SAME = auto()
    BEFORE = auto()
    AFTER = auto()
    NARRATIVE = auto()


@dataclass(frozen=True, slots=True)
class Bond:
    """`other`: position of the happening above. `both`: the upper one may take the lower one's date, too.

    `link` is the word that joins them ("after"), None where only the build of the sentence does.
    """

    order: Order
    other: int
    both: bool = False
    link: Token | None = None

    @property
    def setting(self) -> bool:
        """Whether the lower happening is where the upper one took place: "said in a speech", "killed in the attack"."""
        return self.link is not None and self.link.lower_ in ("in", "during", "at")


def bonds(items: Sequence[Anchorable]) -> dict[int, Bond]:
    """The bond of each happening that hangs on another one, by position."""
    owner = {token.i: position for position, item in enumerate(items) for token in item.tokens}
    found = {position: _bond(position, item, items, owner) for position, item in enumerate(items)}
    return {position: bond for position, bond in found.items() if bond is not None}


def _bond(position: int, item: Anchorable, items: Sequence[Anchorable], owner: Mapping[int, int]) -> Bond | None:
    token, order, both, link = item.told, Order.SAME, True, None
    for _ in range(_MAX_CLIMB):
        if token.head == token:
            return None
        step, up, word = _step(token, owner)
        if step is not Order.SAME:
            order = step if order is Order.SAME else order
        link, both = link or word, both and up
        token = token.head
        above = owner.get(token.i)
        if above is not None and above != position:
            if _is_near(link):
                order, both = Order.SAME, True
            return Bond(_by_words(order, item, items[above], link), above, both and order is Order.SAME, link)
        if order is Order.NARRATIVE:
            return None
    return None


def _by_words(order: Order, item: Anchorable, above: Anchorable, link: Token | None) -> Order:
    """What a statement or condemnation is about was at another time than the words, unless it is their setting."""
    apart = (above.spoken or above.verdict) and item.told.dep_ not in ("conj", "advcl", "xcomp")
    if order is Order.SAME and apart and link is None:
        return Order.NARRATIVE
    return order


def _is_near(link: Token | None) -> bool:
    """ "Just after", "shortly before": at the same time, as far as dates go."""
    if link is None or link.lower_ not in word_group("earlier") | word_group("later"):
        return False
    return link.i > 0 and link.nbor(-1).lower_ in word_group("near")


def _step(token: Token, owner: Mapping[int, int]) -> tuple[Order, bool, Token | None]:
    """One step up: the order it makes, whether the upper one may share the date, and the joining word."""
    dep = token.dep_
    if dep in ("advcl", "acl") and (mark := _mark(token)) is not None:
        return _by_link(mark.lower_, Order.NARRATIVE), True, mark
    if dep == "advcl":
        return Order.SAME, True, None
    if dep == "acl":
        return (Order.SAME if token.tag_ == "VBG" else Order.NARRATIVE), False, None
    if dep == "conj" and (mark := _mark(token)) is not None and mark.lower_ in _APART:
        return _by_link(mark.lower_, Order.NARRATIVE), True, mark
    if dep in ("pobj", "pcomp"):
        return (
            _by_link(token.head.lower_, Order.NARRATIVE),
            token.head.lower_ in ("in", "during", "at", "by"),
            token.head,
        )
    if dep == "prep":
        return Order.SAME, token.head.pos_ in ("VERB", "AUX"), None
    if dep in ("conj", "xcomp", "nsubj", "nsubjpass", "appos"):
        return Order.SAME, True, None
    if dep in ("dobj", "attr", "oprd"):
        return Order.SAME, False, None
    if dep == "relcl":
        together = token.head.i in owner or any(c.lower_ == "when" for c in token.children)
        return (Order.SAME, True, None) if together else (_clause_after_noun(token), False, None)
    return Order.NARRATIVE, False, None


def _clause_after_noun(verb: Token) -> Order:
    """A clause after a comma goes on with the telling; "the man who shot him was jailed" tells of what was before."""
    return Order.BEFORE if is_defining(verb) and tense_of(verb) is Tense.PAST else Order.NARRATIVE


def _mark(verb: Token) -> Token | None:
    marks = [c for c in verb.children if c.i < verb.i and c.dep_ in ("mark", "advmod")]
    known = word_group("same") | word_group("earlier") | word_group("later")
    return next((m for m in marks if m.lower_ in known), next((m for m in marks if m.dep_ == "mark"), None))


def _by_link(word: str, other: Order) -> Order:
    if word in word_group("later"):
        return Order.AFTER
    if word in word_group("earlier"):
        return Order.BEFORE
    return Order.SAME if word in word_group("same") else other
