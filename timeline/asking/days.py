"""Dates as people type them: the first or last day that "2021-02", "3 March 2025" or "last May" can mean today."""

from __future__ import annotations

import re
from datetime import date, datetime
from threading import Lock

from timeline.model.errors import UsageError

_LONGEST = 60
# The libraries that read words keep tables of their own, which several threads must not build at once.
_READING = Lock()
_ALMOST_ISO = re.compile(r"\d{4}-\w{1,3}|[\W\d_]+")


def day(words: str, option: str, *, last: bool = False) -> date:
    """The first (or last) day of a date as people write it: EDTF, "3 March 2025", "last May". Raises UsageError."""
    from timeline.model.edtf import bounds
    from timeline.model.errors import InputError

    said = words.strip()
    try:
        first, final = bounds(said)
    except InputError:
        first = final = None
    if not (first or final) and said and len(said) <= _LONGEST:
        with _READING:
            first, final = _read(said)
    found = final if last else first
    if found is None:
        shown = said if len(said) <= _LONGEST else f"{said[:30]}…"
        raise UsageError(f"{option}: {shown!r} is no date", hint="Write 2021, 2021-02, 2021-02-01 or 'last May'")
    return found


def _read(words: str) -> tuple[date | None, date | None]:
    """First and last day of what the words say today: as texts are read ("last May", "summer 2020", "the 1990s").

    What that does not know, what people count back from today ("two weeks ago" is a day here, in news a week) and what
    it takes for a plan ("May 3rd", typed in March) is dateparser's; "2021-13" is a slip, not the 13th of some month,
    and "1" is no January.
    """
    from timeline.extract.when import tag

    today = datetime.now().astimezone().date()
    found = tag(words, published=today)
    if len(found) == 1 and found[0].text == words and not _is_ago(words):
        first, last, explicit = found[0].earliest, found[0].latest, found[0].reason.startswith("explicit")
        if first and last and (explicit or first <= today):
            return first, last
    return (None, None) if _ALMOST_ISO.fullmatch(words) else _counted(words)


def _is_ago(words: str) -> bool:
    return "ago" in words.lower().split()


def _counted(words: str) -> tuple[date | None, date | None]:
    """The same of what dateparser makes of the words."""
    import warnings
    from calendar import monthrange

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from dateparser.date import DateDataParser

        settings = {"PREFER_DAY_OF_MONTH": "current" if _is_ago(words) else "first", "PREFER_DATES_FROM": "past"}
        found = DateDataParser(languages=["en"], settings=settings).get_date_data(words)
    if found is None or found.date_obj is None:
        return None, None
    when: date = found.date_obj.date()
    if _is_ago(words) or found.period not in ("month", "year"):
        return when, when
    if found.period == "year":
        return date(when.year, 1, 1), date(when.year, 12, 31)
    return when.replace(day=1), when.replace(day=monthrange(when.year, when.month)[1])
