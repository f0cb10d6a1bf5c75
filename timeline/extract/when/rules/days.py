"""Rules for days: dates of every order and style, weekdays, today and tomorrow, parts of a day, holidays."""

from __future__ import annotations

import re
from datetime import date, timedelta

from timeline.extract.when import calendar
from timeline.extract.when.reading import (
    DATE,
    EXPLICIT,
    NO_DATE,
    Context,
    Reading,
    anchored,
    at,
    in_year,
    month,
    unknown,
    weekday,
)
from timeline.extract.when.rules.registry import APPROXIMATELY, YEAR_WORDS, day_of, mod_of, part_of, rule
from timeline.extract.when.words import (
    DAY,
    DAY_WORD,
    GAP,
    MOD,
    MONTH,
    PART,
    WEEKDAY,
    WEEKDAY_OF,
    YEAR,
    any_of,
    day_number,
    month_number,
    table,
    weekday_number,
)


@rule(
    r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d\d?)(?P=s)(?P<d>\d\d?)(?:[T ](?P<t>\d\d:\d\d)(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?"
)
def _iso(match: re.Match[str], context: Context) -> Reading | None:
    moment = day_of(int(match["y"]), int(match["m"]), int(match["d"]))
    return at(moment, EXPLICIT, part=f"T{match['t']}" if match["t"] else "") if moment else None


@rule(r"(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4}|\d\d)")
def _numeric(match: re.Match[str], context: Context) -> Reading | None:
    """ "3/4/2025": the locale says which is the day; with full stops it is always the first."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    if year < 100 and match["s"] != "/":
        return None  # a version, a section or a score
    if year < 100:
        pivot = (context.published.year if context.published else 2030) % 100 + 10
        year += 2000 if year <= pivot and not (context.published and context.published.year < 2000) else 1900
    day_first = context.day_first or match["s"] == "."
    month_, day = (second, first) if (day_first and second <= 12) or first > 12 else (first, second)
    moment = day_of(year, month_, day)
    return at(moment, f"{EXPLICIT}, {'day' if month_ == second else 'month'} first") if moment else None


_OF_YEAR = rf"(?:,?{GAP}(?:of{GAP})?(?P<y>{YEAR})(?![-–]\d|{GAP}(?:votes|people|troops|men|soldiers))|,?{GAP}(?:of{GAP})?(?P<ry>this|last|next){GAP}year)?"
_WEEKDAY_BEFORE = (
    rf"(?:(?:(?:this|next|last)(?:{GAP}(?:past|coming))?{GAP})?(?:the{GAP})?{WEEKDAY_OF},?{GAP}(?:the{GAP})?)?"
)
_PART_OF = rf"(?:the{GAP}(?:early{GAP}|late{GAP})?(?P<np>{PART}){GAP}of{GAP})?"
_APPROX = rf"(?:(?P<ap>{APPROXIMATELY}){GAP})?"
# A year that stands only with the second of two dates belongs to both: "from March 3 to May 5, 2021".
_SHARED_YEAR = re.compile(
    rf"\s*(?:,|to|and|or|until|till|through|[-–])\s*(?P<m>{MONTH})?\s*(?:(?P<d>{DAY})(?:,\s*|\s+))?(?:of\s+)?(?P<y>{YEAR})(?!\w)",
)


def _year_given(match: re.Match[str], context: Context) -> int | None:
    if match["y"]:
        return int(match["y"])
    if match["ry"] and context.published:
        return context.published.year + YEAR_WORDS[match["ry"].lower()]
    return None


def shared_year(month_: int, context: Context) -> int | None:
    """The year of the second of two dates for the first, the year before where the first month is the later one."""
    found = _SHARED_YEAR.match(context.after(40))
    if found is None:
        return None
    later = month_number(found["m"]) if found["m"] else month_
    return int(found["y"]) - (later < month_)


@rule(
    rf"{_APPROX}{_PART_OF}(?:(?P<mod>early|late|mid)[\s-])?{_WEEKDAY_BEFORE}(?P<m>{MONTH}){GAP}(?:the{GAP})?(?P<d>{DAY}|{DAY_WORD})(?P<to>\s?[-–]\s?(?:{DAY})(?!\d)|{GAP}(?:to|through){GAP}{DAY}(?!\d))?{_OF_YEAR}",
    key="month",
)
def _month_day(match: re.Match[str], context: Context) -> Reading | None:
    return _day_month(match, context)


@rule(
    rf"{_APPROX}{_PART_OF}{_WEEKDAY_BEFORE}(?:the{GAP})?(?P<d>{DAY}|{DAY_WORD})(?P<to>\s?[-–]\s?{DAY})?{GAP}(?:of{GAP})?(?P<m>{MONTH}){_OF_YEAR}",
    key="month",
)
def _day_month(match: re.Match[str], context: Context) -> Reading | None:
    number_, day = month_number(match["m"]), day_number(match["d"])
    if match["m"][:1].islower():
        return None
    year, reason = _year_given(match, context) or shared_year(number_, context), EXPLICIT
    if (
        year is None
        and (named := table("named_days").get(f"{number_:02}-{day:02}"))
        and re.match(rf"\W+(?:\w+\s)?(?:{any_of(named['words'])})", context.after(40))
    ):
        year, reason = named["year"], "a day known by its happening"
    if match["ry"] and not match["y"]:
        reason = anchored(context)
    if year is None:
        year, reason = in_year(context, number_, day)
    if year is None:
        return Reading(DATE, f"XXXX-{number_:02}-{day:02}", "", NO_DATE)
    moment = day_of(year, number_, day)
    if moment is None:
        return None
    if match["to"]:
        last = day_of(year, number_, int(re.findall(r"\d+", match["to"])[0]))
        if last and last.first > moment.first:
            return at(calendar.span_of_days(moment.first, last.first), reason)
    return at(moment, reason, mod="APPROX" if match["ap"] else "", part=part_of(match["np"]))


_UP_TO = rf"(?:\s?[-–—]\s?|{GAP}to{GAP})"


@rule(
    rf"(?:(?P<d1>{DAY}){GAP}(?P<m1>{MONTH})\s?[-–—]\s?(?P<d2>{DAY}){GAP}(?P<m2>{MONTH})|(?P<m3>{MONTH}){GAP}(?P<d3>{DAY})\s?[-–—]\s?(?P<m4>{MONTH}){GAP}(?P<d4>{DAY})),?{GAP}(?P<y>{YEAR})",
    key="month",
)
def _days_of_two_months(match: re.Match[str], context: Context) -> Reading | None:
    """ "28 February – 3 March 2024": one expression, joined by a dash."""
    first, last = month_number(match["m1"] or match["m3"]), month_number(match["m2"] or match["m4"])
    year = int(match["y"])
    begun = day_of(year - (last < first), first, day_number(match["d1"] or match["d3"]))
    ended = day_of(year, last, day_number(match["d2"] or match["d4"]))
    if begun is None or ended is None or ended.first <= begun.first:
        return None
    return at(calendar.span_of_days(begun.first, ended.first), EXPLICIT)


@rule(rf"(?P<m1>{MONTH})\s?[-–—/]\s?(?P<m2>{MONTH})(?:,?{GAP}(?P<y>{YEAR}))?(?!\s+\d\d?(?!\d))", key="month")
def _months(match: re.Match[str], context: Context) -> Reading | None:
    """ "May-June 2022": one expression, joined by a dash."""
    first, last = month_number(match["m1"]), month_number(match["m2"])
    if match["m1"][0].islower() or first == last:
        return None
    ends = int(match["y"]) if match["y"] else None
    if ends is None:
        moment, reason = month(last, context, "")
        if moment is None:
            return unknown()
        ends = moment.first.year
    else:
        reason = EXPLICIT
    begun, ended = calendar.month(ends - (last < first), first), calendar.month(ends, last)
    value = f"{begun.value}/{ended.value}"
    return Reading(DATE, value, value, reason, "", begun)


@rule(r"9/11(?!/)")
def _known_by_number(match: re.Match[str], context: Context) -> Reading | None:
    """ "9/11" is a name: of the day of 2001 whatever the locale."""
    return at(calendar.day(date(2001, 9, 11)), "a day known by its happening")


@rule(rf"(?P<d>{DAY})(?P<l>)")
def _second_day(match: re.Match[str], context: Context) -> Reading | None:
    """The "25" of "April 24 and 25": a bare number is a day only straight after one of the same month."""
    near = context.previous
    if (
        near is None
        or near.grain != "D"
        or not re.search(rf"{MONTH}\s+{DAY}(?:,\s{DAY})?,?\s+(?:and|or)\s+$", context.before(40))
    ):
        return None
    if re.match(
        r"[\s-]+(?!(?:and|in|at|to|for|on|of|with|by|after|before|when|as|was|were|is)\b)[a-z]|[.,:]\d|%",
        context.after(20),
    ):
        return None
    moment = day_of(near.first.year, near.first.month, day_number(match["d"]))
    return at(moment, f"of the month named before, {near.value[:7]}") if moment else None


@rule(rf"the{GAP}(?P<d>{DAY}(?<=[a-z]))(?:{GAP}of{GAP}(?P<om>this|the|next|last){GAP}month)?")
def _the_third(match: re.Match[str], context: Context) -> Reading | None:
    """ "on the 3rd": of the month named before, else the nearest such day by tense."""
    of_month = (match["om"] or "").lower()
    if not of_month and (
        context.word_before not in ("on", "until", "by", "from", "since")
        or (re.match(rf"{GAP}\w", context.after(4))
        and not re.match(r"\s+(?:and|or|to|in|at|after|when|but|with|as|for)\b", context.after(8)))
    ):
        return None
    near = context.previous
    if of_month in ("", "the") and near is not None and near.grain in ("D", "M") and context.since < 250:
        return at(
            day_of(near.first.year, near.first.month, day_number(match["d"])),
            f"of the month named before, {near.value[:7]}",
        )
    today = context.published
    if today is None:
        return unknown()
    day = day_number(match["d"])
    shift = {"next": 1, "last": -1}.get(of_month, 0)
    if not of_month:
        shift = -1 if day > today.day and not context.ahead else 1 if day < today.day and context.ahead else 0
    other = calendar.month(today.year, today.month + shift).first
    return at(day_of(other.year, other.month, day), anchored(context))


_SAME_YEAR = rf"(?:the{GAP}(?P<sy>same|following|previous){GAP}year|(?P<ty>that){GAP}year)"


@rule(
    rf"{_APPROX}(?:(?P<mod>{MOD})[\s-]{{1,3}})?(?:the{GAP}month{GAP}of{GAP})?(?P<m>{MONTH})(?:,?{GAP}(?:of{GAP})?(?P<y>{YEAR})(?!\d|[-–]\d)|,?{GAP}(?:of{GAP})?(?P<ry>this|last|next){GAP}year|{GAP}(?:of{GAP})?{_SAME_YEAR}|[-\s/](?P<yy>['’]\d\d))",
    key="month",
)
def _month_year(match: re.Match[str], context: Context) -> Reading | None:
    if match["m"][:1].islower() and (match["m"] in ("may", "march") or not match["y"]):
        return None
    number_, year = month_number(match["m"]), _year_given(match, context)
    if match["yy"]:
        year = 1900 + int(match["yy"][1:]) + 100 * (int(match["yy"][1:]) < 50)
    if year is None and (match["sy"] or match["ty"]) and context.previous:
        shift = {"same": 0, "that": 0, "following": 1, "previous": -1}[(match["sy"] or match["ty"]).lower()]
        year = context.previous.first.year + shift
    if year is None:
        return unknown()
    mod = "APPROX" if match["ap"] else mod_of(match["mod"])
    return at(calendar.month(year, number_), EXPLICIT if match["y"] else anchored(context), mod=mod)


_SHORT = frozenset(("jan", "mar", "sep", "sept", "dec", "jun", "jul", "apr", "aug", "oct", "nov", "feb"))


@rule(
    rf"(?:the{GAP}month{GAP}of{GAP}|(?:the{GAP})?(?P<mod>{MOD})[\s-]{{1,3}})?(?:(?P<dir>last|next|this|this{GAP}past|this{GAP}coming|the{GAP}previous){GAP})?(?P<m>{MONTH})(?!\s+\d\d?(?!\d))",
    key="month",
)
def _month(match: re.Match[str], context: Context) -> Reading | None:
    word, bare = match["m"], match["m"].lower().rstrip(".")
    if word[:1].islower() or (bare in _SHORT and "." not in word):
        return None
    named = match["mod"] or match["dir"]
    if bare in ("may", "march", "mar") and not named and not _month_is_meant(context):
        return None
    if not named and _is_given_name(word, context):
        return None
    direction = " ".join((match["dir"] or "").lower().split()).replace("the previous", "last")
    direction = "last" if "past" in direction else "next" if "coming" in direction else direction
    number_ = month_number(word)
    year = shared_year(number_, context) if not direction else None
    if year is not None:
        return at(calendar.month(year, number_), EXPLICIT, mod=mod_of(match["mod"]))
    moment, reason = month(number_, context, direction)
    return at(moment, reason, mod=mod_of(match["mod"]))


def _is_given_name(word: str, context: Context) -> bool:
    """ "April Jones": a name before a capitalised word, unless a preposition or an article leads to the month."""
    if word not in ("April", "May", "June", "August", "January") or not re.match(r" [A-Z][a-z]+", context.after(16)):
        return False
    return context.word_before not in table("guards")["month_before"] or context.word_before in (
        "and",
        "or",
        "for",
        "of",
        "by",
        "to",
    )


def _month_is_meant(context: Context) -> bool:
    return context.word_before in table("guards")["month_before"] or bool(
        re.match(r"\s*(?:[-–]|to|and|,)\s*(?:June|July|April|August)\b", context.after(12))
    )


@rule(
    rf"{_PART_OF}(?:(?P<mod>early|late|mid|earlier|later)[\s-]{{1,3}}(?:on{GAP})?)?(?:(?P<dir>last|next|this|this{GAP}past|this{GAP}coming|the{GAP}following|the{GAP}previous){GAP})?(?P<wd>{WEEKDAY})(?:{GAP}(?P<part>{PART})(?P<s>s)?)?(?:{GAP}or{GAP}(?P<wd2>{WEEKDAY})|(?:{GAP}of)?{GAP}(?P<wk>last|this|next){GAP}week)?",
    key="weekday",
)
def _weekday(match: re.Match[str], context: Context) -> Reading | None:
    if match["wd"][:1].islower() or _weekday_in_name(context):
        return None
    if match["s"]:
        return Reading(
            "SET", f"XXXX-WXX-{weekday_number(match['wd']) + 1}{part_of(match['part'])}", "", "returns each week"
        )
    word = " ".join((match["dir"] or "").lower().split())
    number_, part, mod = weekday_number(match["wd"]), part_of(match["part"] or match["np"]), mod_of(match["mod"])
    if match["wk"]:
        return _weekday_of_week(number_, match["wk"].lower(), context, part)
    if word.startswith("the "):
        return _weekday_from_text(number_, word, context, part)
    word = "last" if "past" in word else "next" if "coming" in word else word
    moment, reason = weekday(number_, context, word)
    if match["wd2"] and moment is not None:
        other, _ = weekday(weekday_number(match["wd2"]), context, word)
        if other is not None and other.first > moment.first:
            return Reading(DATE, f"{moment.value}/{other.value}", f"[{moment.edtf},{other.edtf}]", reason, "", moment)
    until = _TO_WEEKDAY.match(context.after(24)) if context.word_before == "from" else None
    if until and moment is not None and not word:
        last, _ = weekday(weekday_number(until[1]), context, "")
        if last is not None and moment.first > last.first:
            moment = calendar.day(last.first - timedelta(days=(last.first.weekday() - number_) % 7))
    return at(moment, reason, mod=mod, part=part)


_TO_WEEKDAY = re.compile(rf"\s+(?:to|until|through)\s+({WEEKDAY})")


def _weekday_of_week(number_: int, which: str, context: Context, part: str) -> Reading:
    today = context.published
    if today is None:
        return unknown(part)
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=YEAR_WORDS[which])
    return at(calendar.day(monday + timedelta(days=number_)), anchored(context), part=part)


def _weekday_from_text(number_: int, word: str, context: Context, part: str) -> Reading:
    near = context.previous
    if near is None:
        return unknown(part)
    if word.endswith("following"):
        found = near.first + timedelta(days=(number_ - near.first.weekday()) % 7 or 7)
    else:
        found = near.first - timedelta(days=(near.first.weekday() - number_) % 7 or 7)
    return at(calendar.day(found), f"counted from the date named before, {near.value}", part=part)


def _weekday_in_name(context: Context) -> bool:
    guards = table("guards")
    after = re.match(r"\s+([A-Z][a-z]+)", context.after(16))
    return context.word_before in guards["weekday_names_before"] or bool(
        after and after[1] in guards["weekday_names_after"]
    )


_TODAY = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}


@rule(
    rf"(?:(?P<mod>early|late|earlier|later)(?:\s{{1,3}}on)?\s{{1,3}})?(?:(?P<before>{PART}){GAP})?(?P<w>today|yesterday|tomorrow|tonight|the{GAP}day{GAP}before{GAP}yesterday|the{GAP}day{GAP}after{GAP}tomorrow)(?:{GAP}(?P<part>{PART}))?",
    key="part",
)
def _today(match: re.Match[str], context: Context) -> Reading | None:
    word = " ".join(match["w"].lower().split())
    if match["w"][0].isupper() and re.search(r"(?:USA|'s|’s|Russia|India)\s$|\b(?:The|the)\s$", context.before(8)):
        return None  # the name of a paper or a programme
    part = "TNI" if word == "tonight" else part_of(match["part"] or match["before"])
    if context.published is None:
        return unknown(part)
    moment = calendar.day(context.published + timedelta(days=_TODAY.get(word, 0)))
    return at(moment, anchored(context), mod=mod_of(match["mod"]), part=part)


@rule(rf"(?:(?P<mod>early|late|earlier|later){GAP})?(?P<dir>this|last){GAP}(?P<part>{PART})", key="part")
def _this_part(match: re.Match[str], context: Context) -> Reading | None:
    if context.published is None:
        return unknown(part_of(match["part"]))
    moment = calendar.day(context.published - timedelta(days=match["dir"].lower() == "last"))
    return at(moment, anchored(context), mod=mod_of(match["mod"]), part=part_of(match["part"]))


@rule(
    rf"(?P<lead>the{GAP})?(?:(?P<mod>early|late){GAP})?(?P<part>overnight|(?<=the )(?:morning|afternoon|evening|night))",
    key="part",
)
def _bare_part(match: re.Match[str], context: Context) -> Reading | None:
    """ "overnight", "in the morning": of the day named before, else of the publication day."""
    word = match["part"].lower()
    if word == "overnight" and re.match(r"[\s-]+(?:success|stay|train|bag|delivery|sensation)\b", context.after(14)):
        return None
    if word != "overnight" and context.word_before not in ("in", "during", "through", "by", "later", "earlier", "for"):
        return None
    near, today = context.previous, context.published
    if word == "overnight" and today is not None:
        return at(
            calendar.day(today - timedelta(days=1)),
            "the night before " + anchored(context).removeprefix("anchored to "),
            part=part_of(word),
        )
    if near is not None and near.grain == "D" and context.since < 200:
        return at(calendar.day(near.first), f"of the day named before, {near.first}", part=part_of(word))
    if today is None:
        return unknown(part_of(word))
    return at(calendar.day(today), anchored(context), part=part_of(word))
