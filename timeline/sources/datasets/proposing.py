"""A mapping for a table that nobody has described: proposed by the names of its columns and by their values.

What the values leave open is asked (`Proposal.doubts`), never guessed in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from timeline.reference import kinds
from timeline.sources.articles import told as told_as_articles
from timeline.sources.datasets.candidates import Found, called, quoted, remark
from timeline.sources.datasets.days import Form, Precision
from timeline.sources.datasets.guessing import Facts, scheme_of_numbers
from timeline.sources.datasets.mapping import UNSURE
from timeline.sources.datasets.naming import kind_in
from timeline.sources.records import Record, Records

LOOKED_AT = 500  # rows
_MOST_TYPES, _MOST_PRECISIONS = 40, 8
_NOTHING = frozenset(("none", "nan", "null", "n/a", "na", "nil", "-", "--", "unknown", "-99", "-999", "#n/a"))
_USUAL_ORDER = ("day", "week", "month", "year", *4 * ("decade",))


@dataclass(slots=True)
class Proposal:
    """The text of a mapping; what its writer has to say (`doubts`), and what is worth a look (`notes`)."""

    toml: str
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def look_at(records: Records, most: int = LOOKED_AT) -> list[Record]:
    """The first rows that can be read."""
    return list(islice((each for each in records.rows if isinstance(each, Record)), most))


def propose(columns: Sequence[str], sample: Iterable[Record], name: str, first_is_day: bool | None = None) -> Proposal:
    """A mapping for rows like these, as a data set of a name. `first_is_day` settles dates that can be read twice."""
    cells = [record.cells for record in sample]
    empty = sorted({v for row in cells for v in row.values() if v.casefold() in _NOTHING})
    values = {c: tuple(v for row in cells if (v := row.get(c, "")) and v not in empty) for c in columns}
    facts = [Facts(column, values[column], len(cells)) for column in columns]
    found = Found(facts)
    if _articles(found, columns):
        return _of_articles(columns, found, first_is_day)
    return _of_events(found, name, first_is_day, empty)


def _articles(found: Found, columns: Sequence[str]) -> bool:
    told = told_as_articles(tuple(columns))
    events = ("latitude", "source", "target", "type")
    has_events = any(called(f, each) for each in events for f in found.facts)
    return "text" in told and bool({"title", "published"} & set(told)) and not has_events


def _of_articles(columns: Sequence[str], found: Found, first_is_day: bool | None) -> Proposal:
    told, doubts = told_as_articles(tuple(columns)), list[str]()
    lines = ['what = "articles"', "", "[article]"]
    for key, column in told.items():
        lines.append(f"{key} = {quoted(column)}")
        if key == "published":
            facts = next(f for f in found.facts if f.name == column)
            form = _settled(facts, first_is_day, "[article] form", doubts)
            lines += [f"form = {quoted(form)}"] if form not in ("", Form.ISO) else []
    return Proposal("\n".join(lines) + "\n", doubts)


def _of_events(found: Found, name: str, first_is_day: bool | None, empty: list[str]) -> Proposal:
    doubts, notes = list[str](), list[str]()
    parts = [
        ["# Says what the columns of a table mean; docs/mapping.md describes every key.", 'what = "events"'],
        ["[dataset]", f"name = {quoted(name)}", '# url = "https://…"'],
    ]
    if empty:
        parts[0].append(f"empty = [{', '.join(map(quoted, empty))}]   # cells that say nothing")
    date = _date(found, first_is_day, doubts)
    place = _place(found, doubts)
    url = found.take_any(lambda f: f.urls)
    id_ = found.take("id", lambda f: f.unique and f.length <= 60 and not f.form)
    text = found.take("text", lambda f: f.length >= 15) or found.take_any(lambda f: f.length >= 60 and not f.points)
    type_ = _type(found, doubts, notes)
    actors = _actors(found)
    title = found.take("title", lambda f: 4 <= f.length <= 150 and not f.numeric)
    row = ["[row]"]
    if id_ is not None:
        row.append(f"id = {quoted(id_.name)}")
    else:
        row.append('# id = "…"   no column names every row by itself: the id is a hash of the row, and a corrected row')
        row.append("#            is a new one")
        doubts.append("no column is an id: a row that is corrected later will be a new event")
    if title is not None:
        row.append(f'title = "{{{title.name}}}"')
    elif not actors and text is None:
        row.append('# title = "{column} in {other column}"')
        doubts.append("[row] title: say what happened, with columns in braces")
    row += [f"{key} = {quoted(f.name)}" for key, f in (("text", text), ("url", url)) if f is not None]
    reported = found.take("reported", lambda f: f.form)
    if reported is not None:
        row.append(f"reported = {quoted(reported.name)}")
        form = _settled(reported, first_is_day, "[row] reported_form", doubts)
        row += [f"reported_form = {quoted(form)}"] if form != Form.ISO else []
    rest = [f.name for f in found.facts if f.name not in found.taken]
    parts += [row, date, type_, actors, place]
    parts.append(["[attributes]", 'columns = "rest"' + (f"   # {remark(', '.join(rest))}" if rest else "")])
    return Proposal("\n\n".join("\n".join(part) for part in parts if part) + "\n", doubts, notes)


def _date(found: Found, first_is_day: bool | None, doubts: list[str]) -> list[str]:
    lines = ["[date]"]
    column = found.take("date", lambda f: f.form and not called(f, "end") and not called(f, "reported"))
    column = column or found.take_any(lambda f: f.form and not called(f, "reported") and not called(f, "end"))
    if column is None and (year := found.take("year", lambda f: f.within(1, 2200))) is not None:
        lines.append(f"year = {quoted(year.name)}")
        parts = {"month": found.take("month", _is_month), "day": found.take("day", _is_day)}
        lines += [f"{key} = {quoted(part.name)}" for key, part in parts.items() if part is not None]
    elif column is None:
        doubts.append(
            "[date] column: no column holds dates in a form that is known; forms may be patterns such as %d.%m.%Y"
        )
        return ["[date]", 'column = "…"   # which?']
    else:
        lines.append(f"column = {quoted(column.name)}")
        form = _settled(column, first_is_day, "[date] form", doubts)
        end = found.take("end", lambda f: f.form)
        lines.append(f"form = {quoted(form)}   # such as {remark(column.values[0], 30)}")
        lines += [f"end = {quoted(end.name)}"] if end is not None else []
    precision = found.take(
        "precision",
        lambda f: len(f.distinct) <= _MOST_PRECISIONS and not f.form and not called(f, "place precision"),
    )
    if precision is not None:
        lines.append(f"precision = {quoted(precision.name)}")
        unknown = [v for v in precision.distinct if v.casefold() not in tuple(Precision)]
        if unknown:
            doubts.append(f"[date.precisions]: say what {', '.join(unknown)} of {precision.name} mean")
            lines += ["[date.precisions]   # day, week, month, quarter, year, decade or century"]
            lines += [f'{quoted(v)} = "{p}"   # is it?' for v, p in zip(sorted(unknown), _USUAL_ORDER, strict=False)]
    return lines


def _is_month(facts: Facts) -> bool:
    return facts.within(0, 12)


def _is_day(facts: Facts) -> bool:
    return facts.within(0, 31)


def _settled(facts: Facts, first_is_day: bool | None, where: str, doubts: list[str]) -> str:
    """The form, with what the user has said where the values leave it open."""
    if facts.form != UNSURE:
        return facts.form
    if first_is_day is not None:
        return Form.DAY_FIRST if first_is_day else Form.MONTH_FIRST
    doubts.append(
        f"{where}: {facts.name} has dates such as {remark(facts.values[0], 30)}, which can be read in two ways: say "
        "day first or month first"
    )
    return UNSURE


def _type(found: Found, doubts: list[str], notes: list[str]) -> list[str]:
    column = found.take("type", lambda f: len(f.distinct) <= _MOST_TYPES and f.length <= 60)
    if column is None:
        return ["[type]", "kind = \"development\"   # every row; 'timeline types' lists the kinds"]
    lines = ["[type]", f"column = {quoted(column.name)}"]
    coded = "cameo" in column.key or "code" in column.key
    if coded and all(v.isdigit() and 2 <= len(v) <= 4 for v in column.distinct):
        return [*lines, 'scheme = "cameo"']
    if all(v.strip().upper() in kinds.PLOVER_TYPES for v in column.distinct):
        return [*lines, 'scheme = "plover"']
    lines.append('kind = "development"   # of values that the table lacks')
    lines.append("[type.values]   # 'timeline types' lists the kinds")
    unknown, like = [], []
    for value in column.distinct:
        named = kind_in(re.sub(r"[^a-z ]+", " ", value.casefold()).split())
        kind, whole = (named[0].name, named[1]) if named is not None else ("", False)
        lines.append(f"{quoted(value)} = {quoted(kind or 'development')}" + ("" if whole else "   # is it?"))
        unknown += [] if kind else [value]
        like += [f"{value} as {kind}"] if kind and not whole else []
    if unknown:
        doubts.append(f"[type.values]: say which kind of event {remark(', '.join(unknown[:6]))} is")
    if like:
        notes.append(f"[type.values]: taken by one word, look at them: {remark(', '.join(like[:6]))}")
    return lines


def _actors(found: Found) -> list[str]:
    lines = []
    for key in ("source", "target", "participants"):
        column = found.take(key, lambda f: not f.numeric and not f.form and not f.urls and f.length <= 200)
        if column is not None:
            lines.append(f"{key} = {quoted(column.name)}")
            if any("|" in v for v in column.values) and not any(";" in v for v in column.values):
                lines.append('separator = "|"')
    return ["[actors]", *dict.fromkeys(lines)] if lines else []


def _place(found: Found, doubts: list[str]) -> list[str]:
    lines = ["[place]"]
    country = found.take("country", lambda f: f.scheme[0] or scheme_of_numbers(f))
    point = found.take("point", lambda f: f.points)
    latitude = found.take("latitude", lambda f: f.within(-90, 90))
    longitude = found.take("longitude", lambda f: f.within(-180, 180))
    name = found.take("place", lambda f: not f.numeric and not f.urls and f.length <= 80)
    region = found.take("region", lambda f: not f.numeric and f.length <= 80)
    for key, column in (("name", name), ("region", region), ("country", country)):
        lines += [f"{key} = {quoted(column.name)}"] if column is not None else []
    if country is not None:
        scheme, others = country.scheme if country.scheme[0] else (scheme_of_numbers(country), ())
        lines.append(
            f"scheme = {quoted(scheme)}" + (f"   # its values could be {', '.join(others)}, too" if others else "")
        )
        if others:
            doubts.append(f"[place] scheme: the codes of {country.name} are {scheme} and could be {', '.join(others)}")
    for key, column in (("latitude", latitude), ("longitude", longitude), ("point", point)):
        lines += [f"{key} = {quoted(column.name)}"] if column is not None else []
    return lines if len(lines) > 1 else []
