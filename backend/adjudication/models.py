"""Tables of judgements: what was reckoned, by which version, line by line with its trace."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from backend.database import Base, OfClient


class _Shares:
    """Who pays how many minor units; the four payers add up to ``billed_minor``."""

    @declared_attr
    def billed_minor(cls) -> Mapped[int]:  # noqa: N805
        return mapped_column(BigInteger)

    @declared_attr
    def plan_minor(cls) -> Mapped[int]:  # noqa: N805
        return mapped_column(BigInteger)

    @declared_attr
    def other_minor(cls) -> Mapped[int]:  # noqa: N805
        return mapped_column(BigInteger)

    @declared_attr
    def member_minor(cls) -> Mapped[int]:  # noqa: N805
        return mapped_column(BigInteger)

    @declared_attr
    def provider_minor(cls) -> Mapped[int]:  # noqa: N805
        return mapped_column(BigInteger)

    @declared_attr
    def excess_cost_minor(cls) -> Mapped[int]:  # noqa: N805
        return mapped_column(BigInteger)

    @declared_attr
    def excess_claim_minor(cls) -> Mapped[int]:  # noqa: N805
        return mapped_column(BigInteger)


_ADDS_UP = "plan_minor + other_minor + member_minor + provider_minor = billed_minor"


class KeptJudgement(_Shares, OfClient, Base):
    """A judgement of a claim, letter or bill. ``binding`` is the one that counts: at most one for each source.

    ``exclusions`` keeps the plan's names of the exclusions that the trace mentions, in every language.
    """

    __tablename__ = "judgement"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        CheckConstraint(_ADDS_UP, name="adds_up"),
        Index("ix_judgement_client_id_source_type_source_id", "client_id", "source_type", "source_id"),
        Index("ix_judgement_client_id_member_id_happened_on", "client_id", "member_id", "happened_on"),
    )

    member_id: Mapped[UUID]
    source_type: Mapped[str]
    source_id: Mapped[UUID]
    version: Mapped[str]
    happened_on: Mapped[date]
    currency: Mapped[str] = mapped_column(String(3))
    cashless: Mapped[bool]
    case_key: Mapped[str | None]
    binding: Mapped[bool]
    exclusions: Mapped[dict[str, Any]]


class KeptLine(_Shares, OfClient, Base):
    """A line of a judgement with its trace; rows are only ever added."""

    __tablename__ = "judgement_line"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "judgement_id"], ["judgement.client_id", "judgement.id"]),
        UniqueConstraint("client_id", "judgement_id", "position"),
        CheckConstraint(_ADDS_UP, name="adds_up"),
    )

    judgement_id: Mapped[UUID]
    position: Mapped[int]
    line_key: Mapped[str]
    description: Mapped[str]
    benefit_code: Mapped[str]
    count: Mapped[int]
    deductible_minor: Mapped[int] = mapped_column(BigInteger)
    co_payment_minor: Mapped[int] = mapped_column(BigInteger)
    steps: Mapped[list[Any]]
