"""What a timeline is called that answers a question: the name of its subject, and the other filters beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from timeline.asking.asked import Asked, several
from timeline.reference.wording import listed

_SUBJECTS = ("country", "person", "organisation", "group", "thing", "place", "near")
_BESIDE = (
    "kind", "type", "modality", "exactness", "source", "text", "since", "until", "within", "min_sources", "run",
)  # fmt: skip


def heading(asked: Asked) -> str:
    """The subject ("Myanmar and Russia"); "Timeline" for everything.

    >>> heading({"country": ["Myanmar"], "since": "2021"})
    'Myanmar'
    """
    given: Mapping[str, Any] = asked
    names = list(given.get("between") or ())
    for key in _SUBJECTS:
        names += several(given.get(key))
    if not names:
        return "Timeline"
    return listed(names, len(names))


def about(asked: Asked) -> str:
    """The other filters in words.

    >>> about({"country": ["Myanmar"], "since": "2021", "kind": ["meeting", "visit"]})
    'kind meeting, visit · since 2021'
    """
    given: Mapping[str, Any] = asked
    told = []
    for key in _BESIDE:
        value = given.get(key)
        if value not in (None, (), [], ""):
            words = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
            told.append(f"{key.replace('_', ' ')} {words}")
    return " · ".join(told)
