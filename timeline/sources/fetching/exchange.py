"""One request and its answer: bounded in size and time, told as a value or as one error.

Spoken with httpcore, which httpx stands on: it keeps no cookies, asks no proxy, follows nothing and logs no address.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpcore
import httpx

from timeline.sources.fetching import answers
from timeline.sources.fetching.bodies import ACCEPTED, Body, DamagedError, TooLargeError
from timeline.sources.fetching.connecting import ClosedError, Deadline, Guard, Resolve, UnresolvedError, pool
from timeline.sources.fetching.urls import shown
from timeline.sources.fetching.values import FetchError, Policy

if TYPE_CHECKING:
    from collections.abc import Iterable

_JOINED = frozenset({"cache-control", "content-encoding"})  # headers that may come in several lines
_ANSWERED = 65_536  # bytes read of the answer to what is sent
_PRIVATE = "Only the public network is asked; --allow-private opens your own"


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, its headers by their names in lower case, and the body of one that is whole (`answers.WHOLE`)."""

    status: int
    headers: Mapping[str, str]
    data: bytes


class Line:
    """The line to all servers. `agent` is told to them as the User-Agent."""

    def __init__(
        self, policy: Policy, agent: str, resolve: Resolve, clock: Callable[[], float], tls: ssl.SSLContext | None
    ) -> None:
        self._policy = policy
        self._deadline = Deadline(clock)
        guard = Guard(self._deadline, allow_private=policy.allow_private, resolve=resolve)
        self._pool = pool(guard, tls or httpx.create_ssl_context())
        self._headers = {"User-Agent": agent, "Accept": "*/*", "Accept-Encoding": ACCEPTED}
        times = {"connect": policy.connect, "read": policy.read, "write": policy.read, "pool": policy.total}
        self._extensions = {"timeout": times}

    def close(self) -> None:
        self._pool.close()

    def get(self, url: httpx.URL, headers: dict[str, str], *, until: float, largest: int, cut: bool = False) -> Answer:
        """The answer, wholly there by `until`. A body beyond `largest` is an error, or `cut` off there."""
        return self._asked("GET", url, headers, None, until, largest, cut)

    def post(self, url: httpx.URL, headers: dict[str, str], content: bytes, *, until: float) -> Answer:
        """The answer to some bytes; what comes with it is read no further than a few kB."""
        told = headers | {"Content-Length": str(len(content))}
        return self._asked("POST", url, told, content, until, _ANSWERED, True)

    def _asked(
        self,
        method: str,
        url: httpx.URL,
        headers: dict[str, str],
        content: bytes | None,
        until: float,
        largest: int,
        cut: bool,
    ) -> Answer:
        where = shown(str(url))
        self._deadline.at = until
        try:
            asked = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
            said = (self._headers | headers).items()
            sent = [(name.encode("ascii"), value.encode("latin-1")) for name, value in said]
            sent.insert(0, (b"Host", url.netloc))
            with self._pool.stream(
                method, asked, headers=sent, content=content, extensions=self._extensions
            ) as response:
                told = _told(response.headers)
                whole = response.status in answers.WHOLE
                return Answer(response.status, told, _body(response, told, largest, cut) if whole else b"")
        except ClosedError as error:
            raise FetchError(f"its host is {error}", where=where, hint=_PRIVATE) from error
        except TooLargeError as error:
            size = f"{largest / 1_000_000:g} MB"
            raise FetchError(f"it is larger than {size}", where=where, hint="Give a smaller one") from error
        except DamagedError as error:
            raise FetchError(f"its body is damaged: {error}", where=where, hint=answers.LATER, passing=True) from error
        except (httpcore.TimeoutException, TimeoutError) as error:
            raise FetchError(self._late(error), where=where, hint=answers.LATER, passing=True) from error
        except httpcore.ConnectError as error:
            what, hint, passing = _unreached(error)
            raise FetchError(what, where=where, hint=hint, passing=passing) from error
        except (httpcore.NetworkError, httpcore.RemoteProtocolError) as error:
            raise FetchError(
                "the answer broke off or is no HTTP", where=where, hint=answers.LATER, passing=True
            ) from error
        except (httpcore.ProtocolError, UnicodeError) as error:
            raise FetchError("this cannot be asked for", where=where, hint="Check the address") from error

    def _late(self, error: Exception) -> str:
        if self._deadline.over:
            return f"it took longer than {self._policy.total:g} seconds"
        if isinstance(error, httpcore.ConnectTimeout):
            return f"no connection within {self._policy.connect:g} seconds"
        return f"no answer for {self._policy.read:g} seconds"


def _told(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers as text that leads back to their very bytes; of several of one name the first."""
    told: dict[str, str] = {}
    for name_bytes, value_bytes in raw:
        name, value = name_bytes.decode("latin-1").lower(), value_bytes.decode("latin-1")
        told[name] = f"{told[name]}, {value}" if name in told and name in _JOINED else told.get(name, value)
    return told


def _body(response: httpcore.Response, headers: Mapping[str, str], largest: int, cut: bool) -> bytes:
    """Raises TooLargeError, DamagedError and httpcore's errors."""
    body = Body(headers.get("content-encoding", ""), largest)
    length = headers.get("content-length", "")
    if not cut and length.isascii() and length.isdigit() and int(length[:20]) > largest:
        raise TooLargeError
    try:
        for piece in response.iter_stream():
            body.add(piece)
    except TooLargeError:
        if not cut:
            raise
        return bytes(body.held)
    return body.whole()


def _unreached(error: httpcore.ConnectError) -> tuple[str, str, bool]:
    """What went wrong, what to do next, and whether it may pass."""
    cause = error.args[0] if error.args else None
    if isinstance(cause, ssl.SSLCertVerificationError):
        said = cause.verify_message or "it does not hold"
        return f"its certificate is not accepted ({said})", "Ask its publisher, or check SSL_CERT_FILE", False
    if isinstance(cause, ssl.SSLError):
        return "it speaks no TLS that we understand", "Check the address: http:// instead of https://?", True
    what = "its name cannot be resolved" if isinstance(error, UnresolvedError) else "it cannot be reached"
    hint = "Check the address and the network; proxies of the environment are not used"
    return what, hint, True
