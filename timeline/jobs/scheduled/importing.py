"""What a run of a job does: the import that its operator defined, of what has changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from timeline.extract.extractors import DEFAULT, extractor
from timeline.jobs.fetching import Fetching
from timeline.jobs.importing import Tally, import_paths
from timeline.jobs.listening import Listener
from timeline.jobs.reading import Item, Reading, items
from timeline.jobs.rows import Keeping
from timeline.jobs.scheduled.options import OPTIONS
from timeline.jobs.secrets import expanded
from timeline.model import Job
from timeline.model.errors import InputError, UsageError
from timeline.sources import formats
from timeline.sources.fetching import Fetcher, Policy
from timeline.sources.filing import By
from timeline.sources.finding import is_address
from timeline.sources.formats import AnyFormat
from timeline.sources.given import Given

if TYPE_CHECKING:
    from timeline.store.store import Store


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options of a job, read."""

    given: Given
    format: AnyFormat | None
    keeping: Keeping
    follow: bool
    policy: Policy
    jobs: int
    extractor: str


def wanted(options: Mapping[str, str]) -> Wanted:
    """What a job's options mean. Raises UsageError for those that are none, InputError for a mapping that cannot be
    read."""
    for name in options:
        if name not in OPTIONS:
            raise UsageError(f"a job has no option {name!r}", hint=f"Say {', '.join(OPTIONS)}")
    given = Given(publisher=options.get("publisher", ""), published_from=_by(options.get("published-from", By.NAME)))
    link = options.get("link")
    extractor(options.get("extractor", DEFAULT))
    return Wanted(
        given,
        _format(options.get("format", ""), options.get("mapping", "")),
        Keeping(options.get("dataset", ""), None if link is None else _yes("link", link)),
        _yes("follow", options.get("follow", "no")),
        Policy(
            contact=options.get("contact", ""),
            allow_private=_yes("allow-private", options.get("allow-private", "no")),
        ),
        _number(options.get("jobs", "1")),
        options.get("extractor", DEFAULT),
    )


class Importing:
    """Imports what jobs' sources name; a context manager. What servers ask for (robots.txt, to be left alone) is
    remembered from one job to the next. `opened` makes who fetches."""

    def __init__(
        self, environment: Mapping[str, str] = os.environ, opened: Callable[[Policy], Fetcher] = Fetcher
    ) -> None:
        self._environment, self._opened = environment, opened
        self._fetchers: dict[Policy, Fetcher] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, _error: object, _trace: object) -> None:
        for fetcher in self._fetchers.values():
            fetcher.close()

    def __call__(self, store: Store, job: Job, listener: Listener) -> Tally:
        """Files that are as they were when they were imported are passed over, as servers say of addresses.

        Raises as `import_paths` and `wanted` do, InputError for a variable that is not set."""
        asked = wanted(job.options)
        return import_paths(
            store,
            self._paths(job),
            reading=self._reading(store, asked),
            keeping=asked.keeping,
            jobs=asked.jobs,
            listener=listener,
            name=asked.extractor,
        )

    def items(self, store: Store, job: Job, missing: Callable[[InputError], None]) -> Iterator[Item]:
        """What an import would read; nothing is written. Raises as an import does."""
        return items(self._paths(job), self._reading(store, wanted(job.options)), None, missing)

    def _paths(self, job: Job) -> list[str]:
        return [source if is_address(source) else expanded(source, self._environment) for source in job.sources]

    def _reading(self, store: Store, asked: Wanted) -> Reading:
        if asked.policy not in self._fetchers:
            self._fetchers[asked.policy] = self._opened(asked.policy)
        fetcher = self._fetchers[asked.policy]
        fetching = Fetching(fetcher, store, files=True, follow=asked.follow, environment=self._environment)
        return Reading(asked.given, asked.format, asked.follow, fetching)


def _format(name: str, mapping: str) -> AnyFormat | None:
    if name and mapping:
        raise UsageError("a job has a format or a mapping, not both")
    return formats.forced(name, mapping)


def _by(name: str) -> By:
    try:
        return By(name)
    except ValueError as error:
        raise UsageError(f"published-from: {name!r} is none", hint=f"Say {', '.join(By)}") from error


def _yes(name: str, value: str) -> bool:
    if value.lower() not in ("yes", "no", "true", "false"):
        raise UsageError(f"{name}: {value!r} is neither yes nor no")
    return value.lower() in ("yes", "true")


def _number(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 64:
        raise UsageError(f"jobs: {value!r} is no number of processes", hint="Say 1 to 64")
    return int(value)
