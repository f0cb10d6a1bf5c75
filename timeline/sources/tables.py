"""Rows of delimited text from a stream of bytes, a block at a time: however long the file, memory stays flat.

A line is UTF-8, with or without a byte order mark, else the legacy encoding of western archives; a file marked as
UTF-16 or UTF-32 is read as such. What is no row comes out as a `Bad` with its reason, and the rest goes on.
"""

from __future__ import annotations

import codecs
import csv
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain
from typing import Protocol

from timeline.model.errors import InputError
from timeline.sources import Bad, Column
from timeline.sources.head import marked

LONGEST = 1_000_000  # bytes of one row; the longest rows of data sets have some 20,000
KEPT = 64 * 1024  # of the bytes of a bad row
_BLOCK = 1 << 18
_MOST_LINES = 100  # of one quoted row; one that is longer was never closed


class Bytes(Protocol):
    """What can be read a block at a time."""

    def read(self, size: int, /) -> bytes: ...


# A row's number (from 1, lines of the file for unquoted text) and its cells.
Numbered = tuple[int, list[str]]


def plain_rows(
    stream: Bytes, origin: str, delimiter: str = "\t", widths: Collection[int] = ()
) -> Iterator[Numbered | Bad]:
    """Rows of text in which a quotation mark is a character like others (GDELT), by the number of their line.

    A row whose number of cells is none of `widths`, where these are given, is a Bad; blank lines are passed over.
    """
    number = 0
    for lines in _lines(stream, origin):
        for line in lines:
            number += 1
            if not line:
                continue
            if isinstance(line, _Reason):
                yield Bad(f"{origin}#{number}", line, line.data)
                continue
            cells = (line[:-1] if line[-1:] == "\r" else line).split(delimiter)
            if widths and len(cells) not in widths:
                if line.strip():
                    yield wrong_width(origin, number, cells, widths, delimiter)
                continue
            yield number, cells


def quoted_rows(stream: Bytes, origin: str, delimiter: str = ",") -> Iterator[Numbered | Bad]:
    """Rows of text as spreadsheets write it: cells in quotation marks may hold delimiters and line ends. By the number
    of their first line. A row that never closes its quotation mark is a Bad; what follows it is read."""
    lines = _Lines(_numbered(stream, origin))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        if failed := lines.failure():
            yield failed
        number = lines.start()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            # The quotation mark of one row must not cost the rows after it.
            first = lines.push_back()
            yield Bad(f"{origin}#{number}", f"it is no row: {_reason(error)}", first.encode(errors="replace")[:KEPT])
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            continue
        if cells is None:
            if lines.done:
                return
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
        elif any(cells):
            yield number, cells


def wrong_width(origin: str, number: int, cells: list[str], widths: Collection[int], delimiter: str = "\t") -> Bad:
    """The Bad of a row with another number of cells."""
    wanted = " or ".join(str(each) for each in sorted(widths))
    several = "s" * (len(cells) != 1)
    return bad(origin, number, f"it has {len(cells)} column{several} instead of {wanted}", cells, delimiter)


def bad(origin: str, number: int, reason: str, cells: Iterable[str], delimiter: str = "\t") -> Bad:
    """The Bad of a row that was split into cells already."""
    return Bad(f"{origin}#{number}", reason, delimiter.join(cells).encode(errors="replace")[:KEPT])


def header(
    cells: Iterable[str], columns: Iterable[Column], needed: Collection[str], origin: str, warn: Callable[[str], None]
) -> dict[str, int]:
    """Where each column is, by its name as `columns` has it; names count in any case. Warns once of those that are
    missing and those that are new. Raises InputError where one that is `needed` is missing."""
    written = [cell.strip().lstrip("\ufeff") for cell in cells]
    told = {cell.casefold(): at for at, cell in reversed(list(enumerate(written)))}
    known = {column.name.casefold(): column.name for column in columns}
    found = {name: told[folded] for folded, name in known.items() if folded in told}
    if lacking := [name for name in needed if name not in found]:
        raise InputError(f"the column {', '.join(lacking)} is missing", where=origin, hint="Is it another data set?")
    if missing := [name for name in known.values() if name not in found]:
        warn(f"columns are missing: {', '.join(missing)}")
    if new := [name for name in dict.fromkeys(written) if name and name.casefold() not in known]:
        warn(f"columns are new and kept as attributes: {', '.join(new)}")
    return found


class _Reason(str):
    """Why a line cannot be read, with the beginning of its bytes."""

    data: bytes

    @classmethod
    def of(cls, why: str, line: bytes | bytearray) -> _Reason:
        reason = cls(why)
        reason.data = bytes(line[:KEPT])
        return reason


class _Lines:
    """Lines for csv.reader, with those of the row at hand so that they can be read again."""

    def __init__(self, lines: Iterator[str | Bad]) -> None:
        self._lines, self._again = lines, deque[str]()
        self._taken: list[str] = []
        self._number = 0
        self._failed: Bad | None = None

    @property
    def done(self) -> bool:
        return self._failed is None

    def failure(self) -> Bad | None:
        """The line that could not be read and stopped the reader, once."""
        failed, self._failed = self._failed, None
        return failed

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line: str | Bad = self._again.popleft() if self._again else next(self._lines)
        if isinstance(line, Bad):
            self._failed = line
            self._number += 1
            if self._taken:
                raise csv.Error("a quotation mark is not closed")
            raise StopIteration
        self._taken.append(line)
        if len(self._taken) > _MOST_LINES:
            raise csv.Error("a quotation mark is not closed")
        return line

    def start(self) -> int:
        """The number of the line at which a row begins."""
        self._number += len(self._taken)
        self._taken.clear()
        return self._number + 1

    def push_back(self) -> str:
        """Take back all lines of a row but its first, which is given."""
        first, *rest = self._taken or [""]
        self._again.extendleft(reversed(rest))
        del self._taken[1:]
        return first


def _reason(error: csv.Error) -> str:
    text = str(error)
    if "field larger" in text:
        return "a cell is longer than 131,072 characters"
    return "a quotation mark is not closed" if "end of data" in text else text


def _numbered(stream: Bytes, origin: str) -> Iterator[str | Bad]:
    """The lines with their ends; one that cannot be read with its number."""
    for number, line in enumerate(chain.from_iterable(_lines(stream, origin)), start=1):
        if isinstance(line, _Reason):
            yield Bad(f"{origin}#{number}", line, line.data)
        else:
            yield f"{line}\n"


def _lines(stream: Bytes, origin: str) -> Iterator[Iterable[str]]:
    """The lines, a block at a time, without their ends; for one that cannot be read its `_Reason`."""
    for block in _blocks(stream, origin):
        if isinstance(block, _Reason):
            yield (block,)
        else:
            text = _text(block)
            yield text.split("\n") if text is not None else map(_decoded, bytes(block).split(b"\n"))


def _text(block: bytearray) -> str | None:
    """A block of lines as text; None where some of them must be looked at one by one."""
    if 0 in block:
        return None
    try:
        return block.decode()
    except UnicodeDecodeError:
        return None


def _decoded(line: bytes) -> str:
    """A line as text, or the reason why it is none."""
    if 0 in line:
        return _Reason.of("it holds a NUL character", line)
    try:
        return line.decode()
    except UnicodeDecodeError:
        pass
    try:
        line.decode(errors="surrogatepass")
    except UnicodeDecodeError:
        pass
    else:
        return _Reason.of("it holds half a character", line)
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        return _Reason.of("it is no text in an encoding that we know", line)


def _blocks(stream: Bytes, origin: str) -> Iterator[bytearray | _Reason]:
    """Whole lines of about a quarter of a megabyte without the line end after the last one, in UTF-8 or what the file
    has. Of a line that is too long the reason; its rest is passed over."""
    rest, skipping = bytearray(), False
    for data in _unmarked(stream, origin):
        if skipping:
            end = data.find(b"\n")
            if end < 0:
                continue
            data, skipping = data[end + 1 :], False
        end = data.rfind(b"\n")
        if end >= 0:
            rest += data[:end]
            yield rest
            rest = bytearray(data[end + 1 :])
        else:
            rest += data
            if len(rest) > LONGEST:
                yield _Reason.of("the row is longer than a million bytes", rest)
                rest, skipping = bytearray(), True
    if rest:
        yield rest


def _unmarked(stream: Bytes, origin: str) -> Iterator[bytes]:
    """The bytes after a byte order mark, those of UTF-16 and UTF-32 as UTF-8."""
    data = stream.read(_BLOCK)
    encoding = marked(data[:4])
    if encoding == "utf-8-sig":
        data = data[len(codecs.BOM_UTF8) :]
        encoding = ""
    decoder = codecs.getincrementaldecoder(encoding)() if encoding else None
    while data:
        if decoder is None:
            yield data
        else:
            try:
                yield decoder.decode(data).encode()
            except UnicodeDecodeError as error:
                raise InputError(f"it is broken {encoding.upper()}", where=origin, hint="Save it as UTF-8") from error
        data = stream.read(_BLOCK)
