"""What lies at many addresses, in their order: the next ones are fetched while the first are read."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Protocol

from timeline.model.errors import InputError
from timeline.sources.finding import Found
from timeline.store.values import Fetch as Known

AHEAD = 32  # addresses that are asked for at once, each host's one after another


class Fetch(Protocol):
    """Fetches an address: its bytes, or None where they are as they were when they were imported. Raises InputError."""

    def __call__(self, url: str, mark: str = "") -> Found | None:
        """`mark` is what a list says of its content ("" for nothing)."""
        ...

    def as_before(self, found: Found) -> bool:
        """Whether a file is as it was when it was imported, as far as that is asked."""
        ...

    def forget(self, url: str) -> None:
        """Not all that an address gave could be read: it is to be fetched again."""
        ...

    def knows(self, url: str) -> bool:
        """Whether what an address gave was imported before."""
        ...

    def holds(self, url: str) -> bool:
        """Whether there is an article of an address now."""
        ...

    def learnt(self) -> list[Known]:
        """What the store shall know of the addresses once everything is saved."""
        ...


Answer = Found | InputError | None


def answers(urls: Iterable[tuple[str, str]], fetch: Fetch | None) -> Iterator[tuple[str, Answer]]:
    """What is at some addresses, each with its mark, in their order. Whoever stops asking for more stops the rest."""
    if fetch is None:
        error = InputError("addresses are not fetched here", hint="Save the page and name the file")
        yield from ((url, error) for url, _ in urls)
        return

    def answer(url: str, mark: str) -> Answer:
        try:
            return fetch(url, mark)
        except InputError as error:
            return error

    coming, waiting = iter(urls), deque[tuple[str, Future[Answer]]]()
    pool = ThreadPoolExecutor(AHEAD, thread_name_prefix="timeline-fetch")
    try:
        while True:
            some = islice(coming, AHEAD - len(waiting))
            waiting.extend((url, pool.submit(answer, url, mark)) for url, mark in some)
            if not waiting:
                return
            url, future = waiting.popleft()
            yield url, future.result()
    finally:
        # Who stops in the middle does not wait for what is under way: it ends by itself, and nobody takes it.
        pool.shutdown(wait=False, cancel_futures=True)
