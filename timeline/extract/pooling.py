"""Work on articles in several processes, results in the order of the articles."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

from timeline.model import Article, Extraction

_CHUNK = 16
Result = TypeVar("Result")


def extract_in_order(articles: Iterable[Article], jobs: int = 1) -> Iterator[Extraction]:
    """Extractions in the articles' order. With `jobs` above 1 in so many processes; what waits stays bounded."""
    if jobs <= 1:
        from timeline.extract.pipeline import DefaultExtractor

        yield from DefaultExtractor().extract_many(articles)
        return
    yield from in_order(_extract, articles, jobs)


def in_order(
    work: Callable[[list[Article]], list[Result]], articles: Iterable[Article], jobs: int = 1
) -> Iterator[Result]:
    """What `work` makes of the articles, a few at a time, in their order. `work` must be importable by its name."""
    source = iter(articles)
    if jobs <= 1:
        while chunk := list(islice(source, 1)):
            yield from work(chunk)
        return
    pending: deque[Future[list[Result]]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        while True:
            while len(pending) < 2 * jobs and (chunk := list(islice(source, _CHUNK))):
                pending.append(pool.submit(work, chunk))
            if not pending:
                return
            yield from pending.popleft().result()


def _extract(chunk: list[Article]) -> list[Extraction]:
    from timeline.extract.pipeline import DefaultExtractor

    return list(DefaultExtractor().extract_many(chunk))
