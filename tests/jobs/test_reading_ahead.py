"""Pages that are read several at once come as they would one by one: in their order, a broken one by itself."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from pathlib import Path

import pytest

from tests.sources.furnished import furnished
from timeline.jobs.reading import Reading, Through, items
from timeline.model import Article
from timeline.sources import Bad
from timeline.sources.worker import workers


def told(path: Path, jobs: int) -> Generator[str, None, None]:
    for item in items([str(path)], Reading(jobs=jobs), None, pytest.fail):
        assert isinstance(item, Article | Bad | Through)
        what = item.reason if isinstance(item, Bad) else item.title if isinstance(item, Article) else "read"
        yield f"{item.origin.rsplit('/')[-1]} {what}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    body = ["Malaysia's king flew to Brunei on Monday for a visit of three days, the palace said."] * 2
    for number in range(12):
        page = furnished(f"The king's visit number {number} begins", body, date(2025, 3, 3))
        (tmp_path / f"{number:02}.html").write_bytes(b"<!DOCTYPE html><p>nothing" if number == 5 else page)
    (tmp_path / "07.txt").write_text("Malaysia's king flew to Brunei on Monday for a visit of three days.")
    return tmp_path


def test_several_at_once_are_as_one_by_one(folder: Path) -> None:
    one_by_one, at_once = (list(told(folder, jobs)) for jobs in (1, 3))
    assert at_once == one_by_one
    assert len(at_once) == 26
    assert at_once[:2] == ["00.html The king's visit number 0 begins", "00.html read"]
    assert at_once[10].startswith("05.html no article is found on this page")


def test_an_import_that_ends_early_leaves_no_page_behind(folder: Path) -> None:
    reading = told(folder, 2)
    assert next(reading).startswith("00.html")
    reading.close()
    assert list(told(folder / "01.html", 1)) == ["01.html The king's visit number 1 begins", "01.html read"]
    assert len(workers().pids) <= 4
