"""review: a walk through what the store is not sure of, one key each."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.asking.days import day as first_day
from timeline.asking.who import described
from timeline.cli import options
from timeline.cli.authors import Author, Note, me
from timeline.cli.printing import clean, many, say
from timeline.model import Actor, Event

if TYPE_CHECKING:
    from datetime import date

    from timeline.store.doubts import Doubt, Unnamed
    from timeline.store.store import Store

_MOST = 9  # candidates, each chosen by one digit
_COULD_BE = "could be "
_KEYS = "y the same event, n not the same, s skip, q quit, ? help"
_NAME_KEYS = "1-9 who it is, s skip, q quit, ? help"
_HELP = (
    "y  one event: they are merged        n  two events: they are kept apart\n"
    "1… the words mean that actor         s  leave it open; it is asked again another time\n"
    "q  leave                             ?  this help\n"
    "'timeline judgements undo N' takes a judgement back."
)


def review(
    country: Annotated[
        str | None, typer.Option("--country", "-c", help="Only events that concern this country.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Only events that may have happened since this date.")
    ] = None,
    author: Author = "",
    note: Note = "",
    db: options.Db = None,
) -> None:
    """Walk through pairs that may be one event, then names that could be several people, one key each.

    Example: timeline review --country Myanmar --since 2021

    Keys: y the same event, n not the same, a digit chooses who is meant, s skip, q quit, ? help. Without a terminal
    answers are read one a line. What was judged is never asked again.
    """
    from timeline.store import open_store

    code = options.country_code(country)
    day = first_day(since, "--since") if since else None
    with open_store(db, create=False) as store:
        walk = _Walk(store, me(author), note)
        done = walk.links(code, day) and walk.names(code, day)
    walk.close(done)


@dataclass(slots=True)
class _Walk:
    """One walk; its steps say whether it goes on."""

    store: Store
    author: str
    note: str
    counts: Counter[str] = field(default_factory=Counter)

    def links(self, country: str | None, since: date | None) -> bool:
        for pair in self.store.unsure(country, since):
            doubt = self.store.doubt(pair)
            if doubt is None:
                continue
            _show(_doubted(doubt))
            answer = _ask(_KEYS, "yns")
            if answer == "q":
                return False
            if answer == "y":
                made = self.store.merge_events([doubt.one.event.id, doubt.other.event.id], self.author, self.note)
                self._judged("the same", made.number)
            elif answer == "n":
                made = self.store.keep_apart(doubt.one.keys, doubt.other.keys, self.author, self.note)
                self._judged("not the same", made.number)
            else:
                self.counts["skipped"] += 1
        return True

    def names(self, country: str | None, since: date | None) -> bool:
        from timeline.store.event_edits import Taking

        for which in self.store.unnamed(country, since):
            words = self.store.unnamed_words(which)
            if words is None:
                continue
            candidates = _candidates(self.store, words)
            if not candidates:
                self.counts["without a candidate"] += 1
                continue
            _show(_named(words, candidates))
            answer = _ask(_NAME_KEYS, "s" + "".join(str(n) for n in range(1, len(candidates) + 1)))
            if answer == "q":
                return False
            if answer == "s":
                self.counts["skipped"] += 1
                continue
            actor = candidates[int(answer) - 1]
            value = str(Taking(actor.key, words.unresolved.role, words.unresolved.words))
            made = self.store.name_in_report(words.report, value, actor, self.author, self.note)
            self._judged("named", made.number)
        return True

    def _judged(self, what: str, number: int) -> None:
        self.counts[what] += 1
        say(f"Judgement {number}: {what}.")

    def close(self, done: bool) -> None:
        """Say what was judged."""
        if not self.counts:
            say("Nothing to review." if done else "Nothing was judged.")
            return
        order = ("the same", "not the same", "named", "skipped", "without a candidate")
        say("; ".join(f"{self.counts[what]} {what}" for what in order if self.counts[what]) + ".")


def _doubted(doubt: Doubt) -> Iterator[str]:
    yield f"One event? {doubt.reason} ({doubt.score:.2f})"
    for side in (doubt.one, doubt.other):
        yield from _told(side.event, side.sentence, side.source, side.published)


def _named(words: Unnamed, candidates: Sequence[Actor]) -> Iterator[str]:
    said = words.unresolved
    yield f"Who is {said.words!r} ({said.role})? {said.reason}"
    yield from _told(words.event, words.sentence, words.source, words.published)
    for number, actor in enumerate(candidates, start=1):
        yield f"  {number}  {described(actor)}, {actor.key}"


def _told(event: Event, sentence: str, source: str, published: date | None) -> Iterator[str]:
    yield f"  {event.when.edtf or 'undated'}  {event.title}  [{event.id[:8]}]"
    yield f"      “{sentence}”"
    if event.actors:
        yield f"      who: {'; '.join(p.actor.name for p in event.actors)}"
    if event.place:
        yield f"      where: {event.place.name}"
    told = many(event.reports, "report")
    yield f"      source: {source or 'unknown'}, {published or 'no date'}; {told} in all"


def _candidates(store: Store, words: Unnamed) -> list[Actor]:
    """Whom the words may mean: those that the reason names, those that the store knows by these words or by a name
    with them."""
    said = words.unresolved
    named = said.reason.partition(_COULD_BE)[2].partition(",")[0].split(" or ") if _COULD_BE in said.reason else []
    found: dict[str, Actor] = {}
    for name in (*named, said.words):
        for called in store.called(name.strip()):
            found.setdefault(called.actor.key, called.actor)
    for row in store.actors_having(said.words):
        found.setdefault(row.actor.key, row.actor)
    return list(found.values())[:_MOST]


def _show(lines: Iterator[str]) -> None:
    sys.stdout.writelines(f"{clean(line)}\n" for line in lines)
    sys.stdout.flush()


def _ask(keys: str, allowed: str) -> str:
    """One of the allowed keys, or q; the end of the input is q too."""
    read: Callable[[], str] = _key if sys.stdin.isatty() else _line
    while True:
        sys.stderr.write(f"{keys}: ")
        sys.stderr.flush()
        answer = read()
        sys.stderr.write(f"{clean(answer) if sys.stdin.isatty() else ''}\n")
        if answer == "?":
            sys.stderr.write(f"{_HELP}\n")
        elif answer in (*allowed, "q"):
            return answer
        else:
            say(f"{answer!r} is no answer here.")


def _line() -> str:
    line = sys.stdin.readline()
    return line.strip().lower()[:1] if line else "q"


def _key() -> str:
    try:
        return typer.getchar().lower()
    except EOFError:
        return "q"
