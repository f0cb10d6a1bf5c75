"""A chat-completions server on the loopback interface: it says what a test tells it to, and notes what it was sent."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Answer:
    """One HTTP answer; `body` may be pieces, sent until they end or the client goes; `wait` holds it back."""

    body: bytes | Iterable[bytes] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    wait: bool = False


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def article(self) -> dict[str, Any]:
        """What the request tells of the article."""
        told: dict[str, Any] = json.loads(self.body["messages"][1]["content"])["article"]
        return told


Script = Callable[[Request], Answer]


class ChatServer:
    """`script` answers every request; `answers`, while there are any, go first."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/v1"
        self.requests: list[Request] = []
        self.answers: list[Answer] = []
        self.script: Script = lambda _request: completion([])
        self.released = threading.Event()

    def answer(self, request: Request) -> Answer:
        self.requests.append(request)
        return self.answers.pop(0) if self.answers else self.script(request)


def completion(events: Any, *, content: str | None = None, tokens: tuple[Any, Any] = (1000, 100)) -> Answer:
    """A good answer that holds these events, or this content."""
    said = json.dumps({"events": events}) if content is None else content
    told = {
        "choices": [{"message": {"role": "assistant", "content": said}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": tokens[0], "completion_tokens": tokens[1]},
    }
    return Answer(json.dumps(told).encode())


def event(quote: str, trigger: str, kind: str = "meeting", **more: Any) -> dict[str, Any]:
    """An event of the schema."""
    plain = {"modality": "actual", "date": "", "date_words": "", "place": "", "actors": [], "happening": 1}
    return {"quote": quote, "trigger": trigger, "kind": kind, **plain, **more}


def actor(words: str, role: str = "participant", kind: str = "person") -> dict[str, str]:
    return {"words": words, "role": role, "kind": kind}


@contextmanager
def serving() -> Iterator[ChatServer]:
    """A running server."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            request = Request(self.path, dict(self.headers), json.loads(self.rfile.read(length) or b"{}"))
            answer = chat.answer(request)
            if answer.wait:
                chat.released.wait(30)
            try:
                self._send(answer)
            except OSError:
                self.close_connection = True

        do_GET = do_POST  # noqa: N815 - what a followed redirect would become

        def _send(self, answer: Answer) -> None:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if isinstance(answer.body, bytes):
                self.send_header("Content-Length", str(len(answer.body)))
            self.send_header("Connection", "close")
            self.end_headers()
            for piece in [answer.body] if isinstance(answer.body, bytes) else answer.body:
                self.wfile.write(piece)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    chat = ChatServer(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield chat
    finally:
        chat.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
