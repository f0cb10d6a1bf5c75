"""people.csv and offices.csv: our own people and terms, then Wikidata's leaders, then PETRARCH2's officials."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import phoenix
import terms
from checks import Spans, agrees, disagreements
from common import HERE, ISO3, fold, plain, rows, slug, write

_MOST_SPELLINGS = 8
# Where papers say the first name after first mention, as it is the family's or the only one's own.
_FIRST = frozenset({"CHN", "PRK", "KOR", "THA", "ETH", "ERI", "MYS"})
_FIRST_BEFORE_HYPHEN = frozenset({"TWN", "HKG", "MAC", "SGP"})
_WHOLE = frozenset({"MMR", "VDR", "AFG", "IDN", "KHM", "LAO", "BTN"})
_PARTICLES = frozenset(
    {
        "al",
        "el",
        "bin",
        "ibn",
        "de",
        "da",
        "dos",
        "del",
        "della",
        "di",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "zu",
        "ben",
        "ould",
        "ul",
        "abu",
    }
)
_SUFFIXES = frozenset({"jr", "ii", "iii", "iv", "v", "vi", "xvi", "xiv", "sr"})
_BEFORE = frozenset(
    {
        "king",
        "queen",
        "prince",
        "princess",
        "emperor",
        "pope",
        "sultan",
        "crown",
        "grand",
        "duke",
        "patriarch",
        "sheikh",
    }
)


@dataclass(slots=True)
class Entry:
    """A person being built; `source` is where the row comes from."""

    id: str
    name: str
    country: str
    source: str
    names: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Post:
    """A row of offices.csv; `check` is "checked" where a second source has the term, to the year, else "unchecked"."""

    person: str
    country: str
    role: str
    organisation: str
    start: str
    end: str
    source: str
    check: str = "unchecked"


class People:
    """Everyone so far, found by name and country."""

    def __init__(self, items: dict[str, str]) -> None:
        self.items = items
        self.entries: dict[str, Entry] = {}
        self.posts: list[Post] = []
        self.known: dict[str, list[str]] = {}

    def named(self, name: str, country: str | None = None) -> str:
        """The id of who bears a name (in a country), "" for nobody."""
        ids = self.known.get(fold(name), [])
        return next((i for i in ids if country is None or self.entries[i].country == country), "")

    def curated(self, names: list[str], country: str, item: str = "", *, new: bool = False) -> Entry:
        """Our own person of these names: the one whom we have, or a `new` one (two may share a spelling)."""
        spelled = [names[0], *(n for n in names[1:] if " " in n)]
        known = "" if new else next((i for n in spelled if (i := self.named(n, country))), "")
        key = known or item or next((self.items[fold(n)] for n in names if fold(n) in self.items), "")
        if key in self.entries and not known:
            key = ""
        if not key:
            key = slug(names[0]) if slug(names[0]) not in self.entries else f"{slug(names[0])}-{country.lower()}"
        entry = self.entries.setdefault(key, Entry(key, names[0], country, "curated"))
        self.learn(entry, names)
        return entry

    def learn(self, entry: Entry, names: list[str]) -> None:
        for name in dict.fromkeys(each for n in names for each in (n, plain(n))):
            held = self.known.setdefault(fold(name), [])
            if entry.id not in held:
                held.append(entry.id)
                if fold(name) != fold(entry.name):
                    entry.names.append(name)


def build(folder: Path, by_item: dict[str, str]) -> None:
    """Writes both tables and prints where a second source disagrees; `by_item` is Wikidata item to ISO3."""
    leaders = [r for r in rows(folder / "world_leaders_union_wikidata.csv") if _usable(r, by_item)]
    people = People({fold(r["officeholderLabel"]): r["officeholder"] for r in leaders})
    _ours(people)
    curated = set(people.entries)
    second: Spans = {}
    _leaders(people, leaders, by_item, curated, second)
    _officials(people, folder / "Phoenix.Countries.actors.txt", curated, second)
    for post in people.posts:
        if post.source == "curated" and agrees(post.start, post.end, second.get(post.person, [])):
            post.check = "checked"
    names = {entry.id: entry.name for entry in people.entries.values()}
    for line in disagreements(
        [(names[p.person], p.person, p.role, p.start, p.end) for p in people.posts if p.source == "curated"], second
    ):
        print(line)
    write(
        "people.csv",
        "id,name,country,names,short,source",
        (
            [e.id, e.name, e.country, "|".join(e.names), short(e) if e.id in curated else "", e.source]
            for e in people.entries.values()
        ),
    )
    write(
        "offices.csv",
        "person,country,role,organisation,start,end,source,check",
        ([p.person, p.country, p.role, p.organisation, p.start, p.end, p.source, p.check] for p in people.posts),
    )


def _ours(people: People) -> None:
    """Our two lists; where both have a term of one person in one post, that of the lists of terms counts."""
    listed: list[Post] = []
    for row in rows(HERE / "people.csv"):
        entry = people.curated(
            [row["name"], *filter(None, row["names"].split("|"))], row["country"], row["wikidata"], new=True
        )
        for office in filter(None, row["offices"].split("|")):
            role, start, end, *organisation = (*office.split(":"), "", "")[:4]
            listed.append(
                Post(entry.id, row["country"], role, organisation[0] if organisation else "", start, end, "curated")
            )
    fuller: list[Post] = []
    for path in sorted((HERE / "terms").glob("*.txt")):
        for term in terms.read(path):
            entry = people.curated([term.name, *term.spellings], term.person_country)
            fuller.append(Post(entry.id, term.country, term.role, term.organisation, term.start, term.end, "curated"))
    people.posts = [*(p for p in listed if not any(_same(p, each) for each in fuller)), *fuller]


def _same(one: Post, other: Post) -> bool:
    """Whether two rows are one term: the same person and post, beginning in one year or one within the other."""
    if (one.person, one.role) != (other.person, other.role) or (
        one.organisation and one.organisation != other.organisation
    ):
        return False
    if not one.start or not other.start:
        return True
    return (
        one.start[:4] == other.start[:4]
        or other.start <= one.start < (other.end or "9")
        or one.start <= other.start < (one.end or "9")
    )


def _leaders(
    people: People, leaders: list[dict[str, str]], by_item: dict[str, str], curated: set[str], second: Spans
) -> None:
    for row in leaders:
        name, item, iso3 = row["officeholderLabel"].strip(), row["officeholder"], by_item[row["countryid"]]
        key = item if item in people.entries else people.named(name) or item
        if key in curated:
            second.setdefault(key, []).append(
                ("wikidata", _leader_role(row["positionLabel"]), row["start_year"], row["end_year"])
            )
            continue
        entry = people.entries.setdefault(key, Entry(key, name, iso3, "wikidata"))
        people.learn(entry, [name])
        role = _leader_role(row["positionLabel"])
        people.posts.append(Post(key, iso3, role, "", row["start_year"], row["end_year"], "wikidata"))


def _officials(people: People, path: Path, curated: set[str], second: Spans) -> None:
    for names, spans, main in phoenix.people(path):
        iso3, start, end = main or spans[0]
        if iso3 not in ISO3:
            continue
        key = next((i for n in names if (i := people.named(n, iso3))), "") or next(
            (i for n in names if (i := people.named(n))), ""
        )
        if not key:
            if main is None:
                continue
            key = slug(names[0])
            people.entries[key] = Entry(key, names[0], iso3, "petrarch2")
            people.posts.append(Post(key, iso3, "government", "", start, end, "petrarch2"))
        elif people.entries[key].country != iso3:
            continue
        entry = people.entries[key]
        if key in curated:
            second.setdefault(key, []).extend(("petrarch2", "government", s, e) for _, s, e in spans)
        fresh = [n for n in names if fold(n) not in people.known]
        room = _MOST_SPELLINGS if entry.source == "petrarch2" else _MOST_SPELLINGS + len(entry.names)
        people.learn(entry, fresh)
        del entry.names[room:]


def short(entry: Entry) -> str:
    """The name that papers use after the first mention, by where the family's name stands in the country."""
    words = re.sub(r"[\"“(].*?[\"”)]", "", entry.name).replace(",", " ").split()
    if len(words) == 1 or fold(words[0]) in _BEFORE or entry.country in _WHOLE:
        return entry.name
    if entry.country in _FIRST or (entry.country in _FIRST_BEFORE_HYPHEN and "-" in words[-1]):
        return words[0]
    while len(words) > 1 and fold(words[-1]) in _SUFFIXES:
        words = words[:-1]
    first = len(words) - 1
    while first > 1 and words[first - 1].casefold() in _PARTICLES:
        first -= 1
    return " ".join(words[first:])


def _usable(row: dict[str, str], by_item: dict[str, str]) -> bool:
    """Whether a row of the leaders' table names a country of ours and a person by more than an item number."""
    name = row["officeholderLabel"].strip()
    return row["countryid"] in by_item and len(name.split()) > 1 and not re.fullmatch(r"Q\d+", name)


def _leader_role(position: str) -> str:
    prime = re.search(r"prime|premier|chancellor|government|taoiseach", position, re.I)
    return "head_of_government" if prime else "head_of_state"
