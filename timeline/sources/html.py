"""Saved web pages: the article among its furniture, and what the page states about it.

The page is read in a process of its own (`worker`), which it cannot hurt.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from timeline.model import Article
from timeline.sources import Bad, Fit
from timeline.sources.finding import address_of
from timeline.sources.head import Head, plain_type
from timeline.sources.worker import ask

_TASK = "timeline.sources.pages.reading:page"
_MEDIA = ("text/html", "application/xhtml+xml")
# The first element of a page that leaves out the first ones, as it may.
_BEGINS = ("head", "body", "title", "meta", "link", "script", "style", "base", "div", "p",
           "article", "section", "main", "header", "h1", "table", "center", "font")  # fmt: skip


class HtmlReader:
    name = "html"
    title = "web pages, saved or fetched"
    suffixes = (".html", ".htm", ".xhtml", ".shtml")
    example = "timeline import page.html"
    extra = needs = ""
    lists = False

    def fits(self, head: Head) -> Fit:
        """By the root element or the document type; by what its server or its name calls it where it is text."""
        if head.root == "html" or head.start[:14].lower().startswith("<!doctype html"):
            return Fit.SURE
        if "\0" in head.text:
            return Fit.NO
        called = plain_type(head.media_type) in _MEDIA or head.suffix in self.suffixes
        if head.root in _BEGINS:
            return Fit.SURE if called else Fit.CONTENT
        return Fit.NAME if called and head.root in ("", *_BEGINS) else Fit.NO

    def read(self, data: bytes, origin: str) -> Iterator[Article | Bad]:
        """The page's article. Raises InputError: none is on it, or it could not be read in bounded time and memory."""
        return self.read_web(data, origin)

    def read_web(self, data: bytes, origin: str, url: str = "", charset: str = "") -> Iterator[Article | Bad]:
        """The same of a page that was fetched from `url` (or ""), of which its server said an encoding (or "")."""
        says = ask(_TASK, data, url=address_of(url, origin), charset=charset)
        yield Article(
            text=says["text"],
            title=says["title"],
            url=says["url"],
            publisher=says["publisher"],
            published=date.fromisoformat(says["published"]) if says["published"] else None,
            published_from=says["published_from"],
            language=says["language"],
            origin=origin,
        )
