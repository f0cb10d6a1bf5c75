"""What the place of an article tells of its date: only whole days that stand alone, and never more than a hint."""

from __future__ import annotations

import os
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from timeline.model import Article
from timeline.sources.filing import By, day_of_address, day_of_path, filed
from timeline.sources.finding import Found

DAY = date(2025, 3, 3)


@pytest.mark.parametrize(
    "path",
    [
        "2025-03-03-visit.txt",
        "in/20250303_visit.txt",
        "visit 2025.03.03.txt",
        "wire_20250303.txt",
        "20250303T101500Z.txt",
        "file:///in/visit%202025-03-03.txt",
        "archive/2025/03/03/visit.txt",
        "archive/2025/3/3/visit.txt",
        "archive/2025-03-03/visit.txt",
        "backup-2024-01-01/2025_03_03.txt",
        "in\\2025-03-03.txt",
    ],
)
def test_a_day_in_the_name_or_the_folders_is_read(path: str) -> None:
    assert day_of_path(path) == DAY


@pytest.mark.parametrize(
    "path",
    [
        "visit.txt",
        "2025-03/visit.txt",
        "2025-03-03_to_2025-03-09.txt",
        "backup-2024-01-01/visit.txt",
        "2024/01/01/raw/visit.txt",
        "2025-13-03.txt",
        "120250303.txt",
        "report-20231345.txt",
        "world-asia-20101122.txt",  # the number of an article of 2012
        "v2025-03-03.txt",
        "a20250303.txt",
        "2025-0303.txt",
        "00010101.txt",
        "stdin",
        "",
    ],
)
def test_a_name_that_tells_no_single_day_tells_nothing(path: str) -> None:
    assert day_of_path(path) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2025/03/03/visit", DAY),
        ("https://example.org/world/2025/mar/03/visit", DAY),
        ("https://example.org/2025/03/03", DAY),
        ("https://example.org/visit-20250303.html", DAY),
        ("https://example.org/english/20250303/0a1b/c.html", DAY),
        ("https://example.org/news/world-asia-20101122", None),  # the number of an article of 2012
        ("https://example.org/news/20101122", None),
        ("https://example.org/x-20250303/visit", None),
        ("javascript:/2025/03/03/", None),
        ("https://example.org/2025/03/visit", None),
        ("https://example.org/?day=2025-03-03", None),
        ("https://example.org/2025/03/03/2024-01-01-visit", None),
        ("http://[bad", None),
        ("", None),
    ],
)
def test_a_day_in_an_address_is_read(url: str, day: date | None) -> None:
    assert day_of_address(url) == day


def test_the_address_goes_before_the_name_and_the_file_time_counts_only_on_request(tmp_path: Path) -> None:
    named, plain = tmp_path / "2025-03-03.txt", tmp_path / "story.txt"
    for path in (named, plain):
        path.write_text("Putin met Xi.")
        os.utime(path, (1_700_000_000, 1_700_000_000))

    def told(path: Path, by: By, url: str = "", origin: str | None = None) -> tuple[date | None, str]:
        found = Found.file(path)
        article = filed(Article("x", url=url, origin=origin or found.origin), found, by)
        return article.filed, article.filed_from

    assert told(named, By.NAME) == (DAY, "file name")
    assert told(named, By.NAME, "https://example.org/2025/03/01/x") == (date(2025, 3, 1), "url")
    assert told(named, By.NONE, "https://example.org/2025/03/01/x") == (None, "")
    assert told(plain, By.NAME) == (None, "")
    assert told(plain, By.MTIME) == (date(2023, 11, 14), "file time")
    assert told(named, By.MTIME) == (DAY, "file name")
    # A file of many articles is named for none of them.
    assert told(named, By.NAME, origin=f"{named.as_uri()}#7") == (None, "")
    assert filed(Article("x", origin="stdin"), Found.standard_input(BytesIO()), By.MTIME).filed is None
