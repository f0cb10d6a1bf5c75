"""What keeps a text a text wherever it is opened: formulas that do not run, characters that do not act, links that lead
to the web."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit

# A spreadsheet runs a cell that begins so as a formula (OWASP, "CSV Injection"), full-width forms as well.
_FORMULA = re.compile(r"[\s\x00-\x20\ufeff\u200b-\u200f\u2060]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
# A cell that begins otherwise needs no second look.
_SUSPECT = frozenset("=+-@\uff1d\uff0b\uff0d\uff20\ufeff\u200b\u200c\u200d\u200e\u200f\u2060")
# Controls but for tab and line ends, what turns the direction of reading, halves of a pair and what is no character.
_ACTING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_encoded = json.JSONEncoder(ensure_ascii=False, default=date.isoformat).encode


def harmless(cell: str) -> str:
    """The cell as a spreadsheet shows it without running it, with a leading apostrophe; numbers stay numbers.

    >>> harmless("=1+1"), harmless(" @SUM(A1)"), harmless("-3.5"), harmless("a = b")
    ("'=1+1", "' @SUM(A1)", '-3.5', 'a = b')
    """
    if not is_formula(cell):
        return cell
    return f"'{cell}"


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet may run a cell."""
    first = cell[:1]
    if first.isalnum() or not (first in _SUSPECT or first <= " " or first.isspace()):
        return False
    return _FORMULA.match(cell) is not None and _NUMBER.fullmatch(cell) is None


def visible(text: str) -> str:
    """The text with U+FFFD for every character that could act on a terminal or break XML; tabs and line ends stay."""
    return text if text.isprintable() else _ACTING.sub("\ufffd", text)


def escaped(text: str) -> str:
    """JSON with such characters by their numbers: it says the same."""
    if text.isprintable():
        return text
    return _ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def json_text(value: Any) -> str:
    """JSON of a value on one line, days as ISO 8601, in which no character acts."""
    return escaped(_encoded(value))


def is_web_address(address: str) -> bool:
    """Whether a link may lead there: http and https with a host, without spaces, quotes or unseen characters."""
    if not re.fullmatch(r"https?://[^\s/\\<>\"'`|^{}]+(?:/[^\s<>\"\\`^]*|[?#][^\s<>\"\\`^]*)?", address, re.IGNORECASE):
        return False
    try:
        return address.isprintable() and bool(urlsplit(address).hostname)
    except ValueError:
        return False


def web_addresses(addresses: tuple[str, ...]) -> list[str]:
    """Those that a link may lead to."""
    return [address for address in addresses if is_web_address(address)]
