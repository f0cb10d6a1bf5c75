"""The API in words of OpenAPI 3.1: its parameters are the filters, its objects those of `exports/objects.py`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from timeline.asking.filters import FILTERS, Filter, Shape
from timeline.asking.questions import By
from timeline.model import ActorKind, Exactness, Modality, Role
from timeline.serving.answers import JSON
from timeline.serving.files import TYPES

Object = dict[str, Any]

_TEXT: Object = {"type": "string"}
_DAY: Object = {"type": ["string", "null"], "format": "date"}
_MAYBE: Object = {"type": ["string", "null"]}
_COUNT: Object = {"type": "integer", "minimum": 0}
_SHAPES: dict[Shape, Object] = {
    Shape.TEXT: _TEXT,
    Shape.SEVERAL: {"type": "array", "items": _TEXT},
    Shape.TWO: {"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 2},
    Shape.YES: {"type": "string", "enum": ["1", "0"]},
    Shape.WHOLE: {"type": "integer"},
    Shape.NUMBER: {"type": "number"},
}


def _object(**properties: Object) -> Object:
    """An object that has all of these."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(of: Object) -> Object:
    return {"type": "array", "items": of}


def _one_of(values: Iterable[str]) -> Object:
    return {"type": "string", "enum": [str(value) for value in values]}


def _ref(name: str) -> Object:
    return {"$ref": f"#/components/schemas/{name}"}


_EVENT: dict[str, Object] = {
    "id": {"type": "string", "description": "Public id, stable for ever."},
    "title": _TEXT,
    "when": {"type": ["string", "null"], "description": "The date as EDTF, null where none is known."},
    "earliest": _DAY,
    "latest": _DAY,
    "exactness": _one_of(Exactness),
    "type": {"type": "string", "description": "PLOVER type, or OTHER."},
    "kind": _TEXT,
    "modality": _one_of(Modality),
    "salience": {"type": "number", "minimum": 0, "maximum": 1},
    "actors": _list(_ref("Actor")),
    "place": {"oneOf": [_ref("Place"), {"type": "null"}]},
    "countries": _list({"type": "string", "description": "ISO 3166 alpha-3."}),
    "sentence": _TEXT,
    "reports": _COUNT,
    "sources": _COUNT,
    "urls": _list(_TEXT),
    "first_reported": _DAY,
    "last_reported": _DAY,
}
_LISTED: dict[str, Object] = {"events": _COUNT, "first": _DAY, "last": _DAY}
_PERSON: dict[str, Object] = {"name": _TEXT, "country": _TEXT, **_LISTED, "names": _list(_TEXT), "id": _TEXT}
_BODY: Object = {"kind": _one_of(ActorKind), **_PERSON}
_PAGED: dict[str, Object] = {
    "after": {**_MAYBE, "description": "Give it as `after` to see what follows; null at the end."},
    "next": {**_MAYBE, "description": "The address of what follows; null at the end."},
}
_NOTES: dict[str, Object] = {"notes": _list({"type": "string", "description": "How a name was taken."})}

SCHEMAS: dict[str, Object] = {
    "Event": _object(**_EVENT),
    "Actor": _object(name=_TEXT, role=_one_of(Role), kind=_one_of(ActorKind), country=_MAYBE, id=_MAYBE),
    "Place": _object(
        name=_TEXT, country=_MAYBE, latitude={"type": ["number", "null"]}, longitude={"type": ["number", "null"]}
    ),
    "EventDetails": _object(
        **_EVENT,
        hidden={"type": "boolean"},
        confirmed={"type": "boolean"},
        edited={"type": "boolean"},
        country_reasons=_list(_object(country=_TEXT, by=_TEXT, reason=_TEXT)),
        disagreements=_list(_TEXT),
        evidence=_list(_ref("Report")),
    ),
    "Report": _object(
        report=_TEXT, sentence=_TEXT, start=_COUNT, end=_COUNT, when=_MAYBE, article=_TEXT, title=_TEXT, url=_TEXT,
        publisher=_TEXT, published=_DAY, extractor=_TEXT,
    ),
    "Events": _object(events=_list(_ref("Event")), **_PAGED, **_NOTES),
    "Count": _object(count=_COUNT, **_NOTES),
    "Counts": _object(by=_one_of(By), counts=_list(_object(value=_MAYBE, events=_COUNT)), **_NOTES),
    "Countries": _object(countries=_list(_object(code=_TEXT, country=_TEXT, **_LISTED)), **_PAGED),
    "People": _object(people=_list(_object(**_PERSON)), **_PAGED),
    "Organisations": _object(organisations=_list(_object(**_BODY)), **_PAGED),
    "Error": _object(error=_object(what=_TEXT, where=_TEXT, hint=_TEXT)),
}  # fmt: skip


def _filter(filter_: Filter) -> Object:
    said = filter_.help.replace("; repeatable", "").replace("--", "")
    return _parameter(filter_.name, said, _SHAPES[filter_.shape])


def _parameter(name: str, said: str, schema: Object, *, required: bool = False) -> Object:
    """One of the query; what takes several is repeated."""
    repeated = {"style": "form", "explode": True} if schema.get("type") == "array" else {}
    return {"name": name, "in": "query", "description": said, "required": required, "schema": schema, **repeated}


_FILTERS = tuple(_filter(each) for each in FILTERS)
_WHICH = tuple(each for each in _FILTERS if each["name"] != "after")
_LIMIT = _parameter(
    "limit", "At most so many, up to 1000; 100 if not given.", {"type": "integer", "minimum": 1, "maximum": 1000}
)
_AFTER = _parameter("after", "What `after` said on the page before.", _TEXT)
_COUNTRY = _parameter("country", "Only those of this country.", _TEXT)
_BY = _parameter("by", "By what events are counted.", _one_of(By), required=True)
_NAME: Object = {
    "name": "name", "in": "path", "required": True, "schema": _TEXT,
    "description": "Its id, the beginning of one, or an id that it once had.",
}  # fmt: skip


def _path(summary: str, schema: str, parameters: Iterable[Object], *wrong: int) -> Object:
    answers = {"200": _answer("It is so.", JSON, _ref(schema))}
    for status in (*wrong, 503):
        answers[str(status)] = _answer(_WRONG[status], JSON, _ref("Error"))
    return {"get": {"summary": summary, "parameters": list(parameters), "responses": answers}}


def _answer(said: str, type_: str, schema: Object) -> Object:
    return {"description": said, "content": {type_: {"schema": schema}}}


_WRONG = {400: "A value means nothing.", 404: "There is none.", 503: "The store refuses, or is busy."}


@cache
def description() -> Object:
    """The whole description."""
    try:
        number = version("timeline-events")
    except PackageNotFoundError:
        number = "0"
    paths = {
        "/api/events": _path("Events, a page at a time.", "Events", _FILTERS, 400),
        "/api/events/{name}": _path("All about one event.", "EventDetails", [_NAME], 404, 400),
        "/api/count": _path("How many events there are.", "Count", _WHICH, 400),
        "/api/count-by": _path("How many events there are by something.", "Counts", [_BY, *_WHICH], 400),
        "/api/countries": _path("Countries by falling number of events.", "Countries", [_LIMIT, _AFTER], 400),
        "/api/people": _path("People by falling number of events.", "People", [_COUNTRY, _LIMIT, _AFTER], 400),
        "/api/organisations": _path(
            "Organisations and groups with a name.", "Organisations", [_COUNTRY, _LIMIT, _AFTER], 400
        ),
    }
    for name, type_ in TYPES.items():
        file = _path(f"All events as {name}.", "Error", _FILTERS, 400)
        file["get"]["responses"]["200"] = _answer("The file.", type_, _TEXT if "json" not in name else {})
        paths[f"/export.{name}"] = file
    return {
        "openapi": "3.1.0",
        "info": {"title": "timeline", "version": number, "description": "Dated and sourced events, to be read."},
        "paths": paths,
        "components": {"schemas": SCHEMAS},
    }
