"""An event's number sorts as a timeline does; reports stand by themselves; rows of data sets beside articles.

What was derived keeps its ids. Which happenings are one event is asked anew after this (`store.upgrade`).
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from timeline.model.actor import fold
from timeline.store.migrations import tables_0004, tables_0005

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_PART = 5_000
_SAID = (
    "edtf, earliest, latest, when_words, when_reason, place_name, place_country, latitude, longitude, place_exactness, "
    "place_reference, place_words, place_start, place_end, place_reason, place_region, title, sentence, type, kind, "
    "modality, salience"
)
_OWN = "span_start, span_end, trigger_start, trigger_end, words, rule, extractor, run_id"
_TAKING_PART = 'position, role, words, start, "end", reason'
_COUNTED = "reports, sources, first_reported, last_reported"
_OLD = (
    "event_actors",
    "event_countries",
    "report_actors",
    "report_countries",
    "report_unresolved",
    "happening_blocks",
    "reports",
    "happenings",
    "events",
)
_NEW = (
    "event_actors",
    "event_countries",
    "report_actors",
    "report_unresolved",
    "report_blocks",
    "reports",
    "datasets",
    "events",
)
_WORDS_OF_SQLITE = (
    "CREATE VIRTUAL TABLE event_words USING fts5(title, sentence, searched, content='events', content_rowid='id', "
    "detail='none', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER event_words_added AFTER INSERT ON events BEGIN INSERT INTO event_words "
    "(rowid, title, sentence, searched) VALUES (new.id, new.title, new.sentence, new.searched); END",
    "CREATE TRIGGER event_words_removed AFTER DELETE ON events BEGIN INSERT INTO event_words "
    "(event_words, rowid, title, sentence, searched) "
    "VALUES ('delete', old.id, old.title, old.sentence, old.searched); END",
    "CREATE TRIGGER event_words_changed AFTER UPDATE OF id, title, sentence, searched ON events BEGIN "
    "INSERT INTO event_words (event_words, rowid, title, sentence, searched) "
    "VALUES ('delete', old.id, old.title, old.sentence, old.searched); INSERT INTO event_words "
    "(rowid, title, sentence, searched) VALUES (new.id, new.title, new.sentence, new.searched); END",
)
# What is no letter or digit parts words, as it does in the tokenizer above.
_WORDS_OF_POSTGRESQL = (
    "ALTER TABLE events ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple', regexp_replace("
    "title || ' ' || sentence || ' ' || searched, '[^[:alnum:]]+', ' ', 'g'))) STORED",
    "CREATE INDEX ix_events_words ON events USING gin (words)",
)


def upgrade() -> None:
    connection = op.get_bind()
    _put_aside(_OLD)
    tables_0005.create()
    for statement in _WORDS_OF_SQLITE if connection.dialect.name == "sqlite" else _WORDS_OF_POSTGRESQL:
        op.execute(statement)
    _numbers(_positions(connection))
    _fill(
        "events",
        f"id, public_id, reach, {_COUNTED}, searched, {_SAID}",
        f"n.new, public_id, n.reach, {_COUNTED}, folded, {_SAID} FROM old_events JOIN numbers n ON n.old = id",
    )
    _fill(
        "event_actors",
        "actor_id, event_id, position, role, reach, weight",
        "o.actor_id, n.new, MIN(o.position), MIN(o.role), n.reach, e.salience FROM old_event_actors o "
        "JOIN numbers n ON n.old = o.event_id JOIN old_events e ON e.id = o.event_id "
        "GROUP BY o.actor_id, n.new, n.reach, e.salience",
    )
    reason = "MAX(CASE WHEN o.\"by\" = '{}' THEN o.reason END)"
    _fill(
        "event_countries",
        "country, event_id, actor_reason, place_reason, kind, reach, weight",
        f"o.country, n.new, {reason.format('actor')}, {reason.format('place')}, e.kind, n.reach, e.salience "
        "FROM old_event_countries o JOIN numbers n ON n.old = o.event_id JOIN old_events e ON e.id = o.event_id "
        "GROUP BY o.country, n.new, e.kind, n.reach, e.salience",
    )
    told = ", ".join(f"r.{name}" for name in f"{_SAID}, {_OWN}".split(", "))
    _fill(
        "reports",
        f"id, key, article_id, happening, event_id, {_SAID}, {_OWN}",
        f"r.id, r.key, h.article_id, h.number, n.new, {told} FROM old_reports r "
        "JOIN old_happenings h ON h.id = r.happening_id LEFT JOIN numbers n ON n.old = h.event_id",
    )
    _details_of_reports()
    _clear((*(f"old_{table}" for table in _OLD), "numbers"))
    _count_on("reports")


def downgrade() -> None:
    """Refuses where there are data sets, which the older schema cannot hold. Blocks are forgotten."""
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT 1 FROM reports WHERE dataset_id IS NOT NULL LIMIT 1")).first():
        raise ValueError("the older schema cannot hold rows of data sets")
    if connection.dialect.name == "sqlite":
        _clear(("event_words",))
    _put_aside(_NEW)
    tables_0004.create()
    _numbers(_row_numbers(connection))
    first = "COALESCE(o.earliest, o.latest, CAST('9999-12-31' AS {}))"
    day = first.format("TEXT" if connection.dialect.name == "sqlite" else "DATE")
    days = f"{day}, COALESCE(o.latest, {day})"
    said = ", ".join(f"o.{name}" for name in f"{_COUNTED}, {_SAID}".split(", "))
    _fill(
        "events",
        f"id, public_id, sort_day, sort_last, folded, {_COUNTED}, {_SAID}",
        f"n.new, o.public_id, {days}, '', {said} FROM old_events o JOIN numbers n ON n.old = o.id",
    )
    _fold_again(connection)
    numbered = "JOIN numbers n ON n.old = l.event_id JOIN old_events o ON o.id = l.event_id"
    _fill(
        "event_actors",
        f"event_id, actor_id, sort_day, sort_last, {_TAKING_PART}",
        f"n.new, l.actor_id, {days}, l.position, l.role, '', NULL, NULL, '' FROM old_event_actors l {numbered}",
    )
    for by in ("actor", "place"):
        _fill(
            "event_countries",
            'event_id, country, "by", reason, sort_day, sort_last',
            f"n.new, l.country, '{by}', l.{by}_reason, {days} FROM old_event_countries l {numbered} "
            f"WHERE l.{by}_reason IS NOT NULL",
        )
    _fill(
        "happenings",
        "id, article_id, number, event_id",
        "MIN(r.id), r.article_id, r.happening, MIN(n.new) FROM old_reports r "
        "LEFT JOIN numbers n ON n.old = r.event_id GROUP BY r.article_id, r.happening",
    )
    told = ", ".join(f"r.{name}" for name in f"{_SAID}, {_OWN}".split(", "))
    _fill(
        "reports",
        f"id, key, happening_id, {_SAID}, {_OWN}",
        f"r.id, r.key, h.id, {told} FROM old_reports r "
        "JOIN happenings h ON h.article_id = r.article_id AND h.number = r.happening",
    )
    _details_of_reports()
    _countries_of_reports(connection)
    _clear((*(f"old_{table}" for table in _NEW), "numbers"))
    for table in ("reports", "happenings", "events"):
        _count_on(table)


def _put_aside(tables: tuple[str, ...]) -> None:
    """Keep the rows without their constraints, whose names the new tables need."""
    for table in reversed(tables):
        op.execute(f"CREATE TABLE old_{table} AS SELECT * FROM {table}")  # noqa: S608 - our own names
    _clear(tables)


def _clear(tables: tuple[str, ...]) -> None:
    for table in tables:
        op.execute(f"DROP TABLE {table}")


def _fill(table: str, columns: str, values: str) -> None:
    op.execute(f"INSERT INTO {table} ({columns}) SELECT {values}")


def _details_of_reports() -> None:
    columns = f"report_id, actor_id, {_TAKING_PART}"
    _fill("report_actors", columns, f"{columns} FROM old_report_actors")
    _fill("report_unresolved", f"report_id, {_TAKING_PART}", f"report_id, {_TAKING_PART} FROM old_report_unresolved")


def _count_on(table: str) -> None:
    """PostgreSQL counts rows by a sequence, which knows nothing of those that were copied."""
    if op.get_bind().dialect.name == "postgresql":
        last = f"(SELECT COALESCE(MAX(id), 1) FROM {table})"  # noqa: S608 - our own names
        op.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {last})")


def _numbers(rows: Iterator[dict[str, int]]) -> None:
    """The table of old and new numbers of events."""
    op.create_table(
        "numbers",
        sa.Column("old", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("new", sa.BigInteger()),
        sa.Column("reach", sa.SmallInteger()),
    )
    table = sa.table("numbers", sa.column("old"), sa.column("new"), sa.column("reach"))
    part: list[dict[str, int]] = []
    for row in rows:
        part.append(row)
        if len(part) == _PART:
            op.bulk_insert(table, part)
            part = []
    if part:
        op.bulk_insert(table, part)


def _positions(connection: Any) -> Iterator[dict[str, int]]:
    """Old number -> `store.positions`: day, length and the beginning of the public id in one number."""
    statement = sa.text("SELECT id, public_id, earliest, latest FROM old_events ORDER BY public_id")
    found = connection.execute(statement.columns(earliest=sa.Date(), latest=sa.Date())).all()
    taken: set[int] = set()
    for row, public_id, earliest, latest in found:
        first = earliest or latest
        days = ((latest or first) - first).days if first else 0
        length = days if days <= 400 else min(400 + days // 365, 511)
        ordinal = first.toordinal() if first else date.max.toordinal() + 1
        number = (ordinal << 41) | (length << 32) | int(public_id[:8], 16)
        while number in taken:
            number += 1
        taken.add(number)
        if earliest is None or latest is None:
            reach = 5 if latest == earliest else 4 if earliest is None else 3
        else:
            reach = 0 if days == 0 else 1 if days <= 400 else 2
        yield {"old": row, "new": number, "reach": reach}


def _row_numbers(connection: Any) -> Iterator[dict[str, int]]:
    found = connection.execute(sa.text("SELECT id, reach FROM old_events ORDER BY id")).all()
    for new, (old, reach) in enumerate(found, start=1):
        yield {"old": old, "new": new, "reach": reach}


def _fold_again(connection: Any) -> None:
    found = connection.execute(
        sa.text("SELECT n.new, o.title, o.sentence, o.searched FROM old_events o JOIN numbers n ON n.old = o.id")
    ).all()
    for number, *words in found:
        values = {"folded": f" {fold(' '.join(words))} ", "number": number}
        connection.execute(sa.text("UPDATE events SET folded = :folded WHERE id = :number"), values)


def _countries_of_reports(connection: Any) -> None:
    """A report's countries are its actors' and its place's."""
    reasons: dict[tuple[int, str, str], dict[str, None]] = defaultdict(dict)
    actors = sa.text(
        "SELECT r.report_id, a.country, a.name FROM report_actors r JOIN actors a ON a.id = r.actor_id "
        "WHERE a.country <> '' ORDER BY r.report_id, r.position"
    )
    for report, country, name in connection.execute(actors):
        reasons[report, country, "actor"][f"actor {name}"] = None
    places = sa.text("SELECT id, place_country, place_name FROM reports WHERE place_country <> ''")
    for report, country, name in connection.execute(places):
        reasons[report, country, "place"][f"place {name}"] = None
    columns = ("report_id", "country", "by", "reason", "position")
    table = sa.table("report_countries", *(sa.column(name) for name in columns))
    rows = [
        dict(zip(columns, (report, country, by, "; ".join(told), position), strict=True))
        for position, ((report, country, by), told) in enumerate(sorted(reasons.items()))
    ]
    for start in range(0, len(rows), _PART):
        op.bulk_insert(table, rows[start : start + _PART])
