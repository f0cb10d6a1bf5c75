"""The way through the room: findings, modality, actors, place and date of each, then which tell of one happening."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from timeline.extract.text.parsed import BlockKind, Parsed, Sentence
from timeline.extract.what import modality
from timeline.extract.what.coreference import Statement, happenings
from timeline.extract.what.detection import Finding, detect
from timeline.extract.what.roles import participations
from timeline.extract.what.salience import Signs, salience
from timeline.extract.what.titles import title_of
from timeline.extract.when.anchoring import Anchorable, Narrative, advance, assign, date_of, inherit
from timeline.model import CountryLink, Modality, Participation, Place, Report, TimeExpression, When

if TYPE_CHECKING:
    from spacy.tokens import Token

    from timeline.extract.what.modality import Reading
    from timeline.extract.where import Places
    from timeline.extract.who import Cast


# Families of kinds that are an attack, an accident or a disaster, or follow from one.
_UPHEAVAL = frozenset({"attack", "accident", "disaster", "death", "evacuation", "displacement", "illness", "blockade"})


@dataclass(frozen=True, slots=True)
class World:
    """What the other rooms found in the article."""

    cast: Cast
    places: Places
    times: Sequence[TimeExpression]
    published: date | None


def reports_of(parsed: Parsed, world: World) -> tuple[Report, ...]:
    """All reports of an article in text order, numbered by happening."""
    statements = _undated_title_last(list(_statements(parsed, world)))
    numbers = happenings(statements)
    counts = {number: numbers.count(number) for number in set(numbers)}
    reports = [
        replace(s.report, happening=number, salience=salience(_signs(s, counts[number])))
        for s, number in zip(statements, numbers, strict=True)
    ]
    return tuple(sorted(reports, key=lambda r: (r.span.start, r.trigger.start)))


def _statements(parsed: Parsed, world: World) -> Iterator[Statement]:
    narrative = Narrative(world.published)
    paragraph: object = None
    for sentence in parsed.sentences:
        if sentence.kind is BlockKind.CAPTION:
            continue
        if sentence.block is not paragraph:
            narrative, paragraph = narrative.next_paragraph(), sentence.block
        narrative, found = _sentence(sentence, narrative, world)
        yield from found


def _sentence(sentence: Sentence, narrative: Narrative, world: World) -> tuple[Narrative, list[Statement]]:
    findings = detect(sentence)
    readings = [modality.read(f) for f in findings]
    items = [
        Anchorable(f.head, f.carrier, r.modality, r.governed, f.kind.name == "statement", f.kind.family in _UPHEAVAL)
        for f, r in zip(findings, readings, strict=True)
    ]
    times = [t for t in world.times if sentence.span.start <= t.start and t.end <= sentence.span.end]
    dated = inherit(items, assign(sentence, items, times))
    news = sentence.kind is BlockKind.TITLE or sentence.body_index == 0
    found: list[Statement] = []
    for position, (finding, reading) in enumerate(zip(findings, readings, strict=True)):
        when = date_of(
            items[position],
            dated.get(position),
            sentence,
            narrative,
            told_as_news=news and finding.main and not reading.governed,
        )
        narrative = advance(narrative, when, sentence, items[position])
        found.append(_statement(finding, reading, when, world))
    return narrative, found


def _statement(finding: Finding, reading: Reading, when: When, world: World) -> Statement:
    sentence = finding.sentence
    actors = participations(finding, world.cast)
    place = world.places.for_event(sentence, finding.head)
    if place is None and finding.carrier is not None and finding.carrier != finding.head:
        place = world.places.for_event(sentence, finding.carrier)
    first, last = finding.trigger
    trigger = sentence.span_of(first, last)
    text = sentence_text(sentence)
    report = Report(
        happening=-1,
        span=sentence.span,
        trigger=trigger,
        sentence=text,
        words=" ".join(t.text for t in (first, last)) if first != last else first.text,
        title=title_of(finding, actors, place, reading.modality, namer(sentence, world.cast)),
        when=when,
        type=finding.kind.type,
        kind=finding.kind.name,
        modality=reading.modality,
        salience=0.0,
        actors=actors,
        place=place,
        countries=countries_of(actors, place),
        rule="; ".join(
            part for part in (finding.rule, reading.reason and f"{reading.modality}: {reading.reason}") if part
        ),
    )
    lead = sentence.body_index == 0
    return Statement(finding, report, title=sentence.kind is BlockKind.TITLE, lead=lead, governed=reading.governed)


def namer(sentence: Sentence, cast: Cast) -> Callable[[Token], str]:
    """The actor's name that a token stands for as the head of its words, "" for none."""

    def name(token: Token) -> str:
        mention = cast.at(sentence, token)
        return (
            mention.actor.name if mention is not None and mention.actor is not None and mention.head == token.i else ""
        )

    return name


def sentence_text(sentence: Sentence) -> str:
    """The sentence as people read it: one line, single spaces."""
    return " ".join(sentence.slice.text.split())


def countries_of(actors: Sequence[Participation], place: Place | None) -> tuple[CountryLink, ...]:
    """The countries that an event concerns: its actors' and its place's, each with its reason."""
    links: dict[str, CountryLink] = {}
    for participation in actors:
        if participation.actor.country:
            links.setdefault(
                participation.actor.country,
                CountryLink(participation.actor.country, f"actor {participation.actor.name}"),
            )
    if place is not None and place.country:
        links.setdefault(place.country, CountryLink(place.country, f"place {place.name}"))
    return tuple(links[code] for code in sorted(links))


def _signs(statement: Statement, mentions: int) -> Signs:
    finding, report = statement.finding, statement.report
    return Signs(
        weight=finding.kind.weight,
        title=statement.title,
        body_index=finding.sentence.body_index,
        dated=bool(report.when.words),
        actors=len(report.actors),
        main=finding.main,
        topic=finding.carrier is None,
        governed=statement.governed,
        modality=report.modality,
        mentions=mentions,
    )


def _undated_title_last(statements: list[Statement]) -> list[Statement]:
    """The headline's happenings take their date from the lead, when the lead gives one."""
    lead = next(
        (s.report.when for s in statements if s.lead and s.report.when.words and s.report.modality is Modality.ACTUAL),
        None,
    )
    if lead is None:
        return statements
    told = When(lead.edtf, lead.earliest, lead.latest, reason="told as the news of the lead")
    return [
        replace(s, report=replace(s.report, when=told))
        if s.title and s.finding.main and not s.report.when.words and s.report.modality is Modality.ACTUAL
        else s
        for s in statements
    ]
