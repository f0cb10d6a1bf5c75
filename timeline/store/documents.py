"""Which article an incoming text is, and what is known about it: pure decisions; `saving` carries them out.

A *document* is one place where a text was found; it has one or more keys (its URL, the file it was read from). The
same text in two documents is one article. A document whose text changes takes its article along, unless other
documents still give the old text; then it leaves for an article of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from timeline.model import Article
from timeline.model.address import canonical
from timeline.model.article import LINE


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document, or all of an article's documents together, say about the text; "" and None: nothing."""

    title: str = ""
    url: str = ""
    publisher: str = ""
    published: date | None = None
    published_from: str = ""
    language: str = ""

    @classmethod
    def of(cls, article: Article) -> Metadata:
        """What an article says; of its publication date, where it says none, what the place it was found in tells."""
        published, published_from = article.published, article.published_from
        if published is None:
            published, published_from = article.filed, article.filed_from if article.filed else ""
        return cls(article.title, article.url, article.publisher, published, published_from, article.language)


@dataclass(frozen=True, slots=True)
class Known:
    """A key of a stored article (`article` is its row) with its document and that document's metadata."""

    key: str
    document: str
    article: int
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored article: its row, the digest of its text, and all its keys."""

    row: int
    digest: str
    keys: tuple[Known, ...]

    @property
    def documents(self) -> Mapping[str, Metadata]:
        return {known.document: known.metadata for known in sorted(self.keys, key=lambda k: k.key)}


class Step(Enum):
    CREATE = "create"  # a new article
    KEEP = "keep"  # the article's text stays
    REWRITE = "rewrite"  # the article's text changes
    MOVE = "move"  # the document leaves its old article for one that has the new text, or for a new one


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do: `target` is the article's row (None: to be created), `left` the one that the document leaves
    (`emptied`: it has no other), `keys` are the document's keys, `metadata` what the document now says."""

    step: Step
    document: str
    keys: tuple[str, ...]
    metadata: Metadata
    target: int | None = None
    left: int | None = None
    emptied: bool = False


def keys_of(article: Article, digest: str) -> tuple[str, ...]:
    """The keys an article is found again by, best first. An origin counts if it is an address ("file:///…"), not
    a mere word like "stdin"; an article without any is known by its text alone. Of the addresses that lead to one
    page there is one key."""
    addresses = (
        canonical(article.url),
        article.origin.strip() if ":" in article.origin and LINE not in article.origin else "",
    )
    keys = tuple(dict.fromkeys(address for address in addresses if address))
    return keys or (f"{BY_TEXT}{digest}",)


def sought_by(article: Article, digest: str) -> tuple[str, ...]:
    """The keys an article may be known by: its own, and its address as it stands, which was one once."""
    given = keys_of(article, digest)
    return tuple(dict.fromkeys([given[0], *filter(None, [article.url.strip()]), *given[1:]]))


def decide(article: Article, digest: str, by_key: Mapping[str, Stored], by_text: Stored | None) -> Decision:
    """Which stored article `article` is. `by_key` holds the stored article of each key that it may be known by,
    `by_text` a stored article with the same text."""
    given = keys_of(article, digest)
    found = _document(article, sought_by(article, digest), by_key)
    if found is None:
        step = Step.KEEP if by_text else Step.CREATE
        return Decision(step, given[0], given, Metadata.of(article), by_text.row if by_text else None)
    stored, document = found
    known = [k.key for k in stored.keys if k.document == document]
    if article.url.strip() in known:  # the key of an older version of this program serves as well
        given = tuple(key for key in given if key != canonical(article.url))
    keys = tuple(dict.fromkeys([*given, *known]))
    metadata = merged(stored.documents[document], Metadata.of(article))
    if stored.digest == digest:
        return Decision(Step.KEEP, document, keys, metadata, stored.row)
    alone = len(stored.documents) == 1
    if by_text is None and alone:
        return Decision(Step.REWRITE, document, keys, metadata, stored.row)
    return Decision(Step.MOVE, document, keys, metadata, by_text.row if by_text else None, stored.row, alone)


def _document(article: Article, given: Sequence[str], by_key: Mapping[str, Stored]) -> tuple[Stored, str] | None:
    """The stored document that the article is: by its URL; else by its file, unless that held another URL then."""
    for key in given:
        stored = by_key.get(key)
        if stored is None:
            continue
        document = next(known.document for known in stored.keys if known.key == key)
        url = stored.documents[document].url
        if key == given[0] or not article.url or not url or canonical(url) == canonical(article.url):
            return stored, document
    return None


def merged(old: Metadata, new: Metadata) -> Metadata:
    """What a document says after it was read again: news replaces, silence degrades nothing, and a date that a
    person gave gives way only to another given one, a stated one not to that of a file's name."""
    dated = new.published is not None and _rank(new) <= _rank(old)
    return replace(
        new,
        title=new.title or old.title,
        url=_address(old.url, new.url),
        publisher=new.publisher or old.publisher,
        published=new.published if dated or old.published is None else old.published,
        published_from=new.published_from if dated or old.published is None else old.published_from,
        language=new.language or old.language,
    )


def _address(old: str, new: str) -> str:
    """The new address; of two that lead to one page the shorter, whichever was seen first."""
    if old and new and canonical(old) == canonical(new):
        return min(old, new, key=lambda url: (len(url), url))
    return new or old


def dated(article: Article, said: Metadata) -> Article:
    """The article with the date that its document keeps from an earlier reading (`said` is what it says now), so that
    what is read from its text agrees with what is stored of it. A date of the text itself is read anew."""
    if said.published is None:
        return article
    if said.published_from in ("given", "header", "metadata"):
        return replace(article, published=said.published, published_from=said.published_from)
    return replace(article, filed=said.published, filed_from=said.published_from)


def _rank(said: Metadata) -> int:
    """How far a publication date is to be trusted: 0 given, 1 stated, 2 told by a place, 3 none."""
    if said.published is None:
        return 3
    return {"given": 0, "url": 2, "file name": 2, "file time": 2}.get(said.published_from, 1)


def leading(documents: Mapping[str, Metadata]) -> str:
    """The document that an article's reports are read from: the one published first."""
    return min(documents, key=lambda document: (documents[document].published or date.max, document))


def conclude(documents: Mapping[str, Metadata]) -> Metadata:
    """What an article's documents say together: the leading one's word, and the others' where it is silent."""
    first = leading(documents)
    result = documents[first]
    for document in sorted(documents, key=lambda d: (documents[d].published or date.max, d)):
        result = merged(documents[document], result)
    return result


def readers_of(stored: str) -> tuple[str, ...]:
    """The extractors (name and version) whose reports of an article are kept, from their one column."""
    return tuple(stored.split(BETWEEN)) if stored else ()


def with_reader(others: Iterable[str], extractor: str) -> str:
    """The column for an extractor and the others beside it."""
    return BETWEEN.join(sorted({*others, extractor}))


BETWEEN = "; "
BY_TEXT = "text:"  # begins the key of a document that has no address
