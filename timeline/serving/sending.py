"""Sending what is answered: whole with its tag, or in pieces as fast as they are taken."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import Executor

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from timeline.serving.answers import Answer, Download

STALLED = 60.0  # seconds that a reader may take for one piece


async def respond(answer: Answer, scope: Scope, receive: Receive, send: Send) -> None:
    """Send an answer; 304 without a body where the reader has it already."""
    headers = {"Cache-Control": "no-store", **answer.headers}
    body, status = answer.body, answer.status
    if status == 200:
        headers |= {"Cache-Control": "private, no-cache", "ETag": answer.tag}
        known = Request(scope).headers.get("if-none-match", "")
        if answer.tag in (tag.strip().removeprefix("W/") for tag in known.split(",")):
            body, status = b"", 304
    response = Response(body, status, headers, None if status == 304 else answer.type)
    await response(scope, receive, send)


async def stream(download: Download, pool: Executor, scope: Scope, receive: Receive, send: Send) -> None:
    """Send a file piece by piece. A reader who leaves, or takes nothing for a minute, ends it; where the store fails in
    between, the connection breaks off, so that what came does not look whole."""
    loop = asyncio.get_running_loop()
    headers = {
        "Content-Type": download.type,
        "Content-Disposition": f'attachment; filename="{download.name}"',
        "Cache-Control": "no-store",
    }
    start = {
        "type": "http.response.start",
        "status": 200,
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
    }
    gone = asyncio.ensure_future(_gone(receive))
    try:
        await send(start)
        piece = download.first if scope["method"] != "HEAD" else None
        while piece is not None and not gone.done():
            message = {"type": "http.response.body", "body": piece, "more_body": True}
            await asyncio.wait_for(send(message), STALLED)
            piece = await loop.run_in_executor(pool, _next, download.pieces)
        await send({"type": "http.response.body", "body": b""})
    finally:
        gone.cancel()
        await asyncio.shield(loop.run_in_executor(pool, _close, download.pieces))


async def _gone(receive: Receive) -> None:
    """Ends when the reader has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _next(pieces: Iterator[bytes]) -> bytes | None:
    return next(pieces, None)


def _close(pieces: Iterator[bytes]) -> None:
    close = getattr(pieces, "close", None)
    if close is not None:
        close()
