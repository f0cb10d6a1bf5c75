"""Work on articles in several processes, results in the order of the articles."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache, partial
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, TypeVar

from timeline.extract.extractors import DEFAULT, extractor
from timeline.model import Article, Extraction

if TYPE_CHECKING:
    from timeline.extract.pipeline import Extractor

_CHUNK = 16
Result = TypeVar("Result")


def extract_in_order(articles: Iterable[Article], jobs: int = 1, name: str = DEFAULT) -> Iterator[Extraction]:
    """What the extractor of a name makes of the articles, in their order.

    With `jobs` above 1 in so many processes; what waits stays bounded.
    """
    if jobs <= 1:
        yield from extractor(name).extract_many(articles)
        return
    # What is paid for by the article goes out one by one.
    yield from in_order(partial(_extract, name), articles, jobs, chunk=_CHUNK if name == DEFAULT else 1)


def in_order(
    work: Callable[[list[Article]], list[Result]], articles: Iterable[Article], jobs: int = 1, *, chunk: int = _CHUNK
) -> Iterator[Result]:
    """What `work` makes of the articles, a few at a time, in their order. `work` must be importable by its name."""
    source = iter(articles)
    if jobs <= 1:
        while piece := list(islice(source, 1)):
            yield from work(piece)
        return
    pending: deque[Future[list[Result]]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        while True:
            while len(pending) < 2 * jobs and (piece := list(islice(source, chunk))):
                pending.append(pool.submit(work, piece))
            if not pending:
                return
            yield from pending.popleft().result()


@cache
def _own(name: str) -> Extractor:
    """The process's own extractor: what it has learnt of a server, and its connection, serve the next articles too."""
    return extractor(name)


def _extract(name: str, articles: list[Article]) -> list[Extraction]:
    return list(_own(name).extract_many(articles))
