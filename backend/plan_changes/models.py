"""Tables of proposed changes, of their previews, and of the claims that a preview found affected."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient


class ChangeState(StrEnum):
    """How far a change is; only ``in_force`` changes anything for anybody."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"


class PreviewState(StrEnum):
    """How far a preview is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"


class PlanChange(OfClient, Base):
    """A proposed version of a plan: the very file, and the version ``plan_id`` that it takes the place of.

    A plan that is new has none.
    """

    __tablename__ = "plan_change"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "plan_id"], ["plan.client_id", "plan.id"]),
        ForeignKeyConstraint(["client_id", "new_plan_id"], ["plan.client_id", "plan.id"]),
        CheckConstraint("state IN ('proposed', 'in_force', 'withdrawn')", name="state"),
        CheckConstraint("in_force_by <> proposed_by", name="second_person"),
        CheckConstraint(
            "(state = 'in_force') = (new_plan_id IS NOT NULL AND in_force_by IS NOT NULL AND in_force_at IS NOT NULL)",
            name="in_force",
        ),
        Index(None, "client_id", "created_at"),
        Index(
            "ix_plan_change_in_force",
            "client_id",
            "code",
            "effective_on",
            postgresql_where=sql("state = 'in_force'"),
        ),
    )

    plan_id: Mapped[UUID | None]
    code: Mapped[str]
    effective_on: Mapped[date]
    filename: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    digest: Mapped[str]
    """Of the plan in the file: a preview names what it was made of."""
    state: Mapped[str] = mapped_column(default=ChangeState.PROPOSED)
    proposed_by: Mapped[UUID]
    in_force_by: Mapped[UUID | None]
    in_force_at: Mapped[datetime | None]
    new_plan_id: Mapped[UUID | None]
    hr_told_at: Mapped[datetime | None]
    """When the employer's people were told that it is in force."""


class PlanPreview(OfClient, Base):
    """What a change would have done to the claims of a past window; a change has one, a new one takes its place.

    ``sums`` are kept by benefit group while the job goes from family to family; ``after_family`` is the last one done.
    """

    __tablename__ = "plan_preview"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "plan_change_id"], ["plan_change.client_id", "plan_change.id"]),
        UniqueConstraint("client_id", "plan_change_id"),
        CheckConstraint("state IN ('waiting', 'running', 'done')", name="state"),
        CheckConstraint("last_on >= first_on", name="window"),
    )

    plan_change_id: Mapped[UUID]
    digest: Mapped[str]
    months: Mapped[int]
    first_on: Mapped[date]
    last_on: Mapped[date]
    state: Mapped[str] = mapped_column(default=PreviewState.WAITING)
    asked_by: Mapped[UUID]
    total_claims: Mapped[int] = mapped_column(default=0)
    done_claims: Mapped[int] = mapped_column(default=0)
    not_judged: Mapped[int] = mapped_column(default=0)
    """Claims that could not be judged again, because what they name is no longer there."""
    after_family: Mapped[UUID | None]
    sums: Mapped[dict[str, Any]] = mapped_column(default=dict)
    finished_at: Mapped[datetime | None]
    seen_by: Mapped[list[Any]] = mapped_column(default=list)
    """Staff who have looked at the finished result."""


class PlanPreviewClaim(OfClient, Base):
    """A claim that would have been decided otherwise: what each pays before and after, and where the traces part."""

    __tablename__ = "plan_preview_claim"
    __table_args__ = (
        ForeignKeyConstraint(
            ["client_id", "preview_id"], ["plan_preview.client_id", "plan_preview.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["client_id", "claim_id"], ["claim.client_id", "claim.id"]),
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        UniqueConstraint("client_id", "preview_id", "claim_id"),
        Index("ix_plan_preview_claim_by_difference", "client_id", "preview_id", "difference_minor", "id"),
    )

    preview_id: Mapped[UUID]
    claim_id: Mapped[UUID]
    member_id: Mapped[UUID]
    visit_on: Mapped[date]
    benefit_group: Mapped[str]
    plan_before_minor: Mapped[int] = mapped_column(BigInteger)
    plan_after_minor: Mapped[int] = mapped_column(BigInteger)
    member_before_minor: Mapped[int] = mapped_column(BigInteger)
    member_after_minor: Mapped[int] = mapped_column(BigInteger)
    difference_minor: Mapped[int] = mapped_column(BigInteger)
    """The member's part after less before: what costs members most stands first."""
    steps: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The first step that differs, ``before`` and ``after``, with the exclusions' names it needs."""


class PlanChangeTold(OfClient, Base):
    """Who was told of a change that is in force: each reader once, whoever runs the job and however often."""

    __tablename__ = "plan_change_told"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "plan_change_id"], ["plan_change.client_id", "plan_change.id"]),
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        UniqueConstraint("client_id", "plan_change_id", "member_id"),
    )

    plan_change_id: Mapped[UUID]
    member_id: Mapped[UUID]
