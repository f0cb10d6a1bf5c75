"""The linguistic parse of an article: sentences of tokens that know their place in the original text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from timeline.model import Article, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Slice

    from timeline.extract.text.layout import Layout


class BlockKind(StrEnum):
    TITLE = "title"
    CAPTION = "caption"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the article that is parsed by itself: the title, a caption or one paragraph.

    `doc` covers exactly `text[start : start + len(doc.text)]`; a line break inside it was parsed as a space, so
    that every character keeps its offset.
    """

    kind: BlockKind
    start: int
    doc: Doc

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.doc.text))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. `index` counts all sentences of the article, `body_index` those of the body (-1 elsewhere)."""

    index: int
    body_index: int
    block: Block
    slice: Slice

    @property
    def kind(self) -> BlockKind:
        return self.block.kind

    @property
    def span(self) -> Span:
        return Span(self.block.start + self.slice.start_char, self.block.start + self.slice.end_char)

    def span_of(self, first: Token, last: Token | None = None) -> Span:
        """Characters of the article from `first` to `last`, both included."""
        last = first if last is None else last
        return Span(self.block.start + first.idx, self.block.start + last.idx + len(last))

    def tokens_in(self, span: Span) -> list[Token]:
        """The tokens of this sentence that overlap an article span."""
        base = self.block.start
        return [t for t in self.slice if base + t.idx < span.end and span.start < base + t.idx + len(t)]

    def __iter__(self) -> Iterator[Token]:
        return iter(self.slice)


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article, its layout and its sentences (title first, then captions, then the body, each in text order)."""

    article: Article
    layout: Layout
    sentences: tuple[Sentence, ...]

    @property
    def body(self) -> tuple[Sentence, ...]:
        return tuple(s for s in self.sentences if s.kind is BlockKind.BODY)
