"""Every SELECT of the changes of plans."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Row, Select, case, exists, func, select, tuple_

from backend.access import Scope
from backend.adjudication.models import KeptJudgement, KeptLine
from backend.benefits import stored
from backend.benefits.models import Plan, UtilisationEntry
from backend.benefits.rules import Entry
from backend.claims.bill import SOURCE
from backend.claims.models import Claim, ClaimDecision
from backend.errors import NotFound
from backend.members.models import Enrolment, Member
from backend.plan_changes.models import ChangeState, PlanChange, PlanChangeTold, PlanPreview, PlanPreviewClaim
from backend.plan_changes.rules.course import Borne

_FAMILY = func.coalesce(Member.employee_id, Member.id)


@dataclass(frozen=True, slots=True)
class Window:
    """The claims that a preview looks at: of members of a plan, with a visit on one of these days."""

    code: str
    first: date
    last: date


def changes(scope: Scope) -> list[PlanChange]:
    """Every change, the newest first."""
    wanted = select(PlanChange).where(PlanChange.client_id == scope.client_id)
    return list(scope.session.scalars(wanted.order_by(PlanChange.created_at.desc(), PlanChange.id.desc())))


def change(scope: Scope, change_id: UUID) -> PlanChange:
    """One change; raises NotFound."""
    return _there(scope.session.get(PlanChange, (scope.client_id, change_id)))


def change_to_decide(scope: Scope, change_id: UUID) -> PlanChange:
    """The same, and the plan version it is about, held until the transaction ends; raises NotFound."""
    found = _there(scope.session.get(PlanChange, (scope.client_id, change_id), with_for_update=True))
    scope.session.execute(
        select(Plan.id).where(Plan.client_id == scope.client_id, Plan.id == found.plan_id).with_for_update()
    )
    return found


def open_proposal(scope: Scope, code: str, effective_on: date, digest: str) -> PlanChange | None:
    """A proposal of the very same terms that nobody has decided about yet."""
    wanted = select(PlanChange).where(
        PlanChange.client_id == scope.client_id,
        PlanChange.code == code,
        PlanChange.effective_on == effective_on,
        PlanChange.digest == digest,
        PlanChange.state == ChangeState.PROPOSED,
    )
    return scope.session.scalars(wanted.order_by(PlanChange.created_at).limit(1)).one_or_none()


def _there(found: PlanChange | None) -> PlanChange:
    if found is None:
        raise NotFound()
    return found


def preview_of(scope: Scope, change_id: UUID) -> PlanPreview | None:
    """The preview of a change, None before the first."""
    wanted = select(PlanPreview).where(
        PlanPreview.client_id == scope.client_id, PlanPreview.plan_change_id == change_id
    )
    return scope.session.scalars(wanted).one_or_none()


def preview_to_work_on(scope: Scope, preview_id: UUID) -> PlanPreview | None:
    """A preview held until the transaction ends; None when another one took its place."""
    return scope.session.get(PlanPreview, (scope.client_id, preview_id), with_for_update=True)


def versions_until(scope: Scope, code: str, day: date) -> list[UUID]:
    """The versions of a plan that began before a day: enrolments in them may run across it."""
    wanted = select(Plan.id).where(Plan.client_id == scope.client_id, Plan.code == code, Plan.valid_from < day)
    return list(scope.session.scalars(wanted.order_by(Plan.valid_from)))


def count_of_claims(scope: Scope, window: Window) -> int:
    """How many decided claims of a window belong to members of the plan."""
    decided = _decided(scope, window).subquery()
    return scope.session.scalar(select(func.count()).select_from(decided)) or 0


def next_families(scope: Scope, window: Window, after: UUID | None, limit: int) -> list[UUID]:
    """The next families with decided claims in a window, by the employee's id."""
    wanted = select(_FAMILY.label("family")).join(
        Claim, (Claim.client_id == Member.client_id) & (Claim.member_id == Member.id)
    )
    decided = _decided(scope, window).subquery()
    wanted = wanted.where(Member.client_id == scope.client_id, Claim.id.in_(select(decided.c.id)))
    if after is not None:
        wanted = wanted.where(_FAMILY.op(">")(after))
    return list(scope.session.scalars(wanted.group_by("family").order_by("family").limit(limit)))


def claims_of_families(
    scope: Scope, window: Window, families: Collection[UUID]
) -> Sequence[Row[UUID, Claim, str | None]]:
    """Family, claim and its case in force, family by family in the order of the days."""
    decided = _decided(scope, window).subquery()
    wanted = (
        select(_FAMILY, Claim, KeptJudgement.case_key)
        .join(Claim, (Claim.client_id == Member.client_id) & (Claim.member_id == Member.id))
        .join(ClaimDecision, (ClaimDecision.client_id == Claim.client_id) & (ClaimDecision.claim_id == Claim.id))
        .join(
            KeptJudgement,
            (KeptJudgement.client_id == ClaimDecision.client_id) & (KeptJudgement.id == ClaimDecision.judgement_id),
        )
        .where(
            Member.client_id == scope.client_id,
            _FAMILY.in_(families),
            ClaimDecision.state == "in_force",
            Claim.id.in_(select(decided.c.id)),
        )
    )
    return scope.session.execute(wanted.order_by(_FAMILY, Claim.visit_on, Claim.submitted_at, Claim.id)).all()


def _decided(scope: Scope, window: Window) -> Select[UUID]:
    """Claims with a decision in force whose member was in the plan, in any version of it, on the day of the visit."""
    in_force = exists().where(
        ClaimDecision.client_id == Claim.client_id,
        ClaimDecision.claim_id == Claim.id,
        ClaimDecision.state == "in_force",
    )
    in_plan = exists().where(
        Enrolment.client_id == Claim.client_id,
        Enrolment.member_id == Claim.member_id,
        Enrolment.starts_on <= Claim.visit_on,
        Enrolment.ends_on.is_(None) | (Enrolment.ends_on >= Claim.visit_on),
        Plan.client_id == Enrolment.client_id,
        Plan.id == Enrolment.plan_id,
        Plan.code == window.code,
    )
    return select(Claim.id).where(
        Claim.client_id == scope.client_id, Claim.visit_on.between(window.first, window.last), in_force, in_plan
    )


def use_of_others(scope: Scope, family: UUID, judged: Collection[UUID]) -> list[Entry]:
    """What a family held and used but for these claims, as the rules read it."""
    wanted = select(UtilisationEntry).where(
        UtilisationEntry.client_id == scope.client_id,
        UtilisationEntry.employee_id == family,
        ~((UtilisationEntry.source_type == SOURCE) & UtilisationEntry.source_id.in_(judged)),
    )
    return [stored.as_entry(row) for row in scope.session.scalars(wanted)]


def deductibles_of_others(scope: Scope, members: Collection[UUID], judged: Collection[UUID]) -> list[Borne]:
    """What binding judgements left to these members of deductibles, but for these claims."""
    wanted = (
        select(
            KeptJudgement.member_id,
            KeptLine.benefit_code,
            KeptLine.deductible_minor,
            KeptJudgement.happened_on,
            KeptJudgement.case_key,
        )
        .join(
            KeptJudgement,
            (KeptJudgement.client_id == KeptLine.client_id) & (KeptJudgement.id == KeptLine.judgement_id),
        )
        .where(
            KeptJudgement.client_id == scope.client_id,
            KeptJudgement.member_id.in_(members),
            KeptJudgement.binding,
            KeptJudgement.source_id.not_in(judged),
            KeptLine.deductible_minor > 0,
        )
    )
    return [Borne(*row) for row in scope.session.execute(wanted)]


def affected_claims(
    scope: Scope, preview_id: UUID, after: UUID | None, limit: int
) -> Sequence[Row[PlanPreviewClaim, str, str, str]]:
    """Affected claims with claim number, member number and name; what costs a member most first.

    ``after`` is the last one of the page before; raises NotFound when it is gone.
    """
    wanted = (
        select(PlanPreviewClaim, Claim.number, Member.number, Member.full_name)
        .join(Claim, (Claim.client_id == PlanPreviewClaim.client_id) & (Claim.id == PlanPreviewClaim.claim_id))
        .join(Member, (Member.client_id == PlanPreviewClaim.client_id) & (Member.id == PlanPreviewClaim.member_id))
        .where(PlanPreviewClaim.client_id == scope.client_id, PlanPreviewClaim.preview_id == preview_id)
    )
    order = (PlanPreviewClaim.difference_minor, PlanPreviewClaim.id)
    if after is not None:
        last = scope.session.get(PlanPreviewClaim, (scope.client_id, after))
        if last is None:
            raise NotFound()
        wanted = wanted.where(tuple_(*order) < (last.difference_minor, last.id))
    return scope.session.execute(wanted.order_by(*(one.desc() for one in order)).limit(limit)).all()


def next_readers(scope: Scope, change: PlanChange, limit: int) -> list[UUID]:
    """The next people to tell: of everybody in the new version on its first day, or the family's employee for them.

    Who has a number or an address of their own reads for themselves, for everybody else the employee does.
    """
    reads_alone = Member.phone.is_not(None) | Member.email.is_not(None)
    reader = case((reads_alone, Member.id), else_=_FAMILY).label("reader")
    told = select(PlanChangeTold.member_id).where(
        PlanChangeTold.client_id == scope.client_id, PlanChangeTold.plan_change_id == change.id
    )
    wanted = (
        select(reader)
        .join(Enrolment, (Enrolment.client_id == Member.client_id) & (Enrolment.member_id == Member.id))
        .where(
            Member.client_id == scope.client_id,
            Enrolment.plan_id == change.new_plan_id,
            Enrolment.starts_on <= change.effective_on,
            Enrolment.ends_on.is_(None) | (Enrolment.ends_on >= change.effective_on),
            reader.not_in(told),
        )
    )
    return list(scope.session.scalars(wanted.distinct().order_by("reader").limit(limit)))


def count_in_version(scope: Scope, change: PlanChange) -> int:
    """How many members are in the new version on its first day."""
    wanted = select(func.count(Enrolment.member_id.distinct())).where(
        Enrolment.client_id == scope.client_id,
        Enrolment.plan_id == change.new_plan_id,
        Enrolment.starts_on <= change.effective_on,
        Enrolment.ends_on.is_(None) | (Enrolment.ends_on >= change.effective_on),
    )
    return scope.session.scalar(wanted) or 0
