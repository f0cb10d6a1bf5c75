"""Several writers and readers at once, in processes of their own: nothing is lost, nobody sees a lock. Readers of one
process do not meet either."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.store.killing import TRANSACTIONS, written
from tests.store.making import Told, extraction, import_
from timeline.model.errors import StoreError
from timeline.store import open_store
from timeline.store.store import Store

ROOT = Path(__file__).parents[2]
WRITERS, READERS = 8, 4


def _start(work: str, url: str, seed: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store.killing", work, url, str(seed)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, text=True)


def test_eight_writers_and_four_readers_lose_nothing(database_url: str, tmp_path: Path) -> None:
    with open_store(database_url):
        pass
    readers = [_start("read", database_url, seed) for seed in range(READERS)]
    writers = [_start("write", database_url, seed) for seed in range(WRITERS)]
    problems = [writer.communicate()[1] for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * WRITERS, problems
    for reader in readers:
        assert reader.poll() is None, reader.communicate()[1]
        reader.kill()
        assert "read" in reader.communicate()[0]
    with open_store(database_url) as store, open_store(str(tmp_path / "clean.db")) as clean:
        assert store.status().articles == WRITERS * TRANSACTIONS
        clean.save_all(written(seed, number) for seed in range(WRITERS) for number in range(TRANSACTIONS))
        assert store.content_hash() == clean.content_hash()


def test_readers_one_after_another_and_at_once_see_all_that_was_written(database_url: str) -> None:
    def kinds(store: Store) -> list[str]:
        return [event.kind for event in store.events()]

    with open_store(database_url) as writer, open_store(database_url, readonly=True) as reader:
        import_(writer, [extraction([Told("visit", day=1)], "file:///a")])
        assert kinds(reader) == kinds(reader) == ["visit"]
        begun = reader.events()
        assert next(begun).kind == "visit"
        import_(writer, [extraction([Told("attack", day=2)], "file:///b")])
        assert kinds(reader) == ["visit", "attack"]
        assert not list(begun)
        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(kinds, [reader] * 200)) == [["visit", "attack"]] * 200
        assert kinds(writer) == ["visit", "attack"]


def test_a_closed_store_is_read_no_more_and_holds_no_file(tmp_path: Path) -> None:
    opened = Path("/proc/self/fd")
    store = open_store(str(tmp_path / "store.db"))
    assert not list(store.events())
    assert any(each.resolve().parent == tmp_path.resolve() for each in opened.iterdir())
    store.close()
    assert not any(each.resolve().parent == tmp_path.resolve() for each in opened.iterdir())
    with pytest.raises(StoreError, match="closed"):
        list(store.events())
