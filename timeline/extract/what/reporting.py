"""The way through the room: findings, modality, actors, place and date of each, then which tell of one happening."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import BlockKind, Parsed, Sentence
from timeline.extract.what import modality
from timeline.extract.what.about import things
from timeline.extract.what.coreference import Joined, Statement, happenings
from timeline.extract.what.detection import Finding, detect
from timeline.extract.what.roles import participations, undecided, with_host
from timeline.extract.what.salience import Signs, salience, signs_of
from timeline.extract.what.titles import Namer, title_of
from timeline.extract.when.anchoring import Anchorable, Narrative, Telling, anchor, lead_of
from timeline.extract.who.lexicon import is_machine
from timeline.extract.who.things import Things
from timeline.model import Modality, Report, TimeExpression, When
from timeline.model.merging import countries_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from timeline.extract.what.modality import Reading
    from timeline.extract.where import Places
    from timeline.extract.who import Cast


# Families of kinds that are an attack, an accident or a disaster, or follow from one.
_UPHEAVAL = frozenset({"attack", "accident", "disaster", "death", "evacuation", "displacement", "illness", "blockade"})
# Families of kinds that judge or find out what happened before.
_VERDICTS = frozenset({"prosecution", "investigation", "execution", "discovery", "sanctions", "ban"})
# Families of kinds that are done in words.
_SPOKEN = frozenset({"statement", "request", "accusation", "rejection", "threat", "support", "concession", "pledge"})


@dataclass(frozen=True, slots=True)
class World:
    """What the other rooms found in the article."""

    cast: Cast
    places: Places
    times: Sequence[TimeExpression]
    published: date | None


@dataclass(frozen=True, slots=True)
class Told:
    """A report with what it was made from: its statement, the happening that it joined and why, what salience saw."""

    report: Report
    statement: Statement
    joined: Joined
    signs: Signs


def reports_of(parsed: Parsed, world: World) -> tuple[Report, ...]:
    """All reports of an article in text order, numbered by happening."""
    return tuple(told.report for told in told_by(parsed, world))


def told_by(parsed: Parsed, world: World) -> list[Told]:
    """The same with what each was made from."""
    statements = list(_statements(parsed, world))
    beside: dict[int, list[Finding]] = {}
    for statement in statements:
        beside.setdefault(statement.finding.sentence.index, []).append(statement.finding)
    joined = happenings(statements)
    counts = Counter(each.number for each in joined)
    signs = [_signs(s, beside, counts[each.number]) for s, each in zip(statements, joined, strict=True)]
    reports = [
        replace(s.report, happening=each.number, salience=salience(seen))
        for s, each, seen in zip(statements, joined, signs, strict=True)
    ]
    about = _with_things(_told_again(reports), statements, Things(parsed, world.cast))
    made = map(Told, about, statements, joined, signs)
    return sorted(made, key=lambda told: (told.report.span.start, told.report.trigger.start))


def _told_again(reports: Sequence[Report]) -> Iterator[Report]:
    """Mentions of one happening share the date that words of the text give one of them: a date before a stretch."""
    dated: dict[int, When] = {}
    for report in sorted(reports, key=lambda r: ("/" in r.when.edtf, -r.salience)):
        if report.when.words and report.modality is Modality.ACTUAL:
            dated.setdefault(report.happening, report.when)
    for report in reports:
        when = dated.get(report.happening)
        if when is None or report.when.words or report.modality is not Modality.ACTUAL:
            yield report
        else:
            reason = f"the same happening as the one of {when.words!r}"
            yield replace(report, when=When(when.edtf, when.earliest, when.latest, reason=reason))


def _with_things(reports: Iterable[Report], statements: Sequence[Statement], found: Things) -> Iterator[Report]:
    """The reports with the things that they are about: things decide nothing else about a happening."""
    for report, statement in zip(reports, statements, strict=True):
        about = things(statement.finding, found)
        yield replace(report, actors=(*report.actors, *about)) if about else report


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence with what was found in it."""

    telling: Telling
    findings: Sequence[Finding]
    readings: Sequence[Reading]


def _statements(parsed: Parsed, world: World) -> Iterator[Statement]:
    read = [_read(sentence, world) for sentence in parsed.sentences if sentence.kind is not BlockKind.CAPTION]
    narrative = Narrative(world.published, lead_of((r.telling for r in read), world.published))
    paragraph: object = None
    for each in read:
        block = each.telling.sentence.block
        if block is not paragraph:
            narrative, paragraph = narrative.next_paragraph(), block
        dates, narrative = anchor(each.telling, narrative)
        for finding, reading, when in zip(each.findings, each.readings, dates, strict=True):
            yield _statement(finding, reading, when, world)


def _read(sentence: Sentence, world: World) -> _Read:
    findings = detect(sentence)
    readings = [modality.read(f) for f in findings]
    items = [_anchorable(f, r) for f, r in zip(findings, readings, strict=True)]
    times = [t for t in world.times if sentence.span.start <= t.start and t.end <= sentence.span.end]
    return _Read(Telling(sentence, items, times), findings, readings)


def _anchorable(finding: Finding, reading: Reading) -> Anchorable:
    return Anchorable(
        head=finding.head,
        carrier=finding.carrier,
        modality=reading.modality,
        governed=reading.governed,
        main=finding.main,
        spoken=finding.kind.family in _SPOKEN,
        upheaval=finding.kind.family in _UPHEAVAL,
        verdict=finding.kind.family in _VERDICTS,
    )


def _statement(finding: Finding, reading: Reading, when: When, world: World) -> Statement:
    sentence = finding.sentence
    if reading.modality is Modality.ACTUAL and _ahead(when, world.published):
        reading = replace(reading, modality=Modality.PLANNED, reason="a date after the publication")
    cast = world.cast
    if finding.kind.family != "birth":  # who holds an office today was born without it
        cast = cast.on(sentence, when.earliest, when.latest or when.earliest, told=bool(when.words))
    actors = participations(finding, cast)
    place = world.places.for_event(sentence, finding.head)
    if place is None and finding.carrier is not None and finding.carrier != finding.head:
        place = world.places.for_event(sentence, finding.carrier)
    actors = with_host(actors, finding, place)
    countries = countries_of(actors, place)
    first, last = finding.trigger
    trigger = sentence.span_of(first, last)
    text = sentence_text(sentence)
    report = Report(
        happening=-1,
        span=sentence.span,
        trigger=trigger,
        sentence=text,
        words=" ".join(t.text for t in (first, last)) if first != last else first.text,
        title=title_of(finding, actors, place, reading.modality, namer(sentence, cast)),
        when=when,
        type=finding.kind.type,
        kind=finding.kind.name,
        modality=reading.modality,
        salience=0.0,
        actors=actors,
        place=place,
        countries=countries,
        rule="; ".join(
            part for part in (finding.rule, reading.reason and f"{reading.modality}: {reading.reason}") if part
        ),
        unresolved=undecided(finding, cast),
        context=() if countries else _countries_beside(sentence, cast),
    )
    lead = sentence.body_index == 0
    return Statement(finding, report, title=sentence.kind is BlockKind.TITLE, lead=lead, governed=reading.governed)


def _countries_beside(sentence: Sentence, cast: Cast) -> tuple[str, ...]:
    found = {mention.actor.country for mention in cast.of(sentence) if mention.actor is not None}
    return tuple(sorted(found - {""}))


def _ahead(when: When, published: date | None) -> bool:
    """A day that words of the text put after the publication: nothing has happened there yet."""
    return published is not None and bool(when.words) and when.earliest is not None and when.earliest > published


def namer(sentence: Sentence, cast: Cast) -> Namer:
    """The names of the actors that a token stands for as the head of its words: several for "they".

    A machine keeps its own words, whosever it is: "Japanese military helicopter".
    """

    def names(token: Token) -> Sequence[str]:
        mention = cast.at(sentence, token)
        if mention is None or mention.head != token.i or is_machine(token.lemma_.lower()):
            return ()
        return tuple(dict.fromkeys(m.actor.name for m in cast.together(mention) if m.actor is not None))

    return names


def sentence_text(sentence: Sentence) -> str:
    """The sentence as people read it: one line, single spaces."""
    return " ".join(sentence.slice.text.split())


def _signs(statement: Statement, beside: Mapping[int, Sequence[Finding]], mentions: int) -> Signs:
    others = beside[statement.finding.sentence.index]
    return signs_of(statement.finding, statement.report, others, governed=statement.governed, mentions=mentions)
