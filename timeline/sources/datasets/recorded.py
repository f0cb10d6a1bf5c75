"""What readers of data sets share whose rows have columns with names."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from functools import lru_cache
from typing import BinaryIO, ClassVar

from timeline.model import DataSet, Modality, Participation, Place, Report, Row, When
from timeline.model.actor import Unresolved
from timeline.model.errors import InputError
from timeline.model.merging import countries_of
from timeline.reference.cameo import Code
from timeline.reference.kinds import Kind
from timeline.reference.wording import listed
from timeline.sources import Bad, Column, Fit, Gone
from timeline.sources.datasets.rows import NOBODY, NOWHERE, Side, attributes, number, title
from timeline.sources.head import Head
from timeline.sources.records import bad_record
from timeline.sources.records.opening import open_records
from timeline.sources.tables import header

_MOST = 65_536


class Recorded:
    """A reader whose `row` makes something of the cells of a row. A class states the columns by which its data set is
    `told`, those that no row can do without (`needed`), and those that not every release has (`optional`)."""

    name: ClassVar[str]
    title: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".tsv", ".json", ".jsonl", ".xlsx", ".parquet")
    example: ClassVar[str]
    extra: ClassVar[str] = ""
    needs: ClassVar[str] = ""
    dataset: ClassVar[DataSet]
    version: ClassVar[str]
    source: ClassVar[str]
    columns: ClassVar[tuple[Column, ...]]
    told: ClassVar[tuple[str, ...]]
    needed: ClassVar[tuple[str, ...]]
    optional: ClassVar[frozenset[str]] = frozenset()

    def fits(self, head: Head) -> Fit:
        """Sure where its own columns are there, in a table's head or as names of JSON."""
        wanted = [name.casefold() for name in self.told]
        if head.start.startswith(("{", "[")):
            start = head.text.casefold()
            return Fit.SURE if all(f'"{name}"' in start for name in wanted) else Fit.NO
        return Fit.SURE if {c.casefold() for c in head.columns}.issuperset(wanted) else Fit.NO

    def rows(self, stream: BinaryIO, origin: str, warn: Callable[[str], None]) -> Iterator[Row | Gone | Bad]:
        """Rows as they come. Raises InputError where a needed column is missing or the file is broken."""
        records = open_records(stream, origin)
        names: dict[str, str] | None = None
        for each in records.rows:
            if isinstance(each, Bad):
                yield each
                continue
            if names is None:
                names = self._named(records.columns or tuple(each.cells), origin, warn)
            cells = {names.get(name, name): cell for name, cell in each.cells.items()}
            try:
                yield from self.row(cells)
            except ValueError as error:
                yield bad_record(origin, each, str(error))
        if names is None and records.columns:
            self._named(records.columns, origin, warn)

    def row(self, cells: dict[str, str]) -> Iterator[Row | Gone]:
        """What a row says. Raises ValueError, whose text says why it is none."""
        raise NotImplementedError

    def _named(self, columns: tuple[str, ...], origin: str, warn: Callable[[str], None]) -> dict[str, str]:
        """The names of the file's columns as the data set's document writes them."""
        there = {name.casefold() for name in columns}
        known = [c for c in self.columns if c.name not in self.optional or c.name.casefold() in there]
        found = header(columns, known, self.needed, origin, warn)
        return {columns[at]: name for name, at in found.items()}


def code_of(native: str, kind: Kind, phrase: str = "", noun: str = "") -> Code:
    """A data set's own type as the codes that titles are made of: a verb phrase with "{}" for the target, a noun."""
    return Code(native, kind, phrase or (f"{kind.title} {{}}" if kind.title else ""), noun or kind.name)


def title_of(code: Code, first: Side, second: Side, where: str = "") -> str:
    """A title as `rows.title` makes it; of a kind that has no verb "Myanmar and Thailand: flood"."""
    if code.phrase or not (first.name and second.name):
        return title(code, first, second, where)
    return f"{first.name} and {second.name}: {code.name}"


@lru_cache(_MOST)
def when_of(edtf: str, reason: str) -> When:
    """Raises ValueError for what is no EDTF."""
    try:
        return When.of(edtf, reason=reason)
    except InputError as error:
        raise ValueError(f"the date {edtf[:40]!r} is none") from error


def report_of(
    told: str,
    line: str,
    when: When,
    code: Code,
    taking_part: tuple[Participation, ...],
    place: Place | None,
    rule: str,
    unresolved: tuple[Unresolved, ...] = (),
    modality: Modality = Modality.ACTUAL,
) -> Report:
    """The report of a row: `told` is its title, `line` its sentence, `rule` its type by the data set's own name."""
    kind = code.kind
    return Report(
        0, NOWHERE, NOWHERE, line, "", clip(told), when, kind.type, kind.name, modality, kind.weight, taking_part,
        place, _links(taking_part, place), rule, unresolved,
    )  # fmt: skip


def together(sides: Sequence[Side]) -> Side:
    """Several actors of one side as a title calls them: "Indonesia and Malaysia"."""
    named = [side for side in sides if side.name]
    if len(named) < 2:
        return named[0] if named else NOBODY
    names = list(dict.fromkeys(side.name for side in named))
    if len(names) == 1:
        return named[0]
    return Side(name=listed(names), group=True)


_links = lru_cache(_MOST)(countries_of)


def clip(line: str, length: int = 150) -> str:
    """A title cut at a word where it is too long."""
    line = " ".join(line.split())
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"


def kept(cells: dict[str, str], passed_over: Container[str] = (), numbers: Container[str] = ()) -> str:
    """What a row says beside, as JSON: its columns that are not empty, some as `numbers`."""
    return attributes(
        {
            name: number(cell) if name in numbers else cell
            for name, cell in cells.items()
            if cell and name not in passed_over
        }
    )
