"""A file on its way: whatever ends it, the store is let go, and a part never looks like the whole."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from timeline.model.errors import StoreError
from timeline.serving import sending
from timeline.serving.answers import Download


class Pieces:
    """Two pieces, then what is wanted; knows whether it was closed."""

    def __init__(self, end: Exception | None = None) -> None:
        self.closed, self._end = False, end
        self.pieces = self._made()

    def _made(self) -> Iterator[bytes]:
        try:
            yield b"one"
            yield b"two"
            if self._end:
                raise self._end
        finally:
            self.closed = True


def sent(pieces: Pieces, *, stalls: bool = False, leaves: bool = False, method: str = "GET") -> list[dict[str, Any]]:
    """The messages of sending it to a reader who takes all, nothing after the head, or leaves."""
    messages: list[dict[str, Any]] = []

    async def receive() -> Any:
        if not leaves:
            await asyncio.sleep(3600)
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if stalls and message["type"] == "http.response.body":
            await asyncio.sleep(3600)
        messages.append(dict(message))
        await asyncio.sleep(0)

    async def streamed() -> None:
        download = Download(next(pieces.pieces), pieces.pieces, "text/csv", "t.csv")
        with ThreadPoolExecutor(1) as pool:
            await sending.stream(download, pool, {"type": "http", "method": method}, receive, send)

    try:
        asyncio.run(streamed())
    except (TimeoutError, StoreError) as error:
        messages.append({"raised": type(error)})
    return messages


def bodies(messages: list[dict[str, Any]]) -> list[bytes]:
    return [message["body"] for message in messages if message.get("type") == "http.response.body"]


def test_all_pieces_are_sent_and_the_end_is_said() -> None:
    pieces = Pieces()
    messages = sent(pieces)
    assert bodies(messages) == [b"one", b"two", b""]
    assert not messages[-1].get("more_body")
    assert pieces.closed


def test_a_reader_who_takes_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "STALLED", 0.05)
    pieces = Pieces()
    assert sent(pieces, stalls=True)[-1] == {"raised": TimeoutError}
    assert pieces.closed


def test_a_store_that_fails_on_the_way_breaks_it_off() -> None:
    pieces = Pieces(StoreError("the disk refused"))
    messages = sent(pieces)
    assert messages[-1] == {"raised": StoreError}
    assert all(message["more_body"] for message in messages if message.get("type") == "http.response.body")
    assert pieces.closed


def test_a_reader_who_left_and_one_who_asks_for_the_head_alone_end_it() -> None:
    left, head = Pieces(), Pieces()
    assert len(bodies(sent(left, leaves=True))) <= 2
    assert bodies(sent(head, method="HEAD")) == [b""]
    assert (left.closed, head.closed) == (True, True)
