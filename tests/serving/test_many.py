"""Many readers, large stores, and an import beside them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Event as Flag

import httpx

from tests.exports.making import MYANMAR, PUTIN, by, told
from tests.serving.conftest import serving
from timeline.model import DataSet, Role, Row
from timeline.store import open_store

READERS = 20


def rows(first: int, number: int) -> list[Row]:
    days = [date(2021, 1, 1) + timedelta(days=n % 900) for n in range(first, first + number)]
    parties = (by(PUTIN, Role.SOURCE), by(MYANMAR, Role.TARGET))
    return [Row(str(first + n), told(f"Talks {first + n}", f"{day}", *parties)) for n, day in enumerate(days)]


def fill(db: str, first: int, number: int) -> None:
    with open_store(db) as store:
        store.save_rows(DataSet("talks"), rows(first, number), extractor="hand 1")


def test_twenty_readers_are_answered_while_an_import_runs(database_url: str) -> None:
    fill(database_url, 0, 500)
    done = Flag()
    with serving(database_url) as (client, _), ThreadPoolExecutor(READERS + 1) as pool:

        def read(number: int) -> list[int]:
            counts = []
            with httpx.Client(base_url=client.base_url, trust_env=False, timeout=60) as mine:
                while not (done.is_set() and counts):
                    path = ("/api/count?person=Putin", "/api/events?country=Myanmar&limit=200", "/export.csv?limit=300")
                    answer = mine.get(path[number % 3])
                    assert answer.status_code in (200, 503), answer.text
                    assert answer.status_code == 200 or number % 3 == 2, answer.text  # only files may have to wait
                    counts.append(answer.json()["count"] if number % 3 == 0 else len(answer.content))
            return counts

        readers = [pool.submit(read, number) for number in range(READERS)]
        for batch in range(4):
            fill(database_url, 500 + batch * 250, 250)
        done.set()
        counted = [reader.result() for reader in readers][::3]
        assert all(counts == sorted(counts) for counts in counted)
        assert {count for counts in counted for count in counts} <= {500, 750, 1_000, 1_250, 1_500}
        assert client.get("/api/count").json()["count"] == 1_500


def test_a_page_holds_the_first_events_and_leads_to_the_rest(tmp_path: Path) -> None:
    db = str(tmp_path / "many.db")
    fill(db, 0, 2_100)
    with serving(db) as (client, _):
        first = client.get("/?person=Putin").text
        assert "The first 2,000 of 2,100 events." in first
        following = first.partition('<li><a href="')[2].partition('"')[0].replace("&amp;", "&")
        second = client.get(following).text
        assert "The following 100 of 2,100 events." in second
        titles = [f'"Talks {n}"' for n in range(2_100)]
        assert [(title in first) + (title in second) for title in titles] == [1] * 2_100


def test_readers_who_leave_hold_nothing_up(tmp_path: Path) -> None:
    db = str(tmp_path / "many.db")
    fill(db, 0, 4_000)
    with serving(db) as (client, _):
        for _ in range(12):
            with client.stream("GET", "/export.jsonl") as answer:
                assert answer.status_code == 200
                next(answer.iter_bytes())
        for _ in range(50):
            last = client.get("/export.csv")
            if last.status_code == 200:
                break
        assert last.text.count("\r\n") == 4_001
