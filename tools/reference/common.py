"""What the builders share: our own lists, the tables they write, and names as they are compared."""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "timeline" / "reference" / "data"
WORDS = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))
# Letters without a decomposition, as papers without them write a name.
_PLAIN = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "đ": "dj", "Đ": "Dj", "ß": "ss", "æ": "ae", "ð": "d"}
)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, head: str, lines: Iterable[Iterable[object]]) -> None:
    with (TARGET / name).open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(head.split(","))
        out.writerows(lines)


def fold(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w]+", " ", bare).split())


def plain(name: str) -> str:
    """A name with ordinary letters for those that folding leaves ("Løkke" -> "Lokke")."""
    return name.translate(_PLAIN)


def slug(name: str) -> str:
    return "tl:" + fold(name).replace(" ", "-")


ISO3 = {row["iso3"] for row in rows(HERE / "countries.csv")}
