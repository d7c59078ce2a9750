"""Tables of the staffing domain. Instants are UTC; the hours of a desk are wall time at the client's seat."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Table, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient

_COLLEAGUE = ("staff_id", "client_id"), ("staff_client.staff_id", "staff_client.client_id")


class Desk(StrEnum):
    """Where somebody can be reached; each has its own hours."""

    HELPLINE = "helpline"
    DOCTOR = "doctor"
    OFFICE = "office"
    CARDS = "cards"


class PresenceState(StrEnum):
    """Whether somebody on shift can be given work."""

    AVAILABLE = "available"
    AWAY = "away"


def _of_colleague() -> ForeignKeyConstraint:
    """Whoever no longer works at the client has no roster there either."""
    return ForeignKeyConstraint(*_COLLEAGUE, ondelete="CASCADE")


class StaffSkill(OfClient, Base):
    """What somebody can do at this client; ``capacity`` is how many written matters they have in hand at once."""

    __tablename__ = "staff_skill"
    __table_args__ = (
        _of_colleague(),
        UniqueConstraint("client_id", "staff_id"),
        CheckConstraint("capacity BETWEEN 1 AND 50", name="capacity"),
    )

    staff_id: Mapped[UUID]
    languages: Mapped[list[Any]]
    doctor: Mapped[bool]
    """Sits at the doctors' desk; only somebody with the role of a doctor may."""
    capacity: Mapped[int]


class Shift(OfClient, Base):
    """When somebody works; nobody works two shifts at once."""

    __tablename__ = "shift"
    __table_args__ = (
        _of_colleague(),
        CheckConstraint("ends_at > starts_at", name="period"),
        Index("ix_shift_ends_at", "client_id", "ends_at", "starts_at"),
    )

    staff_id: Mapped[UUID]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class OpeningHours(OfClient, Base):
    """One spell of a desk's week (0 is Monday); ``closes`` at or before ``opens`` lies on the next day."""

    __tablename__ = "opening_hours"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        UniqueConstraint("client_id", "desk", "weekday", "opens"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
    )

    desk: Mapped[str]
    weekday: Mapped[int]
    opens: Mapped[time]
    closes: Mapped[time]
    on_holidays: Mapped[bool] = mapped_column(default=False)


class ClosedDay(OfClient, Base):
    """A day on which a desk does not open, beside the holidays of the country."""

    __tablename__ = "closed_day"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        UniqueConstraint("client_id", "desk", "day"),
    )

    desk: Mapped[str]
    day: Mapped[date]
    name: Mapped[str]


class Presence(OfClient, Base):
    """What somebody last said about themselves; it holds for the shift in which it was said."""

    __tablename__ = "presence"
    __table_args__ = (
        _of_colleague(),
        UniqueConstraint("client_id", "staff_id"),
        CheckConstraint("state IN ('available', 'away')", name="state"),
    )

    staff_id: Mapped[UUID]
    state: Mapped[str]
    since: Mapped[datetime]


_shift = cast(Table, Shift.__table__)
_shift.append_constraint(
    ExcludeConstraint(
        (_shift.c.client_id, "="),
        (_shift.c.staff_id, "="),
        (func.tstzrange(_shift.c.starts_at, _shift.c.ends_at), "&&"),
        name="ex_shift_period",
    )
)
