"""Rows of a plan as the rules of a judgement read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from backend.adjudication.rules import BenefitTerms, Deductible, SharedLimit
from backend.benefits import stored
from backend.benefits.models import Benefit, BenefitLimit
from backend.benefits.rules import BenefitGroup
from backend.kit.money import Money


def benefit_terms(lines: Sequence[Benefit], limits: Sequence[BenefitLimit], currency: str) -> dict[str, BenefitTerms]:
    """The benefits of a plan by their code."""
    sharing = stored.codes_by_pool(lines, limits)
    return {
        line.code: _terms_of(line, [row for row in limits if row.benefit_id == line.id], sharing, currency)
        for line in lines
    }


def _terms_of(line: Benefit, limits: Sequence[BenefitLimit], sharing: Any, currency: str) -> BenefitTerms:
    return BenefitTerms(
        code=line.code,
        group=BenefitGroup(line.benefit_group),
        limits=tuple(_limit_of(line, row, sharing, currency) for row in limits),
        co_payment=stored.co_payment_of(line, currency),
        deductible=_deductible_of(line, currency),
        waiting_days=line.waiting_days,
        waits=tuple(stored.waits_of(line)),
        exclusions=tuple(stored.exclusions_of(line)),
        referral_required=line.referral_required,
        network_only=line.network_only,
        reimbursable=line.reimbursable,
        approval_required=line.approval_required,
        room_class=line.room_class,
        room_rate=None if line.room_rate_minor is None else Money(line.room_rate_minor, currency),
        prorata=line.prorata,
        services=frozenset(line.services or ()),
    )


def _limit_of(line: Benefit, row: BenefitLimit, sharing: Any, currency: str) -> SharedLimit:
    if row.pool:
        return SharedLimit(
            stored.as_limit(row, currency), frozenset(sharing[row.pool, row.basis]), f"{row.pool}/{row.basis}"
        )
    return SharedLimit(stored.as_limit(row, currency), frozenset({line.code}), f"{line.code}#{row.position}")


def _deductible_of(line: Benefit, currency: str) -> Deductible | None:
    if line.deductible is None:
        return None
    return Deductible(Money(line.deductible["amount_minor"], currency), line.deductible["basis"])
