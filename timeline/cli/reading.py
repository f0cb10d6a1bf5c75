"""The articles of FILE or standard input, for commands that need no store."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from timeline.cli.printing import say
from timeline.model.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from timeline.model import Article
    from timeline.sources.given import Given


class Articles:
    """The articles that FILE holds, in their order, as the user's options have them.

    `many` says whether it holds JSON Lines of articles rather than one; lines that cannot be read are told on stderr
    and counted in `bad`, the others in `good`. Raises NotFoundError and InputError as soon as it is made.
    """

    def __init__(self, file: str, given: Given, *, hint: str = "Check the path") -> None:
        from timeline.sources.finding import Found
        from timeline.sources.formats import format_of, readers

        self._given = given
        self.good = self.bad = 0
        path = None if file == "-" else _existing(file, hint)
        self._found = Found.standard_input(sys.stdin.buffer) if path is None else Found.file(path, file, _warn)
        self._reader = format_of(self._found.head, readers().values())
        self._data = self._found.read()
        self.many = self._reader.name != "text"

    def __iter__(self) -> Iterator[Article]:
        from timeline.sources import Bad, Gone, Link

        for item in self._reader.read(self._data, self._found.origin):
            if isinstance(item, (Link, Gone)):
                continue
            if isinstance(item, Bad):
                self.bad += 1
                say(f"timeline: {item.origin}: {item.reason}")
                continue
            self.good += 1
            yield self._given.apply(item, self._found)

    def fail(self, line: str) -> None:
        """Tell and count an article that could be read but not extracted."""
        self.good, self.bad = self.good - 1, self.bad + 1
        say(f"timeline: {line}")

    def leave(self) -> None:
        """Raises typer.Exit where something could not be done: 3, done in part, or 1 where there was no other."""
        if self.bad:
            raise typer.Exit(3 if self.good else 1)


def _warn(line: str) -> None:
    say(f"timeline: {line}")


def _existing(file: str, hint: str) -> Path:
    path = Path(file)
    try:
        if path.is_dir():
            raise InputError("this is a folder", where=file, hint="Name one file; 'timeline import' takes folders")
        if not path.exists():
            raise NotFoundError("there is no such file", where=_short(file), hint=hint)
    except (OSError, ValueError) as error:
        # A text given for a file can be too long for a name, or hold a NUL.
        raise NotFoundError("there is no such file", where=_short(file), hint=hint) from error
    return path


def _short(name: str) -> str:
    return name if len(name) <= 100 else f"{name[:99]}…"


def content(file: str) -> str:
    """The text of a file, or of standard input for "-". Raises NotFoundError, InputError."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else _existing(file, "Check the path").read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("this is no UTF-8", where=_short(file)) from error
    except OSError as error:
        raise InputError("this cannot be read", where=_short(file), hint=error.strerror or "") from error
