"""The member's side: complain, send what was asked for, say that the answer did not help."""

from __future__ import annotations

from uuid import UUID

from backend.access import Scope
from backend.claims.queries import claim
from backend.complaints import queries, rules
from backend.complaints.clocks import Clock, clock_for
from backend.complaints.history import add_step, check_status
from backend.complaints.models import Complaint, ComplaintStatus, StepKind
from backend.errors import Conflict, NotFound, RuleRefused
from backend.kit import clock, ids
from backend.kit.reference_numbers import Kind, new_number
from backend.members.queries import member
from backend.notifications.service import notify

_TRIES = 20


def lodge(
    scope: Scope,
    member_id: UUID,
    category: str,
    text: str,
    *,
    channel: str,
    spoken: bool,
    claim_id: UUID | None = None,
) -> Complaint:
    """Take a complaint in, from any channel: it has its number and deadlines at once (S0-94).

    ``spoken`` ones have the shorter clock. Raises NotFound for a member or claim that is not the actor's.
    """
    scope.check_member(member_id)
    person = member(scope, member_id)
    if claim_id is not None and claim(scope, claim_id).member_id != person.id:
        raise NotFound()
    now = clock.now()
    timing = clock_for(scope, now)
    due = rules.deadlines(timing.rules, spoken, timing.date_of(now), timing.after)
    complaint = Complaint(
        client_id=scope.client_id,
        id=ids.new_id(),
        number=_free_number(scope, timing.date_of(now).year),
        member_id=person.id,
        claim_id=claim_id,
        category=rules.Category(category).value,
        text=text,
        channel=channel,
        spoken=spoken,
        status=ComplaintStatus.RECEIVED,
        rule_set=timing.rules.code,
        received_at=now,
        complete_at=now,
        acknowledge_by=due.acknowledge_by,
        resolve_by=due.resolve_by,
        reopened_count=0,
    )
    scope.session.add(complaint)
    scope.session.flush()
    add_step(scope, complaint, StepKind.RECEIVED)
    _confirm(scope, complaint)
    return complaint


def supply_information(scope: Scope, complaint_id: UUID, text: str) -> Complaint:
    """The member sends what was asked for; the time to resolve starts again from today, now complete.

    Raises NotFound, Conflict when nothing was asked.
    """
    complaint = queries.complaint_to_change(scope, complaint_id)
    check_status(complaint, {ComplaintStatus.INFORMATION_REQUESTED})
    complaint.complete_at = clock.now()
    _start_clock(complaint, clock_for(scope, complaint.received_at, complaint.rule_set))
    complaint.status = ComplaintStatus.ACKNOWLEDGED
    add_step(scope, complaint, StepKind.INFORMATION_RECEIVED, text)
    return complaint


def reopen(scope: Scope, complaint_id: UUID, text: str) -> Complaint:
    """The answer did not help: the same number, a new clock by today's rules, everything before stays readable.

    Raises NotFound, Conflict for a complaint without an answer, RuleRefused when the answer is long past.
    """
    complaint = queries.complaint_to_change(scope, complaint_id)
    check_status(complaint, queries.ANSWERED)
    assert complaint.resolved_at is not None, "what was answered has a moment of its answer"
    now = clock.now()
    timing = clock_for(scope, now)
    refusal = rules.may_reopen(timing.rules, timing.date_of(complaint.resolved_at), timing.date_of(now))
    if refusal:
        raise RuleRefused.of(refusal)
    due = rules.deadlines(timing.rules, complaint.spoken, timing.date_of(now), timing.after)
    complaint.acknowledge_by, complaint.resolve_by = due.acknowledge_by, due.resolve_by
    complaint.rule_set = timing.rules.code
    complaint.status = ComplaintStatus.RECEIVED
    complaint.complete_at = now
    complaint.acknowledged_at = complaint.extended_at = complaint.resolved_at = complaint.overdue_at = None
    complaint.reopened_count += 1
    add_step(scope, complaint, StepKind.REOPENED, text)
    _confirm(scope, complaint)
    return complaint


def _start_clock(complaint: Complaint, timing: Clock) -> None:
    assert complaint.complete_at is not None
    complete_on = timing.date_of(complaint.complete_at)
    complaint.resolve_by = timing.after(complete_on, timing.rules.days_to_resolve(complaint.spoken))
    complaint.overdue_at = None


def _confirm(scope: Scope, complaint: Complaint) -> None:
    facts = {"complaint_number": complaint.number, "resolve_by": complaint.resolve_by}
    notify(scope, "complaint_lodged", complaint.member_id, facts)


def _free_number(scope: Scope, year: int) -> str:
    for _ in range(_TRIES):
        number = new_number(Kind.COMPLAINT, year)
        if not queries.number_is_taken(scope, number):
            return number
    raise Conflict()
