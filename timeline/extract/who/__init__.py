"""Who took part: mentions of people, countries, organisations and groups, each led to one actor."""

from __future__ import annotations

from datetime import date

from timeline.extract.text.parsed import Parsed
from timeline.extract.who.cast import Cast, Mention
from timeline.extract.who.descriptions import described
from timeline.extract.who.names import named

__all__ = ["Cast", "Mention", "recognise"]


def recognise(parsed: Parsed, published: date | None) -> Cast:
    """The cast of an article. Offices without a name ("the Russian president") are those of the publication date."""
    names = named(parsed, published)
    return Cast([*names, *described(parsed, names, published)])
