"""Which way in time the words around an expression look: back, ahead, or neither.

"left on Friday" looks back, "is due to leave on Friday" ahead. The decision reads the clause backwards from the
expression to its nearest verb group, then forwards: a plain window over words, fast enough for a tagger.
"""

from __future__ import annotations

import re
from enum import StrEnum

from timeline.extract.when.words import word_set
from timeline.model import Span


class Direction(StrEnum):
    BACK = "past"
    AHEAD = "future"
    NEITHER = ""


_WINDOW = 110
_CLAUSE_END = re.compile(
    r"[.!?]['’\"”]*\s+(?=[\"'“‘(]?[A-Z])|[;:]\s|\n\s*\n|,\s+(?:who|which|but|while|when|where|whose)\b"
)
_WORD = re.compile(r"['’]?[^\W_]+(?:-[^\W_]+)*")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Sgt|St|Inc|Corp|Co|Ltd|No|vs|"
    r"Jan|Feb|Aug|Sept|Oct|Nov|Dec)$"
)
_BE = frozenset({"is", "are", "am", "'s", "’s", "'re", "’re", "'m", "’m", "be"})
_LEADS_ON = frozenset({"on", "for", "in", "at", "by", "from", "until", "through", "to"})
_LOOK_BACK = 14


def direction(text: str, start: int, end: int, span: Span) -> Direction:
    """The way that the clause around `text[start:end]` looks."""
    possessive = text[end : end + 2] in ("'s", "’s") or text[end : end + 1] in ("'", "’")
    before = _words(_last_clause(text[max(span.start, start - _WINDOW) : start]))[-_LOOK_BACK:]
    if possessive and (not before or before[-1] not in word_set("tense", "leads_to_possessive")):
        return Direction.BACK
    if possessive and before[-2:] == ["ahead", "of"]:
        return Direction.AHEAD
    found = _backwards(before)
    if found is not None:
        return found
    after = text[end : min(span.end, end + _WINDOW)]
    stop = _CLAUSE_END.search(after)
    found = _forwards(_words(after[: stop.start()] if stop else after)[:_LOOK_BACK])
    if found is not None:
        return found
    if before and before[-1] in word_set("tense", "weakly_ahead"):
        return Direction.AHEAD
    return Direction.NEITHER


def _words(clause: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(clause)]


def _last_clause(before: str) -> str:
    for cut in reversed(list(_CLAUSE_END.finditer(before))):
        if not _ABBREVIATED.search(before[: cut.start()]):
            return before[cut.end() :]
    return before


def _backwards(words: list[str]) -> Direction | None:
    """The direction of the nearest verb group at the end of `words`; None where there is none."""
    for place in range(len(words) - 1, -1, -1):
        word, earlier = words[place], words[:place]
        following = words[place + 1] if place + 1 < len(words) else ""
        if word in word_set("tense", "modal"):
            perfect = following in ("have", "not") and "have" in words[place + 1 : place + 4]
            return Direction.BACK if perfect else Direction.AHEAD
        if word == "to" and _is_base_verb(following):
            governed = Direction.AHEAD if following == "be" and earlier[-1:] != ["used"] else _infinitive(earlier)
            if governed is not None:
                return governed
        elif word in word_set("tense", "ahead"):
            return Direction.BACK if {"had", "previously", "originally"} & set(earlier[-4:]) else Direction.AHEAD
        elif word in _BE and (
            following in _LEADS_ON or following.endswith("ing") or following in word_set("tense", "governor")
        ):
            return Direction.AHEAD if not following.endswith("ing") or len(words) - place <= 8 else Direction.NEITHER
        elif word in word_set("tense", "scheduled_present") or _announces(word, earlier):
            return Direction.AHEAD
        elif is_past(word) and earlier and earlier[-1] in _BE:
            return None if earlier[-1] == "be" and len(earlier) < 2 else _passive(earlier)
        elif word in word_set("tense", "announced") and following in ("for", "on", "to", "in", ""):
            return Direction.BACK if "had" in earlier[-3:] else Direction.AHEAD
        elif is_past(word):
            return Direction.AHEAD if _sets_deadline(words, place) else Direction.BACK
    return None


def _announces(word: str, earlier: list[str]) -> bool:
    """ "Leaders who meet on Friday": the present of several, no infinitive."""
    return word in word_set("tense", "scheduled_plural") and earlier[-1:] not in (["to"], ["did"], [])


def _sets_deadline(words: list[str], verb: int) -> bool:
    """ "gave them until Friday", "was postponed until Friday", "was moved to June"."""
    if words[-1] == "to" and words[verb] in word_set("tense", "puts_off") and verb >= len(words) - 3:
        return True
    return words[-1] in ("until", "till") and words[verb] in word_set("tense", "sets_deadline")


def _passive(earlier: list[str]) -> Direction | None:
    """ "is heard in May", "to be published": ahead, unless what stands before says otherwise."""
    return Direction.AHEAD if earlier[-1] != "be" else _backwards(earlier)


def _infinitive(earlier: list[str]) -> Direction | None:
    """What "to" and a verb mean after these words: a plan ("is set to", "agreed to"), or nothing of their own."""
    near = earlier[-5:]
    if any(word in word_set("tense", "governor") for word in near) or (near and near[-1] in _BE | {"was", "were"}):
        return Direction.BACK if {"had", "previously", "originally"} & set(earlier[-6:]) else Direction.AHEAD
    return None


def _is_base_verb(word: str) -> bool:
    return word.isalpha() and word not in word_set("tense", "no_verb") and not word.endswith("ing")


def is_past(word: str) -> bool:
    """Whether a word in lower case is a verb of the past by its form."""
    return word in word_set("tense", "past") or (
        len(word) > 4 and word.endswith("ed") and word not in word_set("tense", "no_past")
    )


def _forwards(words: list[str]) -> Direction | None:
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if word in word_set("tense", "modal"):
            return Direction.BACK if following == "have" else Direction.AHEAD
        if word in _BE and (following == "to" or following in word_set("tense", "governor")):
            return Direction.AHEAD
        if is_past(word):
            return Direction.BACK
    return None
