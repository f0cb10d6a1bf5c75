"""What a document states about itself: hints, since programs fill it in ("Microsoft Word - draft3.doc")."""

from __future__ import annotations

import re
from datetime import date

from timeline.model.article import is_publication_day
from timeline.model.errors import InputError

LARGEST = 10 * 1024 * 1024  # characters of a document's text
_WORD = re.compile(r"\w+")
_WITHIN = 2000  # characters at a text's beginning among which its title stands
_LEAST = 2  # words of a title
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\ud800-\udfff\ufffe\uffff]")


def made(paragraphs: list[str], title: str, created: str, language: str = "") -> dict[str, str]:
    """What a document's reader takes: its text, its title where the text shows it too, the day it says it was made, its
    language. Raises InputError for a text that is too long."""
    text = "\n\n".join(filter(None, (_UNWRITABLE.sub("", each).strip() for each in paragraphs)))
    if len(text) > LARGEST:
        raise InputError(f"more than {LARGEST // 1024 // 1024} MB of text are no article", hint="Split it")
    return {"text": text, "title": _shown(title, text), "created": _day(created), "language": language}


def _shown(title: str, text: str) -> str:
    title = " ".join(_UNWRITABLE.sub(" ", title).split())
    words = _WORD.findall(title.lower())
    beginning = " ".join(_WORD.findall(text[:_WITHIN].lower()))
    return title if len(words) >= _LEAST and f" {' '.join(words)} " in f" {beginning} " else ""


def _day(words: str) -> str:
    """The day at the beginning of "2025-03-03T10:15:00Z" or "D:20250303101500+06'30'"; "" of what is none."""
    match = re.match(r"(?:D:)?(\d{4})-?(\d\d)-?(\d\d)", words.strip(), re.ASCII)
    try:
        day = date(*map(int, match.groups())) if match else None
    except ValueError:
        return ""
    return day.isoformat() if day and is_publication_day(day) else ""
