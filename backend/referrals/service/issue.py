"""Writing a referral: the first step up, onward, back to an earlier facility, or home to the first tier."""

from __future__ import annotations

from datetime import date

from backend.access import Role, Scope
from backend.errors import Forbidden
from backend.kit import ids
from backend.kit.deadlines import calendar_days_after
from backend.kit.refusal import Refusal
from backend.members import queries as members
from backend.notifications.service import notify
from backend.providers import queries as providers
from backend.referrals import codes, queries, rules, sealing
from backend.referrals.models import Referral, StepKind
from backend.referrals.places import desk_of, first_tier_of
from backend.referrals.rules import Kind, Origin, State, chronic
from backend.referrals.rules.acceptance import CONTRACT_ENDED, NOT_IN_NETWORK, may_name
from backend.referrals.service.drafting import Draft, NewReferral, draft
from backend.referrals.service.steps import refuse, write_step
from backend.referrals.vocabulary import conditions

NOT_YOUR_PATIENT = "referrals.not_your_patient"

_WRITERS = {
    Role.DOCTOR: frozenset(Kind),
    Role.PROVIDER: frozenset(Kind),
    Role.SYSTEM: frozenset(Kind),
    Role.CLAIMS: frozenset([Kind.TIERED]),
    Role.AGENT: frozenset([Kind.CONTINUATION]),
    Role.MEMBER: frozenset([Kind.CONTINUATION]),
}
"""Who may write what. A continuation is a right that a rule decides, so the member may take it alone."""


def issue(scope: Scope, new: NewReferral) -> Referral:
    """Write a referral and tell the member its code. Raises NotFound, Forbidden, InvalidShape, and RuleRefused with
    the rule that says no and what to do instead.
    """
    _may_write(scope, new)
    person = members.member(scope, new.member_id)
    queries.hold_member(scope, person.id)
    drafted = draft(scope, new)
    refuse(scope, drafted.patient.needs_none(drafted.today) or _problem(scope, drafted), member_id=person.id)
    row = _write(scope, drafted)
    if drafted.new.kind is Kind.BACK and drafted.earlier is not None:
        _hand_over(scope, drafted.earlier, row, drafted.today)
    notify(scope, "referral_issued", person.id, {"code": row.code, "valid_until": row.valid_until})
    return row


def _may_write(scope: Scope, new: NewReferral) -> None:
    allowed = _WRITERS.get(scope.actor.role, frozenset())
    from_claim = new.origin is Origin.REIMBURSED_VISIT
    if new.kind not in allowed or (scope.actor.role is Role.CLAIMS and not from_claim):
        raise Forbidden()


def _problem(scope: Scope, drafted: Draft) -> Refusal | None:
    links = [row.link for row in drafted.known]
    bypass = drafted.terms.emergency_bypasses_referral
    return (
        _place_problem(scope, drafted)
        or rules.may_issue(drafted.proposal, drafted.path_links, links, drafted.today, emergency_bypasses=bypass)
        or _chronic_problem(scope, drafted)
    )


def _place_problem(scope: Scope, drafted: Draft) -> Refusal | None:
    """The patient has to be this desk's, and the facility that is named under contract, with the specialty."""
    if scope.actor.role is Role.PROVIDER and not _is_treating(scope, drafted):
        return Refusal(NOT_YOUR_PATIENT)
    facility = drafted.proposal.to_facility
    if facility is None:
        return None
    desk = desk_of(scope, facility, drafted.patient.network, drafted.today)
    if desk.contract_ended_on is not None:
        return Refusal(CONTRACT_ENDED, {"ended_on": desk.contract_ended_on})
    if not desk.in_network:
        return Refusal(NOT_IN_NETWORK, {"on": drafted.today})
    named = providers.provider(scope, facility)
    return may_name(drafted.proposal.kind, drafted.proposal.specialty, named.specialties, named.name)


def _is_treating(scope: Scope, drafted: Draft) -> bool:
    """A specialist's desk accepted the patient; a first-tier clinic is the one that was chosen, if any was."""
    if drafted.path:
        return drafted.path[-1].accepted_by == scope.actor.provider_id
    chosen = first_tier_of(scope, drafted.new.member_id, drafted.today)
    return chosen is None or chosen.id == scope.actor.provider_id


def _chronic_problem(scope: Scope, drafted: Draft) -> Refusal | None:
    new, today = drafted.new, drafted.today
    backs = [row for row in drafted.known if row.kind == Kind.BACK and row.link.at(today) in rules.OPEN]
    if new.kind is Kind.BACK:
        found = rules.condition_of(conditions(), new.condition or "", new.diagnosis, today)
        if isinstance(found, Refusal):
            return found
        return chronic.may_send_back(new.certificate, [row.condition or "" for row in backs], found.code)
    supplies = queries.supplies_of(scope, new.member_id, min((row.valid_from for row in backs), default=today))
    held = rules.holds_supply([rules.Supply(one.dispensed_on, one.days) for one in supplies], today)
    review = min((row.review_on for row in backs if row.review_on), default=None)
    window = drafted.terms.chronic_review_window_days
    return chronic.may_leave_programme(held, review, today, window_days=window, emergency=new.emergency)


def _write(scope: Scope, drafted: Draft) -> Referral:
    new, earlier, terms, today = drafted.new, drafted.earlier, drafted.terms, drafted.today
    row_id, back = ids.new_id(), new.kind is Kind.BACK
    right = earlier.return_until if earlier and new.kind is Kind.CONTINUATION else None
    review = chronic.review_on(today, terms.chronic_review_months) if back else None
    last = calendar_days_after(review, terms.chronic_review_window_days) if review else None
    certificate = new.certificate if back else None
    row = Referral(
        client_id=scope.client_id,
        id=row_id,
        code=codes.free_code(scope, today.year),
        member_id=new.member_id,
        kind=new.kind,
        origin=new.origin,
        state=State.ISSUED,
        chain_id=earlier.chain_id if earlier else row_id,
        earlier_id=earlier.id if earlier else None,
        from_tier=drafted.proposal.from_tier,
        from_provider_id=new.from_provider_id,
        to_tier=drafted.proposal.to_tier,
        to_provider_id=new.to_provider_id,
        specialty=drafted.proposal.specialty,
        diagnosis_cipher=sealing.seal("referral", row_id, new.diagnosis),
        emergency=new.emergency,
        source_id=new.source_id,
        doctor=new.doctor,
        valid_from=today,
        valid_until=last or rules.valid_until(today, terms.referral_valid_days, right),
        visits_allowed=new.visits or terms.referral_visits,
        return_until=right,
        condition=new.condition if back else None,
        certified_by=certificate.certified_by if certificate else None,
        certified_on=certificate.certified_on if certificate else None,
        review_on=review,
    )
    scope.session.add(row)
    scope.session.flush()
    write_step(scope, row, StepKind.ISSUED, today, until=row.valid_until.isoformat())
    return row


def _hand_over(scope: Scope, earlier: Referral, back: Referral, today: date) -> None:
    """The specialist's part is done once the patient is handed back; for the review the patient may come again."""
    earlier.return_until = max(filter(None, [earlier.return_until, back.valid_until]))
    following = rules.after(State(earlier.state), rules.Act.COMPLETE)
    if isinstance(following, State):
        earlier.state = following
        write_step(scope, earlier, StepKind.COMPLETED, today)
