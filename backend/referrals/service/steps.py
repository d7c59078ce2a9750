"""How every verb of referrals says no, and how it writes down what it did."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from backend import languages
from backend.access import Role, Scope
from backend.audit import service as audit
from backend.clients.registry import client_by_id
from backend.errors import RuleRefused
from backend.kit import clock
from backend.kit.refusal import Refusal
from backend.referrals.models import Referral, ReferralStep, StepKind
from backend.referrals.vocabulary import condition_name, specialty_name


def today_of(scope: Scope) -> date:
    """The date at the client's seat."""
    return clock.today(client_by_id(scope.client_id).timezone)


def in_words(scope: Scope, figures: Mapping[str, Any]) -> dict[str, Any]:
    """The figures with specialties and illnesses as the reader calls them."""
    shown = dict(figures)
    if "specialty" in shown:
        shown["specialty"] = specialty_name(shown["specialty"], scope.language)
    if "condition" in shown:
        shown["condition"] = condition_name(shown["condition"], scope.language)
    if "state" in shown:
        shown["state"] = languages.message(f"referrals.state_{shown['state']}", scope.language)
    return shown


def refuse(scope: Scope, refusal: Refusal | None, row: Referral | None = None, member_id: UUID | None = None) -> None:
    """Nothing when there is no refusal; else RuleRefused, and the try stays on record although it was refused."""
    if refusal is None:
        return
    about = row.member_id if row else member_id
    audit.record(scope, "refused", "referral", row.id if row else None, member_id=about, fields=[refusal.reason])
    raise RuleRefused(refusal.reason, in_words(scope, refusal.figures), keeps_changes=True)


def write_step(scope: Scope, row: Referral, kind: StepKind, on: date, **figures: Any) -> None:
    """Add a step and its audit row."""
    desk = scope.actor.provider_id if scope.actor.role is Role.PROVIDER else None
    scope.session.add(
        ReferralStep(
            client_id=scope.client_id,
            referral_id=row.id,
            kind=kind,
            actor_role=scope.actor.role.value,
            actor_id=scope.actor.id,
            provider_id=figures.pop("provider_id", None) or desk,
            figures={"on": on.isoformat()} | figures,
        )
    )
    scope.session.flush()
    action = "create" if kind is StepKind.ISSUED else "update"
    audit.record(scope, action, "referral", row.id, member_id=row.member_id, fields=[kind.value])
