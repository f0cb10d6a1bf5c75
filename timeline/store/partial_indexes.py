"""Indexes over those rows only that fulfil a condition, as a part of the schema.

Apart from the tables, since their option for PostgreSQL makes SQLAlchemy load that dialect whole (0.1 s), which a
command that asks a SQLite file does without. Migrations, and what compares them with the schema, import this.
"""

from __future__ import annotations

from sqlalchemy import Index, text

from timeline.store import job_tables  # noqa: F401 - a part of the schema
from timeline.store.tables import Base

# Table, columns, condition.
_PARTIAL = (
    # All that a search between days asks of its few events that reach there from elsewhere.
    ("events", ("reach", "id", "salience", "hidden"), "reach <> 0"),
    ("events", ("place_reference", "id"), "place_reference <> ''"),
    ("events", ("place_name", "id"), "place_reference = '' AND place_name <> ''"),
    ("events", ("place_region", "id"), "place_region <> ''"),
    ("events", ("latitude", "longitude"), "latitude IS NOT NULL"),
    ("event_actors", ("actor_id", "reach", "event_id", "weight"), "reach <> 0"),
    ("event_countries", ("country", "reach", "event_id", "weight"), "reach <> 0"),
    ("job_runs", ("status", "lease_until"), "ended IS NULL"),
)

for _table, _columns, _condition in _PARTIAL:
    _parts = Base.metadata.tables[_table].columns
    Index(
        None,
        *(_parts[name] for name in _columns),
        sqlite_where=text(_condition),
        postgresql_where=text(_condition),
    )
