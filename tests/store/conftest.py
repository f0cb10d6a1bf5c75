"""Stores that many cases share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from timeline.store import open_store
from timeline.store.store import Store


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """Stores that each case empties: making new ones would cost more than what is tried on them."""
    folder = tmp_path_factory.mktemp("two")
    with open_store(str(folder / "one.db")) as one, open_store(str(folder / "other.db")) as other:
        yield one, other


@pytest.fixture(scope="module")
def reused(two: tuple[Store, Store]) -> Store:
    """One such store."""
    return two[0]
