"""What keeps a text a text: marks for what cannot be seen, JSON that ends no script, addresses that run nothing.

Beside `exports/safety.py`, which serves files that other programs read: on the page a mark says what stood there, and
an address is set as the attribute of an element, so that quotes and spaces in it close nothing.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

# Controls, what turns the direction of reading, what takes no room, halves of a pair; `script/make.js` has the same.
# Joiners (U+200C, U+200D) stay: Persian and Burmese are written with them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_ENDS_A_SCRIPT = re.compile("[<>&\u2028\u2029]")


def visible(text: str) -> str:
    """The text with a visible mark for each character that would act unseen: "␛" for ESC, "⟦U+202E⟧" for others."""
    return _UNSEEN.sub(_mark, text)


def _mark(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code == 0x0D:
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"⟦U+{code:04X}⟧"


def data_json(value: Any) -> str:
    """JSON that may stand in a script element: no character of it can begin a tag, an entity or a line."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _ENDS_A_SCRIPT.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def is_web_address(address: str) -> bool:
    """Whether a link may lead there: http and https with a host, nothing else."""
    if not re.match(r"https?://[^\s/\\]", address, re.IGNORECASE) or visible(address) != address:
        return False
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False
