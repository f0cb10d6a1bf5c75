"""From the reports of one happening to its event: a pure function that gives the same event in any order.

Which reports belong together is decided elsewhere (inside an article by `extract`, across articles by `store`);
what the event then says is decided here, so that `timeline extract` and the store can never disagree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from timeline.model.actor import Participation, Role
from timeline.model.edtf import bounds
from timeline.model.event import CountryLink, Event, Modality, Report
from timeline.model.place import Place, PlaceExactness
from timeline.model.when import UNKNOWN_WHEN, When

_PLACE_ORDER = list(PlaceExactness)
_MODALITY_ORDER = (Modality.ACTUAL, Modality.DENIED, Modality.PLANNED, Modality.HYPOTHETICAL)
_FACTS = (Modality.ACTUAL, Modality.DENIED)
_OPEN_DAYS = 10**7
# Kinds (of `reference`) that tell what came of a happening, or how it sounded, and not what was done: people are killed
# in a bombing, and the explosion was that of a bomb.
_CAME_OF_IT = ("death", "destruction", "injury", "killing")
_SOUNDED = "accident"


@dataclass(frozen=True, slots=True)
class Sourced:
    """A report with what its event needs to know of the source: a stable id, an address, the publication date; and
    the name of the extractor that read it."""

    report: Report
    source: str = ""
    url: str = ""
    published: date | None = None
    reader: str = ""


def happenings(reports: Iterable[Report]) -> list[list[Report]]:
    """An article's reports, those of one happening together, in the order in which these are first told."""
    found: dict[int, list[Report]] = defaultdict(list)
    for report in reports:
        found[report.happening].append(report)
    return list(found.values())


def derive(reports: Iterable[Sourced], *, event_id: str = "") -> Event:
    """The event that these reports tell of. At least one report; the order does not matter.

    The best report (actual before planned, an article's before a row's, then salience, then the earliest) gives title
    and sentence, the best one that tells what was done and not what came of it type and kind; the date is the most
    exact that words or a row give in the reports of that modality, else the most exact concluded, and of several as
    exact the one that the fewest sources contradict; the place is the most exact; actors and countries are united.
    `disagreements` says where the reports do not agree.
    """
    ranked = sorted(reports, key=_rank)
    best = ranked[0].report
    modality = best.modality
    agreeing = [r for r in ranked if r.report.modality is modality]
    done = min((r.report for r in agreeing), key=_remoteness)
    days = sorted(r.published for r in ranked if r.published)
    return Event(
        title=best.title,
        sentence=best.sentence,
        when=_when(agreeing),
        type=done.type,
        kind=done.kind,
        modality=modality,
        salience=max(r.report.salience for r in ranked),
        actors=each_once(p for r in ranked for p in r.report.actors),
        place=_place(agreeing),
        countries=_countries(ranked),
        id=event_id,
        reports=len(ranked),
        sources=len({r.source for r in ranked}),
        urls=tuple(sorted({r.url for r in ranked if r.url})),
        first_reported=days[0] if days else None,
        last_reported=days[-1] if days else None,
    )


def _remoteness(report: Report) -> int:
    """How far from what was done a report's kind is."""
    return 2 if report.kind in _CAME_OF_IT else int(report.kind == _SOUNDED)


def best(reports: Iterable[Sourced]) -> Sourced:
    """The report that tells the event best: the one whose title and sentence the event takes."""
    return min(reports, key=_rank)


def _rank(sourced: Sourced) -> tuple[int, bool, float, date, str, int, int]:
    report = sourced.report
    return (
        _MODALITY_ORDER.index(report.modality),
        not report.span.end,  # a sentence tells it better than the codes of a data set's row
        -report.salience,
        sourced.published or date.max,
        sourced.source,
        report.span.start,
        report.trigger.start,
    )


def _days(when: When) -> int:
    if when.earliest is None or when.latest is None:
        return _OPEN_DAYS + (when.edtf == "")
    return (when.latest - when.earliest).days


def _when(ranked: Sequence[Sourced]) -> When:
    """The most exact date, one that words of a text or a data set's row give before one that was concluded, and of
    several as exact the one that the fewest sources contradict."""
    if not ranked:
        return UNKNOWN_WHEN
    exact = min(map(_vagueness, ranked))
    equal: dict[str, When] = {}
    for each in ranked:
        if _vagueness(each) == exact:
            equal.setdefault(each.report.when.edtf, each.report.when)
    if len(equal) == 1:
        return next(iter(equal.values()))
    told = _by_source((each.source, each.report.when.edtf) for each in ranked)
    return min(equal.values(), key=lambda when: _contradicting(when.edtf, told))


def _vagueness(sourced: Sourced) -> tuple[bool, int]:
    """Whether a date was concluded, and how many days it leaves open."""
    when, text = sourced.report.when, sourced.report.span.end
    concluded = when.earliest is None or when.latest is None or (bool(text) and not when.words)
    return concluded, _days(when)


def _by_source(told: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """What each source tells."""
    found: dict[str, set[str]] = {}
    for source, value in told:
        found.setdefault(source, set()).add(value)
    return found


def _contradicting(edtf: str, told: Mapping[str, set[str]]) -> int:
    """How many sources give no date that could be this one."""
    return sum(not any(_meet(edtf, other) for other in others) for others in told.values())


def _meet(one: str, other: str) -> bool:
    """Whether two dates can be one."""
    (first, last), (start, end) = bounds(one), bounds(other)
    return max(first or date.min, start or date.min) <= min(last or date.max, end or date.max)


def disagreements(reports: Iterable[Sourced]) -> tuple[str, ...]:
    """Where the sources of an event do not agree, a line each for date, place and modality; () where they do.

    A line names what contradicts something else, by falling number of sources: "date: 2021-02-01 (3 sources),
    2021-02-02 (1 source)". A vague date contradicts none that it holds, a country no city, a plan no fact. Dates and
    places are those of the reports that `derive` takes them from.
    """
    ranked = sorted(reports, key=_rank)
    agreeing = [r for r in ranked if r.report.modality is ranked[0].report.modality]
    dates = _by_source((r.source, r.report.when.edtf) for r in agreeing if r.report.when.edtf)
    sides = _by_source((r.source, r.report.modality.value) for r in ranked if r.report.modality in _FACTS)
    found = [_disagreement("date", dates, _meet)]
    for level in (PlaceExactness.SITE, PlaceExactness.CITY, PlaceExactness.REGION):
        places = _by_source((r.source, p.name) for r in agreeing if (p := r.report.place) and p.exactness is level)
        found.append(_disagreement("place", places, str.__eq__))
    found.append(_disagreement("modality", sides, str.__eq__))
    return tuple(filter(None, found))


def _disagreement(what: str, told: Mapping[str, set[str]], meet: Callable[[str, str], bool]) -> str:
    sources = Counter(value for values in told.values() for value in values)
    against = [one for one in sources if not all(meet(one, other) for other in sources)]
    counted = sorted(against, key=lambda value: (-sources[value], value))
    listed = ", ".join(f"{value} ({sources[value]} source{'s' * (sources[value] > 1)})" for value in counted)
    return f"{what}: {listed}" if listed else ""


def _place(ranked: Sequence[Sourced]) -> Place | None:
    places = [r.report.place for r in ranked if r.report.place]
    return min(places, key=lambda place: _PLACE_ORDER.index(place.exactness), default=None)


def each_once(participations: Iterable[Participation]) -> tuple[Participation, ...]:
    """Each actor once; a direction that any report gives it (source, target) wins over mere participation."""
    chosen: dict[str, Participation] = {}
    for participation in participations:
        known = chosen.get(participation.actor.key)
        if known is None or (known.role is Role.PARTICIPANT and participation.role is not Role.PARTICIPANT):
            chosen[participation.actor.key] = participation
    return tuple(chosen.values())


def _countries(ranked: Sequence[Sourced]) -> tuple[CountryLink, ...]:
    return united(link for sourced in ranked for link in sourced.report.countries)


def countries_of(actors: Sequence[Participation], place: Place | None) -> tuple[CountryLink, ...]:
    """The countries that an event concerns: its actors' and its place's, each with every reason."""
    of_actors = tuple((p.actor.country, p.actor.name) for p in actors if p.actor.country)
    return _concerned(of_actors, (place.country, place.name) if place and place.country else None)


@lru_cache(65_536)
def _concerned(actors: Sequence[tuple[str, str]], place: tuple[str, str] | None) -> tuple[CountryLink, ...]:
    """The same of countries with names."""
    links = [CountryLink(country, "actor", f"actor {name}") for country, name in actors]
    if place is not None:
        links.append(CountryLink(place[0], "place", f"place {place[1]}"))
    return united(links)


def united(links: Iterable[CountryLink]) -> tuple[CountryLink, ...]:
    """One link for each country and what it concerns it by, sorted, with every reason in the order of the links."""
    reasons: dict[tuple[str, str], dict[str, None]] = {}
    for link in links:
        told = reasons.setdefault((link.country, link.by), {})
        told.update(dict.fromkeys(filter(None, link.reason.split("; "))))
    return tuple(CountryLink(country, by, "; ".join(told)) for (country, by), told in sorted(reasons.items()))
