"""countries, people, organisations: who can be asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.cli import options
from timeline.cli.printing import Shape, listing, say, shape_of
from timeline.model import ActorKind

if TYPE_CHECKING:
    from timeline.store import ActorRow


def countries(
    as_json: options.AsJson = False, as_csv: options.AsCsv = False, as_nl: options.AsNl = False, db: options.Db = None
) -> None:
    """List the countries of the store, with their number of events and the first and last known day."""
    from timeline.reference.countries import name_of
    from timeline.store import open_store

    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    with open_store(db, create=False) as store:
        found = store.countries()
    rows = [
        {
            "code": r.country,
            "country": name_of(r.country),
            "events": r.events,
            "first": _day(r.first),
            "last": _day(r.last),
        }
        for r in found
    ]
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
    kept = [r for r in found if all_ or r.actor.kind is not ActorKind.GROUP or r.actor.id]
    rows = [{"kind": r.actor.kind.value, **actor_row(r)} for r in kept]
    columns = ("name", "kind", "country", "events", "first", "last", "names")
    listing(rows, shape, columns=columns, numbers=("events",), empty="No organisations yet.")
    if shape is Shape.TABLE and (hidden := len(found) - len(kept)):
        say(f"{hidden} group{'s' if hidden > 1 else ''} without a name hidden; --all shows them.")


def actor_row(row: ActorRow) -> dict[str, Any]:
    """An actor as listings show it."""
    return {
        "name": row.actor.name,
        "country": row.actor.country,
        "events": row.events,
        "first": _day(row.first),
        "last": _day(row.last),
        "names": [name for name in row.names if name != row.actor.name],
        "id": row.actor.id,
    }


def _day(value: object) -> str | None:
    return str(value) if value else None
