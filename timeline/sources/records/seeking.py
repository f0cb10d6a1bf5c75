"""What must be read from its end: kept aside where its stream cannot go back."""

from __future__ import annotations

import tempfile
from importlib.util import find_spec
from typing import IO, BinaryIO

from timeline.model.errors import InputError

_IN_MEMORY = 16 << 20
_LARGEST = 8 << 30  # bytes; a pipe that never ends must not fill the disk
_BLOCK = 1 << 20


def seekable(stream: BinaryIO, origin: str) -> IO[bytes]:
    """The stream itself where it can go back, else a temporary file of its bytes, which is gone with it. Raises
    InputError for more than 8 GB."""
    try:
        if stream.seekable():
            stream.seek(0)
            return stream
    except (OSError, AttributeError, ValueError):
        pass
    kept: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the caller reads it
    size = 0
    while data := stream.read(_BLOCK):
        size += len(data)
        if size > _LARGEST:
            raise InputError("more than 8 GB from a stream", where=origin, hint="Save it as a file")
        kept.write(data)
    kept.seek(0)
    return kept


def needed(module: str, extra: str, title: str) -> None:
    """Raises InputError with what to install where a library is not there."""
    if find_spec(module) is None:
        raise InputError(f"{title} cannot be read here", hint=f"Install it: pip install 'timeline-events[{extra}]'")
