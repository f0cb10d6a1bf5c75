"""jobs: scheduled imports, defined once, run for years."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli import jobs_running, jobs_seeing, jobs_setting_up, options
from timeline.cli.jobs_options import Name, defining
from timeline.cli.printing import say

if TYPE_CHECKING:
    from timeline.model import Job
    from timeline.store.store import Store

app = typer.Typer(
    help="Scheduled imports: what is fetched when, what became of it. 'run-due' or 'daemon' does the work.",
    no_args_is_help=True,
)

Sources = Annotated[
    list[str],
    typer.Argument(metavar="SOURCE…", help='Files, folders, patterns, addresses; "${NAME}" is a variable\'s value.'),
]


@app.command()
@defining
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What to call it.")],
    sources: Sources,
    disabled: Annotated[bool, typer.Option("--disabled", help="Do not run it until 'jobs enable'.")] = False,
    db: options.Db = None,
    *,
    told: dict[str, object],
) -> None:
    """Define a job: what to import, and when.

    Example: timeline jobs add wire https://example.org/feed.xml --every 1h --contact desk@example.org
    """
    from timeline.jobs.scheduled.defining import job_of
    from timeline.store import open_store

    now = datetime.now(UTC)
    job = job_of(name, {"sources": sources, "enabled": not disabled, **told}, now)
    with open_store(db) as store:
        store.jobs.add(job, now, jobs_setting_up.next_of(job, now, now))
        _said(store, job)


@app.command()
@defining
def edit(
    name: Name,
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE…]", help="In the place of all sources before.")
    ] = None,
    disabled: Annotated[bool | None, typer.Option("--disabled/--enabled", help="Whether it runs by itself.")] = None,
    db: options.Db = None,
    *,
    told: dict[str, object],
) -> None:
    """Change a job: what is not given stays as it is; "" takes an option away. A job that disabled itself runs again.

    Example: timeline jobs edit wire --every 30m --publisher ""
    """
    from timeline.jobs.scheduled.defining import job_of
    from timeline.store import open_store

    given = {**({"sources": sources} if sources else {}), **({} if disabled is None else {"enabled": not disabled})}
    now = datetime.now(UTC)
    with open_store(db, create=False) as store:
        before = store.jobs.get(name)
        job = job_of(before.job.name, {**given, **told}, now, before=before.job)
        _changed(store, job, before.created, now)


@app.command()
def enable(name: Name, db: options.Db = None) -> None:
    """Let a job run by itself, also one that disabled itself."""
    _switch(name, db, enabled=True)


@app.command()
def disable(name: Name, db: options.Db = None) -> None:
    """Let a job not run by itself until it is enabled again. What runs now goes on."""
    _switch(name, db, enabled=False)


@app.command()
def remove(
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    db: options.Db = None,
) -> None:
    """Remove a job with its history. What it imported stays."""
    from timeline.store import open_store

    with open_store(db, create=False) as store:
        found = store.jobs.get(name).job.name
        if not yes:
            typer.confirm(f"Remove the job {found} with its history?", abort=True, err=True)
        store.jobs.remove(found)
    say(f"The job {found} is removed; what it imported stays.")


def _switch(name: str, db: str | None, *, enabled: bool) -> None:
    from timeline.store import open_store

    now = datetime.now(UTC)
    with open_store(db, create=False) as store:
        before = store.jobs.get(name)
        if before.job.enabled == enabled and not before.trouble:
            say(f"The job {before.job.name} is {'enabled' if enabled else 'disabled'} already.")
            return
        _changed(store, replace(before.job, enabled=enabled), before.created, now)


def _changed(store: Store, job: Job, created: datetime, now: datetime) -> None:
    store.jobs.change(job, now, jobs_setting_up.next_of(job, created, now))
    _said(store, job)


def _said(store: Store, job: Job) -> None:
    state = store.jobs.get(job.name)
    when = jobs_seeing.local(state.next, job.zone) if state.next else "not by itself: it is disabled"
    say(f"The job {job.name} runs next {when}.")


app.command("list")(jobs_seeing.list_)
app.command()(jobs_seeing.show)
app.command()(jobs_running.run)
app.command()(jobs_running.run_due)
app.command()(jobs_running.daemon)
app.command()(jobs_seeing.history)
app.command()(jobs_running.retry)
app.command()(jobs_seeing.logs)
app.command()(jobs_seeing.health)
app.command()(jobs_seeing.metrics)
app.command()(jobs_setting_up.apply)
app.command()(jobs_setting_up.export)
app.command()(jobs_setting_up.install)
