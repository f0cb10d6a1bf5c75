"""Writing a file or a folder whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from timeline.model.errors import TimelineError


def write_atomically(path: Path, pieces: Iterable[bytes]) -> None:
    """Write beside the file, sync, then rename: a reader sees the old file or the new one, never a part.

    What is no file of its own (a pipe, /dev/null) is written to as it is. Raises TimelineError when the place cannot be
    written.
    """
    target = path.resolve()
    try:
        if target.exists() and not target.is_file() and not target.is_dir():
            with target.open("wb") as file:
                file.writelines(pieces)
            return
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise _refused(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_mask())
        Path(name).replace(target)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise _refused(path, error) from error
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_folder(path: Path, fill: Callable[[Path], None], *, force: bool = False) -> None:
    """Let `fill` write a folder beside this one, then put it in its place; what stood there goes only with `force`.

    Raises TimelineError when the place cannot be written.
    """
    target = path.resolve()
    try:
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
    except OSError as error:
        raise _refused(path, error) from error
    try:
        fill(made)
        made.chmod(0o777 & ~_mask())
        if force and target.is_dir():
            old = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".old", dir=target.parent))
            target.replace(old)
            made.replace(target)
            shutil.rmtree(old)
        else:
            made.replace(target)
    except OSError as error:
        shutil.rmtree(made, ignore_errors=True)
        raise _refused(path, error) from error
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def refuse_what_is_there(*paths: Path) -> None:
    """Raises TimelineError where one of these files or folders exists; pipes and devices may be written to."""
    for path in paths:
        if path.is_file() or path.is_dir():
            raise TimelineError("it exists already", where=str(path), hint="Name another one, or add --force")


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _refused(path: Path, error: OSError) -> TimelineError:
    return TimelineError(
        f"it cannot be written: {(error.strerror or str(error)).lower()}",
        where=str(path),
        hint="Name another file with -o",
    )
