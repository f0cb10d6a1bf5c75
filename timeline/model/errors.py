"""The one root of every error that a user may see.

    TimelineError                 exit 1
    ├── NotFoundError             a name, id or file that is not there (with suggestions)
    ├── AmbiguousError            a name that could be several things
    ├── InputError                something that was read could not be understood (it goes to quarantine)
    ├── StoreError                the database refused: locked, read-only, full, damaged, wrong version
    └── UsageError                a value that the user gave is wrong; exit 2

Each message is one line: what went wrong, where, and what to do next.
"""

from __future__ import annotations


class TimelineError(Exception):
    """What went wrong, where, and what to do next, each a short phrase; `str()` is one line."""

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        self.what, self.where, self.hint = what, where, hint
        super().__init__(what)

    def __str__(self) -> str:
        line = f"{self.where}: {self.what}" if self.where else self.what
        if self.hint:
            line = f"{line}. {self.hint}"
        return " ".join(line.split())


class NotFoundError(TimelineError):
    """A name, id or file that is not there."""


class AmbiguousError(TimelineError):
    """A name that could be several things."""


class InputError(TimelineError):
    """Something that was read could not be understood."""


class StoreError(TimelineError):
    """The database refused."""


class UsageError(TimelineError):
    """A value that the user gave is wrong."""

    exit_code = 2


def refusal(error: Exception) -> str:
    """What the system says of a file that it refuses: "no such file or directory"."""
    return (getattr(error, "strerror", None) or str(error)).lower()
