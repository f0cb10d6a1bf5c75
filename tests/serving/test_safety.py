"""Whatever is asked, by whomever: an answer in one of few shapes, to those alone whom it is for."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx
import pytest

from tests.commands import run
from tests.serving.conftest import serving
from timeline.asking.filters import FILTERS
from timeline.store import open_store

# TIMELINE_HOSTILE=10000 asks for more.
HOSTILE = int(os.environ.get("TIMELINE_HOSTILE", "150"))
PATHS = ["/", "/api/events", "/api/events", "/api/count", "/api/count-by", "/api/people", "/export.csv", "/api/events/"]
NAMES = [*(each.name for each in FILTERS), "by", "limit", "after", "country"]
ALPHABETS = [
    "abcdefghij 0123456789-/:.,",
    "0123456789-/.~?%X[]{}",
    '\'";()%_*\\<>&=+"',
    "".join(map(chr, range(256))),
    "\u0000\u202e\u2028\ud7ff\ue000\ufffe\U0001f600\u1019\u0635\u4e2d\u0301\u200b",
]
WORDS = [
    "last",
    "May",
    "2021",
    "two",
    "weeks",
    "ago",
    "Myanmar",
    "Putin",
    "..",
    "visit",
    "near",
    "km",
    "date",
    "NaN",
    "*",
]


def hostile(chance: random.Random) -> str:
    if chance.random() < 0.2:
        return " ".join(chance.choices(WORDS, k=chance.randint(1, 5)))
    length = chance.choice([1, 2, 8, 30, 300, 2_000])
    return "".join(chance.choices(chance.choice(ALPHABETS), k=length))


def test_no_parameter_makes_the_server_fail(client: httpx.Client) -> None:
    chance = random.Random(HOSTILE)  # noqa: S311 - the same at every run
    met: set[int] = set()
    for _ in range(HOSTILE):
        path, said = chance.choice(PATHS), hostile(chance)
        told = {name: hostile(chance) for name in chance.choices(NAMES, k=chance.randint(1, 2))}
        address = f"{path}{quote(said, safe='')}" if path.endswith("/events/") else f"{path}?{urlencode(told)}"
        answer = client.get(address)
        assert answer.status_code in (200, 303, 400, 404), (address, answer.text[:300])
        assert "Traceback" not in answer.text
        if answer.status_code >= 400 and path != "/":
            assert answer.json()["error"]["what"]
        met.add(answer.status_code)
    assert {200, 400, 404} <= met


def test_a_request_that_is_no_request_is_refused(client: httpx.Client) -> None:
    for raw in (b"\x00\xff\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n"):
        with socket.create_connection((client.base_url.host, client.base_url.port or 0), timeout=10) as raw_client:
            raw_client.sendall(raw)
            assert raw_client.recv(4096).startswith(b"HTTP/1.1 400 ")
    assert client.get("/api/count").status_code == 200


@pytest.mark.parametrize("path", ["/", "/api/events", "/export.csv", "/nowhere", "/api/events?limit=x"])
def test_every_answer_can_be_neither_framed_nor_embedded_nor_guessed_at(client: httpx.Client, path: str) -> None:
    headers = client.get(path, headers={"Origin": "https://evil.example"}).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["content-security-policy"].startswith("default-src 'none'; ")
    assert not [name for name in headers if name.startswith("access-control-")]
    assert "server" not in headers


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "192.0.2.1", ""]
)
def test_a_foreign_name_for_this_machine_reads_nothing(client: httpx.Client, host: str) -> None:
    answer = client.get("/api/events", headers={"Host": host})
    assert answer.status_code == 400
    assert "events" not in answer.json()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1", "[::1]:8765", "LOCALHOST."])
def test_names_of_this_machine_are_answered_on_any_port(client: httpx.Client, host: str) -> None:
    assert client.get("/api/count", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_but_reading_is_allowed(client: httpx.Client, method: str) -> None:
    answer = client.request(method, "/api/events")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert answer.json()["error"]


def test_others_are_served_only_where_that_is_allowed(db: Path) -> None:
    refused = run("serve", "--host", "0.0.0.0", "--port", "0", "--db", db)  # noqa: S104 - what is refused
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert "--allow-remote" in refused.stderr
    options = ("--host", "0.0.0.0", "--allow-remote", "--name", "news.example")  # noqa: S104 - what is allowed
    with serving(db, *options) as (client, _):
        for host, status in (("news.example", 200), ("192.0.2.1:8765", 200), ("evil.example", 400)):
            assert client.get("/api/count", headers={"Host": host}).status_code == status


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_in_peace_when_told_to(db: Path, number: signal.Signals) -> None:
    with serving(db) as (client, process):
        assert client.get("/").status_code == 200
        process.send_signal(number)
        _, said = process.communicate(timeout=20)
        assert (process.returncode, said) == (0, "")


def test_a_port_that_is_taken_and_a_store_that_is_not_there_are_said_in_a_line(db: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for arguments in (("--port", port, "--db", db), ("--port", "0", "--db", tmp_path / "none.db")):
            done = run("serve", *arguments)
            assert done.returncode == 1
            assert done.stderr.startswith("timeline: ")
            assert done.stderr.count("\n") == 1
    assert not (tmp_path / "none.db").exists()


def test_a_store_that_refuses_is_503_and_comes_back(tmp_path: Path, db: Path) -> None:
    copy = tmp_path / "copy.db"
    subprocess.run(["cp", db, copy], check=True)
    with serving(copy) as (client, _):
        assert client.get("/api/count").status_code == 200
        with open_store(str(copy)) as store, store._database.writing() as connection:
            connection.exec_driver_sql("ALTER TABLE events RENAME TO gone")
        for path in ("/", "/api/count", "/api/events", "/export.csv"):
            answer = client.get(path)
            assert answer.status_code == 503
            assert answer.headers["retry-after"]
            assert answer.json()["error"]["hint"]
        with open_store(str(copy)) as store, store._database.writing() as connection:
            connection.exec_driver_sql("ALTER TABLE gone RENAME TO events")
        assert client.get("/api/count").status_code == 200
