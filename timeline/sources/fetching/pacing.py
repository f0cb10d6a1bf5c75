"""Whose turn it is: one request at a time to a host, with a pause after it, and none while it asks to be left alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

LONGEST_WAIT = 30.0  # seconds; what must wait longer is given back instead


class RestingError(Exception):
    """A host asks to be left alone for `seconds` more."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(slots=True)
class _Host:
    delay: float
    due: float = float("-inf")  # when the next request may begin
    lock: threading.Lock = field(default_factory=threading.Lock)


class Turns:
    """The turns of all hosts; times in seconds, by `clock`."""

    def __init__(self, delay: float, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._delay, self._clock, self._sleep = delay, clock, sleep
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Waits until it is a request's turn, and holds the turn. Raises RestingError instead of waiting for long."""
        at = self._of(host)
        with at.lock:
            wait = at.due - self._clock()
            if wait > LONGEST_WAIT:
                raise RestingError(wait)
            if wait > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                at.due = max(at.due, self._clock() + at.delay)

    def rest(self, host: str, seconds: float) -> None:
        """From now on no request for so long."""
        at = self._of(host)
        at.due = max(at.due, self._clock() + seconds)

    def slow(self, host: str, delay: float) -> None:
        """At least so long between two requests, at most LONGEST_WAIT."""
        at = self._of(host)
        at.delay = max(at.delay, min(delay, LONGEST_WAIT))
        at.due = max(at.due, self._clock() + at.delay)

    def _of(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host(self._delay))
