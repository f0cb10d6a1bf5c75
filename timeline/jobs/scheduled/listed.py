"""Jobs in a TOML file under version control: read, written, compared with those that are there.

[jobs.wire]
sources = ["https://example.org/feed.xml"]
every = "1h"
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from timeline.jobs.scheduled.defining import job_of, written
from timeline.model import Job
from timeline.model.errors import InputError, NotFoundError, UsageError


@dataclass(frozen=True, slots=True)
class Change:
    """What a file changes about the job of a name: `job` is None where it goes; a line for each key."""

    name: str
    job: Job | None
    lines: tuple[str, ...]


def read(path: Path, now: datetime) -> list[Job]:
    """The jobs of a file, in its order. Raises NotFoundError, InputError naming file, table and key."""
    try:
        told = tomllib.loads(path.read_bytes().decode("utf-8"))
    except FileNotFoundError as error:
        raise NotFoundError(
            "there is no such file", where=str(path), hint="'timeline jobs export' writes one"
        ) from error
    except OSError as error:
        raise InputError(f"it cannot be read: {(error.strerror or str(error)).lower()}", where=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"this is no TOML: {error}", where=str(path), hint="Nothing was changed") from error
    strange = [key for key in told if key != "jobs"]
    tables = told.get("jobs", {})
    if strange or not isinstance(tables, dict):
        what = f"{strange[0] if strange else 'jobs'}: only tables [jobs.NAME] stand here"
        raise InputError(what, where=str(path), hint="Nothing was changed")
    return [_job(path, name, table, now) for name, table in tables.items()]


def text(jobs: Iterable[Job]) -> str:
    """Jobs as `read` takes them."""
    return "\n".join(_table(job) for job in jobs)


def changes(there: Mapping[str, Job], told: Iterable[Job], *, prune: bool) -> list[Change]:
    """What the jobs that are told change about those that are there; with `prune` what is not told goes."""
    found, named = [], set[str]()
    for job in told:
        named.add(job.name)
        before, after = written(there[job.name]) if job.name in there else {}, written(job)
        keys = [key for key in dict.fromkeys([*before, *after]) if before.get(key) != after.get(key)]
        if keys or job.name not in there:
            found.append(Change(job.name, job, tuple(_line(key, before.get(key), after.get(key)) for key in keys)))
    gone = sorted(there.keys() - named) if prune else []
    return found + [Change(name, None, ()) for name in gone]


def _job(path: Path, name: str, table: object, now: datetime) -> Job:
    where, hint = f"{path}, [jobs.{_key(name)}]", "Nothing was changed"
    if not isinstance(table, dict):
        raise InputError("this is no table", where=where, hint=hint)
    try:
        return job_of(name, table, now, folder=path.resolve().parent)
    except (UsageError, InputError, NotFoundError) as error:
        raise InputError(error.what.removeprefix("--"), where=where, hint=error.hint or hint) from error


def _table(job: Job) -> str:
    lines = [f"{key} = {_value(value)}\n" for key, value in written(job).items()]
    return f"[jobs.{_key(job.name)}]\n{''.join(lines)}"


def _key(name: str) -> str:
    return _value(name) if "." in name else name


def _value(value: object) -> str:
    """A text, a number, a truth or a list of them in TOML; JSON writes all of these so."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _line(key: str, before: object, after: object) -> str:
    if before is None or after is None:
        return f"{'+' if before is None else '-'} {key} = {_value(after if before is None else before)}"
    return f"~ {key} = {_value(before)} → {_value(after)}"
