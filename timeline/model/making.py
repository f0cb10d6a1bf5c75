"""Making values by the hundred thousand: a frozen value's own constructor is most of what reading an event takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, make_dataclass
from typing import Any, TypeVar

_Value = TypeVar("_Value")


def maker(kind: type[_Value]) -> Callable[..., _Value]:
    """A function that makes values of a frozen dataclass with slots, all fields given by position, two to five times
    as fast as their class does.

    A frozen class sets each field by a call. A twin with the same slots that is not frozen sets them as any object
    does; what it made becomes a value of the class, frozen from then on. There is no `__post_init__`.
    """
    named = [(field.name, object) for field in fields(kind)]  # type: ignore[arg-type]
    twin: Any = make_dataclass(f"_{kind.__name__}", named, slots=True, repr=False, eq=False, match_args=False)

    def make(*values: Any) -> _Value:
        made = twin(*values)
        made.__class__ = kind
        value: _Value = made
        return value

    return make
