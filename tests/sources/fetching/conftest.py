"""A fetcher over a server of our own, and a wall around it: nothing here may speak to another machine."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.sources.faults import FaultServer, faulty
from tests.wall import walled
from timeline.sources.fetching import Fetcher, Policy

TLS = ssl.create_default_context()  # made once: it takes as long as a test
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PATIENT: dict[str, Any] = {"allow_private": True, "delay": 0.0, "read": 10.0, "total": 20.0}
HASTY: dict[str, Any] = {"read": 0.3, "total": 0.5}  # where a server is slow on purpose


@pytest.fixture(autouse=True)
def connected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were connected to. Raises for any of a machine that is not this one."""
    return walled(monkeypatch)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with faulty() as running:
        yield running


@dataclass
class Names:
    """A resolver of our own: each name's addresses, given in turn, the last ones from then on."""

    known: dict[str, list[list[str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __call__(self, host: str, _port: int) -> list[str]:
        self.asked.append(host)
        if host not in self.known:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        turns = self.known[host]
        return turns.pop(0) if len(turns) > 1 else turns[0]


@pytest.fixture
def names() -> Names:
    return Names()


@pytest.fixture
def slept() -> list[float]:
    """What was waited, in seconds, without waiting it."""
    return []


@pytest.fixture
def fetcher(names: Names, slept: list[float]) -> Iterator[Callable[..., Fetcher]]:
    """Makes a fetcher that waits for nothing and asks our own names; keywords are the policy's, `with_` its own."""
    with ExitStack() as opened:

        def made(with_: dict[str, Any] | None = None, **policy: Any) -> Fetcher:
            own: dict[str, Any] = {
                "resolve": names,
                "now": lambda: NOW,
                "sleep": slept.append,
                "jitter": lambda: 1.0,
                "tls": TLS,
            }
            return opened.enter_context(Fetcher(Policy(**(PATIENT | policy)), **(own | (with_ or {}))))

        yield made
