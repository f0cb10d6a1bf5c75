"""Extractions and articles made by hand, cheaply: no text is read for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from timeline.model import (
    Actor,
    ActorKind,
    Article,
    Extraction,
    Modality,
    Participation,
    Report,
    Role,
    Span,
    Unresolved,
    When,
)
from timeline.model.merging import countries_of
from timeline.store.store import Store
from timeline.store.tables import Base

RUSSIA = Actor("Russia", ActorKind.COUNTRY, "RUS", "RUS")
PUTIN = Actor("Vladimir Putin", ActorKind.PERSON, "RUS", "Q7747")
MYANMAR = Actor("Myanmar", ActorKind.COUNTRY, "MMR", "MMR")
SHOUTED = Actor("THAN TUN", ActorKind.PERSON, "MMR")
SPELLED = Actor("Than Tun", ActorKind.PERSON, "MMR")
ACTORS = (RUSSIA, PUTIN, MYANMAR, SHOUTED, SPELLED)


@dataclass(frozen=True, slots=True)
class Told:
    """One statement: its kind, the day of March 2021, who takes part."""

    kind: str = "visit"
    day: int = 1
    actors: tuple[Actor, ...] = (PUTIN, MYANMAR)
    unresolved: bool = False


def extraction(
    told: Sequence[Told], origin: str = "file:///a", url: str = "", day: int = 1, extractor: str = "test 1", **said: Any
) -> Extraction:
    """An article of one sentence a statement, published on a day of April 2021."""
    sentences = [f"{', '.join(a.name for a in each.actors)} {each.kind} on day {each.day}." for each in told]
    article = Article(
        " ".join(sentences), url=url, origin=origin, published=date(2021, 4, day), published_from="given", **said
    )
    reports = []
    start = 0
    for number, (each, sentence) in enumerate(zip(told, sentences, strict=True)):
        actors, at = [], start
        for actor in each.actors:
            span = Span(at, at + len(actor.name))
            actors.append(Participation(actor, Role.PARTICIPANT, words=actor.name, span=span, reason="named"))
            at = span.end + 2
        begins = at - 1 if actors else at + 1
        trigger = Span(begins, begins + len(each.kind))
        reports.append(
            Report(
                happening=number,
                span=Span(start, start + len(sentence)),
                trigger=trigger,
                sentence=sentence,
                words=sentence,
                title=sentence,
                when=When.of(f"2021-03-{each.day:02}"),
                type="CONSULT",
                kind=each.kind,
                modality=Modality.ACTUAL,
                salience=0.9,
                actors=tuple(actors),
                countries=countries_of(actors, None),
                unresolved=(Unresolved("the general", Role.SOURCE, None, "several"),) if each.unresolved else (),
            )
        )
        start += len(sentence) + 1
    return Extraction(article, tuple(reports), (), (), (), extractor)


def import_(store: Store, extractions: Sequence[Extraction], quarantined: Sequence[str] = ()) -> int:
    """One run of an import; gives its number."""
    from timeline.store import Counts, Outcome

    run = store.begin_run("import")
    for origin in quarantined:
        store.quarantine(origin, "unreadable", b"\xff", run)
    found = store.save_all(extractions, run)
    counts = [found.count(outcome) for outcome in (Outcome.ADDED, Outcome.UPDATED, Outcome.UNCHANGED)]
    store.finish_run(run, Counts(*counts, len(quarantined)))
    return run


def empty(store: Store) -> None:
    """Take out all that an example put in, judgements, too."""
    with store._database.writing() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name != "settings":
                connection.execute(table.delete())


# Everything that a store holds but row numbers, its runs, and the past; each row by keys that mean something.
_DUMPS = (
    "SELECT * FROM (SELECT public_id, text, digest, title, url, publisher, published, published_from, language, "
    "origin, extractor, run_id, first_seen FROM articles) a",
    "SELECT a.public_id, o.key, o.document, o.title, o.url, o.published FROM article_origins o "
    "JOIN articles a ON a.id = o.article_id",
    "SELECT r.key, r.words, r.span_start, r.edtf, r.sentence, r.run_id, r.extractor, r.happening, a.public_id, "
    "e.public_id AS event FROM reports r JOIN events e ON e.id = r.event_id "
    "LEFT JOIN articles a ON a.id = r.article_id",
    "SELECT r.key, c.key AS actor, p.position, p.role, p.words, p.start FROM report_actors p "
    "JOIN reports r ON r.id = p.report_id JOIN actors c ON c.id = p.actor_id",
    "SELECT r.key, u.position, u.words, u.role, u.reason FROM report_unresolved u JOIN reports r ON r.id = u.report_id",
    "SELECT key, name, kind, country, reference FROM actors",
    "SELECT c.key, n.name, n.folded FROM actor_names n JOIN actors c ON c.id = n.actor_id",
    "SELECT e.id, e.public_id, c.key, l.position, l.role, l.reach, l.weight FROM event_actors l "
    "JOIN actors c ON c.id = l.actor_id JOIN events e ON e.id = l.event_id",
    "SELECT e.public_id, l.country, l.actor_reason, l.place_reason, l.kind, l.reach, l.weight FROM event_countries l "
    "JOIN events e ON e.id = l.event_id",
    "SELECT id, public_id, title, edtf, reach, reports, sources, first_reported, last_reported, searched FROM events",
    "SELECT origin, digest, reason, run_id FROM quarantine",
    "SELECT a.public_id, b.public_id AS source FROM article_copies c JOIN articles a ON a.id = c.article_id "
    "JOIN articles b ON b.id = c.of_id",
    "SELECT a.public_id, p.print FROM article_prints p JOIN articles a ON a.id = p.article_id",
)


def dump(connection: Connection) -> list[list[str]]:
    return [sorted(repr(tuple(row)) for row in connection.execute(text(each))) for each in _DUMPS]


def everything(store: Store) -> tuple[str, list[list[str]]]:
    """All that a store says, for comparing two of them."""
    with store.connection() as connection:
        told = dump(connection)
    return store.content_hash(), told


def undo_backwards(
    store: Store, runs: Iterable[tuple[Sequence[Extraction], Sequence[str]]], again: Callable[[], bool]
) -> None:
    """Import runs (extractions and origins of what cannot be read) into an empty store and undo them, the last first:
    after each the store is as it was before it. Where `again` says so an undo is undone, and so on."""
    before, numbers = [everything(store)], []
    for extractions, quarantined in runs:
        numbers.append(import_(store, extractions, quarantined))
        before.append(everything(store))
    for number in reversed(numbers):
        now, then = before.pop(), before[-1]
        assert everything(store) == now
        if now == then:
            continue
        undone = store.undo_runs(number)
        assert everything(store) == then
        if again():
            redone = store.undo_runs(undone.run)
            assert everything(store) == now
            store.undo_runs(redone.run)
            assert everything(store) == then
