"""CSV and TSV: a line a row, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from timeline.exports.options import DEFAULT, Options
from timeline.exports.safety import harmless, visible
from timeline.exports.tables import Row, Table

_LINES = 200  # written at a time
_SPACES = str.maketrans("\t\r\n", "   ")


class CsvExporter:
    """RFC 4180 in UTF-8 with a header line. What a spreadsheet would run gets a leading apostrophe, what would act on a
    terminal is U+FFFD, unless `raw`."""

    delimiter, line_end = ",", "\r\n"

    def write(self, events: Iterable[Any], options: Options = DEFAULT) -> Iterator[bytes]:
        table = options.table
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=self.delimiter, lineterminator=self.line_end)
        writer.writerow([column.name for column in table.columns])
        cells = map(self._cells(table, raw=options.raw), table.rows(events))
        while lines := list(islice(cells, _LINES)):
            writer.writerows(lines)
            yield buffer.getvalue().encode("utf-8", "replace")
            buffer.seek(0)
            buffer.truncate()
        yield buffer.getvalue().encode()

    def _cells(self, table: Table, *, raw: bool) -> Callable[[Row], list[Any]]:
        """How a row becomes cells: lists are joined, texts made harmless; dates and numbers the writer can write."""
        kinds = list(enumerate(table.columns))
        joined = [(place, column.separator) for place, column in kinds if column.type == "list"]
        texts = [place for place, column in kinds if column.type in ("string", "list") and not column.values]
        text = self._text(raw=raw)

        def cells(row: Row) -> list[Any]:
            made = list(row)
            for place, separator in joined:
                several = made[place]
                made[place] = separator.join(several) if several else ""
            if text is not None and not _plain([made[place] for place in texts]):
                for place in texts:
                    made[place] = text(made[place])
            return made

        return cells

    def _text(self, *, raw: bool) -> Callable[[str], str] | None:
        """What is done to texts that do not begin with a letter or digit or hold what cannot be printed."""
        return None if raw else lambda cell: harmless(visible(cell))


def _plain(cells: list[str]) -> bool:
    """Whether each begins with a letter or digit, and all can be printed: asked of a row at once; nearly all are."""
    return "".join(cells).isprintable() and "".join([cell[:1] for cell in cells]).isalnum()


class TsvExporter(CsvExporter):
    """The same with tabs between cells, a row a line: tabs and line ends inside a cell are spaces."""

    delimiter, line_end = "\t", "\n"

    def _text(self, *, raw: bool) -> Callable[[str], str]:
        text = super()._text(raw=raw)
        return lambda cell: (text(cell) if text else cell).translate(_SPACES)
