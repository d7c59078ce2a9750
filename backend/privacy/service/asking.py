"""Asking for a copy of everything or for erasure, each with a fresh code from the phone on file."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.exc import IntegrityError

from backend.access import Scope
from backend.accounts.service.step_up import check_code, request_code
from backend.audit import service as audit
from backend.clients.queries import terms_on
from backend.clients.registry import client_by_id
from backend.errors import Conflict, Forbidden, RuleRefused
from backend.jobs import enqueue, jobs
from backend.kit import clock, ids, phone
from backend.kit.reference_numbers import new_request_number
from backend.members import queries as members
from backend.members.models import Member
from backend.notifications import service as notifications
from backend.privacy import colleagues, queries
from backend.privacy.history import note_step
from backend.privacy.models import PrivacyRequest
from backend.privacy.rules import requests as rules
from backend.privacy.rules.requests import Kind, Relative, State

MAKE = "privacy.make_copy"
"""The job that puts a copy together; it stands in the domain's tasks, we only name it."""
_PURPOSE = "privacy"
_TRIES = 20


def send_code(scope: Scope, member_id: UUID) -> str:
    """Send the code of a request or of fetching a copy to the asking person's phone; answers it masked.

    Raises NotFound, Forbidden for an adult one acts for, RuleRefused without a phone, TooManyRequests.
    """
    may_ask(scope, member_id)
    oneself = members.member(scope, _own_id(scope))
    if oneself.phone is None:
        raise RuleRefused(rules.NO_PHONE)
    request_code(scope, _PURPOSE, oneself.id, oneself.phone, "sms")
    return phone.masked(oneself.phone)


def prove(scope: Scope, code: str) -> None:
    """The code that was sent to the asking person; raises RuleRefused for a wrong or old one."""
    if not check_code(scope, _PURPOSE, _own_id(scope), code):
        raise RuleRefused(rules.CODE_WRONG, keeps_changes=True)


def ask(scope: Scope, member_id: UUID, kind: Kind, code: str, words: str | None = None) -> PrivacyRequest:
    """Ask for a copy, which the worker makes at once, or for erasure, which a person decides.

    One that waits already comes back. Raises NotFound, Forbidden, RuleRefused for a wrong code.
    """
    member = may_ask(scope, member_id)
    prove(scope, code)
    found = queries.waiting_request(scope, member.id, kind) or _new(scope, member, kind, words)
    if kind is Kind.EXPORT:
        enqueue_copy(scope, found)
    return found


def enqueue_copy(scope: Scope, request: PrivacyRequest) -> None:
    """Have a copy made; a job that waits is not doubled, one that was lost gets another try."""
    lock = f"{MAKE}:{request.id}"
    enqueue(scope, jobs.tasks[MAKE], queueing_lock=lock, client_id=str(scope.client_id), request_id=str(request.id))


def withdraw(scope: Scope, member_id: UUID, request_id: UUID) -> None:
    """Take back what was asked while nobody decided it; raises NotFound, Forbidden, RuleRefused afterwards."""
    may_ask(scope, member_id)
    request = queries.request(scope, request_id, lock=True)
    if request.state != State.ASKED or request.member_id != member_id:
        raise RuleRefused(rules.WRONG_STATE)
    request.state = State.WITHDRAWN
    note_step(scope, request, "withdrawn")
    audit.record(scope, "update", "privacy_request", request.id, member_id=member_id, fields=["state"])


def _new(scope: Scope, member: Member, kind: Kind, words: str | None) -> PrivacyRequest:
    now = clock.now()
    row = PrivacyRequest(
        client_id=scope.client_id,
        id=ids.new_id(),
        created_at=now,
        number=_free_number(scope, now.year),
        member_id=member.id,
        kind=kind.value,
        state=State.MAKING if kind is Kind.EXPORT else State.ASKED,
        language=scope.language,
        words=words,
        due_at=rules.due_at(now),
    )
    try:
        with scope.session.begin_nested():
            scope.session.add(row)
    except IntegrityError:  # asked twice in the same moment
        found = queries.waiting_request(scope, member.id, kind)
        if found is None:
            raise Conflict() from None
        return found
    note_step(scope, row, "asked")
    audit.record(scope, "create", "privacy_request", row.id, member_id=member.id, fields=[kind.value])
    due = colleagues.due_facts(scope, row)
    notifications.notify(scope, "privacy_asked", member.id, due)
    if kind is Kind.ERASURE:
        colleagues.tell(scope, "erasure_wanted", due)
    return row


def may_ask(scope: Scope, member_id: UUID) -> Member:
    member = members.member(scope, member_id)
    today = clock.today(client_by_id(scope.client_id).timezone)
    asking_for = Relative(member.id, member.employee_id, member.birth_date)
    age = terms_on(scope, today).own_access_age
    if rules.may_ask(asking_for, scope.actor.own_member_id, today, age) is not None:
        raise Forbidden(rules.ONLY_ONESELF)
    return member


def _own_id(scope: Scope) -> UUID:
    assert scope.actor.own_member_id is not None, "who is signed in as a member is one"
    return scope.actor.own_member_id


def _free_number(scope: Scope, year: int) -> str:
    for _ in range(_TRIES):
        number = new_request_number(year)
        if not queries.number_is_taken(scope, number):
            return number
    raise Conflict()
