"""Fetching for an import: what addresses gave before is remembered, so that what is unchanged is not sent again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from timeline.jobs.secrets import expanded, hidden
from timeline.sources.fetching import Fetched, Fetcher, FetchError, Outcome, Validators
from timeline.sources.finding import Found, name_in
from timeline.store.values import Fetch as Known

if TYPE_CHECKING:
    from timeline.store.store import Store


class Fetching:
    """Fetches what has changed since the store knows it (all with `anew`), and keeps for the end of the run what the
    store shall know. With `files` it knows files, too, by their size and time.

    "${NAME}" in an address stands for a variable of the `environment`, whose value nobody else gets to see.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        store: Store | None = None,
        *,
        anew: bool = False,
        files: bool = False,
        follow: bool = False,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._fetcher, self._store, self._anew, self._files = fetcher, store, anew, files
        self._how = " --follow" if follow else ""
        self._environment = environment or {}
        self._learnt: dict[str, Known] = {}

    def __call__(self, url: str, mark: str = "") -> Found | None:
        """The bytes at an address; None where they are as they were when they were imported, by their server's word or
        by the `mark` that a list gives them. Raises InputError."""
        known = self._known(url)
        if known is not None and (known.etag == _marked(mark) if mark else _is_fresh(known)):
            return None
        asked = Validators(known.etag, known.last_modified) if known is not None and not mark else Validators()
        got = self._fetched(url, asked)
        if got.outcome is Outcome.GONE:
            what = "it is gone for good, its server says (410)"
            raise FetchError(what, where=url, hint="Leave the address out", status=410)
        given = Validators(_marked(mark)) if mark else got.validators
        self._learnt[url] = Known(url + self._how, given.etag, given.last_modified, got.fetched, got.fresh_until)
        if got.outcome is Outcome.UNCHANGED:
            return None
        kind = f"{got.content_type}; charset={got.charset}" if got.charset else got.content_type
        address = url if "${" in url else got.moved or url
        return Found.of(got.data, url, name_in(got.final), url=address, media_type=kind)

    def as_before(self, found: Found) -> bool:
        """Whether a file is as it was when it was imported."""
        if not self._files or found.path is None:
            return False
        try:
            told = found.path.stat()
        except OSError:
            return False
        mark = f"{told.st_size} {told.st_mtime_ns}"
        known = self._known(found.origin)
        self._learnt[found.origin] = Known(found.origin + self._how, mark, "", datetime.now(UTC))
        return known is not None and known.etag == mark

    def forget(self, url: str) -> None:
        """Do not remember what an address gave: not all of it could be imported."""
        self._learnt.pop(url, None)

    def knows(self, url: str) -> bool:
        """Whether what an address gave was imported before."""
        return self._store is not None and self._store.fetched(url + self._how) is not None

    def holds(self, url: str) -> bool:
        """Whether there is an article of an address now."""
        return self._store is not None and self._store.holds(url)

    def learnt(self) -> list[Known]:
        """What the store shall know once everything is saved."""
        return list(self._learnt.values())

    def _known(self, url: str) -> Known | None:
        return self._store.fetched(url + self._how) if self._store is not None and not self._anew else None

    def _fetched(self, url: str, asked: Validators) -> Fetched:
        try:
            return self._fetcher.fetch(expanded(url, self._environment) if "${" in url else url, asked)
        except FetchError as error:
            if "${" not in url:
                raise
            what = hidden(error.what, url, self._environment)
            raise FetchError(
                what,
                where=url,
                hint=hidden(error.hint, url, self._environment),
                passing=error.passing,
                retry_after=error.retry_after,
                status=error.status,
            ) from None


def _is_fresh(known: Known) -> bool:
    return known.fresh_until is not None and datetime.now(UTC) < known.fresh_until


def _marked(mark: str) -> str:
    """A mark in the place of what a server says: in quotes, as that is."""
    return f'"mark:{mark}"'
