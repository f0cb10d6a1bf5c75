"""The options that say which events are meant: the table of `asking/filters.py`, as every command has it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection
from typing import Annotated, Any, cast

import typer

from timeline.asking.asked import Asked
from timeline.asking.filters import FILTERS as TABLE
from timeline.asking.filters import ORDER, Filter, Shape
from timeline.cli.taking import option, taking

__all__ = ["FILTERS", "ORDER", "filters"]

_TYPES: dict[Shape, Any] = {
    Shape.TEXT: str | None,
    Shape.SEVERAL: list[str] | None,
    Shape.TWO: tuple[str, str] | None,
    Shape.YES: bool,
    Shape.WHOLE: int | None,
    Shape.NUMBER: float | None,
}


def _option(filter_: Filter) -> Any:
    names = [f"--{filter_.name}", *([f"-{filter_.short}"] if filter_.short else [])]
    said = typer.Option(*names, metavar=filter_.metavar or None, help=filter_.help)
    return Annotated[_TYPES[filter_.shape], said]


# One option for each key of Asked, in the order of --help.
FILTERS: dict[str, Any] = {each.key: _option(each) for each in TABLE}


def filters(without: Collection[str] = ()) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A command that takes `asked: Asked`, as Typer sees it: with an option for each key of it in that place."""
    options = [_parameter(name, said) for name, said in FILTERS.items() if name not in without]
    return lambda command: taking(command, "asked", options, _asked)


def _asked(values: dict[str, Any]) -> Asked:
    return cast("Asked", {name: said for name, said in values.items() if _is_said(said)})


def _is_said(value: Any) -> bool:
    """Typer gives None, an empty list or False for an option that is not there."""
    return value is not None and value is not False and value != []


def _parameter(name: str, said: Any) -> inspect.Parameter:
    return option(name, said, False if said.__origin__ is bool else None)
