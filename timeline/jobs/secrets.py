"""Secrets in the sources of a job: "${NEWS_TOKEN}" stands for a variable of the environment.

The value is put in where something is asked for and nowhere else: what is stored, logged and told has the name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from urllib.parse import quote, quote_plus

from timeline.model import Job
from timeline.model.errors import InputError, UsageError

_USER = re.compile(r"^[a-z][a-z0-9+.-]*:[/\\]+[^/?#]*@", re.IGNORECASE)
_OF_VARIABLES = re.compile(r"[^=&;?#]*=\$\{[A-Za-z_][A-Za-z0-9_]*\}(?=[&;#]|$)")
_NAMED = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def expanded(source: str, environment: Mapping[str, str]) -> str:
    """The source with the values of the variables that it names. Raises InputError for one that is not set."""

    def value(match: re.Match[str]) -> str:
        found = environment.get(match[1])
        if not found:
            raise InputError(f"the environment has no variable {match[1]}", where=source, hint="Set it for the job")
        return found

    return _NAMED.sub(value, source)


def hidden(line: str, source: str, environment: Mapping[str, str]) -> str:
    """A line with the names of the source's variables where it has their values."""
    for name in _NAMED.findall(source):
        if value := environment.get(name):
            for spelled in (value, quote(value, safe=""), quote_plus(value)):
                line = line.replace(spelled, f"${{{name}}}")
    return line


def without_secrets(line: str, job: Job, environment: Mapping[str, str] = os.environ) -> str:
    """A line about a job with the names of variables where it has their values."""
    for source in job.sources:
        line = hidden(line, source, environment)
    return line


def told_openly(source: str) -> None:
    """Raises UsageError for a source with a secret in it that is no name of a variable."""
    # Imported here: what only hides secrets does without what fetches.
    from timeline.sources.fetching.urls import secretive

    if _USER.search(source):
        hint = "Addresses with a user or a password are not fetched: ask for one with a key, as ?key=${NAME}"
        raise UsageError("a source has a user or a password in it", hint=hint)
    if secretive(_OF_VARIABLES.sub("", source)):
        hint = "Write ${NAME} in its place, and set NAME in the environment of what runs the jobs"
        raise UsageError("a source has a secret in it, which would be stored and shown", hint=hint)
