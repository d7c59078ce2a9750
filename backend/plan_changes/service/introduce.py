"""A plan file that is sent in: checked, or kept for a second person, be its plan new or in use (decision 37)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.benefits import queries as benefit_queries
from backend.benefits import service as benefits
from backend.benefits.catalogue import shown as report_shown
from backend.benefits.plan_files import shape
from backend.benefits.service import ImportOutcome, PlanReport
from backend.errors import RuleRefused
from backend.plan_changes import queries
from backend.plan_changes.models import ChangeState, PlanChange
from backend.plan_changes.service.propose import propose

DEFECTS = "benefits.plan.defects"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a plan file is, and the proposal that it became; none when it was only checked or says nothing new."""

    report: PlanReport
    change_id: UUID | None = None


def introduce(scope: Scope, data: bytes, filename: str, *, dry_run: bool) -> Sent:
    """Check a plan file, and unless ``dry_run`` keep it as a proposal that a second person puts in force.

    A plan that nobody is in needs no preview; a version of one in use is proposed like every change. The same file
    again is the same proposal. Raises RuleRefused ``benefits.plan.defects``, and the reasons of ``propose``.
    """
    report = benefits.import_plan(scope, data, filename, dry_run=True)
    if report.outcome is ImportOutcome.REFUSED and not dry_run:
        raise RuleRefused(DEFECTS, {"defects": report_shown(report, scope.language)["defects"]})
    if dry_run or report.outcome is ImportOutcome.UNCHANGED:
        return Sent(report)
    plan, _ = benefits.read_plan(scope, data)
    code, valid_from, digest = plan["code"], plan["valid_from"], shape.digest(plan)
    before = queries.open_proposal(scope, code, valid_from, digest)
    if before is not None:
        return Sent(report, before.id)
    if report.outcome is ImportOutcome.NEW and benefit_queries.plan_version(scope, code, valid_from) is not None:
        return Sent(report, propose(scope, data, filename).id)
    assert scope.actor.id is not None, "only people propose"
    row = PlanChange(
        client_id=scope.client_id,
        plan_id=report.plan_id,
        code=code,
        effective_on=valid_from,
        filename=filename,
        content=data,
        digest=digest,
        state=ChangeState.PROPOSED,
        proposed_by=scope.actor.id,
    )
    scope.session.add(row)
    scope.session.flush()
    audit.record(scope, "create", "plan_change", row.id)
    return Sent(report, row.id)


def sent_shown(scope: Scope, sent: Sent) -> dict[str, object]:
    """The same in the reader's language; nothing is applied before a second person says so."""
    applied = sent.report.outcome is ImportOutcome.UNCHANGED
    shown = report_shown(sent.report, scope.language)
    return {**shown, "applied": applied, "id": shown["id"] if applied else None, "change_id": sent.change_id}
