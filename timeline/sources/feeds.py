"""Feeds: RSS and Atom of every version, and JSON Feed. An entry is an article; --follow fetches the whole ones.

The feed is read in a process of its own (`worker`), which it cannot hurt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from timeline.model import Article
from timeline.sources import Bad, Fit, Gone, Link
from timeline.sources.finding import address_of
from timeline.sources.head import Head, plain_type
from timeline.sources.worker import ask

_TASK = "timeline.sources.pages.feed:entries"
_ROOTS = ("rss", "feed", "rdf")
_MEDIA = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
_JSON = re.compile(r'"version"\s*:\s*"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org')


class FeedReader:
    name = "feed"
    title = "feeds: RSS, Atom, JSON Feed"
    suffixes = (".rss", ".atom", ".xml")
    example = "timeline import feed.rss --follow"
    extra = needs = ""
    lists = True

    def fits(self, head: Head) -> Fit:
        """By the root element, or a JSON Feed's version; by what its server or its name calls it where it is markup."""
        if head.root in _ROOTS or (head.start.startswith("{") and _JSON.search(head.text)):
            return Fit.SURE
        if plain_type(head.media_type) in _MEDIA:
            return Fit.CONTENT
        return Fit.NAME if head.suffix in self.suffixes and head.start.startswith("<") else Fit.NO

    def read(self, data: bytes, origin: str) -> Iterator[Article | Link | Gone | Bad]:
        """An article an entry, found again by its id; of an entry that is only an address, that; of one that was
        deleted, that it is gone. Raises InputError for what is no feed."""
        return self.read_web(data, origin)

    def read_web(
        self, data: bytes, origin: str, url: str = "", charset: str = ""
    ) -> Iterator[Article | Link | Gone | Bad]:
        """The same of a feed that was fetched from `url` (or ""), of which its server said an encoding (or "")."""
        for number, says in enumerate(ask(_TASK, data, url=address_of(url, origin), charset=charset), start=1):
            name = says["id"] or says["url"]
            day = date.fromisoformat(says["published"]) if says["published"] else None
            if says["bad"]:
                yield Bad(f"{origin}#{name or number}", says["bad"], says["text"].encode())
                continue
            if says["deleted"]:
                yield Gone(f"{origin}#{name}", says["url"])
                continue
            if not says["text"]:
                yield Link(says["url"], f"{origin}#{name}", published=day)
                continue
            yield Article(
                text=says["text"],
                id=says["id"],
                title=says["title"],
                url=says["url"],
                publisher=says["publisher"],
                published=day,
                published_from="metadata" if day else "",
                language=says["language"],
                origin=f"{origin}#{name or says['title']}",
            )
