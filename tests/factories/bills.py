"""Bills and covers as the engine reads them, in whole rupiah: ``rp(350_000)`` is Rp 350.000."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from backend.adjudication.rules import (
    Accumulators,
    BenefitTerms,
    Bill,
    Calendar,
    Cover,
    Item,
    Judgement,
    Line,
    SharedLimit,
    Tariff,
    judge,
)
from backend.benefits.rules import Basis, BenefitGroup, CoPayment, Entry, EntryKind, Limit, Period, SharedBy
from backend.clients.rules import Terms
from backend.kit.money import Money

MEMBER = UUID(int=1)
SOURCE = UUID(int=2)
DAY = date(2026, 3, 10)
YEAR = Calendar(Period(date(2026, 1, 1), date(2026, 12, 31)))
_serial = count(1)


def rp(amount: int | str | Decimal) -> Money:
    """Whole rupiah."""
    return Money.of_major(amount, "IDR")


def line(amount: int | str, benefit: str = "OP", item: Item = Item.OTHER, **facts: Any) -> Line:
    """One position of ``amount`` rupiah."""
    return Line(facts.pop("key", f"line-{next(_serial)}"), benefit, rp(amount), item, **facts)


def bill(*lines: Line, **facts: Any) -> Bill:
    """A reimbursed bill of 10 March 2026 with these lines."""
    given = {"member_id": MEMBER, "source_type": "claim", "source_id": SOURCE, "visit_on": DAY, "currency": "IDR"}
    return Bill(lines=lines, **(given | facts))


def a_limit(
    basis: str,
    amount: int | None = None,
    *,
    count: int | None = None,
    pool: str | None = None,
    codes: tuple[str, ...] = ("OP",),
    family: bool = False,
    years: int = 1,
) -> SharedLimit:
    """A limit of ``amount`` rupiah or ``count`` times; ``codes`` are the benefits that draw from it."""
    shared_by = SharedBy.FAMILY if family else SharedBy.PERSON
    limit = Limit(Basis(basis), shared_by, None if amount is None else rp(amount), count, pool, years)
    return SharedLimit(limit, frozenset(codes), f"{pool or codes[0]}/{basis}/{amount}/{count}")


def a_benefit(code: str = "OP", group: str = "outpatient", *limits: SharedLimit, **terms: Any) -> BenefitTerms:
    """A benefit with these limits; none means as charged."""
    return BenefitTerms(code, BenefitGroup(group), limits, **terms)


def co_payment(percent: int | str, cap: int | None = None) -> CoPayment:
    """A percentage with a cap in rupiah."""
    return CoPayment(Decimal(percent), None if cap is None else rp(cap))


def a_cover(*benefits: BenefitTerms, terms: Terms | None = None, **facts: Any) -> Cover:
    """Covered since 1 January 2025 by these benefits; without any, by an outpatient benefit as charged."""
    lines = benefits or (a_benefit(),)
    given = {"member_id": MEMBER, "since": date(2025, 1, 1), "benefits": {one.code: one for one in lines}}
    return Cover(terms=terms or Terms(), **(given | facts))


def used(amount: int, benefit: str = "OP", *, on: date = date(2026, 2, 1), **facts: Any) -> Entry:
    """What was used before, ``amount`` rupiah of a benefit; ``kind`` may make it a hold."""
    given = {
        "member_id": MEMBER,
        "kind": EntryKind.CONSUME,
        "count": 1,
        "source_type": "claim",
        "source_id": UUID(int=1000 + next(_serial)),
    }
    values = given | facts
    return Entry(benefit_code=benefit, amount_minor=rp(amount).amount_minor, happened_on=on, **values)


def judged(
    asked: Bill,
    cover: Cover | None = None,
    *,
    entries: tuple[Entry, ...] = (),
    borne: dict[str, Money] | None = None,
    tariffs: dict[str, Tariff] | None = None,
) -> Judgement:
    """The judgement of a bill in the policy year 2026."""
    return judge(asked, cover or a_cover(), Accumulators(entries, borne or {}), tariffs or {}, YEAR)


def split_of(judgement: Judgement) -> dict[str, int]:
    """Who pays how many whole rupiah; payers of nothing are left out."""
    shares = judgement.shares
    parts = {"plan": shares.plan, "other": shares.other, "member": shares.member, "provider": shares.provider}
    return {name: int(part.major()) for name, part in parts.items() if part}
