"""The program's commands, put together: all of them for a person who looks around, else the one that is asked for.

Loading the modules of all commands takes longer than most commands do.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

import timeline

_HELP = "Turn news into a timeline: who did what to whom, when, where, each tied to the sentence that reported it."
# A command and the function that does it, in the order of --help.
_COMMANDS = {
    "import": "importing.import_",
    "reextract": "reextracting.reextract",
    "sources": "sourcing.sources",
    "inspect": "sourcing.inspect",
    "show": "showing.show",
    "serve": "serving.serve",
    "event": "events.event",
    "export": "exporting.export",
    "formats": "exporting.formats",
    "plot": "plotting.plot",
    "merge": "judging.merge",
    "split": "judging.split",
    "edit": "judging.edit",
    "hide": "judging.hide",
    "confirm": "judging.confirm",
    "review": "reviewing.review",
    "countries": "names.countries",
    "people": "names.people",
    "person": "person.person",
    "organisations": "names.organisations",
    "types": "types.types",
    "extract": "extracting.extract",
    "explain": "explaining.explain",
    "dates": "dates.dates",
    "compare-extractors": "comparing.compare_extractors",
    "runs": "runs.runs",
    "undo": "runs.undo",
    "history": "runs.history",
    "check": "checking.check",
    "vacuum": "checking.vacuum",
}
# A group of commands and the module whose `app` it is.
_GROUPS = {
    "jobs": "jobs",
    "actors": "actors",
    "mapping": "mapping",
    "judgements": "judgements",
    "quarantine": "quarantining",
    "db": "database",
}


def program(words: Sequence[str] = ()) -> typer.Typer:
    """The program with the command that these arguments ask for; with every command where they ask for none of them."""
    app = typer.Typer(
        name="timeline",
        help=_HELP,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_options)
    known = {*_COMMANDS, *_GROUPS}
    wanted = known.intersection(words[:1]) or known
    for name, function in _COMMANDS.items():
        if name in wanted:
            module, _, called = function.partition(".")
            app.command(name)(getattr(import_module(f"timeline.cli.{module}"), called))
    for name, module in _GROUPS.items():
        if name in wanted:
            app.add_typer(import_module(f"timeline.cli.{module}").app, name=name)
    return app


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"timeline {timeline.__version__}")
        raise typer.Exit


def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass
