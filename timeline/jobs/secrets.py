"""Secrets in the sources of a job: "${NEWS_TOKEN}" stands for a variable of the environment.

The value is put in where something is asked for and nowhere else: what is stored, logged and told has the name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from timeline.model.errors import InputError

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
            line = line.replace(value, f"${{{name}}}")
    return line
