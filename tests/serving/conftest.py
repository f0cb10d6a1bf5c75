"""A server as `timeline serve` is one, on a free port of this machine, over a real store."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.exports.making import store_at


@contextmanager
def serving(db: str | Path, *options: str) -> Iterator[tuple[httpx.Client, subprocess.Popen[str]]]:
    """A client of a running server, and its process, which is stopped afterwards."""
    command = [sys.executable, "-m", "timeline", "serve", "--db", str(db), "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ})
    try:
        assert process.stderr is not None
        said = process.stderr.readline()
        assert said.startswith("Serving at http://"), said
        with httpx.Client(base_url=said.split()[2], trust_env=False, timeout=60) as client:
            yield client, process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


@pytest.fixture(scope="package")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("serving") / "store.db"
    store_at(path)
    return path


@pytest.fixture(scope="package")
def client(db: Path) -> Iterator[httpx.Client]:
    with serving(db) as (client, _):
        yield client


@pytest.fixture
def ask(client: httpx.Client) -> Callable[..., httpx.Response]:
    """Asks for an address with parameters; a list stands for several."""

    def asked(path: str, **parameters: object) -> httpx.Response:
        named = {name.rstrip("_").replace("_", "-"): value for name, value in parameters.items()}
        return client.get(path, params=named or None)  # type: ignore[arg-type]

    return asked
