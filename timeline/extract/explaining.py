"""Why an article gave what it gave: sentence by sentence, what was found and from what, and what was left out and why.

It walks the same way as the pipeline and asks the same questions, so that an explanation is of what extraction does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.extract.dating import MISSING_DATE, laid_out
from timeline.extract.pipeline import EXTRACTOR, world_of
from timeline.extract.text import parse
from timeline.extract.text.parsed import BlockKind
from timeline.extract.what import modality
from timeline.extract.what.detection import examine, told_by_verb
from timeline.extract.what.reporting import sentence_text, told_by
from timeline.extract.what.salience import BIAS
from timeline.model import Article, Report, Role, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from timeline.extract.text.parsed import Sentence
    from timeline.extract.what.detection import Finding
    from timeline.extract.what.reporting import Told
    from timeline.extract.who import Cast

_LONGEST_PHRASE = 6  # words after a noun
_NO_EVENTS_IN_CAPTIONS = "a caption: its names and dates are read, its events are the body's"


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Words that could have named a happening and were left out, with the reason."""

    words: str
    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Words in the place of an actor that stand for nobody known."""

    words: str
    role: Role


@dataclass(frozen=True, slots=True)
class Found:
    """A report and how it came about.

    `carrier` is the verb that says that it happened, "" for a noun that is only mentioned. `modality_from` are the
    words that made it no plain fact, "" for a fact. `parts` are the named summands of its salience, the first of them
    where the sum begins; the logistic function of their sum is the salience. `joins` says why it is told of a
    happening that came before, "" where it is the first to tell of it.
    """

    report: Report
    rule: str
    carrier: str
    modality_from: str
    parts: tuple[tuple[str, float], ...]
    joins: str
    unnamed: tuple[Unnamed, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence (or headline, or caption) with what was found in it and what was passed over."""

    text: str
    span: Span
    part: str
    found: tuple[Found, ...]
    passed: tuple[PassedOver, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about one article: its parts, its sentences in the order of the telling, what was no text of it."""

    article: Article
    sentences: tuple[Said, ...]
    dateline: str
    byline: str
    furniture: tuple[str, ...]
    extractor: str
    warnings: tuple[str, ...]


def explain(article: Article) -> Explanation:
    """The explanation of one article. Raises TimelineError when the language model is missing."""
    parsed = parse(*laid_out(article))
    world = world_of(parsed)
    by_sentence: dict[int, list[Told]] = {}
    for told in told_by(parsed, world):
        by_sentence.setdefault(told.statement.finding.sentence.index, []).append(told)
    text, layout = parsed.article.text, parsed.layout
    return Explanation(
        article=parsed.article,
        sentences=tuple(_said(s, by_sentence.get(s.index, ()), world.cast) for s in parsed.sentences),
        dateline=layout.dateline.of(text).strip() if layout.dateline else "",
        byline=layout.byline.of(text).strip() if layout.byline else "",
        furniture=tuple(" ".join(span.of(text).split()) for span in layout.furniture),
        extractor=EXTRACTOR,
        warnings=() if parsed.article.published else (MISSING_DATE,),
    )


def _said(sentence: Sentence, told: Sequence[Told], cast: Cast) -> Said:
    return Said(
        text=sentence_text(sentence),
        span=sentence.span,
        part=_part(sentence),
        found=tuple(_found(each, cast) for each in told),
        passed=tuple(_passed(sentence)),
    )


def _part(sentence: Sentence) -> str:
    """ "headline", "caption", "lead", or "sentence 2" of the body."""
    if sentence.kind is BlockKind.TITLE:
        return "headline"
    if sentence.kind is BlockKind.CAPTION:
        return "caption"
    return "lead" if sentence.body_index == 0 else f"sentence {sentence.body_index + 1}"


def _passed(sentence: Sentence) -> Iterator[PassedOver]:
    found, passed = examine(sentence)
    triggers = [finding.trigger for finding in found]
    if sentence.kind is BlockKind.CAPTION:
        passed = passed | {finding.head.i: _NO_EVENTS_IN_CAPTIONS for finding in found}
    for number, reason in sorted(passed.items()):
        if any(first.i <= number <= last.i for first, last in triggers if first != last):
            continue  # "held" of "held talks" is part of what was found
        token = sentence.block.doc[number]
        yield PassedOver(token.text, sentence.span_of(token), reason)


def _found(told: Told, cast: Cast) -> Found:
    finding = told.statement.finding
    reading = modality.read(finding)
    return Found(
        report=told.report,
        rule=finding.rule,
        carrier=finding.carrier.text if finding.carrier is not None else "",
        modality_from=reading.reason,
        parts=(("start", BIAS), *told.signs.parts()),
        joins=told.joined.reason,
        unnamed=tuple(_unnamed(finding, cast, [p.span for p in told.report.actors if p.span is not None])),
    )


def _unnamed(finding: Finding, cast: Cast, taking_part: Sequence[Span]) -> Iterator[Unnamed]:
    """Subjects and objects of the clause that neither take part nor are among the words that name the happening."""
    if finding.clause is None:
        return
    naming = {finding.head.i, *told_by_verb(finding)}
    for tokens, role in ((finding.clause.doers, Role.SOURCE), (finding.clause.objects, Role.TARGET)):
        for token in tokens:
            named = any(span.overlaps(finding.sentence.span_of(token)) for span in taking_part)
            if token.i not in naming and not named and not cast.actors(finding.sentence, token):
                yield Unnamed(_noun_phrase(token), role)


def _noun_phrase(head: Token) -> str:
    """A noun with what belongs to it: the words before it, and what it is of ("much of the West")."""
    of = [c.right_edge.i for c in head.children if c.dep_ == "prep" and c.lower_ == "of" and c.i == head.i + 1]
    end = max([head.i, *of])
    last = min(end, head.i + _LONGEST_PHRASE)
    return " ".join(head.doc[head.left_edge.i : last + 1].text.split()) + ("…" if last < end else "")


def happenings(explanation: Explanation) -> Mapping[int, Sequence[Found]]:
    """The happenings of an article by number, each with its tellings in text order."""
    made: dict[int, list[Found]] = {}
    for said in explanation.sentences:
        for found in said.found:
            made.setdefault(found.report.happening, []).append(found)
    return dict(sorted(made.items()))
