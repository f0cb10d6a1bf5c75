"""Rows of the first sheet of an XLSX workbook that holds any, a row at a time.

A workbook is a ZIP archive of XML, and may be a bomb: what its parts unpack to is bounded before any is read, document
types are refused, and so is a sheet that counts its rows beyond those that a sheet can have.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from typing import Any, BinaryIO

from timeline.model.errors import InputError
from timeline.sources.containers.bounds import seekable
from timeline.sources.records import Record, Records, needed, text_of
from timeline.sources.records.delimited import names_of

# Bytes that parts may unpack to. Strings that cells share are held in memory, as are styles; sheets are read through.
_LARGEST_SHEET, _LARGEST_OTHER, _LARGEST_ALL = 2 << 30, 96 << 20, 4 << 30
# A sheet of spreadsheet programs packs to a tenth or a twentieth; a thousand times is nothing but one thing repeated.
_PACKED, _SUSPICIOUS = 400, 32 << 20
_MOST_PARTS = 5_000
_LAST_ROW = 1_048_576
_MOST_BLANK = 10_000  # rows in a row; after so many there are no more
_FIRST_ROWS = 50  # among which the header stands
_BROKEN = (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, EOFError, AttributeError, IndexError)


def sheet(stream: BinaryIO, origin: str) -> Records:
    """Rows by the names in the first row that holds any. Raises InputError; so do the rows where the rest is broken."""
    needed("openpyxl", "xlsx", "XLSX")
    source = seekable(stream)
    _guard(source, origin)
    try:
        rows = _numbered(_workbook(source))
        number, header = next(rows, (0, []))
    except _broken() as error:
        raise InputError("it is a broken workbook", where=origin) from error
    if not header:
        raise InputError("the workbook holds no row", where=origin)
    names = names_of(header, origin)
    return Records(names, _closed(_records(rows, names, number, origin), source))


def _workbook(source: BinaryIO) -> Any:
    """The first sheet that holds a row."""
    from warnings import catch_warnings, simplefilter

    from openpyxl import load_workbook

    source.seek(0)
    with catch_warnings():
        simplefilter("ignore")
        book = load_workbook(source, read_only=True, data_only=True, keep_links=False)
    sheets = [each for each in book.worksheets if hasattr(each, "iter_rows")]
    if not sheets:
        raise ValueError("no sheet")
    for each in sheets:
        each.reset_dimensions()  # what it says about its size need not be so
    return next(
        (s for s in sheets if any(_cells(row) for row in s.iter_rows(max_row=_FIRST_ROWS, values_only=True))), sheets[0]
    )


def _numbered(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything with their numbers."""
    blank = 0
    for number, row in enumerate(sheet.iter_rows(max_row=_LAST_ROW, values_only=True), start=1):
        cells = _cells(row)
        blank = 0 if cells else blank + 1
        if cells:
            yield number, cells
        elif blank > _MOST_BLANK:
            return


def _cells(row: tuple[Any, ...]) -> list[str]:
    cells = [text_of(value) for value in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _records(
    rows: Iterator[tuple[int, list[str]]], names: tuple[str, ...], number: int, origin: str
) -> Iterator[Record]:
    width = len(names)
    while True:
        try:
            number, cells = next(rows, (0, []))
        except _broken() as error:
            raise InputError(f"it breaks off after row {number}: a broken workbook", where=origin) from error
        if not number:
            return
        cells += [""] * (width - len(cells))
        record = dict(zip(names, cells, strict=False))
        record |= {f"column {at}": cell for at, cell in enumerate(cells[width:], start=width + 1) if cell}
        yield Record(number, record)


def _closed(records: Iterator[Record], source: BinaryIO) -> Iterator[Record]:
    with closing(source):
        yield from records


def _guard(source: BinaryIO, origin: str) -> None:
    """Raises InputError for what is no workbook, and for one that unpacks to too much. Parts are read no further than
    the size that the archive states for them, so that this is the bound."""
    try:
        with zipfile.ZipFile(source) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
                raise InputError("this archive is no workbook", where=origin)
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_ALL:
                raise InputError("the workbook unpacks to too much", where=origin, hint="Save it as CSV")
            for part in parts:
                _guard_part(archive, part, origin)
    except InputError:
        raise
    except (*_BROKEN, zlib.error, RuntimeError) as error:
        raise InputError("it is a broken workbook", where=origin) from error


def _guard_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, origin: str) -> None:
    name = part.filename.lower()
    largest = _LARGEST_SHEET if name.startswith("xl/worksheets/") else _LARGEST_OTHER
    media = name.startswith("xl/media/")
    bomb = part.file_size > _SUSPICIOUS and part.file_size > _PACKED * max(part.compress_size, 1)
    if not media and (part.file_size > largest or bomb):
        size = f"{part.file_size / 1024 / 1024:,.0f} MB"
        raise InputError(f"its part {part.filename[:60]} unpacks to {size}", where=origin, hint="Save it as CSV")
    if name.endswith((".xml", ".rels")):
        with archive.open(part) as file:
            if b"<!DOCTYPE" in file.read(4_096):
                raise InputError("the workbook holds a document type, which none needs", where=origin)


def _broken() -> tuple[type[Exception], ...]:
    from xml.etree.ElementTree import ParseError

    from openpyxl.utils.exceptions import InvalidFileException

    return (*_BROKEN, zlib.error, RuntimeError, ParseError, InvalidFileException)
