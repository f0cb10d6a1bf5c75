"""The tables. Row numbers (`id`) are the database's own and mean nothing outside it; public ids and keys do.

Facts about sources (articles, reports) are written once; events are derived from them and can be again. Values that
the timeline is asked for by country or by actor are repeated beside the link (`sort_day`, `sort_last`), so that the
first page of either is one walk along one index.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any

from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, with its zone on both databases (SQLite keeps none)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


# BIGINT everywhere, except that SQLite counts rows by itself only for a key declared INTEGER.
RowId = Annotated[int, mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)]
PublicId = Annotated[str, mapped_column(String(16))]
Code = Annotated[str, mapped_column(String(3))]
Name = Annotated[str, mapped_column(Text)]
Reason = Annotated[str, mapped_column(String(5))]


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {str: Text, int: BigInteger, datetime: Moment, date: Date, bytes: LargeBinary}  # noqa: RUF012


def _owned(target: str, *, primary: bool = False, index: bool = False) -> Any:
    """A link to the row that this one belongs to: it goes when that goes."""
    return mapped_column(ForeignKey(target, ondelete="CASCADE"), primary_key=primary, index=index)


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
    article_id: Mapped[int] = _owned("articles.id", index=True)
    document: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    url: Mapped[str]
    publisher: Mapped[str]
    published: Mapped[date | None]
    published_from: Mapped[str]
    language: Mapped[str]


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
    actor_id: Mapped[int] = _owned("actors.id", primary=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    folded: Mapped[str]


class JudgementColumns:
    """Who judged, when and why, and whether that was taken back: a judgement is never deleted."""

    author: Mapped[str]
    made: Mapped[datetime]
    note: Mapped[str]
    undone: Mapped[datetime | None]
    undone_by: Mapped[str]
    undone_note: Mapped[str]


class ActorJudgement(JudgementColumns, Base):
    """See `judgements.Judgement`; actors by key, so that those count which no article has named yet."""

    __tablename__ = "actor_judgements"
    id: Mapped[RowId]
    action: Mapped[str]
    actor: Mapped[str]
    other: Mapped[str]
    name: Mapped[str]


class WhenColumns:
    """A `When`. `earliest` and `latest` are null where open."""

    edtf: Mapped[str]
    earliest: Mapped[date | None]
    latest: Mapped[date | None]
    when_words: Mapped[str]
    when_reason: Mapped[str]


class PlaceColumns:
    """A `Place`; all null or "" where there is none."""

    place_name: Mapped[str]
    place_country: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    place_exactness: Mapped[str]
    place_reference: Mapped[str]
    place_words: Mapped[str]
    place_start: Mapped[int | None]
    place_end: Mapped[int | None]
    place_reason: Mapped[str]
    place_region: Mapped[str] = mapped_column(server_default="")


class TellingColumns:
    """What reports and events have in common."""

    title: Mapped[str]
    sentence: Mapped[str]
    type: Mapped[str]
    kind: Mapped[str]
    modality: Mapped[str]
    salience: Mapped[float]


class ParticipationColumns:
    position: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str]
    words: Mapped[str]
    start: Mapped[int | None]
    end: Mapped[int | None]
    reason: Mapped[str]


class EventRow(WhenColumns, PlaceColumns, TellingColumns, Base):
    """An event as `model.merging.derive` concluded it. `sort_day`: see `rows.sort_days`; `folded`: for text search."""

    __tablename__ = "events"
    __table_args__ = (
        Index(None, "sort_day", "sort_last", "public_id"),
        Index(None, "kind", "sort_day"),
        Index(None, "type", "sort_day"),
        Index(None, "place_reference", "place_name"),
        Index(None, "place_region"),
        Index(None, "latitude", "longitude"),
    )
    id: Mapped[RowId]
    public_id: Mapped[PublicId] = mapped_column(unique=True)
    sort_day: Mapped[date]
    sort_last: Mapped[date]
    reports: Mapped[int]
    sources: Mapped[int]
    first_reported: Mapped[date | None]
    last_reported: Mapped[date | None]
    folded: Mapped[str]


class EventActor(ParticipationColumns, Base):
    __tablename__ = "event_actors"
    __table_args__ = (Index(None, "actor_id", "sort_day", "sort_last", "event_id"),)
    event_id: Mapped[int] = _owned("events.id", primary=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("actors.id"))
    sort_day: Mapped[date]
    sort_last: Mapped[date]


class EventCountry(Base):
    __tablename__ = "event_countries"
    __table_args__ = (Index(None, "country", "sort_day", "sort_last", "event_id", "by"),)
    event_id: Mapped[int] = _owned("events.id", primary=True)
    country: Mapped[Code] = mapped_column(primary_key=True)
    by: Mapped[Reason] = mapped_column(primary_key=True)
    reason: Mapped[str]
    sort_day: Mapped[date]
    sort_last: Mapped[date]


class EventRedirect(Base):
    """An id that was once an event's: `new` is the event that tells of it today, "" when its source withdrew it."""

    __tablename__ = "event_redirects"
    old: Mapped[PublicId] = mapped_column(primary_key=True)
    new: Mapped[PublicId] = mapped_column(index=True)


class HappeningRow(Base):
    """The reports of one happening in one article: the unit that linking puts into events."""

    __tablename__ = "happenings"
    __table_args__ = (UniqueConstraint("article_id", "number"),)
    id: Mapped[RowId]
    article_id: Mapped[int] = _owned("articles.id")
    number: Mapped[int]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"), index=True)


class HappeningBlock(Base):
    """Hashed keys (`linking.blocks`): two happenings that may be one share at least one."""

    __tablename__ = "happening_blocks"
    block: Mapped[int] = mapped_column(primary_key=True)
    happening_id: Mapped[int] = _owned("happenings.id", primary=True, index=True)


class ReportRow(WhenColumns, PlaceColumns, TellingColumns, Base):
    __tablename__ = "reports"
    id: Mapped[RowId]
    key: Mapped[PublicId] = mapped_column(unique=True)
    happening_id: Mapped[int] = _owned("happenings.id", index=True)
    span_start: Mapped[int]
    span_end: Mapped[int]
    trigger_start: Mapped[int]
    trigger_end: Mapped[int]
    words: Mapped[str]
    rule: Mapped[str]
    extractor: Mapped[str]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("import_runs.id", ondelete="SET NULL"), index=True)


class ReportActor(ParticipationColumns, Base):
    __tablename__ = "report_actors"
    report_id: Mapped[int] = _owned("reports.id", primary=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("actors.id"), index=True)


class ReportCountry(Base):
    __tablename__ = "report_countries"
    report_id: Mapped[int] = _owned("reports.id", primary=True)
    country: Mapped[Code] = mapped_column(primary_key=True)
    by: Mapped[Reason] = mapped_column(primary_key=True)
    reason: Mapped[str]
    position: Mapped[int]


class ReportUnresolved(ParticipationColumns, Base):
    """Words of a report that take part and could be several actors."""

    __tablename__ = "report_unresolved"
    report_id: Mapped[int] = _owned("reports.id", primary=True)
