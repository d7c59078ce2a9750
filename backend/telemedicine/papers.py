"""Every SELECT about what comes out of a consultation: prescriptions, what was dispensed, certificates."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from backend.access import Scope
from backend.errors import NotFound
from backend.telemedicine.models import Dispensing, Prescription, RestCertificate


def prescription(scope: Scope, prescription_id: UUID, *, lock: bool = False) -> Prescription:
    """One prescription of somebody the actor may see; raises NotFound. ``lock`` holds it until the end."""
    found = scope.session.get(
        Prescription, (scope.client_id, prescription_id), with_for_update=lock or None, populate_existing=lock
    )
    if found is None:
        raise NotFound()
    scope.check_member(found.member_id)
    return found


def prescription_by_number(scope: Scope, number: str) -> Prescription:
    """The prescription with this number; raises NotFound."""
    query = select(Prescription).where(Prescription.client_id == scope.client_id, Prescription.number == number)
    found = scope.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound()
    return found


def prescriptions_of(scope: Scope, consultation_id: UUID) -> list[Prescription]:
    """What was prescribed in a consultation, oldest first."""
    query = select(Prescription).where(
        Prescription.client_id == scope.client_id, Prescription.consultation_id == consultation_id
    )
    return list(scope.session.scalars(query.order_by(Prescription.created_at, Prescription.id)))


def dispensings(scope: Scope, prescription_ids: Sequence[UUID]) -> dict[UUID, list[Dispensing]]:
    """What was dispensed of each prescription, in order."""
    query = (
        select(Dispensing)
        .where(Dispensing.client_id == scope.client_id, Dispensing.prescription_id.in_(prescription_ids))
        .order_by(Dispensing.ordinal)
    )
    found: dict[UUID, list[Dispensing]] = {one: [] for one in prescription_ids}
    for row in scope.session.scalars(query):
        found[row.prescription_id].append(row)
    return found


def certificate(scope: Scope, certificate_id: UUID) -> RestCertificate:
    """One certificate of somebody the actor may see; raises NotFound."""
    found = scope.session.get(RestCertificate, (scope.client_id, certificate_id))
    if found is None:
        raise NotFound()
    scope.check_member(found.member_id)
    return found


def certificate_by_number(scope: Scope, number: str) -> RestCertificate | None:
    """The certificate with this number."""
    query = select(RestCertificate).where(
        RestCertificate.client_id == scope.client_id, RestCertificate.number == number
    )
    return scope.session.scalars(query).one_or_none()


def certificate_of(scope: Scope, consultation_id: UUID) -> RestCertificate | None:
    """The certificate of a consultation that counts."""
    query = select(RestCertificate).where(
        RestCertificate.client_id == scope.client_id,
        RestCertificate.consultation_id == consultation_id,
        RestCertificate.withdrawn_at.is_(None),
    )
    return scope.session.scalars(query).one_or_none()
