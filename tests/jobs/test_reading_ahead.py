"""Pages that are read several at once come as they would one by one: in their order, a broken one by itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.sources.furnished import furnished
from timeline.jobs.reading import Item, Reading, Rows, Unchanged, items
from timeline.sources import Bad
from timeline.sources.worker import workers


def told(item: Item) -> str:
    assert not isinstance(item, Rows | Unchanged)
    return f"{item.origin.rsplit('/')[-1]} {item.reason if isinstance(item, Bad) else item.title}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    body = ["Malaysia's king flew to Brunei on Monday for a visit of three days, the palace said."] * 2
    for number in range(12):
        page = furnished(f"The king's visit number {number} begins", body, date(2025, 3, 3))
        (tmp_path / f"{number:02}.html").write_bytes(b"<!DOCTYPE html><p>nothing" if number == 5 else page)
    (tmp_path / "07.txt").write_text("Malaysia's king flew to Brunei on Monday for a visit of three days.")
    return tmp_path


def test_several_at_once_are_as_one_by_one(folder: Path) -> None:
    one_by_one, at_once = (
        [told(item) for item in items([str(folder)], Reading(jobs=jobs), None, pytest.fail)] for jobs in (1, 3)
    )
    assert at_once == one_by_one
    assert len(at_once) == 13
    assert at_once[0] == "00.html The king's visit number 0 begins"
    assert at_once[5].startswith("05.html no article is found on this page")


def test_an_import_that_ends_early_leaves_no_page_behind(folder: Path) -> None:
    reading = items([str(folder)], Reading(jobs=2), None, pytest.fail)
    assert told(next(reading)).startswith("00.html")
    reading.close()  # type: ignore[attr-defined]
    assert [told(item) for item in items([str(folder / "01.html")], Reading(), None, pytest.fail)] == [
        "01.html The king's visit number 1 begins"
    ]
    assert len(workers().pids) <= 4
