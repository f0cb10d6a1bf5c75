"""What the tables are made of: kinds of columns, and columns that several tables have."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any

from sqlalchemy import BigInteger, Date, ForeignKey, Integer, LargeBinary, SmallInteger, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from timeline.store.metadata import METADATA, Moment


def now() -> datetime:
    """The moment that is written down."""
    return datetime.now(UTC)


# BIGINT everywhere, except that SQLite counts rows by itself only for a key declared INTEGER.
RowId = Annotated[int, mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)]
PublicId = Annotated[str, mapped_column(String(16))]
Code = Annotated[str, mapped_column(String(3))]
Name = Annotated[str, mapped_column(Text)]
Small = Annotated[int, mapped_column(SmallInteger)]


class Base(DeclarativeBase):
    metadata = METADATA
    type_annotation_map = {str: Text, int: BigInteger, datetime: Moment, date: Date, bytes: LargeBinary}  # noqa: RUF012


def owned(target: str, *, primary: bool = False, index: bool = False) -> Any:
    """A link to the row that this one belongs to: it goes when that goes."""
    return mapped_column(ForeignKey(target, ondelete="CASCADE"), primary_key=primary, index=index)


class JudgementColumns:
    """Who judged, when and why, and whether that was taken back: a judgement is never deleted."""

    author: Mapped[str]
    made: Mapped[datetime]
    note: Mapped[str]
    undone: Mapped[datetime | None]
    undone_by: Mapped[str]
    undone_note: Mapped[str]


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
