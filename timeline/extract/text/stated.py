"""The publication date that a text itself states near its top: a line, a byline, a dateline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from timeline.extract.when.names import language as language_words
from timeline.extract.when.names import language_of
from timeline.model import Span
from timeline.model.article import is_publication_day

_NAMES = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun",
    "july jul", "august aug", "september sep sept", "october oct", "november nov", "december dec",
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = r"(?:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s{1,3})?"
_DAYS = (
    rf"{_WEEKDAY}\b(?P<month>{_MONTH})\.?\s{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?P<year>\d{{4}})\b",
    rf"{_WEEKDAY}\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s{{1,3}}(?P<month>{_MONTH})\.?,?\s{{1,3}}(?P<year>\d{{4}})\b",
    r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
    r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?![\d.])",
)
_ENGLISH = tuple(re.compile(form, re.I | re.A) for form in _DAYS)
_MONTH_DAY = re.compile(
    rf"(?:(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})\s+(?P<month2>{_MONTH})\.?)", re.I | re.A
)
_PUBLISHED = re.compile(r"(?:^|\W)(?:(?:first )?published|posted|issued|date|on)\b[:\s]*(?:on\s+)?$", re.I)
_UPDATED = re.compile(r"(?:^|\W)(?:last )?(?:updated|modified)\b[:\s]*(?:on\s+)?$", re.I)
_BYLINE = re.compile(
    r"^(?:by|from|via|von|par|por|di|автор:?|от)\s+\S|"
    r"^\(?(?:the )?(?:reuters|ap|afp|dpa|efe|ansa|upi|tass|тасс|xinhua|新华社|kyodo|bbc|cnn|bloomberg|interfax|"
    r"интерфакс|associated press|agence france-presse|al jazeera|deutsche welle|dw)\b",
    re.I,
)
# What parts the date from the author.
_PARTING = re.compile(r"(?:[|·•,–—-]|\s{2}|\bon)\s*$")
_CLOCK = r"(?:(?:at|um|à|a las|alle|ore|às|в|о|الساعة)\s+)?\d{1,2}\s?[:.hH]\s?\d{2}.{0,25}"
_AFTER_FOREIGN = re.compile(rf"\W*(?:{_CLOCK})?\s*|\s*[|·•].{{0,60}}")
_TIME = r"(?:\d{1,2}[:.h]\d\d(?::\d\d)?(?:\.\d+)?\s*(?:[ap]\.?m\b\.?|hrs\b)?|\d{1,2}\s*[ap]\.?m\b\.?)"
_ZONE = r"(?:\s*(?:\(?[A-Z]{1,5}(?:[+-]\d{1,2})?\)?|[+-]\d\d:?\d\d|local time)(?![A-Za-z]))?"
# What stands before the date of an English line that is one: "Published:", "Last updated on", "Posted 10:15 GMT,".
_LEAD = re.compile(
    r"\W*(?:(?P<updated>(?:last\s+)?(?:updated|modified))|(?P<published>(?:first\s+)?published|posted|issued|date))?"
    rf"\s*:?\s*(?:(?:at\s+)?{_TIME}(?i:{_ZONE})\s*,?\s*)?(?P<on>on\s+)?",
    re.IGNORECASE,
)
_AT = re.compile(rf"(?:\s*,?\s*(?:T|at\b|[|·•–—-]|\()?\s*{_TIME}(?:Z\b|{_ZONE})\)?)?")
# What may follow it: nothing, something set apart, or a few words that are no story.
_REST = re.compile(
    r"[.\s]*$|\s*(?:[|·•–—/(\[;*-]|,\s*\d|(?:(?i:updated|published|posted|last|by|\d+\s*min)|[A-Z]{2,5})\b)"
)
_SENTENCE_END = re.compile(r"(?<!\.)[a-z][.!?][\"'”’)]*\s*$")
_NAME = r"[A-Z][\w.'’-]*(?:[ ,]+(?:and|of|for|in|at|the|de|la|van|von|bin|al|[A-Z][\w.'’-]*))*"
_BY = re.compile(rf"(?i:(?:written |reporting |story |posted |published )?by|via|from)\s+{_NAME}\W*(?:on\s)?\s*")
_APART = re.compile(rf"{_NAME}(?:\s*[|·•/]\s*{_NAME})*\s*[|·•]\s*")  # "World | Asia | March 3, 2025"
_NEWSROOM = re.compile(
    r".*\b(?:News|Times|Post|Press|Agency|Wire|Journal|Herald|Tribune|Guardian|Staff|Reporter|Editor)\W*"
)
_NAMED = re.compile(rf"{_NAME}(?:\s*\([\w ]+\))?\s*[,–—-]?\s*")
_LONGEST_LINE = 160
_MAX_REST = 40
# A dateline is of the days before its article is put where it was found, or, beyond the date line, of the day after.
_FILED_WITHIN, _FILED_AHEAD = 31, 1


@dataclass(frozen=True, slots=True)
class Stated:
    """A publication date that the text states: the day, the block that does, and "text", "byline" or "dateline"."""

    day: date
    block: Span
    source: str


def stated_date(text: str, blocks: Sequence[Span], language: str = "en") -> Stated | None:
    """What the first blocks of an article say of its publication: a line that says so, else one that is little more
    than a date, else the time of an update, else a byline with a date."""
    best: tuple[int, Stated] | None = None
    for block in blocks:
        words = block.of(text)
        if len(words) > _LONGEST_LINE or not any(c.isdecimal() for c in words):
            continue
        for rank, day in _line(words, language):
            if is_publication_day(day) and (best is None or rank < best[0]):
                best = rank, Stated(day, block, "byline" if rank == 3 else "text")
    return best[1] if best else None


def dateline_day(words: str, near: date | None) -> date | None:
    """The day of a dateline: "March 3, 2025" as it stands; "March 3" only if its place dates the article near it."""
    for form in _ENGLISH:
        if match := form.fullmatch(words):
            return _day(match)
    match = _MONTH_DAY.fullmatch(words)
    if match is None or near is None:
        return None
    month, number = MONTHS[(match["month"] or match["month2"]).lower()], int(match["day"] or match["day2"])
    for year in (near.year, near.year - 1, near.year + 1):
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if -_FILED_WITHIN <= (day - near).days <= _FILED_AHEAD:
            return day
    return None


def _line(words: str, language: str) -> Iterator[tuple[int, date]]:
    """The dates of a line that can be its article's, each with its rank: published, bare, updated, byline."""
    code = language_of(words, language)
    days = _english(words) if code == "en" else _foreign(words, code)
    until = 0
    for number, (day, span) in enumerate(days):
        before = words[until : span.start]
        after = words[span.end : days[number + 1][1].start if number + 1 < len(days) else len(words)]
        until = span.end
        if code == "en":
            rank = _english_rank(before, after, first=number == 0)
            if rank is not None:
                yield rank, day
            continue
        if len(after) > _MAX_REST or not _AFTER_FOREIGN.fullmatch(after):
            continue
        if _PUBLISHED.search(before) or _is_label(before, code):
            yield 0, day
        elif not before.strip(" \t|·•([-–—:*") and number == 0:
            yield 1, day
        elif _UPDATED.search(before):
            yield 2, day
        elif number == 0 and _BYLINE.search(before) and _PARTING.search(before):
            yield 3, day


def _english_rank(before: str, after: str, *, first: bool) -> int | None:
    """What a date between these words of an English line is, as `stated_date` ranks it; None where it is told about."""
    before, after = re.sub(r"\s+", " ", before), re.sub(r"\s+", " ", after)
    clock = _AT.match(after)
    timed = clock is not None and clock.end() > 0
    rest = after[clock.end() :] if clock else after
    if len(rest) > _MAX_REST or not _REST.match(rest) or _SENTENCE_END.search(rest):
        return None
    if lead := _LEAD.fullmatch(before):
        return 2 if lead["updated"] else 0 if lead["published"] else 1 if first else None
    return 3 if first and _is_byline(before, timed=timed) else None


def _is_byline(before: str, *, timed: bool) -> bool:
    """Whether the words before a date name who wrote or published it, and tell nothing."""
    if _BY.fullmatch(before) or _APART.fullmatch(before):
        return True
    if not _NAMED.fullmatch(before):
        return False
    known = _NEWSROOM.fullmatch(before) or (_BYLINE.search(before) and _PARTING.search(before))
    return bool(known) or (timed and before.rstrip()[-1:] == ",")


def _english(words: str) -> list[tuple[date, Span]]:
    matches = sorted((m for form in _ENGLISH for m in form.finditer(words)), key=lambda m: m.start())
    return [(day, Span(*match.span())) for match in matches if (day := _day(match))]


def _foreign(words: str, code: str) -> list[tuple[date, Span]]:
    from timeline.extract.when.languages import whole_days

    return whole_days(words, code)


def _is_label(before: str, code: str) -> bool:
    label = before.casefold().strip(" \t:：-–—|·•")
    return label in language_words(code).phrases("published")


def _day(match: re.Match[str]) -> date | None:
    month = match["month"].lower()
    try:
        return date(int(match["year"]), MONTHS.get(month) or int(month), int(match["day"]))
    except ValueError:
        return None
