"""What makes it impossible that two happenings are one event: pure and symmetric."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from timeline.model import Place, PlaceExactness
from timeline.model.actor import fold
from timeline.model.globe import distance_km
from timeline.store.linking.linkable import Linkable, as_news, of_one_night, place_key
from timeline.store.linking.sorts import SIDED, SPOKEN, once, side_of, sort_of

ON_A_MAP = (PlaceExactness.SITE, PlaceExactness.CITY)
# Two cities, or two sites, are two places from here on; a site and a city from there on.
_APART_KM, _FAR_KM = 25.0, 100.0


def differ(a: Linkable, b: Linkable) -> bool:
    """Whether two happenings cannot be one, whatever else they share."""
    return not _dates_meet(a, b) or differ_but_for_dates(a, b)


def stance(item: Linkable) -> tuple[Hashable, ...]:
    """All that `differ` looks at, by what it looks at together: who takes the same stance contradicts the same others,
    and who takes the same in one of these contradicts in it the same others. None contradicts nobody."""
    place = item.place
    when = item.when.edtf, item.when.earliest, item.when.latest, item.modality, item.news
    what = item.kind, item.kinds, item.family, item.modality
    who = item.people, item.bodies, item.things, item.doers, item.targets
    where = place and (place_key(place), place.country, place.exactness, place.latitude, place.longitude)
    here = where and (*where, place and place.name, place and place.region)
    return when, (*what, *who), item.countries or None, here


def differ_but_for_dates(a: Linkable, b: Linkable) -> bool:
    return (
        a.modality is not b.modality
        or sort_of(a) != sort_of(b)
        or side_of(a.kind) * side_of(b.kind) < 0
        or (none_shared(a.people, b.people) and not once(a, b))
        or none_shared(a.countries, b.countries)
        or _sides_differ(a, b)
        or _sides_cross(a, b)
        or (a.family in SPOKEN and none_shared(a.doers, b.doers))
        or _places_differ(a.place, b.place)
    )


def none_shared(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and a.isdisjoint(b)


def _sides_differ(a: Linkable, b: Linkable) -> bool:
    """One man's meetings with two others on one day: each names somebody whom the other does not."""
    sided = a.family in SIDED and "summit" not in (a.kind, b.kind)
    return sided and len(a.people & b.people) == 1 and bool(a.people - b.people and b.people - a.people)


def _sides_cross(a: Linkable, b: Linkable) -> bool:
    """Who does it in the one is whom it is done to in the other; of two countries, that holds both ways round.

    Who visits is visited, and who dies was killed: these tell no sides.
    """
    if a.family in SIDED or b.family in SIDED or "death" in a.kinds | b.kinds:
        return False
    there = (a.doers & b.targets) - b.doers - a.targets
    back = (b.doers & a.targets) - a.doers - b.targets
    named = a.people | a.bodies | b.people | b.bodies
    return bool(there and back) or not named.isdisjoint(there | back)


def _dates_meet(a: Linkable, b: Linkable) -> bool:
    """Whether the dates can be one; what is open at an end reaches any day there."""
    (first, last), (start, end) = _reach(a), _reach(b)
    return max(first, start) <= min(last, end) or of_one_night(a, b) or as_news(a, b)


def days_beside(a: Linkable, b: Linkable) -> bool:
    """Whether one tells of a day and the other of the next: a slip, or a night, more often than two happenings."""
    first, second = a.days, b.days
    if first is None or second is None or first[0] != first[1] or second[0] != second[1]:
        return False
    return abs((first[0] - second[0]).days) == 1 and not of_one_night(a, b)


def _reach(item: Linkable) -> tuple[date, date]:
    return item.days or (item.when.earliest or date.min, item.when.latest or date.max)


def length(days: tuple[date, date]) -> int:
    """Of a stretch of days, the first and the last counted."""
    return (days[1] - days[0]).days + 1


def _places_differ(a: Place | None, b: Place | None) -> bool:
    if a is None or b is None or place_key(a) == place_key(b):
        return False
    if a.country and b.country and a.country != b.country:
        return True
    levels = a.exactness, b.exactness
    if PlaceExactness.AREA in levels:
        return False
    if a.exactness in ON_A_MAP and b.exactness in ON_A_MAP:
        if None not in (a.latitude, a.longitude, b.latitude, b.longitude):
            between = distance_km(a.latitude, a.longitude, b.latitude, b.longitude)  # type: ignore[arg-type]
            return between > (_APART_KM if levels[0] is levels[1] else _FAR_KM)
        return levels[0] is levels[1]
    regions = {fold(each.name if each.exactness is PlaceExactness.REGION else each.region) for each in (a, b)}
    return len(regions - {""}) > 1
