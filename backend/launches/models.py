"""Tables of the launches domain. A client has one launch; without one it was live before there were launches."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from backend.database import Base, OfClient


class Launch(OfClient, Base):
    """The day on which a client's members may sign in for the first time, planned and come."""

    __tablename__ = "launch"
    __table_args__ = (ForeignKeyConstraint(["client_id"], ["client.id"]), UniqueConstraint("client_id"))

    launch_on: Mapped[date]
    launched_at: Mapped[datetime | None]
    launched_by: Mapped[UUID | None]


class LaunchTask(OfClient, Base):
    """One line of the client's checklist; what it is and needs stands in ``rules.CHECKLIST``."""

    __tablename__ = "launch_task"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "launch_id"], ["launch.client_id", "launch.id"]),
        UniqueConstraint("client_id", "launch_id", "code"),
        CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name="done"),
    )

    launch_id: Mapped[UUID]
    code: Mapped[str]
    owner: Mapped[str | None]
    """Who sees to it, by name."""
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    done_by: Mapped[UUID | None]
    paper: Mapped[str | None]
    """Number and place of the signed paper."""
    note: Mapped[str | None]
