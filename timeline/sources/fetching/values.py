"""What is asked of a fetch, and what it gives: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from timeline.model.errors import InputError


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave with a body so that it can say later that nothing changed; sent back verbatim."""

    etag: str = ""
    last_modified: str = ""

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True)
class Policy:
    """How to fetch. Sizes in bytes, times in seconds.

    `contact` (an address or a page) is told to servers; `largest` counts after decompression; `total` is for one try,
    its redirects and all, without the waiting for the host's turn; `delay` lies between two requests to one host.
    """

    contact: str = ""
    allow_private: bool = False
    offline: bool = False
    largest: int = 20_000_000
    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    tries: int = 3
    redirects: int = 10
    robots: bool = True
    delay: float = 1.0


class Outcome(StrEnum):
    FETCHED = "fetched"
    UNCHANGED = "unchanged"  # as when the validators were given (304)
    GONE = "gone"  # for ever, by the server's word (410)


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `final` is where it came from, `moved` the same where every redirect on the way was a lasting one,
    else "". `data` is whole and decompressed, empty unless FETCHED; `content_type` is without its parameters, lower
    case; `charset` is a name that Python knows, or "". Nothing new is to be expected before `fresh_until`."""

    url: str
    final: str
    moved: str
    outcome: Outcome
    data: bytes
    content_type: str
    charset: str
    validators: Validators
    fresh_until: datetime | None
    fetched: datetime


class FetchError(InputError):
    """Nothing was fetched. `passing`: worth trying again later, not before `retry_after` seconds where that is known.
    `status` is the server's, None where none answered."""

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        hint: str = "",
        passing: bool = False,
        retry_after: float | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(what, where=where, hint=hint)
        self.passing, self.retry_after, self.status = passing, retry_after, status
