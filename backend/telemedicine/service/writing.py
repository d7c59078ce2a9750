"""What a doctor writes down: diagnoses, prescriptions, a rest certificate, a referral (S0-26, S1-73)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from backend import diagnoses
from backend.access import Scope
from backend.accounts import queries as accounts
from backend.audit import service as audit
from backend.clients.queries import terms_on
from backend.clients.registry import client_by_id
from backend.diagnoses.rules import implausible
from backend.errors import Conflict, RuleRefused
from backend.kit import clock, ids
from backend.kit.reference_numbers import Kind, new_number
from backend.members import queries as members
from backend.referrals import service as referrals
from backend.referrals.rules import Kind as ReferralKind
from backend.referrals.rules import Origin
from backend.telemedicine import papers, queries, sealed
from backend.telemedicine.models import Prescription, RestCertificate, Teleconsultation
from backend.telemedicine.refusals import refuse
from backend.telemedicine.rules import repeats, states
from backend.telemedicine.rules.certificates import rest_problem
from backend.telemedicine.rules.states import State
from backend.telemedicine.service.dispensing import iter_terms
from backend.telemedicine.service.moves import note_step

UNKNOWN_DIAGNOSIS = "telemedicine.unknown_diagnosis"
ALREADY_CERTIFIED = "telemedicine.already_certified"
ALREADY_REFERRED = "telemedicine.already_referred"
ALREADY_DISPENSED = "telemedicine.already_dispensed"


def diagnose(scope: Scope, consultation_id: UUID, codes: Sequence[str]) -> dict[str, Any]:
    """Settle what it is, the main diagnosis first; said again it replaces what was there before.

    The answer flags what the book does not expect of this patient; the doctor knows better. Raises NotFound,
    RuleRefused ``telemedicine.unknown_diagnosis``.
    """
    row = _in_hand(scope, consultation_id)
    found = [(code, diagnoses.known(code)) for code in codes]
    unknown = [code for code, known in found if known is None]
    if unknown:
        raise RuleRefused(UNKNOWN_DIAGNOSIS, {"code": unknown[0]})
    known = list(dict.fromkeys(one.code for _, one in found if one is not None))
    row.diagnoses = sealed.seal(known, "teleconsultation.diagnoses", row.id)
    note_step(scope, row, "diagnosed")
    patient = members.member(scope, row.member_id)
    today = _today(scope)
    items = []
    for code in known:
        one = diagnoses.known(code)
        if one is not None:
            flags = implausible(one.limits, sex=patient.sex, born_on=patient.birth_date, on=today)
            items.append({"code": code, "title": one.title(scope.language), "flags": list(flags)})
    return {"items": items}


def prescribe(scope: Scope, consultation_id: UUID, items: Sequence[Mapping[str, Any]]) -> Prescription:
    """Write a prescription; each item with the repeats written for it (*iter*). Raises NotFound, RuleRefused.

    More repeats than the contract allows take the medical team's written approval afterwards (S1-73).
    """
    row = _in_hand(scope, consultation_id)
    today = _today(scope)
    written = [int(item["repeats"]) for item in items]
    refuse(repeats.may_write(written, iter_terms(scope, today)))
    prescription_id = ids.new_id()
    paper = Prescription(
        client_id=scope.client_id,
        id=prescription_id,
        number=new_number(Kind.PRESCRIPTION, today.year),
        consultation_id=row.id,
        member_id=row.member_id,
        doctor_id=scope.actor.id,
        written_on=today,
        items=sealed.seal([dict(item) for item in items], "prescription.items", prescription_id),
        repeats=written,
    )
    scope.session.add(paper)
    scope.session.flush()
    note_step(scope, row, "prescribed")
    audit.record(scope, "create", "prescription", paper.id, member_id=row.member_id)
    return paper


def withdraw_prescription(scope: Scope, prescription_id: UUID) -> Prescription:
    """Take a prescription back before a pharmacy has dispensed it. Raises NotFound, RuleRefused."""
    paper = papers.prescription(scope, prescription_id, lock=True)
    if paper.doctor_id != scope.actor.id:
        raise RuleRefused(states.NOT_YOURS)
    if papers.dispensings(scope, [paper.id])[paper.id]:
        raise RuleRefused(ALREADY_DISPENSED)
    paper.withdrawn_at = paper.withdrawn_at or clock.now()
    scope.session.flush()
    audit.record(scope, "update", "prescription", paper.id, member_id=paper.member_id, fields=["withdrawn_at"])
    return paper


def certify(scope: Scope, consultation_id: UUID, from_on: date, until_on: date) -> RestCertificate:
    """Certify that the patient needs rest; it names days and no reason. Raises NotFound, RuleRefused, Conflict."""
    row = _in_hand(scope, consultation_id)
    today = _today(scope)
    refuse(rest_problem(from_on, until_on, today, terms_on(scope, today).rest_certificate_days))
    known = papers.certificate_of(scope, row.id)
    if known is not None:
        if (known.from_on, known.until_on) == (from_on, until_on):
            return known
        raise Conflict(ALREADY_CERTIFIED, {"number": known.number})
    paper = RestCertificate(
        client_id=scope.client_id,
        id=ids.new_id(),
        number=new_number(Kind.REST_CERTIFICATE, today.year),
        consultation_id=row.id,
        member_id=row.member_id,
        doctor_id=scope.actor.id,
        from_on=from_on,
        until_on=until_on,
        issued_at=clock.now(),
    )
    scope.session.add(paper)
    scope.session.flush()
    note_step(scope, row, "certified")
    audit.record(scope, "create", "rest_certificate", paper.id, member_id=row.member_id)
    return paper


def withdraw_certificate(scope: Scope, certificate_id: UUID) -> RestCertificate:
    """The certificate is worth nothing from now on; its QR says so. Raises NotFound, RuleRefused."""
    paper = papers.certificate(scope, certificate_id)
    if paper.doctor_id != scope.actor.id:
        raise RuleRefused(states.NOT_YOURS)
    paper.withdrawn_at = paper.withdrawn_at or clock.now()
    scope.session.flush()
    audit.record(scope, "update", "rest_certificate", paper.id, member_id=paper.member_id, fields=["withdrawn_at"])
    return paper


def refer(scope: Scope, consultation_id: UUID, specialty: str, earlier_code: str | None = None) -> str:
    """Refer the patient from a distance (S0-26): the first time from here, or onward from a referral that is there.

    One consultation refers once. Raises NotFound, RuleRefused (those of a referral too), Conflict.
    """
    row = _in_hand(scope, consultation_id)
    if row.diagnoses is None:
        raise RuleRefused(states.NO_DIAGNOSIS)
    if row.referral_code is not None:
        raise Conflict(ALREADY_REFERRED, {"code": row.referral_code})
    main = sealed.unseal(row.diagnoses, "teleconsultation.diagnoses", row.id)[0]
    written = referrals.issue(
        scope,
        referrals.NewReferral(
            member_id=row.member_id,
            kind=ReferralKind.ONWARD if earlier_code else ReferralKind.TIERED,
            specialty=specialty,
            diagnosis=main,
            earlier_code=earlier_code,
            origin=Origin.TELEMEDICINE,
            source_id=row.id,
            doctor=next(iter(accounts.display_names(scope, [scope.actor.id] if scope.actor.id else []).values()), None),
        ),
    )
    row.referral_code = written.code
    note_step(scope, row, "referred")
    return written.code


def _in_hand(scope: Scope, consultation_id: UUID) -> Teleconsultation:
    """The actor's own consultation while it is going on, locked; raises NotFound, RuleRefused."""
    row = queries.consultation(scope, consultation_id, lock=True)
    if row.state != State.IN_PROGRESS:
        raise RuleRefused(states.WRONG_STATE, {"state": row.state})
    if row.doctor_id != scope.actor.id:
        raise RuleRefused(states.NOT_YOURS)
    return row


def _today(scope: Scope) -> date:
    return clock.today(client_by_id(scope.client_id).timezone)
