"""What values become, made once for each object as long as it comes again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

_MOST = 20_000  # objects that are remembered at a time

T = TypeVar("T")
Made = TypeVar("Made")


class Remembered(Generic[T, Made]):
    """A function of one immutable object that is remembered by the object itself, not by what it equals: to hash a
    value of many fields takes longer than most such functions."""

    def __init__(self, make: Callable[[T], Made]) -> None:
        self._make = make
        # With the object itself, so that its id stays its own.
        self._known: dict[int, tuple[T, Made]] = {}

    def __call__(self, value: T) -> Made:
        found = self._known.get(id(value))
        if found is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            found = self._known[id(value)] = (value, self._make(value))
        return found[1]
