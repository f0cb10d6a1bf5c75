"""Rules for weekdays, today and its neighbours, and parts of a day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from timeline.extract.when import calendar
from timeline.extract.when.reading import DATE, SET, Context, Reading, anchored, at, counted, unknown, weekday
from timeline.extract.when.rules.registry import PART_OF, YEAR_WORDS, mod_of, part_of, rule
from timeline.extract.when.words import GAP, PART, WEEKDAY, table, weekday_number


@rule(
    rf"{PART_OF}(?:(?P<mod>early|late|mid|earlier|later)[\s-]{{1,3}}(?:on{GAP})?)?(?:(?P<dir>last|next|this|this{GAP}past|this{GAP}coming|the{GAP}following|the{GAP}previous){GAP})?(?P<wd>{WEEKDAY})(?:{GAP}(?P<part>{PART})(?P<s>s)?)?(?:{GAP}or{GAP}(?P<wd2>{WEEKDAY})|(?:{GAP}of)?{GAP}(?P<wk>last|this|next){GAP}week)?",
    key="weekday",
)
def _weekday(match: re.Match[str], context: Context) -> Reading | None:
    if match["wd"][:1].islower() or _weekday_in_name(context):
        return None
    if match["s"]:
        return Reading(
            SET, f"XXXX-WXX-{weekday_number(match['wd']) + 1}{part_of(match['part'])}", "", "returns each week"
        )
    word = " ".join((match["dir"] or "").lower().split())
    number_, part, mod = weekday_number(match["wd"]), part_of(match["part"] or match["np"]), mod_of(match["mod"])
    week = match["wk"] or ((shared := _SHARED_WEEK.match(context.after(48))) and shared[1])
    if week:
        return _weekday_of_week(number_, week.lower(), context, part)
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


# "Between Monday and Thursday last week": both are of the week that stands with the second.
_SHARED_WEEK = re.compile(rf"\s+(?:and|to|until|through)\s+{WEEKDAY}\s+(?:of\s+)?(last|this|next)\s+week\b")
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
    return at(calendar.day(found), counted(context), part=part)


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
    rf"(?:the{GAP})?(?:(?P<mod>early|late){GAP})?(?P<part>overnight|(?<=the )(?:morning|afternoon|evening|night))",
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
        evening = today - timedelta(days=1)
        reason = "the night before " + anchored(context).removeprefix("anchored to ")
        return replace(at(calendar.day(evening), reason, part=part_of(word)), edtf=f"{evening}/{today}")
    if near is not None and near.grain == "D" and context.since < 200:
        return at(calendar.day(near.first), f"of the day named before, {near.first}", part=part_of(word))
    if today is None:
        return unknown(part_of(word))
    return at(calendar.day(today), anchored(context), part=part_of(word))
