"""types: the kinds of event, and the PLOVER types they belong to."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.cli import options
from timeline.cli.printing import Shape, listing, shape_of

if TYPE_CHECKING:
    from timeline.reference.kinds import Kind
    from timeline.reference.types import EventType

_COLUMNS = ("kind", "type", "mode", "definition")
_WIDEST = 110
_LABEL = 12


def types(
    name: Annotated[
        str | None,
        typer.Argument(metavar="KIND|TYPE", help="A kind such as coup, or a type such as COERCE, for all about it."),
    ] = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    as_nl: options.AsNl = False,
) -> None:
    """List the kinds of event with their PLOVER types, or print all that is known about one kind or type.

    Examples: timeline types coup

    timeline types CONSULT
    """
    from timeline.reference.kinds import all_kinds

    shape = shape_of(as_json=as_json, as_csv=as_csv, as_nl=as_nl)
    found = None if name is None else _found(name)
    if found is None:
        listing([kind_object(each) for each in all_kinds().values()], shape, columns=_COLUMNS)
    elif shape is Shape.TABLE:
        sys.stdout.writelines(f"{line}\n" for line in _told(found))
    else:
        listing([_object(found)], shape, columns=())


def _found(name: str) -> Kind | EventType:
    """What a user means: AID is a type, aid a kind. Raises NotFoundError."""
    from timeline.model.errors import NotFoundError
    from timeline.reference import kinds
    from timeline.reference.types import all_types

    if name.strip() in kinds.TYPES:
        return all_types()[name.strip()]
    try:
        return kinds.find(name)
    except NotFoundError:
        if name.strip().upper() in kinds.TYPES:
            return all_types()[name.strip().upper()]
        raise


def _object(found: Kind | EventType) -> dict[str, Any]:
    from timeline.reference.kinds import Kind

    return kind_object(found) if isinstance(found, Kind) else type_object(found)


def _told(found: Kind | EventType) -> Iterator[str]:
    from timeline.reference.kinds import Kind

    return _kind(found) if isinstance(found, Kind) else _type(found)


def kind_object(kind: Kind) -> dict[str, Any]:
    """A kind as a plain object; the keys are a promise (docs/types.md)."""
    from timeline.reference.types import all_types, scale

    return {
        "kind": kind.name,
        "type": kind.type,
        "mode": kind.mode,
        "definition": kind.definition,
        "quad": all_types()[kind.type].quad,
        "scale": scale(kind),
        "contexts": list(kind.contexts),
        "cameo": list(kind.cameo),
        "weight": kind.weight,
        "family": kind.family,
        "symmetric": kind.symmetric,
        "title": kind.title,
        "example": kind.example,
        "also": list(kind.also),
    }


def type_object(type_: EventType) -> dict[str, Any]:
    """A type as a plain object, with its modes and the names of its kinds."""
    from timeline.reference.types import kinds_of

    return {
        "type": type_.name,
        "quad": type_.quad,
        "scale": type_.scale,
        "definition": type_.definition,
        "notes": list(type_.notes),
        "modes": [{"name": mode.name, "meaning": mode.meaning, "scale": mode.scale} for mode in type_.modes],
        "kinds": [kind.name for kind in kinds_of(type_.name)],
    }


def _kind(kind: Kind) -> Iterator[str]:
    from timeline.extract.what.lexicon import entries
    from timeline.reference.kinds import all_kinds
    from timeline.reference.types import all_types, contexts, scale

    type_ = all_types()[kind.type]
    mode = next((m for m in type_.modes if m.name == kind.mode), None)
    near = [k.name for k in all_kinds().values() if k.family == kind.family and k != kind and k.family]
    verbs, nouns = entries(kind.name)
    yield kind.name
    yield from _wrapped("means", kind.definition)
    yield from _wrapped("example", kind.example)
    yield from _wrapped("also called", ", ".join(kind.also))
    yield from _wrapped("type", f"{type_.name}{f' ({type_.quad})' if type_.quad else ''}: {type_.definition}")
    yield from _wrapped("mode", f"{mode.name}: {mode.meaning}" if mode else "")
    yield from _wrapped("contexts", "; ".join(f"{name} ({contexts()[name]})" for name in kind.contexts))
    yield from _wrapped("CAMEO", " ".join(kind.cameo))
    yield from _wrapped("scale", _scaled(scale(kind)))
    yield from _wrapped("roles", "both sides take part" if kind.symmetric else "who does it, and to whom")
    yield from _wrapped("title", f"… {kind.title} …" if kind.title else "in the article's own words")
    yield from _wrapped("weight", f"{kind.weight:.2f} of 1, how much a timeline wants it (part of salience)")
    yield from _wrapped("near it", f"{', '.join(near)} (may be told of the same happening)" if near else "")
    yield from _wrapped("verbs", ", ".join(verbs))
    yield from _wrapped("nouns", ", ".join(nouns))
    for number, note in enumerate(type_.notes):
        yield from _wrapped("" if number else "borders", note)


def _type(type_: EventType) -> Iterator[str]:
    from timeline.reference.types import kinds_of

    yield f"{type_.name}{f', {type_.quad}' if type_.quad else ''}"
    yield from _wrapped("means", type_.definition)
    yield from _wrapped("scale", _scaled(type_.scale))
    for number, mode in enumerate(type_.modes):
        value = f" ({mode.scale:g})" if mode.scale is not None else ""
        yield from _wrapped("" if number else "modes", f"{mode.name}: {mode.meaning}{value}")
    for number, note in enumerate(type_.notes):
        yield from _wrapped("" if number else "borders", note)
    yield from _wrapped("kinds", ", ".join(kind.name for kind in kinds_of(type_.name)))


def _scaled(value: float | None) -> str:
    return f"{value:g}, from -10 (conflict) to 10 (cooperation)" if value is not None else ""


def _wrapped(label: str, text: str) -> Iterator[str]:
    """A labelled line, broken as the terminal is wide; none for nothing."""
    width = min(get_terminal_size((_WIDEST, 24)).columns, _WIDEST) - _LABEL - 2
    for number, line in enumerate(wrap(text, max(width, 30))):
        yield f"  {'' if number else label:<{_LABEL}}{line}".rstrip()
