"""Rules for holidays, feasts and festivals, whose days the reference table knows."""

from __future__ import annotations

import re
from datetime import date

from timeline.extract.when.calendar import span_of_days
from timeline.extract.when.reading import DATE, EXPLICIT, NO_DATE, Context, Reading, at
from timeline.extract.when.rules.registry import rule
from timeline.extract.when.words import GAP, YEAR, grouped, table
from timeline.reference import countries, holidays
from timeline.reference.holidays import Holiday

# Years within which every holiday returns, the rarest after an election.
_ROUND = 4
_NAMES = grouped(holidays.spellings()).replace("'", "['’]")


@rule(rf"(?:(?P<dir>[Ll]ast|[Tt]his|[Nn]ext){GAP})?(?P<n>{_NAMES})(?:,?{GAP}(?P<y>{YEAR}))?", flags=0)
def _holiday(match: re.Match[str], context: Context) -> Reading | None:
    name = match["n"].removeprefix("the ")
    if not name[:1].isupper() and not name[:1].isdigit():
        return None
    if re.match(
        r"\s+(?:Agreement|Accords?|Massacre|Island|Sunday School|Truce|Offensive|Parade|War)\b", context.after(18)
    ):
        return None  # a name made from the day's
    if (
        name.lower() in table("guards")["ordinary_holidays"]
        and context.word_before not in table("guards")["leads_to_day"]
    ):
        return None  # "Carnival" is a company, too
    country = _country(name, context)
    if holidays.is_shared(name) and not country:
        return Reading(DATE, "", "", "a holiday of several countries, none of which is named")
    if match["y"]:
        found = holidays.occurrences(name, int(match["y"]), country)
        return _reading(found[0], EXPLICIT) if found else None
    today = context.published
    if today is None:
        return Reading(DATE, "", "", NO_DATE)
    years = range(max(today.year - _ROUND, 1), min(today.year + _ROUND, 9999) + 1)
    around = [day for year in years for day in holidays.occurrences(name, year, country)]
    chosen = _chosen(around, today, (match["dir"] or "").lower(), context)
    return _reading(chosen, f"the holiday table, nearest to the publication date {today}") if chosen else None


def _chosen(days: list[Holiday], today: date, word: str, context: Context) -> Holiday | None:
    """ "last" and "next" say which; a plan looks ahead, what is told back; without a verb the nearer."""
    ahead = next((day for day in days if day.last >= today), None)
    back = next((day for day in reversed(days) if day.first <= today), None)
    if word == "next" or (not word and context.ahead):
        return ahead or back
    if word == "last" or context.direction:
        return back or ahead
    if ahead is None or back is None:
        return ahead or back
    return ahead if (ahead.first - today).days < (today - back.last).days else back


def _reading(holiday: Holiday, reason: str) -> Reading:
    reading = at(span_of_days(holiday.first, holiday.last), f"{reason}; {holiday.name} of {holiday.country or 'all'}")
    if not holiday.approximate:
        return reading
    edtf = "/".join(f"{day}~" for day in reading.edtf.split("/"))
    return Reading(DATE, reading.value, edtf, reading.reason, "APPROX", reading.moment)


_CAPITALISED = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)?")


def _country(name: str, context: Context) -> str:
    """The country whose day it is: the nearest one named before, else after, that has a day of this name."""
    having = holidays.countries_of(name)
    if not having:
        return ""
    for words in (reversed(_CAPITALISED.findall(context.before(80))), iter(_CAPITALISED.findall(context.after(60)))):
        for word in words:
            for part in (word, *word.split()):
                found = countries.lookup(part)
                if found is not None and found.country.iso3 in having:
                    return found.country.iso3
    return ""
