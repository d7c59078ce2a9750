"""A referral before it is written: what was asked for, and what desk, plan and the earlier referral add to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from backend import diagnoses
from backend.access import Role, Scope
from backend.clients.queries import terms_on
from backend.clients.rules import Terms
from backend.errors import InvalidShape
from backend.providers.rules import Tier
from backend.referrals import codes, queries, sealing
from backend.referrals.models import Referral
from backend.referrals.places import desk_of
from backend.referrals.rules import Kind, Link, Origin, Proposal
from backend.referrals.rules.chronic import Certificate
from backend.referrals.service.patients import Patient, patient_of
from backend.referrals.service.steps import today_of
from backend.referrals.vocabulary import GENERAL, SPECIALTIES

_UP = {Tier.FIRST: Tier.SECOND, Tier.SECOND: Tier.THIRD, Tier.THIRD: Tier.THIRD}


@dataclass(frozen=True, slots=True)
class NewReferral:
    """A referral somebody wants to write.

    ``earlier_code`` is the referral it follows from; what stands there (specialty, diagnosis, facility) is taken over
    where a continuation needs it. ``diagnosis`` is an ICD-10 code and is kept sealed. ``condition`` and
    ``certificate`` belong to a back-referral.
    """

    member_id: UUID
    kind: Kind = Kind.TIERED
    specialty: str | None = None
    diagnosis: str | None = None
    to_tier: Tier | None = None
    to_provider_id: UUID | None = None
    from_provider_id: UUID | None = None
    earlier_code: str | None = None
    origin: Origin = Origin.FACILITY
    source_id: UUID | None = None
    doctor: str | None = None
    emergency: bool = False
    visits: int | None = None
    condition: str | None = None
    certificate: Certificate | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything the rules look at: the referral that is wanted, its chain, and the patient's other referrals."""

    new: NewReferral
    proposal: Proposal
    earlier: Referral | None
    path: tuple[Referral, ...]
    known: tuple[Referral, ...]
    patient: Patient
    terms: Terms
    today: date

    @property
    def path_links(self) -> list[Link]:
        """The chain as the rules see it."""
        return [row.link for row in self.path]


def draft(scope: Scope, new: NewReferral) -> Draft:
    """The referral with its facts; raises NotFound, InvalidShape for what is missing or unknown."""
    today = today_of(scope)
    earlier = _earlier(scope, new)
    wanted = _completed(scope, new, earlier)
    return Draft(
        new=wanted,
        proposal=_proposal(scope, wanted, earlier, today),
        earlier=earlier,
        path=tuple(queries.path_to(scope, earlier)) if earlier else (),
        known=tuple(queries.all_of(scope, new.member_id)),
        patient=patient_of(scope, new.member_id, today),
        terms=terms_on(scope, today),
        today=today,
    )


def _earlier(scope: Scope, new: NewReferral) -> Referral | None:
    if new.earlier_code is None:
        return None
    row = queries.referral_to_change(scope, codes.code_in(scope, new.earlier_code))
    if row.member_id != new.member_id:
        raise InvalidShape("referrals.other_patient")
    return row


def _completed(scope: Scope, new: NewReferral, earlier: Referral | None) -> NewReferral:
    if scope.actor.role is Role.PROVIDER:
        new = replace(new, from_provider_id=scope.actor.provider_id)
    if earlier is not None:
        diagnosis = new.diagnosis or sealing.unseal("referral", earlier.id, earlier.diagnosis_cipher)
        new = replace(new, from_provider_id=new.from_provider_id or earlier.accepted_by, diagnosis=diagnosis)
    if new.kind is Kind.CONTINUATION and earlier is not None:
        new = replace(new, specialty=earlier.specialty, to_provider_id=earlier.accepted_by)
    if new.kind is Kind.BACK:
        new = replace(new, specialty=GENERAL)
    if new.specialty not in SPECIALTIES:
        raise InvalidShape("referrals.specialty_unknown")
    return replace(new, diagnosis=_diagnosis(new.diagnosis))


def _diagnosis(code: str | None) -> str | None:
    """The code as the book of diagnoses writes it."""
    found = diagnoses.known(code) if code else None
    if code and found is None:
        raise InvalidShape("referrals.diagnosis_unknown", {"code": code})
    return found.code if found else None


def _proposal(scope: Scope, new: NewReferral, earlier: Referral | None, today: date) -> Proposal:
    from_tier = Tier(earlier.to_tier) if earlier else Tier.FIRST
    if earlier is None and new.from_provider_id is not None:
        from_tier = desk_of(scope, new.from_provider_id, None, today).tier or Tier.FIRST
    usual = {Kind.TIERED: _UP[from_tier], Kind.BACK: Tier.FIRST}.get(new.kind, from_tier)
    to_tier = new.to_tier or usual
    if new.to_provider_id is not None:
        to_tier = desk_of(scope, new.to_provider_id, None, today).tier or to_tier
    return Proposal(
        kind=new.kind,
        from_tier=from_tier,
        to_tier=to_tier,
        specialty=new.specialty or "",
        from_facility=new.from_provider_id,
        to_facility=new.to_provider_id,
        emergency=new.emergency,
    )
