"""The page over the live store: the first events that answer, a form to ask by, and where the rest is."""

from __future__ import annotations

from timeline.asking.filters import ORDER
from timeline.asking.heading import about, heading
from timeline.asking.telling import reports_of_several
from timeline.exports.page import Field, HtmlPage, Served
from timeline.model import Event
from timeline.model.errors import TimelineError, UsageError
from timeline.reference.countries import all_countries
from timeline.serving.answers import Answer, said, status_of
from timeline.serving.api import Request
from timeline.serving.questions import Pairs, Question, address, page_of, question
from timeline.store.store import Store

MOST = 2_000  # events that a page holds
HTML = "text/html; charset=utf-8"
# Parameter, what stands over its field, what stands in it.
_FIELDS = (
    ("country", "Country", "Myanmar"),
    ("person", "Person", "Min Aung Hlaing"),
    ("kind", "Kind", "meeting"),
    ("text", "Words", "nuclear energy"),
    ("since", "Since", "2021"),
    ("until", "Until", "2022-06"),
)
_SEEN = frozenset(name for name, _, _ in _FIELDS)
_FILES = (("CSV", "export.csv"), ("JSON Lines", "export.jsonl"))


def page(request: Request) -> Answer:
    """The page, or, where the question is wrong, one that says so above the form."""
    if any(name in _SEEN and not value.strip() for name, value in request.pairs):
        # What a form sends has every field in it.
        return Answer(b"", HTML, 303, {"Location": f"./{address(request.pairs)}"})
    try:
        asked = question(request.store, request.pairs)
        found, more = page_of(request.store, asked, MOST, MOST)
    except UsageError as error:
        return _refused(request.pairs, error)
    made = HtmlPage(
        heading(asked.asked),
        about(asked.asked),
        {code: country.name for code, country in all_countries().items()},
        reports_of_several(request.store, found),
        Served(_fields(request.pairs), _note(request.store, asked, found, more=more), _links(asked, found, more=more)),
    )
    return _written(made, found)


def _written(made: HtmlPage, found: list[Event], status: int = 200) -> Answer:
    body = "".join(made.pieces(found)).encode("utf-8", "replace")
    policy = f"{made.policy}; frame-ancestors 'none'"
    return Answer(body, HTML, status, {"Content-Security-Policy": policy})


def _refused(pairs: Pairs, error: TimelineError) -> Answer:
    what, where, hint = said(error)
    note = ". ".join(part for part in (f"{where}: {what}" if where else what, hint) if part)
    return _written(HtmlPage(served=Served(_fields(pairs), note)), [], status_of(error))


def _fields(pairs: Pairs) -> tuple[Field, ...]:
    """The form with what was asked; what it has no field for goes along, but not the place in the pages."""
    seen = []
    for name, label, hint in _FIELDS:
        given = [value for key, value in pairs if key == name and value.strip()]
        seen += [Field(name, value, label, hint) for value in given or [""]]
    hidden = [(key, value) for key, value in pairs if key not in _SEEN and key != "after"]
    return (*seen, *(Field(name, value) for name, value in hidden))


def _note(store: Store, asked: Question, found: list[Event], *, more: bool) -> str:
    told = list(asked.notes)
    if more or asked.query.after:
        total = store.count(asked.query)
        where = "following" if asked.query.after else "first"
        narrower = " Narrow the question, or go on to the next page." if more else ""
        told.append(f"The {where} {len(found):,} of {total:,} events.{narrower}")
    if asked.query.min_salience > 0:
        told.append("Lesser events are hidden.")
    return " ".join(told)


def _links(asked: Question, found: list[Event], *, more: bool) -> tuple[tuple[str, str], ...]:
    turned = (
        asked.address(without=("reverse", "after")) if asked.query.reverse else asked.address(("after",), reverse="1")
    )
    links = [
        *([("Next page", asked.address(after=found[-1].id))] if more else []),
        *([("First page", asked.address(without=("after",)))] if asked.query.after else []),
        *(
            [("Earliest first" if asked.query.reverse else "Latest first", turned)]
            if more or asked.query.reverse
            else []
        ),
        *([("Lesser events too", asked.address(("after",), all="1"))] if asked.query.min_salience > 0 else []),
        *((words, f"{file}{asked.address(without=ORDER - {'sort', 'reverse'})}") for words, file in _FILES),
        ("JSON", f"api/events{asked.address(without=('limit', 'after'))}"),
        ("API", "api/openapi.json"),
    ]
    return tuple((words, address or "./") for words, address in links)
