"""Rows as JSON objects: one a line, or in an array, which may lie in an object under a name of its own ("data",
"results.bindings", "events")."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, BinaryIO

from timeline.model.errors import InputError
from timeline.sources import Bad
from timeline.sources.decoding import IS_UNWRITABLE, UNWRITABLE
from timeline.sources.head import marked
from timeline.sources.records import Record, Records, flat
from timeline.sources.tables import KEPT, LONGEST

_BLOCK = 1 << 16
_LOOKED_AT = 50  # objects by whose members the columns are told: not each has all
_FIRST_OBJECTS = 1 << 20  # characters in which the array of an object must begin
# The names under which the services that we know give their rows.
_ARRAY = re.compile(r'"(?:data|bindings|events|rows|items|results|features)"\s*:\s*\[\s*(?=[{\]])')
_BETWEEN = re.compile(r"[\s,]*")
_NO_JSON, _DEEP = "it is no JSON", "it is nested too deeply"
# So near to the end of what was read an error may be only that the rest is not there yet.
_NEAR_END = 32
Plain = tuple[int, dict[str, Any]]


def objects(stream: BinaryIO, origin: str) -> Records:
    """Rows by the names of their members, those of inner objects as "outer.inner"."""
    found = _records(plain_objects(stream, origin), origin)
    first = list(islice(found, _LOOKED_AT))
    names = dict.fromkeys(name for each in first if isinstance(each, Record) for name in each.cells)
    return Records(tuple(names), chain(first, found))


def _records(found: Iterator[Plain | Bad], origin: str) -> Iterator[Record | Bad]:
    for each in found:
        if isinstance(each, Bad):
            yield each
            continue
        number, value = each
        try:
            cells = flat(value)
        except RecursionError:
            yield Bad(f"{origin}#{number}", _DEEP, b"")
            continue
        if any(UNWRITABLE.search(cell) for pair in cells.items() for cell in pair):
            told = json.dumps(value).encode()[:KEPT]
            yield Bad(f"{origin}#{number}", IS_UNWRITABLE, told)
        else:
            yield Record(number, cells)


def plain_objects(stream: BinaryIO, origin: str) -> Iterator[Plain | Bad]:
    """The objects with their number, from 1. Raises InputError where there is no array of objects and no line that
    holds one."""
    text = _Text(stream)
    text.more()
    start = text.rest.lstrip("\ufeff \t\r\n")
    lines = not start.startswith("[") and _is_lines(start)
    text.skip(len(text.rest) - len(start))
    if not lines:
        text.skip(1) if start.startswith("[") else _to_array(text, origin)
    yield from _each(text, lines, origin)


def _is_lines(start: str) -> bool:
    """Whether the first line is an object by itself, or begins one that is broken, and no object around an array of
    rows."""
    line, ended, _ = start.partition("\n")
    if _ARRAY.search(line):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return not (ended and line.strip() == "{") and not _ARRAY.search(start)


def _to_array(text: _Text, origin: str) -> None:
    while (match := _ARRAY.search(text.rest)) is None:
        if len(text.rest) > _FIRST_OBJECTS or not text.more():
            raise InputError(
                "there is no list of objects in it", where=origin, hint="Rows are objects, one a line or in an array"
            )
    text.skip(match.end())


def _each(text: _Text, lines: bool, origin: str) -> Iterator[Plain | Bad]:
    decoder, number = json.JSONDecoder(), 0
    while True:
        first = text.next_sign()
        if first in ("", "]"):
            return
        number += 1
        value, failed = _value(text, decoder) if first == "{" else ({}, "it is no object")
        if failed:
            yield Bad(f"{origin}#{number}", failed, text.passed_over(lines).encode(errors="replace")[:KEPT])
        else:
            yield number, value


def _value(text: _Text, decoder: json.JSONDecoder) -> tuple[dict[str, Any], str]:
    """The object at hand, or why there is none. One that does not end in what was read yet is read on, twice as much
    each time, so that a long one is not looked at again and again."""
    wanted = _BLOCK
    while True:
        try:
            value, end = decoder.raw_decode(text.read, text.at)
        except RecursionError:
            return {}, _DEEP
        except ValueError as error:
            at, open_string = getattr(error, "pos", text.at), "Unterminated string" in str(error)
            if at < len(text.read) - _NEAR_END and not open_string:
                return {}, _NO_JSON
            if len(text.read) - text.at > LONGEST:
                return {}, "it is longer than a million characters"
            if not text.more(wanted):
                return {}, _NO_JSON
            wanted *= 2
            continue
        text.at = end
        return value, ""


class _Text:
    """Text of a stream, as much as is looked at: `read`, of which `at` is the place to go on."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.read, self.at = stream, "", 0
        self._decoder: codecs.IncrementalDecoder | None = None

    @property
    def rest(self) -> str:
        return self.read[self.at :]

    def more(self, many: int = _BLOCK) -> bool:
        """Read on and forget what is behind; False at the end. What is no text becomes U+FFFD."""
        data = self._stream.read(many)
        if self._decoder is None:
            self._decoder = codecs.getincrementaldecoder(marked(data[:4]) or "utf-8")("replace")
        added = self._decoder.decode(data, final=not data)
        self.read, self.at = self.read[self.at :] + added, 0
        return bool(data or added)

    def skip(self, many: int) -> None:
        self.at += many

    def next_sign(self) -> str:
        """The next character that is neither blank nor a comma, "" at the end."""
        while True:
            match = _BETWEEN.match(self.read, self.at)
            self.at = match.end() if match else self.at
            if self.at < len(self.read):
                return self.read[self.at]
            if not self.more():
                return ""

    def passed_over(self, one_line: bool) -> str:
        """What is up to the next line, or up to one that begins with an object."""
        line = self._line()
        kept = line[:KEPT]
        while not one_line and self.next_sign() not in ("", "{", "]"):
            rest = self._line()
            kept += rest[: KEPT - len(kept)]
        return kept

    def _line(self) -> str:
        line = ""
        while True:
            end = self.read.find("\n", self.at)
            if end >= 0 or not self.read[self.at :]:
                line += self.read[self.at : end + 1 if end >= 0 else None][: KEPT - len(line)]
                self.at = end + 1 if end >= 0 else len(self.read)
                return line
            line += self.read[self.at :][: KEPT - len(line)]
            self.at = len(self.read)
            if not self.more():
                return line
