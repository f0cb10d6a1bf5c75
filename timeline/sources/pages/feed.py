"""The entries of a feed: RSS and Atom of any version by feedparser, JSON Feed by the standard library."""

from __future__ import annotations

import json
import re
from calendar import timegm
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

from timeline.model.errors import InputError
from timeline.sources.pages.addresses import web_address
from timeline.sources.pages.charset import page_text
from timeline.sources.pages.dating import stated_day
from timeline.sources.pages.deleted import Deleted, deleted
from timeline.sources.pages.text import breaks_off, fragment_paragraphs, plain

_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*\?>")
_HEADERS = {"content-type": "application/xml; charset=utf-8"}
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+));?", re.IGNORECASE | re.ASCII)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# What blog software and news sites add to the text of an entry.
_ADDED = re.compile(
    r"^(?:the post .{1,300} (?:appeared first|first appeared) on .{1,200}"
    r"|(?:continue reading|read more|read the full (?:story|article))\b.{0,300}|\[?(?:…|\.\.\.)\]?)$",
    re.IGNORECASE,
)
_NOTHING = dict.fromkeys(("id", "title", "text", "url", "publisher", "language", "published", "deleted", "bad"), "")
_SHORTENED = re.compile(r"\s*\[(?:…|\.\.\.|&#8230;)\]$")


def entries(data: bytes, url: str = "", charset: str = "") -> list[dict[str, str]]:
    """The entries in the feed's order: "id", "title", "text", "url", "publisher", "language", "published" (ISO or ""),
    "deleted", "yes" of what the feed has deleted, and "bad", the reason why one is no article.

    `url` is where the feed was found. Raises InputError for what is no feed.
    """
    text = page_text(data, charset)
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return list(_of_json(text, url))
    return list(_of_xml(text, url))


def _of_xml(text: str, url: str) -> Iterator[dict[str, str]]:
    import feedparser

    # The text is decoded already, so what it declares of itself is not asked again.
    whole = _REFERENCE.sub(_possible, _NO_XML.sub("", _DECLARATION.sub("", text)))
    read = feedparser.parse(whole.encode(), response_headers=_HEADERS, sanitize_html=False, resolve_relative_uris=False)
    if not read.get("version") and not read.entries:
        raise InputError("this is neither RSS nor Atom", hint="Is it a feed or a sitemap?")
    broken = breaks_off(whole, ("item", "entry"))
    gone = {each.id: each for each in deleted(whole, url)}
    for number, each in enumerate(read.entries):
        if not _stands(each, gone):
            continue
        found = _entry(
            name=_said(each, "id"),
            title=_line(_said(each, "title")),
            body=_longest([*(_said(content, "value") for content in each.get("content", [])), _said(each, "summary")]),
            url=_xml_link(each, url),
            publisher=plain(_said(each.get("source"), "title") or _said(read.feed, "title")),
            language=_xml_language(each) or _said(read.feed, "language"),
            author=plain(_said(each, "author")),
            dates=[_said(each, key) for key in ("published", "created", "updated")],
        )
        if broken and number == len(read.entries) - 1:
            found["bad"] = "the feed breaks off in the midst of this entry"
        yield found
    for one in gone.values():
        yield {**_NOTHING, "id": one.id, "url": one.url, "deleted": "yes"}


def _stands(entry: Any, gone: dict[str, Deleted]) -> bool:
    """Whether an entry is there: it may have been deleted, or written anew since. Which of both, is told by time."""
    found = gone.get(plain(_said(entry, "id")))
    if found is None:
        return True
    written = entry.get("updated_parsed") or entry.get("published_parsed")
    if written is None or timegm(written) <= found.at:
        return False
    del gone[found.id]
    return True


def _said(values: Any, key: str) -> str:
    """A value of feedparser's; "" for what is not there, or is None where the feed breaks off."""
    return (values.get(key) if values else "") or ""


def _possible(reference: re.Match[str]) -> str:
    """A character by its number; nothing where there is none of that number."""
    digits, base = (reference[1], 16) if reference[1] else (reference[2], 10)
    number = int(digits, base) if len(digits) <= 8 else 0
    return reference[0] if 8 < number < 0xD800 or 0xDFFF < number < 0x110000 else ""


def _xml_link(entry: Any, base: str) -> str:
    """The entry's page: what a service that counts readers put its own address in place of, else the link."""
    links = [_said(link, "href") for link in entry.get("links", []) if link.get("rel", "alternate") == "alternate"]
    own = [_said(entry, "feedburner_origlink"), *links]
    # An id that is an address is the page's, unless the feed says that it is none.
    name = web_address(_said(entry, "id")) if entry.get("guidislink", True) else ""
    return next((found for each in own if (found := web_address(each, base))), name)


def _xml_language(entry: Any) -> str:
    details = [*entry.get("content", []), entry.get("summary_detail", {}), entry.get("title_detail", {})]
    return next((language for each in details if (language := _said(each, "language"))), "")


def _of_json(text: str, url: str) -> Iterator[dict[str, str]]:
    try:
        feed = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise InputError("this is no JSON", hint="Was it saved whole?") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise InputError('this is no JSON Feed: it has no "items"')
    for item in feed["items"]:
        each = item if isinstance(item, dict) else {}
        html, words = _string(each, "content_html"), _string(each, "content_text") or _string(each, "summary")
        yield _entry(
            name=_string(each, "id"),
            title=_line(_string(each, "title")),
            body=fragment_paragraphs(html) if html else _lines(words),
            url=next((u for k in ("url", "external_url", "id") if (u := web_address(_string(each, k), url))), ""),
            publisher=plain(_string(feed, "title")),
            language=_string(each, "language") or _string(feed, "language"),
            author=_json_author(each),
            dates=[_string(each, "date_published"), _string(each, "date_modified")],
        )


def _json_author(item: dict[str, Any]) -> str:
    authors = item.get("authors")
    known = [*(authors if isinstance(authors, list) else []), item.get("author")]
    return ", ".join(plain(_string(each, "name")) for each in known if isinstance(each, dict) and _string(each, "name"))


def _string(values: dict[str, Any], key: str) -> str:
    value = values.get(key)
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def _entry(
    *, name: str, title: str, body: list[str], url: str, publisher: str, language: str, author: str, dates: list[str]
) -> dict[str, str]:
    body = [line for each in body if (line := _SHORTENED.sub("…", each)) and not _ADDED.match(line)]
    body = body[1:] if body[:1] == [title] else body
    day = stated_day(map(_own_day, dates), language)
    head = [line for line in (title, f"By {author}" if _is_name(author) and body else "") if line]
    return {
        "id": plain(name),
        "title": title,
        "text": "\n\n".join([*head, *body]),
        "url": url,
        "publisher": publisher,
        "language": plain(language),
        "published": day.isoformat() if day else "",
        "deleted": "",
        "bad": "" if title or body or url else "the entry has neither a title nor a text",
    }


def _is_name(author: str) -> bool:
    return 0 < len(author) <= 80 and author[0].isupper() and not set(author) & set("@/<>")


def _own_day(words: str) -> str:
    """A date of an e-mail's form as a day, that of its own offset; others as they are."""
    try:
        return parsedate_to_datetime(words).date().isoformat() if words else ""
    except (ValueError, TypeError, IndexError, OverflowError):
        return plain(words)


def _line(markup: str) -> str:
    """A title, which is often marked up, and often escaped twice."""
    return " ".join(fragment_paragraphs(markup))


def _lines(text: str) -> list[str]:
    return [line for each in re.split(r"\n\s*\n", text) if (line := plain(each))]


def _longest(contents: list[str]) -> list[str]:
    return max(map(fragment_paragraphs, contents), key=lambda lines: sum(map(len, lines)), default=[])
