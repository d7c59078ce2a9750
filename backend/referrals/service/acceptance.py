"""A code at a desk: accepted once, used as often as it allows, and called finished (S0-28)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from backend.access import Role, Scope
from backend.audit import service as audit
from backend.clients.queries import terms_on
from backend.errors import CareError, Forbidden, NotFound, RuleRefused, TooManyRequests
from backend.kit import clock
from backend.kit.refusal import Refusal
from backend.notifications.service import notify
from backend.referrals import codes, queries, rules
from backend.referrals.models import Referral, ReferralVisit, StepKind
from backend.referrals.places import desk_of
from backend.referrals.rules import Act, Kind, State
from backend.referrals.rules.acceptance import may_complete
from backend.referrals.service.patients import patient_of
from backend.referrals.service.steps import refuse, today_of, write_step

_MISSES, _MISSES_IN = 20, timedelta(hours=1)
"""A desk that tries so many codes that do not exist is guessing, not mistyping."""


def accept(scope: Scope, code: str, *, provider_id: UUID | None = None) -> Referral:
    """Accept the code (typed or a QR) that a patient shows, or count another visit where it was accepted.

    One facility wins, whoever asks in the same second; the same day at the same desk counts once. A front desk accepts
    for itself, staff of the plan for the facility they name or the referral does. Raises NotFound, Forbidden,
    TooManyRequests, and RuleRefused with the rule that says no; every try that failed is on record.
    """
    if scope.actor.role is Role.PROVIDER and scope.actor.provider_id is None:
        raise Forbidden()
    row = _shown(scope, code)
    today = today_of(scope)
    where = scope.actor.provider_id or provider_id or row.accepted_by or row.to_provider_id
    if where is None:
        raise RuleRefused("referrals.name_facility")
    if row.state == State.ACCEPTED and row.accepted_by == where and row.last_visit_on == today:
        return row
    patient = patient_of(scope, row.member_id, today)
    before = [one.link for one in queries.path_to(scope, row)[:-1]]
    desk = desk_of(scope, where, patient.network, today)
    decided = rules.may_accept(row.link, desk, before, today, covered=patient.covered)
    if isinstance(decided, Refusal):
        refuse(scope, decided, row)
    elif decided is Act.ACCEPT:
        _accept(scope, row, where, today)
    else:
        _visit(scope, row, where, today, StepKind.VISITED)
    return row


def complete(scope: Scope, code: str) -> Referral:
    """The treatment is finished; the patient may come back for a while without a new first-level visit (S0-24).

    Raises NotFound, RuleRefused ``referrals.wrong_state``, ``referrals.used_elsewhere``.
    """
    row = queries.referral_to_change(scope, codes.code_in(scope, code))
    refuse(scope, may_complete(row.link, scope.actor.provider_id), row)
    row.state, row.ended_at = State.COMPLETED, clock.now()
    write_step(scope, row, StepKind.COMPLETED, today_of(scope))
    return row


def cancel(scope: Scope, code: str, reason: str) -> Referral:
    """Withdraw a referral; its code opens nothing any more. Raises NotFound, RuleRefused ``referrals.wrong_state``."""
    row = queries.referral_to_change(scope, codes.code_in(scope, code))
    following = rules.after(State(row.state), Act.CANCEL)
    if isinstance(following, Refusal):
        refuse(scope, following, row)
    row.state, row.ended_at, row.end_reason = State.CANCELLED, clock.now(), reason
    write_step(scope, row, StepKind.CANCELLED, today_of(scope))
    notify(scope, "referral_cancelled", row.member_id, {"code": row.code})
    return row


def _shown(scope: Scope, text: str) -> Referral:
    """The referral of a code; one that cannot be read or does not exist is on record too."""
    if queries.misses_since(scope, clock.now() - _MISSES_IN) >= _MISSES:
        raise TooManyRequests("referrals.too_many_codes", retry_after_seconds=int(_MISSES_IN.total_seconds()))
    try:
        row = queries.shown_to_change(scope, codes.code_in(scope, text))
        if row is None:
            raise NotFound("referrals.code_unknown")
    except CareError as problem:
        audit.record(scope, "refused", "referral_code", None, fields=[problem.reason])
        problem.keeps_changes = True
        raise
    return row


def _accept(scope: Scope, row: Referral, where: UUID, today: date) -> None:
    row.state, row.accepted_by, row.accepted_at = State.ACCEPTED, where, clock.now()
    _visit(scope, row, where, today, StepKind.ACCEPTED)
    names = queries.provider_names(scope, [where])
    notify(scope, "referral_accepted", row.member_id, {"code": row.code, "facility": names[where]})


def _visit(scope: Scope, row: Referral, where: UUID, today: date, kind: StepKind) -> None:
    days = terms_on(scope, today).referral_return_days
    row.visits_used, row.last_visit_on = row.visits_used + 1, today
    row.return_until = rules.return_until(Kind(row.kind), today, days, row.return_until)
    scope.session.add(ReferralVisit(client_id=scope.client_id, referral_id=row.id, provider_id=where, visited_on=today))
    write_step(scope, row, kind, today, provider_id=where, visits_left=row.link.visits_left)
