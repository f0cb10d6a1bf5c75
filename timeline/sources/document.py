"""Documents as they are printed and written: PDF, Word, OpenDocument. Each is read in a process apart (`worker`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from timeline.model import Article
from timeline.sources import Bad, Fit
from timeline.sources.containers.packages import package
from timeline.sources.head import Head
from timeline.sources.worker import ask


class PdfReader:
    name = "pdf"
    title = "PDF documents with text"
    suffixes = (".pdf",)
    example = "timeline import statement.pdf --published 2025-03-03"
    extra, needs = "pdf", "pypdf"
    lists = False

    def fits(self, head: Head) -> Fit:
        """By its signature, before which there may be some rubbish."""
        if head.data.startswith(b"%PDF-"):
            return Fit.SURE
        if b"%PDF-" in head.data[:1024]:
            return Fit.CONTENT
        return Fit.NAME if head.suffix in self.suffixes else Fit.NO

    def read(self, data: bytes, origin: str) -> Iterator[Article | Bad]:
        """The document as one article. Raises InputError: encrypted, damaged, without text."""
        yield _article("pdf:pdf", data, origin)


class WordReader:
    name = "docx"
    title = "Word documents"
    suffixes = (".docx", ".docm")
    example = "timeline import statement.docx --published 2025-03-03"
    extra = needs = ""
    lists = False

    def fits(self, head: Head) -> Fit:
        return _fit(head, "docx", self.suffixes)

    def read(self, data: bytes, origin: str) -> Iterator[Article | Bad]:
        """The document as one article. Raises InputError: encrypted, damaged, a bomb, without text."""
        yield _article("office:docx", data, origin)


class OpenDocumentReader:
    name = "odt"
    title = "OpenDocument texts"
    suffixes = (".odt",)
    example = "timeline import statement.odt --published 2025-03-03"
    extra = needs = ""
    lists = False

    def fits(self, head: Head) -> Fit:
        return _fit(head, "odt", self.suffixes)

    def read(self, data: bytes, origin: str) -> Iterator[Article | Bad]:
        """The document as one article. Raises InputError: encrypted, damaged, a bomb, without text."""
        yield _article("office:odt", data, origin)


def _fit(head: Head, kind: str, suffixes: tuple[str, ...]) -> Fit:
    if package(head) == kind:
        return Fit.SURE
    return Fit.NAME if head.suffix in suffixes and not package(head) else Fit.NO


def _article(task: str, data: bytes, origin: str) -> Article:
    """The document's article. When it was made is as much of a hint as when its file was written."""
    says = ask(f"timeline.sources.documents.{task}", data)
    made = date.fromisoformat(says["created"]) if says["created"] else None
    return Article(
        text=says["text"],
        title=says["title"],
        language=says["language"],
        origin=origin,
        filed=made,
        filed_from="file time" if made else "",
    )
