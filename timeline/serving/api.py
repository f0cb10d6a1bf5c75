"""The JSON API: each function answers one kind of address. What there is, `openapi.py` describes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from timeline.asking.answers import (
    actor_row,
    apart,
    body_row,
    country_row,
    event_details,
    evidence_object,
    has_name,
)
from timeline.asking.questions import By, one_of
from timeline.asking.who import BODIES
from timeline.exports.objects import event_object
from timeline.model.errors import AmbiguousError, NotFoundError, UsageError
from timeline.reference.countries import find
from timeline.serving.answers import Answer, as_json
from timeline.serving.questions import Pairs, page_of, question, without_order
from timeline.store.store import Store

USUAL, MOST = 100, 1_000  # things of a page
_One = TypeVar("_One")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: the store, the parameters, and the part of the path that names one thing."""

    store: Store
    pairs: Pairs
    name: str = ""


def events(request: Request) -> Answer:
    asked = question(request.store, request.pairs)
    found, more = page_of(request.store, asked, USUAL, MOST)
    after = found[-1].id if more else None
    return as_json(
        {
            "events": [event_object(event) for event in found],
            "after": after,
            "next": f"/api/events{asked.address(after=after)}" if after else None,
            "notes": list(asked.notes),
        }
    )


def event(request: Request) -> Answer:
    found = request.store.event(request.name)
    evidence = request.store.evidence(found.id)
    told = {"disagreements": apart(evidence), "evidence": [evidence_object(each) for each in evidence]}
    return as_json({**event_details(found), **told})


def count(request: Request) -> Answer:
    asked = without_order(question(request.store, request.pairs))
    return as_json({"count": request.store.count(asked.query), "notes": list(asked.notes)})


def count_by(request: Request) -> Answer:
    by, rest = _taken("by", request.pairs)
    if not by:
        raise UsageError("--by: it is needed", hint=f"Say by={' or '.join(By)}")
    wanted = one_of(By, by, "--by")
    asked = question(request.store, rest)
    counted = request.store.count_by(without_order(asked).query, wanted.value)
    rows = (counted[::-1] if asked.query.reverse else counted)[: asked.query.limit]
    counts = [{"value": value or None, "events": events} for value, events in rows]
    return as_json({"by": wanted.value, "counts": counts, "notes": list(asked.notes)})


def countries(request: Request) -> Answer:
    return _listed(request, "countries", request.store.countries(), lambda row: row.country, country_row)


def people(request: Request) -> Answer:
    country, rest = _taken("country", request.pairs)
    request = Request(request.store, rest)
    found = request.store.actors("person", _code(country))
    return _listed(request, "people", found, lambda row: row.actor.key, actor_row, country=country)


def organisations(request: Request) -> Answer:
    country, rest = _taken("country", request.pairs)
    request = Request(request.store, rest)
    named = [row for row in request.store.actors(BODIES, _code(country)) if has_name(row.actor)]
    return _listed(request, "organisations", named, lambda row: row.actor.key, body_row, country=country)


def _listed(
    request: Request,
    name: str,
    rows: Sequence[_One],
    key: Callable[[_One], str],
    shown: Callable[[_One], dict[str, Any]],
    **given: str,
) -> Answer:
    """One page of a list, beginning after the row whose key the parameter `after` is."""
    after, rest = _taken("after", request.pairs)
    wanted, rest = _taken("limit", rest)
    if rest:
        raise UsageError(f"there is no filter {rest[0][0][:40]!r}", hint="Here are limit and after")
    limit = _limit(wanted)
    start = 0
    if after:
        places = [place for place, row in enumerate(rows) if key(row) == after]
        if not places:
            raise UsageError(f"--after: nothing here is {after[:80]!r}", hint="Begin with the first page")
        start = places[0] + 1
    page = rows[start : start + limit]
    last = key(page[-1]) if page and start + limit < len(rows) else None
    said = {key_: value for key_, value in {**given, "limit": wanted, "after": last}.items() if value}
    following = f"/api/{name}?{urlencode(said)}" if last else None
    return as_json({name: [shown(row) for row in page], "after": last, "next": following})


def _limit(wanted: str) -> int:
    if not wanted:
        return USUAL
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 6 and 0 < int(wanted) <= MOST):
        raise UsageError(f"--limit: {wanted[:40]!r} is not possible", hint=f"Give a number from 1 to {MOST}")
    return int(wanted)


def _code(country: str) -> str | None:
    if not country:
        return None
    try:
        return find(country).iso3
    except (NotFoundError, AmbiguousError) as error:
        raise UsageError(error.what, where="country", hint=error.hint) from error


def _taken(name: str, pairs: Pairs) -> tuple[str, Pairs]:
    """The value of a parameter ("" if it is not there), and the other parameters."""
    values = [value.strip() for key, value in pairs if key == name]
    return (values[-1] if values else ""), tuple(pair for pair in pairs if pair[0] != name)
