"""A text with its time expressions marked in place: TIMEX3 of TimeML 1.2.1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from timeline.model import TimeExpression

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<TimeML xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:noNamespaceSchemaLocation="http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd">
"""
# XML 1.0 holds neither most control characters nor halves of a pair.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What an XML reader would change (a carriage return) or a terminal obey stands as its number.
_BY_NUMBER = re.compile("[\r\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# TimeML demands a value; where none is known every place stays open.
_OPEN = {"DATE": "XXXX-XX-XX", "TIME": "XXXX-XX-XXTXX:XX", "DURATION": "PX", "SET": "PX"}


def timex3(text: str, times: Sequence[TimeExpression], *, published: date | None = None, id: str = "") -> Iterator[str]:
    """A TimeML document in pieces: `published` as its creation time, the whole text with `times` marked.

    The characters of TEXT are those of `text`, one for one; what XML cannot hold is U+FFFD. `times` do not overlap.
    """
    yield _HEAD
    if id:
        yield f"<DOCID>{_written(id)}</DOCID>\n"
    if published is not None:
        day = published.isoformat()
        created = f'<TIMEX3 tid="t0" type="DATE" value="{day}" functionInDocument="CREATION_TIME">{day}</TIMEX3>'
        yield f"<DCT>{created}</DCT>\n"
    yield "<TEXT>"
    end = 0
    for number, each in enumerate(sorted(times, key=lambda t: t.start), start=1):
        yield _written(text[end : each.start])
        value = each.value or _OPEN.get(each.type, "")
        mod = f" mod={quoteattr(each.mod)}" if each.mod else ""
        yield f'<TIMEX3 tid="t{number}" type={quoteattr(each.type)} value={quoteattr(value)}{mod}>'
        yield f"{_written(text[each.start : each.end])}</TIMEX3>"
        end = each.end
    yield f"{_written(text[end:])}</TEXT>\n</TimeML>\n"


def _written(text: str) -> str:
    return _BY_NUMBER.sub(lambda found: f"&#{ord(found[0])};", escape(_UNWRITABLE.sub("\ufffd", text)))
