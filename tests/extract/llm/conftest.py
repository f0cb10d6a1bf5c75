"""A server of our own, and a wall around it: nothing here may speak to another machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.extract.llm.server import ChatServer, serving
from tests.wall import walled
from timeline.extract.llm.extractor import LlmExtractor, Prices
from timeline.jobs.endpoint import Endpoint

KEY = "sk-this-is-secret-0123456789"


@pytest.fixture(autouse=True)
def wall(monkeypatch: pytest.MonkeyPatch) -> None:
    """Raises for any connection to a machine that is not this one; proxies of the environment are not asked."""
    walled(monkeypatch)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with serving() as chat:
        yield chat


@dataclass
class Time:
    """A clock that stands still unless it is slept by or `step` moves it, in seconds."""

    step: float = 0.0
    at: float = 0.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        self.at += self.step
        return self.at

    def now(self) -> datetime:
        return datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def endpoint(server: ChatServer, time: Time) -> Endpoint:
    return Endpoint(
        f"{server.url}/chat/completions",
        KEY,
        clock=time.clock,
        now=time.now,
        sleep=time.sleep,
        jitter=lambda: 1.0,
    )


@pytest.fixture
def llm(endpoint: Endpoint) -> LlmExtractor:
    return LlmExtractor("model-1", endpoint, Prices(2.0, 8.0))


@pytest.fixture
def extractor_over(time: Time) -> Callable[..., LlmExtractor]:
    """Makes an extractor over another endpoint."""

    def made(url: str, **more: Any) -> LlmExtractor:
        return LlmExtractor("model-1", Endpoint(url, KEY, sleep=time.sleep, jitter=lambda: 1.0, **more))

    return made
