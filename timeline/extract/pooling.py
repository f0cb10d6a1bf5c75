"""Extraction in several processes, results in the order of the articles."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from timeline.extract.pipeline import DefaultExtractor
from timeline.model import Article, Extraction

_CHUNK = 16


def extract_in_order(articles: Iterable[Article], jobs: int = 1) -> Iterator[Extraction]:
    """Extractions in the articles' order. With `jobs` above 1 in so many processes; what waits stays bounded."""
    if jobs <= 1:
        yield from DefaultExtractor().extract_many(articles)
        return
    pending: deque[Future[list[Extraction]]] = deque()
    source = iter(articles)
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        while True:
            while len(pending) < 2 * jobs and (chunk := list(islice(source, _CHUNK))):
                pending.append(pool.submit(_extract, chunk))
            if not pending:
                return
            yield from pending.popleft().result()


def _extract(chunk: list[Article]) -> list[Extraction]:
    return list(DefaultExtractor().extract_many(chunk))
