"""What an import would do is said without a store: as many items as asked for, a table without a name as a table."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from timeline.jobs.importing import import_paths
from timeline.jobs.inspecting import inspect
from timeline.jobs.listening import Listener
from timeline.jobs.reading import Reading
from timeline.jobs.retrying import retry
from timeline.model.errors import InputError
from timeline.store import open_store
from timeline.store.quarantining import KEPT

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


def test_as_many_items_are_shown_as_were_asked_for(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text("Malaysia's king flew to Brunei on Monday for a visit of three days.")
    assert [item.origin[-5:] for item in inspect(str(tmp_path), Reading(), None, 3)] == ["a.txt", "b.txt", "c.txt"]


def test_a_table_of_a_pipe_is_no_text() -> None:
    piped = io.BytesIO((SAMPLES / "mapping" / "incidents.csv").read_bytes())
    (item,) = inspect("-", Reading(), piped, 3)
    assert item.bad
    assert "its columns are of no data set that is known" in item.bad[0][1]


def test_a_text_of_a_pipe_with_commas_in_it_is_a_text() -> None:
    text = "The king, his son, and the minister flew to Brunei on Monday.\nThey met the sultan, a prince, and others.\n"
    (item,) = inspect("-", Reading(), io.BytesIO(text.encode()), 3)
    assert item.title == "an article"


def test_an_empty_path_is_not_this_folder() -> None:
    with pytest.raises(InputError, match="a path is empty"):
        list(inspect("", Reading(), None, 3))


def test_a_name_that_is_no_text_is_one_that_is_not_there(tmp_path: Path) -> None:
    told = list[str]()
    with open_store(str(tmp_path / "timeline.db")) as store:
        tally = import_paths(store, ["bad\udcff.txt"], listener=Listener(problem=told.append))
        assert tally.missing == 1
        assert next(iter(store.runs())).arguments == "import bad\ufffd.txt"
    assert "there is no such file" in told[0]


def test_the_store_itself_is_no_article_and_goes_into_no_quarantine(tmp_path: Path) -> None:
    at = tmp_path / "timeline.db"
    with open_store(str(at)) as store:
        assert import_paths(store, [str(at)]).counts.quarantined == 1
        (item,) = store.quarantined()
        assert (item.reason[:40], item.data) == ("this is no format that can be read. 'tim", b"")


def test_of_an_item_that_is_too_long_to_keep_the_reason_is_kept(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_bytes(b"x" * (KEPT + 1))
    with open_store(str(tmp_path / "timeline.db")) as store:
        assert import_paths(store, [str(tmp_path / "long.txt")]).counts.quarantined == 1
        (item,) = store.quarantined()
        assert item.reason.endswith("at most 10 MB). Split it (20 MB, too many to keep)")
        assert item.data is None
        assert retry(store, [item.id]).quarantined == 1
        assert store.quarantine_item(item.id).reason == "nothing was kept of it. Import it again"


def test_a_line_that_is_too_long_leaves_the_others_alone(tmp_path: Path) -> None:
    long, good = b'{"text": "' + b"x" * KEPT + b'"}', b'{"text": "The king flew to Brunei."}'
    (tmp_path / "long.jsonl").write_bytes(b"\n".join([good, long, good.replace(b"king", b"queen"), b""]))
    with open_store(str(tmp_path / "timeline.db")) as store:
        counts = import_paths(store, [str(tmp_path / "long.jsonl")]).counts
        assert (counts.added, counts.quarantined) == (2, 1)
        (item,) = store.quarantined()
        assert (item.origin[-7:], item.reason) == ("jsonl#2", "the line is too long for one article")
        assert len(item.data or b"") <= KEPT
