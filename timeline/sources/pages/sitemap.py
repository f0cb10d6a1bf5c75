"""The addresses that a sitemap lists, or the sitemaps that an index of them lists."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from timeline.model.errors import InputError
from timeline.sources.pages.addresses import web_address
from timeline.sources.pages.charset import page_text
from timeline.sources.pages.dating import stated_day
from timeline.sources.pages.text import breaks_off, plain

_ITEMS = ("url", "sitemap")
_BARE = re.compile(r"&(?!(?:#\w{1,8}|\w{1,8});)")
_ROOTS = ("urlset", "sitemapindex")
_KEPT = ("loc", "title", "publication_date", "language")  # of a news sitemap the last three


def addresses(data: bytes, url: str = "", charset: str = "") -> list[dict[str, str]]:
    """What it lists, in its order: "url", "title", "published" (ISO or ""), and "bad", the reason why one is no
    address.

    The time of a page's last change (`lastmod`) is no day of publication and is passed over. Raises InputError for what
    is no sitemap.
    """
    from lxml.etree import XMLSyntaxError, iterparse

    found: list[dict[str, str]] = []
    said: dict[str, str] = {}
    root = ""
    # A query's "&" is often not written as XML wants it.
    text = _BARE.sub("&amp;", page_text(data, charset))
    walk = iterparse(
        BytesIO(text.encode(errors="replace")),
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        encoding="utf-8",
    )
    try:
        for event, element in walk:
            name = _name(element)
            root = root or name
            if event == "start":
                said = {} if name in _ITEMS else said
            elif name in _ITEMS:
                found.append(_listed(said, url))
                said = {}
                _forget(element)
            elif name in _KEPT and _parent(element) != "image":
                said.setdefault(name, plain("".join(element.itertext())))
    except XMLSyntaxError as error:
        if not found:
            raise InputError("this is no XML", hint="Was it saved whole?") from error
    if root not in _ROOTS:
        raise InputError("this is no sitemap", hint="Is it a feed or a page?")
    if said:
        found.append(_listed(said, url))
    if found and breaks_off(text, _ITEMS):
        found[-1]["bad"] = "the sitemap breaks off here"
    return found


def _listed(said: dict[str, str], base: str) -> dict[str, str]:
    address = web_address(said.get("loc", ""), base)
    day = stated_day([said.get("publication_date", "")], said.get("language", ""))
    return {
        "url": address,
        "title": said.get("title", ""),
        "published": day.isoformat() if day else "",
        "bad": "" if address else f"{said.get('loc', '')[:100]!r} is no address of a page",
    }


def _forget(element: Any) -> None:
    """A listing of 50,000 takes no more memory than one of ten."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _parent(element: Any) -> str:
    parent = element.getparent()
    return _name(parent) if parent is not None else ""


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
