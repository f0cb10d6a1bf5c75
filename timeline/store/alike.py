"""Which actors look like one: pairs to be suggested to a person, never to be merged by a program. Pure.

Two names are alike when they are the same but for titles, order, spaces or initials, or when each word of one is a
spelling of the word of the other at its place. Shared words alone are nothing: "Aung San" is not "Aung San Suu Kyi",
and "Kim Jong Il" not "Kim Jong Un". Every pair that is alike shares a block, so that a hundred thousand actors need no
more comparisons than they have near names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations

from timeline.model import Actor, ActorKind
from timeline.model.actor import fold
from timeline.reference.titles import strip_title
from timeline.store.values import ActorRow

Words = tuple[str, ...]

_NEAR = 0.7
_SHORT = 3  # letters: such words are whole syllables of Chinese, Korean or Burmese names
_LONG = 5  # letters: where every word differs, all must be as long
_SMALL = frozenset({"the", "of", "for", "and", "in", "on", "de", "la", "el"})
# Letters that different ways of writing one sound in Latin letters choose between.
_SOUNDS = str.maketrans({"q": "k", "c": "k", "g": "k", "w": "v", "z": "s", "x": "ks"})
_SOUNDLESS = re.compile(r"(?<=.)[aeiouyh]")
_DOUBLE = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Alike:
    """Two actors that may be one, `actor` the one that is known better, and why: "spelling", "initials" and so on."""

    actor: Actor
    other: Actor
    names: tuple[str, str]
    reason: str
    events: int


def pairs(rows: Iterable[ActorRow]) -> list[Alike]:
    """Every pair of actors of one sort and country with names alike; those with most events first.

    Actors that the reference data knows are two already, whatever their names.
    """
    rows = list(rows)
    named = [(number, name, _words(name, row.actor.kind)) for number, row in enumerate(rows) for name in _names(row)]
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, (number, _, words) in enumerate(named):
        for block in _blocks(rows[number].actor, words):
            blocks[block].append(position)
    found: dict[tuple[int, int], Alike] = {}
    for members in blocks.values():
        for first, second in combinations(sorted(set(members)), 2):
            (a, name, words), (b, other, others) = named[first], named[second]
            if a == b or (a, b) in found or (rows[a].actor.id and rows[b].actor.id):
                continue
            if reason := _alike(rows[a].actor, words, rows[b].actor, others):
                found[a, b] = _pair(rows[a], rows[b], (name, other), reason)
    return sorted(found.values(), key=lambda pair: (-pair.events, pair.actor.key, pair.other.key))


def _pair(a: ActorRow, b: ActorRow, names: tuple[str, str], reason: str) -> Alike:
    if (bool(b.actor.id), b.events) > (bool(a.actor.id), a.events):
        a, b, names = b, a, names[::-1]
    return Alike(a.actor, b.actor, names, reason, a.events + b.events)


def _names(row: ActorRow) -> list[str]:
    """The names to compare: the actor's own, and spellings of several words."""
    return list(dict.fromkeys([row.actor.name, *(name for name in row.names if len(fold(name).split()) > 1)]))


def _words(name: str, kind: ActorKind) -> Words:
    if kind is ActorKind.PERSON:
        return tuple(fold(strip_title(name)[1]).split())
    return tuple(word for word in fold(name).split() if word not in _SMALL) or (fold(name),)


def _sort(kind: ActorKind) -> str:
    """Organisations and groups are told apart by no article."""
    return "body" if kind in (ActorKind.ORGANISATION, ActorKind.GROUP) else kind.value


def _blocks(actor: Actor, words: Words) -> Iterator[tuple[str, ...]]:
    """Keys: two names that `_alike` finds alike share at least one."""
    where = (_sort(actor.kind), actor.country)
    yield *where, "joined", "".join(sorted("".join(words)))
    if actor.kind is ActorKind.PERSON:
        yield _sort(actor.kind), "", "named", " ".join(sorted(words))
    elif len(words) > 2:
        yield *where, "joined", "".join(sorted(word[0] for word in words))
    sounds = [_sound(word) for word in words]
    if len(words) == 1:
        yield *where, "one", sounds[0][:1], str(len(sounds[0]) // 2)
        yield *where, "one", sounds[0][:1], str((len(sounds[0]) + 1) // 2)
    elif len(words[0]) > 0:
        yield *where, "ends", sounds[-1], sounds[0][:1]
        yield *where, "ends", sounds[0], sounds[-1][:1]
        for at, sound in enumerate(sounds):
            yield *where, str(len(words)), str(at), sound, *(s[:1] for s in sounds)


def _alike(a: Actor, words: Words, b: Actor, others: Words) -> str:
    """Why two names are alike, "" when they are not."""
    if _sort(a.kind) != _sort(b.kind):
        return ""
    if a.country != b.country:
        unknown = not (a.country and b.country) and len(words) > 1
        return "same name, one without a country" if unknown and words == others else ""
    person = a.kind is ActorKind.PERSON
    if words == others:
        return "same name" if fold(a.name) == fold(b.name) else "title" if person else "small words"
    if words in (others[1:] + others[:1], others[-1:] + others[:-1]):
        return "order"
    if "".join(words) == "".join(others):
        return "spaces"
    if not person and _acronym(words, others):
        return "acronym"
    if person and _initials(words, others):
        return "initials"
    return "spelling" if _spelling(words, others) else ""


def _acronym(words: Words, others: Words) -> bool:
    short, long = sorted((words, others), key=len)
    return len(short) == 1 and len(long) > 2 and short[0] == "".join(word[0] for word in long)


def _initials(words: Words, others: Words) -> bool:
    """ "J. Biden" and "Joe Biden", "George W. Bush" and "George Bush"; the last word is the same."""
    if min(len(words), len(others)) < 2 or words[-1] != others[-1] or len(words[-1]) == 1:
        return False
    if len(words) == len(others):
        return all(_initial(word, other) for word, other in zip(words, others, strict=True))
    longer, shorter = (words, others) if len(words) > len(others) else (others, words)
    dropped = all(len(word) == 1 for word in longer[1:-1])
    return len(shorter) == 2 and dropped and _initial(longer[0], shorter[0])


def _initial(word: str, other: str) -> bool:
    return word == other or (1 in (len(word), len(other)) and word[0] == other[0])


def _spelling(words: Words, others: Words) -> bool:
    if len(words) != len(others) or (len(words) == 1 and len(words[0]) <= _SHORT + 1):
        return False
    places = list(enumerate(zip(words, others, strict=True), start=1))
    same_sound = [at for at, (word, other) in places if _sound(word) == _sound(other)]
    if len(words) > 1 and not same_sound:
        return False
    if not any(word == other for _, (word, other) in places) and min(map(len, words + others)) < _LONG:
        return False
    return all(
        word == other or _near(word, other, at == len(words)) or (len(words) > 2 and _longer_by_one(word, other))
        for at, (word, other) in places
    )


@lru_cache(maxsize=65_536)
def _near(word: str, other: str, last: bool) -> bool:
    """Whether two words may be two spellings of one: the same sounds or, in long words, one letter's difference; not
    the two forms of a name for a man and a woman ("Ivanov", "Ivanova"; before the last word "Mario", "Maria")."""
    short, long = sorted((word, other), key=len)
    if _is_feminine(short, long) or (not last and short[:-1] == long[:-1] and {short[-1:], long[-1:]} == {"a", "o"}):
        return False
    same = _sound(word) == _sound(other)
    if not same and (len(short) <= _SHORT or word[0] != other[0]):
        return False
    likeness = SequenceMatcher(None, short, long, autojunk=False).ratio()
    return likeness >= (_NEAR if same else 1 - 1.2 / len(long))


def _longer_by_one(word: str, other: str) -> bool:
    """A letter lost or doubled at the end, which counts among three words ("Min", "Ming"), not between two."""
    short, long = sorted((word, other), key=len)
    return len(short) > 2 and long[:-1] == short and not _is_feminine(short, long)


def _is_feminine(short: str, long: str) -> bool:
    return long == f"{short}a"


@lru_cache(maxsize=65_536)
def _sound(word: str) -> str:
    """What is left of a word in whatever way it is written in Latin letters.

    >>> _sound("gaddafi") == _sound("qadhafi")
    True
    """
    return _DOUBLE.sub(r"\1", _SOUNDLESS.sub("", word.translate(_SOUNDS)))
