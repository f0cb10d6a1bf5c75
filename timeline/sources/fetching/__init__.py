"""Fetching over HTTP, apart from reading what was fetched (docs/fetching.md).

`Fetcher.fetch` asks for one address, from any number of threads. What decides is pure: `addresses` (what is the
public's), `urls` (what may be asked), `answers` (what an answer means), `bodies` (decompressing within bounds). What
acts is thin: `connecting`, `exchange` (one request), `pacing` (turns), `robots`, `client`.
"""

from timeline.sources.fetching.client import Fetcher
from timeline.sources.fetching.urls import shown
from timeline.sources.fetching.values import Fetched, FetchError, Outcome, Policy, Validators

__all__ = ["FetchError", "Fetched", "Fetcher", "Outcome", "Policy", "Validators", "shown"]
