"""What an Atom feed says it has deleted: `deleted-entry` of RFC 6721.

A feed may delete its own entries. A page's address counts only where it lies on the feed's own site: no feed takes away
what others have published.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from timeline.sources.pages.addresses import same_site, web_address
from timeline.sources.pages.text import plain

_TOMBSTONES = "{http://purl.org/atompub/tombstones/1.0}"
_LINK = "{http://www.w3.org/2005/Atom}link"


@dataclass(frozen=True, slots=True)
class Deleted:
    """The id of an entry, the address of its page ("" where that is not told), when it was deleted (seconds since
    1970)."""

    id: str
    url: str
    at: float


def deleted(text: str, url: str = "") -> Iterator[Deleted]:
    """What a feed, found at `url`, says it has deleted."""
    if _TOMBSTONES[1:-1] not in text:
        return
    from lxml.etree import XMLParser, fromstring

    parser = XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = fromstring(text.encode(errors="replace"), parser)
    for each in root.iter(f"{_TOMBSTONES}deleted-entry") if root is not None else ():
        if name := plain(each.get("ref", "")):
            yield Deleted(name, _page(each, name, url), _moment(each.get("when", "")))


def _page(element: Any, name: str, base: str) -> str:
    links = [link.get("href", "") for link in element.iter(_LINK) if link.get("rel", "alternate") == "alternate"]
    found = next((page for each in (*links, name) if (page := web_address(each, base))), "")
    return found if base and found and same_site(found, base) else ""


def _moment(words: str) -> float:
    """A feed that does not say when means now."""
    try:
        at = datetime.fromisoformat(words.strip())
    except ValueError:
        return float("inf")
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
