"""explain: why an article gave what it gave."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.cli import options
from timeline.cli.printing import clean
from timeline.cli.reading import Articles
from timeline.model import DEFAULT_SALIENCE, Modality
from timeline.model.errors import UsageError

if TYPE_CHECKING:
    from timeline.extract.explaining import Explanation, Found, Said
    from timeline.model import Event, When

_WIDEST = 120
_LABEL = 13


def explain(
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="Plain text or JSON Lines of articles; - for standard input.")
    ],
    published: options.Published = None,
    published_from: options.PublishedFrom = "name",
    title: Annotated[str, typer.Option(help="Title of the article.")] = "",
    as_json: options.AsJson = False,
    as_nl: options.AsNl = False,
) -> None:
    """Print, sentence by sentence, what was found in an article, by which rule, and what was left out and why.

    Example: timeline explain article.txt --published 2025-03-03
    """
    from timeline.extract.explaining import explain as explained
    from timeline.sources.given import Given

    if as_json and as_nl:
        raise UsageError("give only one of --json and --nl")
    day, by = options.publication_day(published), options.published_from(published_from)
    articles = Articles(file, Given(published=day, title=title, published_from=by))
    found = (explained(article) for article in articles)
    if as_json:
        sys.stdout.write(json.dumps([_object(each) for each in found], ensure_ascii=False, indent=1) + "\n")
    elif as_nl:
        sys.stdout.writelines(json.dumps(_object(each), ensure_ascii=False) + "\n" for each in found)
    else:
        sys.stdout.writelines(f"{clean(line)}\n" for each in found for line in _told(each))
    articles.leave()


def _events(explanation: Explanation) -> dict[int, Event]:
    """The events that the article's happenings become, by their numbers."""
    from timeline.extract.explaining import happenings
    from timeline.model.merging import Sourced, derive

    told = happenings(explanation)
    return {number: derive(Sourced(f.report) for f in found) for number, found in told.items()}


def _told(explanation: Explanation) -> Iterator[str]:
    article = explanation.article
    events = _events(explanation)
    shown = [event for event in events.values() if event.salience >= DEFAULT_SALIENCE]
    yield article.title or article.id or "An article without a headline"
    dated = f"{article.published} ({article.published_from})" if article.published else explanation.warnings[0]
    yield from _line("published", dated)
    yield from _line("dateline", explanation.dateline)
    yield from _line("byline", explanation.byline)
    yield from _line("read by", explanation.extractor)
    kept = sum(len(said.found) for said in explanation.sentences)
    yield from _line(
        "found",
        f"{kept} tellings of {len(events)} happenings, of which {len(shown)} are shown unasked"
        f" (salience of {DEFAULT_SALIENCE:.2f} and more)",
    )
    for said in explanation.sentences:
        yield ""
        yield from _sentence(said, events)
    if explanation.furniture:
        yield ""
        yield "not the article's text (furniture of the site):"
        for each in explanation.furniture:
            yield from _wrapped("  – ", each, "    ")
    yield ""
    yield "the timeline of this article:"
    order = sorted(events.items(), key=lambda item: (str(item[1].when.first or ""), item[0]))
    for number, event in order:
        if event.salience >= DEFAULT_SALIENCE:
            yield from _wrapped(f"  {event.when.edtf or '?':<22}", f"{event.title}  [{number + 1}]", " " * 24)


def _sentence(said: Said, events: dict[int, Event]) -> Iterator[str]:
    yield from _wrapped(f"{said.part}: ", said.text, "  ")
    for found in said.found:
        yield from _finding(found, events[found.report.happening])
    for passed in said.passed:
        yield from _wrapped("  – ", f"{passed.words!r} left out: {passed.reason}", "    ")
    if not said.found and not said.passed:
        yield "  – no verb or noun that could name a happening"


def _finding(found: Found, event: Event) -> Iterator[str]:
    report = found.report
    hidden = event.salience < DEFAULT_SALIENCE
    yield from _wrapped(
        "  · " if hidden else "  ● ",
        f"{report.words!r}: {report.kind} ({report.type}), {_modality(found)}  [{report.happening + 1}]",
        "    ",
    )
    yield from _line("title", report.title)
    yield from _line("because", f"{_shortened(found.rule)}{_carried(found)}")
    for participation in report.actors:
        actor = participation.actor
        name = f"{actor.name} ({actor.kind}{', ' + actor.country if actor.country else ''})"
        yield from _line(participation.role, f"{name} for {participation.words!r}: {participation.reason}")
    for each in report.unresolved:
        yield from _line(each.role, f"{each.words!r} could be several: {each.reason}")
    for unnamed in found.unnamed:
        yield from _line(unnamed.role, f"nobody known for {unnamed.words!r}")
    if not report.actors and not report.unresolved and not found.unnamed:
        yield from _line("who", "nobody is named beside it")
    yield from _line("date", _date(report.when))
    if report.place is not None:
        place = report.place
        yield from _line("place", f"{place.name} for {place.words!r}: {place.reason}")
    sums = ", ".join(f"{name} {value:+.2f}" for name, value in found.parts)
    yield from _line("salience", f"{report.salience:.2f} from {sums}")
    if found.joins:
        yield from _line("joins", f"[{report.happening + 1}]: {found.joins}")
    if hidden:
        yield from _line("hidden", f"below {DEFAULT_SALIENCE:.2f}; --all shows it")


def _modality(found: Found) -> str:
    if found.report.modality is Modality.ACTUAL:
        return "told as a fact"
    return f"{found.report.modality} by {found.modality_from!r}"


def _shortened(rule: str) -> str:
    """A rule whose patterns show three of their alternatives."""
    return re.sub(r"((?:[^\s|']+\|){3})[^\s']+", r"\1…", rule)


def _carried(found: Found) -> str:
    if not found.carrier:
        return "; no verb says that it happened, it is only mentioned"
    return f"; {found.carrier!r} says that it happened" if found.carrier not in found.report.words.split() else ""


def _date(when: When) -> str:
    said = f"{when.edtf or 'unknown'}"
    if when.words:
        said += f" for {when.words!r}"
    return f"{said}: {when.reason}" if when.reason else said


def _line(label: str, text: str) -> Iterator[str]:
    """A labelled line; none for nothing."""
    if text:
        yield from _wrapped(f"    {label:<{_LABEL}}", text, " " * (_LABEL + 4))


def _wrapped(first: str, text: str, indent: str) -> Sequence[str]:
    """A text broken as the terminal is wide, the lines after the first indented."""
    width = max(min(get_terminal_size((_WIDEST, 24)).columns, _WIDEST), 40)
    return wrap(text, width, initial_indent=first, subsequent_indent=indent) or [first.rstrip()]


def _object(explanation: Explanation) -> dict[str, Any]:
    """An explanation as a plain object; the keys are a promise (docs/formats.md)."""
    article = explanation.article
    return {
        "id": article.id,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "published_from": article.published_from,
        "extractor": explanation.extractor,
        "warnings": list(explanation.warnings),
        "sentences": [_said_object(said) for said in explanation.sentences],
        "happenings": [
            {"happening": number, "title": event.title, "when": event.when.edtf or None, "salience": event.salience}
            for number, event in _events(explanation).items()
        ],
        "furniture": list(explanation.furniture),
    }


def _said_object(said: Said) -> dict[str, Any]:
    return {
        "part": said.part,
        "start": said.span.start,
        "end": said.span.end,
        "text": said.text,
        "found": [_found_object(found) for found in said.found],
        "left_out": [
            {"words": p.words, "start": p.span.start, "end": p.span.end, "reason": p.reason} for p in said.passed
        ],
    }


def _found_object(found: Found) -> dict[str, Any]:
    report = found.report
    place = report.place
    return {
        "happening": report.happening,
        "trigger": report.words,
        "trigger_start": report.trigger.start,
        "trigger_end": report.trigger.end,
        "title": report.title,
        "kind": report.kind,
        "type": report.type,
        "rule": found.rule,
        "carrier": found.carrier,
        "actors": [
            {"role": p.role.value, "name": p.actor.name, "words": p.words, "reason": p.reason} for p in report.actors
        ],
        "unresolved": [{"role": u.role.value, "words": u.words, "reason": u.reason} for u in report.unresolved],
        "unnamed": [{"role": u.role.value, "words": u.words} for u in found.unnamed],
        "when": report.when.edtf or None,
        "when_words": report.when.words,
        "when_reason": report.when.reason,
        "place": {"name": place.name, "words": place.words, "reason": place.reason} if place else None,
        "modality": report.modality.value,
        "modality_words": found.modality_from,
        "salience": report.salience,
        "salience_parts": [{"name": name, "adds": round(value, 3)} for name, value in found.parts],
        "joins": found.joins,
    }
