"""What a page shows beside the events where a program serves it: a form to ask by, a note, and links."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form; one without a label is not seen and goes along."""

    name: str
    value: str
    label: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Served:
    """`note` says what part of the answer the page shows; `links` are words with relative addresses of the server."""

    fields: tuple[Field, ...] = ()
    note: str = ""
    links: tuple[tuple[str, str], ...] = ()
