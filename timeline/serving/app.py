"""The application: which address is answered by what, in which threads, and what becomes of errors."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request as Asked
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from timeline.model.errors import NotFoundError, StoreError, TimelineError
from timeline.serving import api, openapi
from timeline.serving.answers import Answer, Download, as_json, failed, status_of
from timeline.serving.api import Request
from timeline.serving.files import download
from timeline.serving.guard import Guard
from timeline.serving.page import page
from timeline.serving.sending import respond, stream
from timeline.store.store import Store

# Threads that read the store; together fewer than the connections that it can open (15).
READERS, WRITERS = 8, 4
Tell = Callable[[str], None]
_Made = TypeVar("_Made", Answer, Download)

ANSWERS: dict[str, Callable[[Request], Answer]] = {
    "/": page,
    "/api/events": api.events,
    "/api/events/{name}": api.event,
    "/api/count": api.count,
    "/api/count-by": api.count_by,
    "/api/countries": api.countries,
    "/api/people": api.people,
    "/api/organisations": api.organisations,
    "/api/openapi.json": lambda _request: as_json(openapi.description()),
}


class Service:
    """Answers from an open store, each request in a thread; `tell` is told in one line what nobody foresaw."""

    def __init__(self, store: Store, tell: Tell) -> None:
        self._store, self._tell = store, tell
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self._writers = ThreadPoolExecutor(WRITERS, "writer")
        self._files = asyncio.Semaphore(WRITERS)

    def routes(self) -> list[Route]:
        return [
            *(Route(path, self._answering(make), methods=["GET"]) for path, make in ANSWERS.items()),
            Route("/export.{name}", _Endpoint(self._download), methods=["GET"]),
        ]

    def _answering(self, make: Callable[[Request], Answer]) -> ASGIApp:
        async def answered(scope: Scope, receive: Receive, send: Send) -> None:
            answer = await self._made(lambda: make(self._request(scope)))
            await respond(answer, scope, receive, send)

        return _Endpoint(answered)

    async def _download(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._files.locked():
            busy = StoreError("too many files are being sent", hint="Try again in a moment")
            await respond(failed(busy, 503), scope, receive, send)
            return
        async with self._files:
            made = await self._made(lambda: download(self._request(scope)))
            if isinstance(made, Answer):
                await respond(made, scope, receive, send)
                return
            try:
                await stream(made, self._writers, scope, receive, send)
            except TimelineError as error:
                self._tell(f"a file broke off: {error}")
                raise

    async def _made(self, make: Callable[[], _Made]) -> _Made | Answer:
        """What is made, in another thread; of what fails, the answer that says so."""

        def made() -> _Made | Answer:
            try:
                return make()
            except TimelineError as error:
                return failed(error, status_of(error))
            except Exception as error:  # noqa: BLE001 - whatever it is, a reader gets no traceback
                self._tell(f"a request failed: {type(error).__name__}: {error}")
                return failed(TimelineError("the server failed", hint="Its own messages say more"), 500)

        return await asyncio.get_running_loop().run_in_executor(self._readers, made)

    def _request(self, scope: Scope) -> Request:
        asked = Asked(scope)
        return Request(self._store, tuple(asked.query_params.multi_items()), asked.path_params.get("name", ""))


class _Endpoint:
    """An application as the end of a route: Starlette takes a function for something else."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)


def application(
    store: Store, names: Iterable[str], *, addresses: bool = False, tell: Tell = lambda _line: None
) -> ASGIApp:
    """The ASGI application over an open store, which goes by these host names (see `Guard`)."""
    app = Starlette(routes=Service(store, tell).routes(), exception_handlers={HTTPException: _refused})
    app.router.redirect_slashes = False
    return Guard(app, names, addresses=addresses)


async def _refused(request: Asked, error: Exception) -> Response:
    """What no address answers."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    what = "this can only be read" if status == 405 else "there is nothing at this address"
    answer = failed(NotFoundError(what, where=request.url.path[:80], hint="See /api/openapi.json"), status)
    headers = {"Cache-Control": "no-store", **({"Allow": "GET, HEAD"} if status == 405 else {})}
    return Response(answer.body, status, headers, answer.type)
