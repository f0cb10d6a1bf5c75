"""English of titles: names joined, and a verb after several of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_IRREGULAR = {"is": "are", "has": "have"}


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


def _plural_verb(verb: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if re.search(r"[^aeiou]ies$", verb) and verb != "dies":
        return f"{verb[:-3]}y"
    if re.search(r"(ss|x|zz|ch|sh|o)es$", verb):
        return verb[:-2]
    return verb.removesuffix("s")
