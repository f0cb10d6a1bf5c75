"""XLSX: a workbook for people, by XlsxWriter, which streams its rows to disk."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from timeline.exports.options import DEFAULT, Options
from timeline.exports.pieces import pieces_of
from timeline.exports.safety import is_formula, is_web_address, visible
from timeline.exports.tables import Column, Row, Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_ROWS = 1_048_575  # of a sheet, beside its header
_LETTERS = 32_767  # of a cell
_LINKS = 65_530  # of a sheet
_LONGEST_LINK = 2_079
# Excel counts 1900 as a leap year: its days are right from here on.
_FIRST_DAY = date(1900, 3, 1)
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the same bytes whenever it is written; the library takes no zone
_WIDTHS = {"title": 44, "sentence": 60, "urls": 40, "url": 40, "article_title": 40}
_WIDTH = 14
_SETTINGS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class XlsxExporter:
    """A sheet (several, where Excel's limit of rows asks for it) with a frozen header and filters.

    Days are real dates, as Excel can hold them, anything less exact is text; so is what looks like a formula.
    """

    def write(self, events: Iterable[Any], options: Options = DEFAULT) -> Iterator[bytes]:
        import xlsxwriter

        table = options.table
        with tempfile.TemporaryDirectory(prefix="timeline-xlsx-") as folder:
            file = Path(folder) / "events.xlsx"
            workbook = xlsxwriter.Workbook(str(file), {**_SETTINGS, "tmpdir": folder})
            workbook.set_properties({"title": "A timeline of events", "created": _MADE})
            sheet = _Sheet(workbook, table, 1)
            for row in table.rows(events):
                if sheet.rows == _ROWS:
                    sheet = sheet.next()
                sheet.write(row)
            sheet.end()
            workbook.close()
            yield from pieces_of(file)


class _Sheet:
    def __init__(self, workbook: Workbook, table: Table, number: int) -> None:
        self._workbook, self._table, self._nth = workbook, table, number
        name = table.name.strip("-")
        self._sheet: Worksheet = workbook.add_worksheet(name if number == 1 else f"{name} {number}")
        self._day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self._quoted = workbook.add_format({"quote_prefix": True})
        self._link = workbook.get_default_url_format()
        self._write: list[Callable[[int, int, Any], None]] = [self._writer(column) for column in table.columns]
        self.rows = self._links = 0
        bold = workbook.add_format({"bold": True})
        for place, column in enumerate(table.columns):
            self._sheet.set_column(place, place, _WIDTHS.get(column.name, _WIDTH))
            self._sheet.write_string(0, place, column.name, bold)
        self._sheet.freeze_panes(1, 0)

    def write(self, row: Row) -> None:
        self.rows += 1
        for place, value in enumerate(row):
            if value or isinstance(value, (int, float)):
                self._write[place](self.rows, place, value)

    def next(self) -> _Sheet:
        self.end()
        return _Sheet(self._workbook, self._table, self._nth + 1)

    def end(self) -> None:
        self._sheet.autofilter(0, 0, self.rows, len(self._table.columns) - 1)

    def _writer(self, column: Column) -> Callable[[int, int, Any], None]:
        if column.name in ("url", "urls"):
            return self._address
        if column.name == "when":
            return self._when
        if column.type == "list":
            return lambda row, place, value: self._text(row, place, column.separator.join(value))
        writers: dict[str, Callable[[int, int, Any], None]]
        writers = {"date": self._date, "integer": self._number, "number": self._number}
        return writers.get(column.type, self._text)

    def _text(self, row: int, place: int, value: str) -> None:
        text = visible(value).replace("\r\n", "\n").replace("\r", "\n")
        text = text if len(text) <= _LETTERS else f"{text[: _LETTERS - 1]}…"
        if is_formula(text):
            self._sheet.write_string(row, place, text, self._quoted)
        else:
            self._sheet.write_string(row, place, text)

    def _number(self, row: int, place: int, value: float) -> None:
        self._sheet.write_number(row, place, value)

    def _date(self, row: int, place: int, value: date) -> None:
        if value < _FIRST_DAY:
            self._sheet.write_string(row, place, value.isoformat())
        else:
            self._sheet.write_datetime(row, place, value, self._day)

    def _when(self, row: int, place: int, value: str) -> None:
        """A real date where the EDTF is a plain day."""
        if len(value) == len("2021-02-01") and value.replace("-", "").isdigit():
            self._date(row, place, date.fromisoformat(value))
        else:
            self._text(row, place, value)

    def _address(self, row: int, place: int, value: str | tuple[str, ...]) -> None:
        """All addresses as text; the first that leads to the web is where a click goes."""
        addresses = (value,) if isinstance(value, str) else value
        told = " ".join(addresses)
        led = next(filter(is_web_address, addresses), "")
        if not led or len(led) > _LONGEST_LINK or self._links >= _LINKS or len(told) > _LETTERS:
            self._text(row, place, told)
            return
        self._links += 1
        self._sheet.write_url(row, place, led, self._link, visible(told))
