"""Making values by the hundred thousand: a frozen value's own constructor is most of what reading an event takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

_Value = TypeVar("_Value")


def maker(kind: type[_Value]) -> Callable[..., _Value]:
    """A function that makes values of a frozen dataclass with slots, all fields given by position, three to eight times
    as fast as their class does.

    A frozen class sets each field by a call. A twin with the same slots that is not frozen sets them as any object
    does; what it made becomes a value of the class, frozen from then on. There is no `__post_init__`. The function is
    written for the fields of its class, as `dataclass` itself does: one for any number of them would take half as long
    again.
    """
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    lines = [f"def make({', '.join(names)}):", "made_ = twin_()", *(f"made_.{name} = {name}" for name in names)]
    known: dict[str, Any] = {"twin_": type(f"_{kind.__name__}", (), {"__slots__": names}), "kind_": kind}
    exec("\n ".join([*lines, "made_.__class__ = kind_", "return made_"]), known)  # noqa: S102 - of names alone
    make: Callable[..., _Value] = known["make"]
    return make
