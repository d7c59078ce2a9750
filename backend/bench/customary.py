"""The peer: the same two answers the way a FastAPI project would customarily write them.

Async SQLAlchemy ORM, pydantic response models, the token in a dependency, one session per request, the
client set for row-level security. Written plainly and without tricks in either direction.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import jwt
from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from backend.bench.stand import environ
from backend.benefits.models import Benefit, BenefitLimit, Plan, UtilisationEntry
from backend.clients.models import Client, Contract, PlanYear
from backend.members.models import Card, Enrolment, Member

app = FastAPI()
_engine = create_async_engine(environ("DATABASE_URL").replace("postgresql://", "postgresql+psycopg://", 1), pool_size=8)
_sessions = async_sessionmaker(_engine, expire_on_commit=False)


class MoneyOut(BaseModel):
    amount_minor: int
    currency: str


class Named(BaseModel):
    code: str
    name: str


class CardOut(BaseModel):
    member_id: UUID
    member_number: str
    card_number: str
    name: str
    relationship: str
    birth_date: date
    plan: Named
    client: dict[str, str]
    status: str
    valid_from: date
    valid_until: date | None
    qr: str | None
    qr_expires_at: datetime | None
    replacement_fee: MoneyOut
    as_of: datetime


class LimitOut(BaseModel):
    basis: str
    shared_by: str
    pool: str | None
    limit: MoneyOut | None
    count: int | None
    used: MoneyOut
    held: MoneyOut
    remaining: MoneyOut | None
    used_count: int
    remaining_count: int | None


class BenefitOut(BaseModel):
    code: str
    group: str
    name: str
    limits: list[LimitOut]
    co_payment: dict[str, Any] | None
    room_class: str | None
    exclusions: list[str]
    referral_required: bool
    network_only: bool


class BenefitsOut(BaseModel):
    member_id: UUID
    plan: Named
    year: dict[str, date]
    as_of: datetime
    benefits: list[BenefitOut]


async def _session() -> AsyncIterator[AsyncSession]:
    async with _sessions() as session:
        yield session


async def _claims(authorization: Annotated[str, Header()]) -> dict[str, Any]:
    try:
        return jwt.decode(
            authorization.removeprefix("Bearer "), environ("CARELINE_TOKEN_KEY"), algorithms=["HS256"],
            audience="careline-api", issuer="careline",
        )  # fmt: skip
    except jwt.InvalidTokenError as error:
        raise HTTPException(401) from error


Session = Annotated[AsyncSession, Depends(_session)]
Claims = Annotated[dict[str, Any], Depends(_claims)]


async def _begin(session: AsyncSession, claims: dict[str, Any], member_id: UUID) -> UUID:
    if str(member_id) not in claims["mem"]:
        raise HTTPException(404)
    await session.execute(text("SELECT app_begin(:c, :s)"), {"c": UUID(claims["cid"]), "s": UUID(claims["sid"])})
    return UUID(claims["cid"])


async def _enrolled(session: AsyncSession, client_id: UUID, member_id: UUID) -> tuple[Member, Enrolment, Plan]:
    member = await session.get_one(Member, (client_id, member_id))
    today = date.today()
    enrolment = (
        await session.scalars(
            select(Enrolment).where(
                Enrolment.client_id == client_id, Enrolment.member_id == member_id, Enrolment.starts_on <= today,
                (Enrolment.ends_on.is_(None)) | (Enrolment.ends_on >= today),
            )
        )
    ).one()  # fmt: skip
    return member, enrolment, await session.get_one(Plan, (client_id, enrolment.plan_id))


@app.get("/api/v1/members/{member_id}/card", response_model=CardOut)
async def card(member_id: UUID, session: Session, claims: Claims) -> CardOut:
    """The e-card."""
    client_id = await _begin(session, claims, member_id)
    member, enrolment, plan = await _enrolled(session, client_id, member_id)
    found = (
        await session.scalars(select(Card).where(Card.client_id == client_id, Card.member_id == member_id))
    ).first()
    client = await session.get_one(Client, client_id)
    contract = (await session.scalars(select(Contract).where(Contract.client_id == client_id))).first()
    assert found is not None
    assert contract is not None
    return CardOut(
        member_id=member.id, member_number=member.number, card_number=found.number, name=member.full_name,
        relationship=member.relationship, birth_date=member.birth_date,
        plan=Named(code=plan.code, name=plan.names["id"]), client={"slug": client.slug, "name": client.name},
        status=found.status, valid_from=enrolment.starts_on, valid_until=enrolment.ends_on, qr=found.qr_payload,
        qr_expires_at=found.qr_expires_at, as_of=datetime.now().astimezone(),
        replacement_fee=MoneyOut(
            amount_minor=contract.terms.get("card_replacement_fee_minor", 2_500_000), currency=client.currency
        ),
    )  # fmt: skip


@app.get("/api/v1/members/{member_id}/benefits", response_model=BenefitsOut)
async def benefits(member_id: UUID, session: Session, claims: Claims) -> BenefitsOut:
    """The benefits and what is left of them."""
    client_id = await _begin(session, claims, member_id)
    member, _, plan = await _enrolled(session, client_id, member_id)
    today = date.today()
    year = (
        await session.scalars(
            select(PlanYear).where(
                PlanYear.client_id == client_id, PlanYear.starts_on <= today, PlanYear.ends_on >= today
            )
        )
    ).one()
    rows = await session.scalars(
        select(Benefit).where(Benefit.client_id == client_id, Benefit.plan_id == plan.id).order_by(Benefit.position)
    )
    listed = list(rows)
    limits: dict[UUID, list[BenefitLimit]] = {}
    for limit in await session.scalars(
        select(BenefitLimit).where(
            BenefitLimit.client_id == client_id, BenefitLimit.benefit_id.in_([benefit.id for benefit in listed])
        )
    ):
        limits.setdefault(limit.benefit_id, []).append(limit)
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for code, kind, amount, count in await session.execute(
        select(
            UtilisationEntry.benefit_code, UtilisationEntry.kind, func.sum(UtilisationEntry.amount_minor),
            func.sum(UtilisationEntry.count),
        )
        .where(
            UtilisationEntry.client_id == client_id, UtilisationEntry.employee_id == (member.employee_id or member.id),
            UtilisationEntry.member_id == member.id, UtilisationEntry.happened_on.between(year.starts_on, year.ends_on),
        )
        .group_by(UtilisationEntry.benefit_code, UtilisationEntry.kind)
    ):  # fmt: skip
        sums[(code, kind)] = (int(amount), int(count))
    return BenefitsOut(
        member_id=member.id, plan=Named(code=plan.code, name=plan.names["id"]),
        year={"from": year.starts_on, "until": year.ends_on}, as_of=datetime.now().astimezone(),
        benefits=[_benefit(benefit, limits.get(benefit.id, []), sums) for benefit in listed],
    )  # fmt: skip


def _benefit(benefit: Benefit, limits: list[BenefitLimit], sums: dict[tuple[str, str], tuple[int, int]]) -> BenefitOut:
    def of(kind: str) -> tuple[int, int]:
        return sums.get((benefit.code, kind), (0, 0))

    used, held = of("consume")[0] - of("reverse")[0], of("hold")[0] - of("release")[0]
    times = of("consume")[1] - of("reverse")[1]

    def money(amount: int | None) -> MoneyOut | None:
        return None if amount is None else MoneyOut(amount_minor=amount, currency="IDR")

    return BenefitOut(
        code=benefit.code, group=benefit.benefit_group, name=benefit.names["id"], co_payment=benefit.co_payment,
        room_class=benefit.room_class, exclusions=[one["names"]["id"] for one in benefit.exclusions],
        referral_required=benefit.referral_required, network_only=benefit.network_only,
        limits=[
            LimitOut(
                basis=limit.basis, shared_by=limit.shared_by, pool=limit.pool, limit=money(limit.amount_minor),
                count=limit.count, used=MoneyOut(amount_minor=used, currency="IDR"),
                held=MoneyOut(amount_minor=held, currency="IDR"), used_count=times, remaining_count=None,
                remaining=money(None if limit.amount_minor is None else max(0, limit.amount_minor - used - held)),
            )
            for limit in limits
        ],
    )  # fmt: skip
