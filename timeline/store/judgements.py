"""What people judge about actors, and what follows from it: pure; `judged` reads it, `judging` writes it down.

Reports keep the actor that the extractor read; a judgement says which actor that is. Judgements hold actors by key, so
they can be made before the first article names the actor, and they are never deleted, only taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache

from timeline.model import Actor, Participation, Report
from timeline.model.actor import fold
from timeline.model.merging import countries_of
from timeline.reference.titles import strip_title
from timeline.store.on_record import OnRecord

_FIRST = datetime.min.replace(tzinfo=UTC)


class Action(StrEnum):
    """merge: `other` is `actor`. alias: whoever is called `name` (its key is `other`) is `actor`. split: where `actor`
    is called `name`, it is `other`. rename: `actor` is shown as `name`."""

    MERGE = "merge"
    ALIAS = "alias"
    SPLIT = "split"
    RENAME = "rename"


@dataclass(frozen=True, slots=True)
class Judgement(OnRecord):
    """One judgement; `actor` and `other` are `Actor.key`s."""

    action: Action
    actor: str
    other: str = ""
    name: str = ""

    @property
    def says(self) -> tuple[str, str, str, str]:
        """What it says, whoever said it."""
        return self.action, self.actor, self.other, spelled(self.name) if self.action is Action.SPLIT else self.name


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who is who, by the judgements that count.

    `merged` leads from the key of an actor that is another one to that one's key; `parted` from a key to the folded
    spellings that are another actor, each with its key; `labels` and `names` from a key to the name it is shown by and
    to further names.
    """

    merged: Mapping[str, str] = field(default_factory=dict)
    parted: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, key: str, spelling: str = "") -> str:
        """The key of the actor that an actor is, where it is spelled so (`spelled`)."""
        parted = self.parted.get(key)
        if parted and spelling:
            key = parted.get(spelling, key)
        return self.merged.get(key, key)

    def within(self, key: str, words: str, others: Iterable[str]) -> str:
        """The same for words of an article that names the actor by `others` too (folded): what is no name ("he") or
        part of a longer one follows the article's full names, where all of these are one parted spelling."""
        parted = self.parted.get(key)
        if not parted:
            return self.of(key)
        spelling = spelled(words)
        if spelling in parted:
            return self.of(key, spelling)
        full = [name for name in others if not any(_is_part(name, other) for other in others)]
        targets = {self.of(key, name) for name in full}
        if len(targets) == 1 and (not spelling or any(_is_part(spelling, name) for name in full)):
            return targets.pop()
        return self.of(key)

    def members(self, key: str) -> tuple[str, ...]:
        """The keys that are this actor, its own first."""
        return (key, *sorted(other for other, root in self.merged.items() if root == key))

    def shown(self, key: str, actor: Actor) -> Actor:
        """An actor as it is to be shown."""
        label = self.labels.get(key)
        return shown(key, actor, label) if label else actor

    def changed(self, other: Resolution) -> set[str]:
        """The keys that two resolutions read differently."""
        known = {*self.merged, *self.parted, *self.labels, *other.merged, *other.parted, *other.labels}
        known |= {key for each in (self, other) for label in each.labels for key in each.members(label)}
        return {key for key in known if self._says(key) != other._says(key)}

    def _says(self, key: str) -> tuple[object, ...]:
        root = self.of(key)
        parted = {name: self.of(target) for name, target in self.parted.get(key, {}).items()}
        return root, parted, *(self.labels.get(each, "") for each in (root, *parted.values()))


def shown(key: str, actor: Actor, label: str) -> Actor:
    """An actor that a person has named, which keeps its key for an id."""
    return replace(actor, name=label, id=actor.id or key)


def resolve(judgements: Iterable[Judgement]) -> Resolution:
    """Who is who: of judgements that contradict each other the later one counts, by the moment they were made, so that
    two stores read them alike; those taken back count no more.

    Being the same actor is shared by all: with B merged into A and C into B, all three are A.
    """
    merged: dict[str, str] = {}
    parted: dict[str, dict[str, str]] = {}
    labels: dict[str, str] = {}
    names: dict[str, tuple[str, ...]] = {}
    counting = sorted((j for j in judgements if j.undone is None), key=lambda j: (j.made or _FIRST, j.number))
    for j in counting:
        if j.action in (Action.MERGE, Action.ALIAS):
            _unite(merged, j.actor, j.other)
        elif j.action is Action.SPLIT:
            parted.setdefault(j.actor, {})[spelled(j.name)] = j.other
        else:
            labels[j.actor] = j.name
    for j in counting:
        if j.action is Action.ALIAS:
            root = _root(merged, j.actor)
            names[root] = tuple(dict.fromkeys([*names.get(root, ()), j.name]))
    return Resolution({key: _root(merged, key) for key in merged}, parted, labels, names)


def _unite(merged: dict[str, str], actor: str, other: str) -> None:
    into, root = _root(merged, actor), _root(merged, other)
    if into != root:
        merged[root] = into


def _root(merged: Mapping[str, str], key: str) -> str:
    while key in merged:
        key = merged[key]
    return key


def judged(
    resolution: Resolution, report: Report, names: Mapping[str, frozenset[str]], actors: Mapping[str, Actor]
) -> Report:
    """A report with its participants as judgements have them, the reason told.

    `names` are the folded names that the article gives an actor, by key, for actors with parted spellings; `actors`
    the actors as the store has them, by key.
    """
    taking_part = tuple(_judged(resolution, p, names, actors) for p in report.actors)
    if taking_part == report.actors:
        return report
    return replace(report, actors=taking_part, countries=countries_of(taking_part, report.place))


def _judged(
    resolution: Resolution, p: Participation, names: Mapping[str, frozenset[str]], actors: Mapping[str, Actor]
) -> Participation:
    key = p.actor.key
    target = resolution.within(key, p.words, names.get(key, ()))
    actor = resolution.shown(target, p.actor if target == key else actors[target])
    if actor == p.actor:
        return p
    return replace(p, actor=actor, reason="; ".join(part for part in (p.reason, f"judged to be {actor.name}") if part))


_PRONOUNS = frozenset({"he", "she", "it", "they", "his", "her", "him", "their", "them", "its", "who", "whose"})


@lru_cache(maxsize=65_536)
def spelled(words: str) -> str:
    """The folded name that words are, without titles; "" for those that begin small ("the general") or are a pronoun.

    >>> spelled("Senior Gen. Min Aung Hlaing's")
    'min aung hlaing'
    """
    return fold(strip_title(spelling(words))[1])


def spelling(words: str) -> str:
    """A name as the article spells it; pronouns and lower-case descriptions are no names."""
    bare = " ".join(words.split()).removesuffix("'s").removesuffix("’s")
    return bare if bare[:1].isupper() and fold(bare) not in _PRONOUNS else ""


def _is_part(name: str, other: str) -> bool:
    return set(name.split()) < set(other.split())
