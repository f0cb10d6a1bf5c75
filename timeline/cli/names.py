"""countries, people, organisations: who can be asked for."""

from __future__ import annotations

from typing import Annotated

import typer

from timeline.asking.answers import actor_row, body_row, country_row, has_name
from timeline.cli import options
from timeline.cli.printing import Shape, listing, many, say, shape_of


def countries(
    as_json: options.AsJson = False, as_csv: options.AsCsv = False, as_nl: options.AsNl = False, db: options.Db = None
) -> None:
    """List the countries of the store, with their number of events and the first and last known day."""
    from timeline.store import open_store

    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    with open_store(db, create=False) as store:
        found = store.countries()
    rows = [country_row(r) for r in found]
    listing(
        rows,
        shape,
        columns=("code", "country", "events", "first", "last"),
        numbers=("events",),
        empty="No countries yet.",
    )


def people(
    country: Annotated[str | None, typer.Option("--country", "-c", help="Only people of this country.")] = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    as_nl: options.AsNl = False,
    db: options.Db = None,
) -> None:
    """List the people of the store, with the spellings seen and their number of events."""
    from timeline.store import open_store

    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    code = options.country_code(country)
    with open_store(db, create=False) as store:
        found = store.actors("person", code)
    rows = [actor_row(r) for r in found]
    listing(
        rows,
        shape,
        columns=("name", "country", "events", "first", "last", "names"),
        numbers=("events",),
        empty="No people yet.",
    )


def organisations(
    country: Annotated[str | None, typer.Option("--country", "-c", help="Only those of this country.")] = None,
    all_: Annotated[
        bool, typer.Option("--all", "-a", help="Also groups that articles only describe, such as protesters.")
    ] = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    as_nl: options.AsNl = False,
    db: options.Db = None,
) -> None:
    """List the organisations and groups of the store, with the spellings seen and their number of events."""
    from timeline.asking.who import BODIES
    from timeline.store import open_store

    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    code = options.country_code(country)
    with open_store(db, create=False) as store:
        found = store.actors(BODIES, code)
    kept = [r for r in found if all_ or has_name(r.actor)]
    rows = [body_row(r) for r in kept]
    columns = ("name", "kind", "country", "events", "first", "last", "names")
    listing(rows, shape, columns=columns, numbers=("events",), empty="No organisations yet.")
    if shape is Shape.TABLE and (hidden := len(found) - len(kept)):
        say(f"{many(hidden, 'group')} without a name hidden; --all shows them.")
