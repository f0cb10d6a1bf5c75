"""What can be asked of a timeline, as people say it: options of commands, arguments of the Python API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

Words = str | Sequence[str]  # one name, or several of which one suffices


class Asked(TypedDict, total=False):
    """Every filter there is; one that is absent asks for nothing. `timeline show --help` tells what each means."""

    country: Words
    as_: str
    with_predecessors: bool
    person: Words
    organisation: Words
    group: Words
    thing: Words
    between: tuple[str, str]
    place: Words
    near: str
    within: str
    type: Words
    kind: Words
    since: str | int | date
    until: str | int | date
    text: str
    modality: Words
    exactness: Words
    source: Words
    min_sources: int
    run: int
    all: bool
    min_salience: float
    hidden: bool
    confirmed: bool
    sort: str
    reverse: bool
    limit: int
    after: str


def several(words: Words | None) -> tuple[str, ...]:
    """One name as several are given.

    >>> several("MMR"), several(["MMR", "RUS"]), several(None)
    (('MMR',), ('MMR', 'RUS'), ())
    """
    return (words,) if isinstance(words, str) else tuple(words or ())
