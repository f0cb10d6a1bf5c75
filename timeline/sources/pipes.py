"""Named pipes, to which perhaps nobody ever writes: they are waited for, which is told, but not for ever."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from timeline.model.errors import InputError

PATIENCE = 60.0
"""Seconds in which somebody has to open a pipe for writing; who has may take as long as it takes."""
_QUIET = 1.0  # seconds before it is said that something is waited for
_PAUSE = 0.05  # seconds between two looks
_OPEN_ALREADY = Path("/dev/fd")  # where "<(…)" of a shell lies, which has both ends open


def is_pipe(path: Path) -> bool:
    """Whether it is a pipe with a name of its own ("mkfifo"): opening one waits until somebody writes to it."""
    real = path.resolve()
    return real.is_fifo() and real.parent != _OPEN_ALREADY


def open_pipe(path: Path, warn: Callable[[str], None]) -> tuple[bytes, BinaryIO]:
    """What is written to a pipe: its first bytes and a stream of the others; `warn` is told that it is waited for.
    Raises InputError where nobody opens it in time, OSError where it cannot be opened."""
    pipe = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        first = _first(pipe, path, warn)
        os.set_blocking(pipe, True)
    except BaseException:
        os.close(pipe)
        raise
    return first, os.fdopen(pipe, "rb")


def _first(pipe: int, path: Path, warn: Callable[[str], None]) -> bytes:
    """The first byte, as soon as there is one, or none as soon as there is a writer."""
    begun, told = time.monotonic(), False
    while True:
        try:
            if data := os.read(pipe, 1):
                return data
        except BlockingIOError:  # there is a writer, who has written nothing so far
            return b""
        waited = time.monotonic() - begun
        if waited >= PATIENCE:
            what = f"this is a pipe, and nobody wrote to it for {PATIENCE:.0f} seconds"
            raise InputError(what, where=str(path), hint="Start what writes to it, then import it")
        if waited >= _QUIET and not told:
            told = True
            warn(f"{path}: a pipe that nobody writes to yet. It is waited for {PATIENCE:.0f} seconds")
        time.sleep(_PAUSE)
