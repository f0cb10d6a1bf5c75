"""From a page's bytes to its text. What is declared is often wrong, so the bytes have a say."""

from __future__ import annotations

import codecs
import re

from timeline.sources.head import marked, wide

_META = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
_DECLARED_WITHIN = 4096  # browsers look for it in the first 1,024 bytes
# What a name means on the web (the Encoding Standard): most Western pages that say "latin1" are Windows-1252.
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_NOT_ON_THE_WEB = {
    "utf-7",
    "idna",
    "punycode",
    "unicode_escape",
    "raw_unicode_escape",
    "undefined",
    "charmap",
    "palmos",
}
_UNREAD = "\ufffd"


def page_text(data: bytes, said: str = "") -> str:
    """The text of a page, a feed or a sitemap of which a server said an encoding (or ""). Never raises: what cannot
    be decoded is U+FFFD."""
    if unicode := marked(data) or wide(data[:400]):
        return data.decode(unicode, errors="replace")
    declared = [name for name in (_known(said), _known(_declared(data))) if name]
    if b"\x1b" in data and any(name.startswith("iso2022") for name in declared):
        return data.decode(next(name for name in declared if name.startswith("iso2022")), errors="replace")
    # Text of another encoding is hardly ever valid UTF-8, whatever it is declared to be.
    text = data.decode("utf-8", errors="replace")
    if _mostly_read(text):
        return text
    for name in declared:
        text = data.decode(name, errors="replace")
        if not name.startswith("utf") and _mostly_read(text):
            return text
    return data.decode(_guessed(data), errors="replace")


def _declared(data: bytes) -> str:
    match = _META.search(data[:_DECLARED_WITHIN])
    return match[1].decode("ascii", errors="replace") if match else ""


def _known(name: str) -> str:
    try:
        info = codecs.lookup(name.strip()) if name.isascii() and name.isprintable() and name.strip() else None
    except (LookupError, ValueError):
        return ""
    if info is None or not getattr(info, "_is_text_encoding", True) or info.name in _NOT_ON_THE_WEB:
        return ""
    return _MEANT.get(info.name, info.name)


def _mostly_read(text: str) -> bool:
    """Whether what could not be decoded is a slip here and there (or a cut end) among what could."""
    unread = text.count(_UNREAD)
    return not unread or unread * 20 <= sum(not c.isascii() for c in text) or (unread == 1 and text.endswith(_UNREAD))


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:20_000]).best()
    return (best and _known(best.encoding)) or "cp1252"
