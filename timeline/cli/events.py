"""show, event, export: the timeline."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.cli import options
from timeline.cli.asking import Asked, query_of
from timeline.cli.judgements import judgement_lines, judgement_object
from timeline.cli.printing import Shape, clean, listing, say, shape_of
from timeline.exports.objects import event_object
from timeline.model import Event
from timeline.model.errors import UsageError

if TYPE_CHECKING:
    from timeline.store import Evidence

_COLUMNS = ("date", "event", "who", "where", "src", "id")


def show(
    country: options.Country = None,
    as_: options.As = "",
    predecessors: options.Predecessors = False,
    person: options.Person = None,
    organisation: options.Organisation = None,
    group: options.Group = None,
    between: options.Between = None,
    place: options.Place = None,
    near: options.Near = None,
    within: options.Within = None,
    type_: options.Type = None,
    kind: options.Kind = None,
    since: options.Since = None,
    until: options.Until = None,
    text: options.Text = "",
    modality: options.Modality = None,
    limit: options.Limit = None,
    reverse: options.Reverse = False,
    all_: options.All = False,
    min_salience: options.MinSalience = None,
    sentences: Annotated[
        bool, typer.Option("--sentences", "-s", help="Print the sentence that tells each event.")
    ] = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    as_nl: options.AsNl = False,
    db: options.Db = None,
) -> None:
    """Print a timeline.

    Example: timeline show --country Myanmar --since 2021 --until 2022-06

    Dates are EDTF: 2021-02 is a month, 2025-03-03/.. is on or after that day, ../2025-03-03 at the latest on it. An
    event is shown when it may have happened between --since and --until.
    """
    from timeline.store import open_store

    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    asked = Asked(
        country=country,
        as_=as_,
        predecessors=predecessors,
        person=person,
        organisation=organisation,
        group=group,
        between=between,
        place=place,
        near=near,
        within=within,
        type_=type_,
        kind=kind,
        since=since,
        until=until,
        text=text,
        modality=modality,
        limit=limit,
        reverse=reverse,
        all_=all_,
        min_salience=min_salience,
    )
    with open_store(db, create=False) as store:
        query = query_of(store, asked)
        found = list(store.events(query))
        hidden = 0
        if shape is Shape.TABLE and query.min_salience > 0:
            whole = replace(query, limit=None)
            hidden = store.count(replace(whole, min_salience=0.0)) - store.count(whole)
    if shape is Shape.TABLE:
        if found:
            listing(
                [_row(event) for event in found],
                shape,
                columns=("date", "event", "sentence", "src", "id") if sentences else _COLUMNS,
                numbers=("src",),
            )
        else:
            say("No events match.")
        if hidden:
            say(f"{hidden} lesser event{'s' if hidden > 1 else ''} hidden; --all shows them.")
    elif shape is Shape.CSV:
        from timeline.exports.formats import CsvExporter

        sys.stdout.writelines(CsvExporter().write(found))
    else:
        listing([event_object(event) for event in found], shape, columns=())


def _row(event: Event) -> dict[str, Any]:
    return {
        "date": event.when.edtf or "?",
        "event": event.title,
        "who": "; ".join(p.actor.name for p in event.actors),
        "where": event.place.name if event.place else "",
        "src": event.sources,
        "id": event.id[:8],
        "sentence": event.sentence,
    }


def event(
    event_id: Annotated[str, typer.Argument(metavar="ID", help="An event's id, or the beginning of one.")],
    as_json: options.AsJson = False,
    db: options.Db = None,
) -> None:
    """Print everything known about an event: each report's sentence, source, span, and how each value was read."""
    from timeline.store import open_store

    with open_store(db, create=False) as store:
        found = store.event(event_id)
        evidence = store.evidence(event_id)
        judged = store.judged_of(event_id)
    if as_json:
        import json

        reasons = [{"country": c.country, "by": c.by, "reason": c.reason} for c in found.countries]
        told = {
            **event_object(found),
            "hidden": found.hidden,
            "confirmed": found.confirmed,
            "country_reasons": reasons,
            "judgements": [judgement_object(each) for each in judged],
            "evidence": [_evidence_object(each) for each in evidence],
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        return
    lines = [*_described(found), *judgement_lines(judged)]
    for number, each in enumerate(evidence, start=1):
        lines += ["", *_told(number, each)]
    sys.stdout.writelines(clean(line) + "\n" for line in lines)


def _described(found: Event) -> list[str]:
    when = found.when
    place = found.place
    where = f"{place.name}" + (f", {place.country}" if place.country else "") + f" ({place.exactness})" if place else ""
    if place and place.latitude is not None and place.longitude is not None:
        where += f", {place.latitude:.3f} {place.longitude:.3f}"
    return [
        found.title,
        f"  id          {found.id}",
        f"  date        {when.edtf or 'unknown'} ({when.exactness}; {when.earliest or '..'} to {when.latest or '..'})",
        *([f"              {_read_from(when.words, when.reason)}"] if when.reason else []),
        f"  kind        {found.kind}, type {found.type}, {found.modality}",
        f"  salience    {found.salience:.2f}",
        *([f"  judged      {', '.join(marks)}"] if (marks := _marks(found)) else []),
        *(
            f"  {p.role:<12}{p.actor.name} ({p.actor.kind}{', ' + p.actor.country if p.actor.country else ''})"
            for p in found.actors
        ),
        *([f"  place       {where}"] if where else []),
        *(f"  country     {link.country}: {link.reason}" for link in found.countries),
        f"  reports     {found.reports} in {found.sources} source{'s' if found.sources != 1 else ''}",
    ]


def _marks(found: Event) -> list[str]:
    return [mark for mark, is_so in (("hidden", found.hidden), ("confirmed", found.confirmed)) if is_so]


def _read_from(words: str, reason: str) -> str:
    return f'from "{words}": {reason}' if words else reason


def _told(number: int, each: Evidence) -> list[str]:
    report = each.report
    source = " · ".join(part for part in (each.title, each.publisher, each.url or each.origin) if part)
    published = f"published {each.published} ({each.published_from})" if each.published else "no publication date"
    read = _read_from(report.when.words, report.when.reason)
    people = [f"{p.words!r} → {p.actor.name}: {p.reason}" for p in each.read.actors]
    unknown = [f"{u.words!r}: {u.reason}" if u.reason else f"{u.words!r}" for u in report.unresolved]
    return [
        f"  report {number}: {report.sentence}",
        f"    source   {source}; {published}",
        f"    span     {report.span.start}-{report.span.end}, words {report.words!r} at {report.trigger.start}",
        f"    date     {report.when.edtf or 'unknown'}: {read or 'no date in the text'}",
        f"    rule     {report.rule}",
        *(f"    actor    {line}" for line in people),
        *(f"    unresolved {line}" for line in unknown),
        *(
            [f"    place    {report.place.words!r} → {report.place.name}: {report.place.reason}"]
            if report.place
            else []
        ),
        f"    by       {each.extractor}, run {each.run}, report {each.key}",
    ]


def _evidence_object(each: Evidence) -> dict[str, Any]:
    report = each.report
    return {
        "report": each.key,
        "sentence": report.sentence,
        "start": report.span.start,
        "end": report.span.end,
        "trigger": report.words,
        "when": report.when.edtf or None,
        "words": report.when.words,
        "reason": report.when.reason,
        "rule": report.rule,
        "actors": [{"words": p.words, "name": p.actor.name, "reason": p.reason} for p in each.read.actors],
        "unresolved": [
            {
                "words": u.words,
                "role": u.role.value,
                "start": u.span.start if u.span else None,
                "end": u.span.end if u.span else None,
                "reason": u.reason,
            }
            for u in report.unresolved
        ],
        "article": each.article_id,
        "title": each.title,
        "url": each.url,
        "origin": each.origin,
        "publisher": each.publisher,
        "published": each.published.isoformat() if each.published else None,
        "extractor": each.extractor,
        "run": each.run,
    }


def export(
    format_: Annotated[str, typer.Option("--format", "-f", help="csv, json or jsonl.")] = "csv",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write (all or nothing); else stdout.")
    ] = None,
    raw: Annotated[
        bool, typer.Option("--raw", help="CSV: leave cells alone that a spreadsheet would run as formulas.")
    ] = False,
    plover: Annotated[
        bool,
        typer.Option("--plover", help="Types as the PLOVER manual codes them: plans folded, statements left out."),
    ] = False,
    country: options.Country = None,
    as_: options.As = "",
    predecessors: options.Predecessors = False,
    person: options.Person = None,
    organisation: options.Organisation = None,
    group: options.Group = None,
    between: options.Between = None,
    place: options.Place = None,
    near: options.Near = None,
    within: options.Within = None,
    type_: options.Type = None,
    kind: options.Kind = None,
    since: options.Since = None,
    until: options.Until = None,
    text: options.Text = "",
    modality: options.Modality = None,
    limit: options.Limit = None,
    reverse: options.Reverse = False,
    all_: options.All = False,
    min_salience: options.MinSalience = None,
    db: options.Db = None,
) -> None:
    """Export a timeline for other tools. The columns of CSV are described in docs/csv.md.

    Example: timeline export --country MMR --format csv -o myanmar.csv
    """
    from timeline.exports import exporters
    from timeline.exports.files import write_atomically
    from timeline.exports.plover import as_plover
    from timeline.store import open_store

    known = exporters()
    if format_.lower() not in known:
        raise UsageError(f"{format_!r} is no export format", hint=f"Say {', '.join(known)}")
    asked = Asked(
        country=country,
        as_=as_,
        predecessors=predecessors,
        person=person,
        organisation=organisation,
        group=group,
        between=between,
        place=place,
        near=near,
        within=within,
        type_=type_,
        kind=kind,
        since=since,
        until=until,
        text=text,
        modality=modality,
        limit=limit,
        reverse=reverse,
        all_=all_,
        min_salience=min_salience,
    )
    with open_store(db, create=False) as store:
        query = query_of(store, asked)
        events = as_plover(store.events(query)) if plover else store.events(query)
        pieces = known[format_.lower()].write(events, raw=raw)
        if output is None:
            sys.stdout.writelines(pieces)
        else:
            write_atomically(output, pieces)
            say(f"Wrote {store.count(query) if limit is None and not plover else 'the'} events to {output}.")
