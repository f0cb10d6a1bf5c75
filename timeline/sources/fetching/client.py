"""Fetching one address: its host's turn, its robots.txt, redirects, tries."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import TYPE_CHECKING, Self

from timeline.sources.fetching import answers, robots
from timeline.sources.fetching.pacing import LONGEST_WAIT, RestingError, Turns
from timeline.sources.fetching.urls import checked, secretive, shown
from timeline.sources.fetching.values import Fetched, FetchError, Outcome, Policy, Validators

if TYPE_CHECKING:
    import ssl

    import httpx

    from timeline.sources.fetching.connecting import Resolve
    from timeline.sources.fetching.exchange import Answer


class Fetcher:
    """Fetches over HTTP, from any number of threads; a context manager, which closes its connections.

    `resolve` gives the addresses of a name and a port; `clock`, `now`, `sleep` and `jitter` (in 0..1) are for tests.
    """

    def __init__(
        self,
        policy: Policy | None = None,
        *,
        resolve: Resolve | None = None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        # Imported here, where something is fetched: commands that fetch nothing start without it.
        from timeline.sources.fetching.connecting import system
        from timeline.sources.fetching.exchange import Line

        self._policy = policy or Policy()
        self._clock, self._now, self._sleep, self._jitter = clock, now, sleep, jitter
        self._line = Line(self._policy, agent(self._policy.contact), resolve or system, clock, tls)
        self._turns = Turns(self._policy.delay, clock, sleep)
        self._robots = robots.Robots(self._robots_txt, self._turns.slow, clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._line.close()

    def fetch(self, url: str, known: Validators | None = None) -> Fetched:
        """What is at an address, or that it is as it was when it gave what is `known`. Raises FetchError."""
        if self._policy.offline:
            raise FetchError("nothing is fetched offline", where=shown(url), hint="Leave out --offline")
        return self._tried(lambda: self._followed(url, known or Validators()))

    def post(self, url: str, content: bytes, content_type: str) -> None:
        """Send some bytes to an address of the operator's own: one try, no redirect, no robots.txt, the same guards.

        Raises FetchError, also for an answer that is not of the kind of 200."""
        if self._policy.offline:
            raise FetchError("nothing is sent offline", where=shown(url), hint="Leave out --offline")
        at = checked(url)
        headers = {"Content-Type": content_type}
        answer = self._line.post(at, headers, content, until=self._clock() + self._policy.total)
        if not 200 <= answer.status < 300:
            raise self._failed(at, answer)

    def _robots_txt(self, url: httpx.URL) -> bytes:
        return self._tried(lambda: self._followed(str(url), Validators(), for_robots=True)).data

    def _tried(self, once: Callable[[], Fetched]) -> Fetched:
        """What may pass is tried again, after a pause of our own or the one that the server asks for if it is short."""
        for tried in range(1, self._policy.tries):
            try:
                return once()
            except FetchError as error:
                if not error.passing or (error.retry_after or 0.0) > LONGEST_WAIT:
                    raise
                # The pause that a server asks for is kept by its turns.
                self._sleep(answers.pause(tried, self._jitter()))
        return once()

    def _followed(self, asked: str, known: Validators, *, for_robots: bool = False) -> Fetched:
        """One try, with its redirects."""
        url = checked(asked)
        seen, lasting, left = {str(url)}, True, self._policy.total
        while True:
            if self._policy.robots and not for_robots:
                self._robots.check(url)
            answer, took = self._asked(url, known, left, for_robots)
            target = answers.redirected(answer.status, answer.headers)
            if not target:
                return self._told(asked, url, lasting and len(seen) > 1, answer, known)
            lasting, left = lasting and answer.status in answers.LASTING, left - took
            url = self._next(url, target, asked)
            if str(url) in seen:
                raise FetchError("its redirects go round in a circle", where=shown(asked), hint="Check the address")
            if len(seen) > self._policy.redirects:
                what = f"it sends elsewhere more than {self._policy.redirects} times"
                raise FetchError(what, where=shown(asked), hint="Check the address")
            seen.add(str(url))

    def _asked(self, url: httpx.URL, known: Validators, left: float, for_robots: bool) -> tuple[Answer, float]:
        """The answer to one request, and the seconds it took."""
        largest = robots.LARGEST if for_robots else self._policy.largest
        try:
            with self._turns.turn(url.host):
                begun = self._clock()
                answer = self._line.get(url, _conditions(known), until=begun + left, largest=largest, cut=for_robots)
                took = self._clock() - begun
                # Before the turn ends: the next one waits already.
                self._turns.rest(url.host, self._rest(answer) or 0.0)
        except RestingError as error:
            what = f"its host asks to be left alone for {error.seconds:.0f} seconds more"
            raise FetchError(
                what, where=shown(str(url)), hint=answers.LATER, passing=True, retry_after=error.seconds
            ) from error
        return answer, took

    def _next(self, url: httpx.URL, target: str, asked: str) -> httpx.URL:
        """Where a redirect leads, checked as what a person gives. Raises FetchError."""
        import httpx

        try:
            found = checked(str(url.join(target)))
        except FetchError as error:
            what = f"it sends to {shown(target)}: {error.what}"
            raise FetchError(what, where=shown(asked), hint="Check the address") from error
        except (httpx.InvalidURL, ValueError) as error:
            what = "it sends to what is no web address"
            raise FetchError(what, where=shown(asked), hint="Check the address") from error
        if url.scheme == "https" and found.scheme == "http" and (secretive(str(url)) or secretive(str(found))):
            what = "it sends a secret address on without encryption"
            raise FetchError(what, where=shown(asked), hint="Ask its publisher for an https:// address")
        return found

    def _told(self, asked: str, url: httpx.URL, moved: bool, answer: Answer, known: Validators) -> Fetched:
        """The answer as a value. Raises FetchError for what is none."""
        status, headers, now = answer.status, answer.headers, self._now()
        if status == 304 and not known:
            what = "it says that nothing changed, but nothing was known (HTTP 304)"
            raise FetchError(what, where=shown(str(url)), hint=answers.LATER, passing=True, status=status)
        outcome = Outcome.UNCHANGED if status == 304 else Outcome.GONE if status == 410 else Outcome.FETCHED
        if outcome is Outcome.FETCHED and status not in answers.WHOLE:
            raise self._failed(url, answer)
        given = answers.validators(headers)
        content_type, charset = answers.kind_of(headers.get("content-type", ""))
        return Fetched(
            url=asked,
            final=str(url),
            moved=str(url) if moved and outcome is not Outcome.GONE else "",
            outcome=outcome,
            data=answer.data,
            content_type=content_type,
            charset=charset,
            validators=known if outcome is Outcome.UNCHANGED and not given else given,
            fresh_until=answers.fresh_until(headers, now),
            fetched=now,
        )

    def _rest(self, answer: Answer) -> float | None:
        """For how many seconds a server asks to be left alone."""
        busy = answer.status == 429 or answer.status >= 500
        return answers.retry_after(answer.headers.get("retry-after", ""), self._now()) if busy else None

    def _failed(self, url: httpx.URL, answer: Answer) -> FetchError:
        what, hint, passing = answers.failure(answer.status)
        asks = self._rest(answer)
        return FetchError(
            what, where=shown(str(url)), hint=hint, passing=passing, retry_after=asks, status=answer.status
        )


def agent(contact: str) -> str:
    """Who asks, as servers are told: `timeline/0.1.0 (+mailto:desk@example.org)`."""
    said = "".join(c for c in contact if c.isascii() and c.isprintable() and c not in "()").strip()
    try:
        name = f"{robots.AGENT}/{version('timeline-events')}"
    except PackageNotFoundError:  # run from its source alone
        name = robots.AGENT
    return f"{name} (+{said})" if said else name


def _conditions(known: Validators) -> dict[str, str]:
    """The headers by which a server may say that nothing changed; what could not be a header's value is left out."""
    told = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in told.items() if value and all(" " <= c <= "\xff" for c in value)}
