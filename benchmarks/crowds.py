"""What one more article costs about a happening that n articles tell in words of their own.

    python benchmarks/crowds.py [N...]

Prints milliseconds of CPU time for each size, the middle one and the mean of fifteen: where all agree, and where they
differ in place, people and date, so that some may be one of several events. SQLite, in memory where there is /dev/shm.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from timeline.model import (
    Actor,
    ActorKind,
    Article,
    Extraction,
    Modality,
    Participation,
    Place,
    Report,
    Role,
    Span,
    When,
)
from timeline.model.merging import countries_of
from timeline.store import open_store

_SIZES = (100, 300, 1_000)
_MORE = 15
_FIRST, _LAST = "har kes pip cea osp lum tra ver mon gil", "bour trel line fire reyx inor"
_WORDS = [one + other for one in _FIRST.split() for other in _LAST.split()]
_RUSSIA = Participation(Actor("Russia", ActorKind.COUNTRY, "RUS", "RUS"), Role.SOURCE, "Russia")
_UKRAINE = Participation(Actor("Ukraine", ActorKind.COUNTRY, "UKR", "UKR"), Role.TARGET, "Ukraine")
_PUTIN = Participation(Actor("Vladimir Putin", ActorKind.PERSON, "RUS", "Q7747"), Role.SOURCE, "Putin")
_KYIV = Place("Kyiv", "UKR", 50.45, 30.52, id="geonames:703448")
_KHARKIV = Place("Kharkiv", "UKR", 49.99, 36.23, id="geonames:706483")


def articles(agreeing: bool) -> Iterator[Extraction]:
    """Without end, the same ones each time."""
    chance, number = random.Random(1), 0
    while True:
        others = not agreeing and chance.random() < 0.3
        actors = (_RUSSIA, _UKRAINE, _PUTIN) if others else (_RUSSIA, _UKRAINE)
        place = _KYIV if agreeing else chance.choices([None, _KYIV, _KHARKIV], [5, 4, 1])[0]
        when = When.of("2022-02-24" if agreeing or chance.random() < 0.9 else "2022-02")
        said = " ".join(chance.sample(_WORDS, 9)) + " invaded"
        title, kind, span = "Russia invades Ukraine", "invasion", Span(0, 60)
        told = (title, when, "ASSAULT", kind, Modality.ACTUAL, 0.6, actors, place, countries_of(actors, place))
        report = Report(0, span, Span(3, 9), said, "invaded", *told)
        text = " ".join(f"{chance.choice(_WORDS)}{chance.randrange(10**6)}" for _ in range(40))  # no copies
        article = Article(text, published=date(2022, 2, 25), published_from="given", origin=f"file:///{number}")
        yield Extraction(article, (report,), (), (), (), "benchmark 1")
        number += 1


def measure(agreeing: bool, sizes: list[int]) -> None:
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a folder of random name in it
    coming, there = articles(agreeing), 0
    with tempfile.TemporaryDirectory(dir=memory) as folder, open_store(f"{folder}/crowd.db") as store:
        for size in sizes:
            store.save_all([next(coming) for _ in range(size - there)])
            times = []
            for _ in range(_MORE):
                one, begun = next(coming), time.process_time()
                store.save(one)
                times.append((time.process_time() - begun) * 1000)
            there = size + _MORE
            how = "agree" if agreeing else "differ"
            middle, mean = statistics.median(times), statistics.mean(times)
            print(f"{size:>7,} articles that {how:6}  {middle:8.1f} ms  mean {mean:8.1f} ms", flush=True)


if __name__ == "__main__":
    wanted = sorted(map(int, sys.argv[1:])) or list(_SIZES)
    for agreeing in (True, False):
        measure(agreeing, wanted)
