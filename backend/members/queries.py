"""Every question to the tables of the members domain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, func, or_, select, text, tuple_

from backend.access import Scope
from backend.errors import NotFound
from backend.gathering import remembered
from backend.kit.pages import Cursor, page_of
from backend.members.models import (
    BankAccount,
    Card,
    CardStatus,
    Consent,
    Enrolment,
    EnrolmentRequest,
    Member,
)
from backend.members.rules.cover import Period

_IN_USE = (CardStatus.ACTIVE.value, CardStatus.SUSPENDED.value)


@remembered
def member(scope: Scope, member_id: UUID) -> Member:
    """One member; raises NotFound, also when a member asks about somebody they do not act for."""
    scope.check_member(member_id)
    found = scope.session.get(Member, (scope.client_id, member_id))
    if found is None:
        raise NotFound()
    return found


def family_of(scope: Scope, member_id: UUID) -> list[Member]:
    """The member's whole family, the employee first, then by age; raises NotFound."""
    head = member(scope, member_id)
    employee_id = head.employee_id or head.id
    return list(
        scope.session.scalars(
            select(Member)
            .where(
                Member.client_id == scope.client_id, or_(Member.id == employee_id, Member.employee_id == employee_id)
            )
            .order_by(Member.employee_id.isnot(None), Member.birth_date, Member.id)
        )
    )


def by_phone(scope: Scope, phone: str) -> list[Member]:
    """Everybody who has this number (E.164), employees first; a family may share one."""
    return list(
        scope.session.scalars(
            select(Member)
            .where(Member.client_id == scope.client_id, Member.phone == phone)
            .order_by(Member.employee_id.isnot(None), Member.created_at, Member.id)
        )
    )


def by_number(scope: Scope, number: str) -> Member | None:
    """The member with this member number or the holder of the card with this number; None when nobody is."""
    plain = number.replace(" ", "")
    own = select(Member).where(Member.client_id == scope.client_id, Member.number == plain)
    holder = select(Card.member_id).where(Card.client_id == scope.client_id, Card.number == plain)
    by_card = select(Member).where(Member.client_id == scope.client_id, Member.id.in_(holder))
    return scope.session.scalars(own).first() or scope.session.scalars(by_card).first()


def employee_by_number(scope: Scope, employee_number: str) -> Member | None:
    """The employee whom the employer knows under this number."""
    return scope.session.scalars(
        select(Member).where(
            Member.client_id == scope.client_id,
            Member.employee_number == employee_number,
            Member.employee_id.is_(None),
        )
    ).first()


def by_national_id(scope: Scope, fingerprint: bytes) -> list[Member]:
    """Everybody stored under this national id's fingerprint."""
    return list(
        scope.session.scalars(
            select(Member).where(Member.client_id == scope.client_id, Member.national_id_fingerprint == fingerprint)
        )
    )


def enrolment_on(scope: Scope, member_id: UUID, on: date) -> Enrolment | None:
    """The enrolment that contains the day, if any; the member's last day is not looked at here."""
    return scope.session.scalars(
        select(Enrolment).where(
            Enrolment.client_id == scope.client_id,
            Enrolment.member_id == member_id,
            Enrolment.starts_on <= on,
            or_(Enrolment.ends_on.is_(None), Enrolment.ends_on >= on),
        )
    ).first()


@remembered
def enrolments_of(scope: Scope, member_id: UUID) -> list[Enrolment]:
    """Every enrolment of a member, the newest first."""
    return list(
        scope.session.scalars(
            select(Enrolment)
            .where(Enrolment.client_id == scope.client_id, Enrolment.member_id == member_id)
            .order_by(Enrolment.starts_on.desc())
        )
    )


def periods_of(scope: Scope, member_id: UUID) -> list[Period]:
    """The same as rules see it."""
    return [Period(row.plan_id, row.starts_on, row.ends_on) for row in enrolments_of(scope, member_id)]


def plan_id_of(scope: Scope, code: str, on: date) -> UUID | None:
    """The version of a plan that new enrolments of a day get: the latest that has begun, else the first."""
    row = scope.session.execute(
        text(
            "SELECT id FROM plan WHERE client_id = :client AND code = :code "
            "ORDER BY (valid_from <= :day) DESC, abs(valid_from - :day) LIMIT 1"
        ),
        {"client": scope.client_id, "code": code, "day": on},
    ).first()
    return row.id if row else None


def plan_code(scope: Scope, plan_id: UUID) -> str:
    """The code of a plan."""
    return str(
        scope.session.execute(
            text("SELECT code FROM plan WHERE client_id = :client AND id = :plan"),
            {"client": scope.client_id, "plan": plan_id},
        ).scalar_one()
    )


def plan_name(scope: Scope, plan_id: UUID, language: str) -> str:
    """What a plan is called in a language."""
    named = text(
        "SELECT coalesce(names ->> :language, names ->> 'en', code) FROM plan WHERE client_id = :c AND id = :p"
    )
    return str(scope.session.execute(named, {"c": scope.client_id, "p": plan_id, "language": language}).scalar_one())


def plan_facts(scope: Scope, plan_id: UUID, language: str) -> dict[str, Any]:
    """A plan's code and name, and which benefit groups it opens a door to."""
    row = scope.session.execute(
        text(
            "SELECT code, coalesce(names ->> :language, names ->> 'en', code) AS name FROM plan "
            "WHERE client_id = :client AND id = :plan"
        ),
        {"client": scope.client_id, "plan": plan_id, "language": language},
    ).one()
    groups = scope.session.execute(
        text(
            "SELECT benefit_group, max(room_class) AS room_class, bool_and(referral_required) AS referral_required, "
            "bool_and(network_only) AS network_only FROM benefit WHERE client_id = :client AND plan_id = :plan "
            "GROUP BY benefit_group ORDER BY min(position)"
        ),
        {"client": scope.client_id, "plan": plan_id},
    )
    return {"code": row.code, "name": row.name, "benefits": [dict(group._mapping) for group in groups]}


@dataclass(frozen=True, slots=True)
class Page:
    """Some members and where the next ones begin."""

    items: list[Member]
    next_cursor: str | None


def search(
    scope: Scope, words: str = "", *, cursor: Cursor | None = None, limit: int = 50, current_on: date | None = None
) -> Page:
    """Members by part of a name, or by member, card or employee number; the newest first, in pages.

    ``current_on`` leaves out whoever left before that day.
    """
    query = select(Member).where(Member.client_id == scope.client_id, *_matching(scope, words))
    if current_on is not None:
        query = query.where(or_(Member.left_on.is_(None), Member.left_on >= current_on))
    if cursor is not None:
        query = query.where(tuple_(Member.created_at, Member.id) < (cursor.moment, cursor.id))
    rows = list(scope.session.scalars(query.order_by(Member.created_at.desc(), Member.id.desc()).limit(limit + 1)))
    return Page(*page_of(rows, limit))


def _matching(scope: Scope, words: str) -> list[ColumnElement[bool]]:
    plain = " ".join(words.split())
    if not plain:
        return []
    if any(character.isdigit() for character in plain):
        number = plain.replace(" ", "")
        holder = select(Card.member_id).where(Card.client_id == scope.client_id, Card.number == number)
        return [or_(Member.number == number, Member.employee_number == plain, Member.id.in_(holder))]
    return [func.unaccent(Member.full_name).ilike(func.unaccent(f"%{_escaped(word)}%")) for word in plain.split()]


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def consents_of(scope: Scope, member_id: UUID) -> Sequence[Consent]:
    """What a member ever agreed to, the latest first."""
    query = select(Consent).where(Consent.client_id == scope.client_id, Consent.member_id == member_id)
    return scope.session.scalars(query.order_by(Consent.given_at.desc(), Consent.id)).all()


def standing_consent(scope: Scope, member_id: UUID, purpose: str) -> Consent | None:
    """The consent to a purpose that was not withdrawn."""
    query = select(Consent).where(
        Consent.client_id == scope.client_id,
        Consent.member_id == member_id,
        Consent.purpose == purpose,
        Consent.withdrawn_at.is_(None),
    )
    return scope.session.scalar(query)


def bank_account_of(scope: Scope, member_id: UUID) -> BankAccount | None:
    """Where a member's reimbursements go now."""
    query = select(BankAccount).where(BankAccount.client_id == scope.client_id, BankAccount.member_id == member_id)
    return scope.session.scalar(query.order_by(BankAccount.created_at.desc(), BankAccount.id.desc()).limit(1))


def bank_account(scope: Scope, account_id: UUID) -> BankAccount:
    """One bank account, a replaced one too; raises NotFound."""
    found = scope.session.get(BankAccount, (scope.client_id, account_id))
    if found is None:
        raise NotFound()
    return found


def card_of(scope: Scope, member_id: UUID) -> Card | None:
    """The member's latest card, whatever its status."""
    return scope.session.scalars(
        select(Card)
        .where(Card.client_id == scope.client_id, Card.member_id == member_id)
        .order_by(Card.created_at.desc())
        .limit(1)
    ).first()


@remembered
def card_in_use(scope: Scope, member_id: UUID) -> Card | None:
    """The card that is active or suspended, locked until the transaction ends."""
    return scope.session.scalars(
        select(Card)
        .where(Card.client_id == scope.client_id, Card.member_id == member_id, Card.status.in_(_IN_USE))
        .with_for_update()
    ).first()


def card_by_number(scope: Scope, number: str) -> Card | None:
    """The card with this number."""
    return scope.session.scalars(
        select(Card).where(Card.client_id == scope.client_id, Card.number == number.replace(" ", ""))
    ).first()


def cards_waiting_for_replacement(scope: Scope) -> Sequence[Row[Card, str]]:
    """Lost cards that no new card has replaced yet with their holder's name, the oldest report first."""
    replaced = select(Card.replaces_id).where(Card.client_id == scope.client_id, Card.replaces_id.isnot(None))
    return scope.session.execute(
        select(Card, Member.full_name)
        .join(Member, and_(Member.client_id == Card.client_id, Member.id == Card.member_id))
        .where(Card.client_id == scope.client_id, Card.status == CardStatus.LOST.value, Card.id.not_in(replaced))
        .order_by(Card.reported_at)
    ).all()


def enrolment_request(scope: Scope, request_id: UUID) -> EnrolmentRequest:
    """One request for a dependant; raises NotFound, also for a member who did not make it."""
    found = scope.session.get(EnrolmentRequest, (scope.client_id, request_id))
    if found is None:
        raise NotFound()
    scope.check_member(found.employee_id)
    return found


def enrolment_requests(
    scope: Scope, employee_id: UUID | None = None, status: str | None = None
) -> list[EnrolmentRequest]:
    """Requests for dependants, the oldest first: of one employee, or of everybody."""
    query = select(EnrolmentRequest).where(EnrolmentRequest.client_id == scope.client_id)
    if employee_id is not None:
        query = query.where(EnrolmentRequest.employee_id == employee_id)
    if status is not None:
        query = query.where(EnrolmentRequest.status == status)
    return list(scope.session.scalars(query.order_by(EnrolmentRequest.created_at).limit(200)))
