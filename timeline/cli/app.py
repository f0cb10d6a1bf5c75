"""The program's commands, put together."""

from __future__ import annotations

from typing import Annotated

import typer

import timeline
from timeline.cli import (
    actors,
    checking,
    comparing,
    database,
    dates,
    events,
    explaining,
    exporting,
    extracting,
    importing,
    jobs,
    judgements,
    judging,
    mapping,
    names,
    person,
    plotting,
    quarantining,
    reextracting,
    reviewing,
    runs,
    serving,
    showing,
    sourcing,
    types,
)

app = typer.Typer(
    name="timeline",
    help="Turn news into a timeline: who did what to whom, when, where, each tied to the sentence that reported it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"timeline {timeline.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


app.command("import")(importing.import_)
app.command()(reextracting.reextract)
app.command()(sourcing.sources)
app.command()(sourcing.inspect)
app.command()(showing.show)
app.command()(serving.serve)
app.command()(events.event)
app.command()(exporting.export)
app.command()(exporting.formats)
app.command()(plotting.plot)
app.command()(judging.merge)
app.command()(judging.split)
app.command()(judging.edit)
app.command()(judging.hide)
app.command()(judging.confirm)
app.command()(reviewing.review)
app.command()(names.countries)
app.command()(names.people)
app.command()(person.person)
app.command()(names.organisations)
app.command()(types.types)
app.command()(extracting.extract)
app.command()(explaining.explain)
app.command()(dates.dates)
app.command()(comparing.compare_extractors)
app.command()(runs.runs)
app.command()(runs.undo)
app.command()(runs.history)
app.command()(checking.check)
app.command()(checking.vacuum)
app.add_typer(jobs.app, name="jobs")
app.add_typer(actors.app, name="actors")
app.add_typer(mapping.app, name="mapping")
app.add_typer(judgements.app, name="judgements")
app.add_typer(quarantining.app, name="quarantine")
app.add_typer(database.app, name="db")
