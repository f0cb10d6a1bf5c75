"""Which part of an article's text is what: title, byline, caption, dateline, body; the rest is site furniture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from timeline.model import Span


@dataclass(frozen=True, slots=True)
class Layout:
    """Spans of the article's parts, all in its original text.

    `title` is None when the text holds none (it may still be in the metadata). A dateline ("YANGON, March 3
    (Agency) —") is inside the first paragraph's text but outside `paragraphs`. `published` is the publication
    date that the text itself states, read from `published_span`.
    """

    title: Span | None
    paragraphs: tuple[Span, ...]
    captions: tuple[Span, ...] = ()
    byline: Span | None = None
    dateline: Span | None = None
    dateline_place: str = ""
    agency: str = ""
    published: date | None = None
    published_span: Span | None = None
    published_from: str = ""
    furniture: tuple[Span, ...] = ()
