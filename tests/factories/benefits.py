"""Plans as tests need them: a few lines with limits, or one of ten groups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.benefits.models import Benefit, BenefitLimit, Plan

_serial = count(1)


def make_plan(scope: Scope, *benefits: dict[str, Any], currency: str = "IDR", **facts: Any) -> Plan:
    """A stored plan; each benefit is a dict of its fields with ``limits``, a list of ``limit(...)``.

    Without benefits the plan has one outpatient line of 10,000,000.00 a year.
    """
    serial = next(_serial)
    values = {
        "code": f"P{serial:04}",
        "names": {"id": "Plan Uji", "en": "Test plan", "pt": "Plano de teste"},
        "product": "managed_care",
        "network": None,
        "valid_from": date(2020, 1, 1),
        "source": "test",
        "digest": "",
    }
    plan = Plan(client_id=scope.client_id, currency=currency, **(values | facts))
    scope.session.add(plan)
    scope.session.flush()
    lines = benefits or ({"code": "OP", "limits": [limit("year", 1_000_000_000)]},)
    for position, line in enumerate(lines):
        make_benefit(scope, plan.id, position=position, **line)
    return plan


def make_benefit(scope: Scope, plan_id: UUID, *, limits: Sequence[dict[str, Any]] = (), **facts: Any) -> Benefit:
    """A stored line of a plan with its limits."""
    code = facts.get("code", "OP")
    values = {
        "position": 0,
        "code": code,
        "benefit_group": "outpatient",
        "names": {"id": f"Manfaat {code}", "en": f"Benefit {code}", "pt": f"Benefício {code}"},
        "room_class": None,
        "room_rate_minor": None,
        "prorata": "none",
        "co_payment": None,
        "deductible": None,
        "waiting_days": 0,
        "waiting_by_condition": [],
        "exclusions": [],
        "referral_required": False,
        "network_only": False,
        "reimbursable": True,
        "approval_required": False,
        "services": [],
    }
    line = Benefit(client_id=scope.client_id, plan_id=plan_id, **(values | facts))
    scope.session.add(line)
    scope.session.flush()
    for position, each in enumerate(limits):
        scope.session.add(BenefitLimit(client_id=scope.client_id, benefit_id=line.id, position=position, **each))
    scope.session.flush()
    return line


def limit(
    basis: str,
    amount_minor: int | None = None,
    *,
    count: int | None = None,
    shared_by: str = "person",
    pool: str | None = None,
    years: int = 1,
) -> dict[str, Any]:
    """The fields of one limit."""
    return {
        "basis": basis,
        "amount_minor": amount_minor,
        "count": count,
        "shared_by": shared_by,
        "pool": pool,
        "years": years,
    }
