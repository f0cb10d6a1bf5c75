"""English of titles and names: names joined, a verb after several of them, and the noun that a name is built on."""

from __future__ import annotations

import re
from collections.abc import Sequence

_IRREGULAR = {"is": "are", "has": "have"}
_AFTER_THE_NOUN = re.compile(r" (?:of|for|in|against|on|to) ")


def listed(names: Sequence[str], limit: int = 3) -> str:
    """ "A", "A and B", "A, B and C", "A, B and others", "" for nobody."""
    shown = list(names[:limit])
    if len(names) > limit:
        shown[-1] = "others"
    return "".join(shown) if len(shown) < 2 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def plural(phrase: str) -> str:
    """A verb phrase of one ("visits") as it is for several ("visit").

    >>> plural("expresses sympathy with {}")
    'express sympathy with {}'
    """
    verb, space, rest = phrase.partition(" ")
    return f"{_plural_verb(verb)}{space}{rest}"


def noun_of(name: str) -> str:
    """The noun that a body's name or description is built on, in small letters.

    >>> noun_of("alliance of ethnic armed groups"), noun_of("Three Brotherhood Alliance")
    ('alliance', 'alliance')
    >>> noun_of("")
    ''
    """
    return _AFTER_THE_NOUN.split(name, maxsplit=1)[0].rpartition(" ")[2].lower()


def describes_one(name: str) -> bool:
    """Whether these words say what a body is and not how it is called; several ("rebel officials") may be anybody.

    >>> [describes_one(words) for words in ("Rebel alliance", "rebel officials", "Arakan Army")]
    [True, False, False]
    """
    return name[1:] == name[1:].lower() and not noun_of(name).endswith("s")


def _plural_verb(verb: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if re.search(r"[^aeiou]ies$", verb) and verb != "dies":
        return f"{verb[:-3]}y"
    if re.search(r"(ss|x|zz|ch|sh|o)es$", verb):
        return verb[:-2]
    return verb.removesuffix("s")
