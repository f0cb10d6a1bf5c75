"""event: all about one."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.asking.answers import apart, event_details, evidence_object
from timeline.cli import options
from timeline.cli.judgements import judgement_lines, judgement_object
from timeline.cli.printing import clean, many
from timeline.model import Event

if TYPE_CHECKING:
    from timeline.store import Evidence
    from timeline.store.values import Joining, Publication


def event(
    event_id: Annotated[str, typer.Argument(metavar="ID", help="An event's id, or the beginning of one.")],
    why: Annotated[
        bool, typer.Option("--why", help="Also why its reports are one event, and what else may be the same.")
    ] = False,
    as_json: options.AsJson = False,
    db: options.Db = None,
) -> None:
    """Print everything known about an event: each report's sentence, source, span, and how each value was read."""
    from timeline.store import open_store

    with open_store(db, create=False) as store:
        found = store.event(event_id)
        evidence = store.evidence(event_id)
        judged = store.judged_of(event_id)
        made, unsure = store.why(event_id) if why else ([], [])
    disagreements = apart(evidence)
    if as_json:
        import json

        told = {
            **event_details(found),
            "judgements": [judgement_object(each) for each in judged],
            "disagreements": disagreements,
            **(
                {"joined": [asdict(each) for each in made], "perhaps": [asdict(each) for each in unsure]} if why else {}
            ),
            "evidence": [evidence_object(each) for each in evidence],
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        return
    lines = [*_described(found), *(f"  disagreement {line}" for line in disagreements), *judgement_lines(judged)]
    lines += [f"  joined      {_joining(each)}" for each in made]
    lines += [f"  perhaps     {_other(found, each)}: {_joining(each)}" for each in unsure]
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
        f"  reports     {found.reports} in {many(found.sources, 'source')}",
    ]


def _joining(each: Joining) -> str:
    return f"report {each.one[:8]} with {each.other[:8]} ({each.score:.2f}): {'; '.join(each.reasons)}"


def _other(found: Event, each: Joining) -> str:
    """The id of the event at the other end of a link."""
    return (each.other_event if each.event == found.id else each.event)[:8]


def _marks(found: Event) -> list[str]:
    marks = (("hidden", found.hidden), ("confirmed", found.confirmed), ("edited", found.edited))
    return [mark for mark, is_so in marks if is_so]


def _read_from(words: str, reason: str) -> str:
    return f'from "{words}": {reason}' if words else reason


def _from(words: str) -> str:
    """A row of a data set has no words."""
    return f"{words!r} → " if words else ""


def _told(number: int, each: Evidence) -> list[str]:
    report = each.report
    source = " · ".join(part for part in (each.title, each.publisher, each.url or each.origin) if part)
    how = f" ({each.published_from})" if each.published_from else ""
    published = f"published {each.published}{how}" if each.published else "no publication date"
    read = _read_from(report.when.words, report.when.reason)
    people = [f"{_from(p.words)}{p.actor.name}: {p.reason}" for p in each.read.actors]
    span = f"    span     {report.span.start}-{report.span.end}, words {report.words!r} at {report.trigger.start}"
    unknown = [f"{u.words!r}: {u.reason}" if u.reason else f"{u.words!r}" for u in report.unresolved]
    return [
        f"  report {number}: {report.sentence}",
        f"    source   {source}; {published}",
        *(f"    also published by {_place(place)}" for place in each.elsewhere),
        *([span] if report.span.end else []),  # a row has no text
        f"    date     {report.when.edtf or 'unknown'}: {read or 'no date in the text'}",
        f"    rule     {report.rule}",
        *(f"    actor    {line}" for line in people),
        *(f"    unresolved {line}" for line in unknown),
        *(
            [f"    place    {_from(report.place.words)}{report.place.name}: {report.place.reason}"]
            if report.place
            else []
        ),
        f"    by       {each.extractor}, run {each.run}, report {each.key}",
    ]


def _place(place: Publication) -> str:
    told = " · ".join(part for part in (place.publisher, place.url or place.origin) if part)
    return f"{told}; published {place.published}" if place.published else told
