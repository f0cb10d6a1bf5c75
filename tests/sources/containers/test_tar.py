"""Tar archives: read once through, of any size, believing no header; what is no file is passed over."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from .reading import STORY, harmless, told, told_of_pipe

PACKERS = {"": bytes, ".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}


def tarred(members: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=form) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


@pytest.mark.parametrize("end", PACKERS)
@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_members_are_read_in_their_order_packed_or_not(end: str, form: int) -> None:
    pack: Callable[[bytes], bytes] = PACKERS[end]
    long = f"{'d' * 90}/{'n' * 90}.txt"
    data = pack(tarred({"b.txt": STORY, long: STORY * 2000, "a.txt": STORY}, form))
    read = told(data, f"in.tar{end}")
    assert list(read.texts) == [f"file:///in/in.tar{end}!/{name}" for name in ("b.txt", long, "a.txt")]
    assert not read.bad
    if end != ".bz2":  # its first bytes tell nothing without a name
        assert list(told_of_pipe(data).texts) == [f"stdin!/{name}" for name in ("b.txt", long, "a.txt")]


def test_a_packed_archive_is_one_archive_deep() -> None:
    data = {"c.txt.gz": gzip.compress(STORY)}
    origin = "file:///in/a.tgz!/b.tar.gz!/c.txt.gz!/c.txt"
    assert list(told(gzip.compress(tarred({"b.tar.gz": gzip.compress(tarred(data))})), "a.tgz").texts) == [origin]


def test_links_folders_and_devices_are_passed_over() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"k{kind.decode()}.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("a.txt")
        info.size = len(STORY)
        archive.addfile(info, io.BytesIO(STORY))
    read = told(file.getvalue(), "in.tar")
    assert list(read.texts) == ["file:///in/in.tar!/a.txt"]
    assert not read.bad


def test_a_name_is_a_label_whatever_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = tarred({"/etc/x.txt": STORY, "../../y.txt": STORY, "\udcff\udcfe.txt": STORY}, tarfile.GNU_FORMAT)
    assert list(told(data, "in.tar").texts) == [
        "file:///in/in.tar!//etc/x.txt",
        "file:///in/in.tar!/%2E%2E/%2E%2E/y.txt",
        "file:///in/in.tar!/%FF%FE.txt",
    ]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("end", PACKERS)
@pytest.mark.parametrize("percent", range(0, 100, 5))
def test_a_cut_off_archive_keeps_what_came_before_and_says_so(end: str, percent: int) -> None:
    whole = PACKERS[end](tarred({"a.txt": STORY, "b.txt": STORY * 200}))
    if end == "":
        whole = whole[: whole.rfind(STORY) + len(STORY)]
    read = told(whole[: len(whole) * percent // 100], f"in.tar{end}")
    assert 1 <= len(read.bad) <= 2  # the member that breaks off, and the archive with it
    whole_ones = {f"file:///in/in.tar{end}!/a.txt": STORY, f"file:///in/in.tar{end}!/b.txt": STORY * 200}
    assert all(whole_ones[origin] == text.encode() for origin, text in read.texts.items())


@pytest.mark.parametrize("at", range(0, 512, 7))
def test_a_changed_byte_anywhere_never_crashes(at: int) -> None:
    whole = bytearray(tarred({"a.txt": STORY}))
    for value in (0, 0x2D, 0x80, 0xFF):
        whole[at] = value
        assert told(bytes(whole), "in.tar").items


def test_a_header_that_claims_a_terabyte_is_cut_off_at_the_end() -> None:
    info = tarfile.TarInfo("a.txt")
    info.size = 2**40
    read = told(info.tobuf(tarfile.GNU_FORMAT) + STORY, "in.tar")
    assert "end is missing" in read.bad["file:///in/in.tar!/a.txt"]


def test_a_name_of_gigabytes_is_not_read_into_memory(tmp_path: Path) -> None:
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 2**33
    bomb = tmp_path / "bomb.tar"
    bomb.write_bytes(info.tobuf(tarfile.GNU_FORMAT) + b"n" * 1024)
    assert "this is a bomb" in harmless(bomb).reasons[0]


def test_archives_in_a_plain_archive_give_as_much_as_they_may() -> None:
    lines = b'{"text": "Suu Kyi was detained."}\n' * 300
    data = tarred({f"{n}.jsonl.gz": gzip.compress(lines) for n in range(40)})
    assert len(told(data, "in.tar").texts) == 40 * 300
