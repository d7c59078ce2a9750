"""The stored table of a plan version as ``rules.plain`` compares it."""

from __future__ import annotations

from uuid import UUID

from backend.access import Scope
from backend.benefits import queries, stored
from backend.benefits.models import Benefit, BenefitLimit
from backend.kit.money import Money
from backend.plan_changes.rules.plain import FLAGS, Line


def plan_lines(scope: Scope, plan_id: UUID) -> list[Line]:
    """Every benefit of a plan version in its own order; raises NotFound."""
    currency, limits = queries.plan(scope, plan_id).currency, queries.limits_of(scope, plan_id)
    return [_line(row, limits, currency) for row in queries.benefits_of(scope, plan_id)]


def _line(row: Benefit, limits: list[BenefitLimit], currency: str) -> Line:
    borne = row.deductible
    return Line(
        code=row.code,
        names=row.names,
        limits=tuple(stored.as_limit(one, currency) for one in limits if one.benefit_id == row.id),
        co_payment=stored.co_payment_of(row, currency),
        deductible=None if borne is None else (Money(borne["amount_minor"], currency), borne["basis"]),
        waiting_days=row.waiting_days,
        room_class=row.room_class,
        room_rate=None if row.room_rate_minor is None else Money(row.room_rate_minor, currency),
        flags={name: getattr(row, name) for name in FLAGS},
        exclusions={one["code"]: one["names"] for one in row.exclusions},
        further=(
            row.prorata,
            tuple(stored.waits_of(row)),
            tuple(stored.exclusions_of(row)),
            row.benefit_group,
            row.services,
        ),
    )
