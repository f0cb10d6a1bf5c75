"""Connections only to where one may: the very address that was judged is the one that is connected to.

A name is resolved once, each of its addresses judged, and the connection made to one of those by its number, so that
a name which means another address a moment later gains nothing. TLS and the request still speak of the name.
"""

from __future__ import annotations

import math
import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

import httpcore

from timeline.sources.fetching.addresses import closed

_IDLE = 15.0  # seconds for which a connection is kept for the next request
_KEPT = 64  # connections kept

Resolve = Callable[[str, int], list[str]]


class ClosedError(Exception):
    """None of a host's addresses is the public's; `str()` says what they are."""


class UnresolvedError(httpcore.ConnectError):
    """A name means no address."""


def system(host: str, port: int) -> list[str]:
    """The addresses of a name as this machine knows them, the preferred first. Raises OSError, UnicodeError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


class Deadline(threading.local):
    """Until when the request that this thread is making may last, by `clock`."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.at = math.inf

    @property
    def over(self) -> bool:
        return self.clock() >= self.at

    def left(self, timeout: float | None) -> float | None:
        """How long the next step may take. Raises httpcore.ReadTimeout: no longer."""
        left = self.at - self.clock()
        if left <= 0:
            raise httpcore.ReadTimeout
        return timeout if math.isinf(left) else min(left, timeout or left)


class Stream(httpcore.NetworkStream):
    """A connection that keeps the deadline at each step: what drips in slowly ends, too."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return Stream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class Guard(httpcore.NetworkBackend):
    """Opens connections, and refuses (ClosedError) what is not the public's unless that is allowed."""

    def __init__(self, deadline: Deadline, *, allow_private: bool, resolve: Resolve = system) -> None:
        self._deadline, self._allow, self._resolve = deadline, allow_private, resolve
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception = UnresolvedError()
        for address in self._open(self._addresses(host, port, timeout)):
            try:
                left = self._deadline.left(timeout)
                return Stream(
                    self._plain.connect_tcp(address, port, left, local_address, socket_options), self._deadline
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed

    def _open(self, addresses: list[str]) -> list[str]:
        if self._allow:
            return addresses
        kinds = {address: closed(address) for address in addresses}
        public = [address for address in addresses if not kinds[address]]
        if addresses and not public:
            raise ClosedError(kinds[addresses[0]])
        return public

    def _addresses(self, host: str, port: int, timeout: float | None) -> list[str]:
        with suppress(ValueError):
            return [str(ip_address(host))]
        # The system's resolver knows no time limit: it is asked aside, and left alone when it takes too long.
        answer: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answer.put(self._resolve(host, port))
            except (OSError, UnicodeError) as error:
                answer.put(error)

        threading.Thread(target=ask, name="timeline-resolve", daemon=True).start()
        try:
            found = answer.get(timeout=self._deadline.left(timeout))
        except queue.Empty as error:
            raise httpcore.ConnectTimeout from error
        if isinstance(found, Exception):
            raise UnresolvedError() from found
        return found


def pool(guard: Guard, tls: ssl.SSLContext) -> httpcore.ConnectionPool:
    """The connections of a guard, with no proxy between."""
    return httpcore.ConnectionPool(
        ssl_context=tls,
        max_connections=None,
        max_keepalive_connections=_KEPT,
        keepalive_expiry=_IDLE,
        network_backend=guard,
    )
