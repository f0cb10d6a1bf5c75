"""A progress bar for people who wait; nothing for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from timeline.cli.printing import clean


class Step(Protocol):
    """To be called with the origin of what is done, and with how much it was."""

    def __call__(self, origin: str, number: int = 1, /) -> None: ...


def _silent(origin: str, number: int = 1, /) -> None:
    pass


@contextmanager
def progress(doing: str, total: int | None = None) -> Iterator[Step]:
    """A step to call for each item done, with its origin or "" for none: a bar moves on a terminal, nothing happens
    elsewhere. `total` is how many there are, where it is known."""
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=total)

        def step(origin: str, number: int = 1, /) -> None:
            shown = clean(origin.rsplit("/", 1)[-1])[:40] if origin else doing
            bar.update(task, advance=number, description=shown)

        yield step
