"""Two readings of an article are held against each other happening by happening."""

from __future__ import annotations

from dataclasses import replace

from tests.conftest import extracted
from timeline.extract.comparing import Pair, compare, totals
from timeline.model import Report, When

TEXT = (
    "Vladimir Putin met Min Aung Hlaing in Moscow on Tuesday and praised him. "
    "The army of Myanmar bombed a village in Shan State on Monday. Aung San Suu Kyi was arrested on February 1, 2021."
)


def reports() -> dict[str, Report]:
    found = {r.trigger.of(TEXT): r for r in extracted(TEXT).reports}
    assert {"met", "bombed", "arrested"} <= set(found)
    return {name: found[name] for name in ("met", "bombed", "arrested")}


def words(pairs: list[Pair]) -> list[tuple[str, str]]:
    return [tuple(side.triggers[0].of(TEXT) if side else "" for side in (p.a, p.b)) for p in pairs]  # type: ignore[misc]


def test_a_reading_agrees_with_itself_in_all() -> None:
    all_reports = list(reports().values())
    summed = totals(compare(all_reports, all_reports))
    assert (summed.a, summed.b, summed.matched) == (3, 3, 3)
    assert (summed.precision, summed.recall, summed.f1) == (1.0, 1.0, 1.0)
    assert summed.same_date == summed.near_date == summed.same_kind == summed.same_type == summed.same_actors == 3


def test_what_only_one_tells_stands_alone_and_differences_are_counted() -> None:
    ours = reports()
    theirs = [
        replace(ours["met"], kind="visit", when=When.of("2025-03"), actors=ours["met"].actors[:1]),
        replace(ours["arrested"], when=When.of("2020")),
    ]
    pairs = compare(ours.values(), theirs)
    assert words(pairs) == [("met", "met"), ("bombed", ""), ("arrested", "arrested")]
    summed = totals(pairs)
    assert (summed.a, summed.b, summed.matched) == (3, 2, 2)
    assert (summed.precision, summed.recall) == (1.0, 2 / 3)
    assert (summed.same_date, summed.near_date, summed.same_kind, summed.same_actors) == (0, 1, 1, 1)
    assert words(compare(theirs, ours.values())) == [("met", "met"), ("", "bombed"), ("arrested", "arrested")]


def test_of_two_candidates_the_one_that_agrees_in_more_is_taken() -> None:
    met = reports()["met"]
    other = replace(met, happening=9, kind="visit", trigger=met.span)
    pairs = compare([met], [other, met])
    assert sorted((p.a is not None, p.b.triggers) for p in pairs if p.b) == [
        (False, (met.span,)),
        (True, (met.trigger,)),
    ]


def test_other_words_of_the_sentence_match_only_for_a_kind_of_one_family() -> None:
    met = reports()["met"]
    moved = replace(met, trigger=met.trigger._replace(start=met.span.end - 4, end=met.span.end - 1))
    assert totals(compare([met], [replace(moved, kind="summit")])).matched == 1
    assert totals(compare([met], [replace(moved, kind="funeral", type="OTHER")])).matched == 0


def test_salience_hides_what_neither_reading_thinks_much_of() -> None:
    ours = reports()
    low = [replace(r, salience=0.1) for r in ours.values()]
    assert compare(low, low, 0.4) == []
    assert totals(compare([replace(ours["met"], salience=0.9)], low, 0.4)).matched == 1


def test_nothing_compared_with_nothing_is_no_division() -> None:
    summed = totals(compare([], []))
    assert (summed.precision, summed.recall, summed.f1) == (None, None, None)
