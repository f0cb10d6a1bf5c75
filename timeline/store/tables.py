"""The tables. Row numbers (`id`) are the database's own and mean nothing outside it; public ids and keys do.

Facts about sources (articles, reports) are written once; events are derived from them and can be again. An event's
number sorts as a timeline does, and what timelines are mostly asked for is repeated beside the links to countries and
actors, so that a page of either is one walk along one index.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timeline.store.columns import (
    Base,
    Code,
    JudgementColumns,
    ParticipationColumns,
    PlaceColumns,
    PublicId,
    RowId,
    Small,
    TellingColumns,
    WhenColumns,
    owned,
)

__all__ = ["Base"]


class ImportRun(Base):
    __tablename__ = "import_runs"
    id: Mapped[RowId]
    started: Mapped[datetime]
    ended: Mapped[datetime | None]
    status: Mapped[str]
    arguments: Mapped[str]
    added: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    quarantined: Mapped[int] = mapped_column(default=0)
    usage: Mapped[str | None]


class FetchRow(Base):
    """What a server gave with an address that was imported whole, so that it can say that nothing changed since."""

    __tablename__ = "fetches"
    url: Mapped[str] = mapped_column(primary_key=True)
    etag: Mapped[str]
    last_modified: Mapped[str]
    fetched: Mapped[datetime]
    fresh_until: Mapped[datetime | None]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("import_runs.id", ondelete="SET NULL"), index=True)


class QuarantineItem(Base):
    __tablename__ = "quarantine"
    __table_args__ = (UniqueConstraint("origin", "digest"),)
    id: Mapped[RowId]
    origin: Mapped[str]
    digest: Mapped[str]
    reason: Mapped[str]
    data: Mapped[bytes | None]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("import_runs.id", ondelete="SET NULL"), index=True)
    seen: Mapped[datetime]
    retried: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(server_default="1")


class ArticleRow(Base):
    """A text and what is known about it, concluded from its origins (`documents.conclude`)."""

    __tablename__ = "articles"
    id: Mapped[RowId]
    public_id: Mapped[PublicId] = mapped_column(unique=True)
    text: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64), index=True)
    title: Mapped[str]
    url: Mapped[str]
    publisher: Mapped[str]
    published: Mapped[date | None]
    published_from: Mapped[str]
    language: Mapped[str]
    origin: Mapped[str]
    extractor: Mapped[str]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("import_runs.id", ondelete="SET NULL"), index=True)
    first_seen: Mapped[datetime]
    last_changed: Mapped[datetime]


class ArticleOrigin(Base):
    """Where an article was found, and what was said about it there. `document` joins the keys of one origin."""

    __tablename__ = "article_origins"
    key: Mapped[str] = mapped_column(primary_key=True)
    article_id: Mapped[int] = owned("articles.id", index=True)
    document: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    url: Mapped[str]
    publisher: Mapped[str]
    published: Mapped[date | None]
    published_from: Mapped[str]
    language: Mapped[str]


class ArticleCopy(Base):
    """An article that tells in nearly the same words what another one tells (`copies`): those of its reports that the
    other has too, packed, so that they count once, and come back when the other goes."""

    __tablename__ = "article_copies"
    article_id: Mapped[int] = owned("articles.id", primary=True)
    of_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)
    reports: Mapped[bytes]


class ArticlePrint(Base):
    """The fingerprints of an article's text (`fingerprints`): two articles that may be copies share at least one."""

    __tablename__ = "article_prints"
    __table_args__ = ({"sqlite_with_rowid": False},)
    print: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = owned("articles.id", primary=True, index=True)


class ActorEntry(Base):
    __tablename__ = "actors"
    id: Mapped[RowId]
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    country: Mapped[str]
    reference: Mapped[str]


class ActorName(Base):
    """A spelling of an actor, as reports have it."""

    __tablename__ = "actor_names"
    __table_args__ = (Index(None, "folded"),)
    actor_id: Mapped[int] = owned("actors.id", primary=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    folded: Mapped[str]


class ActorJudgement(JudgementColumns, Base):
    """See `judgements.Judgement`; actors by key, so that those count which no article has named yet."""

    __tablename__ = "actor_judgements"
    id: Mapped[RowId]
    action: Mapped[str]
    actor: Mapped[str] = mapped_column(index=True)
    other: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]


class EventRow(WhenColumns, PlaceColumns, TellingColumns, Base):
    """An event as `model.merging.derive` and judgements concluded it. `id` sorts as a timeline does (`positions`).

    `searched` holds what text search must find beside title and sentence: names of actors and place, and words with
    accents without them.
    """

    __tablename__ = "events"
    __table_args__ = (Index(None, "kind", "id"),)
    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)
    public_id: Mapped[PublicId] = mapped_column(unique=True)
    reach: Mapped[Small]
    reports: Mapped[int]
    sources: Mapped[int]
    first_reported: Mapped[date | None]
    last_reported: Mapped[date | None]
    searched: Mapped[str]
    hidden: Mapped[Small] = mapped_column(server_default="0")
    confirmed: Mapped[Small] = mapped_column(server_default="0")
    edited: Mapped[Small] = mapped_column(server_default="0")


class EventActor(Base):
    """`weight` is the event's salience, -1 where a person hid it; `reach` the event's, for searches between days."""

    __tablename__ = "event_actors"
    __table_args__ = (
        Index(None, "event_id"),
        {"sqlite_with_rowid": False},
    )
    actor_id: Mapped[int] = mapped_column(ForeignKey("actors.id"), primary_key=True)
    event_id: Mapped[int] = owned("events.id", primary=True)
    position: Mapped[Small]
    role: Mapped[str]
    reach: Mapped[Small]
    weight: Mapped[float]


class EventCountry(Base):
    """Why a country is concerned: by its actors, by the place, null where not so; the rest as `EventActor`."""

    __tablename__ = "event_countries"
    __table_args__ = (
        Index(None, "event_id"),
        Index(None, "country", "kind", "event_id", "weight", "reach"),
        {"sqlite_with_rowid": False},
    )
    country: Mapped[Code] = mapped_column(primary_key=True)
    event_id: Mapped[int] = owned("events.id", primary=True)
    actor_reason: Mapped[str | None]
    place_reason: Mapped[str | None]
    kind: Mapped[str]
    reach: Mapped[Small]
    weight: Mapped[float]


class EventRedirect(Base):
    """An id that was once an event's: `new` is the event that tells of it today, "" when its source withdrew it."""

    __tablename__ = "event_redirects"
    old: Mapped[PublicId] = mapped_column(primary_key=True)
    new: Mapped[PublicId] = mapped_column(index=True)


class Dataset(Base):
    """An event data set: the source of reports that are rows."""

    __tablename__ = "datasets"
    id: Mapped[RowId]
    name: Mapped[str] = mapped_column(unique=True)
    url: Mapped[str]
    linked: Mapped[Small]
    first_seen: Mapped[datetime]
    last_changed: Mapped[datetime]


class ReportRow(WhenColumns, PlaceColumns, TellingColumns, Base):
    """A report: a statement of an article, or a row of a data set.

    `happening` numbers the happenings of an article: reports that share it are one unit of linking; a row is one by
    itself. `row` is a row's own id in its set, `url` and `reported` what it says of its source and of when it was
    added, `attributes` what else it says, as JSON, `digest` a hash of all of it, `stated` when its set last wrote it,
    in seconds since 1970. Spans of a row are all 0.
    """

    __tablename__ = "reports"
    __table_args__ = (Index(None, "article_id", "happening"),)
    id: Mapped[RowId]
    key: Mapped[PublicId] = mapped_column(unique=True)
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    dataset_id: Mapped[int | None] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"), index=True)
    happening: Mapped[int]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"), index=True)
    span_start: Mapped[int]
    span_end: Mapped[int]
    trigger_start: Mapped[int]
    trigger_end: Mapped[int]
    words: Mapped[str]
    rule: Mapped[str]
    context: Mapped[str] = mapped_column(server_default="")
    extractor: Mapped[str]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("import_runs.id", ondelete="SET NULL"), index=True)
    row: Mapped[str] = mapped_column(server_default="")
    url: Mapped[str] = mapped_column(server_default="")
    reported: Mapped[date | None]
    attributes: Mapped[str | None]
    digest: Mapped[int | None]
    stated: Mapped[int | None]


class ReportBlock(Base):
    """Hashed keys (`linking.blocks`): two units that may be one event share at least one. A unit is known by the
    lowest number among its reports."""

    __tablename__ = "report_blocks"
    __table_args__ = ({"sqlite_with_rowid": False},)
    block: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = owned("reports.id", primary=True, index=True)


class UnsureLink(Base):
    """Two units that may be one event, not surely enough to join them by itself (`linking.compare`)."""

    __tablename__ = "unsure_links"
    one: Mapped[int] = owned("reports.id", primary=True)
    other: Mapped[int] = owned("reports.id", primary=True, index=True)
    score: Mapped[float]
    reason: Mapped[str]


class Tombstone(Base):
    """A report or an article that its source withdrew: its key, whose it was, and the run that took it away. `stated`:
    when its data set deleted it, in seconds since 1970, where that tells: of such a row that is yet to come, too."""

    __tablename__ = "tombstones"
    key: Mapped[PublicId] = mapped_column(primary_key=True)
    source: Mapped[str]
    title: Mapped[str]
    withdrawn: Mapped[datetime]
    stated: Mapped[int | None]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("import_runs.id", ondelete="SET NULL"), index=True)


class RunChange(Base):
    """What a run found before it changed it: enough to undo the run. `before` is null where there was nothing.

    `subject` (`noting.Subject`) says what changed, `key` which one. The notes of one thing are a stack, by `id`.
    """

    __tablename__ = "run_changes"
    __table_args__ = (Index(None, "subject", "key"),)
    id: Mapped[RowId]
    run_id: Mapped[int] = owned("import_runs.id", index=True)
    subject: Mapped[str]
    key: Mapped[str]
    before: Mapped[bytes | None]


class EventChange(Base):
    """One change of an event after it was first derived: `what` ("date", "sources", ...) went from `old` to `new`."""

    __tablename__ = "event_changes"
    id: Mapped[RowId]
    public_id: Mapped[PublicId] = mapped_column(index=True)
    changed: Mapped[datetime]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("import_runs.id", ondelete="SET NULL"), index=True)
    judgement: Mapped[int | None]
    what: Mapped[str]
    old: Mapped[str]
    new: Mapped[str]


class EventJudgement(JudgementColumns, Base):
    """See `event_judgements`: reports by key, so that a judgement survives when events are derived again."""

    __tablename__ = "event_judgements"
    id: Mapped[RowId]
    uid: Mapped[PublicId] = mapped_column(unique=True)
    action: Mapped[str]
    reports: Mapped[str]
    field: Mapped[str]
    value: Mapped[str]


class JudgedReport(Base):
    """That a judgement about events names a report, by its key: few of all judgements are about any one article."""

    __tablename__ = "judged_reports"
    __table_args__ = ({"sqlite_with_rowid": False},)
    key: Mapped[PublicId] = mapped_column(primary_key=True)
    judgement_id: Mapped[int] = owned("event_judgements.id", primary=True, index=True)


class Setting(Base):
    """What the store knows of itself, such as the version of the rules that its events were linked by."""

    __tablename__ = "settings"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class ReportActor(ParticipationColumns, Base):
    __tablename__ = "report_actors"
    __table_args__ = ({"sqlite_with_rowid": False},)
    report_id: Mapped[int] = owned("reports.id", primary=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("actors.id"), index=True)


class ReportUnresolved(ParticipationColumns, Base):
    """Words of a report that take part and could be several actors."""

    __tablename__ = "report_unresolved"
    report_id: Mapped[int] = owned("reports.id", primary=True)
