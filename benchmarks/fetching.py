"""How long it takes to poll 200 feeds of 50 kB on this machine, each with its robots.txt: seconds, feeds per second.

python -m benchmarks.fetching

Each host answers after 50 ms, as hosts far away do. Beside it: httpx in 32 threads with nothing but the body asked for
(no robots.txt, no bounds), and one request after another.
"""

from __future__ import annotations

import gzip
import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection

import httpx

from timeline.jobs.ahead import AHEAD, answers
from timeline.jobs.fetching import Fetching
from timeline.sources.fetching import Fetcher, Policy
from timeline.sources.finding import Found
from timeline.store import Counts, open_store

FEEDS = 200
FAR = 0.05  # seconds that an answer takes
BODY = gzip.compress(b"".join(b"<item><title>Report %d</title></item>" % i for i in range(1_400)))


class _Host(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        time.sleep(FAR)
        known = self.headers.get("If-None-Match") == '"1"'
        robots = self.path == "/robots.txt"
        body = b"User-agent: *\nDisallow: /private\n" if robots else b"" if known else BODY
        self.send_response(304 if known else 200)
        self.send_header("ETag", '"1"')
        if not known:
            self.send_header("Content-Length", str(len(body)))
        if not robots and not known:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    request_queue_size = 512
    daemon_threads = True


def _serve(told: Connection) -> None:
    server = _Server(("127.0.0.1", 0), _Host)
    told.send(server.server_address[1])
    server.serve_forever()


@contextmanager
def serving() -> Iterator[int]:
    """The port of a server in a process of its own."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(there,), daemon=True)
    process.start()
    try:
        yield here.recv()
    finally:
        process.terminate()
        process.join()


def told(name: str, work: Callable[[], int]) -> None:
    """Runs it, and prints what it took."""
    begun = time.perf_counter()
    count = work()
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    line = {"what": name, "feeds": count, "seconds": round(seconds, 2), "per_second": round(count / seconds)}
    print(json.dumps(line | {"peak_mib": peak}))


def main() -> None:
    with serving() as port, tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/t.db") as store:
        urls = [f"http://host{i}.example:{port}/feed" for i in range(FEEDS)]

        def polled(kind: type, **policy: float) -> int:
            settings = Policy(allow_private=True, **policy)  # type: ignore[arg-type]
            with Fetcher(settings, resolve=lambda _host, _port: ["127.0.0.1"]) as fetcher:
                fetching = Fetching(fetcher, store)
                count = sum(isinstance(got, kind) for _, got in answers(((url, "") for url in urls), fetching))
                store.finish_run(store.begin_run("poll"), Counts(), fetched=fetching.learnt())
            return count

        told("first poll, no pauses", lambda: polled(Found, delay=0))
        told("second poll: unchanged, no pauses", lambda: polled(type(None), delay=0))
        told("unchanged, a second between two requests to a host", lambda: polled(type(None)))

        plain = f"http://127.0.0.1:{port}/feed"
        with httpx.Client() as client, ThreadPoolExecutor(AHEAD) as pool:
            told("httpx in threads", lambda: sum(len(got.content) > 0 for got in pool.map(client.get, [plain] * FEEDS)))
            told("httpx one after another", lambda: sum(client.get(plain).is_success for _ in range(FEEDS)))


if __name__ == "__main__":
    main()
