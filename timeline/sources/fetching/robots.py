"""What a site asks of programs (robots.txt, RFC 9309): read once, kept, obeyed."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from timeline.sources.fetching.urls import shown
from timeline.sources.fetching.values import FetchError

if TYPE_CHECKING:
    import httpx
    from protego import Protego

AGENT = "timeline"  # what we are called there
LARGEST = 512_000  # bytes read of it
_LASTS = 86_400.0  # seconds for which rules are kept
_NOT_NOW = 600.0  # seconds after which it is asked for again where it could not be had
_AGENT_LINE = re.compile(r"\s*user[- ]?agent\b[\s:]*([^#]*)", re.IGNORECASE)


@dataclass(slots=True)
class _Site:
    rules: Protego | None = None
    trouble: FetchError | None = None
    until: float = float("-inf")
    lock: threading.Lock = field(default_factory=threading.Lock)


class Robots:
    """`load` fetches a robots.txt, or raises FetchError; `slow` takes a host and its crawl-delay in seconds."""

    def __init__(
        self, load: Callable[[httpx.URL], bytes], slow: Callable[[str, float], None], clock: Callable[[], float]
    ) -> None:
        self._load, self._slow, self._clock = load, slow, clock
        self._sites: dict[str, _Site] = {}
        self._lock = threading.Lock()

    def check(self, url: httpx.URL) -> None:
        """Raises FetchError: the site asks programs to stay away from this address, or cannot say so for now."""
        origin = url.copy_with(raw_path=b"/robots.txt")
        with self._lock:
            site = self._sites.setdefault(str(origin), _Site())
        with site.lock:
            if self._clock() >= site.until:
                self._read(site, origin)
        if site.trouble is not None:
            raise _not_now(site.trouble, url, site.until - self._clock())
        if site.rules is not None and not site.rules.can_fetch(str(url), AGENT):
            hint = "Ask its publisher for leave"
            raise FetchError("its robots.txt asks programs to stay away", where=shown(str(url)), hint=hint)

    def _read(self, site: _Site, origin: httpx.URL) -> None:
        site.rules = site.trouble = None
        lasts = _LASTS
        try:
            site.rules = parsed(self._load(origin))
        except FetchError as error:
            # One that is not there forbids nothing; what else is wrong for good, the page itself will tell.
            if error.passing:
                site.trouble, lasts = error, max(_NOT_NOW, error.retry_after or 0.0)
        site.until = self._clock() + lasts
        delay = site.rules.crawl_delay(AGENT) if site.rules is not None else None
        if delay:
            self._slow(origin.host, delay)


def parsed(data: bytes) -> Protego:
    """The rules. Programs other than we are made one, so that a long list of them costs no time."""
    from protego import Protego

    lines = []
    for line in data.decode("utf-8-sig", "replace").splitlines():
        agent = _AGENT_LINE.match(line)
        ours = agent is None or agent[1].strip().lower().strip("*") in ("", AGENT)
        lines.append(line if ours else "User-agent: other")
    return Protego.parse("\n".join(lines))


def _not_now(trouble: FetchError, url: httpx.URL, left: float) -> FetchError:
    what = trouble.what if trouble.status is None else f"its robots.txt cannot be had now: {trouble.what}"
    return FetchError(
        what, where=shown(str(url)), hint=trouble.hint, passing=True, retry_after=left, status=trouble.status
    )
