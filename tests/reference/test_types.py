"""The ontology is whole: every kind is described, under a type, mode and contexts that PLOVER has."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from timeline.extract.what.lexicon import NOTHING, entries
from timeline.model.errors import NotFoundError
from timeline.reference import kinds, types
from tools.types import PAGE, page

KINDS = kinds.all_kinds()


def test_the_sixteen_types_are_described_and_each_has_kinds() -> None:
    assert tuple(types.all_types()) == kinds.TYPES
    for found in types.all_types().values():
        assert found.definition
        assert found.notes
        assert types.kinds_of(found.name)


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_is_whole(kind: kinds.Kind) -> None:
    type_ = types.all_types()[kind.type]
    assert kind.mode in ("", *(mode.name for mode in type_.modes))
    assert set(kind.contexts) <= set(types.contexts())
    assert all(re.fullmatch(r"(0[1-9]|1\d|20)\d{0,2}", code) for code in kind.cameo)
    assert kind.definition.endswith(".")
    assert kind.example.endswith(".")
    assert 0 < kind.weight <= 1
    assert (types.scale(kind) is None) == (kind.type == "OTHER")


def test_every_mode_of_plover_but_those_of_requests_has_a_kind() -> None:
    used = {(kind.type, kind.mode) for kind in KINDS.values()}
    open_ = {(t.name, m.name) for t in types.all_types().values() for m in t.modes} - used
    assert {name for name, _ in open_} <= {"REQUEST", "REJECT", "THREATEN", "MOBILIZE", "PROTEST", "ASSAULT"}
    assert {mode for name, mode in open_ if name in ("ASSAULT", "PROTEST")} == {"destroy", "vandalize"}


def test_words_name_every_kind_but_the_rest() -> None:
    assert [name for name in KINDS if not any(entries(name))] == ["development"]
    lexicon = files("timeline.extract.what").joinpath("data/lexicon.toml").read_text(encoding="utf-8")
    assert set(tomllib.loads(lexicon)) <= {*KINDS, NOTHING}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("coup", "coup"),
        ("Sanctions imposed", "sanctions"),
        ("state visits", "visit"),
        ("no-confidence vote", "confidence vote"),
        ("treaty_ratified", "ratification"),
        ("recall of ambassador", "ambassador recalled"),
    ],
)
def test_a_kind_is_found_by_the_names_it_goes_by(said: str, meant: str) -> None:
    assert kinds.find(said).name == meant


def test_no_other_name_hides_a_kind_or_another_name() -> None:
    names = [*KINDS, *(also for kind in KINDS.values() for also in kind.also)]
    assert len(names) == len(set(names))
    with pytest.raises(NotFoundError, match="no kind"):
        kinds.find("flower show")


def test_the_page_of_the_types_is_that_of_the_tables() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tools.types"
