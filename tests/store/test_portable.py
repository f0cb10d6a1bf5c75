"""A whole store goes from one database to another as lines of JSON, and nothing of it is lost or changed."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.store.cases import cases
from tests.store.filled import fill
from tests.store.making import Told, empty, everything, extraction, import_
from tests.store.test_undoing import Runs, runs_of_imports
from timeline.model.errors import StoreError, TimelineError
from timeline.store import open_store
from timeline.store.metadata import METADATA
from timeline.store.store import Store


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("full") / "full.db")) as store:
        fill(store)
        yield store


def _file(lines: Sequence[bytes]) -> BytesIO:
    return BytesIO(b"".join(lines))


def test_something_of_every_table_is_tried(full: Store) -> None:
    with full.connection() as connection:
        sizes = {t.name: connection.scalar(select(func.count()).select_from(t)) for t in METADATA.sorted_tables}
    assert [name for name, size in sizes.items() if not size] == []


def test_a_store_goes_to_the_other_database_and_back(full: Store, database_url: str, tmp_path: Path) -> None:
    lines = list(full.lines())
    with open_store(database_url) as there, open_store(str(tmp_path / "back.db")) as back:
        assert there.take(_file(lines)) == len(lines) - 2 - len(METADATA.tables)
        assert there.content_hash() == full.content_hash()
        assert list(there.check(deep=True)) == list(full.check(deep=True))
        packed = b"".join(there.lines(packed=True))
        assert gzip.decompress(packed) == b"".join(lines)
        back.take(BytesIO(packed))
        assert list(back.lines()) == lines


def test_what_was_taken_in_goes_on_as_the_store_would(full: Store, database_url: str, tmp_path: Path) -> None:
    lines = list(full.lines())
    with open_store(database_url) as there, open_store(str(tmp_path / "here.db")) as here:
        for store in (there, here):
            store.take(_file(lines))
        latest = full.runs(1)[0].id
        for store in (there, here):
            assert import_(store, [extraction([Told("visit", 2)], "file:///new")]) == latest + 1
            store.undo_runs(latest)
            store.undo_event_judgement(1)
        assert there.content_hash() == here.content_hash()
        assert _untimed(there) == _untimed(here)


def _untimed(store: Store) -> list[bytes]:
    """What a store holds, but for moments of today, which no two stores share."""
    return [re.sub(rb'"20[2-9]\d-[^"]*T[^"]*"', b"", line) for line in store.lines()]


@cases(0.5)
@given(runs=runs_of_imports(), data=st.data())
def test_whatever_was_imported_and_undone_comes_out_as_it_went_in(
    two: tuple[Store, Store], runs: Runs, data: st.DataObject
) -> None:
    one, other = two
    empty(one)
    empty(other)
    for extractions, quarantined in runs:
        number = import_(one, extractions, quarantined)
        counts = one.runs(1)[0].counts
        if (counts.added or counts.updated or counts.quarantined) and data.draw(st.booleans(), label="undone"):
            one.undo_runs(number)
    lines = list(one.lines())
    other.take(_file(lines))
    assert everything(other) == everything(one)
    assert list(other.lines()) == lines


def _spoiled(lines: list[bytes], number: int, line: object) -> list[bytes]:
    return [*lines[:number], json.dumps(line).encode() + b"\n", *lines[number + 1 :]]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (lambda _: [], "line 0: this is cut off"),
        (lambda lines: lines[:-1], "this is cut off"),
        (lambda lines: [b"".join(lines)[:-3]], "this is cut off"),
        (lambda lines: [gzip.compress(b"".join(lines))[:-9]], "this is cut off"),
        (lambda _: [b"\x1f\x8b and more"], "this is cut off"),
        (lambda _: [b"hello\n"], "line 1: this is no exported store"),
        (lambda _: [b"[" * 100_000 + b"\n"], "line 1: this is no exported store"),
        (lambda _: [b"\xff\xfe\n"], "line 1: this is no exported store"),
        (lambda lines: lines[1:], "line 1: this is no exported store"),
        (lambda lines: _spoiled(lines, 0, {"timeline": "store", "schema": "0001"}), "schema 0001, this program"),
        (lambda lines: _spoiled(lines, 1, {"table": "users", "columns": ["id"]}), "line 2"),
        (lambda lines: _spoiled(lines, 1, {"table": "actors", "columns": ["id"]}), "line 2"),
        (lambda lines: _spoiled(lines, 1, {"table": ["actors"], "columns": 7}), "line 2"),
        (lambda lines: _spoiled(lines, 2, [1]), "line 3"),
        (lambda lines: _spoiled(lines, 2, "row"), "line 3"),
        (lambda lines: [*lines[:2], lines[2].replace(b"1,", b"NaN,", 1), *lines[3:]], "line 3"),
        (lambda lines: [*lines[:2], lines[2].replace(b"1,", b"true,", 1), *lines[3:]], "line 3"),
        (lambda lines: [*lines[:2], lines[2].replace(b"1,", b"9" * 30 + b",", 1), *lines[3:]], "line 3"),
        (lambda lines: [*lines[:2], lines[2].replace(b"1,", b"9" * 9_999 + b",", 1), *lines[3:]], "line 3"),
        (lambda lines: [*lines[:3], *lines[2:]], "these rows do not go together"),
        (lambda lines: [*lines, lines[2]], "no line"),
        (lambda lines: [*lines[:-1], b'{"rows":1}\n'], "no line"),
    ],
)
def test_what_is_no_whole_export_is_refused_in_one_line_and_nothing_is_taken_in(
    full: Store, wrong: object, why: str, tmp_path: Path
) -> None:
    lines = list(full.lines())
    with open_store(str(tmp_path / "new.db")) as store:
        before = list(store.lines())
        with pytest.raises(TimelineError, match=why) as raised:
            store.take(_file(wrong(lines)), "a.jsonl")  # type: ignore[operator]
        assert "\n" not in str(raised.value)
        assert list(store.lines()) == before


def test_a_store_that_is_not_new_takes_nothing(full: Store, tmp_path: Path) -> None:
    with open_store(str(tmp_path / "used.db")) as store:
        import_(store, [extraction([Told()])])
        before = everything(store)
        with pytest.raises(StoreError, match="goes into a new one only"):
            store.take(_file(list(full.lines())))
        assert everything(store) == before
