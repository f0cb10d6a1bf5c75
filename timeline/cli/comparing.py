"""compare-extractors: what two extractors make of the same articles."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.cli import options
from timeline.cli.printing import Shape, listing, say, shape_of
from timeline.model import DEFAULT_SALIENCE

if TYPE_CHECKING:
    from timeline.extract.comparing import Pair, Told, Totals
    from timeline.model import Report

_COLUMNS = ("article", "found by", "date", "kind", "actors", "title")


def compare_extractors(
    a: Annotated[str, typer.Argument(metavar="A", help="An extractor, such as default.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another one, such as llm.")],
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE…]", help="Texts or JSON Lines; none: articles of the store.")
    ] = None,
    published: options.Published = None,
    all_: options.All = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    as_nl: options.AsNl = False,
    db: options.Db = None,
) -> None:
    """Compare what two extractors find: events of both, of one alone, and how far dates, kinds and actors agree.

    Example: timeline compare-extractors default llm article.txt --published 2025-03-03

    With files both read them now, and nothing is stored; without, the articles of the store that both have read are
    compared as they stand there, and nothing is sent anywhere.
    """
    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    reading = _Files(a, b, files, published) if files else _Stored(a, b, db)
    compared = list(_compared(reading, 0.0 if all_ else DEFAULT_SALIENCE))
    from timeline.extract.comparing import totals

    summed = totals(pair for _, pairs in compared for pair in pairs)
    if shape is Shape.JSON:
        told = {
            "a": a,
            "b": b,
            "articles": [{"article": name, "events": [_row(p) for p in pairs]} for name, pairs in compared],
            "totals": {"articles": len(compared), **_figures(summed)},
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    elif shape is Shape.TABLE:
        listing([_line(name, p, a, b) for name, pairs in compared for p in pairs], shape, columns=_COLUMNS)
        _say_totals(summed, len(compared), a, b)
    else:
        rows = [{"article": name, **_row(p)} for name, pairs in compared for p in pairs]
        listing(rows, shape, columns=("article", *_FIELDS))
    reading.leave()


def _compared(reading: _Files | _Stored, minimum: float) -> Iterator[tuple[str, list[Pair]]]:
    from timeline.extract.comparing import compare

    for name, one, other in reading:
        yield name, compare(one, other, minimum)


class _Files:
    """The readings of files, made now."""

    def __init__(self, a: str, b: str, files: list[str], published: str | None) -> None:
        from timeline.extract.extractors import extractor

        self._extractors = extractor(a), extractor(b)
        self._files, self._published = files, options.publication_day(published)
        self._good = self._bad = 0

    def __iter__(self) -> Iterator[tuple[str, tuple[Report, ...], tuple[Report, ...]]]:
        from timeline.cli.reading import Articles
        from timeline.jobs.spending import Spending
        from timeline.sources.given import Given

        spending = Spending()
        for file in self._files:
            articles = Articles(file, Given(published=self._published))
            for article in articles:
                one, other = (each.extract(article) for each in self._extractors)
                spending.add(one)
                spending.add(other)
                if failed := one.failed or other.failed:
                    articles.fail(f"{article.origin or file}: {failed}")
                    continue
                yield article.id or article.title or article.origin or file, one.reports, other.reports
            self._good, self._bad = self._good + articles.good, self._bad + articles.bad
        if line := spending.line():
            say(line)

    def leave(self) -> None:
        if self._bad:
            raise typer.Exit(3 if self._good else 1)


@dataclass(frozen=True, slots=True)
class _Stored:
    """The readings that a store holds."""

    a: str
    b: str
    db: str | None

    def __iter__(self) -> Iterator[tuple[str, tuple[Report, ...], tuple[Report, ...]]]:
        from timeline.store import open_store

        with open_store(self.db, create=False, readonly=True) as store:
            for article, one, other in store.read_by(self.a, self.b):
                yield article.title or article.origin or article.id, one, other

    def leave(self) -> None:
        """Nothing can have gone wrong by now."""


_FIELDS = ("found_by", "date", "kind", "type", "modality", "actors", "title", "trigger_start", "sentence")


def _row(pair: Pair) -> dict[str, Any]:
    """All of a pair, each value of both sides apart."""
    told = pair.a or pair.b
    assert told is not None  # noqa: S101 - a pair has a side
    row: dict[str, Any] = {"found_by": "both" if pair.a and pair.b else "a" if pair.a else "b"}
    for name, value in _VALUES.items():
        row[f"{name}_a"], row[f"{name}_b"] = (value(side) if side else None for side in (pair.a, pair.b))
    return {**row, "trigger_start": told.triggers[0].start, "sentence": told.event.sentence}


_VALUES: dict[str, Any] = {
    "date": lambda told: told.event.when.edtf,
    "kind": lambda told: told.event.kind,
    "type": lambda told: told.event.type,
    "modality": lambda told: told.event.modality.value,
    "actors": lambda told: sorted(told.actors),
    "title": lambda told: told.event.title,
}


def _line(article: str, pair: Pair, a: str, b: str) -> dict[str, str]:
    """A pair as people read it: one value where both agree, "A's ≠ B's" where they do not."""
    told = pair.a or pair.b
    assert told is not None  # noqa: S101 - a pair has a side
    return {
        "article": article,
        "found by": "both" if pair.a and pair.b else a if pair.a else b,
        "date": _either(pair, lambda t: t.event.when.edtf or "?"),
        "kind": _either(pair, lambda t: t.event.kind),
        "actors": _either(pair, lambda t: "; ".join(sorted(t.actors)) or "nobody"),
        "title": told.event.title,
    }


def _either(pair: Pair, value: Any) -> str:
    sides: list[Told] = [side for side in (pair.a, pair.b) if side]
    return " ≠ ".join(dict.fromkeys(value(side) for side in sides))


def _figures(summed: Totals) -> dict[str, Any]:
    return {
        "events_a": summed.a,
        "events_b": summed.b,
        "matched": summed.matched,
        "only_a": summed.a - summed.matched,
        "only_b": summed.b - summed.matched,
        "precision": _share(summed.precision),
        "recall": _share(summed.recall),
        "f1": _share(summed.f1),
        **{name: getattr(summed, name) for name in _AGREEING},
    }


_AGREEING = ("same_date", "near_date", "same_kind", "same_type", "same_modality", "same_actors")


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _say_totals(summed: Totals, articles: int, a: str, b: str) -> None:
    """The totals in three lines."""
    only = f"{summed.a - summed.matched} only {a}, {summed.b - summed.matched} only {b}"
    say(f"{articles} articles: {summed.a} events by {a}, {summed.b} by {b}; {summed.matched} by both, {only}")
    if summed.matched:
        shares = [f"{100 * value:.0f} %" for value in (summed.precision or 0, summed.recall or 0, summed.f1 or 0)]
        say(f"{b} against {a}: precision {shares[0]}, recall {shares[1]}, F1 {shares[2]}")
        agreed = ", ".join(
            f"{name.replace('same_', '').replace('near_date', 'date at least possibly')} {getattr(summed, name)}"
            for name in _AGREEING
        )
        say(f"of the {summed.matched} the same: {agreed}")
