"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from timeline.model.errors import TimelineError


def write_atomically(path: Path, pieces: Iterable[str]) -> None:
    """Write beside the file, sync, then rename: a reader sees the old file or the new one, never a part.

    Raises TimelineError when the place cannot be written.
    """
    target = path.resolve()
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise _refused(path, error) from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(target)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise _refused(path, error) from error
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _refused(path: Path, error: OSError) -> TimelineError:
    return TimelineError(
        f"it cannot be written: {(error.strerror or str(error)).lower()}",
        where=str(path),
        hint="Name another file with -o",
    )
