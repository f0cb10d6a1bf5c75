"""What could not be read is listed, shown safely, read again and dropped; nothing of it is lost unasked."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from timeline.cli.app import program
from timeline.jobs.importing import import_paths
from timeline.jobs.reading import Item
from timeline.jobs.retrying import read_kept, retry
from timeline.model import Article
from timeline.store import QuarantineQuery, open_store
from timeline.store.values import Quarantined

GOOD = b'{"text": "Vladimir Putin visited Myanmar on Monday, officials said.", "published": "2025-03-05"}'
NO_TEXT, NO_JSON = b'{"title": "A visit"}', b"{\x1b[31mred"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "stories.jsonl"
    path.write_bytes(b"\n".join([NO_TEXT, NO_JSON]))
    return path


@pytest.fixture
def filled(database_url: str, file: Path) -> str:
    with open_store(database_url) as store:
        import_paths(store, [str(file)])
    return database_url


def run(url: str, *arguments: str, input_: str | None = None) -> Result:
    return CliRunner().invoke(program(), ["quarantine", *arguments, "--db", url], input=input_)


def rows(url: str, *arguments: str) -> list[dict]:
    return json.loads(run(url, "list", "--json", *arguments).stdout)


def test_items_are_listed_with_their_numbers_and_narrowed(filled: str) -> None:
    found = rows(filled)
    assert [(row["origin"].rpartition("#")[2], row["attempts"]) for row in found] == [("2", 1), ("1", 1)]
    assert json.loads(run(filled, "--json").stdout) == found
    assert rows(filled, "--reason", "NO JSON") == found[:1]
    assert rows(filled, "--origin", "stories.jsonl#1") == found[1:]
    assert rows(filled, "--run", "2") == []
    assert rows(filled, "--limit", "1") == found[:1]
    assert rows(filled, "--after", str(found[0]["number"])) == found[1:]
    assert f"--after {found[0]['number']}" in run(filled, "list", "--limit", "1").stderr


def test_an_item_is_shown_without_its_terminal_codes_and_written_as_it_was(filled: str) -> None:
    number = str(rows(filled)[0]["number"])
    shown = run(filled, "show", number)
    assert "\x1b" not in shown.stdout
    assert "red" in shown.stdout
    assert run(filled, "show", number, "--raw").stdout_bytes == NO_JSON
    assert json.loads(run(filled, "show", number, "--json").stdout)["text"] == NO_JSON.decode()


def test_what_still_cannot_be_read_stays_with_one_attempt_more(filled: str) -> None:
    numbers = [row["number"] for row in rows(filled)]
    with open_store(filled) as store:
        counts = retry(store, numbers)
        assert (counts.read, counts.quarantined) == (2, 2)
        assert [(item.attempts, item.retried is not None) for item in store.quarantined()] == [(2, True)] * 2


def test_what_can_be_read_now_is_imported_and_leaves_and_an_undo_brings_it_back(filled: str) -> None:
    def better(item: Quarantined) -> list[Item]:
        return list(read_kept(replace(item, data=GOOD) if item.data == NO_TEXT else item))

    with open_store(filled) as store:
        before = store.quarantined()
        counts = retry(store, [item.id for item in before], read=better)
        assert (counts.added, counts.quarantined, counts.read) == (1, 1, 2)
        assert [item.data for item in store.quarantined()] == [NO_JSON]
        assert store.count() > 0
        store.undo_runs(store.runs()[0].id)
        assert store.count() == 0
        assert [(i.id, i.data, i.attempts, i.reason) for i in store.quarantined()] == [
            (i.id, i.data, i.attempts, i.reason) for i in before
        ]


def test_a_line_read_again_is_the_article_that_the_whole_file_gives() -> None:
    (article,) = read_kept(Quarantined(1, "file:///a.jsonl#7", "", GOOD, None, datetime.now(UTC), None))
    assert isinstance(article, Article)
    assert article.origin == "file:///a.jsonl#line=7"


def test_a_mended_file_leaves_quarantine_when_it_is_imported_and_its_broken_lines_stay(filled: str, file: Path) -> None:
    file.write_bytes(b"\n".join([GOOD, NO_JSON]))
    with open_store(filled) as store:
        before = [(item.id, item.origin) for item in store.quarantined()]
        counts = import_paths(store, [str(file)]).counts
        assert counts.read == counts.added + counts.quarantined == 2
        assert [item.data for item in store.quarantined()] == [NO_JSON]
        store.undo_runs(store.runs()[0].id)
        assert [(item.id, item.origin) for item in store.quarantined()] == before


def test_items_are_dropped_when_that_is_confirmed_and_an_undo_brings_them_back(filled: str) -> None:
    numbers = [row["number"] for row in rows(filled)]
    assert run(filled, "drop", str(numbers[0]), input_="n\n").exit_code == 1
    assert len(rows(filled)) == 2
    assert run(filled, "drop", "--before", "2000-01-01").exit_code == 0
    assert run(filled, "drop", "--all", "--yes").exit_code == 0
    assert rows(filled) == []
    with open_store(filled) as store:
        store.undo_runs(store.runs()[0].id)
        assert [item.data for item in store.quarantined(QuarantineQuery(limit=2))] == [NO_JSON, NO_TEXT]
        assert [item.id for item in store.quarantined()] == numbers


def test_what_is_not_in_quarantine_is_said(filled: str) -> None:
    for command in (["show", "99"], ["retry", "99"], ["drop", "99", "--yes"]):
        done = run(filled, *command)
        assert "99" in str(done.exception or done.stderr)
        assert done.exit_code != 0
    assert run(filled, "retry").exit_code != 0
    assert run(filled, "drop", "--all", "1").exit_code != 0
