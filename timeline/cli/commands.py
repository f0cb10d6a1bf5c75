"""The program's commands by name, and where each is made: one command imports no other."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Annotated

import typer

import timeline

# In the order in which the help lists them: name, module, function; the groups after the commands.
COMMANDS: tuple[tuple[str, str, str], ...] = (
    ("import", "importing", "import_"),
    ("reextract", "reextracting", "reextract"),
    ("sources", "sourcing", "sources"),
    ("inspect", "sourcing", "inspect"),
    ("show", "showing", "show"),
    ("serve", "serving", "serve"),
    ("event", "events", "event"),
    ("export", "exporting", "export"),
    ("formats", "exporting", "formats"),
    ("plot", "plotting", "plot"),
    ("merge", "judging", "merge"),
    ("split", "judging", "split"),
    ("edit", "judging", "edit"),
    ("hide", "judging", "hide"),
    ("confirm", "judging", "confirm"),
    ("review", "reviewing", "review"),
    ("countries", "names", "countries"),
    ("people", "names", "people"),
    ("person", "person", "person"),
    ("organisations", "names", "organisations"),
    ("types", "types", "types"),
    ("extract", "extracting", "extract"),
    ("explain", "explaining", "explain"),
    ("dates", "dates", "dates"),
    ("compare-extractors", "comparing", "compare_extractors"),
    ("runs", "runs", "runs"),
    ("undo", "runs", "undo"),
    ("history", "runs", "history"),
    ("check", "checking", "check"),
    ("vacuum", "checking", "vacuum"),
)
GROUPS: tuple[tuple[str, str], ...] = (
    ("jobs", "jobs"),
    ("actors", "actors"),
    ("mapping", "mapping"),
    ("judgements", "judgements"),
    ("quarantine", "quarantining"),
    ("db", "database"),
)


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


_HELP = "Turn news into a timeline: who did what to whom, when, where, each tied to the sentence that reported it."


def program(arguments: Iterable[str] = ()) -> typer.Typer:
    """The program as far as these arguments need it: with the one command that they begin with; with all of them where
    they begin with none (help, a wrong name)."""
    app = typer.Typer(
        name="timeline",
        help=_HELP,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_options)
    wanted = next(iter(arguments), "")
    known = {*(name for name, _, _ in COMMANDS), *(name for name, _ in GROUPS)}
    for name, module, function in COMMANDS:
        if wanted == name or wanted not in known:
            app.command(name)(getattr(import_module(f"timeline.cli.{module}"), function))
    for name, module in GROUPS:
        if wanted == name or wanted not in known:
            app.add_typer(import_module(f"timeline.cli.{module}").app, name=name)
    return app
