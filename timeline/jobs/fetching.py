"""Fetching for an import: what addresses gave before is remembered, so that what is unchanged is not sent again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from timeline.model.errors import InputError
from timeline.sources.fetching import Fetcher, Outcome, Validators
from timeline.sources.finding import Found, name_in
from timeline.store.values import Fetch

if TYPE_CHECKING:
    from timeline.store.store import Store


class Fetching:
    """Fetches what has changed since the store knows it (all with `anew`), and keeps for the end of the run what the
    store shall know."""

    def __init__(self, fetcher: Fetcher, store: Store | None = None, *, anew: bool = False) -> None:
        self._fetcher, self._store, self._anew = fetcher, store, anew
        self._learnt: dict[str, Fetch] = {}

    def __call__(self, url: str) -> Found | None:
        """The bytes at an address; None where they are as they were when they were imported. Raises InputError."""
        known = self._store.fetched(url) if self._store is not None and not self._anew else None
        if known is not None and known.fresh_until is not None and datetime.now(UTC) < known.fresh_until:
            return None
        asked = Validators(known.etag, known.last_modified) if known is not None else Validators()
        got = self._fetcher.fetch(url, asked)
        if got.outcome is Outcome.GONE:
            raise InputError("it is gone for good, its server says (410)", where=url, hint="Leave the address out")
        given = got.validators
        self._learnt[url] = Fetch(url, given.etag, given.last_modified, got.fetched, got.fresh_until)
        if got.outcome is Outcome.UNCHANGED:
            return None
        kind = f"{got.content_type}; charset={got.charset}" if got.charset else got.content_type
        return Found.of(got.data, url, name_in(got.final), url=got.moved or url, media_type=kind)

    def forget(self, url: str) -> None:
        """Do not remember what an address gave: not all of it could be imported."""
        self._learnt.pop(url, None)

    def learnt(self) -> list[Fetch]:
        """What the store shall know once everything is saved."""
        return list(self._learnt.values())
