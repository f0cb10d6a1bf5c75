"""Bytes in, articles and rows of data sets out. One file a format.

Finding the bytes (`finding`, `fetching/`), unpacking them (`containers/`), telling what they are (`formats`) and
reading them are apart. A reader neither opens files nor knows where its bytes came from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import BinaryIO, ClassVar, Protocol, runtime_checkable

from timeline.model import Article, DataSet, Row
from timeline.sources.head import Head


class Fit(IntEnum):
    """How well bytes fit a format; the best fit reads them, of equal ones the first in the table of `formats`."""

    NO = 0
    FALLBACK = 1
    """Nothing speaks against it."""
    NAME = 2
    """The name says so, and nothing of the content speaks against it."""
    CONTENT = 3
    """The content looks like it."""
    SURE = 4
    """It can hardly be anything else: a signature, the very columns."""


@dataclass(frozen=True, slots=True)
class Bad:
    """An item that could not be read: where it is, why, and its bytes. `passing`: it may be there when it is asked for
    again, not before `retry_after` seconds where that is known."""

    origin: str
    reason: str
    data: bytes
    passing: bool = False
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An address where an article lies, as a sitemap lists it or a feed whose entry is no article itself; or a file of
    rows. `mark` is what its list says of its content: with the same mark it need not be fetched again."""

    url: str
    origin: str
    title: str = ""
    published: date | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """What its source says it has withdrawn: a row by its native id, an article by its origin, or by its address
    (`url`) where it is known by that alone. `stated`: when, in seconds since 1970, where a data set tells; a row that
    was last written after that stays."""

    native: str
    url: str = ""
    stated: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a data set: its name there, what it becomes here ("" for one that is passed over), and a note."""

    name: str
    becomes: str = ""
    note: str = ""


class Format(Protocol):
    """What every format states about itself. `title` is what people call it, `example` a line that imports it, `needs`
    the module of a library that is not always installed, with the `extra` that brings it."""

    name: ClassVar[str]
    title: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]
    example: ClassVar[str]
    extra: ClassVar[str]
    needs: ClassVar[str]

    def fits(self, head: Head) -> Fit:
        """How well the first bytes and the name of something fit this format. Never raises."""
        ...


@runtime_checkable
class Reader(Format, Protocol):
    """Reads articles. A foreign one is a class offered under the entry point group "timeline.readers".

    `lists` says that its articles are entries of a list (a feed), with the whole articles at their addresses.
    """

    lists: ClassVar[bool]

    def read(self, data: bytes, origin: str) -> Iterator[Article | Link | Gone | Bad]:
        """Articles, where articles lie, which were withdrawn, and what could not be read among them. Raises InputError
        when nothing can be read at all."""
        ...


@runtime_checkable
class WebReader(Reader, Protocol):
    """Reads what lies on the web. It is told more: the address it came from and the encoding its server said, or ""."""

    def read_web(
        self, data: bytes, origin: str, url: str = "", charset: str = ""
    ) -> Iterator[Article | Link | Gone | Bad]:
        """As `read`."""
        ...


@runtime_checkable
class RowReader(Format, Protocol):
    """Reads rows of an event data set. A foreign one is offered under the entry point group "timeline.datasets".

    `dataset` is what its rows are kept as unless the user names it, `version` that of the reader. `source` is the
    document that its `columns` follow.
    """

    dataset: ClassVar[DataSet]
    version: ClassVar[str]
    source: ClassVar[str]
    columns: ClassVar[tuple[Column, ...]]

    def rows(self, stream: BinaryIO, origin: str, warn: Callable[[str], None]) -> Iterator[Row | Gone | Bad]:
        """Rows as they come, however many; what is none as Bad. `warn` takes a line about the whole (a column that is
        missing or new). Raises InputError when nothing can be read at all."""
        ...
