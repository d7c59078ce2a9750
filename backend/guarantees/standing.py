"""Whether a guarantee can be given at all: the patient's cover, the kind of stay, the hospital."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.benefits import queries as benefits
from backend.benefits.models import Benefit
from backend.clients.registry import client_by_id
from backend.errors import RuleRefused
from backend.guarantees import rules
from backend.guarantees.clocks import terms_now
from backend.guarantees.rules.admission import Admission, Care, Hospital, benefit_groups, may_admit, may_treat
from backend.kit.refusal import Refusal
from backend.members.service import cover_state
from backend.providers import queries as providers


def refusal_of(
    scope: Scope, member_id: UUID, admission: Admission, on: date, provider_id: UUID | None
) -> Refusal | None:
    """Why no guarantee can be given for this admission; None when it can."""
    lines = _paying_lines(scope, member_id, admission.care, on)
    covered = cover_state(scope, member_id, on).is_covered
    return (
        may_admit(admission, terms_now(scope).minimum_stay_hours)
        or rules.may_guarantee(rules.Cover(on, covered, bool(lines)))
        or _at_hospital(scope, member_id, on, provider_id, lines)
    )


def refuse(refusal: Refusal | None) -> None:
    """Raises RuleRefused for a refusal."""
    if refusal is not None:
        raise RuleRefused.of(refusal)


def refuse_and_note(scope: Scope, refusal: Refusal | None, member_id: UUID, letter_id: UUID | None = None) -> None:
    """The same for what a stranger may try again with: that it was refused, and why, stays in the record."""
    if refusal is not None:
        audit.record(scope, "refused", "guarantee_letter", letter_id, member_id=member_id, fields=[refusal.reason])
        raise RuleRefused(refusal.reason, refusal.figures, keeps_changes=True)


def _paying_lines(scope: Scope, member_id: UUID, care: Care, on: date) -> list[Benefit]:
    cover = benefits.cover_on(scope, member_id, on)
    lines = benefits.benefits_of(scope, cover.plan.id) if cover else []
    return [line for line in lines if line.benefit_group in benefit_groups(care)]


def _at_hospital(
    scope: Scope, member_id: UUID, on: date, provider_id: UUID | None, lines: list[Benefit]
) -> Refusal | None:
    if provider_id is None:
        return None
    there = providers.provider(scope, provider_id)
    cover = benefits.cover_on(scope, member_id, on)
    where = providers.network_standing(scope, provider_id, cover.plan.network if cover else None, on)
    hospital = Hospital(there.country != client_by_id(scope.client_id).country, where.cashless, where.problem)
    return may_treat(hospital, network_only=bool(lines) and all(line.network_only for line in lines))
