"""Several writers and readers at once, in processes of their own: nothing is lost, nobody sees a lock."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.store.killing import TRANSACTIONS, written
from timeline.store import open_store

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
