"""Hostile bytes for every reader of named columns: rows, or a Bad with a reason, in bounded time and memory."""

from __future__ import annotations

import gzip
import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from tests.sources.datasets.reading import SAMPLES, counts_of_parts, ignored, outcome
from timeline.model.errors import InputError
from timeline.sources import Bad, RowReader, formats
from timeline.sources.datasets.mapped import reader_of
from timeline.sources.records.opening import open_records

PATHS = (
    ("acled", "acled/acled-export.csv"),
    ("acled", "acled/acled-read.json"),
    ("ucdp", "ucdp/ged-sample.csv"),
    ("polecat", "polecat/polecat-sample.txt"),
    ("timelinejs", "timelinejs/timeline.csv"),
    ("timelinejs", "timelinejs/timeline.json"),
    ("wikidata", "wikidata/query-sparql.json"),
    ("wikidata", "wikidata/query.csv"),
    ("mapping", "mapping/incidents.csv"),
)


def reader(name: str) -> RowReader:
    if name != "mapping":
        return formats.row_readers()[name]
    found = reader_of(str(SAMPLES / "mapping/incidents.toml"))
    assert isinstance(found, RowReader)
    return found


@pytest.mark.parametrize(("name", "path"), PATHS)
def test_a_file_that_breaks_off_anywhere_keeps_what_came_before(name: str, path: str) -> None:
    data = (SAMPLES / path).read_bytes()
    whole = outcome(reader(name), data)
    assert isinstance(whole, list)
    assert counts_of_parts(reader(name), data)[-1] == len(whole)


def _spoilt(data: bytes) -> Iterator[bytes]:
    text = data.decode()
    yield text.encode("utf-16")
    yield text.encode("utf-8-sig")
    yield text.replace("\n", "\r\n").encode()
    yield text.replace("Myanmar", "Myänmar").encode("latin-1")
    yield text.replace("Myanmar", "My\0nmar").encode()
    yield text.replace("Myanmar", "My\udc80nmar").encode(errors="surrogatepass")
    yield text.replace(",", ",,").encode()
    yield text.replace("2021", "99999999").encode()
    yield text.replace("2021", "0000").encode()
    yield text.replace("96", "9e999").encode()
    yield text.replace('"', "").encode()
    yield data.splitlines()[0]
    yield data.splitlines()[0] + b"\n"
    yield b""
    yield b"\n\n \n"
    yield b"\x89PNG\r\n\x1a\n" + bytes(2000)
    yield data + b'"' * 100_001
    yield data * 3 + b"\xff\xfe"
    yield gzip.compress(data)
    yield data.splitlines()[0] + b"\n" + b"x" * 3_000_000 + b"\n" + b"\n".join(data.splitlines()[1:])


@pytest.mark.parametrize(("name", "path"), PATHS)
def test_spoilt_files_are_rows_or_reasons(name: str, path: str) -> None:
    for data in _spoilt((SAMPLES / path).read_bytes()):
        outcome(reader(name), data)


@pytest.mark.parametrize("name", sorted({name for name, _ in PATHS}))
@pytest.mark.parametrize("data", [b"[" * 200_000, b'{"a":' * 200_000, b'[{"a":"' + b"x" * 3_000_000, b"[1,2,3]", b"{}"])
def test_deep_long_and_foreign_json_is_a_reason(name: str, data: bytes) -> None:
    found = outcome(reader(name), data)
    assert isinstance(found, InputError) or all(isinstance(each, Bad) for each in found)


def test_rows_are_read_in_flat_memory() -> None:
    head, *rows = (SAMPLES / "acled/acled-export.csv").read_bytes().splitlines()
    data = io.BytesIO(head + b"\n" + b"\n".join(rows * 4_000))
    tracemalloc.start()
    many = sum(1 for _ in formats.row_readers()["acled"].rows(data, "o", ignored))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert many == 20_000
    assert peak < 12_000_000


def workbook(sheet: bytes) -> bytes:
    """A workbook of parts that are written by hand."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Override PartName="/xl/workbook.xml" '
        f'ContentType="{kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
        f'ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{relations}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="a" sheetId="1" '
        'r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="b" '
        f'Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return file.getvalue()


def _sheet(rows: bytes) -> bytes:
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (main, rows)


_ROW = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>'


def test_a_workbook_that_is_a_bomb_is_refused_before_it_is_unpacked() -> None:
    begun = time.monotonic()
    data = workbook(_sheet(_ROW % (1, 1, b"a" * 50_000_000)))
    with pytest.raises(InputError, match="unpacks to 48 MB"):
        open_records(io.BytesIO(data), "o")
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("last", [1_048_577, 10**9, 10**15])
def test_a_sheet_with_a_row_far_away_ends(last: int) -> None:
    begun = time.monotonic()
    data = workbook(_sheet(_ROW % (1, 1, b"id") + _ROW % (2, 2, b"x") + _ROW % (last, last, b"y")))
    assert [record.cells for record in open_records(io.BytesIO(data), "o").rows if not isinstance(record, Bad)] == [
        {"id": "x"}
    ]
    assert time.monotonic() - begun < 5


def test_document_types_in_a_workbook_are_refused() -> None:
    laughs = b'<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + _sheet(_ROW % (1, 1, b"&b;"))
    with pytest.raises(InputError, match="document type"):
        open_records(io.BytesIO(workbook(laughs)), "o")


def _workbook_bytes() -> bytes:
    import openpyxl

    book, file = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    for line in (SAMPLES / "ucdp/ged-sample.csv").read_text().splitlines():
        sheet.append(line.split(","))
    book.save(file)
    return file.getvalue()


def _parquet_bytes() -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    file = io.BytesIO()
    parquet.write_table(pa.table({"id": ["a", "b"], "date": ["2021-02-01", "2021-02-02"]}), file)
    return file.getvalue()


@pytest.mark.parametrize("make", [_workbook_bytes, _parquet_bytes])
def test_broken_workbooks_and_parquet_are_reasons(make: Callable[[], bytes]) -> None:
    data = make()
    for part in range(1, 20):
        at = len(data) * part // 20
        for spoilt in (data[:at], data[:at] + bytes(40) + data[at + 40 :]):
            with suppress(InputError):
                list(open_records(io.BytesIO(spoilt), "o").rows)


def test_a_workbook_and_parquet_give_the_same_rows_from_a_pipe() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: object) -> int:
            raise OSError

    for data in (_workbook_bytes(), _parquet_bytes()):
        assert list(open_records(Pipe(data), "o").rows) == list(open_records(io.BytesIO(data), "o").rows)
