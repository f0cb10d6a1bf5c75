"""What a page states about itself, in the order in which it is trusted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from timeline.sources.pages.addresses import own_address
from timeline.sources.pages.linked import Linked, linked
from timeline.sources.pages.text import paragraphs, plain, shown

_WORD = re.compile(r"\w+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_PARTED = re.compile(r"\s+[|\-–—·•»:]+\s+|\s*[|»]\s*")
_ANY_PARTED = re.compile(r"\s+[|\-–—·•»:]+\s+|\s*[|»]\s*|:\s+")
_BY = re.compile(r"^(?:by|von|par|por|di|от)\s+", re.IGNORECASE)
_LONGEST_TITLE = 300
_LONGEST_SITE = 40
_HEADLINE_WORDS = 4
_SAME = 0.5  # share of words of which a page's heading and the title it states must have in common
_TITLES = ("og:title", "twitter:title", "parsely-title", "dc.title", "citation_title")
_SITES = ("og:site_name", "application-name", "citation_publisher", "dc.publisher")
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "citation_author")
_LANGUAGES = ("content-language", "og:locale", "dc.language", "language")
# Names of the publication's time, not of a change's; the first that can be read counts.
_PUBLISHED = (
    "article:published_time", "article:published", "og:published_time", "og:article:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "rnews:datepublished",
    "originalpublicationdate", "citation_publication_date", "citation_date", "dcterms.issued", "dc.date.issued",
    "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "dcterms.available", "pubdate", "publishdate",
    "publish-date", "publish_date", "publication-date", "publication_date", "publicationdate", "published",
    "published_date", "published-date", "iso-8601-publish-date", "displaydate", "article.published",
    "article_date_original", "analyticsattributes.articledate", "shareaholic:article_published_time", "bt:pubdate",
    "article:create_at", "date", "date_published", "datecreated",
)  # fmt: skip
_CLASS = "contains(concat(' ', @class, ' '), ' {} ')"
_PUBLISHED_ELEMENTS = (
    "//time[@pubdate][@datetime]/@datetime",
    "//*[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    f"//abbr[{_CLASS.format('published')}]/@title",
    f"//time[{_CLASS.format('published')} or {_CLASS.format('entry-date')}]/@datetime",
)


@dataclass(frozen=True, slots=True)
class Stated:
    """ "" for what is not stated. `published` are the values that may date it, in order of trust; `body` is the text
    that its description gives."""

    title: str
    url: str
    publisher: str
    author: str
    language: str
    published: tuple[str, ...]
    body: str


def stated(tree: Any, url: str) -> Stated:
    """What the tree of a page that lies at `url` ("" where that is unknown) states."""
    metas = _metas(tree)
    described = linked([script.text or "" for script in tree.xpath("//script[@type='application/ld+json']")])
    publisher = plain(described.publisher) or _first(metas, _SITES) or _site_in_title(tree)
    links = [link.get("href") or "" for link in tree.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]")]
    return Stated(
        title=_title(tree, metas, described, _sites(metas, publisher)),
        url=own_address([*links, metas.get("og:url", ""), described.url], url),
        publisher=publisher,
        author=_author(tree, metas, described),
        language=_language([tree.get("lang"), tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
                            tree.get("xml:lang"), described.language, *(metas.get(key) for key in _LANGUAGES)]),
        published=tuple(_published(tree, metas, described)),
        body=described.body,
    )  # fmt: skip


def _metas(tree: Any) -> dict[str, str]:
    """Each meta's content by its name in lower case; of several the first that says something."""
    found: dict[str, str] = {}
    for meta in tree.xpath("//meta[@content]"):
        content = plain(meta.get("content"))
        for key in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := (meta.get(key) or "").strip().lower()):
                found.setdefault(name, content)
    return found


def _first(metas: dict[str, str], names: Iterable[str]) -> str:
    return next((metas[name] for name in names if len(metas.get(name, "")) in range(1, _LONGEST_TITLE)), "")


def _published(tree: Any, metas: dict[str, str], described: Linked) -> list[str]:
    values = [described.published, *(metas.get(name, "") for name in _PUBLISHED)]
    for path in _PUBLISHED_ELEMENTS:
        values += tree.xpath(path)[:1]
    return [each for value in values if (each := plain(value))]


def _title(tree: Any, metas: dict[str, str], described: Linked, sites: list[str]) -> str:
    """The heading that people see, where it is the title that the page states; else that, without the site's name."""
    named = [plain("".join(each.itertext())) for each in tree.xpath("//head/title | //title")[:1]]
    candidates = [_without_site(plain(each), sites) for each in (_first(metas, _TITLES), described.headline, *named)]
    best = next((each for each in candidates if 0 < len(each) <= _LONGEST_TITLE), "")
    headings = [plain("".join(each.itertext())) for each in tree.xpath("//h1")[:20]]
    headings = [each for each in headings if 0 < len(each) <= _LONGEST_TITLE and each not in sites]
    if not best:
        return headings[0] if headings else ""
    for candidate in filter(None, candidates):
        same = max(headings, key=lambda heading: _alike(heading, candidate), default="")
        if same and _alike(same, candidate) >= _SAME:
            return same
    return _shown_part(tree, best)


def _shown_part(tree: Any, title: str) -> str:
    """The part of a title that begins a line of a page without <h1>: "Sample Times: Putin visits Myanmar"."""
    parts = [part for part in _ANY_PARTED.split(title) if len(_WORD.findall(part)) >= _HEADLINE_WORDS]
    if not parts or parts == [title]:
        return title
    lines = paragraphs(shown(tree))
    if any(line.startswith(title) for line in lines):
        return title
    return next((part for part in parts if any(line.startswith(part) for line in lines)), title)


def _alike(one: str, other: str) -> float:
    first, second = set(_WORD.findall(one.casefold())), set(_WORD.findall(other.casefold()))
    return len(first & second) / max(1, min(len(first), len(second))) if min(len(first), len(second)) > 1 else 0.0


def _sites(metas: dict[str, str], publisher: str) -> list[str]:
    names = [publisher, *(metas.get(name, "") for name in _SITES)]
    return [name for name in dict.fromkeys(names) if name]


def _without_site(title: str, sites: list[str]) -> str:
    """ "Putin visits Myanmar - BBC News" without the site's part; of a site without a name what follows "|"."""
    parts = _PARTED.split(title)
    if len(parts) < 2:
        return title
    known = {name.casefold() for name in sites}
    for part in (parts[-1], parts[0]):
        if part.casefold() in known or any(_alike(part, name) == 1 for name in sites):
            return title.removesuffix(part).removeprefix(part).strip(" |-–—·•»:")
    head, stroke, tail = title.rpartition(" | ")
    return head if stroke and len(_WORD.findall(tail)) <= 4 < len(_WORD.findall(head)) else title


def _site_in_title(tree: Any) -> str:
    """What a page's title has after its heading: "Putin visits Myanmar - Sample Wire"."""
    headings = {plain("".join(each.itertext())) for each in tree.xpath("//h1")[:20]}
    for each in tree.xpath("//head/title")[:1]:
        title = plain("".join(each.itertext()))
        for match in _PARTED.finditer(title):
            if title[: match.start()] in headings and len(title) - match.end() <= _LONGEST_SITE:
                return title[match.end() :]
    return ""


def _author(tree: Any, metas: dict[str, str], described: Linked) -> str:
    for found in (described.author, _first(metas, _AUTHORS), _byline(tree)):
        name = _BY.sub("", plain(found).replace("; ", ", "))
        if name and "://" not in name and "@" not in name and len(_WORD.findall(name)) <= 10:
            return name
    return ""


def _byline(tree: Any) -> str:
    """What the page shows for one, as trafilatura finds it."""
    from trafilatura.metadata import extract_author

    try:
        return extract_author(tree) or ""
    except ValueError:  # of characters that lxml reads and does not write
        return ""


def _language(values: Iterable[str | None]) -> str:
    return next((v.strip() for v in values if v and _LANGUAGE.fullmatch(v.strip())), "")
