"""ZIP archives: what can be read of them is, whatever is wrong with the rest; bombs end at once."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from timeline.sources import Fit
from timeline.sources.containers.zip import ZipContainer
from timeline.sources.head import LENGTH, Head

from .reading import STORY, harmless, told, told_of_pipe, zipped


def test_members_are_read_in_their_order_each_with_its_name() -> None:
    line = b'{"text": "Suu Kyi was detained on Monday."}\n'
    read = told(zipped({"b/2.txt": STORY, "a.jsonl": line, "c": STORY}), "in.zip")
    assert list(read.texts) == [
        "file:///in/in.zip!/b/2.txt",
        "file:///in/in.zip!/a.jsonl#line=1",
        "file:///in/in.zip!/c",
    ]
    assert not read.bad
    assert not read.warnings


def test_an_archive_in_an_archive_and_through_a_pipe_reads_the_same() -> None:
    inner = zipped({"a.txt": STORY})
    assert list(told(zipped({"in.zip": inner}), "out.zip").texts) == ["file:///in/out.zip!/in.zip!/a.txt"]
    assert list(told_of_pipe(zipped({"in.zip": inner})).texts) == ["stdin!/in.zip!/a.txt"]


def test_what_no_format_reads_is_passed_over_with_one_warning() -> None:
    pictures = {f"{n}.jpg": b"\xff\xd8\xff" for n in range(1000)} | {"style.css": b"a"}
    read = told(zipped({"a.txt": STORY, ".hidden.txt": STORY, "__MACOSX/._a.txt": STORY, **pictures}), "in.zip")
    assert list(read.texts) == ["file:///in/in.zip!/a.txt"]
    assert not read.bad
    assert read.warnings == ["/in/in.zip: 1,001 members are of no format that can be read and passed over: .jpg, .css"]


def test_an_archive_without_anything_to_read_says_so() -> None:
    for members in ({}, {"a.jpg": b"1"}):
        assert "holds nothing to read" in told(zipped(members), "in.zip").bad["file:///in/in.zip"]


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.txt",
        "/etc/passwd.txt",
        "C:\\windows\\system.txt",
        "..\\..\\up.txt",
        "a\x1b[31m\u202e.txt",
        "CON.txt",
        f"{'n' * 255}.txt",
        "/".join(["d" * 250] * 20) + "/a.txt",
        "\u1019\u103c\u1014\u103a\u1019\u102c.txt",
    ],
)
def test_a_name_is_a_label_and_writes_nothing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (origin,) = told(zipped({name: STORY}), "in.zip").texts
    assert origin.isascii()
    assert origin.isprintable()
    assert len(origin) < 1100
    assert "/../" not in origin
    assert list(tmp_path.iterdir()) == []


def test_two_names_never_become_one() -> None:
    long = "n" * 3000
    names = ["a.txt", "../a.txt", "./a.txt", "%2E%2E/a.txt", f"{long}1.txt", f"{long}2.txt"]
    assert len(told(zipped(dict.fromkeys(names, STORY)), "in.zip").texts) == len(names)


def test_names_in_utf8_that_do_not_say_so_are_read() -> None:
    data = zipped({"mmmmmm.txt": STORY}).replace(b"mmmmmm.txt", "\u1019\u103c.txt".encode())
    assert list(told(data, "in.zip").texts) == ["file:///in/in.zip!/%E1%80%99%E1%80%BC.txt"]


def test_folders_and_links_are_passed_over() -> None:
    link = ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.mkdir("folder.txt")
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.txt", STORY)
    read = told(file.getvalue(), "in.zip")
    assert list(read.texts) == ["file:///in/in.zip!/a.txt"]
    assert not read.bad


def test_an_encrypted_member_is_told_and_the_rest_goes_on() -> None:
    data = bytearray(zipped({"secret.txt": STORY, "a.txt": STORY}))
    data[data.find(b"PK\x01\x02") + 8] |= 1
    read = told(bytes(data), "in.zip")
    assert "encrypted" in read.bad["file:///in/in.zip!/secret.txt"]
    assert list(read.texts) == ["file:///in/in.zip!/a.txt"]


def test_a_member_with_a_wrong_sum_or_a_strange_method_is_told_and_the_rest_goes_on() -> None:
    data = zipped({"wrong.txt": STORY}, ZIP_STORED).replace(STORY, STORY.replace(b"Putin", b"Patin"))
    assert "damaged" in told(data, "in.zip").bad["file:///in/in.zip!/wrong.txt"]
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("a.txt", STORY)
        archive.writestr("b.txt", STORY, ZIP_BZIP2)
    read = told(file.getvalue(), "in.zip")
    assert "Pack it again" in read.bad["file:///in/in.zip!/b.txt"]
    assert list(read.texts) == ["file:///in/in.zip!/a.txt"]


@pytest.mark.parametrize("percent", range(0, 100, 5))
def test_a_cut_off_archive_is_bad_and_nothing_else(percent: int) -> None:
    whole = zipped({"a.txt": STORY * 50, "b.txt": STORY}, ZIP_STORED)
    read = told(whole[: len(whole) * percent // 100], "in.zip")
    assert not read.texts
    assert len(read.bad) == 1


@pytest.mark.parametrize("at", range(0, 260, 3))
def test_a_changed_byte_anywhere_never_crashes(at: int) -> None:
    whole = bytearray(zipped({"a.txt": STORY, "b.txt": STORY}))
    for value in (0, 0x7F, 0xFF):
        whole[at % len(whole)] = value
        told(bytes(whole), "in.zip")


def test_members_that_lie_over_each_other_are_a_bomb(tmp_path: Path) -> None:
    inner = zlib.compress(bytes(8_000_000), 9)[2:-4]
    sizes = struct.pack("<LLL", zlib.crc32(bytes(8_000_000)), len(inner), 8_000_000)
    fixed = struct.pack("<5H", 20, 0, 8, 0, 33) + sizes
    local = b"PK\x03\x04" + fixed + struct.pack("<2H", 5, 0) + b"a.txt" + inner
    entry = b"PK\x01\x02" + b"\x14\0" + fixed + struct.pack("<5H2L", 5, 0, 0, 0, 0, 0, 0) + b"a.txt"
    directory = entry * 60_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 60_000, 60_000, len(directory), len(local), 0)
    bomb = tmp_path / "bomb.zip"
    bomb.write_bytes(local + directory + end)
    assert harmless(bomb).reasons == ["its members lie over each other: this is a bomb, no archive"]


def test_a_member_that_unpacks_to_gigabytes_is_a_bomb(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with ZipFile(bomb, "w", ZIP_DEFLATED) as archive, archive.open("a.txt", "w", force_zip64=True) as member:
        for _ in range(300):
            member.write(bytes(1024 * 1024))
    (reason,) = harmless(bomb).reasons
    assert "this is a bomb" in reason


def test_archives_in_archives_in_archives_end(tmp_path: Path) -> None:
    data = zipped({"a.txt": STORY})
    for _ in range(6):
        data = zipped({f"{n}.zip": data for n in range(8)}, ZIP_STORED)
    bomb = tmp_path / "bomb.zip"
    bomb.write_bytes(data)
    taken = harmless(bomb)
    assert len(taken.reasons) == 8**3
    assert "lies in 3 archives" in taken.reasons[0]


def test_a_list_of_more_members_than_memory_holds_is_refused_unread() -> None:
    whole = zipped({"a.txt": STORY})
    at = whole.find(b"PK\x05\x06")
    data = whole[:at] + bytes(40_000_000) + whole[at : at + 12] + struct.pack("<L", 39_000_000) + whole[at + 16 :]
    assert "list of members is too long" in told(data, "in.zip").bad["file:///in/in.zip"]


@pytest.mark.parametrize(
    ("first", "name", "fit"),
    [
        ("[Content_Types].xml", "a.docx", Fit.NO),
        ("[Content_Types].xml", "a.zip", Fit.NO),
        ("mimetype", "a.odt", Fit.NO),
        ("word/notes.txt", "a.zip", Fit.SURE),
        ("report.docx", "a.zip", Fit.SURE),
        ("a.txt", "", Fit.SURE),
    ],
)
def test_documents_that_are_zip_files_inside_are_no_archives(first: str, name: str, fit: Fit) -> None:
    document = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}, ZIP_STORED)
    inside = b"application/vnd.oasis.opendocument.text" if first == "mimetype" else b"text"
    data = zipped({first: document if first == "report.docx" else inside, "word/x.xml": b"x"}, ZIP_STORED)
    assert ZipContainer().fits(Head(name, data[:LENGTH])) is fit
