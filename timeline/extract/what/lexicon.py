"""Which kind of happening a verb or noun names: the patterns of `data/lexicon.toml`, and the grammatical words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from timeline.reference import kinds
from timeline.reference.kinds import Kind

_ANY: frozenset[str] = frozenset()
NOTHING = "no happening"  # the part of the lexicon that lists what names none
_WIDE = frozenset({"SOMEBODY"})  # stands for whoever acts: narrows less than a list of words


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry: `words` besides the lemma, one of `objects`, of `subjects`, of `modifiers`; empty sets allow all.

    `inverted` exchanges the two sides; where it `gets`, the subject is whom it is done to, by who stands after "from".
    """

    text: str
    kind: Kind
    lemma: str
    words: frozenset[str] = _ANY
    objects: frozenset[str] = _ANY
    subjects: frozenset[str] = _ANY
    modifiers: frozenset[str] = _ANY
    inverted: bool = False
    gets: bool = False

    @property
    def conditions(self) -> int:
        """How narrow the pattern is: an object or subject narrows more than a particle."""
        groups = (self.objects, self.subjects, self.modifiers)
        return len(self.words) + sum(1 if group & _WIDE else 2 for group in groups if group)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Lemmas around a predicate: `words` near it, `objects` it governs, `subjects`, `modifiers`.

    `phrases` are the objects of its prepositions, with the preposition: ("into", "custody").
    """

    words: frozenset[str] = _ANY
    objects: frozenset[str] = _ANY
    subjects: frozenset[str] = _ANY
    modifiers: frozenset[str] = _ANY
    phrases: frozenset[tuple[str, str]] = frozenset()

    def governs(self, pattern: Pattern) -> bool:
        """Whether one of the pattern's objects is there: the verb's own, or that of a preposition of the pattern."""
        if pattern.objects & self.objects:
            return True
        return any(word in pattern.words and head in pattern.objects for word, head in self.phrases)


def parse(entry: str, kind: Kind) -> Pattern:
    """Read one entry in the little language that the head of lexicon.toml describes."""
    lemma, *rest = entry.lstrip("~^").split()
    beside: list[str] = []
    groups: dict[str, frozenset[str]] = {}
    for part in rest:
        if part[0] in "+@<":
            groups[part[0]] = _listed(part[1:].split("|"))
        else:
            beside.append(part)
    return Pattern(
        text=entry,
        kind=kind,
        lemma=lemma,
        words=frozenset(beside),
        objects=groups.get("+", _ANY),
        subjects=groups.get("@", _ANY),
        modifiers=groups.get("<", _ANY),
        inverted=entry.startswith("~"),
        gets=entry.startswith("^"),
    )


def _listed(parts: Iterable[str]) -> frozenset[str]:
    """The lemmas of a group, those of a list of grammar.toml for its name after "&"."""
    return frozenset(lemma for part in parts for lemma in (words(part[1:]) if part.startswith("&") else (part,)))


def _carried(parts: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Entries of the verbs that give and get what a kind lists as `given`, and get what it lists as `got`."""
    given, got = parts.get("given", ()), [*parts.get("given", ()), *parts.get("got", ())]
    if given:
        yield from (f"{verb} +{'|'.join(given)}" for verb in sorted(words("giving")))
        yield from (f"{verb} with +{'|'.join(given)}" for verb in sorted(words("furnishing")))
    if got:
        yield from (f"^{verb} +{'|'.join(got)}" for verb in sorted(words("receiving")))
        yield from (f"^{verb} from* +{'|'.join(got)}" for verb in sorted(words("getting")))


def _kind(name: str) -> Kind:
    return Kind(name, "OTHER", "Words that name no happening.") if name == NOTHING else kinds.get(name)


@cache
def _patterns(part: str) -> Mapping[str, tuple[Pattern, ...]]:
    """All patterns of "verbs" or "nouns" by lemma, narrowest first."""
    table = tomllib.loads(_read("lexicon.toml"))
    found: dict[str, list[Pattern]] = {}
    for name, parts in table.items():
        for entry in (*parts.get(part, ()), *(_carried(parts) if part == "verbs" else ())):
            pattern = parse(entry, _kind(name))
            found.setdefault(pattern.lemma, []).append(pattern)
    return {lemma: tuple(sorted(each, key=lambda p: -p.conditions)) for lemma, each in found.items()}


def entries(kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The verb and noun entries of a kind as lexicon.toml writes them; none for a kind that no word names."""
    parts = tomllib.loads(_read("lexicon.toml")).get(kind, {})
    return tuple(parts.get("verbs", ())), tuple(parts.get("nouns", ()))


def match_verb(lemma: str, around: Surroundings) -> Pattern | None:
    """The narrowest verb pattern that holds, or None."""
    return _first(_patterns("verbs").get(lemma, ()), around)


def match_noun(lemma: str, around: Surroundings) -> Pattern | None:
    """The narrowest noun pattern that holds, or None."""
    return _first(_patterns("nouns").get(lemma, ()), around)


def knows_verb(lemma: str) -> bool:
    return lemma in _patterns("verbs")


def knows_noun(lemma: str) -> bool:
    return lemma in _patterns("nouns")


def _first(patterns: Iterable[Pattern], around: Surroundings) -> Pattern | None:
    for pattern in patterns:
        if (
            pattern.words <= around.words
            and (not pattern.objects or around.governs(pattern))
            and (not pattern.subjects or pattern.subjects & around.subjects)
            and (not pattern.modifiers or pattern.modifiers & around.modifiers)
        ):
            return pattern
    return None


@cache
def words(group: str) -> frozenset[str]:
    """The grammatical word list `group` of data/grammar.toml."""
    return frozenset(_grammar()[group])


@cache
def _grammar() -> dict[str, list[str]]:
    return tomllib.loads(_read("grammar.toml"))


def _read(name: str) -> str:
    return files("timeline.extract.what").joinpath(f"data/{name}").read_text(encoding="utf-8")
