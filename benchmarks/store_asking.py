"""First pages and counts of a store, each beside hand-written SQL on the same tables that gives the same rows.

    python -m benchmarks.store_asking URL [DRAWS]

Every question is drawn many times, half of the draws as often as countries, people and words occur (by Zipf's law),
half evenly. Hand-written is all that a page shows by the plainest statements of the driver: the number of each event,
then of these the columns of the events, who takes part (with the names that people gave them), the countries and the
addresses, put together as a tuple with three lists for each event. Both were asked the same before, each on its own
connection, and must find the same events in the same order. Times are by the clock, `cpu` ones those of this process.
Prints one JSON object.
"""

from __future__ import annotations

import gc
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import quantiles
from typing import Any

from sqlalchemy import Connection

from benchmarks import synthetic
from timeline.model import DEFAULT_SALIENCE, ActorKind
from timeline.store import EventQuery, open_store
from timeline.store.positions import SHORT_DAYS, end_of, start_of
from timeline.store.store import Store
from timeline.store.values import Side

PAGE = 50
_Times = tuple[float, float]  # milliseconds by the clock, and of the processor
_WEIGHT = f"weight >= {DEFAULT_SALIENCE}"
_LAST = start_of(date.max) - 1
_EVENTS = (
    "SELECT id, public_id, title, sentence, type, kind, modality, salience, reports, sources, first_reported, "
    "last_reported, hidden, confirmed, edited, edtf, earliest, latest, when_words, when_reason, place_name, "
    "place_country, latitude, longitude, place_exactness, place_reference, place_words, place_start, place_end, "
    "place_reason, place_region FROM events WHERE id IN ({})"
)
_BESIDE = (
    "SELECT l.event_id, l.role, a.name, a.kind, a.country, a.reference, j.name FROM event_actors l "
    "JOIN actors a ON a.id = l.actor_id LEFT JOIN actor_judgements j ON j.actor = a.key AND j.action = 'rename' "
    "AND j.undone IS NULL WHERE l.event_id IN ({}) ORDER BY l.event_id, l.position, j.made",
    "SELECT event_id, country, actor_reason, place_reason FROM event_countries WHERE event_id IN ({}) "
    "ORDER BY event_id, country",
    "SELECT r.event_id, COALESCE(NULLIF(a.url, ''), a.origin, NULLIF(r.url, ''), d.url) FROM reports r "
    "LEFT JOIN articles a ON a.id = r.article_id LEFT JOIN datasets d ON d.id = r.dataset_id "
    "WHERE r.event_id IN ({})",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the hand-written statement for its numbers (page) or its answer (count)."""

    query: EventQuery
    sql: str
    page: bool = True
    by: str = ""


class Drawing:
    """Draws what is asked for."""

    def __init__(self, store: Store, connection: Connection, seed: int = 7) -> None:
        self._store, self._connection = store, connection
        self._rng = random.Random(seed)
        self._codes = synthetic.lands()
        self._people = [a for a in synthetic.actors() if a.kind is ActorKind.PERSON]
        self._words = synthetic.vocabulary()
        self._sqlite = connection.dialect.name == "sqlite"
        self.evenly = False

    def _drawn(self, items: list[Any]) -> Any:
        if self.evenly:
            return self._rng.choice(items)
        return self._rng.choices(items, [1 / (rank + 1) for rank in range(len(items))])[0]

    def _query(self, **fields: Any) -> EventQuery:
        return EventQuery(min_salience=DEFAULT_SALIENCE, limit=PAGE, **fields)

    def country(self) -> Asked:
        code = self._drawn(self._codes)
        return Asked(self._query(countries=(code,)), self._of_country(code))

    def _of_country(self, code: str, more: str = "") -> str:
        return (
            f"SELECT event_id FROM event_countries WHERE country = '{code}' AND {_WEIGHT} {more} "
            f"ORDER BY event_id LIMIT {PAGE}"
        )

    def person(self) -> Asked:
        key = self._drawn(self._people).key.replace("'", "''")
        sql = (
            f"SELECT event_id FROM event_actors WHERE actor_id = (SELECT id FROM actors WHERE key = '{key}') "
            f"AND {_WEIGHT} ORDER BY event_id LIMIT {PAGE}"
        )
        return Asked(self._query(actors=(key,)), sql)

    def middle(self) -> Asked:
        """A page in the middle of a country's timeline."""
        code = self._drawn(self._codes)
        first = start_of(self._day())
        statement = f"SELECT e.id, e.public_id FROM event_countries c JOIN events e ON e.id = c.event_id WHERE c.country = '{code}' AND c.event_id > {first} ORDER BY c.event_id LIMIT 1"  # noqa: E501
        found = self._connection.exec_driver_sql(statement).first()
        if found is None:
            return self.country()
        return Asked(
            self._query(countries=(code,), after=found[1]), self._of_country(code, f"AND event_id > {found[0]}")
        )

    def _day(self) -> date:
        return date(2000, 1, 1) + timedelta(days=self._rng.randrange(8_500))

    def days(self) -> Asked:
        """Between two days, all countries."""
        since = self._day()
        until = since + timedelta(days=self._rng.randrange(900))
        found = self._between("events", "id", "salience >= 0.4 AND hidden = 0", since, until)
        return Asked(self._query(since=since, until=until), found)

    def country_days_kind(self) -> Asked:
        code, since = self._drawn(self._codes), self._day()
        until, kind = since + timedelta(days=self._rng.randrange(900)), self._drawn(list(synthetic.KINDS))
        where = f"country = '{code}' AND kind = '{kind}' AND {_WEIGHT}"
        query = self._query(countries=(code,), kinds=(kind,), since=since, until=until)
        return Asked(query, self._between("event_countries", "event_id", where, since, until))

    def _between(self, table: str, number: str, where: str, since: date, until: date) -> str:
        first, last = start_of(since), min(end_of(until), _LAST)
        early = f"{number} < {first}"
        ends = f"(n.{number} >> 41) + ((n.{number} >> 32) & 511) >= {since.toordinal()}"
        long = f"(SELECT latest FROM events e WHERE e.id = n.{number}) >= '{since}'"
        ways = (
            f"{number} BETWEEN {first} AND {last}",
            f"reach <> 0 AND reach = 1 AND {early} AND {number} >= {start_of(since - timedelta(days=SHORT_DAYS))} AND {ends}",  # noqa: E501
            f"reach <> 0 AND reach = 2 AND {early} AND {long}",
            f"reach <> 0 AND reach = 3 AND {early}",
            f"reach <> 0 AND reach = 4 AND {number} > {last}",
        )
        parts = (
            f"SELECT * FROM (SELECT {number} AS found FROM {table} n WHERE {where} AND {way} "
            f"ORDER BY {number} LIMIT {PAGE}) AS way{n}"
            for n, way in enumerate(ways)
        )
        return f"{' UNION ALL '.join(parts)} ORDER BY found LIMIT {PAGE}"

    def rare(self) -> Asked:
        return self._text(self._rng.choice(self._words[8_000:]))

    def middling(self) -> Asked:
        return self._text(self._rng.choice(self._words[300:1_500]))

    def common(self) -> Asked:
        return self._text(self._rng.choice(self._words[:20]))

    def _text(self, word: str, code: str = "") -> Asked:
        country = (
            f"AND EXISTS (SELECT 1 FROM event_countries c WHERE c.country = '{code}' AND c.event_id = e.id)"
            if code
            else ""
        )
        beside = f"e.salience >= {DEFAULT_SALIENCE} AND e.hidden = 0 {country}"
        if self._sqlite:
            sql = f"SELECT e.id FROM event_words w JOIN events e ON e.id = w.rowid WHERE event_words MATCH '\"{word}\"' AND {beside} ORDER BY w.rowid LIMIT {PAGE}"  # noqa: E501
        else:
            sql = f"SELECT e.id FROM events e WHERE e.words @@ to_tsquery('simple', '{word}') AND {beside} ORDER BY e.id LIMIT {PAGE}"  # noqa: E501
        return Asked(self._query(text=word, countries=(code,) if code else ()), sql)

    def text_country(self) -> Asked:
        return self._text(self._drawn(self._words[:2_000]), self._drawn(self._codes))

    def dyad(self) -> Asked:
        one, other = self._drawn(self._codes), self._rng.choice(self._codes[:40])
        sql = (
            f"SELECT a.event_id FROM event_countries a JOIN event_countries b ON b.event_id = a.event_id "
            f"AND b.country = '{other}' AND b.actor_reason IS NOT NULL WHERE a.country = '{one}' "
            f"AND a.actor_reason IS NOT NULL AND a.{_WEIGHT} ORDER BY a.event_id LIMIT {PAGE}"
        )
        return Asked(self._query(sides=(Side((one,)), Side((other,)))), sql)

    def count(self, by: str = "") -> Asked:
        code = self._drawn(self._codes)
        where = f"FROM event_countries WHERE country = '{code}' AND {_WEIGHT}"
        sql = f"SELECT event_id >> 41, COUNT(*) {where} GROUP BY event_id >> 41" if by else f"SELECT COUNT(*) {where}"
        return Asked(replace(self._query(countries=(code,)), limit=None), sql, page=False, by=by)

    def by_month(self) -> Asked:
        return self.count("month")


QUESTIONS: dict[str, Callable[[Drawing], Asked]] = {
    "a country": Drawing.country,
    "a person": Drawing.person,
    "a country, days, a kind": Drawing.country_days_kind,
    "a rare word": Drawing.rare,
    "a middling word": Drawing.middling,
    "a common word": Drawing.common,
    "a word and a country": Drawing.text_country,
    "two countries": Drawing.dyad,
    "days": Drawing.days,
    "a page in the middle": Drawing.middle,
    "count of a country": Drawing.count,
    "by month of a country": Drawing.by_month,
}


def measure(url: str, draws: int) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    with open_store(url, create=False, readonly=True) as store, store.connection() as connection:
        drawing = Drawing(store, connection)
        gc.freeze()  # what is drawn from is looked through for garbage by neither
        for name, draw in QUESTIONS.items():
            ours: list[_Times] = []
            theirs: list[_Times] = []
            for number in range(draws + 2):
                drawing.evenly = number % 2 == 1
                asked = draw(drawing)
                _by_store(store, asked)
                _by_hand(connection, asked)
                times, rows = _timed(lambda asked=asked: _by_store(store, asked))  # type: ignore[misc]
                plain, same = _timed(lambda asked=asked: _by_hand(connection, asked))  # type: ignore[misc]
                if rows != same:
                    raise SystemExit(f"{name}: the store and {asked.sql} differ: {asked.query}")
                if number > 1:
                    ours.append(times)
                    theirs.append(plain)
            found[name] = {**_spread("", ours), **_spread("sql_", theirs)}
    return found


def _timed(do: Callable[[], Any]) -> tuple[_Times, Any]:
    begun, used = time.perf_counter(), time.thread_time()
    found = do()
    return (1000 * (time.perf_counter() - begun), 1000 * (time.thread_time() - used)), found


def _by_store(store: Store, asked: Asked) -> Any:
    if asked.by:
        return sum(events for _, events in store.count_by(asked.query, asked.by))
    return [event.id for event in store.events(asked.query)] if asked.page else store.count(asked.query)


def _by_hand(connection: Connection, asked: Asked) -> Any:
    cursor = connection.connection.cursor()
    cursor.execute(asked.sql)
    found = cursor.fetchall()
    if not asked.page:
        return sum(row[-1] for row in found)
    numbers = [row[0] for row in found]
    return [event[1] for event, *_ in _page_by_hand(cursor, numbers)] if numbers else []


def _page_by_hand(cursor: Any, numbers: Sequence[int]) -> list[tuple[Any, list[Any], list[Any], list[Any]]]:
    """For each event its row, who takes part, its countries and addresses."""
    listed = ", ".join(map(str, numbers))
    cursor.execute(_EVENTS.format(listed))
    page: dict[int, Any] = {row[0]: (row, [], [], []) for row in cursor.fetchall()}
    for place, statement in enumerate(_BESIDE, start=1):
        cursor.execute(statement.format(listed))
        for row in cursor.fetchall():
            page[row[0]][place].append(row)
    return [page[number] for number in numbers]


def _spread(name: str, times: Sequence[_Times]) -> dict[str, float]:
    found: dict[str, float] = {}
    for clock, each in zip(("", "cpu_"), zip(*times, strict=True), strict=True):
        cuts = quantiles(each, n=100)
        found |= {f"{name}{clock}p50_ms": round(cuts[49], 2), f"{name}{clock}p99_ms": round(cuts[98], 2)}
    return found


def main() -> None:
    draws = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    print(json.dumps(measure(sys.argv[1], draws)))


if __name__ == "__main__":
    main()
