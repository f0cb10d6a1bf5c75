"""The options that say which events are meant: declared here once, for every command that asks for some."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection
from functools import wraps
from typing import Annotated, Any

import typer

from timeline.asking.asked import Asked
from timeline.cli import options

Several = list[str] | None
Text = str | None

# One option for each key of Asked, in the order of --help.
FILTERS: dict[str, Any] = {
    "country": Annotated[
        Several, typer.Option("--country", "-c", metavar="NAME", help="Country by any usual name or code; repeatable.")
    ],
    "as_": Annotated[
        Text,
        typer.Option(
            "--as",
            metavar="WHAT",
            help="How --country is concerned: actor (it takes part) or place (it happens there).",
        ),
    ],
    "with_predecessors": Annotated[
        bool,
        typer.Option("--with-predecessors", help="Also states that a country succeeded (Soviet Union for Russia)."),
    ],
    "person": Annotated[
        Several, typer.Option("--person", "-p", metavar="NAME", help="Person by any usual name; repeatable.")
    ],
    "organisation": Annotated[
        Several, typer.Option("--organisation", metavar="NAME", help="Organisation by any usual name; repeatable.")
    ],
    "group": Annotated[Several, typer.Option("--group", metavar="NAME", help="Group by any usual name; repeatable.")],
    "between": Annotated[
        tuple[str, str] | None,
        typer.Option("--between", metavar="A B", help="Both take part: countries, people, organisations or groups."),
    ],
    "place": Annotated[
        Several,
        typer.Option(
            "--place",
            metavar="PLACE",
            help="Where: a city, site, region or country, such as 'Tripoli, Lebanon'; repeatable.",
        ),
    ],
    "near": Annotated[
        Text, typer.Option("--near", metavar="PLACE", help="A place, or LAT,LON; with --within, how far from it.")
    ],
    "within": Annotated[
        Text, typer.Option("--within", metavar="DISTANCE", help="100km or 60mi from --near (50km if not given).")
    ],
    "type": Annotated[
        Several, typer.Option("--type", metavar="TYPE", help="PLOVER type, such as CONSULT; repeatable.")
    ],
    "kind": Annotated[
        Several,
        typer.Option("--kind", "-k", metavar="KIND", help="Our kind, such as visit; 'timeline types' lists them."),
    ],
    "since": Annotated[
        Text,
        typer.Option(
            "--since", metavar="DATE", help="May have happened on this date or later: 2021, '3 March 2025', 'last May'."
        ),
    ],
    "until": Annotated[
        Text, typer.Option("--until", metavar="DATE", help="May have happened on this date or earlier.")
    ],
    "text": Annotated[
        Text,
        typer.Option(
            "--text",
            "-t",
            metavar="WORDS",
            help="Whole words that title, sentence, actors or place must have; drone* begins.",
        ),
    ],
    "modality": Annotated[
        Several,
        typer.Option(
            "--modality", "-m", metavar="MODALITY", help="actual, planned, denied or hypothetical; repeatable."
        ),
    ],
    "exactness": Annotated[
        Several,
        typer.Option(
            "--exactness",
            metavar="HOW",
            help="Date known to the day, month, season, year, decade, century, interval, open, unknown; repeatable.",
        ),
    ],
    "source": Annotated[
        Several,
        typer.Option(
            "--source", metavar="TEXT", help="Part of a publisher's, address's or data set's name; repeatable."
        ),
    ],
    "min_sources": Annotated[
        int | None, typer.Option("--min-sources", metavar="N", help="Told by at least so many articles and data sets.")
    ],
    "run": Annotated[
        int | None, typer.Option("--run", metavar="N", help="Told by what the import of that number read.")
    ],
    "all": options.All,
    "min_salience": Annotated[
        float | None, typer.Option("--min-salience", metavar="X", help="Least salience, 0 to 1.")
    ],
    "hidden": Annotated[bool, typer.Option("--hidden", help="Also events that a person hid.")],
    "confirmed": Annotated[bool, typer.Option("--confirmed", help="Only events that a person confirmed.")],
    "sort": Annotated[
        Text,
        typer.Option(
            "--sort",
            metavar="ORDER",
            help="date (if not given), or the most first: reported (lately), sources, salience.",
        ),
    ],
    "reverse": Annotated[bool, typer.Option("--reverse", "-r", help="The other way round: the latest first.")],
    "limit": Annotated[int | None, typer.Option("--limit", "-n", metavar="N", help="At most so many events.")],
    "after": Annotated[
        Text, typer.Option("--after", metavar="ID", help="Those that follow this event in the order asked for.")
    ],
}
# Those that say how many, in which order, not which.
ORDER = frozenset({"sort", "reverse", "limit", "after"})


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
