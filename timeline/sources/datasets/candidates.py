"""Which column is what, by its name and its values, each taken once; and how a proposed mapping writes them."""

from __future__ import annotations

import re
from collections.abc import Callable

from timeline.sources.datasets.guessing import Facts

_NAMES: dict[str, str] = {
    "id": r"(.*_)?(id|uuid|guid|key|no|nr|number|event_code)|(event_)?id_.*",
    "title": r"(event_|news_|source_)?(title|headline)|event_name|name_of_event|event",
    "text": r"(.*_)?(text|description|notes?|summary|details?|narrative|comments?|sentence|what_happened)",
    "date": r"(.*_)?(date|day|when|datetime|sqldate|start_?date|date_start|begin|start|from)(_.*)?",
    "end": r"(.*_)?(end|end_?date|date_end|until|finish|to_date)(_.*)?",
    "reported": (
        r"(.*_)?(reported|published|publication_date|date_?added|entry_date|created(_at)?|updated(_at)?|recorded)(_.*)?"
    ),
    "precision": r"(.*_)?(prec|precision|accuracy|known_to|exactness|certainty)(_.*)?",
    "type": r"(.*_)?(type|category|kind|class|event_?code|event_?type|action|cameo_?code|mode_of_attack)",
    "source": (
        r"(.*_)?(source_?actor|actor_?1?|actor_?a|perpetrators?|attackers?|side_a|initiator|aggressor|source_name"
        r"|by_whom)(_name)?"
    ),
    "target": r"(.*_)?(target|victims?|actor_?2|actor_?b|recipients?|side_b|target_name|to_whom|defender)(_name)?",
    "participants": r"(.*_)?(participants?|parties|actors|groups?|organi[sz]ations?|people|persons?|involved)",
    "place": r"(.*_)?(place|location|city|town|village|site|where|settlement|place_?name)(_name)?",
    "region": r"(.*_)?(region|province|state|admin_?1|adm_?1|oblast|district|department|governorate)(_name)?",
    "country": r"(.*_)?(country|nation|iso_?[23]?|ccode|gwno|cow)(_.*)?",
    "latitude": r"(.*_)?(lat|latitude|y)",
    "longitude": r"(.*_)?(lon|lng|long|longitude|x)",
    "place precision": r".*(geo|where|place|location|coord).*",
    "point": r"(.*_)?(coord.*|point|geom.*|wkt|geo|location)",
    "url": r"(.*_)?(url|link|web|website|source_url)",
    "year": r"(.*_)?year", "month": r"(.*_)?month", "day": r"(.*_)?day",
}  # fmt: skip
_MOSTLY = 0.5  # of the rows fill a column that is not an exception
PATTERNS = {key: re.compile(pattern) for key, pattern in _NAMES.items()}


def _rank(facts: Facts, meaning: str) -> tuple[bool, bool]:
    """Columns that most rows fill go first, and of these one that is named for the event or by the very word."""
    return facts.filled < _MOSTLY, not facts.key.startswith(("event", meaning))


def called(facts: Facts, meaning: str) -> bool:
    """Whether a column is called as such columns are."""
    return PATTERNS[meaning].fullmatch(facts.key) is not None


class Found:
    """The columns that are not yet taken for anything."""

    def __init__(self, facts: list[Facts]) -> None:
        self.facts, self.taken = facts, set[str]()

    def take(self, meaning: str, holds: Callable[[Facts], object] = lambda _: True) -> Facts | None:
        """The first column that is called so and holds such values."""
        pattern = PATTERNS[meaning]
        named = [f for f in self.facts if f.name not in self.taken and pattern.fullmatch(f.key) and holds(f)]
        best = min(named, key=lambda f: (_rank(f, meaning), f.key.count("_")), default=None)
        if best is not None:
            self.taken.add(best.name)
        return best

    def take_any(self, holds: Callable[[Facts], object]) -> Facts | None:
        best = next((f for f in self.facts if f.name not in self.taken and holds(f)), None)
        if best is not None:
            self.taken.add(best.name)
        return best


def quoted(text: str) -> str:
    """As a TOML string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04X}" for c in escaped) + '"'


def remark(text: str, length: int = 100) -> str:
    """As a comment of one line: no value of a table can end it."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    return plain if len(plain) <= length else f"{plain[: length - 1]}…"
