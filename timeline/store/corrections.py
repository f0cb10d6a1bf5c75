"""The store's part about events that people judge: merge, split, edit, hide, confirm, take back, carry elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from timeline.model import Actor
from timeline.model.errors import AmbiguousError, NotFoundError, UsageError
from timeline.store import event_judged, ids, querying
from timeline.store.event_judgements import EventAction, EventJudgement, counting

if TYPE_CHECKING:
    from timeline.store.carrying import Line, Taken
    from timeline.store.doubts import Doubt, Unnamed
    from timeline.store.engine import Database


class Corrections:
    """Each judgement is kept with its author and a note, and what it changes is derived again: all or nothing. Given
    back is the judgement with its number, or the one that counts and says the same already.

    Events are named by their ids as in `Store.event`, with the same errors.
    """

    _database: Database

    def merge_events(self, event_ids: Sequence[str], author: str = "", note: str = "") -> EventJudgement:
        """Judge that these are one event. Raises UsageError where they are so already."""
        from timeline.store import event_judging

        with self._database.writing() as connection:
            events = list(dict.fromkeys(querying.row_of(connection, each) for each in event_ids))
            if len(events) < 2:
                raise UsageError("that is one event already", hint="Name two or more")
            groups = tuple(event_judged.keys_of(connection, event) for event in events)
            return event_judging.judge(connection, EventJudgement(EventAction.MERGE, groups, author=author, note=note))

    def split_event(self, event_id: str, reports: Sequence[str], author: str = "", note: str = "") -> EventJudgement:
        """Judge that some reports of an event (keys, or the beginnings of some) are another one. Raises NotFoundError,
        AmbiguousError for the reports; UsageError where none would stay."""
        with self._database.writing() as connection:
            keys = event_judged.keys_of(connection, querying.row_of(connection, event_id))
            chosen = {_begun(keys, each) for each in reports}
            leaving = tuple(key for key in keys if key in chosen)
            staying = tuple(key for key in keys if key not in chosen)
            if not staying:
                raise UsageError("all reports would leave", hint="Name those that tell of something else")
            return self._part(connection, leaving, staying, author, note)

    def keep_apart(
        self, leaving: Sequence[str], staying: Sequence[str], author: str = "", note: str = ""
    ) -> EventJudgement:
        """Judge that two groups of reports (keys) tell of two events."""
        with self._database.writing() as connection:
            return self._part(connection, tuple(leaving), tuple(staying), author, note)

    @staticmethod
    def _part(
        connection: Connection, leaving: tuple[str, ...], staying: tuple[str, ...], author: str, note: str
    ) -> EventJudgement:
        from timeline.store import event_judging

        parted = EventJudgement(EventAction.SPLIT, (leaving, staying), author=author, note=note)
        return event_judging.judge(connection, parted)

    def edit_event(
        self,
        event_id: str,
        edits: Sequence[tuple[str, str]],
        about: Iterable[Actor] = (),
        author: str = "",
        note: str = "",
    ) -> list[EventJudgement]:
        """Judge what an event is, by fields and values of `event_edits`; `about` are the actors that these name."""
        from timeline.store import event_judging

        with self._database.writing() as connection:
            keys = event_judged.keys_of(connection, querying.row_of(connection, event_id))
            edit = EventJudgement(EventAction.EDIT, (keys,), author=author, note=note)
            known = list(about)
            return [event_judging.judge(connection, replace(edit, field=f, value=v), known) for f, v in edits]

    def name_in_report(self, report: str, value: str, about: Actor, author: str = "", note: str = "") -> EventJudgement:
        """Judge who words of one report (key) are: `value` as an edit of actors holds it, with the words."""
        from timeline.store import event_judging

        with self._database.writing() as connection:
            named = EventJudgement(EventAction.EDIT, ((report,),), "actors", value, author=author, note=note)
            return event_judging.judge(connection, named, [about])

    def hide_event(self, event_id: str, author: str = "", note: str = "") -> EventJudgement:
        """Judge that an event is shown only to who asks for hidden ones."""
        return self._whole(EventAction.HIDE, event_id, author, note)

    def confirm_event(self, event_id: str, author: str = "", note: str = "") -> EventJudgement:
        """Judge that an event is as it should be."""
        return self._whole(EventAction.CONFIRM, event_id, author, note)

    def _whole(self, action: EventAction, event_id: str, author: str, note: str) -> EventJudgement:
        from timeline.store import event_judging

        with self._database.writing() as connection:
            keys = event_judged.keys_of(connection, querying.row_of(connection, event_id))
            return event_judging.judge(connection, EventJudgement(action, (keys,), author=author, note=note))

    def undo_event_judgement(self, number: int, author: str = "", note: str = "") -> EventJudgement:
        """Take a judgement back; events are as if it had never been. Raises NotFoundError, UsageError."""
        from timeline.store import event_judging

        with self._database.writing() as connection:
            return event_judging.undo(connection, number, author, note)

    def event_judgements(self) -> list[EventJudgement]:
        """Every judgement about events, in the order they were written down."""
        with self._database.reading() as connection:
            return event_judged.load(connection)

    def judged_of(self, event_id: str) -> list[EventJudgement]:
        """The judgements that count and that touch an event, the earliest first."""
        with self._database.reading() as connection:
            keys = event_judged.keys_of(connection, querying.row_of(connection, event_id))
            about = {each.uid for each in event_judged.EventsJudged(connection).about(keys)}
            known = counting(event_judged.load(connection))
            return [j for j in known if (not set(keys).isdisjoint(j.keys) if j.groups else j.uid in about)]

    def events_of(self, reports: Iterable[str]) -> list[str]:
        """The ids of the events that have these reports (keys), in the order of the reports that are there."""
        with self._database.reading() as connection:
            return event_judged.events_of(connection, list(reports))

    # Elsewhere

    def exported_judgements(self) -> list[dict[str, Any]]:
        """All judgements, also those about actors, as plain objects, in the order they were made."""
        from timeline.store import carrying

        with self._database.reading() as connection:
            return carrying.objects(connection)

    def take_judgements(self, lines: Iterable[Line]) -> Taken:
        """Keep judgements from elsewhere (`carrying.line_of`), each once: all or nothing. Raises InputError."""
        from timeline.store import bringing_up, carrying

        with self._database.writing() as connection:
            taken = carrying.take(connection, lines)
        bringing_up.finish(self._database)
        return taken

    # What is not sure

    def unsure(self, country: str | None = None, since: date | None = None) -> list[tuple[int, int]]:
        """Pairs that may be one event, the surest first, for `doubt`; those of events that concern a country (ISO3) or
        may have happened since a day."""
        from timeline.store import doubts

        with self._database.reading() as connection:
            return doubts.unsure(connection, country, since)

    def doubt(self, pair: tuple[int, int]) -> Doubt | None:
        """What is told of such a pair; None where there is nothing left to ask."""
        from timeline.store import doubts

        with self._database.reading() as connection:
            return doubts.doubt(connection, pair)

    def unnamed(self, country: str | None = None, since: date | None = None) -> list[tuple[int, int]]:
        """Words that could be several actors, those of the most salient events first, for `unnamed_words`."""
        from timeline.store import doubts

        with self._database.reading() as connection:
            return doubts.unnamed(connection, country, since)

    def unnamed_words(self, which: tuple[int, int]) -> Unnamed | None:
        """What is told of such words; None where there is nothing left to ask."""
        from timeline.store import doubts

        with self._database.reading() as connection:
            return doubts.unnamed_words(connection, which)


def _begun(keys: Sequence[str], begin: str) -> str:
    """The one of some keys that begins so."""
    wanted = begin.strip().lower()
    found = [key for key in keys if key.startswith(wanted)] if len(wanted) >= ids.SHORTEST_PREFIX else []
    if len(found) > 1:
        raise AmbiguousError(f"several reports of the event begin with {begin!r}", hint=", ".join(found[:4]))
    if not found:
        hint = "'timeline event ID' prints the keys of its reports; four characters suffice"
        raise NotFoundError(f"the event has no report {begin!r}", hint=hint)
    return found[0]
