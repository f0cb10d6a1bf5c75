"""A progress bar for people who wait; nothing for programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from timeline.cli.printing import clean


@contextmanager
def progress(doing: str, total: int | None = None) -> Iterator[Callable[[str], None]]:
    """A function to call with the origin of each item done, or "" for none: a bar moves on a terminal, nothing happens
    elsewhere. `total` is how many there are, where it is known."""
    if not sys.stderr.isatty():
        yield lambda _origin: None
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

        def step(origin: str) -> None:
            bar.update(task, advance=1, description=clean(origin.rsplit("/", 1)[-1])[:40] if origin else doing)

        yield step
