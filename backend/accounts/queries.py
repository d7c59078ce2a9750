"""Every question to the tables of the accounts domain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Row, exists, func, select

from backend.access import Scope
from backend.accounts import rules
from backend.accounts.models import Device, Identity, OneTimeCode, SignInAttempt, SignInSession, Staff, StaffClient
from backend.accounts.rules import Person, Traffic
from backend.errors import NotFound
from backend.kit import clock
from backend.members.models import Consent, Member
from backend.members.rules.consents import Purpose

_DAY = timedelta(days=1)


def identity_of_phone(scope: Scope, phone: str) -> Identity | None:
    """The identity that has proven this number."""
    query = select(Identity).where(Identity.client_id == scope.client_id, Identity.phone == phone)
    return scope.session.scalar(query)


def identity(scope: Scope, identity_id: UUID) -> Identity:
    """One identity; raises NotFound."""
    found = scope.session.get(Identity, (scope.client_id, identity_id))
    if found is None:
        raise NotFound()
    return found


def devices(scope: Scope, identity_id: UUID) -> list[Row[Device, int]]:
    """Every device of an identity with the number of living sessions on it, the latest used first."""
    living = (
        select(SignInSession.device_id, func.count().label("sessions"))
        .where(
            SignInSession.client_id == scope.client_id,
            SignInSession.identity_id == identity_id,
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > clock.now(),
        )
        .group_by(SignInSession.device_id)
        .subquery()
    )
    query = (
        select(Device, func.coalesce(living.c.sessions, 0))
        .outerjoin(living, living.c.device_id == Device.id)
        .where(Device.client_id == scope.client_id, Device.identity_id == identity_id)
        .order_by(Device.last_seen_at.desc(), Device.id)
    )
    return list(scope.session.execute(query))


def device(scope: Scope, identity_id: UUID, device_id: UUID) -> Device:
    """One device of this identity; raises NotFound."""
    found = scope.session.get(Device, (scope.client_id, device_id))
    if found is None or found.identity_id != identity_id:
        raise NotFound()
    return found


def device_by_key(scope: Scope, identity_id: UUID, key_digest: bytes) -> Device | None:
    """The device that keeps this key."""
    query = select(Device).where(
        Device.client_id == scope.client_id, Device.identity_id == identity_id, Device.key_digest == key_digest
    )
    return scope.session.scalar(query)


def is_familiar(scope: Scope, phone: str, network_digest: bytes, key_digest: bytes | None) -> tuple[bool, bool]:
    """Whether the owner of a number has signed in from this network, and from this device, before."""
    query = (
        select(Device.network_digest == network_digest, Device.key_digest == key_digest)
        .join(Identity, (Identity.client_id == Device.client_id) & (Identity.id == Device.identity_id))
        .where(Device.client_id == scope.client_id, Identity.phone == phone)
    )
    known = scope.session.execute(query).all()
    return any(row[0] for row in known), any(row[1] for row in known)


def living_codes(scope: Scope, purpose: str, subject_digest: bytes) -> list[OneTimeCode]:
    """Codes that can still be used, the newest first; locked, so that a code is used once however often it comes."""
    query = (
        select(OneTimeCode)
        .where(
            OneTimeCode.client_id == scope.client_id,
            OneTimeCode.purpose == purpose,
            OneTimeCode.subject_digest == subject_digest,
            OneTimeCode.used_at.is_(None),
            OneTimeCode.expires_at > clock.now(),
        )
        .order_by(OneTimeCode.created_at.desc())
        .with_for_update()
    )
    return list(scope.session.scalars(query))


def code(scope: Scope, code_id: UUID) -> OneTimeCode | None:
    """A code by its id, for delivery."""
    return scope.session.get(OneTimeCode, (scope.client_id, code_id))


def traffic(scope: Scope, kind: str, subject_digest: bytes, network_digest: bytes, *, familiar: bool) -> Traffic:
    """What was tried for a subject: here within an hour since the last success here, by strangers within a day."""
    table = SignInAttempt
    an_hour_ago = clock.now() - timedelta(hours=1)
    rows = scope.session.execute(
        select(table.at, table.network_digest, table.kind, table.familiar)
        .where(table.subject_digest == subject_digest, table.at > clock.now() - _DAY)
        .where(table.kind.in_([kind, "signed_in"]))
        .order_by(table.at)
    ).all()
    here: list[datetime] = []
    for row in rows:
        if row.network_digest == network_digest and row.at > an_hour_ago:
            here = [] if row.kind == "signed_in" else [*here, row.at]
    strange = [row.at for row in rows if row.kind == kind and not row.familiar and row.network_digest != network_digest]
    return Traffic(tuple(here), tuple(strange), familiar)


def has_signed_in_from(scope: Scope, subject_digest: bytes, network_digest: bytes) -> bool:
    """Whether this subject signed in from this network within the memory of the attempts."""
    query = select(SignInAttempt.id).where(
        SignInAttempt.subject_digest == subject_digest,
        SignInAttempt.network_digest == network_digest,
        SignInAttempt.kind == "signed_in",
    )
    return scope.session.execute(query.limit(1)).first() is not None


def strange_guesses(scope: Scope, subject_digest: bytes) -> int:
    """Wrong codes for a subject from strange networks within a day."""
    query = select(func.count()).where(
        SignInAttempt.subject_digest == subject_digest,
        SignInAttempt.at > clock.now() - _DAY,
        SignInAttempt.kind == "wrong_code",
        SignInAttempt.familiar.is_(False),
    )
    return scope.session.execute(query).scalar_one()


def network_is_flooding(scope: Scope, network_digest: bytes) -> bool:
    """Whether more comes from one network within ten minutes than a mobile carrier's address explains."""
    recent = (
        select(SignInAttempt.id)
        .where(
            SignInAttempt.network_digest == network_digest,
            SignInAttempt.at > clock.now() - timedelta(minutes=10),
            SignInAttempt.kind != "signed_in",
        )
        .limit(rules.NETWORK_LIMIT)
        .subquery()
    )
    return scope.session.execute(select(func.count()).select_from(recent)).scalar_one() >= rules.NETWORK_LIMIT


def codes_of_realm(scope: Scope, realm: str) -> int:
    """Codes sent for one client within ten minutes."""
    query = select(func.count()).where(
        SignInAttempt.realm == realm,
        SignInAttempt.at > clock.now() - timedelta(minutes=10),
        SignInAttempt.kind == "code",
    )
    return scope.session.execute(query).scalar_one()


def session(scope: Scope, session_id: UUID) -> SignInSession | None:
    """A session, locked: two refreshes of the same token come one after the other."""
    query = select(SignInSession).where(SignInSession.client_id == scope.client_id, SignInSession.id == session_id)
    return scope.session.scalar(query.with_for_update())


def staff_with_authenticator(scope: Scope) -> list[Staff]:
    """Everybody, of every client, who has or is enrolling an authenticator app, locked."""
    return list(scope.session.scalars(select(Staff).where(Staff.totp_secret.isnot(None)).with_for_update()))


def staff_at_client(
    scope: Scope, *, email: str | None = None, staff_id: UUID | None = None
) -> tuple[Staff, StaffClient] | None:
    """An active member of staff with their role at the scope's client."""
    query = (
        select(Staff, StaffClient)
        .join(StaffClient, StaffClient.staff_id == Staff.id)
        .where(StaffClient.client_id == scope.client_id, Staff.active)
    )
    query = query.where(Staff.email == email) if email is not None else query.where(Staff.id == staff_id)
    row = scope.session.execute(query).first()
    return (row[0], row[1]) if row else None


def staff_of_client(scope: Scope) -> list[Row[Staff, StaffClient]]:
    """Everybody who works at the scope's client, by name."""
    query = (
        select(Staff, StaffClient)
        .join(StaffClient, StaffClient.staff_id == Staff.id)
        .where(StaffClient.client_id == scope.client_id)
        .order_by(Staff.name, Staff.id)
    )
    return list(scope.session.execute(query))


def clients_of_staff(scope: Scope, staff_id: UUID) -> list[StaffClient]:
    """Where somebody works, in a fixed order."""
    query = select(StaffClient).where(StaffClient.staff_id == staff_id).order_by(StaffClient.client_id)
    return list(scope.session.scalars(query))


def display_names(scope: Scope, staff_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of staff, for records that a member reads."""
    query = select(Staff.id, Staff.name).where(Staff.id.in_(list(staff_ids)))
    return {row.id: row.name for row in scope.session.execute(query)}


def people_of_phone(scope: Scope, phone: str) -> tuple[list[Person], list[Person]]:
    """The members who have this number, and the dependants of the employees among them."""
    own = _people(scope, Member.phone == phone)
    employees = [person.id for person in own if person.relationship == "employee"]
    return own, _people(scope, Member.employee_id.in_(employees)) if employees else []


def _people(scope: Scope, condition: ColumnElement[bool]) -> list[Person]:
    consents = exists().where(
        Consent.client_id == Member.client_id,
        Consent.member_id == Member.id,
        Consent.purpose == Purpose.FAMILY_ACCESS.value,
        Consent.withdrawn_at.is_(None),
    )
    query = select(Member.id, Member.relationship, Member.birth_date, Member.left_on, consents).where(
        Member.client_id == scope.client_id, condition
    )
    return [Person(*row) for row in scope.session.execute(query)]


def members_named(scope: Scope, member_ids: Sequence[UUID]) -> list[Row[UUID, str, str, str, date | None, str]]:
    """Names and numbers of the members one acts for, in the order given."""
    query = select(
        Member.id, Member.full_name, Member.relationship, Member.number, Member.left_on, Member.language
    ).where(Member.client_id == scope.client_id, Member.id.in_(member_ids))
    rows = {row.id: row for row in scope.session.execute(query)}
    return [rows[member_id] for member_id in member_ids if member_id in rows]
