"""A country by an actor and by the place apart; places found by reference, by name and by coordinates."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Until now a country had one link, its actor's before its place's: what is missing is known from the places.
_BY = "UPDATE {table} SET \"by\" = CASE WHEN reason LIKE 'place %' THEN 'place' ELSE 'actor' END"
_PLACES_OF_REPORTS = """
INSERT INTO report_countries (report_id, country, "by", reason, position)
SELECT r.id, r.place_country, 'place', 'place ' || r.place_name, 99
FROM reports r JOIN report_countries c ON c.report_id = r.id AND c.country = r.place_country AND c."by" = 'actor'
"""
_PLACES_OF_EVENTS = """
INSERT INTO event_countries (event_id, country, "by", reason, sort_day, sort_last)
SELECT c.event_id, c.country, 'place', 'place ' || MIN(r.place_name), c.sort_day, c.sort_last
FROM event_countries c
JOIN happenings h ON h.event_id = c.event_id
JOIN reports r ON r.happening_id = h.id AND r.place_country = c.country
WHERE c."by" = 'actor'
GROUP BY c.event_id, c.country, c.sort_day, c.sort_last
"""
_SECOND = """
DELETE FROM {table} WHERE "by" = 'place' AND EXISTS (
SELECT 1 FROM {table} other WHERE other.{owner} = {table}.{owner} AND other.country = {table}.country
AND other."by" = 'actor')
"""
_OWNERS = {"report_countries": "report_id", "event_countries": "event_id"}
_OLD_INDEX = "ix_event_countries_country_sort_day_sort_last_event_id"
_NEW_INDEX = "ix_event_countries_country_sort_day_sort_last_event_id_by"


def upgrade() -> None:
    with op.batch_alter_table("event_countries") as batch_op:
        batch_op.drop_index(_OLD_INDEX)
    for table, owner in _OWNERS.items():
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("by", sa.String(length=5), nullable=False, server_default="actor"))
        op.execute(_BY.format(table=table))
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("by", server_default=None)
            batch_op.drop_constraint(f"pk_{table}", type_="primary")
            batch_op.create_primary_key(f"pk_{table}", [owner, "country", "by"])
    op.execute(_PLACES_OF_REPORTS)
    op.execute(_PLACES_OF_EVENTS)
    with op.batch_alter_table("event_countries") as batch_op:
        batch_op.create_index(_NEW_INDEX, ["country", "sort_day", "sort_last", "event_id", "by"], unique=False)
    for table in ("reports", "events"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("place_region", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("events") as batch_op:
        batch_op.create_index("ix_events_place_region", ["place_region"], unique=False)
        batch_op.create_index("ix_events_place_reference_place_name", ["place_reference", "place_name"], unique=False)
        batch_op.create_index("ix_events_latitude_longitude", ["latitude", "longitude"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("events") as batch_op:
        batch_op.drop_index("ix_events_latitude_longitude")
        batch_op.drop_index("ix_events_place_reference_place_name")
        batch_op.drop_index("ix_events_place_region")
    for table in ("reports", "events"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("place_region")
    with op.batch_alter_table("event_countries") as batch_op:
        batch_op.drop_index(_NEW_INDEX)
    for table, owner in _OWNERS.items():
        op.execute(_SECOND.format(table=table, owner=owner))
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(f"pk_{table}", type_="primary")
            batch_op.drop_column("by")
            batch_op.create_primary_key(f"pk_{table}", [owner, "country"])
    with op.batch_alter_table("event_countries") as batch_op:
        batch_op.create_index(_OLD_INDEX, ["country", "sort_day", "sort_last", "event_id"], unique=False)
