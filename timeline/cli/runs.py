"""runs, undo, history: what the store has been through."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.cli import options
from timeline.cli.printing import Shape, clean, listing, say, shape_of
from timeline.cli.progress import progress
from timeline.jobs.listening import moment

if TYPE_CHECKING:
    from timeline.store import Run
    from timeline.store.records import History
    from timeline.store.values import Changed

_COUNTS = ("added", "updated", "unchanged", "quarantined")
_COLUMNS = ("run", "started", "ended", "status", *_COUNTS, "arguments")


def runs(
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1, help="At most so many runs.")] = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    as_nl: options.AsNl = False,
    db: options.Db = None,
) -> None:
    """List the imports, the latest first, with what each did.

    One without an end is running still, or was killed: what it had saved is there, and the same command again does
    the rest. 'timeline undo RUN' takes one back.
    """
    from timeline.store import open_store

    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    with open_store(db, create=False) as store:
        found = store.runs(limit)
    rows = [_run(run) for run in found]
    if shape is Shape.TABLE:
        rows = [row | {"status": _status(run)} for row, run in zip(rows, found, strict=True)]
    listing(rows, shape, columns=_COLUMNS, numbers=("run", *_COUNTS), empty="Nothing was imported yet.")


def _run(run: Run) -> dict[str, Any]:
    return {
        "run": run.id,
        "started": moment(run.started),
        "ended": moment(run.ended) if run.ended else None,
        "status": run.status.value,
        "read": run.counts.read,
        **{name: getattr(run.counts, name) for name in _COUNTS},
        "undone": run.undone,
        "arguments": run.arguments,
    }


def _status(run: Run) -> str:
    return f"undone by {run.undone}" if run.undone else run.status.value


def undo(
    run: Annotated[list[int], typer.Argument(metavar="RUN…", help="Numbers of runs; 'timeline runs' lists them.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go or come back.")] = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    as_nl: options.AsNl = False,
    db: options.Db = None,
) -> None:
    """Put everything back as a run found it: what it added goes, what it changed or took away comes back.

    Example: timeline undo 3 --dry-run

    All or nothing. The undo is a run itself: undoing that brings it all again. Where a later run has changed the same
    article, that one must be undone first, or both together. Judgements stay.
    """
    from timeline.model.errors import UsageError
    from timeline.store import open_store

    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    if shape is not Shape.TABLE and not dry_run:
        raise UsageError("--json, --csv and --nl go with --dry-run")
    with open_store(db, create=False, readonly=dry_run) as store:
        if dry_run:
            found = [
                {"what": each.what, "subject": each.subject, "id": each.id, "title": each.title}
                for each in store.would_undo(*run)
            ]
            columns = ("what", "subject", "id", "title")
            listing(found, shape, columns=columns, empty="No article or row would change.")
            return
        with progress("undoing") as step:
            undone = store.undo_runs(*run, step=step)
    told = f"{undone.gone} gone, {undone.back} back, {undone.other} as before"
    say(f"Run {undone.run} has undone run {', '.join(map(str, undone.runs))}: {told}.")


def history(
    event: Annotated[str, typer.Argument(metavar="ID", help="An event's id, also of one that is gone.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    db: options.Db = None,
) -> None:
    """Tell everything that became of an event, in order: who reported it first, what changed, by what.

    Example: timeline history 3f2a
    """
    from timeline.store import open_store

    with open_store(db, create=False, readonly=True) as store:
        found = store.history(event)
    if as_json:
        typer.echo(json.dumps(_history(found), ensure_ascii=False, indent=1))
        return
    state = {"event": "", "joined": f" (joined into {found.leads})", "withdrawn": " (withdrawn)"}[found.state]
    typer.echo(f"{found.id}  {clean(found.title)}{state}")
    if found.first:
        source = f"article {found.first.article}, {found.first.title}" if found.first.article else found.first.title
        by = f" by run {found.first.run}" if found.first.run else ""
        typer.echo(f"{moment(found.first.at)}  first reported{by}: {clean(source)}")
    for each in found.changes:
        typer.echo(f"{moment(each.at)}  {clean(_change(found.id, each))}{_by(each)}")
    for old in found.redirects:
        typer.echo(f"{old} leads here.")


def _change(event: str, changed: Changed) -> str:
    change = changed.change
    if change.what == "joined":
        return (
            f"joined into {change.new}" if change.event == event else f"{change.event} joined into this: {change.old}"
        )
    if change.what == "back":
        return f"an event of its own again, no longer {f'part of {change.old}' if change.old else 'withdrawn'}"
    if change.what == "withdrawn":
        return f"withdrawn: {change.old}"
    return f"{change.what}: {change.old or '-'} → {change.new or '-'}"


def _by(changed: Changed) -> str:
    if changed.run:
        return f", by run {changed.run}"
    return f", by judgement {changed.judgement}" if changed.judgement else ""


def _history(found: History) -> dict[str, Any]:
    first = found.first
    return {
        "id": found.id,
        "state": found.state,
        "leads": found.leads or None,
        "title": found.title,
        "first": {"at": moment(first.at), "run": first.run, "article": first.article or None, "title": first.title}
        if first
        else None,
        "changes": [
            {
                "at": moment(each.at),
                "event": each.change.event,
                "what": each.change.what,
                "old": each.change.old,
                "new": each.change.new,
                "run": each.run,
                "judgement": each.judgement,
            }
            for each in found.changes
        ],
        "redirects": list(found.redirects),
    }
