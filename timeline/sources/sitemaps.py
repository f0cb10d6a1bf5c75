"""Sitemaps: the pages that a site lists, those of its news with their titles and days, and indexes of sitemaps.

The sitemap is read in a process of its own (`worker`), which it cannot hurt.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from timeline.sources import Bad, Fit, Link
from timeline.sources.finding import address_of
from timeline.sources.head import Head
from timeline.sources.worker import ask

_TASK = "timeline.sources.pages.sitemap:addresses"


class SitemapReader:
    name = "sitemap"
    title = "sitemaps, also of news, and their indexes"
    suffixes = (".xml",)
    example = "timeline import https://example.org/sitemap-news.xml --follow"
    extra = needs = ""
    lists = True

    def fits(self, head: Head) -> Fit:
        return Fit.SURE if head.root in ("urlset", "sitemapindex") else Fit.NO

    def read(self, data: bytes, origin: str) -> Iterator[Link | Bad]:
        """A link an address. Raises InputError for what is no sitemap."""
        return self.read_web(data, origin)

    def read_web(self, data: bytes, origin: str, url: str = "", charset: str = "") -> Iterator[Link | Bad]:
        """The same of a sitemap that was fetched from `url` (or ""), of which its server said an encoding (or "")."""
        for number, says in enumerate(ask(_TASK, data, url=address_of(url, origin), charset=charset), start=1):
            where = f"{origin}#{says['url'] or number}"
            if says["bad"]:
                yield Bad(where, says["bad"], says["url"].encode())
            else:
                day = date.fromisoformat(says["published"]) if says["published"] else None
                yield Link(says["url"], where, says["title"], day)
