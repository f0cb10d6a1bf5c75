"""quarantine: what could not be read, why, and what to do about it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.cli import options
from timeline.cli.authors import moment
from timeline.cli.paging import beyond
from timeline.cli.printing import clean, listing, many, say, shape_of
from timeline.cli.progress import progress
from timeline.model.errors import UsageError

if TYPE_CHECKING:
    from timeline.store import Quarantined
    from timeline.store.store import Store

app = typer.Typer(help="What could not be read: list, show, retry, drop.", no_args_is_help=False)

_SHOWN = 2_000  # characters of an item

Numbers = Annotated[list[int] | None, typer.Argument(metavar="N…", help="Numbers, as the list has them.")]
Every = Annotated[bool, typer.Option("--all", help="All that is in quarantine.")]
Words = Annotated[list[str] | None, typer.Option("--reason", help="Only those whose reason has this in it.")]
Origin = Annotated[str, typer.Option("--origin", help="Only those whose file or address has this in it.")]
RunNumber = Annotated[int | None, typer.Option("--run", help="Only those that this run met last.")]
Limit = Annotated[int | None, typer.Option("--limit", "-n", min=1, help="At most so many.")]
After = Annotated[int | None, typer.Option("--after", metavar="N", help="Only those below this number.")]


@app.callback(invoke_without_command=True)
def quarantine(
    context: typer.Context,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    as_nl: options.AsNl = False,
    db: options.Db = None,
) -> None:
    """List what could not be read, with its reason; its commands show, retry and drop it.

    Importing a mended file again reads it, and takes it out.
    """
    if context.invoked_subcommand is None:
        list_(as_json=as_json, as_csv=as_csv, as_nl=as_nl, db=db)


@app.command("list")
def list_(
    reason: Words = None,
    origin: Origin = "",
    run: RunNumber = None,
    limit: Limit = None,
    after: After = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    as_nl: options.AsNl = False,
    db: options.Db = None,
) -> None:
    """List what could not be read, the latest first.

    Example: timeline quarantine list --reason "no JSON" --limit 20
    """
    from timeline.store import QuarantineQuery, open_store

    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    query = QuarantineQuery(tuple(reason or ()), origin, run, after, beyond(limit))
    with open_store(db, create=False) as store:
        found = store.quarantined(query)
    rows = [_object(each) for each in found[:limit]]
    columns = ("number", "origin", "reason", "bytes", "attempts", "seen")
    filtered = bool(reason or origin or run is not None or after is not None)
    listing(
        rows,
        shape,
        columns=columns,
        numbers=("number", "bytes", "attempts"),
        empty="Nothing in quarantine matches." if filtered else "The quarantine is empty.",
    )
    if limit is not None and len(found) > limit:
        say(f"More follow: --after {found[limit - 1].id}")


@app.command()
def show(
    number: Annotated[int, typer.Argument(metavar="N", help="Its number, as the list has it.")],
    raw: Annotated[bool, typer.Option("--raw", help="Write its bytes, and nothing else, to standard output.")] = False,
    as_json: options.AsJson = False,
    db: options.Db = None,
) -> None:
    """Show one item: where it was, why it could not be read, and what it is.

    Example: timeline quarantine show 7 --raw > item.txt
    """
    from timeline.store import open_store

    if raw and as_json:
        raise UsageError("give only one of --raw and --json")
    with open_store(db, create=False) as store:
        item = store.quarantine_item(number)
    data = item.data or b""
    if raw:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    text = data.decode("utf-8", errors="backslashreplace")
    if as_json:
        import json

        told = {**_object(item), "text": text}
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        return
    lines = [f"{name:<12}{value}" for name, value in _object(item).items() if value is not None]
    shown = text[:_SHOWN].splitlines() or ["(nothing was kept of it)" if item.data is None else "(it is empty)"]
    sys.stdout.writelines(clean(line) + "\n" for line in [*lines, "", *(f"  {line}" for line in shown)])
    if len(text) > _SHOWN:
        say(f"... and {len(text) - _SHOWN:,} characters more; --raw writes all of it")


@app.command()
def retry(
    numbers: Numbers = None,
    every: Every = False,
    offline: options.Offline = False,
    allow_private: options.AllowPrivate = False,
    contact: options.Contact = "",
    extractor: options.Extractor = "default",
    db: options.Db = None,
) -> None:
    """Read items again, from the bytes that were kept; those that can be read now are imported and leave.
    What could not be fetched is fetched.

    Example: timeline quarantine retry --all

    Exit code 3: some of them stay.
    """
    from timeline.jobs.listening import added_up
    from timeline.jobs.retrying import retry as again
    from timeline.store import open_store

    options.extractor(extractor)
    with (
        open_store(db, create=False) as store,
        options.fetching(store, offline=offline, allow_private=allow_private, contact=contact) as fetch,
        progress("reading again") as step,
    ):
        chosen = _chosen(store, numbers, every=every)

        def told(item: Quarantined, reason: str) -> None:
            step(item.origin)
            say(f"{item.id} stays: {reason}" if reason else f"{item.id} was read: {item.origin}")

        counts = again(store, chosen, fetch=fetch, name=extractor, told=told)
    say(added_up(counts))
    if counts.quarantined:
        raise typer.Exit(3 if counts.read > counts.quarantined else 1)


@app.command()
def drop(
    numbers: Numbers = None,
    every: Every = False,
    before: Annotated[
        datetime | None,
        typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help="All that was last met before this day (UTC)."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    db: options.Db = None,
) -> None:
    """Throw items away. It is a run, which 'timeline undo' takes back.

    Example: timeline quarantine drop --before 2026-01-01 --yes
    """
    from timeline.store import Counts, open_store

    with open_store(db, create=False) as store:
        chosen = _chosen(store, numbers, every=every, before=before.date() if before else None)
        if not chosen:
            say("Nothing to drop.")
            return
        if not yes and not typer.confirm(f"Drop {many(len(chosen), 'item')}?", err=True):
            say("Nothing was dropped.")
            raise typer.Exit(1)
        run = store.begin_run("quarantine drop " + " ".join(map(str, chosen)))
        gone = store.release(chosen, run)
        store.finish_run(run, Counts())
    say(f"Dropped {many(gone, 'item')}; 'timeline undo {run}' brings back what was dropped.")


def _chosen(store: Store, numbers: Sequence[int] | None, *, every: bool, before: date | None = None) -> list[int]:
    """The numbers of the items that a command is about, rising. Raises UsageError, and NotFoundError for one that is
    none."""
    if sum((bool(numbers), every, before is not None)) != 1:
        raise UsageError("say which items", hint="Give numbers, as 'timeline quarantine' lists them, or --all")
    if before is not None or every:
        return store.quarantine_numbers(datetime.combine(before, time.min, UTC) if before is not None else None)
    return sorted({store.quarantine_item(number).id for number in numbers or ()})


def _object(item: Quarantined) -> dict[str, Any]:
    return {
        "number": item.id,
        "origin": item.origin,
        "reason": item.reason,
        "bytes": len(item.data or b""),
        "attempts": item.attempts,
        "run": item.run,
        "seen": moment(item.seen),
        "retried": moment(item.retried),
    }
