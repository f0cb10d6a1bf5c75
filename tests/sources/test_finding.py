"""What is no file is read where it is named, never where it is found, and nothing is waited for in silence or for
ever."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path

import pytest

from tests.commands import begin, run
from timeline.model.errors import InputError
from timeline.sources import pipes
from timeline.sources.finding import Found, find

TEXT = "Malaysia's king flew to Brunei on Monday for a visit of three days, the palace said.\n"


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "pipe.txt")
    return tmp_path / "pipe.txt"


def write(path: Path, *pieces: str) -> threading.Thread:
    def writing() -> None:
        with path.open("w") as file:
            for piece in pieces:
                file.write(piece)
                file.flush()

    thread = threading.Thread(target=writing)
    thread.start()
    return thread


def test_a_pipe_that_nobody_writes_to_is_waited_for_and_given_up_with_one_line(
    pipe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipes, "PATIENCE", 1.3)
    told = list[str]()
    (found,) = find([str(pipe)], (".txt",), warn=told.append)
    assert isinstance(found, Found)
    with pytest.raises(InputError, match="this is a pipe, and nobody wrote to it for 1 seconds"):
        found.read()
    assert [line.startswith(f"{pipe}: a pipe that nobody writes to yet") for line in told] == [True]


def test_what_is_written_to_a_pipe_is_read_to_its_last_byte(pipe: Path) -> None:
    (found,) = find([str(pipe)], (".txt",))
    assert isinstance(found, Found)
    writer = write(pipe, TEXT, TEXT * 20_000, "The end.")
    assert found.head.text.startswith(TEXT)
    assert found.read().decode() == TEXT * 20_001 + "The end."
    writer.join()


def test_two_articles_through_one_pipe_are_two(pipe: Path) -> None:
    db = pipe.with_name("t.db")
    for text in (TEXT, TEXT.replace("Malaysia", "Thailand")):
        importing = begin("import", pipe, "--db", db)
        write(pipe, text).join()
        done = importing.done()
        assert (done.returncode, "1 added" in done.stderr) == (0, True), done.stderr


@pytest.mark.parametrize("text", [TEXT, ""])
def test_what_a_shell_puts_through_a_descriptor_is_read_and_an_empty_one_is_not_waited_for(text: str) -> None:
    reading, writing = os.pipe()
    os.write(writing, text.encode())
    os.close(writing)
    (found,) = find([f"/dev/fd/{reading}"], (".txt",), warn=pytest.fail)
    assert isinstance(found, Found)
    assert (found.origin, found.read().decode()) == (f"/dev/fd/{reading}", text)
    os.close(reading)


def test_pipes_sockets_and_devices_in_a_folder_are_passed_over_with_a_line(pipe: Path) -> None:
    folder = pipe.parent
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "again").symlink_to(folder, target_is_directory=True)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "s.txt"))
        for paths in ([str(folder)], [str(folder / "[psz]*.txt")]):
            told = list[str]()
            (folder / "story.txt").write_text(TEXT)
            found = list(find(paths, (".txt",), warn=told.append))
            assert [each.name for each in found if isinstance(each, Found)] == ["story.txt"]
            assert [line.partition(":")[0] for line in told] == [
                str(folder / name) for name in ("pipe.txt", "s.txt", "zero.txt")
            ]
            assert all("passed over: this is no file" in line for line in told)
            (folder / "story.txt").unlink()
    done = run("import", folder, "--db", folder / "t.db")
    assert (done.returncode, done.stderr.count("passed over")) == (1, 3)
