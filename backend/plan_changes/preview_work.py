"""A preview at work: family by family, each judged twice from the same start, some families in a transaction.

A worker that dies goes on after the last family that was written. Nothing is read whole: what is held in memory is the
claims of a few families. Nothing but the preview is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any
from uuid import UUID

from backend.access import Scope, working_for
from backend.adjudication import queries as facts
from backend.adjudication import record
from backend.adjudication import service as adjudication
from backend.adjudication.rules import Bill, Cover, Judgement, PlanTerms, Step
from backend.adjudication.stored import benefit_terms
from backend.benefits import queries as benefit_queries
from backend.benefits import service as benefits
from backend.claims.bill import bill_of
from backend.claims.models import Claim
from backend.errors import CareError
from backend.kit import clock
from backend.plan_changes import queries
from backend.plan_changes.models import PlanChange, PlanPreview, PlanPreviewClaim, PreviewState
from backend.plan_changes.queries import Window
from backend.plan_changes.rules.course import Course, parting
from backend.plan_changes.rules.figures import TOTAL, Sums, added

FAMILIES_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Terms:
    """The plan as it is and as it would be, and what each calls its exclusions."""

    old: PlanTerms
    new: PlanTerms
    exclusions: dict[str, dict[str, str]]


@dataclass(slots=True)
class _Tally:
    """What some families add to a preview."""

    groups: dict[str, Sums] = field(default_factory=dict)
    done: int = 0
    not_judged: int = 0


@dataclass(frozen=True, slots=True)
class _Outcome:
    claim: Claim
    before: Judgement
    after: Judgement

    @property
    def is_affected(self) -> bool:
        """Whether the plan or the member would have paid something else."""
        was, would_be = self.before.shares, self.after.shares
        return (was.plan, was.member) != (would_be.plan, would_be.member)


def run(client_id: UUID, preview_id: UUID) -> None:
    """Judge every claim of the preview's window; going on after a death is safe, a replaced preview ends quietly."""
    with working_for(client_id) as scope:
        preview = queries.preview_to_work_on(scope, preview_id)
        if preview is None or preview.state == PreviewState.DONE:
            return
        change = queries.change(scope, preview.plan_change_id)
        terms = terms_of(scope, change)
        if preview.state == PreviewState.WAITING:
            preview.total_claims = queries.count_of_claims(scope, _window(scope, preview))
            preview.state = PreviewState.RUNNING
    while _next_families(client_id, preview_id, terms):
        pass


def terms_of(scope: Scope, change: PlanChange) -> Terms:
    """The terms that a change replaces, and those in its file."""
    assert change.plan_id is not None, "a plan that nobody is in has no preview"
    old = benefit_queries.plan(scope, change.plan_id)
    plan, _ = benefits.read_plan(scope, change.content)
    lines, limits = benefits.table_of(scope, plan, change.id)
    named = [one for line in (*benefit_queries.benefits_of(scope, old.id), *lines) for one in line.exclusions]
    return Terms(
        facts.plan_terms(scope, old),
        PlanTerms(benefit_terms(lines, limits, plan["currency"]), plan["network"]),
        {one["code"]: one["names"] for one in named},
    )


def _next_families(client_id: UUID, preview_id: UUID, terms: Terms) -> bool:
    with working_for(client_id) as scope:
        preview = queries.preview_to_work_on(scope, preview_id)
        if preview is None or preview.state != PreviewState.RUNNING:
            return False
        window = _window(scope, preview)
        families = queries.next_families(scope, window, preview.after_family, FAMILIES_AT_ONCE)
        if not families:
            preview.state, preview.finished_at = PreviewState.DONE, clock.now()
            return False
        tally = _Tally()
        kept: list[PlanPreviewClaim] = []
        rows = queries.claims_of_families(scope, window, families)
        for family, claims in groupby(rows, key=lambda row: row[0]):
            outcomes = _judge_family(scope, terms, family, [(row[1], row[2]) for row in claims], tally)
            kept += [_kept(scope, preview.id, one, terms) for one in outcomes if one.is_affected]
        # At the very end: the rows hold on to their claims, and an analyst should not wait for that.
        scope.session.add_all(kept)
        preview.sums = added(preview.sums, tally.groups)
        preview.done_claims += tally.done
        preview.not_judged += tally.not_judged
        preview.after_family = families[-1]
    return True


def _window(scope: Scope, preview: PlanPreview) -> Window:
    return Window(queries.change(scope, preview.plan_change_id).code, preview.first_on, preview.last_on)


def _judge_family(
    scope: Scope, terms: Terms, family: UUID, claims: Sequence[tuple[Claim, str | None]], tally: _Tally
) -> list[_Outcome]:
    judged = [claim.id for claim, _ in claims]
    used = queries.use_of_others(scope, family, judged)
    borne = queries.deductibles_of_others(scope, {claim.member_id for claim, _ in claims}, judged)
    courses = Course(used, borne), Course(used, borne)
    outcomes = []
    for claim, case_key in claims:
        try:
            outcomes.append(_judge_twice(scope, claim, case_key, terms, courses))
        except CareError:
            tally.not_judged += 1
    tally.done += len(claims)
    for name, sums in _sums_of(outcomes).items():
        tally.groups[name] = tally.groups.get(name, Sums()) + sums
    return outcomes


def _judge_twice(
    scope: Scope, claim: Claim, case_key: str | None, terms: Terms, courses: tuple[Course, Course]
) -> _Outcome:
    assert claim.visit_on is not None, "a decided claim has its day"
    cover = facts.cover_of(scope, claim.member_id, claim.visit_on, terms.old)
    benefits_then = terms.new.benefits if cover.since is not None else {}
    supposed = replace(cover, benefits=benefits_then, network=terms.new.network)
    before, after = (
        _judged(scope, claim, case_key, each, course) for each, course in zip((cover, supposed), courses, strict=True)
    )
    return _Outcome(claim, before, after)


def _judged(scope: Scope, claim: Claim, case_key: str | None, cover: Cover, course: Course) -> Judgement:
    bill: Bill = replace(bill_of(scope, claim, cover), case_key=case_key)
    calendar = facts.calendar_of(scope, bill.visit_on)
    used = course.before(bill, cover, calendar.policy_year)
    judgement = adjudication.judge_as_if(scope, bill, cover, used, calendar)
    course.take(bill, judgement)
    return judgement


def _sums_of(outcomes: Sequence[_Outcome]) -> dict[str, Sums]:
    groups: dict[str, list[_Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(outcome.claim.benefit_group, []).append(outcome)
        groups.setdefault(TOTAL, []).append(outcome)
    return {name: _sum(of_group) for name, of_group in groups.items()}


def _sum(outcomes: Sequence[_Outcome]) -> Sums:
    affected = [one for one in outcomes if one.is_affected]
    return Sums(
        claims=len(outcomes),
        members=len({one.claim.member_id for one in outcomes}),
        affected_claims=len(affected),
        affected_members=len({one.claim.member_id for one in affected}),
        plan_before=sum(one.before.shares.plan.amount_minor for one in outcomes),
        plan_after=sum(one.after.shares.plan.amount_minor for one in outcomes),
        member_before=sum(one.before.shares.member.amount_minor for one in outcomes),
        member_after=sum(one.after.shares.member.amount_minor for one in outcomes),
    )


def _kept(scope: Scope, preview_id: UUID, outcome: _Outcome, terms: Terms) -> PlanPreviewClaim:
    claim, was, would_be = outcome.claim, outcome.before.shares, outcome.after.shares
    part = parting(outcome.before, outcome.after)
    steps = [part.before, part.after] if part else [None, None]
    return PlanPreviewClaim(
        client_id=scope.client_id,
        preview_id=preview_id,
        claim_id=claim.id,
        member_id=claim.member_id,
        visit_on=claim.visit_on,
        benefit_group=claim.benefit_group,
        plan_before_minor=was.plan.amount_minor,
        plan_after_minor=would_be.plan.amount_minor,
        member_before_minor=was.member.amount_minor,
        member_after_minor=would_be.member.amount_minor,
        difference_minor=would_be.member.amount_minor - was.member.amount_minor,
        steps={
            "before": _written(steps[0]),
            "after": _written(steps[1]),
            "exclusions": {code: terms.exclusions[code] for code in _excluded(steps) if code in terms.exclusions},
        },
    )


def _written(step: Step | None) -> dict[str, Any] | None:
    return record.written([step])[0] if step is not None else None


def _excluded(steps: Sequence[Step | None]) -> set[str]:
    return {step.inputs["exclusion"] for step in steps if step is not None and "exclusion" in step.inputs}
