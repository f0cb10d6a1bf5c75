"""From bytes to text: Unicode by its mark or UTF-8, else the legacy encoding of western news archives."""

from __future__ import annotations

import re

from timeline.model.errors import InputError
from timeline.sources.head import marked, wide

LARGEST = 10 * 1024 * 1024  # bytes of one article; a long read has 60 kB, a whole book 2 MB
_LONGEST_LINE = 1_000_000
# What JSON can hold and no store writes, and how that is told.
UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
IS_UNWRITABLE = "it holds characters that are none (NUL or half a character)"


def decode(data: bytes, origin: str) -> str:
    """The text of a file. Raises InputError: empty, too large, binary, or no text in any encoding we know."""
    if not data.strip():
        raise InputError("the file is empty", where=origin, hint="Nothing was read from it")
    if len(data) > LARGEST:
        size = f"{len(data) / 1024 / 1024:.0f} MB"
        raise InputError(
            f"{size} are too much for one article (at most {LARGEST // 1024 // 1024} MB)", where=origin, hint="Split it"
        )
    encoding = marked(data) or wide(data[:2000]) or "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as error:
            raise InputError("this is no text in an encoding we know", where=origin, hint="Save it as UTF-8") from error
    if _is_binary(text):
        raise InputError(
            "this is a binary file, no text", where=origin, hint="Give plain text or JSON Lines of articles"
        )
    if any(len(line) > _LONGEST_LINE for line in text.split("\n")):
        raise InputError("a line of more than a million characters is no news text", where=origin, hint="Split it")
    return text


def _is_binary(text: str) -> bool:
    sample = text[:20_000]
    strange = sum(1 for c in sample if (c < " " and c not in "\t\n\r\f\v\x1b") or c == "\ufffd")
    return "\x00" in sample or strange * 50 > len(sample)
