"""Listening at an address until somebody says stop."""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from timeline.model.errors import TimelineError, UsageError

_LAST_WORDS = 5  # seconds that answers under way may take once it stops


def bound(host: str, port: int, *, remote: bool) -> socket.socket:
    """A socket that listens there; port 0 is any free one.

    Raises UsageError for a host that others can reach unless `remote`, TimelineError where it cannot listen.
    """
    if not 0 <= port < 65_536:
        raise UsageError(f"--port: {port} is not possible", hint="Give a number from 0 to 65535; 0 is any free one")
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except (OSError, UnicodeError) as error:
        raise TimelineError("this machine knows no such host", where=f"--host {host}", hint="Say 127.0.0.1") from error
    if not remote and not _is_loopback(str(address[0])):
        hint = "Add --allow-remote if everybody who reaches it may read the store"
        raise UsageError(f"--host: {host} can be reached by others", hint=hint)
    try:
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        hint = "Name another with --port; 0 is any free one"
        raise TimelineError(
            f"cannot listen: {(error.strerror or str(error)).lower()}", where=f"{host}:{port}", hint=hint
        ) from error


def address_of(listening: socket.socket) -> str:
    """The address that leads there; where it listens to all, that of this machine itself."""
    host, port, *_ = listening.getsockname()
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - it is only looked at
    return f"http://[{here}]:{port}/" if ":" in here else f"http://{here}:{port}/"


def serve(app: ASGIApp, listening: socket.socket, started: Callable[[], None]) -> None:
    """Answer until SIGINT or SIGTERM; `started` is called once it does. Closes the socket."""
    logging.getLogger("uvicorn").addHandler(logging.NullHandler())
    logging.getLogger("uvicorn").propagate = False
    config = uvicorn.Config(
        app,
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_LAST_WORDS,
    )
    with listening:
        _Server(config, started).run([listening])


class _Server(uvicorn.Server):
    """Stops in peace: a signal ends it, and is not raised again."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell_started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._tell_started()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        before: dict[signal.Signals, Any] = {
            number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _is_loopback(address: str) -> bool:
    return ip_address(address.partition("%")[0]).is_loopback
