"""From a model's drafts to reports: whatever the article does not bear out is refused, and each refusal is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from timeline.extract.llm.answers import OF_VALUES, Draft, Refusal
from timeline.extract.llm.dating import when_of
from timeline.extract.llm.locating import Words
from timeline.extract.llm.naming import Names
from timeline.extract.text.parsed import BlockKind, Parsed, Sentence
from timeline.extract.what.reporting import World, countries_of, sentence_text
from timeline.extract.what.salience import Signs, salience
from timeline.extract.what.titles import finished, line_of
from timeline.model import Participation, Report, Span, Unresolved
from timeline.reference import kinds


@dataclass(frozen=True, slots=True)
class _Taken:
    """A draft that holds, as a report without its number, and what its happening is told by."""

    report: Report
    happening: tuple[int, str]
    sentence: Sentence


class Mapper:
    """Holds the drafts of one article against it."""

    def __init__(self, parsed: Parsed, world: World, shown: Sequence[Span], rule: str) -> None:
        self._parsed, self._world, self._rule = parsed, world, rule
        self._words = Words(parsed.article.text, shown)
        self._names = Names(parsed, self._words, world.cast, world.places)
        self.refused: list[Refusal] = []

    def reports(self, drafts: Iterable[Draft]) -> tuple[Report, ...]:
        """The reports in text order, numbered by happening; `refused` grows by a reason for each thing left out."""
        taken = sorted(self._taken(drafts), key=lambda each: (each.report.span.start, each.report.trigger.start))
        counts = Counter(each.happening for each in taken)
        numbers = {happening: number for number, happening in enumerate(dict.fromkeys(t.happening for t in taken))}
        return tuple(
            replace(
                each.report,
                happening=numbers[each.happening],
                salience=salience(self._signs(each, counts[each.happening])),
            )
            for each in taken
        )

    def _taken(self, drafts: Iterable[Draft]) -> Iterator[_Taken]:
        seen: set[tuple[Span, str]] = set()
        for draft in drafts:
            found = self._place(draft)
            if isinstance(found, Refusal):
                self.refused.append(found)
                continue
            sentence, trigger = found
            if (trigger, draft.kind.name) in seen:
                self.refused.append(Refusal.DOUBLE)
                continue
            seen.add((trigger, draft.kind.name))
            yield _Taken(
                self._report(draft, sentence, trigger),
                (draft.happening, draft.kind.family or draft.kind.name),
                sentence,
            )

    def _place(self, draft: Draft) -> tuple[Sentence, Span] | Refusal:
        """The sentence of a quote, and its trigger."""
        quote = self._words.find(draft.quote)
        if quote is None:
            return Refusal.QUOTE
        trigger = self._words.within(draft.trigger, quote)
        sentence = next((s for s in self._parsed.sentences if trigger and s.span.covers(trigger)), None)
        return Refusal.TRIGGER if trigger is None or sentence is None else (sentence, trigger)

    def _report(self, draft: Draft, sentence: Sentence, trigger: Span) -> Report:
        actors, unresolved = self._actors(draft, sentence.span)
        place = self._names.place(draft.place, sentence.span) if draft.place else None
        when, left_out = when_of(draft, sentence.span, self._words, self._world.times, self._world.published)
        self.refused += [Refusal.PLACE] * bool(draft.place and place is None) + [Refusal.DATE] * left_out
        text = sentence_text(sentence)
        return Report(
            happening=-1,
            span=sentence.span,
            trigger=trigger,
            sentence=text,
            words=" ".join(trigger.of(self._parsed.article.text).split()),
            title=finished(line_of(draft.kind, actors) or _plain(draft.quote), place, draft.modality),
            when=when,
            type=draft.kind.type,
            kind=draft.kind.name,
            modality=draft.modality,
            salience=0.0,
            actors=actors,
            place=place,
            countries=countries_of(actors, place),
            rule=self._rule,
            unresolved=unresolved,
        )

    def _actors(self, draft: Draft, sentence: Span) -> tuple[tuple[Participation, ...], tuple[Unresolved, ...]]:
        taking_part: dict[str, Participation] = {}
        unresolved: list[Unresolved] = []
        for each in draft.actors:
            found = self._names.actor(each, sentence)
            if isinstance(found, Participation):
                taking_part.setdefault(found.actor.key, found)
            elif found is None:
                self.refused.append(Refusal.ACTOR)
            else:
                unresolved.append(found)
        return tuple(taking_part.values()), tuple(unresolved)

    def _signs(self, taken: _Taken, mentions: int) -> Signs:
        report, sentence = taken.report, taken.sentence
        head = sentence.tokens_in(report.trigger)
        return Signs(
            weight=kinds.get(report.kind).weight,
            title=sentence.kind is BlockKind.TITLE,
            body_index=sentence.body_index,
            dated=bool(report.when.words),
            actors=len(report.actors),
            main=any(token.dep_ == "ROOT" for token in head),
            topic=False,
            governed=False,
            modality=report.modality,
            mentions=mentions,
        )


def _plain(quote: str) -> str:
    """A quote as a line of a list: on one line, without its full stop."""
    return " ".join(quote.split()).rstrip(" .")


def told(refused: Iterable[Refusal]) -> str:
    """ "refused 2 events (2 quote not in the text) and 1 value (1 date not borne out)"; "" for none."""
    counts = Counter(refused)
    parts = []
    for what, chosen in (("event", set(Refusal) - OF_VALUES), ("value", set(OF_VALUES))):
        here = {reason: counts[reason] for reason in Refusal if reason in chosen and counts[reason]}
        if number := sum(here.values()):
            reasons = ", ".join(f"{count} {reason}" for reason, count in here.items())
            parts.append(f"{number} {what}{'s' if number > 1 else ''} ({reasons})")
    return f"refused {' and '.join(parts)}" if parts else ""
