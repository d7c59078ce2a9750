"""Up the levels by hand, and out to whoever takes it up outside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from backend.access import Scope
from backend.audit import service as audit
from backend.complaints import queries
from backend.complaints.clocks import clock_for
from backend.complaints.colleagues import Colleagues
from backend.complaints.history import OPEN, add_step, check_status, tell_member
from backend.complaints.models import (
    Complaint,
    ComplaintNotice,
    ComplaintReferral,
    ComplaintStatus,
    ExternalBody,
    StepKind,
)
from backend.complaints.rules.escalation import HANDLER, NoticeKind, next_level
from backend.complaints.rules.handling import REFERRED_WHEN, TOP_LEVEL
from backend.errors import RuleRefused
from backend.kit import clock, ids


def escalate(scope: Scope, complaint_id: UUID, reason: str) -> Complaint:
    """One level up before the deadline asks for it; ``reason`` is for colleagues.

    Raises NotFound, Conflict once it is answered, RuleRefused ``complaints.top_level``.
    """
    complaint = queries.complaint_to_change(scope, complaint_id)
    check_status(complaint, OPEN)
    timing = clock_for(scope, complaint.received_at, complaint.rule_set)
    above = next_level(complaint.level, timing.ladder)
    if above is None:
        raise RuleRefused(TOP_LEVEL, {"level": complaint.level})
    place, level = above
    colleagues = Colleagues(scope)
    told = colleagues.named(complaint, (HANDLER, level.to))
    raise_level(scope, complaint, colleagues, place, told)
    keep_notice(
        scope, complaint, f"{NoticeKind.ESCALATION.value}_by_hand", due_on=complaint.resolve_by, step=place, told=told
    )
    add_step(scope, complaint, StepKind.NOTE, reason, internal=True)
    return complaint


def raise_level(scope: Scope, complaint: Complaint, colleagues: Colleagues, place: int, told: Sequence[UUID]) -> None:
    """The complaint is on level ``place`` from now on, and those in ``told`` know."""
    complaint.level = place
    add_step(scope, complaint, StepKind.ESCALATED, level=place)
    facts = {"complaint_number": complaint.number, "due_by": complaint.resolve_by, "level": place}
    colleagues.tell(told, "complaint_escalated", facts)


def keep_notice(
    scope: Scope, complaint: Complaint, kind: str, *, due_on: date, step: int, told: Sequence[UUID]
) -> bool:
    """Write down what is told about a deadline; False when it was told before, by whomever."""
    marked = scope.session.execute(
        insert(ComplaintNotice)
        .values(
            client_id=scope.client_id,
            id=ids.new_id(),
            created_at=clock.now(),
            complaint_id=complaint.id,
            kind=kind,
            due_on=due_on,
            step=step,
            told=[str(each) for each in told],
        )
        .on_conflict_do_nothing()
        .returning(ComplaintNotice.id)
    )
    return marked.first() is not None


def refer(scope: Scope, complaint_id: UUID, body: ExternalBody, number: str, referred_on: date) -> Complaint:
    """The complaint lies with somebody outside too, under a number of theirs; our own clock goes on.

    Recorded whenever it happens, also long after the answer; the same number again changes nothing. Raises NotFound,
    RuleRefused ``complaints.referred_when`` for a day before the complaint or to come.
    """
    complaint = queries.complaint_to_change(scope, complaint_id)
    timing = clock_for(scope, complaint.received_at, complaint.rule_set)
    first, last = timing.date_of(complaint.received_at), timing.date_of(clock.now())
    if not first <= referred_on <= last:
        raise RuleRefused(REFERRED_WHEN, {"first": first.isoformat(), "last": last.isoformat()})
    known = {(row.body, row.number) for row in queries.referrals_of(scope, complaint.id)}
    if (body.value, number) in known:
        return complaint
    scope.session.add(
        ComplaintReferral(
            client_id=scope.client_id,
            id=ids.new_id(),
            complaint_id=complaint.id,
            body=body.value,
            number=number,
            referred_on=referred_on,
        )
    )
    scope.session.flush()
    if complaint.status == ComplaintStatus.CLOSED:
        # A closed history takes no step; the referral stands beside it.
        audit.record(scope, "update", "complaint", complaint.id, member_id=complaint.member_id, fields=["referral"])
    else:
        add_step(scope, complaint, StepKind.REFERRED, body=body.value, number=number)
        tell_member(scope, complaint, "complaint_step")
    return complaint
