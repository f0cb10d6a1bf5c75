"""Event codes of CAMEO, each with our kind, a verb phrase and a name.

The table is `data/cameo.toml`; its head says what each column means and where it comes from.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from timeline.reference import kinds
from timeline.reference.kinds import Kind

_QUADS = (
    ("05", "verbal cooperation"),
    ("08", "material cooperation"),
    ("13", "verbal conflict"),
    ("20", "material conflict"),
)


@dataclass(frozen=True, slots=True)
class Code:
    """An event code. `phrase` stands between source and target, "{}" is the target; `name` is a noun for it."""

    code: str
    kind: Kind
    phrase: str
    name: str

    @property
    def root(self) -> str:
        """The two digits of its root: "04" of "042"."""
        return self.code[:2]

    @property
    def quad(self) -> str:
        """Its class, by its root: verbal or material, cooperation or conflict."""
        return next(quad for last, quad in _QUADS if self.root <= last)


@cache
def all_codes() -> dict[str, Code]:
    """Every code, in the order of the table."""
    table = tomllib.loads(files("timeline.reference").joinpath("data/cameo.toml").read_text(encoding="utf-8"))
    return {code: Code(code, kinds.get(kind), phrase, name) for code, (kind, phrase, name) in table.items()}


@lru_cache(4_096)
def find(code: str) -> Code | None:
    """The entry of a code; of one that the table lacks that of its base or root ("0429": 042; "149": 14), else None.

    A zero that a spreadsheet took away comes back where the code is none without it ("42": 042).
    """
    known, written = all_codes(), code.strip()
    if not (written.isascii() and written.isdigit()):
        return None
    shorter = (written[:length] for length in range(len(written), 1, -1))
    return next((known[each] for each in shorter if each in known), known.get(f"0{written}"))
