"""What a killed, locked, damaged or older database does to a user: nothing lost, one clear line."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.commands import begin, run
from tests.conftest import extracted
from timeline.model.errors import StoreError
from timeline.store import open_store, schema, upgrade_store
from timeline.store.engine import Database, parse_url
from timeline.store.tables import Base

ARTICLES = Path(__file__).parents[2] / "data" / "articles"


@pytest.mark.parametrize("delay", [0.4, 0.9])
def test_an_import_killed_in_the_middle_and_run_again_equals_a_clean_one(
    database_url: str, tmp_path: Path, delay: float
) -> None:
    killed = begin("import", ARTICLES, "--db", database_url)
    time.sleep(delay)
    killed.kill()
    assert killed.done().returncode == -signal.SIGKILL
    assert run("import", ARTICLES, "--db", database_url).returncode == 0
    clean = f"sqlite:///{tmp_path / 'clean.db'}"
    assert run("import", ARTICLES, "--db", clean).returncode == 0
    with open_store(database_url) as store, open_store(clean) as other:
        assert store.content_hash() == other.content_hash()
        assert store.status().articles == other.status().articles == len(list(ARTICLES.glob("*.txt")))


def test_a_store_that_was_just_made_needs_nothing_more(database_url: str) -> None:
    """Whoever was to fill it may have been killed."""
    database = Database(parse_url(database_url))
    schema.migrate(database)
    database.close()
    with open_store(database_url) as store:
        assert store.status().articles == 0


def test_two_imports_at_once_lose_nothing(database_url: str, tmp_path: Path) -> None:
    with open_store(database_url):
        pass
    running = [begin("import", ARTICLES, "--db", database_url) for _ in range(2)]
    done = [each.done() for each in running]
    assert [each.returncode for each in done] == [0, 0], [each.stderr for each in done]
    clean = f"sqlite:///{tmp_path / 'clean.db'}"
    run("import", ARTICLES, "--db", clean)
    with open_store(database_url) as store, open_store(clean) as other:
        assert store.content_hash() == other.content_hash()


def _read_all(path: Path) -> None:
    with open_store(str(path)) as store:
        list(store.events())
        store.status()


def _one_line(error: StoreError) -> None:
    assert "\n" not in str(error)
    assert error.hint


@pytest.mark.parametrize(
    "content", [b"this is no database at all, only text" * 50, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_what_is_no_database_is_said_so_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "t.db"
    path.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        open_store(str(path))
    _one_line(caught.value)
    assert path.read_bytes() == content


def test_a_truncated_database_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    with open_store(str(path)) as store:
        store.save(extracted("Putin visited Myanmar on Monday."))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 3])
    for side in ("-wal", "-shm"):
        Path(f"{path}{side}").unlink(missing_ok=True)
    with pytest.raises(StoreError) as caught:
        _read_all(path)
    _one_line(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_said_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError) as caught:
        open_store(str(tmp_path / "t.db"))
    _one_line(caught.value)


def test_no_store_where_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no timeline store"):
        open_store(str(tmp_path / "none.db"), create=False)
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://nobody:secret@127.0.0.1:1/none", "cannot be reached"),
        ("mysql://x", "not supported"),
        ("sqlite://", "needs a file"),
        ("://", "no database URL|not supported"),
    ],
)
def test_a_wrong_url_is_said_so_without_the_password(url: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as caught:
        open_store(url)
    assert "secret" not in str(caught.value)
    _one_line(caught.value)


def test_a_wrong_database_name_is_said_so(postgres_server: str) -> None:
    url = make_url(postgres_server).set(drivername="postgresql+psycopg", database="nowhere")
    with pytest.raises(StoreError, match="no such database"):
        open_store(url.render_as_string(hide_password=False))


def test_a_newer_schema_is_refused(database_url: str) -> None:
    from sqlalchemy import text

    with open_store(database_url) as store, store._database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="does not know"):
        open_store(database_url)


def test_migrations_go_down_and_up_and_the_head_is_the_programs(database_url: str) -> None:
    with open_store(database_url) as store:
        store.save(extracted("Putin visited Myanmar on Monday."))
    assert {s.revision for s in schema.scripts().walk_revisions()} >= {schema.HEAD}
    assert schema.scripts().get_current_head() == schema.HEAD
    database = Database(parse_url(database_url))
    schema.migrate(database, "base")
    with pytest.raises(StoreError):
        open_store(database_url, create=False)
    assert upgrade_store(database_url)[1] == schema.HEAD
    with open_store(database_url) as store:
        assert store.status().events == 0
    database.close()


def test_the_migrations_make_the_models_tables(database_url: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    import timeline.store.partial_indexes  # noqa: F401 - a part of the schema

    with open_store(database_url) as store, store.connection() as connection:
        # Text search is SQLite's own kind of table with tables of its own, and a column of PostgreSQL's own kind.
        settings = {"compare_type": True, "include_object": lambda _object, name, *_rest: "words" not in (name or "")}
        context = MigrationContext.configure(connection, opts=settings)
        assert compare_metadata(context, Base.metadata) == []
