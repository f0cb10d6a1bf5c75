"""The text of Word (.docx) and OpenDocument (.odt) files: XML in a ZIP file. Macros and pictures are not looked at."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from timeline.model.errors import InputError
from timeline.sources.documents.properties import made

_LARGEST = 50 * 1024 * 1024  # bytes of XML in one part
_MOST = 10_000  # parts
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"


class _Kind(NamedTuple):
    """Where a kind of document has its text and its properties. `texts` are the elements that hold words, all for the
    empty set; what is in the `skipped` ones is not shown or shown elsewhere."""

    content: str
    properties: str
    paragraphs: frozenset[str]
    texts: frozenset[str]
    blanks: frozenset[str]
    skipped: frozenset[str]
    created: str


def _word(*names: str) -> frozenset[str]:
    return frozenset(f"{space}{name}" for space in (_W, _W_STRICT) for name in names)


_WORD = _Kind(
    content="word/document.xml",
    properties="docProps/core.xml",
    paragraphs=_word("p"),
    texts=_word("t"),
    blanks=_word("tab", "br", "cr", "noBreakHyphen"),
    skipped=_word("del", "moveFrom", "pPr", "rPr", "sectPr") | {f"{_MC}Fallback"},
    created="{http://purl.org/dc/terms/}created",
)
_OPEN = _Kind(
    content="content.xml",
    properties="meta.xml",
    paragraphs=frozenset((f"{_T}p", f"{_T}h")),
    texts=frozenset(),
    blanks=frozenset((f"{_T}s", f"{_T}tab", f"{_T}line-break")),
    skipped=frozenset((f"{_T}tracked-changes", f"{_T}note-citation", f"{_T}table-of-content", f"{_OFFICE}annotation")),
    created="{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}creation-date",
)


def docx(data: bytes) -> dict[str, str]:
    """Raises InputError: encrypted, damaged, a bomb, without text."""
    return _read(data, _WORD)


def odt(data: bytes) -> dict[str, str]:
    """Raises InputError: encrypted, damaged, a bomb, without text."""
    return _read(data, _OPEN)


def _read(data: bytes, kind: _Kind) -> dict[str, str]:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError("it is encrypted, or of an older Word", hint="Save it as .docx without a password")
    try:
        with ZipFile(BytesIO(data)) as package:
            if len(package.infolist()) > _MOST:
                raise InputError("it has too many parts for a document")
            found = list(_paragraphs(_part(package, kind.content), kind))
            about = _part(package, kind.properties) if kind.properties in package.namelist() else None
    except KeyError as error:
        raise InputError(f"it is no document: it has no {kind.content}") from error
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise InputError("it is damaged, cut off or encrypted") from error
    if not any(each.strip() for each in found):
        raise InputError("there is no text in this document")
    return made(found, _value(about, f"{_DC}title"), _value(about, kind.created), _value(about, f"{_DC}language"))


def _part(package: ZipFile, name: str) -> Any:
    """A part's tree. Raises InputError for one that is too large or no XML."""
    from lxml.etree import XMLParser, XMLSyntaxError, fromstring

    with package.open(name) as stream:
        data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise InputError(f"more than {_LARGEST // 1024 // 1024} MB in one of its parts: this is a bomb, no document")
    try:
        return fromstring(data, XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False))
    except XMLSyntaxError as error:
        raise InputError("it is damaged: a part of it is no XML") from error


def _paragraphs(root: Any, kind: _Kind) -> Iterator[str]:
    """The paragraphs in their order; those of a text box come before the one that holds it."""
    from lxml.etree import iterwalk

    open_: list[list[str]] = []
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in kind.skipped:
                walk.skip_subtree()
            elif tag in kind.paragraphs:
                open_.append([])
            elif open_ and tag in kind.blanks:
                open_[-1].append("-" if tag.endswith("noBreakHyphen") else " ")
            if open_ and element.text and tag not in kind.skipped and (not kind.texts or tag in kind.texts):
                open_[-1].append(element.text)
            continue
        if tag in kind.paragraphs and open_:
            yield " ".join("".join(open_.pop()).split())
        if open_ and element.tail and not kind.texts:
            open_[-1].append(element.tail)


def _value(root: Any, tag: str) -> str:
    if root is None:
        return ""
    return next((each.text or "" for each in root.iter(tag)), "")
