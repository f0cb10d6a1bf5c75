"""judgements: what people judged, listed, taken back, carried from one store to another."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.cli import options
from timeline.cli.authors import Author, Note, me, moment, on_record
from timeline.cli.printing import Shape, listing, many, say, shape_of
from timeline.model.errors import InputError

if TYPE_CHECKING:
    from timeline.store.carrying import Line
    from timeline.store.event_judgements import EventJudgement

app = typer.Typer(
    help="What people judged about events. Judgements are never deleted, only taken back, and outlast every import.",
    no_args_is_help=True,
)

_COLUMNS = ("n", "judgement", "what", "events", "author", "made", "note", "undone")


@app.command("list")
def list_(
    as_json: options.AsJson = False, as_csv: options.AsCsv = False, as_nl: options.AsNl = False, db: options.Db = None
) -> None:
    """List every judgement about events: what, by whom, when and why, and whether it was taken back."""
    from timeline.store import open_store

    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    with open_store(db, create=False) as store:
        rows = [{**judgement_object(each), "events": store.events_of(each.keys)} for each in store.event_judgements()]
        others = len(store.judgements())
    if shape is Shape.TABLE:
        rows = [{**row, "what": _what(row), "events": [each[:8] for each in row["events"]]} for row in rows]
    listing(rows, shape, columns=_COLUMNS, numbers=("n",), empty="No judgements about events yet.")
    if shape is Shape.TABLE and others:
        say(f"{others} more about actors; 'timeline actors judgements' lists them.")


@app.command()
def undo(
    number: Annotated[int, typer.Argument(metavar="N", help="Its number; 'timeline judgements list' lists them.")],
    author: Author = "",
    note: Note = "",
    db: options.Db = None,
) -> None:
    """Take a judgement about events back: they are as if it had never been. It stays on record."""
    from timeline.store import open_store

    with open_store(db, create=False) as store:
        found = store.undo_event_judgement(number, me(author), note)
    say(f"Judgement {found.number} ({found.action.value}) is taken back.")


@app.command()
def export(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write (all or nothing); else stdout.")
    ] = None,
    db: options.Db = None,
) -> None:
    """Write all judgements, about events and actors, as JSON Lines that 'judgements import' takes.

    Example: timeline judgements export -o judgements.jsonl
    """
    from timeline.exports.files import write_atomically
    from timeline.store import open_store

    with open_store(db, create=False) as store:
        lines = [json.dumps(each, ensure_ascii=False) + "\n" for each in store.exported_judgements()]
    if output is None:
        sys.stdout.writelines(lines)
    else:
        write_atomically(output, [line.encode() for line in lines])
        say(f"Wrote {many(len(lines), 'judgement')} to {output}.")


@app.command("import")
def import_(
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="What 'judgements export' wrote; - for standard input.")
    ],
    db: options.Db = None,
) -> None:
    """Take over judgements from another store, all or none of them; those taken over before are passed over.

    What names reports that this store does not have waits for them.
    """
    from timeline.store import open_store

    lines = list(_lines(file))
    with open_store(db) as store:
        taken = store.take_judgements(lines)
    say(f"read {len(lines)} = {taken.added} added + {taken.undone} taken back + {taken.known} unchanged")
    if taken.waiting:
        say(f"{taken.waiting} of these name reports that are not in this store and wait for them.")


def _lines(file: str) -> Iterator[Line]:
    """The judgements of a file. Raises NotFoundError, InputError."""
    from timeline.cli.reading import content
    from timeline.store.carrying import line_of

    for number, line in enumerate(content(file).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{'stdin' if file == '-' else file}, line {number}"
        try:
            yield line_of(json.loads(line))
        except (json.JSONDecodeError, RecursionError) as error:
            raise InputError("this is no JSON", where=where, hint="Nothing was taken over") from error
        except InputError as error:
            raise InputError(error.what, where=where, hint=error.hint or "Nothing was taken over") from error


def judgement_object(each: EventJudgement) -> dict[str, Any]:
    """A judgement about events as a plain object; the keys are a promise."""
    return {
        "n": each.number,
        "judgement": each.action.value,
        "field": each.field,
        "value": each.value,
        "reports": [list(group) for group in each.reports],
        **on_record(each),
        "uid": each.uid,
    }


def judgement_lines(judgements: Iterable[EventJudgement]) -> Iterator[str]:
    """A line for each, as 'event ID' prints them."""
    for each in judgements:
        what = _what(judgement_object(each))
        told = f"{each.action.value}{f' {what}' if what else ''}, {each.author}, {moment(each.made)}"
        yield f"  judgement   {each.number}: {told}{f': {each.note}' if each.note else ''}"


def _what(row: dict[str, Any]) -> str:
    """What an edit says, in short; which parts a split made."""
    if row["judgement"] == "split":
        leaving, staying = map(len, row["reports"])
        return f"{leaving} from {many(staying, 'report')}"
    if row["judgement"] == "merge":
        return f"{len(row['reports'])} events"
    if row["field"] == "place":
        return f"place {json.loads(row['value'])['name'] if row['value'] else 'none'}"
    return f"{row['field']} {row['value']}".strip()
