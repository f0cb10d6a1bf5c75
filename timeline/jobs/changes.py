"""What reading an article again changes: its reports before and after, key by key. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from timeline.model import DEFAULT_SALIENCE, Report

ADDED, REMOVED = "added", "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changes: `what` is ADDED, REMOVED or a name of `ASPECTS`; `title` is what the report tells, as it
    will be (for REMOVED: as it was). `before` and `after` are the aspect in words, "" for none."""

    article: str
    report: str
    what: str
    title: str
    before: str = ""
    after: str = ""


def _actors(report: Report) -> str:
    return "; ".join(f"{p.actor.name} ({p.role})" for p in report.actors)


# What of a report an analyst would see change. Salience counts where it moves a report across the line of `show`.
ASPECTS: Mapping[str, Callable[[Report], str]] = {
    "date": lambda r: r.when.edtf,
    "kind": lambda r: r.kind,
    "type": lambda r: r.type,
    "modality": lambda r: r.modality.value,
    "actors": _actors,
    "place": lambda r: r.place.name if r.place else "",
    "title": lambda r: r.title,
    "shown": lambda r: "yes" if r.salience >= DEFAULT_SALIENCE else "no",
}


def changes(article: str, old: Mapping[str, Report], new: Mapping[str, Report]) -> Iterator[Change]:
    """All changes of an article's reports in text order; what goes comes before what stays or comes."""
    for key, report in old.items():
        if key not in new:
            yield Change(article, key, REMOVED, report.title, before=report.when.edtf)
    for key, report in sorted(new.items(), key=lambda item: (item[1].span, item[1].trigger)):
        if key not in old:
            yield Change(article, key, ADDED, report.title, after=report.when.edtf)
            continue
        for what, told in ASPECTS.items():
            before, after = told(old[key]), told(report)
            if before != after:
                yield Change(article, key, what, report.title, before, after)
