"""What every answer keeps: it goes to who asks for a name of ours, and lets nobody frame or embed it.

A page of another site can point its own name at this machine and read what is served here (DNS rebinding); its requests
come with that name, and are refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from timeline.model.errors import UsageError
from timeline.serving.answers import failed
from timeline.serving.sending import respond

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


class Guard:
    """Lets requests for one of the `names` through to an application; with `addresses`, those for any IP address too,
    which no foreign name can stand for."""

    def __init__(self, app: ASGIApp, names: Iterable[str], *, addresses: bool) -> None:
        self._app, self._addresses = app, addresses
        self._names = frozenset(name.lower().rstrip(".") for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        if len(hosts) == 1 and self.knows(hosts[0]):
            await self._app(scope, receive, guarded)
        else:
            error = UsageError(
                "this server does not go by that name", where="Host", hint="Whoever runs it can add the name"
            )
            await respond(failed(error, 400), scope, receive, guarded)

    def knows(self, host: str) -> bool:
        """Whether a Host header names this server, on whatever port it is reached."""
        name = host_name(host)
        return name in self._names or (self._addresses and _is_address(name))


def host_name(host: str) -> str:
    """The name in a Host header, without port and brackets.

    >>> host_name("[::1]:8765"), host_name("LOCALHOST:80"), host_name("a.example.")
    ('::1', 'localhost', 'a.example')
    """
    said = host.strip().lower()
    if said.startswith("["):
        return said[1:].partition("]")[0]
    return said.rpartition(":")[0].rstrip(".") if said.count(":") == 1 else said.rstrip(".")


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
