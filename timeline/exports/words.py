"""Events in a few words, for formats that people read: who, when, where, by whom told."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from timeline.model import Event, Exactness, Modality, When

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_LEADS = {Modality.PLANNED: "Planned: ", Modality.HYPOTHETICAL: "Possible: ", Modality.DENIED: "Denied: "}


def day(value: date) -> str:
    """A day as people write it.

    >>> day(date(2021, 2, 1))
    '1 February 2021'
    """
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def when(told: When) -> str:
    """A date as people write it, as exact as it is known and no more.

    >>> when(When.of("2021-02")), when(When.of("2025-03-03/.."))
    ('February 2021', 'on or after 3 March 2025')
    """
    first, last, exactness = told.earliest, told.latest, told.exactness
    about = "about " if "~" in told.edtf or "%" in told.edtf else ""
    if first is None and last is None:
        return "date unknown"
    if last is None and first is not None:
        return f"on or after {day(first)}"
    if first is None and last is not None:
        return f"on or before {day(last)}"
    assert first is not None and last is not None  # noqa: S101, PT018 - the cases before
    if exactness is Exactness.DAY:
        return about + day(first)
    if exactness is Exactness.MONTH:
        return f"{about}{MONTHS[first.month - 1]} {first.year}"
    if exactness is Exactness.YEAR:
        return f"{about}{first.year}"
    return f"{about}{day(first)} to {day(last)}"


def headline(event: Event) -> str:
    """The title, which says so where something was planned, possible or denied."""
    lead = _LEADS.get(event.modality, "")
    return event.title if event.title.startswith(lead) else f"{lead}{event.title}"


def where(event: Event) -> str:
    """Place and country as "Moscow, RUS", "" where none is known."""
    place = event.place
    return "" if place is None else ", ".join(dict.fromkeys(part for part in (place.name, place.country) if part))


def host(address: str) -> str:
    """Whose address it is: "example.org"."""
    return (urlsplit(address).hostname or address).removeprefix("www.")
