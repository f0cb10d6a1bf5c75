"""What is answered: bytes of a type, whole or in pieces; errors as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from timeline.exports.safety import escaped
from timeline.model.errors import AmbiguousError, NotFoundError, StoreError, TimelineError, UsageError

JSON = "application/json"
# An option as the command line says it, which is a parameter here.
_OPTION = re.compile(r"(?<![\w-])--(?=[a-z])")


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. A browser may keep it, but asks each time whether it still holds: its tag is its body's hash."""

    body: bytes
    type: str = JSON
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def tag(self) -> str:
        return f'"{sha256(self.body).hexdigest()[:32]}"'


@dataclass(frozen=True, slots=True)
class Download:
    """A file that is made while it is sent: its first piece, and those to come, read and closed in other threads."""

    first: bytes
    pieces: Iterator[bytes]
    type: str
    name: str


def as_json(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    text = escaped(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    return Answer(f"{text}\n".encode("utf-8", "replace"), JSON, status, headers or {})


def failed(error: TimelineError, status: int) -> Answer:
    """`{"error": {"what": ..., "where": ..., "hint": ...}}`; `where` is the parameter that is at fault, if one is."""
    headers = {"Retry-After": "5"} if status == 503 else {}
    return as_json({"error": dict(zip(("what", "where", "hint"), said(error), strict=True))}, status, headers)


def said(error: TimelineError) -> tuple[str, str, str]:
    """What went wrong, where, and what to do next, with options as the parameters that they are here."""
    what, where = error.what, error.where
    if found := re.match(r"--([a-z-]+): ", what):
        what, where = what[found.end() :], found[1]
    return _OPTION.sub("", what), where, _OPTION.sub("", error.hint)


def status_of(error: TimelineError) -> int:
    """400 for a wrong value, 404 for what is not there, 503 where the database refuses."""
    if isinstance(error, StoreError):
        return 503
    if isinstance(error, NotFoundError):
        return 404
    return 400 if isinstance(error, (UsageError, AmbiguousError)) else 500
