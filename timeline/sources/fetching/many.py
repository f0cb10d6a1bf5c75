"""Many addresses at once: hosts side by side, each host's own one after another."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from timeline.sources.fetching.client import Fetcher
from timeline.sources.fetching.values import Fetched, FetchError, Policy, Validators

_Answer = tuple[str, Fetched | FetchError]


def fetch_all(
    asked: Iterable[tuple[str, Validators]],
    policy: Policy | None = None,
    workers: int = 32,
    *,
    opened: Callable[[Policy], Fetcher] = Fetcher,
) -> Iterator[_Answer]:
    """Each address with what became of it, in the order in which that is known. At most `workers` requests go at
    once, one a host. Whoever stops asking for more stops the rest, too."""
    chains = _chains(asked)
    waiting: queue.SimpleQueue[list[tuple[str, Validators]]] = queue.SimpleQueue()
    for chain in chains:
        waiting.put(chain)
    # As many answers wait to be taken as there are workers: who takes them slowly is not flooded.
    done: queue.Queue[_Answer | BaseException | None] = queue.Queue(maxsize=max(1, workers))
    stopped = threading.Event()
    with opened(policy or Policy()) as fetcher:
        threads = [
            threading.Thread(target=_work, args=(fetcher, waiting, done, stopped), name="timeline-fetch", daemon=True)
            for _ in range(min(max(1, workers), len(chains)))
        ]
        for thread in threads:
            thread.start()
        try:
            working = len(threads)
            while working:
                answer = done.get()
                if answer is None:
                    working -= 1
                elif isinstance(answer, BaseException):
                    raise answer
                else:
                    yield answer
        finally:
            stopped.set()


def _chains(asked: Iterable[tuple[str, Validators]]) -> list[list[tuple[str, Validators]]]:
    """What is asked of each host, the longest first: it takes the longest."""
    hosts: dict[str, list[tuple[str, Validators]]] = {}
    for url, known in asked:
        hosts.setdefault(_host(url), []).append((url, known))
    return sorted(hosts.values(), key=len, reverse=True)


def _host(url: str) -> str:
    try:
        return urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""


def _work(
    fetcher: Fetcher,
    waiting: queue.SimpleQueue[list[tuple[str, Validators]]],
    done: queue.Queue[_Answer | BaseException | None],
    stopped: threading.Event,
) -> None:
    """One thread: takes a host's addresses, fetches them, says None at its end."""
    try:
        while not stopped.is_set():
            for url, known in waiting.get_nowait():
                if stopped.is_set():
                    break
                _put(done, (url, _fetched(fetcher, url, known)), stopped)
    except queue.Empty:
        _put(done, None, stopped)
    except BaseException as error:  # noqa: BLE001 - a fault of ours is told where the answers are taken
        _put(done, error, stopped)


def _fetched(fetcher: Fetcher, url: str, known: Validators) -> Fetched | FetchError:
    try:
        return fetcher.fetch(url, known)
    except FetchError as error:
        return error


def _put(
    done: queue.Queue[_Answer | BaseException | None], answer: _Answer | BaseException | None, stopped: threading.Event
) -> None:
    """Waits for room as long as anyone takes answers."""
    while not stopped.is_set():
        try:
            done.put(answer, timeout=0.5)
        except queue.Full:
            continue
        return
