"""Options of the commands about jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.cli.taking import option, taking

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.jobs.scheduled.logs import Log

Name = Annotated[str, typer.Argument(metavar="NAME", help="A job; 'timeline jobs list' lists them.")]
RunNumber = Annotated[int, typer.Argument(metavar="RUN", help="A run's number; 'timeline jobs history' lists them.")]
LogFormat = Annotated[
    str, typer.Option("--log-format", help="What is logged to stderr: text, or json, one object a line.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Log only what goes wrong.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Log each item, too.")]

# What a job is made of, for `add` and `edit`: option, type, help. None is: not given.
_OPTIONS: tuple[tuple[str, type, str], ...] = (
    ("every", str, "Run so often, such as 6h, 30m or 1d."),
    ("cron", str, 'Run by a cron line, such as "0 6 * * *", in the zone of --tz.'),
    ("tz", str, "Time zone of the cron line, such as Asia/Yangon (default: UTC)."),
    ("jitter", str, "Begin up to so much later, such as 5m, to spread the load."),
    ("catch_up", str, "Of the times when nothing ran: latest (default), all or none is made up for."),
    ("max_failures", int, "Disable itself after so many failures in a row (default: 5; 0: never)."),
    ("timeout", str, "Longest time of a run (default: 30m)."),
    ("expect_min", int, "Fail where the sources give fewer items."),
    ("format", str, "Read as this format, whatever it looks like: timeline sources."),
    ("mapping", str, "TOML file that says what the columns of a table mean."),
    ("dataset", str, "Rows: keep them as the data set of this name."),
    ("link", bool, "Rows: may be one event with what other sources tell."),
    ("follow", bool, "Feeds and sitemaps: fetch the articles that they list."),
    ("publisher", str, "Who published it."),
    ("published_from", str, "What dates an article that states none: name, mtime or none."),
    ("allow_private", bool, "Also fetch from private addresses, such as localhost."),
    ("contact", str, "Address that servers are told to complain to."),
    ("extractor", str, "Who reads the texts: default or llm."),
    ("jobs", int, "Extract in so many processes."),
)


def defining(command: Callable[..., None]) -> Callable[..., None]:
    """A command that takes these options, too; it is given those that were given, as `job_of` reads them, as `told`."""

    options = [
        option(name, Annotated[kind | None, typer.Option(_flag(name, kind), help=help_)])
        for name, kind, help_ in _OPTIONS
    ]
    return taking(command, "told", options, _told)


def _told(values: dict[str, Any]) -> dict[str, object]:
    return {name.replace("_", "-"): value for name, value in values.items() if value is not None}


def _flag(name: str, kind: type) -> str:
    said = name.replace("_", "-")
    return f"--{said}/--no-{said}" if kind is bool else f"--{said}"


def log_of(form: str, *, quiet: bool, verbose: bool) -> Log:
    """What logs to stderr. Raises UsageError for options that contradict each other."""
    import sys
    from datetime import UTC, datetime

    from timeline.cli.printing import clean
    from timeline.jobs.scheduled.logs import Log
    from timeline.model.errors import UsageError

    if form not in ("text", "json"):
        raise UsageError(f"--log-format: {form!r} is none", hint="Say text or json")
    if quiet and verbose:
        raise UsageError("give only one of --quiet and --verbose")

    def write(line: str) -> None:
        print(clean(line), file=sys.stderr, flush=True)

    level = "warning" if quiet else "debug" if verbose else "info"
    return Log(write, lambda: datetime.now(UTC), level, form == "json")
