"""Commands that take many options from a table: these stand in the place of one parameter."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any


def option(name: str, annotation: Any, default: Any = None) -> inspect.Parameter:
    """An option as Typer reads it from a command's parameters."""
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def taking(
    command: Callable[..., None],
    place: str,
    options: Sequence[inspect.Parameter],
    read: Callable[[dict[str, Any]], Any],
) -> Callable[..., None]:
    """The command as Typer sees it, with the options in the place of its parameter of the name `place`; it is given
    there what `read` makes of their values, which are known by the options' names."""

    @wraps(command)
    def typed(**values: Any) -> None:
        told = {each.name: values.pop(each.name) for each in options}
        command(**values, **{place: read(told)})

    parameters: list[inspect.Parameter] = []
    for parameter in inspect.signature(command, eval_str=True).parameters.values():
        own = parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        parameters += options if parameter.name == place else [own]
    typed.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    typed.__annotations__ = {each.name: each.annotation for each in parameters}
    return typed
