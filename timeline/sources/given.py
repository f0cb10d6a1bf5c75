"""What the user says about the articles that a command reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from timeline.model import Article
from timeline.sources.filing import By, filed
from timeline.sources.finding import Found


@dataclass(frozen=True, slots=True)
class Given:
    """Metadata for every article, which wins over what it says itself; what may date one that says nothing
    (`published_from`); and the language of those that do not name theirs."""

    published: date | None = None
    title: str = ""
    url: str = ""
    publisher: str = ""
    published_from: By = By.NAME
    language: str = "en"

    def apply(self, article: Article, found: Found) -> Article:
        """The article, read from `found`, with all that."""
        if self.published is not None:
            article = replace(article, published=self.published, published_from="given")
        # The address where a whole article lay is its own; that of a list of articles is none of theirs.
        lay = found.url if article.origin == found.origin else ""
        article = replace(
            article,
            title=self.title or article.title,
            url=self.url or article.url or lay,
            publisher=self.publisher or article.publisher,
            language=article.language or self.language,
        )
        return filed(article, found, self.published_from)
