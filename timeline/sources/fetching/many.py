"""Many addresses at once: hosts side by side, each host's own one after another."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from timeline.sources.fetching.client import Fetcher
from timeline.sources.fetching.values import Fetched, FetchError, Policy, Validators

_Asked = tuple[str, Validators]
_Answer = tuple[str, Fetched | FetchError]


def fetch_all(
    asked: Iterable[_Asked],
    policy: Policy | None = None,
    workers: int = 32,
    *,
    opened: Callable[[Policy], Fetcher] = Fetcher,
) -> Iterator[_Answer]:
    """Each address with what became of it, in the order in which that is known. At most `workers` requests go at
    once, one a host. Whoever stops asking for more stops the rest, too."""
    chains = _chains(asked)
    if not chains:
        return
    pool = _Pool(opened(policy or Policy()), chains, min(max(1, workers), len(chains)))
    try:
        yield from pool.answers()
    finally:
        pool.stopped.set()


def _chains(asked: Iterable[_Asked]) -> list[list[_Asked]]:
    """What is asked of each host, the longest first: it takes the longest."""
    hosts: dict[str, list[_Asked]] = {}
    for url, known in asked:
        hosts.setdefault(_host(url), []).append((url, known))
    return sorted(hosts.values(), key=len, reverse=True)


def _host(url: str) -> str:
    try:
        return urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""


class _Pool:
    """Threads that take a host's addresses, fetch them, and go on to the next host. The last one closes the fetcher:
    also where no one takes answers any more, what is under way ends by itself."""

    def __init__(self, fetcher: Fetcher, chains: list[list[_Asked]], workers: int) -> None:
        self._fetcher = fetcher
        self._waiting: queue.SimpleQueue[list[_Asked]] = queue.SimpleQueue()
        for chain in chains:
            self._waiting.put(chain)
        # As many answers wait to be taken as there are workers: who takes them slowly is not flooded.
        self._done: queue.Queue[_Answer | BaseException | None] = queue.Queue(maxsize=workers)
        self._working, self._lock = workers, threading.Lock()
        self.stopped = threading.Event()
        for _ in range(workers):
            threading.Thread(target=self._work, name="timeline-fetch", daemon=True).start()

    def answers(self) -> Iterator[_Answer]:
        """Until the last worker says None. Raises what is a fault of ours."""
        while (answer := self._done.get()) is not None:
            if isinstance(answer, BaseException):
                raise answer
            yield answer

    def _work(self) -> None:
        try:
            while not self.stopped.is_set():
                for url, known in self._waiting.get_nowait():
                    if not self.stopped.is_set():
                        self._put((url, self._fetched(url, known)))
        except queue.Empty:
            pass
        except BaseException as error:  # noqa: BLE001 - told where the answers are taken
            self._put(error)
        with self._lock:
            self._working -= 1
            last = not self._working
        if last:
            self._fetcher.close()
            self._put(None)

    def _fetched(self, url: str, known: Validators) -> Fetched | FetchError:
        try:
            return self._fetcher.fetch(url, known)
        except FetchError as error:
            return error

    def _put(self, answer: _Answer | BaseException | None) -> None:
        """Waits for room as long as anyone takes answers."""
        while not self.stopped.is_set():
            try:
                return self._done.put(answer, timeout=0.5)
            except queue.Full:
                continue
        return None
