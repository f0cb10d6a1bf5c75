"""A list of files leads to each of them once, and again where its sum has changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from hashlib import md5
from pathlib import Path

import pytest

from tests.jobs.test_following import imported
from tests.sources.faults import Answer, FaultServer, faulty
from timeline.sources import Bad, Fit, Link
from timeline.sources.filelists import FileListReader
from timeline.sources.head import Head
from timeline.store import open_store

GDELT = Path(__file__).parents[2] / "data" / "samples" / "gdelt" / "20210201001500.export.CSV"
SUM = "3e4b4ac4b0b5b0a2a4f8c9d7e6f50403"
LIST = f"""\
150383 {SUM} http://data.example/gdeltv2/20210201001500.export.CSV.zip
318084 {SUM} http://data.example/gdeltv2/20210201001500.mentions.CSV.zip
10768507 {SUM} http://data.example/gdeltv2/20210201001500.gkg.csv.zip
"""


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with faulty() as running:
        yield running


def zipped(rows: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("20210201001500.export.CSV"), rows)
    return packed.getvalue()


def listed(server: FaultServer, files: dict[str, bytes]) -> bytes:
    lines = [
        f"{len(data)} {md5(data, usedforsecurity=False).hexdigest()} {server.url(path)}" for path, data in files.items()
    ]
    return "\n".join([*lines, f"9 {SUM} {server.url('/x.gkg.csv.zip')}", ""]).encode()


def test_events_are_followed_and_what_lies_beside_them_is_passed_over() -> None:
    found = list(FileListReader().read(f"{LIST}\n12 sum\n".encode(), "list"))
    assert [type(each) for each in found] == [Link, Bad]
    link = found[0]
    assert isinstance(link, Link)
    assert (link.url[-19:], link.mark) == ("1500.export.CSV.zip", SUM)


@pytest.mark.parametrize(
    ("data", "expected"),
    [(LIST, Fit.SURE), ("", Fit.NO), (f"{LIST}and a word", Fit.NO), ("1 2 http://data.example/a", Fit.NO)],
)
def test_a_list_is_told_by_its_lines(data: str, expected: Fit) -> None:
    assert FileListReader().fits(Head("lastupdate.txt", data.encode())) is expected


def test_each_file_is_fetched_once_and_again_where_its_sum_has_changed(server: FaultServer, tmp_path: Path) -> None:
    first, second = GDELT.read_text(encoding="utf-8").splitlines(keepends=True)[:2]
    files = {"/1.export.CSV.zip": zipped(first)}
    url = server.url("/masterfilelist.txt")

    def say() -> None:
        server.say("/masterfilelist.txt", Answer(listed(server, files)))
        for path, data in files.items():
            server.say(path, Answer(data))

    with open_store(str(tmp_path / "t.db")) as store:
        say()
        assert imported(store, url).counts.added == 1
        files["/2.export.CSV.zip"] = zipped(second)
        say()
        counts = imported(store, url).counts
        assert (counts.added, counts.unchanged) == (1, 1)
        assert (server.asked("/1.export.CSV.zip"), server.asked("/2.export.CSV.zip")) == (1, 1)
        files["/1.export.CSV.zip"] = zipped(first.replace("\t-5.0\t120\t", "\t-5.0\t121\t"))
        say()
        counts = imported(store, url).counts
        assert (counts.updated, counts.unchanged) == (1, 1)
        assert (server.asked("/1.export.CSV.zip"), server.asked("/x.gkg.csv.zip")) == (2, 0)
