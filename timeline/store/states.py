"""Articles and rows of data sets as they are, whole, and putting them back: `before` of a note (`noting`).

The state of an article: {"article": its columns ("text" only where that is about to change), "origins": [columns],
"reports": [report], "actors": {key: columns}}; that of a row: {"dataset": its name, "reports": [report], "actors"}. A
report: its columns, {"actors": [columns and "actor": key], "unresolved": [columns]}. Row numbers are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select, update

from timeline.model import Report
from timeline.store import ids, rows
from timeline.store.packing import State, insert_all, pack, plain, table_of, unpack, values
from timeline.store.reports import parts
from timeline.store.tables import (
    ActorEntry,
    ArticleCopy,
    ArticleOrigin,
    ArticleRow,
    Dataset,
    ReportActor,
    ReportRow,
    ReportUnresolved,
    RunChange,
)

ARTICLES, ORIGINS, REPORTS = table_of(ArticleRow), table_of(ArticleOrigin), table_of(ReportRow)
_ACTORS, _TAKING_PART, _UNRESOLVED = table_of(ActorEntry), table_of(ReportActor), table_of(ReportUnresolved)
_DATASETS = table_of(Dataset)
_NUMBERS = ("id", "article_id", "dataset_id", "event_id")


def articles(connection: Connection, numbers: Collection[int], *, whole: Collection[int] | None = None) -> list[State]:
    """The states of articles by row; with their texts all, or those of `whole`."""
    found: dict[int, State] = {}
    for part in parts(sorted(numbers)):
        for row in connection.execute(select(ARTICLES).where(ARTICLES.c.id.in_(part))).mappings():
            without = ("id",) if whole is None or row["id"] in whole else ("id", "text")
            found[row["id"]] = {
                "article": plain(row, ARTICLES, without),
                "origins": [],
                "reports": [],
                "actors": {},
            }
        for row in connection.execute(select(ORIGINS).where(ORIGINS.c.article_id.in_(part))).mappings():
            found[row["article_id"]]["origins"].append(plain(row, ORIGINS, ("article_id",)))
        for owner, report, actors in _reports(connection, REPORTS.c.article_id.in_(part), "article_id"):
            found[owner]["reports"].append(report)
            found[owner]["actors"].update(actors)
        for owner, packed in connection.execute(
            select(ArticleCopy.article_id, ArticleCopy.reports).where(ArticleCopy.article_id.in_(part))
        ):
            found[owner]["reports"] += (kept := unpack(packed))["reports"]
            found[owner]["actors"].update(kept["actors"])
    return list(found.values())


def complete(connection: Connection, note: int, article: int) -> None:
    """Add its text to a note of an article that has been kept without, before that changes."""
    packed = connection.scalar(select(RunChange.before).where(RunChange.id == note))
    state = unpack(packed) if packed is not None else {}
    if state and "text" not in state["article"]:
        state["article"]["text"] = connection.scalar(select(ARTICLES.c.text).where(ARTICLES.c.id == article))
        connection.execute(update(RunChange).where(RunChange.id == note).values(before=pack(state)))


def told(connection: Connection, reports: Collection[int]) -> State:
    """Reports of articles by row, as {"reports", "actors"}."""
    found: State = {"reports": [], "actors": {}}
    for part in parts(sorted(reports)):
        for _, report, actors in _reports(connection, REPORTS.c.id.in_(part), "article_id"):
            found["reports"].append(report)
            found["actors"].update(actors)
    return found


def packed_reports(packed: bytes, reader: str) -> dict[str, Report]:
    """The reports of one extractor that a copy keeps packed, by key."""
    state, found = unpack(packed), {}
    for report in state["reports"]:
        if ids.reader_of(report["extractor"]) != reader:
            continue
        beings = (values(state["actors"][each["actor"]], _ACTORS) for each in report["actors"])
        parts_of = [values(each, _TAKING_PART) | being for each, being in zip(report["actors"], beings, strict=True)]
        actors = [rows.participation_of(each) for each in parts_of]
        unresolved = [rows.unresolved_of(values(each, _UNRESOLVED)) for each in report["unresolved"]]
        row = values(report, REPORTS)
        found[report["key"]] = rows.report_of(row, actors, unresolved, ids.number_of(row["happening"]))
    return found


def dataset_rows(connection: Connection, keys: Collection[str]) -> dict[str, State]:
    """The states of rows of data sets, by the keys of their reports."""
    found: dict[str, State] = {}
    names = dict(connection.execute(select(_DATASETS.c.id, _DATASETS.c.name)).all())
    for part in parts(sorted(keys)):
        within = REPORTS.c.key.in_(part) & REPORTS.c.dataset_id.is_not(None)
        for owner, report, actors in _reports(connection, within, "dataset_id"):
            found[report["key"]] = {"dataset": names[owner], "reports": [report], "actors": actors}
    return found


def _reports(connection: Connection, where: Any, owner: str) -> Iterable[tuple[int, State, State]]:
    """(row of the owner, report, its actors by key) of the reports that fulfil a condition."""
    found = connection.execute(select(REPORTS).where(where).order_by(REPORTS.c.id)).mappings().all()
    taking_part: dict[int, list[State]] = defaultdict(list)
    unresolved: dict[int, list[State]] = defaultdict(list)
    actors: dict[int, State] = defaultdict(dict)
    for part in parts([row["id"] for row in found]):
        joined = select(_TAKING_PART, _ACTORS).join(_ACTORS, _TAKING_PART.c.actor_id == _ACTORS.c.id)
        some = joined.where(_TAKING_PART.c.report_id.in_(part)).order_by(_TAKING_PART.c.position)
        for row in connection.execute(some).mappings():
            told = plain(row, _TAKING_PART, ("report_id", "actor_id")) | {"actor": row["key"]}
            taking_part[row["report_id"]].append(told)
            actors[row["report_id"]][row["key"]] = plain(row, _ACTORS, ("id",))
        some = select(_UNRESOLVED).where(_UNRESOLVED.c.report_id.in_(part)).order_by(_UNRESOLVED.c.position)
        for row in connection.execute(some).mappings():
            unresolved[row["report_id"]].append(plain(row, _UNRESOLVED, ("report_id",)))
    for row in found:
        number = row["id"]
        beside = {"actors": taking_part[number], "unresolved": unresolved[number]}
        yield row[owner], plain(row, REPORTS, _NUMBERS) | beside, actors[number]


def put_reports(connection: Connection, owned: Mapping[tuple[str, int], Iterable[State]], actors: State) -> set[int]:
    """Write reports; `owned` holds them by ("article_id" or "dataset_id", row), `actors` theirs by key. Gives their
    rows."""
    reports = [(owner, report) for owner, some in owned.items() for report in some]
    rows = [values(report, REPORTS) | {column: number} for (column, number), report in reports]
    insert_all(connection, REPORTS, rows)
    number_of = _numbers(connection, REPORTS, [report["key"] for _, report in reports])
    actor_of = put_actors(connection, actors)
    insert_all(
        connection,
        _TAKING_PART,
        [
            {"report_id": number_of[report["key"]], "actor_id": actor_of[told["actor"]], **values(told, _TAKING_PART)}
            for _, report in reports
            for told in report["actors"]
        ],
    )
    insert_all(
        connection,
        _UNRESOLVED,
        [
            {"report_id": number_of[report["key"]], **values(told, _UNRESOLVED)}
            for _, report in reports
            for told in report["unresolved"]
        ],
    )
    return set(number_of.values())


def put_actors(connection: Connection, actors: State) -> dict[str, int]:
    """The rows of actors by key; those that are not there are added as they were."""
    found = _numbers(connection, _ACTORS, list(actors))
    missing = [values(actors[key], _ACTORS) for key in actors if key not in found]
    if missing:
        insert_all(connection, _ACTORS, missing)
        found |= _numbers(connection, _ACTORS, [row["key"] for row in missing])
    return found


def _numbers(connection: Connection, table: Any, keys: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in parts(sorted(keys)):
        statement = select(table.c.key, table.c.id).where(table.c.key.in_(part))
        found.update({key: number for key, number in connection.execute(statement)})
    return found
