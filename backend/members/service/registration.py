"""Enrolment by the employer, by the administrator, and at the member's own request (S2-3, S2-4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text

from backend.access import Scope
from backend.audit import service as audit
from backend.branding import loader as branding
from backend.clients.registry import client_by_id
from backend.errors import Conflict, InvalidShape, NotFound, RuleRefused
from backend.kit import clock, phone
from backend.members import identity, queries
from backend.members.models import CardStatus, Enrolment, EnrolmentRequest, Member, Relationship
from backend.members.rules import cover, national_id, numbers
from backend.members.service.cards import issue_card
from backend.notifications import service as notifications

KNOWN_NATIONAL_ID = "members.national_id_known"
INDONESIA = "ID"


@dataclass(frozen=True, slots=True)
class Registered:
    """A new member, and what looked implausible without being refused."""

    member: Member
    warnings: list[str] = field(default_factory=list)


def register_employee(scope: Scope, *, plan: str, starts_on: date, **facts: Any) -> Registered:
    """Take in an employee, enrol them in a plan (by code) from a day on and issue their card.

    Raises Conflict ``members.employee_number_taken``, RuleRefused ``members.unknown_plan``, InvalidShape
    for a telephone number nobody can be reached at.
    """
    if queries.employee_by_number(scope, facts["employee_number"]) is not None:
        raise Conflict("members.employee_number_taken")
    plan_id = _plan(scope, plan, starts_on)
    return _register(scope, facts | {"relationship": Relationship.EMPLOYEE.value}, plan_id, starts_on)


def add_dependant(scope: Scope, employee_id: UUID, *, starts_on: date | None = None, **facts: Any) -> Registered:
    """Add a spouse or child to an employee's family, in the employee's plan.

    Raises NotFound, RuleRefused with the reason of ``rules.cover.may_add_dependant`` or
    ``members.employee_not_covered``.
    """
    employee = queries.member(scope, employee_id)
    today = clock.today(client_by_id(scope.client_id).timezone)
    _refuse_unless_family_allows(scope, employee, facts, today)
    begins = starts_on or today
    enrolment = queries.enrolment_on(scope, employee_id, begins)
    if enrolment is None:
        raise RuleRefused("members.employee_not_covered", {"on": begins})
    return _register(scope, facts | {"employee_id": employee_id}, enrolment.plan_id, begins)


def request_dependant(scope: Scope, **facts: Any) -> EnrolmentRequest:
    """A member asks to add a dependant; the employer or the administrator decides (S2-4).

    Raises RuleRefused like ``add_dependant``, or ``members.requests_closed`` where the client keeps
    enrolment to itself.
    """
    client = client_by_id(scope.client_id)
    own = scope.actor.own_member_id
    if own is None:
        raise NotFound()
    employee = queries.member(scope, own)
    if not branding.brand_for(client).features["member_enrolment_requests"]:
        raise RuleRefused("members.requests_closed")
    _refuse_unless_family_allows(scope, employee, facts, clock.today(client.timezone))
    row = EnrolmentRequest(client_id=scope.client_id, employee_id=employee.id, status="requested", **facts)
    scope.session.add(row)
    scope.session.flush()
    audit.record(scope, "create", "enrolment_request", row.id, member_id=employee.id)
    return row


def decide_request(scope: Scope, request_id: UUID, *, accept: bool, note: str | None = None) -> EnrolmentRequest:
    """Accept a request (the dependant is added) or refuse it with a note; raises Conflict when it is decided."""
    row = queries.enrolment_request(scope, request_id)
    scope.session.refresh(row, with_for_update=True)
    if row.status != "requested":
        raise Conflict("members.request_decided")
    if accept:
        facts: dict[str, Any] = {
            name: getattr(row, name) for name in ("relationship", "full_name", "birth_date", "sex")
        }
        added = add_dependant(scope, row.employee_id, **facts)
        row.created_member_id = added.member.id
    row.status, row.note = "accepted" if accept else "refused", note
    row.decided_by, row.decided_at = scope.actor.id, clock.now()
    audit.record(scope, "update", "enrolment_request", row.id, member_id=row.employee_id, fields=["status"])
    scope.session.flush()
    return row


def terminate(scope: Scope, member_id: UUID, last_day: date) -> list[Member]:
    """End a membership after ``last_day``; an employee's dependants leave with them. Returns who left.

    An enrolment that would begin later is taken back. Raises NotFound, RuleRefused
    ``members.left_before_birth``.
    """
    person = queries.member(scope, member_id)
    leaving = queries.family_of(scope, member_id) if person.employee_id is None else [person]
    today = clock.today(client_by_id(scope.client_id).timezone)
    for member in leaving:
        if last_day < member.birth_date:
            raise RuleRefused("members.left_before_birth", {"birth_date": member.birth_date})
        if member.left_on is None or member.left_on > last_day:
            _end(scope, member, last_day, card_too=last_day < today)
            audit.record(scope, "update", "member", member.id, member_id=member.id, fields=["left_on"])
            if member is leaving[0] or member.phone or member.email:  # the employee is told once for the others
                notifications.notify(scope, "cover_ended", member.id, {"ends_on": last_day})
    scope.session.flush()
    return leaving


def _end(scope: Scope, member: Member, last_day: date, *, card_too: bool) -> None:
    member.left_on = last_day
    for enrolment in queries.enrolments_of(scope, member.id):
        if enrolment.starts_on > last_day:
            scope.session.delete(enrolment)
        elif enrolment.ends_on is None or enrolment.ends_on > last_day:
            enrolment.ends_on = last_day
    card = queries.card_in_use(scope, member.id) if card_too else None
    if card is not None:
        card.status, card.ended_on = CardStatus.ENDED.value, last_day


def _plan(scope: Scope, code: str, on: date) -> UUID:
    plan_id = queries.plan_id_of(scope, code, on)
    if plan_id is None:
        raise RuleRefused("members.unknown_plan", {"plan": code})
    return plan_id


def _refuse_unless_family_allows(scope: Scope, employee: Member, facts: dict[str, Any], today: date) -> None:
    family = [_relative(member) for member in queries.family_of(scope, employee.id) if member.id != employee.id]
    new = cover.Relative(facts["relationship"], facts["full_name"], facts["birth_date"])
    refusal = cover.may_add_dependant(_relative(employee), family, new, today)
    if refusal is not None:
        raise RuleRefused.of(refusal)


def _relative(member: Member) -> cover.Relative:
    return cover.Relative(member.relationship, member.full_name, member.birth_date, member.left_on)


def _register(scope: Scope, facts: dict[str, Any], plan_id: UUID, starts_on: date) -> Registered:
    client = client_by_id(scope.client_id)
    values = dict(facts)
    number = values.pop("national_id", None)
    if values.get("phone"):
        values["phone"] = _reachable(values["phone"], client.country)
    values.setdefault("language", client.default_language)
    serial = scope.session.execute(text("SELECT nextval('member_number_seq')")).scalar_one()
    member = Member(client_id=scope.client_id, number=numbers.member_number(serial), **values)
    scope.session.add(member)
    scope.session.flush()
    warnings = _keep_national_id(scope, member, number, client.country) if number else []
    scope.session.add(Enrolment(client_id=scope.client_id, member_id=member.id, plan_id=plan_id, starts_on=starts_on))
    scope.session.flush()
    audit.record(scope, "create", "member", member.id, member_id=member.id)
    issue_card(scope, member.id)
    plan = queries.plan_name(scope, plan_id, member.language)
    notifications.notify(scope, "enrolled", member.id, {"plan_name": plan, "starts_on": starts_on})
    return Registered(member, warnings)


def _reachable(number: str, country: str) -> str:
    try:
        return phone.normalise(number, country)
    except phone.InvalidPhone as error:
        raise InvalidShape(figures={"phone": ["not a telephone number"]}) from error


def _keep_national_id(scope: Scope, member: Member, number: str, country: str) -> list[str]:
    mark = identity.fingerprint(scope.client_id, number)
    warnings = [KNOWN_NATIONAL_ID] if queries.by_national_id(scope, mark) else []
    if country == INDONESIA:
        warnings += national_id.nik_warnings(identity.cleaned(number), member.birth_date, member.sex)
    member.national_id_cipher = identity.sealed(member.id, number)
    member.national_id_fingerprint = mark
    scope.session.flush()
    return warnings
