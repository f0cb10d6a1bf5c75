"""The options that say which events are meant: the table of `asking/filters.py`, as every command has it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection
from functools import wraps
from typing import Annotated, Any

import typer

from timeline.asking.asked import Asked
from timeline.asking.filters import FILTERS as TABLE
from timeline.asking.filters import ORDER, Filter, Shape

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
    options = {name: option for name, option in FILTERS.items() if name not in without}

    def made(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def typed(**values: Any) -> None:
            asked = {name: values.pop(name) for name in options}
            command(asked=Asked(**{name: said for name, said in asked.items() if _is_said(said)}), **values)  # type: ignore[typeddict-item]

        parameters: list[inspect.Parameter] = []
        for parameter in inspect.signature(command, eval_str=True).parameters.values():
            parameters += map(_parameter, options, options.values()) if parameter.name == "asked" else [parameter]
        typed.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        typed.__annotations__ = {each.name: each.annotation for each in parameters}
        return typed

    return made


def _is_said(value: Any) -> bool:
    """Typer gives None, an empty list or False for an option that is not there."""
    return value is not None and value is not False and value != []


def _parameter(name: str, option: Any) -> inspect.Parameter:
    default = False if option.__origin__ is bool else None
    return inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=option)
