"""jobs apply, export, install: jobs in a file under version control, and what calls for them."""

from __future__ import annotations

import getpass
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli import options
from timeline.cli.printing import clean, many, say
from timeline.model.errors import TimelineError, UsageError

if TYPE_CHECKING:
    from timeline.model import Job


def next_of(job: Job, created: datetime, now: datetime) -> datetime | None:
    """When a job that is made or changed now runs next."""
    from timeline.jobs.scheduled.daemon import next_time
    from timeline.jobs.scheduled.schedule import schedule_of

    return next_time(job, schedule_of(job, created), now)


def apply(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Jobs in TOML; 'timeline jobs export' writes one.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Remove jobs that the file does not name.")] = False,
    db: options.Db = None,
) -> None:
    """Make the jobs as a file says, all or nothing: shows the difference first, and asks. Twice changes nothing.

    Example: timeline jobs apply jobs.toml --prune
    """
    from timeline.jobs.scheduled.exposed import exposed
    from timeline.jobs.scheduled.listed import changes, read
    from timeline.store import open_store

    now = datetime.now(UTC)
    told = read(file, now)
    if warning := exposed(file, secret=False):
        say(f"timeline: {warning}")
    with open_store(db) as store:
        there = {state.job.name: state for state in store.jobs.all()}
        found = changes({name: state.job for name, state in there.items()}, told, prune=prune)
        for change in found:
            what = "-" if change.job is None else "~" if change.name in there else "+"
            typer.echo(clean(f"{what} {change.name}"))
            for line in change.lines:
                typer.echo(clean(f"    {line}"))
        if not found:
            say("Nothing changes.")
            return
        if not yes:
            typer.confirm("Do that?", abort=True, err=True)
        made = [(change.job, change.name) for change in found if change.job is not None]
        since = {name: there[name].created if name in there else now for _, name in made}
        planned = [(job, next_of(job, since[name], now)) for job, name in made]
        store.jobs.apply(planned, [change.name for change in found if change.job is None], now)
    say(f"{many(len(found), 'job')} changed.")


def export(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write (all or nothing); else stdout.")
    ] = None,
    db: options.Db = None,
) -> None:
    """Write all jobs as TOML that 'jobs apply' takes.

    Example: timeline jobs export -o jobs.toml
    """
    from timeline.exports.files import write_atomically
    from timeline.jobs.scheduled.listed import text
    from timeline.store import open_store

    with open_store(db, create=False, readonly=True) as store:
        jobs = [state.job for state in store.jobs.all()]
    if output is None:
        sys.stdout.write(text(jobs))
    else:
        write_atomically(output, [text(jobs).encode()])
        say(f"Wrote {many(len(jobs), 'job')} to {output}.")


def install(
    systemd: Annotated[bool, typer.Option("--systemd", help="Units for systemd: a service and its timer.")] = False,
    cron: Annotated[bool, typer.Option("--cron", help="A line for your crontab.")] = False,
    daemon: Annotated[
        bool, typer.Option("--daemon", help="systemd: a service that runs all the time, no timer.")
    ] = False,
    minutes: Annotated[int, typer.Option("--minutes", min=1, max=30, help="Call so often for what is due.")] = 1,
    user: Annotated[bool, typer.Option("--user", help="systemd: units of your own, not of the machine.")] = False,
    run_as: Annotated[
        str, typer.Option("--run-as", help="systemd: the user of the machine's units (default: you).")
    ] = "",
    env_file: Annotated[
        str, typer.Option("--env-file", help="File of variables (NAME=value lines); secrets belong there.")
    ] = "",
    write: Annotated[bool, typer.Option("--write", help="Write it where it belongs instead of printing it.")] = False,
    db: options.Db = None,
) -> None:
    """Print, or write, what makes this machine do what is due: for systemd or cron.

    Example: timeline jobs install --systemd --user --write
    """
    from timeline.jobs.scheduled.exposed import exposed

    if systemd == cron:
        raise UsageError("say --systemd or --cron")
    if cron and (daemon or user or run_as):
        raise UsageError("--daemon, --user and --run-as go with --systemd")
    if env_file and (warning := exposed(Path(env_file).expanduser(), secret=True)):
        say(f"timeline: {warning}")
    command = _command("daemon" if daemon else "run-due", db)
    if cron:
        _cron([*command, "--quiet"], minutes, str(Path(env_file).expanduser().absolute()) if env_file else "", write)
    else:
        _systemd(command, minutes, env_file, "" if user else run_as or getpass.getuser(), daemon=daemon, write=write)


def _command(what: str, db: str | None) -> list[str]:
    """This program's, as it is to be called from anywhere. Raises UsageError for a password in it."""
    from timeline.store.engine import parse_url

    url = parse_url(db)
    if url.password:
        hint = "Put TIMELINE_DATABASE_URL in the file of --env-file instead, and leave out --db"
        raise UsageError("the database's address has a password, which would be readable to all", hint=hint)
    named = str(Path(url.database or "").absolute()) if url.get_backend_name() == "sqlite" else db or ""
    store = ["--db", named] if db else []
    return [sys.executable, "-m", "timeline", "jobs", what, *store]


def _systemd(command: list[str], minutes: int, env_file: str, run_as: str, *, daemon: bool, write: bool) -> None:
    from timeline.exports.files import write_atomically
    from timeline.jobs.scheduled.units import daemon_units, timer_units

    usual = "/etc/timeline/jobs.env" if run_as else "%h/.config/timeline/jobs.env"
    variables = str(Path(env_file).expanduser().absolute()) if env_file else usual
    units = daemon_units(command, variables, run_as) if daemon else timer_units(command, minutes, variables, run_as)
    folder = Path("/etc/systemd/system") if run_as else Path.home() / ".config" / "systemd" / "user"
    begin = f"systemctl{'' if run_as else ' --user'}"
    what = "timeline-jobs.service" if daemon else "timeline-jobs.timer"
    if not write:
        for name, unit in units.items():
            typer.echo(f"# {folder / name}\n{unit}")
    else:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise TimelineError("it cannot be written there", where=str(folder), hint="Say --user") from error
        for name, unit in units.items():
            write_atomically(folder / name, [unit.encode()])
            say(f"Wrote {folder / name}.")
    say(f"Then: {begin} daemon-reload && {begin} enable --now {what}")


def _cron(command: list[str], minutes: int, variables: str, write: bool) -> None:
    from timeline.jobs.scheduled.units import cron_line, with_line

    line = cron_line(command, minutes, variables)
    if not write:
        sys.stdout.write(line)
        return
    try:
        there = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False)  # noqa: S607
        made = with_line(there.stdout if there.returncode == 0 else "", line)
        done = subprocess.run(["crontab", "-"], input=made, capture_output=True, text=True, check=False)  # noqa: S607
    except FileNotFoundError as error:
        raise TimelineError("there is no crontab on this machine", hint="Install cron, or say --systemd") from error
    if done.returncode:
        raise TimelineError(
            f"the crontab refused it: {done.stderr.strip()}", hint="Leave out --write, and add it yourself"
        )
    say("The line is in your crontab; 'crontab -e' shows it.")
