"""A web server on the loopback interface that does what a test tells it to, wrong things above all.

    with faulty() as server:
        server.say("/feed", Answer(b"<rss/>", headers={"ETag": '"1"'}))
        server.say("/slow", Answer(endless(), pause=0.1))
        server.url("/feed")

Each path has a list of answers: they are given one after another, the last one from then on. An answer may be a
function of the request. What has no answer is a 404, robots.txt too, so that nothing is forbidden by default.
"""

from __future__ import annotations

import itertools
import socket
import ssl
import struct
import threading
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Answer:
    """One HTTP answer. A body of pieces is sent without a Content-Length until it ends or the client goes.

    `raw`: the pieces are all that is sent, head and all. `pause`: seconds before each piece. `reset`: the connection
    is reset at the end. A header given here replaces our own of that name; one of None is left out.
    """

    body: bytes | Iterable[bytes] = b""
    status: int = 200
    headers: dict[str, str | None] = field(default_factory=dict)
    raw: bool = False
    pause: float = 0.0
    reset: bool = False

    def pieces(self) -> Iterator[bytes]:
        whole = isinstance(self.body, bytes)
        if not self.raw:
            yield self._head(whole)
        yield from ([self.body] if isinstance(self.body, bytes) else self.body)

    def _head(self, whole: bool) -> bytes:
        headers: dict[str, str | None] = {"Content-Type": "text/plain; charset=utf-8"}
        if whole and self.status != 304:
            headers["Content-Length"] = str(len(self.body))  # type: ignore[arg-type]
        if not self.keeps:
            headers["Connection"] = "close"
        lines = [f"{name}: {value}" for name, value in (headers | self.headers).items() if value is not None]
        return "\r\n".join([f"HTTP/1.1 {self.status} Said", *lines, "", ""]).encode("latin-1")

    @property
    def keeps(self) -> bool:
        """Whether the connection is good for another request."""
        return isinstance(self.body, bytes) and not (
            self.raw or self.reset or self.pause or self.headers.keys() & LENGTH
        )


LENGTH = {"Content-Length", "Transfer-Encoding"}


@dataclass
class Request:
    """A request: its target, its headers by their names in lower case, when it came and when it was answered."""

    path: str
    headers: dict[str, str]
    began: float
    ended: float = 0.0  # 0 while it is being answered

    @property
    def host(self) -> str:
        return self.headers.get("host", "").rpartition(":")[0]


Said = Answer | Callable[[Request], Answer]


class FaultServer:
    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port: int = self._listening.getsockname()[1]
        self._said: dict[str, list[Said]] = {}
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._now: Counter[str] = Counter()
        self.requests: list[Request] = []
        self.most: dict[str, int] = defaultdict(int)  # the most requests at once, by host; "" for all hosts together

    def url(self, path: str = "/", host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def say(self, path: str, *answers: Said) -> str:
        """Sets the answers of a path; returns its address."""
        self._said[path] = list(answers)
        return self.url(path)

    def asked(self, path: str) -> int:
        return sum(1 for request in self.requests if request.path == path)

    def serve(self) -> None:
        while True:
            try:
                connection = self._listening.accept()[0]
            except OSError:
                return
            with self._lock:
                self._open.add(connection)
            threading.Thread(target=self._speak, args=(connection,), daemon=True).start()

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        with self._lock:
            for connection in self._open:
                connection.close()

    def _speak(self, connection: socket.socket) -> None:
        try:
            # A closed listening end must not leave a thread behind that waits for ever.
            connection.settimeout(10)
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
            while (request := _read(connection)) is not None and self._answered(connection, request):
                pass
        except (OSError, ValueError):
            pass
        finally:
            with self._lock:
                self._open.discard(connection)
            connection.close()

    def _answered(self, connection: socket.socket, request: Request) -> bool:
        """Whether another request may come on this connection."""
        said = self._begin(request)
        held = b""
        try:
            answer = said(request) if callable(said) else said
            for piece in answer.pieces():
                time.sleep(answer.pause)
                connection.sendall(held)
                held = piece
        finally:
            # Before the last piece: whoever has all of an answer may ask again at once.
            self._end(request)
        connection.sendall(held)
        if answer.reset:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return answer.keeps

    def _begin(self, request: Request) -> Said:
        with self._lock:
            self.requests.append(request)
            for host in (request.host, ""):
                self._now[host] += 1
                self.most[host] = max(self.most[host], self._now[host])
            answers = self._said.get(request.path, [Answer(b"not here", status=404)])
            return answers.pop(0) if len(answers) > 1 else answers[0]

    def _end(self, request: Request) -> None:
        with self._lock:
            request.ended = time.monotonic()
            for host in (request.host, ""):
                self._now[host] -= 1


def _read(connection: socket.socket) -> Request | None:
    """The head of the next request; None at the end."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = connection.recv(65_536)
        if not piece:
            return None
        head += piece
        if head[:1] == b"\x16":  # TLS, as servers without it take it
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            return None
    first, *lines = head.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Request(first.split(" ")[1], headers, time.monotonic())


@contextmanager
def faulty(tls: ssl.SSLContext | None = None) -> Iterator[FaultServer]:
    """A running server."""
    server = FaultServer(tls)
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.close()
        thread.join()


def raw(*pieces: bytes, pause: float = 0.0, reset: bool = False) -> Answer:
    """These very bytes, then the end."""
    return Answer(pieces, raw=True, pause=pause, reset=reset)


def feed(body: bytes, etag: str = '"1"', **headers: str) -> Said:
    """A body that says 304 to who knows it."""

    def said(request: Request) -> Answer:
        told: dict[str, str | None] = {"ETag": etag, **{k.replace("_", "-"): v for k, v in headers.items()}}
        same = request.headers.get("if-none-match") == etag
        return Answer(status=304, headers=told) if same else Answer(body, headers=told)

    return said


def endless(piece: bytes = b"x" * 65_536) -> Iterator[bytes]:
    return itertools.repeat(piece)


def chunked(*pieces: bytes) -> tuple[bytes, ...]:
    """Pieces as chunks, without the last that ends them."""
    return tuple(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces)


def bomb(megabytes: int) -> bytes:
    """Gzip of so many megabytes of zeros, a thousandth of it."""
    packing = zlib.compressobj(9, wbits=31)
    zeros = bytes(1_000_000)
    return b"".join(packing.compress(zeros) for _ in range(megabytes)) + packing.flush()
