"""Formats whose texts other programs show as HTML, opened in a real browser: nothing runs, is asked for or becomes
markup, and every text can be read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from tests.exports.making import written
from tests.exports.page.conftest import Seen, event
from tests.exports.page.test_hostile import PAYLOADS, hostile
from timeline.exports.safety import visible
from timeline.model import Event

KML = "{http://www.opengis.net/kml/2.2}"
# What these formats are made of, and what holds them here.
OURS = set("html head meta title body article p br a h1 h2 h3 ul li strong blockquote".split())  # noqa: SIM905
LOOK = """() => ({
  ran: window.ran ?? null,
  tags: [...new Set([...document.querySelectorAll("*")].map((e) => e.localName))],
  attributes: [...new Set([...document.body.querySelectorAll("*")].flatMap((e) => e.getAttributeNames()))],
  schemes: [...new Set([...document.links].map((a) => a.protocol))],
  texts: [...document.querySelectorAll("article")].map((e) => e.textContent),
})"""


def by_markdown(events: list[Event]) -> list[str]:
    """The chronology as CommonMark has it, with tags left in that are one's own."""
    markdown_it = pytest.importorskip("markdown_it")
    shown: str = markdown_it.MarkdownIt("commonmark", {"html": True}).render(written("markdown", events).decode())
    return [shown]


def by_richer_markdown(events: list[Event]) -> list[str]:
    """The same with tables, strikethrough and typographic marks, which many readers add."""
    markdown_it = pytest.importorskip("markdown_it")
    reader = markdown_it.MarkdownIt("default", {"html": True, "typographer": False})
    shown: str = reader.render(written("markdown", events).decode())
    return [shown]


def by_timelinejs(events: list[Event]) -> list[str]:
    """What TimelineJS lays into the page as it is."""
    slides = json.loads(written("timelinejs", events))["events"]
    return ["".join([*slide["text"].values(), slide["group"]]) for slide in slides]


def by_globe(events: list[Event]) -> list[str]:
    """What globes show in a balloon."""
    marks = fromstring(written("kml", events)).iter(f"{KML}description")  # noqa: S314 - our own
    return [mark.text or "" for mark in marks]


READERS = [by_markdown, by_richer_markdown, by_timelinejs, by_globe]


@pytest.mark.parametrize("reader", READERS, ids=lambda each: each.__name__)
def test_a_hostile_text_stays_text_in(
    show: Callable[..., Seen], tmp_path: Path, reader: Callable[[list[Event]], list[str]]
) -> None:
    """Each alone, and all together."""
    told = [hostile(n, payload) for n, payload in enumerate(PAYLOADS)]
    alone = [reader([each])[0] for each in told]
    seen = show([event(1, "2021")])
    texts = _opened(seen, tmp_path, alone)
    assert len(texts) == len(PAYLOADS)
    for text, payload in zip(texts, PAYLOADS, strict=True):
        assert _read(payload) in _read(text)
    together = _read(" ".join(_opened(seen, tmp_path, reader(told))))
    assert all(_read(payload) in together for payload in PAYLOADS)


def _opened(seen: Seen, folder: Path, articles: Iterable[str]) -> list[str]:
    """What can be read in each, in a page of nothing else; nothing in it is other than what the formats make."""
    file = folder / "opened.html"
    body = "".join(f"<article>{each}</article>\n" for each in articles)
    file.write_text(f"<!doctype html><meta charset=utf-8><title>Opened</title><body>{body}", encoding="utf-8")
    seen.address = file.as_uri()
    seen.page.goto(seen.address)
    for name in ("mouseover", "focus", "click", "toggle", "load", "error"):
        seen.page.evaluate("(name) => document.querySelectorAll('article *').forEach((e) => e.localName === 'a' || "
                           "e.dispatchEvent(new Event(name)))", name)  # fmt: skip
    found = seen.page.evaluate(LOOK)
    assert found["ran"] is None
    assert set(found["tags"]) <= OURS
    assert set(found["attributes"]) <= {"href", "rel"}
    assert set(found["schemes"]) <= {"http:", "https:"}
    texts: list[str] = found["texts"]
    return texts


def _read(text: str) -> str:
    """A text as it is read, whatever lines it is broken into."""
    return " ".join(visible(text).split())
