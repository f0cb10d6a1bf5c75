"""Jobs as operators write them, in options or in a file: made, checked, and written again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from timeline.jobs.scheduled.options import OPTIONS
from timeline.jobs.scheduled.schedule import length_of, schedule_of, seconds_of
from timeline.jobs.secrets import told_openly
from timeline.model import CatchUp, Job
from timeline.model.errors import UsageError
from timeline.sources.finding import is_address

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_FLAGS = ("link", "follow", "allow-private")


def job_of(
    name: str, told: Mapping[str, object], now: datetime, *, before: Job | None = None, folder: Path | None = None
) -> Job:
    """The job that is told, in place of the one before where there is one: what is not told stays as it was, "" takes
    an option away. Relative paths are those of the `folder`. Raises UsageError that names what is wrong."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name for a job", hint="Use letters, digits, - _ and . (at most 64)")
    values: dict[str, object] = {}
    options = dict(before.options) if before else {}
    for key, value in told.items():
        if key in _FIELDS:
            field, read = _FIELDS[key]
            values[field] = read(key, value)
        elif key in OPTIONS:
            options[key] = _option(key, value)
        else:
            raise UsageError(f"{key}: a job has no such key", hint=f"Say {', '.join((*_FIELDS, *OPTIONS))}")
    if before:  # the other one of the two takes its place
        values |= {"cron": ""} if values.get("every") and "cron" not in told else {}
        values |= {"every": ""} if values.get("cron") and "every" not in told else {}
    job = replace(before or Job(name, ()), **values, options={k: v for k, v in options.items() if v})  # type: ignore[arg-type]
    return _checked(_placed(job, folder or Path.cwd()), now)


def written(job: Job) -> dict[str, object]:
    """What `job_of` makes the same job from; what is as it always is, is left out."""
    usual, found = Job(job.name, ()), dict[str, object]()
    for key, (field, read) in _FIELDS.items():
        value = getattr(job, field)
        if value != getattr(usual, field):
            found[key] = length_of(value) if read is _length else list(value) if key == "sources" else value
    if "catch-up" in found:
        found["catch-up"] = job.catch_up.value
    return found | {key: _plain(key, job.options[key]) for key in OPTIONS if key in job.options}


def _checked(job: Job, now: datetime) -> Job:
    # Imported here: what only writes jobs down does without all that imports.
    from timeline.jobs.scheduled.importing import wanted

    if not job.sources:
        raise UsageError("a job needs sources", where=job.name, hint="Name files, folders or addresses")
    for source in job.sources:
        if source == "-" or not source.strip():
            raise UsageError(f"sources: {source!r} is none that a job can read", where=job.name)
        told_openly(source)
    schedule = schedule_of(job, now)
    if job.jitter:
        first = schedule.after(now)
        times = [first, *(first := schedule.after(first) for _ in range(8))]
        shortest = min(later - earlier for earlier, later in pairwise(times)).total_seconds()
        if job.jitter >= shortest:
            raise UsageError("jitter: it is as long as the time between two runs", where=job.name, hint="Give less")
    if not job.timeout:
        raise UsageError("timeout: a run needs some time", where=job.name, hint="Write such as 30m")
    wanted(job.options)
    return job


def _placed(job: Job, folder: Path) -> Job:
    """With whole paths: who runs the job sits in another folder."""

    def whole(path: str) -> str:
        return (
            path if is_address(path) or path == "-" or path.startswith("${") else str(folder / Path(path).expanduser())
        )

    options = {key: whole(value) if key == "mapping" else value for key, value in job.options.items()}
    return replace(job, sources=tuple(map(whole, job.sources)), options=options)


def _text(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise UsageError(f"{key}: {value!r} is no text")
    return value.strip()


def _texts(key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)):
        raise UsageError(f"{key}: {value!r} is no list of texts", hint='Write ["https://example.org/feed.xml"]')
    return tuple(_text(key, each) for each in value)


def _whole(key: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise UsageError(f"{key}: {value!r} is no number of them")
    return value


def _length(key: str, value: object) -> int:
    words = _text(key, value)
    return 0 if words in ("", "0", "0s") else seconds_of(words, key)


def _flag(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise UsageError(f"{key}: {value!r} is neither true nor false")
    return value


def _catch_up(key: str, value: object) -> CatchUp:
    try:
        return CatchUp(_text(key, value))
    except ValueError as error:
        raise UsageError(f"{key}: {value!r} is none", hint=f"Say {', '.join(CatchUp)}") from error


def _option(key: str, value: object) -> str:
    """An option as `wanted` reads it."""
    if key in _FLAGS and value != "":
        return "yes" if _flag(key, value) else "no"
    return str(_whole(key, value)) if key == "jobs" else _text(key, value)


def _plain(key: str, value: str) -> object:
    return value == "yes" if key in _FLAGS else int(value) if key == "jobs" else value


_FIELDS: dict[str, tuple[str, Callable[[str, object], object]]] = {
    "sources": ("sources", _texts),
    "every": ("every", _text),
    "cron": ("cron", _text),
    "tz": ("zone", _text),
    "jitter": ("jitter", _length),
    "catch-up": ("catch_up", _catch_up),
    "max-failures": ("max_failures", _whole),
    "timeout": ("timeout", _length),
    "expect-min": ("expect", _whole),
    "enabled": ("enabled", _flag),
}
