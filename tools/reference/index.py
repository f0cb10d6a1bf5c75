"""Write the indexes beside the reference tables, from the tables alone; run it again whenever one has changed.

python -m tools.reference.index
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from timeline.model.actor import fold
from timeline.reference import organisations
from timeline.reference.tables import plain_rows, split

TARGET = Path(__file__).parents[2] / "timeline" / "reference" / "data"


def indexes() -> Iterator[tuple[str, str]]:
    """The name and text of each index."""
    people, places, offices = plain_rows("people.csv"), plain_rows("places.csv"), plain_rows("offices.csv")
    yield "people_names.txt", _text([fold(name) for name in (row[1], *split(row[3]))] for row in people)
    yield "people_words.txt", _text(fold(row[1]).split() for row in people)
    yield "places_names.txt", _text([fold(name) for name in (row[1], *split(row[7]))] for row in places)
    bodies = plain_rows("organisations.csv")
    yield (
        "organisations_names.txt",
        _text([organisations.key_of(name) for name in (row[1], *split(row[4]))] for row in bodies),
    )
    yield "offices_people.txt", _text([row[0]] for row in offices)
    # The holders of a post stand in the order in which the table first names them.
    first = {person: number for number, person in reversed(list(enumerate(row[0] for row in offices)))}
    order = sorted(range(len(offices)), key=lambda number: first[offices[number][0]])
    yield "offices_posts.txt", _text(([f"{row[3] or row[1]} {row[2]}"] for row in offices), order)


def _text(keys: Iterable[Iterable[str]], order: Iterable[int] | None = None) -> str:
    """Lines of `key<TAB>row numbers` for the keys of each row; the numbers of a key in the order given."""
    by_row = list(keys)
    found: dict[str, dict[int, None]] = {}
    for number in range(len(by_row)) if order is None else order:
        for key in by_row[number]:
            if key:
                found.setdefault(key, {})[number] = None
    return "".join(sorted(f"{key}\t{' '.join(map(str, numbers))}\n" for key, numbers in found.items()))


def main() -> None:
    for name, text in indexes():
        (TARGET / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
