"""Files that others may read or change though they should not."""

from __future__ import annotations

import stat
from pathlib import Path


def exposed(path: Path, *, secret: bool) -> str:
    """What is wrong with a file's permissions: others may read what is `secret`, or change what decides what is
    fetched; "" where nothing is."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return ""
    if mode & (stat.S_IWGRP | stat.S_IWOTH) and (secret or mode & stat.S_IWOTH):
        return f"others may change {path}: chmod {'600' if secret else 'o-w'} {path}"
    if secret and mode & (stat.S_IRGRP | stat.S_IROTH):
        return f"others may read {path}, which has secrets: chmod 600 {path}"
    return ""


def exposed_store(path: Path | None) -> str:
    """The same of a store's file."""
    return exposed(path, secret=False) if path is not None else ""
