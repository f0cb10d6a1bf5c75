"""PLOVER types and modes as data sets write them, each with our kind, a verb phrase and a noun: `data/plover.toml`."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from timeline.reference import kinds
from timeline.reference.cameo import Code
from timeline.sources.datasets.recorded import code_of


@lru_cache(1024)
def plover_code(type_: str, mode: str = "") -> Code | None:
    """The code of a type and mode; of a mode that we do not know that of the type; None for a type that is none."""
    name, table = type_.strip().upper(), _table()
    native = f"PLOVER {name} {mode}".strip()
    found = table["modes"].get(f"{name} {_plain(mode)}") or table["types"].get(name)
    if found is None:
        return None
    kind, phrase, noun = found
    return code_of(native, kinds.get(kind), phrase, noun)


def _plain(mode: str) -> str:
    return "-".join(mode.casefold().replace("_", " ").split())


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("data/plover.toml").read_text(encoding="utf-8"))
