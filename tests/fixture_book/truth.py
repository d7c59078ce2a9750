"""What the plan pays of a fixture claim by the sources: the second oracle over the book's own truth.

Shares nothing with intake or with ``backend.claims``: the plan file and the register are read here once more, what was
used before are the oracle's own figures of the claims that were decided.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml

from backend.adjudication.rules import (
    Accumulators,
    BenefitTerms,
    Bill,
    Calendar,
    Cover,
    Deductible,
    Item,
    Line,
    Place,
    SharedLimit,
)
from backend.benefits.rules import (
    Basis,
    BenefitGroup,
    ConditionWait,
    CoPayment,
    Entry,
    EntryKind,
    Exclusion,
    Limit,
    Period,
    SharedBy,
)
from backend.clients.rules import Terms
from backend.kit.money import Money
from tests.fixture_book.book import FOLDER, Book, FixtureClaim, family_of
from tests.second_oracle.oracle import who_pays

DEMO = FOLDER.parent.parent / "backend" / "commands" / "demo"
YEAR = Calendar(Period(date(2026, 1, 1), date(2026, 12, 31)))
COVERED_SINCE = date(2026, 1, 1)


@dataclass
class Ledger:
    """The oracle's own memory of what families used."""

    book: Book
    entries: dict[str, list[Entry]] = field(default_factory=dict)

    def pays(self, claim: FixtureClaim) -> dict[int, int]:
        """What the plan pays of each line in minor units, by its number from 1."""
        return {int(part.key): part.plan for part in self._parts(claim)}

    def remember(self, claim: FixtureClaim) -> int:
        """The claim was decided: its use counts from now on. Answers what the plan pays in all."""
        family = self.entries.setdefault(family_of(claim.member), [])
        paid: dict[str, tuple[int, int]] = {}
        for line, part in zip(claim.lines, self._parts(claim), strict=True):
            amount, count = paid.get(line.benefit, (0, 0))
            if part.plan:
                paid[line.benefit] = (amount + part.plan, count + part.count)
        for code, (amount, count) in paid.items():
            who, what = identity(claim.member), identity(claim.id)
            family.append(Entry(who, code, EntryKind.CONSUME, amount, count, claim.visit, "claim", what))
        return sum(amount for amount, _ in paid.values())

    def _parts(self, claim: FixtureClaim) -> Any:
        used = Accumulators(tuple(self.entries.get(family_of(claim.member), ())))
        return who_pays(_bill(claim, self.book), _cover(claim, self.book), used, {}, YEAR)


def identity(name: str) -> UUID:
    """A UUID for a name of the book."""
    return uuid5(NAMESPACE_URL, name)


def _bill(claim: FixtureClaim, book: Book) -> Bill:
    where = places()[claim.place]
    lines = tuple(
        Line(
            str(number),
            line.benefit,
            Money(line.amount, book.currency),
            Item(line.item),
            line.quantity,
            named=frozenset(line.named),
        )
        for number, line in enumerate(claim.lines, start=1)
    )
    return Bill(
        identity(claim.member),
        "claim",
        identity(claim.id),
        claim.visit,
        book.currency,
        lines,
        place=Place(
            in_network=True,
            first_tier=where["tier"] == "ppk1",
            hospital=where["kind"] == "hospital",
            country=where["country"],
            region=where["region_code"],
        ),
        emergency=claim.form == "emergency",
        referral=claim.referral,
    )


def _cover(claim: FixtureClaim, book: Book) -> Cover:
    terms = Terms.of({"submission_region": ["MZ-MPM"]}) if book.country == "MZ" else Terms()
    benefits = plan(book.plan)
    return Cover(identity(claim.member), COVERED_SINCE, benefits, terms=terms, child=claim.member.endswith("-C"))


@cache
def places() -> Mapping[str, Mapping[str, str]]:
    """The demo's register of providers by code."""
    with (DEMO / "providers.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


@cache
def plan(name: str) -> Mapping[str, BenefitTerms]:
    """A plan file as the terms of its benefits."""
    told = yaml.safe_load((DEMO / "plans" / name).read_text(encoding="utf-8"))
    return {one["code"]: _benefit(one, told) for one in told["benefits"]}


def _benefit(told: Mapping[str, Any], whole: Mapping[str, Any]) -> BenefitTerms:
    currency = whole["currency"]
    share, first = told.get("co_payment"), told.get("deductible")
    return BenefitTerms(
        told["code"],
        BenefitGroup(told["group"]),
        tuple(_limits(told, whole)),
        co_payment=CoPayment(Decimal(str(share["percent"])), _money(share.get("cap"), currency)) if share else None,
        deductible=Deductible(_surely(first["amount"], currency), first["per"]) if first else None,
        waiting_days=told.get("waiting_days", 0),
        waits=tuple(
            ConditionWait(one["days"], tuple(one["conditions"])) for one in _each(told, "waiting_by_condition")
        ),
        exclusions=tuple(Exclusion(one["code"], tuple(one["conditions"])) for one in _each(told, "exclusions")),
        referral_required=told.get("referral_required", False),
        network_only=told.get("network_only", False),
        reimbursable=told.get("reimbursable", True),
        approval_required=told.get("approval_required", False),
        room_class=told.get("room_class"),
        room_rate=_money(told.get("room_rate"), currency),
        prorata=told.get("prorata", "none"),
    )


def _limits(told: Mapping[str, Any], whole: Mapping[str, Any]) -> Iterator[SharedLimit]:
    for number, one in enumerate(_each(told, "limits")):
        pool = one.get("pool")
        source = whole["pools"][pool] if pool else one
        limit = Limit(
            Basis(source["per"]),
            SharedBy(source.get("shared_by", "person")),
            _money(source.get("amount"), whole["currency"]),
            source.get("count"),
            pool,
            source.get("years", 1),
        )
        sharing = [other["code"] for other in whole["benefits"] if {"pool": pool} in other.get("limits", ())]
        yield SharedLimit(limit, frozenset(sharing if pool else [told["code"]]), pool or f"{told['code']}#{number}")


def _each(told: Mapping[str, Any], name: str) -> Iterable[Mapping[str, Any]]:
    return told.get(name, ())


def _money(amount: float | None, currency: str) -> Money | None:
    return None if amount is None else _surely(amount, currency)


def _surely(amount: float, currency: str) -> Money:
    return Money.of_major(Decimal(str(amount)), currency)
