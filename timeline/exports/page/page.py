"""One self-contained HTML file: the events as data, the scripts and the style that show them, and nothing from outside.

A policy in the head forbids the browser every request and every script and style but ours, which it knows by their
hashes; whatever a title says stays text. The first events also stand as a plain list, for a browser without scripts.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import chain, islice
from typing import TYPE_CHECKING

from timeline.exports.page.families import FAMILIES
from timeline.exports.page.rows import MODALITIES, ROLES, TABLES, Rows
from timeline.exports.page.safe import data_json, is_web_address, visible
from timeline.exports.page.served import Served
from timeline.model import Event, EventReport

if TYPE_CHECKING:
    from jinja2 import Template

PLAIN = 200  # events that a browser without scripts lists
# In this order: each may use what those before it define.
SCRIPTS = ("make", "dates", "data", "asked", "facets", "details", "events", "years", "map", "keys", "start")
# Runs before the body is shown, so that the plain list does not flash.
EARLY = 'document.documentElement.className = "js";'


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A page as it is wanted. `heading` and `about` stand at its top, `countries` names ISO 3166 alpha-3 codes that no
    actor of the events explains, `reports` are those of an event by its id where all are wanted, not only the best, as
    far as they are known when it is written. `served` is what stands beside the events where a program serves the page,
    None in a file."""

    heading: str = "Timeline"
    about: str = ""
    countries: Mapping[str, str] = field(default_factory=dict)
    reports: Mapping[str, Sequence[EventReport]] = field(default_factory=dict)
    served: Served | None = None

    @property
    def policy(self) -> str:
        """Its content security policy."""
        return policy([EARLY, _script()], [_file("page.css")], form=self.served is not None)

    def pieces(self, events: Iterable[Event]) -> Iterator[str]:
        """The file's text in pieces."""
        coming = iter(events)
        first = list(islice(coming, PLAIN + 1))
        style, script = _file("page.css"), _script()
        yield from _template().generate(
            heading=visible(self.heading),
            about=visible(self.about),
            policy=self.policy,
            served=self.served,
            style=style,
            early=EARLY,
            script=script,
            families=FAMILIES,
            plain=first[:PLAIN],
            more=len(first) > PLAIN,
            visible=visible,
            is_web_address=is_web_address,
            data=self._data(chain(first, coming)),
        )

    def _data(self, events: Iterable[Event]) -> Iterator[str]:
        """The data of the page, event by event; the tables they refer to come last, when they are complete."""
        rows = Rows(self.countries, self.reports)
        fixed = {
            "modalities": [m.value for m in MODALITIES],
            "roles": [r.value for r in ROLES],
            "families": [[key, label, list(types)] for key, label, types in FAMILIES],
        }
        yield data_json(fixed)[:-1]
        separator = ',"events":[\n'
        for event in events:
            yield separator + data_json(rows.row(event))
            separator = ",\n"
        yield ',"events":[' if separator != ",\n" else ""
        for name in TABLES:
            yield f'],\n"{name}":['
            yield ",\n".join(data_json(row) for row in rows.tables[name].rows)
        yield f'],\n"world":{_file("world.json").strip()}}}'


def policy(scripts: Iterable[str], styles: Iterable[str], *, form: bool = False) -> str:
    """The content security policy of a page that holds these scripts and styles and asks for nothing but, with `form`,
    what its own server answers to a form."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts))}",
            f"style-src {' '.join(map(_hash, styles))}",
            "base-uri 'none'",
            "form-action 'self'" if form else "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _script() -> str:
    """All scripts as one, none of whose names is seen outside."""
    return '(() => {\n"use strict";\n' + "\n".join(_file(f"script/{name}.js") for name in SCRIPTS) + "})();\n"


@cache
def _file(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    return Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, undefined=StrictUndefined
    ).from_string(_file("page.html"))
