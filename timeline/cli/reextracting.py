"""reextract: stored articles read again."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.asking.asked import Asked
from timeline.asking.questions import query_of
from timeline.cli import options
from timeline.cli.filters import ORDER, filters
from timeline.cli.printing import Shape, clean, listing, say, shape_of
from timeline.cli.progress import progress
from timeline.model.errors import UsageError

if TYPE_CHECKING:
    from timeline.jobs.changes import Change
    from timeline.jobs.reextracting import Summary

_EXAMPLES = 5  # of each kind of change
_COLUMNS = ("article", "report", "what", "title", "before", "after")


@filters(without={*ORDER, "all", "min_salience"})
def reextract(
    asked: Asked,
    all_: Annotated[bool, typer.Option("--all", "-a", help="Every article of the store.")] = False,
    article: Annotated[
        list[str] | None,
        typer.Option("--article", help="An article by its id, as 'timeline event ID --json' names it."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Also articles that today's extractor has read already.")
    ] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Extract in so many processes.")] = 1,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    as_nl: options.AsNl = False,
    db: options.Db = None,
) -> None:
    """Read stored articles again with today's extractor, and print what that changes.

    Examples: timeline reextract --all --dry-run

    timeline reextract --country Myanmar --since 2021

    Filters choose the articles that tell of such an event. Reports are replaced; an event keeps its id as long as the
    report that anchors it stays, and an id that goes leads on. What today's extractor has read is passed over.
    """
    from timeline.jobs.reextracting import Listener
    from timeline.jobs.reextracting import reextract as again
    from timeline.store import open_store

    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    if sum([all_, bool(article), bool(asked)]) != 1:
        raise UsageError("say which articles: --all, or --article ID, or filters such as --country")
    told: list[Change] = []
    kept: Counter[str] = Counter()

    def keep(change: Change) -> None:
        kept[change.what] += 1
        if shape is not Shape.TABLE or kept[change.what] <= _EXAMPLES:
            told.append(change)

    with open_store(db, create=False, readonly=dry_run) as store:
        query = query_of(store, {**asked, "all": True}, say) if asked else None
        wanted = [store.reread(each).id for each in article] if article else store.article_ids(query)
        with progress("reading again") as step:
            summary = again(store, wanted, jobs=jobs, force=force, dry_run=dry_run, listener=Listener(step, keep))
    if shape is Shape.TABLE:
        sys.stdout.writelines(f"{clean(line)}\n" for line in _summary(summary, told))
    else:
        listing([_row(change) for change in told], shape, columns=_COLUMNS)
    counts = summary.counts
    doing = "would be updated" if dry_run else "updated"
    say(f"read {counts.read} = {counts.updated} {doing} + {counts.unchanged} unchanged")


def _row(change: Change) -> dict[str, Any]:
    return {name: getattr(change, name) for name in _COLUMNS}


def _summary(summary: Summary, told: list[Change]) -> list[str]:
    """How many reports of each fate, then how much of each aspect changed, with the first examples in `told`."""
    from timeline.jobs.changes import ADDED, ASPECTS, REMOVED

    reports = summary.reports
    lines = [
        f"reports: {reports['added']} added, {reports['removed']} removed, {reports['changed']} changed,"
        f" {reports['the same']} the same"
    ]
    for what in (ADDED, REMOVED, *ASPECTS):
        number = summary.changes[what]
        if not number:
            continue
        lines.append(f"{what}: {number}")
        lines += [_line(change) for change in told if change.what == what]
        if number > _EXAMPLES:
            lines.append(f"  … and {number - _EXAMPLES} more; --nl prints all")
    return lines


def _line(change: Change) -> str:
    from timeline.jobs.changes import ADDED, REMOVED

    if change.what in (ADDED, REMOVED):
        return f"  {change.before or change.after or '?':<22}{change.title}"
    return f"  {change.title}: {change.before or 'nothing'} → {change.after or 'nothing'}"
