"""Somebody asks for a doctor: danger first, then the cover, then the queue or an appointment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from backend.access import Scope
from backend.audit import service as audit
from backend.benefits import queries as benefits
from backend.benefits import rules as benefit_rules
from backend.clients.queries import terms_on
from backend.clients.registry import client_by_id
from backend.conversations import threads
from backend.errors import Conflict, RuleRefused
from backend.kit import clock, ids
from backend.kit.reference_numbers import Kind, new_number
from backend.kit.refusal import Refusal
from backend.members import queries as members
from backend.members.models import Member
from backend.telemedicine import complaints_asked, queries, sealed
from backend.telemedicine.models import Teleconsultation
from backend.telemedicine.refusals import refuse
from backend.telemedicine.rules import appointments, cover, triage
from backend.telemedicine.rules.states import State
from backend.telemedicine.service.emergency import send_to_emergency_care
from backend.telemedicine.service.moves import hold, note_step

_TRIES = 20


def questions(scope: Scope, member_id: UUID) -> dict[str, Any]:
    """The complaints one can come with, and what is asked of this patient. Raises NotFound."""
    scope.check_member(member_id)
    patient = _patient(members.member(scope, member_id), _today(scope))
    return {"items": complaints_asked.offered(patient, scope.language)}


def free_times(scope: Scope, begin: datetime | None = None) -> dict[str, Any]:
    """When a doctor can be met, from the roster; empty when nobody has planned that far."""
    now = clock.now()
    first = max(begin or now, now + appointments.LEAD)
    last = now + appointments.AHEAD
    free = appointments.slots(queries.duties(scope, first, last), queries.booked(scope, first, last), first, last)
    return {"items": [{"starts_at": moment, "ends_at": moment + appointments.STEP} for moment in free][:400]}


def request(
    scope: Scope,
    member_id: UUID,
    complaint: str,
    answers: Mapping[str, Any],
    *,
    starts_at: datetime | None = None,
    screened: bool = False,
) -> Teleconsultation:
    """Ask for a doctor, now or at ``starts_at``; one that is open already comes back.

    Answers that mean danger go to emergency care at once, whatever is covered, and never into a queue.
    ``screened``: danger was asked about in the conversation, so that the other questions may stay open. Raises
    NotFound, RuleRefused ``telemedicine.unknown_complaint``, ``answers_missing``, ``answer_unclear``,
    ``not_covered``, ``not_in_plan``, ``waiting_period``, ``slot_gone``, ``benefits.over_limit``.
    """
    scope.check_member(member_id)
    member = members.member(scope, member_id)
    asked = complaints_asked.complaints().get(complaint)
    if asked is None:
        raise RuleRefused(triage.UNKNOWN_COMPLAINT)
    patient = _patient(member, _today(scope))
    judged = triage.judge(asked.questions, answers, patient)
    if isinstance(judged, Refusal) and screened and judged.reason == triage.ANSWERS_MISSING:
        judged = triage.Judged((), triage.USUAL)
    if isinstance(judged, Refusal):
        raise RuleRefused.of(judged)
    known = queries.open_of(scope, member.id)
    if known is not None and not judged.danger:
        return known
    row = _new(scope, member, complaint, judged)
    row.answers = sealed.seal(triage.kept(asked.questions, answers, patient), "teleconsultation.answers", row.id)
    if judged.danger:
        row.state, row.danger, row.ended_at = State.DIVERTED, list(judged.danger), clock.now()
        return _written(scope, row, "diverted", known)
    _cover(scope, row)
    if starts_at is None:
        row.state, row.queued_at = State.WAITING, clock.now()
        return _written(scope, row, "requested", None)
    row.state, row.starts_at = State.SCHEDULED, starts_at
    return _booked(scope, row)


def _new(scope: Scope, member: Member, complaint: str, judged: triage.Judged) -> Teleconsultation:
    asked_by = scope.actor.own_member_id or member.id
    thread = threads.of_member(scope, asked_by, scope.language)
    return Teleconsultation(
        client_id=scope.client_id,
        id=ids.new_id(),
        created_at=clock.now(),
        number=_free_number(scope),
        member_id=member.id,
        asked_by=asked_by,
        conversation_id=thread.id,
        complaint=complaint,
        rank=judged.rank,
        language=scope.language,
        channel=scope.channel,
        room=ids.new_secret(12),
        currency=client_by_id(scope.client_id).currency,
    )


def _cover(scope: Scope, row: Teleconsultation) -> None:
    """The line it counts against and the fee, or the refusal that says why nothing covers it."""
    today = _today(scope)
    found = benefits.cover_on(scope, row.member_id, today)
    if found is None:
        raise RuleRefused(cover.NOT_COVERED)
    terms = terms_on(scope, today)
    lines = [
        cover.Line(
            line.code,
            line.benefit_group,
            line.referral_required,
            benefit_rules.waiting_until(found.covered_since, line.waiting_days) if line.waiting_days else None,
        )
        for line in benefits.benefits_of(scope, found.plan.id)
    ]
    line = cover.benefit_for(lines, terms.teleconsultation_benefit, today)
    if isinstance(line, Refusal):
        raise RuleRefused.of(line)
    row.benefit_code, row.fee_minor = line.code, terms.teleconsultation_fee_minor
    row.currency = found.plan.currency


def _written(scope: Scope, row: Teleconsultation, step: str, interrupted: Teleconsultation | None) -> Teleconsultation:
    """Keep it; of two requests at once the second gets what the first one made."""
    try:
        with scope.session.begin_nested():
            scope.session.add(row)
            scope.session.flush()
    except IntegrityError as error:
        first = queries.open_of(scope, row.member_id)
        if first is None:
            raise Conflict() from error
        return first
    audit.record(scope, "create", "teleconsultation", row.id, member_id=row.member_id)
    if step == "diverted":
        send_to_emergency_care(scope, row, interrupted)
    else:
        hold(scope, row)
    note_step(scope, row, step)
    return row


def _booked(scope: Scope, row: Teleconsultation) -> Teleconsultation:
    """An appointment with whoever is free; a time that somebody else has just taken goes to the next doctor."""
    moment = row.starts_at or clock.now()
    begin, end = moment - appointments.STEP, moment + appointments.STEP
    duties = queries.duties(scope, begin, end)
    taken = queries.booked(scope, begin, end)
    while True:
        doctor = appointments.doctor_for(duties, taken, moment, clock.now(), row.language)
        if isinstance(doctor, Refusal):
            refuse(doctor)
        elif _stands(scope, row, doctor):
            audit.record(scope, "create", "teleconsultation", row.id, member_id=row.member_id)
            hold(scope, row)
            note_step(scope, row, "requested")
            return row
        else:
            first = queries.open_of(scope, row.member_id)
            if first is not None:
                return first
            taken = taken | {(doctor, moment)}


def _stands(scope: Scope, row: Teleconsultation, doctor: UUID) -> bool:
    row.doctor_id = doctor
    try:
        with scope.session.begin_nested():
            scope.session.add(row)
            scope.session.flush()
    except IntegrityError:
        if row in scope.session:
            scope.session.expunge(row)
        return False
    return True


def _patient(member: Member, today: date) -> triage.Patient:
    born = member.birth_date
    return triage.Patient(member.sex, today.year - born.year - ((today.month, today.day) < (born.month, born.day)))


def _today(scope: Scope) -> date:
    return clock.today(client_by_id(scope.client_id).timezone)


def _free_number(scope: Scope) -> str:
    year = _today(scope).year
    for _ in range(_TRIES):
        number = new_number(Kind.TELECONSULTATION, year)
        if not queries.number_is_taken(scope, number):
            return number
    raise Conflict()
