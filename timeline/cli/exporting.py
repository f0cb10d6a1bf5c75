"""export: the timeline for other tools; formats: which there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.asking.asked import Asked
from timeline.asking.questions import query_of
from timeline.cli import options
from timeline.cli.filters import filters
from timeline.cli.paging import Page, beyond
from timeline.cli.printing import Shape, listing, many, say, shape_of
from timeline.model import Event, EventReport
from timeline.model.errors import UsageError

if TYPE_CHECKING:
    from timeline.exports.formats import Format
    from timeline.exports.options import Options
    from timeline.exports.tables import Table

_DICTIONARY = {"json": Shape.JSON, "jsonl": Shape.NL}


@filters()
def export(
    asked: Asked,
    format_: Annotated[
        str | None,
        typer.Option("--format", "-f", help="One that 'timeline formats' lists; else as the file is called, else csv."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write (all or nothing); else, or for -, stdout.")
    ] = None,
    columns: Annotated[
        str | None, typer.Option("--columns", metavar="A,B,C", help="Only these columns, in this order.")
    ] = None,
    long: Annotated[bool, typer.Option("--long", help="A row for each event and actor.")] = False,
    reports: Annotated[bool, typer.Option("--reports", help="A row for each report of the events.")] = False,
    raw: Annotated[
        bool,
        typer.Option("--raw", help="CSV, TSV, Parquet: texts as they are, also those that would run when opened."),
    ] = False,
    plover: Annotated[
        bool,
        typer.Option("--plover", help="Types as the PLOVER manual codes them: plans folded, statements left out."),
    ] = False,
    partition_by: Annotated[
        str | None, typer.Option("--partition-by", metavar="year", help="Parquet: a folder with a part for each year.")
    ] = None,
    with_metadata: Annotated[
        bool,
        typer.Option(
            "--with-metadata", help="CSV, TSV: also datapackage.json and the file's own -metadata.json, beside it."
        ),
    ] = False,
    dictionary: Annotated[
        bool, typer.Option("--dictionary", help="Print what the columns mean, and export nothing.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over what exists.")] = False,
    db: options.Db = None,
) -> None:
    """Export a timeline for other tools. The columns of CSV are described in docs/csv.md.

    Example: timeline export --country MMR -o myanmar.csv
    """
    from timeline.asking.telling import with_reports
    from timeline.cli.writing import Target
    from timeline.exports.options import Options
    from timeline.exports.tables import dictionary as described
    from timeline.store import open_store

    wanted = _format(format_, output)
    table = _table(wanted, columns, long=long, reports=reports)
    if raw and not wanted.raw:
        raise UsageError(f"--raw: {wanted.name} has no other way to hold texts", hint=_able("raw"))
    if dictionary:
        listing(described(table), _DICTIONARY.get(wanted.name, Shape.CSV), columns=())
        return
    target = Target(wanted, output, partition_by, with_metadata=with_metadata, force=force)
    with open_store(db, create=False) as store:
        query = query_of(store, asked, say)
        more = replace(query, limit=beyond(query.limit))
        if wanted.rows and not (wanted.dated or plover):
            found: Iterator[Any] = store.flat_events(more, () if reports else table.needs)
        else:
            found = store.events(more)
        page = Page(found, query.limit)
        told = Told(as_asked(page, plover=plover), dated=wanted.dated)
        with target.progress(lambda: store.count(query)) as counted:
            items = counted(told)
            if reports:
                target.write(store.reports_of(items), Options(table, raw))
            elif wanted.told:
                known: dict[str, list[EventReport]] = {}
                target.write(with_reports(store, items, known), _headed(asked, known))
            else:
                target.write(items, Options(table, raw))
    told.tell(target)
    if page.more:
        say(page.hint)


def formats(as_json: options.AsJson = False, as_csv: options.AsCsv = False, as_nl: options.AsNl = False) -> None:
    """List the formats of export: what each is for, and the extra that it needs.

    Example: timeline formats
    """
    from timeline.exports import formats as known

    rows: list[dict[str, Any]] = [
        {
            "format": each.name,
            "suffix": each.suffix,
            "for": each.purpose,
            "columns": each.rows,
            "extra": each.extra or None,
            "installed": each.installed,
        }
        for each in known.formats().values()
    ]
    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    if shape is Shape.TABLE:
        rows = [{**row, "installed": "yes" if row["installed"] else "no", "extra": row["extra"] or ""} for row in rows]
    listing(rows, shape, columns=("format", "suffix", "for", "extra", "installed"))


class Told:
    """Events on their way out, counted; with `dated` those of which no day is known stay behind."""

    def __init__(self, events: Iterable[Event], *, dated: bool) -> None:
        self._events, self._dated = events, dated
        self.shown = self.undated = 0

    def __iter__(self) -> Iterator[Event]:
        for event in self._events:
            if self._dated and event.when.first is None:
                self.undated += 1
            else:
                self.shown += 1
                yield event

    def tell(self, target: Any) -> None:
        """How many went where, and what did not."""
        if target.path is not None:
            say(f"Wrote {many(self.shown, 'event')} to {target.path}.")
        if self.undated:
            say(f"Left out {many(self.undated, 'event')} without a date: {target.format.name} has no place for them.")


def _headed(asked: Asked, reports: dict[str, list[EventReport]]) -> Options:
    """How a page is wanted that answers a question."""
    from timeline.asking.heading import about, heading
    from timeline.exports.options import Options
    from timeline.reference.countries import all_countries

    names = {code: country.name for code, country in all_countries().items()}
    return Options(heading=heading(asked), about=about(asked), countries=names, reports=reports)


def as_asked(events: Iterable[Event], *, plover: bool) -> Iterable[Event]:
    from timeline.exports.plover import as_plover

    return as_plover(events) if plover else events


def _format(name: str | None, output: Path | None) -> Format:
    from timeline.exports import formats as known

    if name is not None:
        return known.find(name)
    return (known.of_file(output.name) if output else None) or known.find("csv")


def _table(wanted: Format, columns: str | None, *, long: bool, reports: bool) -> Table:
    """The table that is asked for. Raises UsageError where the format has no rows."""
    from timeline.exports import tables

    if long and reports:
        raise UsageError("give only one of --long and --reports")
    if (long or reports or columns is not None) and not wanted.rows:
        option = "--long" if long else "--reports" if reports else "--columns"
        raise UsageError(f"{option}: {wanted.name} has no columns", hint=_able("rows"))
    table = tables.ACTORS if long else tables.REPORTS if reports else tables.EVENTS
    return table if columns is None else table.only(columns.split(","))


def _able(what: str) -> str:
    """Which formats are able to do what others are not: a field of `Format`."""
    from timeline.exports.formats import formats as known

    return f"Say --format {', '.join(each.name for each in known().values() if getattr(each, what))}"
