"""Alembic's environment: migrations run on the connection they are given, inside its transaction."""

from alembic import context

from timeline.store import partial_indexes  # noqa: F401 - they are a part of the schema
from timeline.store.engine import Database, parse_url
from timeline.store.tables import Base


def run() -> None:
    connection = context.config.attributes.get("connection")
    if connection is None:
        url = context.get_x_argument(as_dictionary=True).get("db") or context.config.get_main_option("sqlalchemy.url")
        with Database(parse_url(url)).writing() as own:
            migrate(own)
    else:
        migrate(connection)


def migrate(connection: object) -> None:
    context.configure(
        connection=connection,  # type: ignore[arg-type]
        target_metadata=Base.metadata,
        render_as_batch=True,
        transactional_ddl=False,
        compare_type=True,
    )
    context.run_migrations()


run()
