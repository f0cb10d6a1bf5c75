"""Addresses as people and servers write them: which are fetched, and how they are shown."""

from __future__ import annotations

import re
import socket
from typing import TYPE_CHECKING

from timeline.sources.fetching.values import FetchError

if TYPE_CHECKING:
    import httpx

_LONGEST = 8_000  # characters of an address
_SHOWN = 200  # characters of one in a message
_HOST = re.compile(r"(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?|[0-9a-f:.]*:[0-9a-f:.]*")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")  # the last part of an IPv4 address, in any spelling, and of no name
_USER = re.compile(r"^((?:[^:/?#@]*:)?[/\\]*)[^/?#]*@")
_SECRET = re.compile(
    r"([?&;#](?:[^=&;#]*(?:key|token|secret|password|passwd|signature|credential|credentials)"
    r"|(?:[^=&;#]*[-_.])?(?:pwd|pass|auth|authorization|sig|session|sessionid|sid|jwt))=)[^&;#]*",
    re.IGNORECASE,
)


def shown(url: str) -> str:
    """An address for a message: nothing secret (user, password, keys and tokens in the query), one printable line."""
    line = _SECRET.sub(r"\1…", _USER.sub(r"\1…@", url.strip()))
    line = "".join(c if c.isprintable() else "\ufffd" for c in line)
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def secretive(url: str) -> bool:
    """Whether an address has in it what `shown` hides."""
    return bool(_USER.search(url) or _SECRET.search(url))


def checked(url: str) -> httpx.URL:
    """An address that may be asked for, without its fragment, an IPv4 host in its plain spelling.

    Raises FetchError: no address, another scheme than http and https, a user or password in it, no host. Where its
    host lies is not judged here but when it is connected to.
    """
    import httpx

    def refused(what: str, hint: str) -> FetchError:
        return FetchError(what, where=shown(url), hint=hint)

    if len(url) > _LONGEST:
        raise refused(f"an address of more than {_LONGEST} characters is not fetched", "Give a shorter one")
    try:
        read = httpx.URL(url.strip())
        scheme, host, port = read.scheme, _plain(read.raw_host.decode("ascii")), read.port
    except (httpx.InvalidURL, ValueError) as error:
        raise refused("this is no web address", "Give one such as https://example.org/feed.xml") from error
    if scheme not in ("http", "https"):
        named = f"{scheme}:" if scheme else "what has no scheme"
        raise refused(f"{named[:20]} is not fetched", "Give an address that begins with https:// or http://")
    if read.userinfo:
        raise refused("an address with a user or a password in it is not fetched", "Leave out what stands before the @")
    if not _HOST.fullmatch(host) or (port is not None and not 0 < port < 65_536):
        raise refused("this address names no host that can be asked", "Give one such as https://example.org/feed.xml")
    return read.copy_with(host=host, fragment=None)


def _plain(host: str) -> str:
    """The dotted spelling of an IPv4 address in any other; names as they are. Raises ValueError: neither."""
    last = host.rstrip(".").rpartition(".")[2]
    if not _NUMBER.fullmatch(last):
        return host
    try:
        return socket.inet_ntoa(socket.inet_aton(host.rstrip(".")))
    except OSError as error:
        raise ValueError(host) from error
