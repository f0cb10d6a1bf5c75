"""The indexes beside the reference tables say what the tables say, and keep what is installed and loaded small."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from timeline.model.actor import fold
from timeline.reference import organisations, people, places
from timeline.reference.tables import plain_rows, split
from tools.reference.index import TARGET, indexes

INDEXES = dict(indexes())
TABLES = ("people.csv", "organisations.csv", "places.csv", "offices.csv")


@pytest.mark.parametrize("name", INDEXES)
def test_an_index_is_as_its_table_has_it(name: str) -> None:
    assert (TARGET / name).read_bytes() == INDEXES[name].encode(), "run: python -m tools.reference.index"


def test_every_index_is_written_by_the_tool() -> None:
    assert {path.name for path in TARGET.glob("*.txt")} == set(INDEXES)


@pytest.mark.parametrize("name", INDEXES)
def test_an_index_is_sorted_as_it_is_searched(name: str) -> None:
    lines = (TARGET / name).read_bytes().splitlines()
    assert lines == sorted(lines)
    assert len({line.partition(b"\t")[0] for line in lines}) == len(lines)


@pytest.mark.parametrize("name", TABLES)
def test_a_row_is_one_line(name: str) -> None:
    lines = (TARGET / name).read_text(encoding="utf-8").removesuffix("\n").split("\n")
    assert [next(csv.reader([line])) for line in lines[1:]] == plain_rows(name)


@pytest.mark.parametrize("name", TABLES[:3])
def test_an_id_is_one_row(name: str) -> None:
    ids = [row[0] for row in plain_rows(name)]
    assert len(set(ids)) == len(ids)
    assert not any("," in id_ or '"' in id_ for id_ in ids)


def test_every_name_of_a_table_is_found() -> None:
    for person in people.all_people().values():
        assert all(person in people.lookup(name) for name in (person.name, *person.names) if fold(name))
    for body in organisations.all_organisations().values():
        assert all(body in organisations.lookup(name.upper()) for name in (body.name, *body.names) if fold(name))
    for row in plain_rows("places.csv")[::50]:
        assert row[0] in {entry.id for entry in places.named(fold(row[1]))}
        assert all(row[0] in {entry.id for entry in places.named(fold(name))} for name in split(row[7]) if fold(name))


@pytest.mark.parametrize("words", ["", " ", "\t", "Vladivostok\t0", "\n", "\ud800", "zzz zzz", "\U0010ffff"])
def test_words_that_name_nothing_find_nothing(words: str) -> None:
    assert people.lookup(words) == organisations.lookup(words) == places.named(words) == ()
    assert people.offices(words) == people.having(words) == ()


def test_the_rows_of_a_name_stand_in_the_order_of_the_table() -> None:
    order = {id_: number for number, id_ in enumerate(organisations.all_organisations())}
    lines = [line.partition("\t") for line in INDEXES["organisations_names.txt"].splitlines()]
    shared = [name for name, _, numbers in lines if " " in numbers]
    assert len(shared) > 5
    for name in shared:
        found = [order[each.id] for each in organisations.lookup(name.upper())]
        assert found == sorted(found)


def test_the_installed_tables_and_indexes_stay_under_15_mb() -> None:
    assert sum(path.stat().st_size for path in TARGET.iterdir()) < 15_000_000


@pytest.mark.parametrize(
    ("calls", "seconds"),
    [
        (
            "countries.lookup('Myanmar'), people.lookup('Xi Jinping'), people.having('Xi'), places.lookup('Paris'),"
            " people.holders('MMR', 'head_of_state', date(2020, 1, 1)), organisations.lookup('United Nations')",
            0.3,
        ),
        ("countries.find('Myanmar'), people.find('Min Aung Hlaing'), places.find('Vladivostok')", 0.1),
    ],
    ids=["an import", "show"],
)
def test_names_are_found_without_a_wait(calls: str, seconds: float) -> None:
    code = (
        "import time; from datetime import date; from timeline.reference import countries, organisations, people,"
        f" places; start = time.process_time(); {calls}; print(time.process_time() - start)"
    )
    root = Path(__file__).parents[2]
    runs = [subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=True) for _ in range(3)]
    assert min(float(run.stdout) for run in runs) < seconds
