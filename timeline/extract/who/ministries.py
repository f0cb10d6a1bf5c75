"""Ministries by the pattern of their names: "Egypt's foreign ministry", "Ministry of Defense", one name a ministry."""

from __future__ import annotations

import re

from timeline.extract.who.lexicon import ministry_area
from timeline.extract.who.nationality import country_inside
from timeline.model import Actor, ActorKind
from timeline.reference import countries, organisations

_OF = re.compile(r"\bministry (?:of|for) (?:the )?(.+)$")
_BEFORE = re.compile(r"^(.*?)\s*\bministry\b")


def ministry(words: str, country: str) -> Actor | None:
    """The ministry that words name, of a country (ISO3); None for other words and for an area we do not know.

    >>> ministry("Egyptian Foreign Ministry", "EGY").name
    'Ministry of Foreign Affairs of Egypt'
    """
    text = words.lower()
    if "ministry" not in text or not country:
        return None
    found = _OF.search(text) or _BEFORE.search(text)
    area = ministry_area(_without_country(found.group(1), words)) if found else ""
    if not area:
        return None
    name = f"Ministry of {area} of {countries.name_of(country)}"
    known = organisations.lookup(name)
    if known:
        return Actor(known[0].name, known[0].kind, known[0].country, known[0].id)
    return Actor(name, ActorKind.ORGANISATION, country)


def _without_country(area: str, words: str) -> str:
    """ "russian defence" as "defence", "defence of russia" as "defence"."""
    kept = area.split(" of ")[0] if country_inside(words) else area
    at = {w.lower() for w in words.split() if countries.lookup(w.removesuffix("'s").removesuffix("’s"))}
    return " ".join(w for w in kept.split() if w not in at and w not in ("the", "country's", "'s"))
