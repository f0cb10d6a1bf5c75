"""PDF, Word and OpenDocument: their text in paragraphs, what they state as hints, and nothing that hurts who reads."""

from __future__ import annotations

import io
import time
from datetime import date
from pathlib import Path

import pytest

from timeline.jobs.reading import Reading, Through, items
from timeline.model import Article
from timeline.sources import Bad, Fit
from timeline.sources.document import OpenDocumentReader, PdfReader, WordReader
from timeline.sources.filing import By
from timeline.sources.given import Given
from timeline.sources.head import Head

from ..containers.reading import harmless, told, zipped
from .making import STORY, docx, odt, pdf

TEXT = "\n\n".join(STORY)
PARAGRAPHS = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in STORY)
DOCUMENTS = {
    "a.pdf": pdf([list(STORY)], "/Title (Putin receives Min Aung Hlaing) /CreationDate (D:20250304101500+03'00')"),
    "a.docx": docx(
        PARAGRAPHS,
        "<c xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:t='http://purl.org/dc/terms/'>"
        f"<dc:title>{STORY[0]}</dc:title><t:created>2025-03-04T10:15:00Z</t:created></c>",
    ),
    "a.odt": odt(
        "".join(f"<text:p>{each}</text:p>" for each in STORY),
        f"<dc:title>{STORY[0]}</dc:title><meta:creation-date>2025-03-04T10:15:00</meta:creation-date>",
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_one_article_with_its_title(name: str) -> None:
    for called in (name, "", "a.bin"):
        (article,) = told(DOCUMENTS[name], called).items
        assert isinstance(article, Article)
        assert article.title == STORY[0]
        assert all(each in article.text for each in STORY)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_when_it_was_made_dates_it_only_where_files_times_do(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(DOCUMENTS[name])
    filed = {}
    for by in By:
        found = items([str(file)], Reading(Given(published_from=by)), None, lambda _: None)
        (article,) = (each for each in found if not isinstance(each, Through))
        assert isinstance(article, Article)
        assert article.published is None
        filed[by] = (article.filed, article.filed_from)
    assert filed == {By.NAME: (None, ""), By.MTIME: (date(2025, 3, 4), "file time"), By.NONE: (None, "")}


@pytest.mark.parametrize("title", ["Microsoft Word - draft3.doc", "untitled", "Putin", ""])
def test_a_title_that_the_text_does_not_show_is_none(title: str) -> None:
    (article,) = told(pdf([list(STORY)], f"/Title ({title})"), "a.pdf").items
    assert isinstance(article, Article)
    assert article.title == ""


def test_a_document_in_an_archive_is_read() -> None:
    assert len(told(zipped(DOCUMENTS), "in.zip").texts) == 3


def test_a_foreign_writers_word_document_is_read() -> None:
    from docx import Document

    document = Document()
    document.add_heading(STORY[0], 0)
    document.add_paragraph(STORY[1])
    document.add_table(1, 1).cell(0, 0).text = STORY[2]
    document.core_properties.title = STORY[0]
    file = io.BytesIO()
    document.save(file)
    assert list(told(file.getvalue(), "a.docx").texts.values()) == [TEXT]


def test_a_foreign_writers_pdf_is_read_without_its_running_lines() -> None:
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    file = io.BytesIO()
    with PdfPages(file) as pages:
        for number, day in enumerate(("first", "second", "third", "fourth"), start=1):
            figure = Figure(figsize=(8, 11))
            for place, line in enumerate(
                ("Example Institute", f"On the {day} day Putin visited the", f"town of {day}.")
            ):
                figure.text(0.1, 0.9 - place / 20, line)
            figure.text(0.5, 0.05, f"{number}")
            pages.savefig(figure)
    (text,) = told(file.getvalue(), "a.pdf").texts.values()
    assert text.count("Example Institute") == 1
    assert all(f"On the {day} day Putin visited the town of {day}." in text for day in ("first", "second", "fourth"))


def test_what_word_does_not_show_is_not_read() -> None:
    body = (
        "<w:p><w:r><w:t>Putin </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>visited</w:t></w:r></w:ins><w:r><w:tab/><w:t>Myan</w:t></w:r><w:r><w:t>mar.</w:t></w:r>"
        "<mc:AlternateContent><mc:Fallback><w:p><w:r><w:t>twice</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p>"
    )
    assert list(told(docx(body), "a.docx").texts.values()) == ["Putin visited Myanmar."]


def test_what_opendocument_does_not_show_is_not_read() -> None:
    body = (
        "<text:tracked-changes><text:p>never</text:p></text:tracked-changes>"
        "<text:p>Putin<text:s/><text:span>visited<text:line-break/></text:span>Myan<text:span>mar</text:span>.</text:p>"
    )
    assert list(told(odt(body), "a.odt").texts.values()) == ["Putin visited Myanmar."]


def encrypted(password: str) -> bytes:
    from pypdf import PdfReader as Reader
    from pypdf import PdfWriter

    writer, file = PdfWriter(clone_from=Reader(io.BytesIO(DOCUMENTS["a.pdf"]))), io.BytesIO()
    writer.encrypt(password, "owner", algorithm="RC4-128")
    writer.write(file)
    return file.getvalue()


def test_an_encrypted_pdf_is_told_and_one_that_only_forbids_printing_is_read() -> None:
    assert "encrypted" in told(encrypted("secret"), "a.pdf").bad["file:///in/a.pdf"]
    assert len(told(encrypted(""), "a.pdf").texts) == 1


BOMB = "<!DOCTYPE b [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
)
OUTSIDE = "<!DOCTYPE b [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (pdf([[], []]), "a.pdf", "its pages are pictures"),
        (pdf([]), "a.pdf", "no pages"),
        (b"%PDF-1.7 nothing", "a.pdf", "damaged"),
        (b"text", "a.pdf", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.docx", "encrypted, or of an older Word"),
        (docx("<w:p/>"), "a.docx", "no text"),
        (zipped({"[Content_Types].xml": "<T/>", "word/x.xml": "<x/>"}), "a.docx", "no word/document.xml"),
        (zipped({"[Content_Types].xml": "<T/>", "word/document.xml": "<w"}), "a.docx", "no XML"),
        (zipped({"word/document.xml": bytes(60_000_000), "[Content_Types].xml": "<T/>"}), "a.docx", "bomb"),
        (zipped({"word/document.xml": f"{BOMB}]><b>&j;</b>", "[Content_Types].xml": "<T/>"}), "a.docx", ""),
        (zipped({"word/document.xml": f"{OUTSIDE}<b>&x;</b>", "[Content_Types].xml": "<T/>"}), "a.docx", "no text"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, name: str, reason: str) -> None:
    read = told(data, name)
    assert reason in read.bad[f"file:///in/{name}"]
    assert not read.texts


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("percent", range(0, 100, 5))
def test_a_cut_off_document_is_read_or_told(name: str, percent: int) -> None:
    data = DOCUMENTS[name]
    (item,) = told(data[: len(data) * percent // 100], name).items
    assert isinstance(item, (Article, Bad))


def test_elements_that_lie_deep_in_one_another_end() -> None:
    began = time.monotonic()
    told(docx("<w:p>" * 200_000), "a.docx")
    told(docx("<w:p>" * 250 + "<w:r><w:t>Putin</w:t></w:r>" + "</w:p>" * 250), "a.docx")
    assert time.monotonic() - began < 5


def test_a_pdf_whose_stream_unpacks_to_gigabytes_ends(tmp_path: Path) -> None:
    import zlib

    packed = zlib.compress(zlib.compress(b"BT (x) Tj ET " + bytes(400_000_000), 9), 9)
    body = f"<< /Length {len(packed)} /Filter [/FlateDecode /FlateDecode] >>\nstream\n".encode() + packed
    data = pdf([["x"]])
    start, end = data.find(b"<< /Length"), data.find(b"\nendstream")
    bomb = tmp_path / "bomb.pdf"
    bomb.write_bytes(data[:start] + body + data[end:])
    assert harmless(bomb).articles <= 1


@pytest.mark.parametrize(
    ("reader", "data", "name", "fit"),
    [
        (PdfReader(), b"\n%PDF-1.4", "", Fit.CONTENT),
        (PdfReader(), b"The %PDF", "", Fit.NO),
        (WordReader(), DOCUMENTS["a.docx"], "a.zip", Fit.SURE),
        (WordReader(), DOCUMENTS["a.odt"], "a.docx", Fit.NO),
        (WordReader(), zipped({"[Content_Types].xml": "<T/>", "xl/workbook.xml": "<w/>"}), "a.docx", Fit.NO),
        (OpenDocumentReader(), DOCUMENTS["a.odt"], "", Fit.SURE),
        (OpenDocumentReader(), b"", "a.odt", Fit.NAME),
    ],
)
def test_a_document_is_told_by_its_content(
    reader: PdfReader | WordReader | OpenDocumentReader, data: bytes, name: str, fit: Fit
) -> None:
    assert reader.fits(Head(name, data)) is fit
