"""What an answer's status and headers mean. Pure; times are in seconds or aware datetimes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime

from timeline.sources.fetching.values import Validators

LONGEST_REST = 86_400.0  # seconds: what a server asks beyond that is taken for that
_LONGEST_FRESH = 86_400.0
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 30.0  # the ceilings of the waits between tries, doubled each time
_LONGEST_VALIDATOR = 1_000  # characters; longer ones are not kept, which costs only a body
_AGE = re.compile(r"(?:^|,)\s*max-age\s*=\s*\"?(\d{1,12})", re.IGNORECASE)
_NEVER = re.compile(r"(?:^|,)\s*(?:no-store|no-cache)\b", re.IGNORECASE)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
LASTING = frozenset({301, 308})
WHOLE = frozenset({200, 203})
LATER = "Try again later"
_STATUSES = {
    401: ("it asks for a login", "Only what the public may read is fetched"),
    402: ("it asks to be paid", "Only what the public may read is fetched"),
    403: ("it refuses to give that", "Say who you are by a contact, or ask its publisher"),
    404: ("it has no such page", "Check the address"),
    429: ("it takes no more requests for now", LATER),
    451: ("it may not give that by law", "Look for it elsewhere"),
    503: ("it is not at service for now", LATER),
}


def failure(status: int) -> tuple[str, str, bool]:
    """What went wrong, what to do next, and whether it may pass, of a status that is no answer."""
    what, hint = _STATUSES.get(status, ("", ""))
    if status >= 500 or status == 429:
        return f"{what or 'it failed'} (HTTP {status})", hint or LATER, True
    if 300 <= status < 400:
        return f"it sends elsewhere without saying where (HTTP {status})", "Check the address", False
    return f"{what or 'it does not give that'} (HTTP {status})", hint or "Check the address", False


def redirected(status: int, headers: Mapping[str, str]) -> str:
    """Where an answer sends to, as it is written there; "" where it sends nowhere."""
    if status not in _REDIRECTS:
        return ""
    written = headers.get("location", "").strip()
    try:
        return written.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return written


def retry_after(header: str, now: datetime) -> float | None:
    """How long a server asks to be left alone: a number, or the time until a date, at most a day; None for none,
    nonsense and less than nothing."""
    said = header.strip()
    if said.isascii() and said.isdigit():
        return min(float(said[:9]), LONGEST_REST)
    at = _date(said)
    return None if at is None else min(max(0.0, (at - now).total_seconds()), LONGEST_REST)


def pause(tried: int, chance: float) -> float:
    """How long to wait after so many tries: full jitter, any time up to a ceiling that doubles; `chance` in 0..1."""
    return chance * min(_LONGEST_WAIT, _FIRST_WAIT * 2.0 ** (tried - 1))


def fresh_until(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Until when an answer holds by its Cache-Control or Expires, at most a day from now; None where it says nothing
    of the kind, or not to rely on it."""
    control = headers.get("cache-control", "")
    if _NEVER.search(control):
        return None
    age = _AGE.search(control)
    if age:
        held = headers.get("age", "").strip()
        seconds = float(age[1]) - (float(held[:12]) if held.isascii() and held.isdigit() else 0.0)
    else:
        expires = _date(headers.get("expires", ""))
        if expires is None:
            return None
        seconds = (expires - (_date(headers.get("date", "")) or now)).total_seconds()
    return now + timedelta(seconds=min(seconds, _LONGEST_FRESH)) if seconds > 0 else None


def validators(headers: Mapping[str, str]) -> Validators:
    """What to send back with the next request."""
    etag, modified = headers.get("etag", ""), headers.get("last-modified", "")
    return Validators(*(value if len(value) <= _LONGEST_VALIDATOR else "" for value in (etag, modified)))


def kind_of(header: str) -> tuple[str, str]:
    """The type and charset of a Content-Type: `text/html`, `utf-8`; "" for what is not said or unknown."""
    read = Message()
    read["content-type"] = " ".join(header.split())
    charset = str(read.get_param("charset") or "").strip(" '\"").lower()
    try:
        charset = codecs.lookup(charset).name if charset.isascii() and charset.isprintable() else ""
    except (LookupError, ValueError):
        charset = ""
    return header.partition(";")[0].strip().lower(), charset


def _date(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return at.replace(tzinfo=at.tzinfo or UTC)
