"""jobs list, show, history, logs, health, metrics: what there is, and how it goes."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from timeline.cli import options
from timeline.cli.jobs_options import Name, RunNumber
from timeline.cli.printing import Shape, clean, listing, many, say, shape_of
from timeline.jobs.listening import moment
from timeline.model.job import COUNTS

if TYPE_CHECKING:
    from timeline.model import JobLine, JobRun, JobState

_RUN_COLUMNS = ("run", "job", "planned", "started", "seconds", "status", "attempt", "missed", *COUNTS, "error")
_PAGE = 500  # jobs that are listed in a table with borders; more would take seconds
_SHOWN = 60  # characters of an error in a table


def list_(
    as_json: options.AsJson = False, as_csv: options.AsCsv = False, as_nl: options.AsNl = False, db: options.Db = None
) -> None:
    """List the jobs: when each runs next, in its own time zone, and how its last run went."""
    from timeline.store import open_jobs

    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    with open_jobs(db) as jobs:
        rows = [_row(line) for line in jobs.lines()] if shape is Shape.TABLE else map(_object, jobs.all())
    columns = ("name", "schedule", "next", "last", "result", "failures", "sources")
    if isinstance(rows, list) and len(rows) > _PAGE:
        _plainly([dict(zip(columns, columns, strict=True)), *rows], columns)
        return
    hint = "No jobs yet. 'timeline jobs add' defines one."
    listing(rows, shape, columns=columns, numbers=("failures",), empty=hint)


def show(
    name: Name,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    db: options.Db = None,
) -> None:
    """Show a job: how it is defined, when it runs next, how its last run went."""
    from timeline.jobs.scheduled.defining import written
    from timeline.store import open_jobs

    with open_jobs(db) as jobs:
        state, (line,) = jobs.get(name), jobs.lines(name)
    if as_json:
        typer.echo(json.dumps(_object(state), ensure_ascii=False, indent=1))
        return
    row = _row(line)
    lines = {"name": state.job.name, **written(state.job), "next run": row["next"], "last run": row["last"]}
    lines |= {"result": row["result"], "failures": f"{state.failures} in a row" if state.failures else ""}
    last = state.last
    lines |= {"error": last.error if last else "", "disabled itself": state.trouble}
    for key, value in lines.items():
        for each in value if isinstance(value, list) else [value]:
            if each != "":
                typer.echo(f"{key:<15} {clean(str(each))}")


def history(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Of this job; of all without one.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many runs.")] = 50,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    as_nl: options.AsNl = False,
    db: options.Db = None,
) -> None:
    """List the runs, the latest first: when, how long, what came of it.

    Example: timeline jobs history wire -n 10
    """
    from timeline.store import open_jobs

    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    with open_jobs(db) as jobs:
        rows = [run_object(run) for run in jobs.history(name, limit)]
    if shape is Shape.TABLE:
        rows = [
            row | {"error": _short(row["error"]), **{k: _minute(row[k]) for k in ("planned", "started")}}
            for row in rows
        ]
    numbers = ("run", "seconds", "attempt", "missed", *COUNTS)
    listing(rows, shape, columns=_RUN_COLUMNS, numbers=numbers, empty="No job has run yet.")


def logs(
    run: RunNumber,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    as_nl: options.AsNl = False,
    db: options.Db = None,
) -> None:
    """Print what a run logged: its first 500 lines; those of a job's latest 50 runs are kept.

    Example: timeline jobs logs 12
    """
    from timeline.store import open_jobs

    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    with open_jobs(db) as jobs:
        found = jobs.logs(run)
    if shape is Shape.TABLE:
        for line in found:
            typer.echo(f"{moment(line.at)} {line.level:<7} {clean(line.text)}")
        if not found:
            say("Nothing is kept of what it logged.")
        return
    rows = ({"at": moment(line.at), "level": line.level, "text": line.text} for line in found)
    listing(rows, shape, columns=("at", "level", "text"))


def health(
    late: Annotated[str, typer.Option("--late", help="How late a job may be, such as 15m.")] = "15m",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    db: options.Db = None,
) -> None:
    """Say whether all is well: no job late, none that disabled itself, no run whose process died. Exit code 1: it is
    not."""
    from timeline.jobs.scheduled.schedule import seconds_of
    from timeline.jobs.scheduled.seeing import unwell
    from timeline.store import open_jobs

    now, bound = datetime.now(UTC), timedelta(seconds=seconds_of(late, "--late"))
    with open_jobs(db) as jobs:
        states = jobs.all()
        found = unwell(states, jobs.left(now, 1000), now, bound)
    if as_json:
        typer.echo(json.dumps({"ok": not found, "jobs": len(states), "problems": found}, ensure_ascii=False, indent=1))
    else:
        for line in found:
            typer.echo(clean(line))
        if not found:
            say(f"All is well with {many(len(states), 'job')}.")
    if found:
        raise typer.Exit(1)


def metrics(db: options.Db = None) -> None:
    """Print how the jobs are in the text format of Prometheus.

    Example: timeline jobs metrics > /var/lib/node_exporter/timeline.prom
    """
    from timeline.jobs.scheduled.seeing import metrics as of
    from timeline.store import open_jobs

    with open_jobs(db) as jobs:
        sys.stdout.write(of(jobs.all()))


def local(at: datetime, zone: str) -> str:
    """A moment in a job's zone: 2026-01-02 06:00 +0630 Asia/Yangon."""
    try:
        told = at.astimezone(ZoneInfo(zone)).isoformat(" ", "minutes")
        return f"{told[:16]} {told[16:].replace(':', '')} {zone}"
    except (ValueError, OSError, KeyError):
        return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def run_object(run: JobRun) -> dict[str, Any]:
    """A run as a plain object; the keys are a promise."""
    return {
        "run": run.number,
        "job": run.job,
        "planned": _moment(run.planned),
        "started": _moment(run.started),
        "ended": _moment(run.ended),
        "seconds": None if run.seconds is None else round(run.seconds, 1),
        "status": run.status.value,
        "attempt": run.attempt,
        "next_try": _moment(run.next_try),
        "missed": run.missed,
        **run.counts,
        "import": run.run,
        "error": run.error,
    }


def _object(state: JobState) -> dict[str, Any]:
    from timeline.jobs.scheduled.defining import written

    return {
        "name": state.job.name,
        "enabled": state.job.enabled,
        "trouble": state.trouble,
        "next": _moment(state.next),
        "next_local": local(state.next, state.job.zone) if state.next else None,
        "failures": state.failures,
        "succeeded": _moment(state.succeeded),
        "last": run_object(state.last) if state.last else None,
        **{key: value for key, value in written(state.job).items() if key != "enabled"},
    }


def _row(line: JobLine) -> dict[str, Any]:
    more = len(line.sources) - 1
    return {
        "name": line.name,
        "schedule": line.schedule,
        "next": local(line.next, line.zone) if line.next else "disabled itself" if line.trouble else "disabled",
        "last": local(line.last, line.zone) if line.last else "",
        "result": _result(line) if line.last else "",
        "failures": line.failures or "",
        "sources": _short(line.sources[0]) + (f" and {more} more" if more else ""),
    }


def _result(line: JobLine) -> str:
    return f"{line.status}: {_short(line.error) if line.error else f'{line.read} read, {line.added} added'}"


def _plainly(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> None:
    """Columns as wide as they need to be."""
    cells = [[clean(str(row[name])) for name in columns] for row in rows]
    line = "  ".join(f"{{:<{max(map(len, column))}}}" for column in zip(*cells, strict=True))
    sys.stdout.writelines(f"{line.format(*row).rstrip()}\n" for row in cells)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _minute(moment: str | None) -> str:
    return moment[:16].replace("T", " ") if moment else ""


def _moment(at: datetime | None) -> str | None:
    return moment(at) if at else None
