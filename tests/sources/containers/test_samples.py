"""The sample of each format, from its bytes to `timeline show`: the same events as of the plain text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import run

DATA = Path(__file__).parents[3] / "data"
SAMPLES = ("articles.jsonl.gz", "crawl.warc.gz", "newsletter.eml", "newsletters.mbox")
DOCUMENTS = ("statement.pdf", "statement.docx", "statement.odt")


def events(db: Path, *imported: str | Path) -> list[tuple[str, str, str, list[str]]]:
    """What is shown of what was imported: dates, kinds, titles, actors."""
    done = run("import", *imported, "--db", db)
    assert done.returncode == 0, done.stderr
    shown = json.loads(run("show", "--country", "Myanmar", "--json", "--db", db).stdout)
    return sorted((e["when"], e["kind"], e["title"], sorted(a["name"] for a in e["actors"])) for e in shown)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, str, list[str]]]:
    found = events(tmp_path_factory.mktemp("plain") / "t.db", DATA / "articles" / "14-visit-2025.txt")
    assert found
    return found


@pytest.mark.parametrize("name", [*SAMPLES, *DOCUMENTS])
def test_an_article_tells_the_same_in_every_format(
    name: str, tmp_path: Path, plain: list[tuple[str, str, str, list[str]]]
) -> None:
    given = ["--published", "2025-03-03"] if name in DOCUMENTS else []
    assert events(tmp_path / "t.db", DATA / "samples" / "archives" / name, *given) == plain


@pytest.mark.parametrize("name", ["articles.zip", "articles.tar.gz"])
def test_archives_tell_the_same_as_the_folder_and_a_second_import_changes_nothing(name: str, tmp_path: Path) -> None:
    archive = DATA / "samples" / "archives" / name
    folder = [DATA / "articles" / f for f in ("14-visit-2025.txt", "15-kremlin-2025.txt", "16-earthquake-2025.txt")]
    assert events(tmp_path / "a.db", archive) == events(tmp_path / "f.db", *folder)
    again = run("import", archive, "--db", tmp_path / "a.db")
    assert "read 3 = 0 added + 0 updated + 3 unchanged + 0 quarantined" in again.stderr
