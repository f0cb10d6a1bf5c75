"""Whether a store is whole: what must hold between its tables, its texts and its events. Nothing is changed.

A check is a statement that finds what must not be, or a walk through the store in batches; memory stays flat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from timeline.model import When
from timeline.model.article import plain
from timeline.model.errors import StoreError
from timeline.store import positions
from timeline.store.bringing_up import DUE
from timeline.store.engine import Database
from timeline.store.rederiving import otherwise
from timeline.store.tables import ArticleRow, EventRow, ReportActor, ReportRow

SHOWN = 20  # findings of one check; the others are counted
_BATCH = 500
_BUMP = 4_096  # how many events of one day, length and beginning of an id there may be
Step = Callable[[str], None]
Check = Callable[[Connection, Step], Iterable[str]]

# What must not be: the words of a finding, and the statement that finds the values in it.
_STATEMENTS: tuple[tuple[str, str], ...] = (
    (
        "the event {} has no report",
        "SELECT public_id FROM events e WHERE NOT EXISTS (SELECT 1 FROM reports r WHERE r.event_id = e.id)",
    ),
    ("the report {} belongs to no event", "SELECT key FROM reports WHERE event_id IS NULL"),
    (
        "the report {} comes from an article and a data set, or from neither",
        "SELECT key FROM reports WHERE (article_id IS NULL) = (dataset_id IS NULL)",
    ),
    (
        "the event {} counts {} reports, there are {}",
        "SELECT e.public_id, e.reports, COUNT(*) FROM events e JOIN reports r ON r.event_id = e.id "
        "GROUP BY e.id, e.public_id, e.reports HAVING COUNT(*) <> e.reports",
    ),
    (
        "the event {} counts {} sources, there are {}",
        "SELECT e.public_id, e.sources, COUNT(DISTINCT COALESCE(c.of_id, r.article_id)) + COUNT(DISTINCT r.dataset_id) "
        "FROM events e JOIN reports r ON r.event_id = e.id LEFT JOIN article_copies c ON c.article_id = r.article_id "
        "GROUP BY e.id, e.public_id, e.sources "
        "HAVING COUNT(DISTINCT COALESCE(c.of_id, r.article_id)) + COUNT(DISTINCT r.dataset_id) <> e.sources",
    ),
    (
        "the event {} is said to be first reported on {} and last on {}, its reports say {} and {}",
        "SELECT e.public_id, e.first_reported, e.last_reported, MIN(COALESCE(a.published, r.reported)), "
        "MAX(COALESCE(a.published, r.reported)) FROM events e JOIN reports r ON r.event_id = e.id "
        "LEFT JOIN articles a ON a.id = r.article_id GROUP BY e.id, e.public_id, e.first_reported, e.last_reported "
        "HAVING MIN(COALESCE(a.published, r.reported)) IS DISTINCT FROM e.first_reported "
        "OR MAX(COALESCE(a.published, r.reported)) IS DISTINCT FROM e.last_reported",
    ),
    (
        "the event {} and its link to an actor disagree",
        "SELECT DISTINCT e.public_id FROM event_actors l JOIN events e ON e.id = l.event_id WHERE l.reach <> e.reach "
        "OR l.weight <> CASE WHEN e.hidden <> 0 THEN -1.0 ELSE e.salience END",
    ),
    (
        "the event {} and its link to a country disagree",
        "SELECT DISTINCT e.public_id FROM event_countries l JOIN events e ON e.id = l.event_id "
        "WHERE l.reach <> e.reach OR l.kind <> e.kind "
        "OR l.weight <> CASE WHEN e.hidden <> 0 THEN -1.0 ELSE e.salience END",
    ),
    (
        "the redirect of {} leads to {}, which is no event",
        "SELECT d.old, d.new FROM event_redirects d WHERE d.new <> '' "
        "AND NOT EXISTS (SELECT 1 FROM events e WHERE e.public_id = d.new)",
    ),
    (
        "{} is an event and a redirect",
        "SELECT d.old FROM event_redirects d JOIN events e ON e.public_id = d.old",
    ),
    (
        "the keys of report {} for linking belong to report {}",
        "SELECT DISTINCT r.key, o.key FROM report_blocks b JOIN reports r ON r.id = b.report_id JOIN reports o "
        "ON o.article_id = r.article_id AND o.happening = r.happening AND o.id < r.id",
    ),
    (
        "the article {} is found nowhere",
        "SELECT public_id FROM articles a WHERE NOT EXISTS (SELECT 1 FROM article_origins o WHERE o.article_id = a.id)",
    ),
    (
        "the article {} is a copy of {}, which is one itself",
        "SELECT a.public_id, b.public_id FROM article_copies c JOIN article_copies d ON d.article_id = c.of_id "
        "JOIN articles a ON a.id = c.article_id JOIN articles b ON b.id = c.of_id",
    ),
    (
        "events do not follow all judgements about actors yet: the next command that writes goes on with that",
        f"SELECT name FROM settings WHERE name = '{DUE}'",  # noqa: S608 - a word of ours
    ),
    (
        "run {} has not ended: it goes on still, or was killed ('timeline undo' takes it back)",
        "SELECT id FROM import_runs WHERE ended IS NULL",
    ),
    (
        "run {} counts {} articles, it has added {}",
        "SELECT i.id, i.added + i.updated, COUNT(DISTINCT n.key) FROM import_runs i JOIN run_changes n "
        "ON n.run_id = i.id AND n.subject = 'article' AND n.before IS NULL WHERE i.ended IS NOT NULL "
        "AND i.status <> 'failed' GROUP BY i.id, i.added, i.updated HAVING COUNT(DISTINCT n.key) > i.added + i.updated",
    ),
)


def check(database: Database, *, deep: bool = False, step: Step = lambda _what: None) -> Iterator[str]:
    """What is wrong with a store, one line each; nothing where it is whole. `deep` derives every event again.

    `step` is called with what is being looked at.
    """
    if database.is_sqlite:
        yield from _found(database, _sqlite, step)
    for words, statement in _STATEMENTS:
        yield from _found(database, _stated(words, statement), step)
    for walk in (_positions, _spans):
        yield from _found(database, walk, step)
    yield from _found(database, _text_index, step, writes=True)
    if deep:
        yield from _found(database, otherwise, step, writes=True)


def _found(database: Database, check_: Check, step: Step, *, writes: bool = False) -> Iterator[str]:
    """The findings of one check, the first of them whole and the others counted; what the database refuses is one."""
    try:
        with database.trying() if writes else database.reading() as connection:
            found = iter(check_(connection, step))
            yield from islice(found, SHOWN)
            if more := sum(1 for _ in found):
                yield f"... and {more} more like the last"
    except StoreError as error:
        yield str(error)


def _stated(words: str, statement: str) -> Check:
    def run(connection: Connection, step: Step) -> Iterator[str]:
        step(words.replace("{}", "…"))
        for row in connection.execute(text(statement)):
            yield words.format(*("none" if value is None else value for value in row))

    return run


def _sqlite(connection: Connection, step: Step) -> Iterator[str]:
    """The file itself."""
    step("the file")
    for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if line != "ok":
            yield f"the file is damaged: {line}"
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} points at a row of {parent} that is not there"


def _text_index(connection: Connection, step: Step) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return  # a column that the server itself derives
    step("the text index")
    try:
        connection.exec_driver_sql("INSERT INTO event_words (event_words, rank) VALUES ('integrity-check', 1)")
    except DBAPIError as error:
        yield f"the text index does not agree with the events ({error.orig}); 'timeline vacuum' builds it anew"


def _positions(connection: Connection, step: Step) -> Iterator[str]:
    """An event's number is its place in the timeline, or the next free one."""
    last = None
    columns = (EventRow.id, EventRow.public_id, EventRow.earliest, EventRow.latest, EventRow.reach)
    while True:
        statement = select(*columns).order_by(EventRow.id).limit(_BATCH)
        page = connection.execute(statement.where(EventRow.id > last) if last is not None else statement).all()
        for number, public_id, earliest, latest, reach in page:
            when = When("", earliest, latest)
            if not 0 <= number - positions.position(when, public_id) < _BUMP:
                yield f"the event {public_id} stands at another place of the timeline than its date says"
            if reach != positions.reach(when):
                yield f"the event {public_id} reaches further or less far than its date says"
        if not page:
            return
        last = page[-1][0]
        step("places in the timeline")


def _spans(connection: Connection, step: Step) -> Iterator[str]:
    """Every report stands in its article, word for word."""
    last = 0
    while True:
        statement = select(ArticleRow.id, ArticleRow.public_id, ArticleRow.text).order_by(ArticleRow.id)
        page = connection.execute(statement.where(ArticleRow.id > last).limit(_BATCH // 10)).all()
        if not page:
            return
        last = page[-1][0]
        texts = {row: words for row, _, words in page}
        named = {row: public_id for row, public_id, _ in page}
        for article, what in (*_misplaced_reports(connection, texts), *_misplaced_actors(connection, texts)):
            yield f"the article {named[article]} does not have {what} where it was read"
        step(f"spans of {named[last]}")


_READ = (
    "key",
    "article_id",
    "span_start",
    "span_end",
    "trigger_start",
    "trigger_end",
    "sentence",
    "words",
    "place_words",
    "place_start",
    "place_end",
)


def _misplaced_reports(connection: Connection, texts: dict[int, str]) -> Iterator[tuple[int, str]]:
    table = ReportRow.__table__
    statement = select(*(table.c[name] for name in _READ)).where(table.c.article_id.in_(texts)).order_by(table.c.id)
    for row in connection.execute(statement).mappings():
        whole = texts[row["article_id"]]
        trigger = _bare(whole[row["trigger_start"] : row["trigger_end"]])
        words = row["words"].split()
        if _bare(whole[row["span_start"] : row["span_end"]]) != _bare(row["sentence"]):
            yield row["article_id"], f"the sentence of report {row['key']}"
        elif not row["span_start"] <= row["trigger_start"] <= row["trigger_end"] <= row["span_end"]:
            yield row["article_id"], f"the words of report {row['key']} in its sentence"
        elif words and not (trigger.startswith(words[0]) and trigger.endswith(words[-1])):
            yield row["article_id"], f"the words of report {row['key']}"
        elif row["place_start"] is not None and _elsewhere(whole, row["place_start"], row["place_end"], row, "place_"):
            yield row["article_id"], f"the place of report {row['key']}"


def _misplaced_actors(connection: Connection, texts: dict[int, str]) -> Iterator[tuple[int, str]]:
    link, report = ReportActor.__table__, ReportRow.__table__
    statement = (
        select(report.c.article_id, report.c.key, link.c.words, link.c.start, link.c.end)
        .join(report, link.c.report_id == report.c.id)
        .where(report.c.article_id.in_(texts), link.c.start.is_not(None))
        .order_by(link.c.report_id, link.c.position)
    )
    for row in connection.execute(statement).mappings():
        if _elsewhere(texts[row["article_id"]], row["start"], row["end"], row, ""):
            yield row["article_id"], f"{row['words']!r} of report {row['key']}"


def _elsewhere(whole: str, start: int, end: int, row: Any, prefix: str) -> bool:
    return _bare(whole[start:end]) != _bare(row[f"{prefix}words"])


def _bare(words: str) -> str:
    return " ".join(plain(words).split())
