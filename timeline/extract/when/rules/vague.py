"""Rules for words that name no stretch of the calendar: now, recently, in recent years, the future."""

from __future__ import annotations

import re

from timeline.extract.when.reading import DATE, Context, Reading
from timeline.extract.when.rules.registry import rule
from timeline.extract.when.words import GAP, any_of, table

_REFERENCES = {" ".join(w.split()): ref for ref, each in table("references").items() for w in each}
_VAGUE = "vague"


@rule(any_of(_REFERENCES).join(("(?P<w>", ")")))
def _reference(match: re.Match[str], context: Context) -> Reading | None:
    word = " ".join(match["w"].lower().split())
    if word == "now" and (
        match["w"] == "NOW"
        or re.match(r"-[a-z]|\s+(?:known|defunct)\b", context.after(8))
        or (context.word_before in ("and", "then", "by", "until") and match["w"][0].isupper())
    ):
        return None
    return Reading(DATE, _REFERENCES[word], "", _VAGUE)


@rule(
    rf"(?:the{GAP})?(?:more{GAP}|most{GAP})?(?P<r>recent|past|coming|future){GAP}(?:days|weeks|months|quarters|years|decades)"
    rf"(?:{GAP}and{GAP}(?:weeks|months|years))?",
    key="unit",
)
def _recent_units(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(DATE, "FUTURE_REF" if match["r"].lower() in ("coming", "future") else "PAST_REF", "", _VAGUE)


@rule(rf"the{GAP}(?P<w>future|past|present)(?!-)")
def _the_future(match: re.Match[str], context: Context) -> Reading | None:
    """ "in the future"; "the future of the country" names no time."""
    word = match["w"].lower()
    if re.match(r"\s+(?:of|for|tense|perfect|and|course)\b", context.after(10)):
        return None
    if word != "future" and context.word_before not in ("in", "from", "of", "to"):
        return None
    return Reading(DATE, f"{word.upper()}_REF", "", _VAGUE)


@rule(r"soon")
def _soon(match: re.Match[str], context: Context) -> Reading | None:
    if re.match(r"\s+(?:after|as|enough|thereafter|became|began)|-", context.after(12)):
        return None
    if context.word_before in table("guards")["degree"]:
        return None
    if not context.ahead and not re.match(r"\s*[.,;\"”]", context.after(3)):
        return None
    return Reading(DATE, "FUTURE_REF", "", _VAGUE)


@rule(r"current")
def _current(match: re.Match[str], context: Context) -> Reading | None:
    if match[0][0].isupper() or not re.match(r"\s+[a-z]", context.after(3)) or context.word_before == "then":
        return None
    if re.match(r"\s+(?:account|affairs|accounts|events)\b", context.after(12)):
        return None
    return Reading(DATE, "PRESENT_REF", "", _VAGUE)
