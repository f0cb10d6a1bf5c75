"""The client of a chat-completions endpoint: the only place from which an article leaves the machine.

It sends nothing but the request it is given, to the address that the user named, with the user's key; it follows no
redirect; answers are bounded in size and time; the key stands in no message.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from timeline.extract.llm.chat import DeclinedError, UnansweredError
from timeline.model.errors import TimelineError
from timeline.sources.fetching.answers import retry_after

if TYPE_CHECKING:
    import httpx

LARGEST = 4_000_000  # bytes of an answer
_LARGEST_ERROR = 64_000  # bytes read of an answer that is none
_TRIES = 4
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 30.0  # seconds between tries, doubled each time
_LONGEST_ASKED = 120.0  # seconds that a server may ask to wait
_CONNECT = 10.0  # seconds
_SHOWN = 200  # characters of a server's own words
_BUSY = frozenset({408, 409, 425, 429})
_KEY, _ADDRESS = "Check TIMELINE_LLM_KEY", "Check TIMELINE_LLM_URL and TIMELINE_LLM_MODEL"
# Statuses after which no other request would fare better: what went wrong, what to do next.
_FINAL = {
    401: ("the endpoint does not accept the key", _KEY),
    402: ("the endpoint asks to be paid first", "See to the account there"),
    403: ("the endpoint refuses the key or the model", _KEY),
    404: ("the endpoint has no such address or model", _ADDRESS),
    405: ("this is no chat-completions endpoint", _ADDRESS),
}


@dataclass(frozen=True, slots=True)
class _Failure:
    """A failure that may pass; `wait` is what the server asks for, in seconds, None when it does not say."""

    error: TimelineError
    wait: float | None = None


@dataclass(slots=True)
class Endpoint:
    """A `Chat` over HTTP. `timeout` is in seconds, for one answer as a whole; the last four are for tests."""

    url: str
    key: str = field(default="", repr=False)
    timeout: float = 120.0
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random
    _client: httpx.Client | None = field(default=None, init=False, repr=False)

    def ask(self, request: bytes) -> bytes:
        """See `Chat.ask`: what may pass is tried again, after growing pauses or the one that the server asks for."""
        pause = _FIRST_WAIT
        for left in reversed(range(_TRIES)):
            answer = self._try(request)
            if isinstance(answer, bytes):
                return answer
            wait = pause * (0.5 + self.jitter() / 2) if answer.wait is None else answer.wait
            if not left or wait > _LONGEST_ASKED:
                raise answer.error
            self.sleep(wait)
            pause = min(2 * pause, _LONGEST_WAIT)
        raise AssertionError("the last try answers or raises")

    def _try(self, request: bytes) -> bytes | _Failure:
        """The body of an answer, or what went wrong and may pass. Raises what will not."""
        import httpx

        try:
            with self._opened().stream("POST", self.url, content=request) as response:
                return self._judged(response)
        except httpx.TimeoutException:
            return _Failure(self._unanswered(f"no answer within {self.timeout:g} seconds"))
        except httpx.ConnectError:
            hint = "Check TIMELINE_LLM_URL and the network; what was done is kept"
            return _Failure(TimelineError("the endpoint cannot be reached", where=self._where, hint=hint))
        except httpx.HTTPError as error:
            return _Failure(self._unanswered(f"the answer broke off ({type(error).__name__})"))

    def _opened(self) -> httpx.Client:
        if self._client is None:
            import httpx

            # No compression: a small body must not become a large one.
            headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
            if self.key:
                headers["Authorization"] = f"Bearer {self.key}"
            timeout = httpx.Timeout(self.timeout, connect=_CONNECT)
            self._client = httpx.Client(headers=headers, timeout=timeout, follow_redirects=False)
        return self._client

    def _judged(self, response: httpx.Response) -> bytes | _Failure:
        status = response.status_code
        if response.is_success:
            return self._body(response)
        if response.is_redirect or status < 400:
            what = f"the endpoint sends elsewhere (HTTP {status}), which is not followed"
            raise TimelineError(what, where=self._where, hint="Name its right address in TIMELINE_LLM_URL")
        if status in _FINAL:
            what, hint = _FINAL[status]
            raise TimelineError(f"{what} (HTTP {status}){self._words(response)}", where=self._where, hint=hint)
        if status not in _BUSY and status < 500:
            raise DeclinedError(f"the endpoint declined (HTTP {status}){self._words(response)}", where=self._where)
        wait = retry_after(response.headers.get("retry-after", ""), self.now())
        if status == 429:
            hint = "Import again later; what was done is kept"
            what = f"the endpoint takes no more requests for now (HTTP 429){self._words(response)}"
            return _Failure(TimelineError(what, where=self._where, hint=hint), wait)
        return _Failure(self._unanswered(f"the endpoint failed (HTTP {status}){self._words(response)}"), wait)

    def _body(self, response: httpx.Response) -> bytes | _Failure:
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json" and not kind.endswith("+json"):
            raise self._unanswered("the answer is no JSON by its content type", _ADDRESS)
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise self._unanswered("the answer is compressed, which was not asked for")
        body, whole = self._read(response, LARGEST)
        if body is None:
            return _Failure(self._unanswered(f"no answer within {self.timeout:g} seconds"))
        if not whole:
            raise self._unanswered(f"the answer is larger than {LARGEST // 1_000_000} MB")
        return body

    def _read(self, response: httpx.Response, largest: int) -> tuple[bytes | None, bool]:
        """The body up to a size and whether that is all of it; None where it took too long."""
        body = bytearray()
        until = self.clock() + self.timeout
        for piece in response.iter_raw():
            body += piece[: largest - len(body)]
            if len(body) >= largest:
                return bytes(body), False
            if self.clock() > until:
                return None, False
        return bytes(body), True

    def _words(self, response: httpx.Response) -> str:
        """What a server says of its failure, cut short and without the key; "" where it says nothing we can read."""
        try:
            found = json.loads(self._read(response, _LARGEST_ERROR)[0] or b"")
            said = found["error"]["message"] if isinstance(found.get("error"), dict) else found.get("error")
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return ""
        if not isinstance(said, str) or not said.strip():
            return ""
        line = " ".join(said.replace(self.key, "…").split()) if self.key else " ".join(said.split())
        return f": {line[:_SHOWN].rstrip('.')}"

    def _unanswered(self, what: str, hint: str = "") -> UnansweredError:
        return UnansweredError(what, where=self._where, hint=hint)

    @property
    def _where(self) -> str:
        """The address without what may be secret in it."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}{parts.path}"
