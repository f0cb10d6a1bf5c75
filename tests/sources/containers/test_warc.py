"""Web archives: pages as their servers gave them, whoever wrote the file; what is cut off or damaged is told."""

from __future__ import annotations

import gc
import gzip
import io
import warnings
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from timeline.model import Article

from .reading import STORY, Told, harmless, told, told_of_pipe

TEXT = "text/plain; charset=utf-8"


def record(
    url: str,
    body: bytes,
    media: str = TEXT,
    *,
    status: str = "200 OK",
    http: str = "",
    kind: str = "response",
    more: str = "",
) -> bytes:
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{http}\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n{more}Content-Length: {len(answer)}\r\n\r\n"
    return head.encode() + answer + b"\r\n\r\n"


def one(body: bytes, **told_more: str) -> Told:
    return told(record("https://example.org/a", body, **told_more), "in.warc")  # type: ignore[arg-type]


ORIGIN = "file:///in/in.warc!/https://example.org/a"


def written_by_warcio(packed: bool) -> bytes:
    """A file of a page with status 200 and of what else a crawler keeps."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves its temporary files to the collector
        writer = WARCWriter(file, gzip=packed)
        writer.write_record(writer.create_warcinfo_record("in.warc", {"software": "ours"}))
        asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "example.org")], is_http_request=True)
        writer.write_record(writer.create_warc_record("https://example.org/", "request", http_headers=asked))
        for url, media, status in (
            ("https://example.org/a?b=1", "text/plain", "200 OK"),
            ("https://example.org/b", "text/plain", "404 Not Found"),
            ("https://example.org/c.jpg", "image/jpeg", "200 OK"),
            ("https://example.org/robots.txt", "text/plain", "200 OK"),
        ):
            head = StatusAndHeaders(status, [("Content-Type", media)], protocol="HTTP/1.0")
            writer.write_record(writer.create_warc_record(url, "response", io.BytesIO(STORY), http_headers=head))
        del writer
        gc.collect()
    return file.getvalue()


@pytest.mark.parametrize("packed", [True, False])
def test_pages_of_a_foreign_writer_are_read_and_pictures_are_not(packed: bool) -> None:
    data = written_by_warcio(packed)
    (article,) = told(data, "in.warc.gz" if packed else "in.warc").items
    assert isinstance(article, Article)
    assert article.url == "https://example.org/a?b=1"
    assert article.origin.endswith("!/https://example.org/a?b=1")
    assert len(told_of_pipe(data).texts) == 1


def test_texts_that_others_took_from_pages_are_read() -> None:
    head = "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://example.org/a\r\nContent-Type: text/plain\r\n"
    data = f"{head}Content-Length: {len(STORY)}\r\n\r\n".encode() + STORY + b"\r\n\r\n"
    assert told(data * 2, "in.warc").texts == {ORIGIN: STORY.decode()}


def chunked(data: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (data[:7], data[7:])) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("http", "pack"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress),
        ("Content-Encoding: deflate\r\n", zlib.compress),
        ("Content-Encoding: deflate\r\n", lambda data: zlib.compress(data)[2:-4]),
        ("Content-Encoding: gzip\r\n", bytes),
        ("Transfer-Encoding: chunked\r\n", chunked),
        ("Transfer-Encoding: chunked\r\n", bytes),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", lambda data: chunked(gzip.compress(data))),
    ],
)
def test_a_body_is_read_however_its_server_sent_it(http: str, pack: Callable[[bytes], bytes]) -> None:
    assert one(pack(STORY), http=http).texts == {ORIGIN: STORY.decode()}


@pytest.mark.parametrize(
    ("http", "body", "reason"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress(STORY, mtime=0)[:-10], "cut off"),
        ("Content-Encoding: gzip\r\n", gzip.compress(STORY, mtime=0)[:-8] + b"\xff" * 8, "damaged"),
        ("Content-Encoding: gzip\r\n", gzip.compress(bytes(30_000_000), mtime=0), "more than 20 MB"),
        ("Content-Encoding: br\r\n", STORY, "'br'"),
        ("Transfer-Encoding: chunked\r\n", chunked(STORY)[:40], "cut off"),
        ("Transfer-Encoding: chunked\r\n", b"ffffffff\r\n" + STORY, "cut off"),
        ("X: y\r\n", bytes(22_000_000), "larger than 20 MB"),
    ],
)
def test_a_body_that_cannot_be_read_is_told_and_the_rest_goes_on(http: str, body: bytes, reason: str) -> None:
    read = told(record("https://example.org/a", body, http=http) + record("https://example.org/b", STORY), "in.warc")
    assert reason in read.bad[ORIGIN]
    assert len(read.texts) == 1


def test_what_a_crawler_cut_off_is_no_article() -> None:
    assert "cut it off (length)" in one(STORY, more="WARC-Truncated: length\r\n").bad[ORIGIN]


def test_a_text_is_read_in_the_encoding_its_server_states() -> None:
    words = "Путин принял Мин Аун Хлайна в Москве."
    assert one(words.encode("koi8-r"), media="text/plain; charset=koi8-r").texts == {ORIGIN: words}
    assert one(words.encode(), media="text/plain; charset=nonsense").texts == {ORIGIN: words}


@pytest.mark.parametrize("percent", range(0, 100, 5))
@pytest.mark.parametrize("packed", [True, False])
def test_a_cut_off_file_keeps_what_came_before_and_says_so(percent: int, packed: bool) -> None:
    whole = record("https://example.org/a", STORY) + record("https://example.org/b", STORY * 20)[:-4]
    data = gzip.compress(whole) if packed else whole
    read = told(data[: len(data) * percent // 100], "in.warc.gz" if packed else "in.warc")
    assert 1 <= len(read.bad) <= 2
    assert set(read.texts.values()) <= {STORY.decode(), (STORY * 20).decode()}


@pytest.mark.parametrize(
    "data",
    [
        b"WARC/1.0\r\nWARC-Type: response\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: -1\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: 9999999999999999999\r\n\r\n",
        b"WARC/1.0\r\n" + b"X: y\r\n" * 100_000,
        b"WARC/1.0" + b"x" * 1_000_000,
        b"WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\nnonsense\r\n\r\n",
        record("https://example.org/\x00\x1b[31m\udcff".encode("utf-8", "replace").decode(), b"\x00\xff"),
    ],
)
def test_a_damaged_file_is_bad_and_never_crashes(data: bytes) -> None:
    read = told(data, "in.warc")
    assert len(read.bad) == 1
    assert all(origin.isascii() and origin.isprintable() for origin in read.bad)


def test_a_file_that_unpacks_to_gigabytes_is_a_bomb(tmp_path: Path) -> None:
    start = record("https://example.org/a", STORY)
    long = b"WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 9999999999\r\n\r\n"
    bomb = tmp_path / "bomb.warc.gz"
    bomb.write_bytes(gzip.compress(start + long) + gzip.compress(bytes(50_000_000)) * 200)
    taken = harmless(bomb)
    assert taken.articles == 1
    assert "this is a bomb" in taken.reasons[0]
