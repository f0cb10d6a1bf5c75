"""Finding the files that a user means: files, folders (searched through), standard input; their bytes one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from timeline.model.errors import InputError
from timeline.sources.decoding import LARGEST

_BATCH_LIMIT = 20 * LARGEST  # a file of many articles may be longer than one article


@dataclass(frozen=True, slots=True)
class Found:
    """A file or standard input: its origin (a file URI, "stdin") and its suffix."""

    origin: str
    suffix: str
    path: Path | None = None
    stream: BinaryIO | None = None

    @property
    def modified(self) -> float | None:
        """The file's modification time in seconds since 1970; None for standard input or a file that went away."""
        try:
            return self.path.stat().st_mtime if self.path is not None else None
        except OSError:
            return None

    def read(self) -> bytes:
        """Its bytes. Raises InputError when it cannot be read or is too large."""
        try:
            if self.stream is not None:
                data = self.stream.read(_BATCH_LIMIT + 1)
            elif self.path is not None:
                with self.path.open("rb") as file:
                    data = file.read(_BATCH_LIMIT + 1)
            else:
                data = b""
        except OSError as error:
            raise InputError(
                f"it cannot be read: {(error.strerror or str(error)).lower()}", where=self.origin
            ) from error
        if len(data) > _BATCH_LIMIT:
            raise InputError(
                f"more than {_BATCH_LIMIT // 1024 // 1024} MB in one file", where=self.origin, hint="Split it"
            )
        return data


def find(paths: Iterable[str], suffixes: Iterable[str], stdin: BinaryIO | None = None) -> Iterator[Found | InputError]:
    """What the paths name, in their order, folders sorted by name; hidden files are passed over.

    A path that is not there, or a folder without articles, comes out as an error, and the rest goes on.
    """
    wanted = tuple(s for s in suffixes if s)
    for name in paths:
        path = Path(name)
        if name == "-":
            yield Found("stdin", "", stream=stdin)
        elif path.is_dir():
            inside = sorted(
                p for p in path.rglob("*") if p.is_file() and _is_visible(p, path) and p.suffix.lower() in wanted
            )
            if not inside:
                yield InputError("the folder holds no articles", where=name, hint=f"Looked for {', '.join(wanted)}")
            yield from (_file(p) for p in inside)
        elif path.exists():
            yield _file(path)
        else:
            yield InputError("there is no such file or folder", where=name, hint="Check the path")


def _file(path: Path) -> Found:
    return Found(path.resolve().as_uri(), path.suffix.lower(), path=path)


def _is_visible(path: Path, top: Path) -> bool:
    return not any(part.startswith(".") for part in path.relative_to(top).parts) and path.name.lower() != "readme.txt"
