"""The member's side: complain, and say that the answer did not help."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from backend.access import Scope
from backend.clients.queries import contracts
from backend.clients.registry import client_by_id
from backend.clients.rules import governing_contract
from backend.complaints import queries, rules
from backend.complaints.clocks import Clocks, clock_for, priority_words
from backend.complaints.history import add_step, check_status
from backend.complaints.models import Complaint, ComplaintRespondent, ComplaintStatus, StepKind
from backend.complaints.papers import attach
from backend.complaints.rules.escalation import FIRST_LEVEL
from backend.complaints.rules.priority import Category, Priority, priority_of
from backend.complaints.subject import Subject
from backend.errors import Conflict, RuleRefused
from backend.kit import clock, ids
from backend.kit.money import Money
from backend.kit.reference_numbers import Kind, new_number
from backend.members.queries import member
from backend.notifications.service import notify

_TRIES = 20
_LATELY = timedelta(days=14)
"""How long ago somebody may have served the member whom a complaint about "the agent" means."""


def lodge(
    scope: Scope,
    member_id: UUID,
    category: str,
    text: str,
    *,
    channel: str,
    spoken: bool,
    claim_id: UUID | None = None,
    claim_line_id: UUID | None = None,
    letter_id: UUID | None = None,
    call_id: UUID | None = None,
    provider_id: UUID | None = None,
    amount: Money | None = None,
    document_ids: Sequence[UUID] = (),
) -> Complaint:
    """Take a complaint in, from any channel: it has its number, priority and deadlines at once (S0-94).

    ``spoken`` ones have the shorter clock. A complaint about an agent is kept from those who served the member
    lately. Raises NotFound for a member or a disputed thing that is not the actor's, or not this member's.
    """
    scope.check_member(member_id)
    person = member(scope, member_id)
    subject = Subject(claim_id, claim_line_id, letter_id, call_id, provider_id, amount).columns(scope, person.id)
    now = clock.now()
    clocks = Clocks(scope)
    timing = clocks.of(now)
    today = timing.date_of(now)
    due = rules.deadlines(timing.rules, spoken, today, timing.after)
    about = Category(category)
    contract = governing_contract(contracts(scope), today)
    complaint = Complaint(
        client_id=scope.client_id,
        id=ids.new_id(),
        number=_free_number(scope, today.year),
        member_id=person.id,
        category=about.value,
        priority=_priority(scope, about, subject, clocks.terms(now).complaint_large_amount_minor, text).value,
        product=contract.product if contract else None,
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
        **subject,
    )
    scope.session.add(complaint)
    scope.session.flush()
    attach(scope, complaint, document_ids)
    if about is Category.AGENT:
        _keep_from_those_who_served(scope, complaint)
    add_step(scope, complaint, StepKind.RECEIVED)
    _confirm(scope, complaint)
    return complaint


def reopen(scope: Scope, complaint_id: UUID, text: str, document_ids: Sequence[UUID] = ()) -> Complaint:
    """The answer did not help: the same number, a new clock by today's rules, everything before stays readable.

    Also for what was closed because papers never came. Raises NotFound, Conflict for a complaint without an answer,
    RuleRefused when the answer is long past.
    """
    complaint = queries.complaint_to_change(scope, complaint_id)
    check_status(complaint, queries.ANSWERED)
    ended_at = complaint.resolved_at or complaint.closed_at
    assert ended_at is not None, "what was answered or closed has a moment of it"
    now = clock.now()
    timing = clock_for(scope, now)
    refusal = rules.may_reopen(timing.rules, timing.date_of(ended_at), timing.date_of(now))
    if refusal:
        raise RuleRefused.of(refusal)
    due = rules.deadlines(timing.rules, complaint.spoken, timing.date_of(now), timing.after)
    complaint.acknowledge_by, complaint.resolve_by = due.acknowledge_by, due.resolve_by
    complaint.rule_set = timing.rules.code
    complaint.status = ComplaintStatus.RECEIVED
    complaint.complete_at = now
    complaint.acknowledged_at = complaint.extended_at = complaint.resolved_at = complaint.overdue_at = None
    complaint.closed_at = complaint.closed_reason = complaint.outcome = complaint.redress = None
    complaint.extension_reason = complaint.resolve_by_before = complaint.days_left = None
    complaint.information_extended, complaint.level = False, FIRST_LEVEL
    complaint.reopened_count += 1
    attach(scope, complaint, document_ids)
    add_step(scope, complaint, StepKind.REOPENED, text)
    _confirm(scope, complaint)
    return complaint


def _priority(scope: Scope, about: Category, subject: dict[str, object], large_from: int, text: str) -> Priority:
    # The contract's figure is in the client's currency; an amount in another one says nothing about it.
    in_own = subject["currency"] == client_by_id(scope.client_id).currency
    minor = subject["amount_minor"] if in_own else None
    return priority_of(about, minor if isinstance(minor, int) else None, large_from, text, priority_words())


def _keep_from_those_who_served(scope: Scope, complaint: Complaint) -> None:
    for staff_id in queries.served_lately(scope, complaint.member_id, clock.now() - _LATELY):
        scope.session.add(ComplaintRespondent(client_id=scope.client_id, complaint_id=complaint.id, staff_id=staff_id))
    scope.session.flush()


def _confirm(scope: Scope, complaint: Complaint) -> None:
    facts = {"complaint_number": complaint.number, "resolve_by": complaint.resolve_by}
    notify(scope, "complaint_lodged", complaint.member_id, facts)


def _free_number(scope: Scope, year: int) -> str:
    for _ in range(_TRIES):
        number = new_number(Kind.COMPLAINT, year)
        if not queries.number_is_taken(scope, number):
            return number
    raise Conflict()
