"""Which language a text is read in, and its names of months and weekdays: dateparser's locales and languages.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Letters by script, in the order of the answer when a text has as many of two: kana and hangul stand among Han.
_SCRIPTS = {
    "Kana": re.compile("[\u3040-\u30ff]"),
    "Hangul": re.compile("[\u1100-\u11ff\uac00-\ud7af]"),
    "Han": re.compile("[\u4e00-\u9fff]"),
    "Myanmar": re.compile("[\u1000-\u109f]"),
    "Arabic": re.compile("[\u0620-\u064a\u066e-\u06d3]"),
    "Cyrillic": re.compile("[\u0400-\u04ff]"),
    "Latin": re.compile("[A-Za-z\u00c0-\u024f]"),
}
_BY_SCRIPT = {
    "Kana": "ja", "Hangul": "ko", "Han": "zh", "Myanmar": "my", "Arabic": "ar", "Cyrillic": "ru",
}  # fmt: skip
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_SAMPLE = 20_000
# A Chinese or Korean character says as much as several letters.
_WEIGHTS = {"Han": 3, "Hangul": 3, "Kana": 3}


@dataclass(frozen=True, slots=True)
class Language:
    """A language's words for dates: `months` and `weekdays` by casefolded name (1 to 12, 0 to 6); `full` are the
    months' names that are no abbreviations; `words` is its table of languages.toml."""

    code: str
    name: str
    months: Mapping[str, int]
    full: frozenset[str]
    weekdays: Mapping[str, int]
    words: Mapping[str, Any]

    def phrases(self, key: str) -> Sequence[str]:
        """A list of its words in languages.toml, empty where it has none."""
        found: Sequence[str] = self.words.get(key, ())
        return found


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("timeline.extract.when").joinpath("data/languages.toml").read_text(encoding="utf-8"))


def known() -> dict[str, str]:
    """The languages besides English whose dates are read: ISO 639-1 code to English name."""
    return {code: words["name"] for code, words in _table().items()}


def code_of(language: str) -> str:
    """A language's code as used here, from a code, a locale ("de-AT") or an English name; "" for one not known."""
    plain = re.split(r"[-_]", language.strip().lower())[0]
    if plain in ("en", "eng", "english"):
        return "en"
    return next((code for code, name in known().items() if plain in (code, name.lower())), "")


def language_of(text: str, stated: str = "en") -> str:
    """The code of the language to read a text in: the stated one, unless its letters are of another script.

    Dates of a language that is not known are read as English; its letters alone tell Russian, Arabic, Chinese,
    Japanese, Korean, Burmese and Ukrainian.
    """
    code = code_of(stated) or "en"
    sample = text[:_SAMPLE]
    if sample.isascii():
        return code
    counts = {name: len(letters.findall(sample)) * _WEIGHTS.get(name, 1) for name, letters in _SCRIPTS.items()}
    if counts["Kana"] and counts["Kana"] * 10 > counts["Han"]:
        counts["Kana"] += counts["Han"]
    script = max(counts, key=lambda name: counts[name])
    if script == "Latin" or counts[script] == 0 or (code != "en" and script in _table()[code]["scripts"]):
        return code
    if script == "Cyrillic" and len(_UKRAINIAN.findall(sample)) * 50 > counts[script]:
        return "uk"
    return _BY_SCRIPT[script]


@cache
def language(code: str) -> Language:
    """A language's words. Loads dateparser's locale at the first call. Raises KeyError for a code not in `known()`."""
    words = _table()[code]
    locale = import_module(f"dateparser.data.date_translation_data.{code}").info
    months, full = {}, set()
    for number, english in enumerate(_MONTHS, start=1):
        names = {name.casefold() for name in [*locale[english], *words.get("months", {}).get(str(number), ())]}
        months.update(dict.fromkeys(names, number))
        full |= {n for n in names if not any(other != n and other.startswith(n) for other in names)}
    # "03月" beside "3月".
    months.update({f"0{name}": number for name, number in months.items() if re.match(r"\d\D", name)})
    weekdays = {name.casefold(): n for n, english in enumerate(_WEEKDAYS) for name in locale[english]}
    return Language(code, words["name"], months, frozenset(full), weekdays, words)
