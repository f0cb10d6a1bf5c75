"""jobs run, run-due, daemon, retry: doing the work."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.cli import options
from timeline.cli.jobs_options import LogFormat, Name, Quiet, RunNumber, Verbose, log_of
from timeline.cli.printing import clean, listing, say, shape_of

if TYPE_CHECKING:
    from timeline.cli.progress import Step
    from timeline.cli.stopping import Stopping
    from timeline.jobs.listening import Listener
    from timeline.jobs.scheduled.doing import Doing
    from timeline.jobs.scheduled.logs import Log
    from timeline.model import Claim, Job
    from timeline.model.errors import InputError, StoreError
    from timeline.store.store import Store

_STOPPED = 130


def run(
    name: Name,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Fetch and read, and only say what would be imported.")
    ] = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    as_nl: options.AsNl = False,
    log_format: LogFormat = "text",
    quiet: Quiet = False,
    verbose: Verbose = False,
    db: options.Db = None,
) -> None:
    """Run a job now, out of turn; when it is to run next stays as it is.

    Example: timeline jobs run wire --dry-run
    """
    from timeline.model.errors import UsageError

    log = log_of(log_format, quiet=quiet, verbose=verbose)
    if dry_run:
        _would(name, db, as_json=as_json, as_csv=as_csv, as_nl=as_nl)
        return
    if as_json or as_csv or as_nl:
        raise UsageError("--json, --csv and --nl go with --dry-run")
    from timeline.jobs.scheduled.running import LEASE

    with _at_work(log, db, _STOPPED) as (doing, _):
        _one(doing, doing.store.jobs.begin(name, doing.clock.now(), LEASE))


def retry(
    run: RunNumber,
    log_format: LogFormat = "text",
    quiet: Quiet = False,
    verbose: Verbose = False,
    db: options.Db = None,
) -> None:
    """Do a run again, now, that failed, was missed, or waits to be tried again.

    Example: timeline jobs retry 12
    """
    from timeline.jobs.scheduled.running import LEASE

    with _at_work(log_of(log_format, quiet=quiet, verbose=verbose), db, _STOPPED) as (doing, _):
        _one(doing, doing.store.jobs.retry(run, doing.clock.now(), LEASE))


def run_due(
    log_format: LogFormat = "text",
    quiet: Quiet = False,
    verbose: Verbose = False,
    db: options.Db = None,
) -> None:
    """Do what is due, and end: for cron and systemd timers. Any number of them may run at once.

    Exit code 1: a run failed, or waits to be tried again.
    """
    from datetime import UTC, datetime

    from timeline.jobs.scheduled.exposed import exposed_store
    from timeline.store import open_jobs

    log = log_of(log_format, quiet=quiet, verbose=verbose)
    with open_jobs(db) as jobs:  # mostly nothing is, and all that imports is not needed
        if not jobs.is_due(datetime.now(UTC)):
            if warning := exposed_store(jobs.path):
                log.say("warning", warning)
            return
    from timeline.jobs.scheduled import daemon

    with _at_work(log, db, _STOPPED) as (doing, stopping):

        def do(claim: Claim) -> None:
            doing(claim)
            stopping.check()

        daemon.run_due(doing.store, doing.clock, do)
        failed = doing.failed
    if failed:
        raise typer.Exit(1)


def daemon(
    log_format: LogFormat = "text",
    quiet: Quiet = False,
    verbose: Verbose = False,
    db: options.Db = None,
) -> None:
    """Do what is due for ever. Any number of daemons share the work, also on several machines with PostgreSQL.

    SIGTERM and SIGINT stop it within 5 seconds: what runs is given back, to be done by another or later. A second
    signal ends it at once.
    """
    from timeline.jobs.scheduled.daemon import serve

    log = log_of(log_format, quiet=quiet, verbose=verbose)
    with _at_work(log, db, 0) as (doing, stopping):

        def do(claim: Claim) -> None:
            doing(claim)
            stopping.check()

        def nap(seconds: float) -> None:
            with stopping.open():
                time.sleep(seconds)

        def trouble(error: StoreError) -> None:
            log.say("error", f"{error}. Tried again in a while")

        def hung() -> None:
            log.say("error", "a run does not come to its end: the daemon ends, for its keeper to begin it anew")
            os._exit(1)

        doing.hung = hung
        log.say("info", "the daemon begins")
        serve(doing.store, doing.clock, do, nap, trouble)


@contextmanager
def _at_work(log: Log, db: str | None, stopped: int) -> Iterator[tuple[Doing, Stopping]]:
    """All that runs need, until they end or are stopped: then the exit code is `stopped`."""
    from timeline.cli.progress import progress
    from timeline.cli.stopping import Stopping
    from timeline.jobs.importing import Tally
    from timeline.jobs.scheduled.doing import Doing
    from timeline.jobs.scheduled.exposed import exposed_store
    from timeline.jobs.scheduled.hooks import hooks_of
    from timeline.jobs.scheduled.importing import Importing
    from timeline.jobs.scheduled.running import Clock, StopError
    from timeline.store import open_store

    hooks = hooks_of()
    with open_store(db, create=False) as store, Importing() as importing, _shown(log, progress("importing")) as step:
        if warning := exposed_store(store.path):
            log.say("warning", warning)

        def stoppable(store: Store, job: Job, listener: Listener) -> Tally:
            with stopping.open():
                return importing(store, job, listener)

        doing = Doing(store, stoppable, Clock(), log, hooks, item=step)
        stopping = Stopping(lambda: _given_back(doing), stopped)
        with stopping.listening():
            try:
                yield doing, stopping
            except StopError:
                log.say("info", "stopped")
                raise typer.Exit(stopped) from None


@contextmanager
def _shown(log: Log, bar: Any) -> Iterator[Step]:
    """A bar for who sits before a terminal and wants no line for each item."""
    if log.as_json or log.level == "debug":
        yield lambda _origin, _number=1: None
        return
    with bar as step:
        yield step


def _given_back(doing: Doing) -> None:
    with suppress(Exception):
        if doing.doing is not None:
            doing.store.jobs.give_back(doing.doing, doing.clock.now(), "it was stopped")


def _one(doing: Doing, claim: Claim) -> None:
    run = doing(claim)
    if run is None or run.status.value in ("failed", "waiting"):
        raise typer.Exit(1)
    if run.status.value == "partly":
        raise typer.Exit(3)


def _would(name: str, db: str | None, *, as_json: bool, as_csv: bool, as_nl: bool) -> None:
    """What a run would import."""
    from timeline.cli.printing import Shape
    from timeline.jobs.scheduled.importing import Importing
    from timeline.jobs.scheduled.planning import planned
    from timeline.jobs.secrets import without_secrets
    from timeline.store import open_store

    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    with open_store(db, create=False, readonly=True) as store, Importing() as importing:
        job = store.jobs.get(name).job

        def missing(error: InputError) -> None:
            say(f"timeline: {without_secrets(str(error), job)}")

        found = [
            {
                "what": each.what,
                "items": each.items,
                "published": each.published,
                "title": each.title,
                "origin": without_secrets(each.origin, job),
                "reason": without_secrets(each.reason, job),
            }
            for each in planned(store, job, importing, missing)
        ]
    columns = ("what", "items", "published", "title", "origin", "reason")
    listing(found, shape, columns=columns, numbers=("items",), empty="Its sources give nothing.")
    if shape is Shape.TABLE:
        kinds = dict.fromkeys(row["what"] for row in found)
        counts = (f"{sum(int(str(r['items'])) for r in found if r['what'] == kind)} {kind}" for kind in kinds)
        say(clean(f"Nothing was written. {', '.join(counts)}"))
