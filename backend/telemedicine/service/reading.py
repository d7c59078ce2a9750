"""Consultations as the API answers them: the member's own, the doctors' desk, what came of one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from backend import diagnoses
from backend.access import Role, Scope
from backend.accounts import queries as accounts
from backend.audit import service as audit
from backend.branding.loader import brand_for
from backend.clients.registry import client_by_id
from backend.conversations.telephone.rules import estimated_wait
from backend.kit import clock
from backend.kit.money import Money
from backend.kit.pages import Cursor, page_of
from backend.members import queries as members
from backend.members.models import Member
from backend.staffing import service as staffing
from backend.staffing.models import Desk
from backend.telemedicine import complaints_asked, papers, queries, sealed
from backend.telemedicine.models import Dispensing, Prescription, RestCertificate, Teleconsultation
from backend.telemedicine.rules.states import State
from backend.telemedicine.service.dispensing import left_of
from backend.telemedicine.service.moves import SOURCE
from backend.telemedicine.video import link_of

_RECENT = timedelta(days=7)


def answer(scope: Scope, consultation_id: UUID) -> dict[str, Any]:
    """One consultation with everything its reader may see; the look is recorded. Raises NotFound."""
    row = queries.consultation(scope, consultation_id)
    audit.record_look(scope, SOURCE, row.id, member_id=row.member_id)
    return shown(scope, row)


def shown(scope: Scope, row: Teleconsultation) -> dict[str, Any]:
    """The same without a record, for who has just worked on it."""
    patient = members.member(scope, row.member_id)
    names = accounts.display_names(scope, [row.doctor_id]) if row.doctor_id else {}
    return {
        **_outline(scope, row, patient.full_name),
        "doctor": names.get(row.doctor_id) if row.doctor_id else None,
        "queue": _queue(scope, row) if row.state == State.WAITING else None,
        "video_link": link_of(scope, row) if row.state in {State.CALLED, State.IN_PROGRESS} else None,
        "emergency": _emergency(scope) if row.state == State.DIVERTED else None,
        "answers": complaints_asked.answered(
            row.complaint, sealed.unseal(row.answers, "teleconsultation.answers", row.id) or {}, scope.language
        ),
        "danger": row.danger,
        "fee": Money(row.fee_minor, row.currency),
        **_result(scope, row),
        **(_for_doctor(scope, row, patient) if scope.actor.role is Role.DOCTOR else {}),
    }


def list_own(scope: Scope, member_id: UUID | None, cursor: str | None, limit: int) -> dict[str, Any]:
    """The member's consultations and those of whom they act for, the newest first. Raises NotFound, BadCursor."""
    if member_id is not None:
        scope.check_member(member_id)
    wanted = (member_id,) if member_id else scope.actor.member_ids
    rows = queries.consultations_of(scope, wanted, Cursor.after(cursor), limit + 1)
    page, following = page_of([row[0] for row in rows], limit)
    names = {row[0].id: row[1] for row in rows}
    return {"items": [_outline(scope, row, names[row.id]) for row in page], "next_cursor": following}


def desk(scope: Scope) -> dict[str, Any]:
    """The doctors' desk: who waits in order, appointments and what the actor is in; the look is recorded."""
    now = clock.now()
    rows = queries.desk(scope)
    on_duty = staffing.on_duty(scope, now, Desk.DOCTOR)
    position = 0
    items = []
    for row, patient, doctor in rows:
        position += row.state == State.WAITING
        items.append(
            _outline(scope, row, patient.full_name)
            | {
                "position": position if row.state == State.WAITING else None,
                "waited_seconds": int((now - row.queued_at).total_seconds()) if row.queued_at else None,
                "doctor": doctor,
                "mine": row.doctor_id == scope.actor.id,
                "soon": row.rank == 0,
                "patient": _patient(patient),
                "case_id": row.case_id,
            }
        )
    audit.record_listing(scope, SOURCE, [row[0].member_id for row in rows])
    return {"items": items, "doctors_on_duty": len(on_duty)}


def prescription_answer(scope: Scope, paper: Prescription) -> dict[str, Any]:
    """A prescription with what was dispensed and what is left."""
    done = papers.dispensings(scope, [paper.id])
    names = accounts.display_names(scope, [paper.doctor_id])
    patient = members.member(scope, paper.member_id)
    return _prescription(scope, paper, done[paper.id], names) | {
        "member_name": patient.full_name,
        "birth_date": patient.birth_date,
    }


def certificate_answer(scope: Scope, paper: RestCertificate) -> dict[str, Any]:
    """A certificate: its days and no reason."""
    return {
        "id": paper.id,
        "number": paper.number,
        "from_on": paper.from_on,
        "until_on": paper.until_on,
        "issued_at": paper.issued_at,
        "withdrawn": paper.withdrawn_at is not None,
    }


def _outline(scope: Scope, row: Teleconsultation, name: str) -> dict[str, Any]:
    asked = complaints_asked.complaints()[row.complaint]
    return {
        "id": row.id,
        "number": row.number,
        "member_id": row.member_id,
        "member_name": name,
        "complaint": row.complaint,
        "complaint_name": asked.name(scope.language),
        "state": row.state,
        "language": row.language,
        "requested_at": row.created_at,
        "starts_at": row.starts_at,
        "called_at": row.called_at,
        "ended_at": row.ended_at,
    }


def _queue(scope: Scope, row: Teleconsultation) -> dict[str, Any]:
    """Place and an estimate only where we can know one (S0-90): from doctors on duty and recent consultations."""
    now = clock.now()
    place = queries.position(scope, row)
    doctors = len(staffing.on_duty(scope, now, Desk.DOCTOR))
    estimate = estimated_wait(place, doctors, queries.recent_talks(scope, now - _RECENT))
    return {
        "position": place,
        "doctors_on_duty": doctors,
        "minutes": estimate.minutes if estimate else None,
        "longer": estimate.longer if estimate else False,
        "opens_at": None if doctors else _next_duty(scope),
    }


def _next_duty(scope: Scope) -> Any:
    """When the next doctor begins by the roster, when nobody is there now."""
    now = clock.now()
    ahead = [one.starts_at for one in queries.duties(scope, now, now + timedelta(days=14)) if one.starts_at > now]
    return min(ahead, default=None)


def _emergency(scope: Scope) -> dict[str, Any]:
    return {"number": brand_for(client_by_id(scope.client_id)).emergency_number}


def _result(scope: Scope, row: Teleconsultation) -> dict[str, Any]:
    """What came of it: papers as soon as they are written, words and diagnoses when it has ended, to doctors before."""
    readable = row.state == State.ENDED or scope.actor.role is Role.DOCTOR
    known = sealed.unseal(row.diagnoses, "teleconsultation.diagnoses", row.id) if readable else None
    written = papers.prescriptions_of(scope, row.id)
    done = papers.dispensings(scope, [paper.id for paper in written])
    names = accounts.display_names(scope, [row.doctor_id]) if row.doctor_id else {}
    rest = papers.certificate_of(scope, row.id)
    return {
        "diagnoses": [_diagnosis(code, scope.language) for code in known or []],
        "advice": sealed.unseal(row.advice, "teleconsultation.advice", row.id) if readable else None,
        "follow_up_on": row.follow_up_on,
        "referral_code": row.referral_code,
        "prescriptions": [_prescription(scope, paper, done[paper.id], names) for paper in written],
        "certificate": certificate_answer(scope, rest) if rest else None,
        "today": clock.today(client_by_id(scope.client_id).timezone),
    }


def _diagnosis(code: str, language: str) -> dict[str, Any]:
    known = diagnoses.known(code)
    return {"code": code, "title": known.title(language) if known else code}


def _prescription(
    scope: Scope, paper: Prescription, done: list[Dispensing], names: Mapping[UUID, str]
) -> dict[str, Any]:
    today = clock.today(client_by_id(scope.client_id).timezone)
    return {
        "id": paper.id,
        "number": paper.number,
        "written_on": paper.written_on,
        "doctor": names.get(paper.doctor_id),
        "items": sealed.unseal(paper.items, "prescription.items", paper.id),
        "withdrawn": paper.withdrawn_at is not None,
        "approved_repeats": paper.approved_repeats,
        "approved_until": paper.approved_until,
        "dispensed_on": [row.dispensed_on for row in done],
        **left_of(scope, paper, done, today),
    }


def _for_doctor(scope: Scope, row: Teleconsultation, patient: Member) -> dict[str, Any]:
    return {
        "patient": _patient(patient),
        "case_id": row.case_id,
        "mine": row.doctor_id == scope.actor.id,
        "conversation_id": row.conversation_id,
        "steps": [
            {"move": step.move, "state": step.state, "by": step.actor_role, "at": step.created_at, "why": step.why}
            for step in queries.steps(scope, row.id)
        ],
    }


def _patient(patient: Member) -> dict[str, Any]:
    return {"id": patient.id, "name": patient.full_name, "sex": patient.sex, "birth_date": patient.birth_date}
