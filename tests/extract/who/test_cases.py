"""The table of mentions in context (cases.toml): each leads to its actor, or stays open where the text does."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from timeline.extract.dating import laid_out, times_of
from timeline.extract.text import parse_many
from timeline.extract.what import reports_of
from timeline.extract.what.reporting import World
from timeline.extract.where import locate
from timeline.extract.who import Mention, recognise
from timeline.model import Actor, Article, Report

TABLE = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = [case for group in TABLE.values() for case in group["cases"]]
PUBLISHED = date(2024, 9, 2)
Said = tuple[list[Actor], str]


@dataclass(frozen=True)
class Read:
    """What the extractor makes of one text: its mentions and its reports."""

    mentions: tuple[Mention, ...]
    reports: tuple[Report, ...]


def _key(case: dict[str, Any]) -> tuple[str, date]:
    return case["text"], case.get("on", PUBLISHED)


@pytest.fixture(scope="module")
def read() -> dict[tuple[str, date], Read]:
    keys = list(dict.fromkeys(_key(case) for case in CASES))
    articles = [Article(text, published=day) for text, day in keys]
    return dict(zip(keys, _read(articles), strict=True))


def _read(articles: list[Article]) -> Iterator[Read]:
    for parsed in parse_many(map(laid_out, articles)):
        article = parsed.article
        cast = recognise(parsed, article.published)
        world = World(cast, locate(parsed, cast), times_of(article, parsed.layout), article.published)
        yield Read(cast.mentions, reports_of(parsed, world))


def _of_mentions(read: Read, start: int) -> Said:
    found = [m for m in read.mentions if m.span.start <= start < m.span.end]
    return [m.actor for m in found if m.actor is not None], "; ".join(m.reason for m in found)


def _of_reports(read: Read, start: int) -> Said:
    parts = [p for r in read.reports for p in r.actors if p.span is not None and p.span.start <= start < p.span.end]
    opens = [u for r in read.reports for u in r.unresolved if u.span is not None and u.span.start <= start < u.span.end]
    return [p.actor for p in parts], "; ".join([*(p.reason for p in parts), *(u.reason for u in opens)])


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{c['words']}: {c['text'][:50]}") for c in CASES])
def test_a_mention_in_context_leads_to_its_actor_or_stays_open(
    read: dict[tuple[str, date], Read], case: dict[str, Any]
) -> None:
    start = -1
    for _ in range(case.get("nth", 0) + 1):
        start = case["text"].index(case["words"], start + 1)
    start += len(case["words"]) - 1
    actors, reason = (_of_reports if case.get("told") else _of_mentions)(read[_key(case)], start)
    names = {name for actor in actors for name in (actor.id, actor.name)}
    if "is" in case:
        assert case["is"] in names, (actors, reason)
    for name in case.get("both", ()):
        assert name in names, (actors, reason)
    if "could_be" in case:
        assert not actors, (actors, reason)
        assert all(name in reason for name in case["could_be"]), reason
    if "country" in case:
        assert case["country"] in {actor.country for actor in actors}, (actors, reason)
    if "not" in case:
        assert case["not"] not in names, (actors, reason)
    elif case.get("nobody"):
        assert not actors, (actors, reason)


def test_the_table_is_large_and_every_case_says_why() -> None:
    assert len(CASES) >= 300
    assert [case for case in CASES if not case["why"]] == []
