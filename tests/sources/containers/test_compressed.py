"""A packed file reads as what is in it; damage and bombs end it with a reason, in flat memory."""

from __future__ import annotations

import bz2
import gzip
import lzma
from pathlib import Path

import pytest

from .reading import STORY, harmless, told, told_of_pipe

PACKERS = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}
LINES = b'{"text": "Suu Kyi was detained."}\n{"text": "Putin visited Myanmar."}\n'


@pytest.mark.parametrize("end", PACKERS)
def test_a_packed_file_reads_as_what_is_in_it(end: str) -> None:
    data = PACKERS[end](LINES)
    for whole in (data, PACKERS[end](LINES[:34]) + PACKERS[end](LINES[34:]), data + bytes(512)):
        read = told(whole, f"a.jsonl{end}")
        assert list(read.texts) == [f"file:///in/a.jsonl{end}!/a.jsonl#line={n}" for n in (1, 2)]
    assert len(told_of_pipe(data).texts) == 2


@pytest.mark.parametrize("end", PACKERS)
@pytest.mark.parametrize("percent", range(0, 100, 5))
def test_a_cut_off_file_is_bad(end: str, percent: int) -> None:
    data = PACKERS[end](STORY * 10)
    read = told(data[: len(data) * percent // 100], f"a.txt{end}")
    assert not read.texts
    assert len(read.bad) == 1


@pytest.mark.parametrize("end", PACKERS)
def test_a_changed_byte_is_bad_or_harmless(end: str) -> None:
    data = PACKERS[end](STORY)
    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 0xFF
        read = told(bytes(changed), f"a.txt{end}")
        assert read.bad or set(read.texts.values()) == {STORY.decode()}


def test_what_is_only_called_packed_says_so() -> None:
    assert told(STORY, "a.txt.gz").bad == {
        "file:///in/a.txt.gz": "it is called .gz but not packed so. Name it for what it is"
    }


@pytest.mark.parametrize("end", PACKERS)
def test_ten_gigabytes_in_a_small_file_are_a_bomb(end: str, tmp_path: Path) -> None:
    piece = PACKERS[end](bytes(50_000_000))
    bomb = tmp_path / f"bomb.jsonl{end}"
    bomb.write_bytes(piece * 200)
    (reason,) = harmless(bomb).reasons
    assert "this is a bomb" in reason


def test_a_bomb_in_bombs_ends(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.txt.gz.gz.gz"
    bomb.write_bytes(gzip.compress(gzip.compress(gzip.compress(bytes(200_000_000)))))
    (reason,) = harmless(bomb).reasons
    assert "this is a bomb" in reason


def test_an_xz_file_that_asks_for_gigabytes_of_memory_is_refused() -> None:
    wants = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 1 << 28}]
    data = lzma.compress(STORY, filters=wants)
    assert "memory" in told(data, "a.txt.xz").bad["file:///in/a.txt.xz!/a.txt"]


def test_a_million_empty_files_one_after_the_other_end(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.txt.gz"
    bomb.write_bytes(gzip.compress(b"") * 200_000)
    assert harmless(bomb).reasons == ["the file is empty. Nothing was read from it"]
