"""A clean stop on SIGTERM and SIGINT, within seconds, whatever is under way; a second signal ends at once."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from timeline.cli.printing import say
from timeline.jobs.scheduled.running import StopError

_SECONDS = 3.5  # within which what runs is to come to its end


class Stopping:
    """Raises StopError where it is let in: while something is imported or waited for, and at `check`.

    `last` is called in another thread, before the process ends with `code`, where that does not help in time.
    """

    def __init__(self, last: Callable[[], None], code: int) -> None:
        self._last, self._code = last, code
        self._asked = self._open = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Signals are taken as long as this lasts."""
        before = {number: signal.signal(number, self._signal) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def open(self) -> Iterator[None]:
        """May be stopped at any moment."""
        self._open = True
        try:
            self.check()
            yield
        finally:
            self._open = False

    def check(self) -> None:
        if self._asked:
            raise StopError

    def _signal(self, _number: int, _frame: FrameType | None) -> None:
        if self._asked:
            os._exit(130)
        self._asked = True
        threading.Thread(target=self._end, name="timeline-stopping", daemon=True).start()
        if self._open:
            raise StopError

    def _end(self) -> None:
        threading.Event().wait(_SECONDS)
        try:
            self._last()
        finally:
            say("timeline: stopped while something was under way")
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
            os._exit(self._code)
