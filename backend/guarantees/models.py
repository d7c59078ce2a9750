"""Tables of the guarantees domain."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient
from backend.guarantees.rules import Evidence, LetterKind, LetterState, Standing


def _one_of(column: str, values: type[StrEnum]) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})"


class GuaranteeLetter(OfClient, Base):
    """A letter of guarantee for one admission. It names no illness: HR and the front desk read it too."""

    __tablename__ = "guarantee_letter"
    __table_args__ = (
        UniqueConstraint("client_id", "number"),
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        ForeignKeyConstraint(["provider_id"], ["provider.id"]),
        ForeignKeyConstraint(["client_id", "case_id"], ["helpline_case.client_id", "helpline_case.id"]),
        CheckConstraint(_one_of("kind", LetterKind), name="kind"),
        CheckConstraint(_one_of("state", LetterState), name="state"),
        CheckConstraint(_one_of("confirmed_by", Evidence), name="confirmed_by"),
        CheckConstraint("(issued_at IS NULL) = (valid_until IS NULL)", name="issued_until"),
        CheckConstraint(
            "state <> 'confirmed' OR (confirmed_at IS NOT NULL AND confirmed_by IS NOT NULL)", name="confirmed_when"
        ),
        CheckConstraint("confirmed_by <> 'hr_statement' OR statement IS NOT NULL", name="statement_in_writing"),
        Index(None, "client_id", "member_id", "created_at", "id"),
        Index(None, "client_id", "provider_id", "created_at", "id"),
        Index(
            "uq_guarantee_letter_open",
            "client_id",
            "member_id",
            unique=True,
            postgresql_where=text("state IN ('requested', 'issued')"),
        ),
        Index(
            "ix_guarantee_letter_clock",
            "client_id",
            "valid_until",
            postgresql_where=text("state = 'issued'"),
        ),
    )

    number: Mapped[str]
    member_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(default=LetterKind.INITIAL)
    state: Mapped[str] = mapped_column(default=LetterState.REQUESTED)
    provider_id: Mapped[UUID | None]
    provider_name: Mapped[str]
    """As the hospital calls itself in the network, or as the person who asked named it."""
    admission_on: Mapped[date]
    case_id: Mapped[UUID | None]
    requested_at: Mapped[datetime]
    issued_at: Mapped[datetime | None]
    valid_until: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str | None]
    statement: Mapped[str | None]
    """HR's words about the card."""
    ended_at: Mapped[datetime | None]
    void_reason: Mapped[str | None]

    @property
    def standing(self) -> Standing:
        """The letter as the rules see it."""
        return Standing(LetterState(self.state), self.valid_until)
