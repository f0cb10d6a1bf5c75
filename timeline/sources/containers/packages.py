"""Documents that are ZIP files inside: Word, Excel, OpenDocument, EPUB. Told by what they hold."""

from __future__ import annotations

import re

from timeline.sources.head import Head

ZIP = b"PK\x03\x04"
_MIMES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument": "opendocument",
    b"application/epub+zip": "epub",
}
_FOLDERS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx", "visio/": "vsdx"}
_OPENINGS = ("[Content_Types].xml", "_rels/", "docProps/", "customXml/", *_FOLDERS)
_BY_NAME = {
    ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".xlsx": "xlsx", ".xlsm": "xlsx", ".xltx": "xlsx",
    ".xlsb": "xlsb", ".pptx": "pptx", ".odt": "odt", ".ods": "ods", ".odp": "opendocument", ".epub": "epub",
    ".jar": "jar", ".apk": "jar",
}  # fmt: skip
_MEMBER = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)


def package(head: Head) -> str:
    """What document a ZIP file is ("docx", "xlsx", "odt", "epub"); "" for a plain one and for what is no ZIP file.

    By its members, as far as the first bytes show them: a package begins with its own list of parts or with one of
    its folders, and an archive that merely holds a document does not.
    """
    if not head.data.startswith(ZIP):
        return ""
    names = _names(head.data)
    if names[:1] == ["mimetype"]:
        start = head.data.find(b"mimetype") + len(b"mimetype")
        said = head.data[start : start + 200]
        return next((kind for mime, kind in _MIMES.items() if mime in said), _BY_NAME.get(head.suffix, "opendocument"))
    if names and names[0].startswith(_OPENINGS) and (b"[Content_Types].xml" in head.data or head.suffix in _BY_NAME):
        kinds = (kind for name in names for folder, kind in _FOLDERS.items() if name.startswith(folder))
        return next(kinds, _BY_NAME.get(head.suffix, "ooxml"))
    return _BY_NAME.get(head.suffix, "")


def _names(data: bytes) -> list[str]:
    """The names of the members whose local headers are among some bytes."""
    found = []
    for match in _MEMBER.finditer(data):
        length = int.from_bytes(match[1], "little")
        found.append(data[match.end() : match.end() + length].decode("utf-8", errors="replace"))
    return found
