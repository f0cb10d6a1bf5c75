"""From a model's drafts to reports: whatever the article does not bear out is refused, and each refusal is counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from timeline.extract.llm.answers import OF_VALUES, Draft, Refusal
from timeline.extract.llm.dating import when_of
from timeline.extract.llm.locating import Words
from timeline.extract.llm.naming import Names
from timeline.extract.text.parsed import Parsed, Sentence
from timeline.extract.what import modality
from timeline.extract.what.clauses import clause_of
from timeline.extract.what.detection import Finding, detect
from timeline.extract.what.reporting import World, namer, sentence_text
from timeline.extract.what.salience import salience, signs_of
from timeline.extract.what.titles import title_of
from timeline.model import Participation, Report, Span, Unresolved
from timeline.model.merging import countries_of


@dataclass(frozen=True, slots=True)
class _Taken:
    """A draft that holds, as a report without its number, and what its happening is told by."""

    report: Report
    happening: tuple[int, str]
    finding: Finding


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
        beside: dict[int, list[Finding]] = defaultdict(list)
        for each in taken:
            beside[each.finding.sentence.index].append(each.finding)
        numbers = {happening: number for number, happening in enumerate(dict.fromkeys(t.happening for t in taken))}
        return tuple(
            replace(
                each.report,
                happening=numbers[each.happening],
                salience=_salience(each, beside[each.finding.sentence.index], counts[each.happening]),
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
            finding = _finding(draft, sentence, trigger)
            happening = draft.happening, draft.kind.family or draft.kind.name
            yield _Taken(self._report(draft, finding, trigger), happening, finding)

    def _place(self, draft: Draft) -> tuple[Sentence, Span] | Refusal:
        """The sentence of a quote, and its trigger."""
        quote = self._words.find(draft.quote)
        if quote is None:
            return Refusal.QUOTE
        trigger = self._words.within(draft.trigger, quote)
        sentence = next((s for s in self._parsed.sentences if trigger and s.span.covers(trigger)), None)
        return Refusal.TRIGGER if trigger is None or sentence is None else (sentence, trigger)

    def _report(self, draft: Draft, finding: Finding, trigger: Span) -> Report:
        sentence = finding.sentence
        actors, unresolved = self._actors(draft, sentence.span)
        place = self._names.place(draft.place, sentence.span) if draft.place else None
        when, left_out = when_of(draft, sentence.span, self._words, self._world.times, self._world.published)
        self.refused += [Refusal.PLACE] * bool(draft.place and place is None) + [Refusal.DATE] * left_out
        return Report(
            happening=-1,
            span=sentence.span,
            trigger=trigger,
            sentence=sentence_text(sentence),
            words=" ".join(trigger.of(self._parsed.article.text).split()),
            title=title_of(finding, actors, place, draft.modality, namer(sentence, self._world.cast)),
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
            found = self._names.actors(each, sentence)
            self.refused += [Refusal.ACTOR] * (not found)
            unresolved += [one for one in found if isinstance(one, Unresolved)]
            for one in found:
                if isinstance(one, Participation):
                    taking_part.setdefault(one.actor.key, one)
        return tuple(taking_part.values()), tuple(unresolved)


def _finding(draft: Draft, sentence: Sentence, trigger: Span) -> Finding:
    """The model's happening as one of our own findings, which titles and salience are made from: the one that we see
    in its words too, else the words by themselves."""
    tokens = sentence.tokens_in(trigger)
    head = next((t for t in tokens if t.head == t or t.head not in tokens), tokens[0])
    seen = next((f for f in detect(sentence) if head in (f.head, f.carrier)), None)
    if seen is not None:
        return replace(seen, kind=draft.kind)
    verb = head if head.pos_ in ("VERB", "AUX") else None
    return Finding(sentence, head, verb, clause_of(verb) if verb is not None else None, draft.kind, "")


def _salience(taken: _Taken, beside: Sequence[Finding], mentions: int) -> float:
    governed = modality.read(taken.finding).governed
    return salience(signs_of(taken.finding, taken.report, beside, governed=governed, mentions=mentions))


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
