"""mapping: what the columns of a table mean, proposed and checked."""

from __future__ import annotations

import sys
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli.printing import say
from timeline.model.errors import InputError, UsageError

if TYPE_CHECKING:
    from timeline.sources.datasets.proposing import Proposal
    from timeline.sources.finding import Found

app = typer.Typer(help="Say what the columns of a table mean, so that it can be imported.", no_args_is_help=True)

_TOLD = 5  # rows that cannot be read
_TABLES = ("table", "articles", "jsonl", "text")  # nothing tells a table without a name from text

_File = Annotated[Path, typer.Argument(metavar="FILE", help="A CSV, TSV, XLSX, Parquet, JSON or JSON Lines file.")]


@app.command()
def new(
    file: _File,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write it to a file.")] = None,
    dataset: Annotated[str, typer.Option(help="Name of the data set; else that of the file.")] = "",
    day_first: Annotated[
        bool | None, typer.Option("--day-first/--month-first", help="How to read dates such as 03/04/2025.")
    ] = None,
    rows: Annotated[int, typer.Option("--rows", "-n", min=0, help="So many rows are shown as events.")] = 3,
) -> None:
    """Propose a mapping for a table by looking at its columns and their values, and show its first rows as events.

    Example: timeline mapping new incidents.xlsx -o incidents.toml

    What the values leave open is told, and stands in the mapping with a question. Exit code 3: something is left to
    say.
    """
    if output is not None and output.exists():
        raise UsageError(f"-o: {output} is there already", hint="Name another file, or delete it")
    proposal = _proposed(file, dataset, day_first)
    if day_first is None and any("in two ways" in doubt for doubt in proposal.doubts) and sys.stdin.isatty():
        for doubt in proposal.doubts:
            say(doubt)
        proposal = _proposed(file, dataset, typer.confirm("Is the day first?", err=True))
    if output is None:
        sys.stdout.write(proposal.toml)
    else:
        _write(output, proposal.toml)
        say(f"{output}: a mapping for {file.name}. Look it through, then: timeline import {file} --mapping {output}")
    for line in (*proposal.notes, *proposal.doubts):
        say(f"timeline: {line}")
    _preview(file, proposal.toml, str(output or "the mapping"), rows)
    if proposal.doubts:
        raise typer.Exit(3)


@app.command()
def check(
    file: _File,
    mapping: Annotated[str, typer.Option("--mapping", "-m", help="The mapping file.")],
    rows: Annotated[int, typer.Option("--rows", "-n", min=0, help="So many rows are shown as events.")] = 3,
) -> None:
    """Check that a mapping fits a table: read every row, import none; count what would be and what would not.

    Example: timeline mapping check incidents.xlsx --mapping incidents.toml
    """
    from timeline.sources import Bad
    from timeline.sources.datasets.mapped import reader_of
    from timeline.sources.datasets.trying import line_of, tried

    reader = reader_of(mapping)
    good, bad = 0, 0
    for each in tried(reader, _found(file), lambda line: say(f"timeline: {line}")):
        if isinstance(each, Bad):
            bad += 1
            if bad <= _TOLD:
                say(f"timeline: {each.origin}: {each.reason}")
        else:
            good += 1
            if good <= rows:
                say(line_of(each))
    say(f"read {good + bad} = {good} good + {bad} that would go to quarantine")
    if bad:
        raise typer.Exit(3 if good else 1)


def _proposed(file: Path, dataset: str, day_first: bool | None) -> Proposal:
    from timeline.sources.datasets.proposing import look_at, propose
    from timeline.sources.records.opening import open_records

    _check_table(file)
    with closing(_found(file).open()) as stream:
        records = open_records(stream, str(file), file.name)
        return propose(records.columns, look_at(records), dataset or file.stem, day_first)


def _preview(file: Path, toml: str, called: str, rows: int) -> None:
    """The first rows as events; that there are none where the mapping asks something first."""
    from timeline.sources import Bad
    from timeline.sources.datasets.mapped import reader_by
    from timeline.sources.datasets.mapping import parse
    from timeline.sources.datasets.trying import line_of, tried

    if not rows:
        return
    try:
        reader = reader_by(parse(toml, called))
        for each in islice(tried(reader, _found(file), lambda _: None), rows):
            say(f"{each.origin}: {each.reason}" if isinstance(each, Bad) else line_of(each))
    except InputError as error:
        say(f"timeline: no row is shown: {error}")


def _check_table(file: Path) -> None:
    """Raises UsageError for what is no table; tells that one which is known needs no mapping."""
    from timeline.sources import RowReader, formats

    with closing(_found(file)) as found:
        each = formats.format_of(found.head, formats.all_formats().values())
    if isinstance(each, RowReader) and each.name != "table":
        say(f"timeline: {file} is read without a mapping: {each.title}")
    elif each.name not in _TABLES:
        raise UsageError(f"{file} is no table but this: {each.title}", hint=f"Import it: timeline import {file}")


def _found(file: Path) -> Found:
    from timeline.sources.finding import Found

    return Found.file(file, str(file))


def _write(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"-o: {path} cannot be written: {(error.strerror or str(error)).lower()}") from error
