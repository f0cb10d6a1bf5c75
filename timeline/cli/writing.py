"""Where an export goes: a file, a folder of parts, or standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from timeline.model.errors import UsageError

if TYPE_CHECKING:
    from timeline.exports.formats import Format
    from timeline.exports.options import Options

_Item = TypeVar("_Item")
_STDOUT = Path("-")


class Target:
    """The place of one export in a format. `path` is None for standard output.

    Raises UsageError for options that do not go together, TimelineError where something is there already and may not be
    written over, or the format's library is missing: all before anything is read.
    """

    def __init__(
        self, format: Format, output: Path | None, partition_by: str | None, *, with_metadata: bool, force: bool
    ) -> None:
        from timeline.exports.files import refuse_what_is_there

        self.format, self.path = format, None if output == _STDOUT else output
        self._parted, self._force, self._described = partition_by is not None, force, with_metadata
        if partition_by is not None and (partition_by != "year" or not format.foldered):
            raise UsageError("--partition-by: only Parquet, and only by year", hint="Say --format parquet")
        if with_metadata and format.name not in ("csv", "tsv"):
            raise UsageError(f"--with-metadata: {format.name} describes itself", hint="Say --format csv")
        if self.path is None:
            if self._parted or with_metadata:
                option = "--partition-by" if self._parted else "--with-metadata"
                raise UsageError(f"{option}: standard output is one file", hint="Say where with -o")
            if format.binary and sys.stdout.isatty():
                raise UsageError(f"{format.name} is not for a terminal", hint="Name a file with -o, or pipe it")
        elif not force:
            refuse_what_is_there(self.path, *self._beside())
        self._exporter = format.exporter()

    def write(self, items: Iterable[Any], options: Options) -> None:
        """Write what the format makes of events or reports, all or nothing."""
        from timeline.exports import files

        if self.path is None:
            sys.stdout.flush()
            sys.stdout.buffer.writelines(self._exporter.write(items, options))
            sys.stdout.buffer.flush()
        elif self._parted:
            exporter: Any = self._exporter
            files.write_folder(
                self.path, lambda folder: exporter.write_parts(items, folder, options), force=self._force
            )
        else:
            files.write_atomically(self.path, self._exporter.write(items, options))
            if self._described:
                self._describe(options)

    @contextmanager
    def progress(self, total: Callable[[], int]) -> Iterator[Callable[[Iterable[_Item]], Iterable[_Item]]]:
        """A bar for a person who waits, moved by what goes through the function; none where programs look on."""
        from timeline.cli.progress import progress

        if not sys.stderr.isatty() or (self.path is None and sys.stdout.isatty()):
            yield lambda items: items
            return
        with progress(f"Writing {self.format.name}", total()) as step:
            yield lambda items: _stepping(items, step)

    def _describe(self, options: Options) -> None:
        from timeline.exports import files
        from timeline.exports.metadata import csvw, datapackage

        assert self.path is not None  # noqa: S101 - checked where the target was made
        told = datapackage(self.path, options.table), csvw(self.path, options.table)
        for path, text in zip(self._beside(), told, strict=True):
            files.write_atomically(path, [text.encode()])

    def _beside(self) -> list[Path]:
        """The files that describe this one."""
        if not self._described or self.path is None:
            return []
        return [self.path.with_name("datapackage.json"), self.path.with_name(f"{self.path.name}-metadata.json")]


def _stepping(items: Iterable[_Item], step: Callable[[str], None]) -> Iterator[_Item]:
    for item in items:
        yield item
        step("")
