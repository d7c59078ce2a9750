"""Who pays what of a bill: the order of decision record 0032, line by line, in plain sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from backend.adjudication.rules.facts import (
    Accumulators,
    BenefitTerms,
    Bill,
    Calendar,
    Cover,
    Item,
    Line,
    Tariff,
)
from tests.second_oracle import doors, first_payer, limits
from tests.second_oracle.arithmetic import half_up, in_proportion, percent
from tests.second_oracle.nights import SELF_DEMAND, Slept, slept

LINKED = frozenset({Item.SURGERY, Item.DOCTOR, Item.TREATMENT})
"""Domain.md 5.5: what costs more in a dearer room."""


@dataclass
class Part:
    """One line: who pays it in minor units, and in words why."""

    key: str
    plan: int = 0
    other: int = 0
    member: int = 0
    nobody: int = 0
    count: int = 0
    at_the_desk: bool | None = None
    why: list[str] = field(default_factory=list)

    def shares(self) -> tuple[int, int, int, int]:
        """Plan, other payer, member, nobody."""
        return self.plan, self.other, self.member, self.nobody


@dataclass
class Owed:
    """A line after prices and after what the first payer and the law took: ``adequate`` is what a benefit may pay."""

    line: Line
    adequate: int
    owed: int
    other: int = 0


@dataclass
class Reading:
    """What is carried from line to line of one bill."""

    bill: Bill
    cover: Cover
    used: limits.Used
    borne: dict[str, int]
    nights: list[Slept]
    co_paid: dict[str, int] = field(default_factory=dict)
    visited: set[str] = field(default_factory=set)
    reimbursed: int = 0


def who_pays(
    bill: Bill, cover: Cover, used: Accumulators, prices: Mapping[str, Tariff], calendar: Calendar
) -> list[Part]:
    """Every line of the bill divided over plan, other payer, member and nobody."""
    owed = [agreed_or_market_price(line, prices, cover, cashless=bill.cashless) for line in bill.lines]
    parts = [Part(one.line.key, nobody=one.line.amount.amount_minor - one.owed) for one in owed]
    before_us(bill, owed)
    reading = Reading(
        bill,
        cover,
        limits.Used(used.entries, bill, calendar.policy_year),
        {code: money.amount_minor for code, money in used.deductible_borne.items()},
        nights_of(bill, cover),
    )
    for one, part in zip(owed, parts, strict=True):
        one_line(reading, one, part)
    after_us(bill, parts)
    return parts


def agreed_or_market_price(line: Line, prices: Mapping[str, Tariff], cover: Cover, *, cashless: bool) -> Owed:
    """S0-23 "tarif kesepakatan", S2-44 "com os preços acordados ou dentro do padrão de preços do mercado".

    What lies above the agreed price nobody owes; above the market's, whom the contract names. What our doctors found
    adequate (S2-41..S2-43) bounds what is covered; the rest is "not covered ... liability of the participant" (S1-14).
    """
    amount = line.amount.amount_minor
    adequate = owed = amount
    price = prices.get(line.service) if line.service is not None else None
    if price is not None:
        allowed = min(amount, price.amount.amount_minor * line.quantity)
        if price.agreed:
            adequate = owed = allowed
        elif cover.terms.above_market_borne_by == "member":
            adequate = allowed
    if line.accepted is not None and line.accepted.amount_minor < adequate:
        if cashless and cover.terms.not_adequate_borne_by == "provider":
            owed -= adequate - line.accepted.amount_minor
        adequate = line.accepted.amount_minor
    return Owed(line, adequate, owed)


def before_us(bill: Bill, owed: Sequence[Owed]) -> None:
    """S4-7: JKN's benefit is settled first, on the medical bill; it and what is forbidden go to all lines alike."""
    if bill.other is None or not bill.other.first:
        return
    medical = [one for one in owed if one.line.item is not Item.NON_MEDICAL]
    weights = [one.owed for one in medical]
    paid, forbidden = first_payer.paid_and_forbidden(bill.other, sum(weights), bill.visit_on)
    for one, other in zip(medical, in_proportion(paid, weights), strict=True):
        one.other = other
    for one, nobody in zip(medical, in_proportion(forbidden, [one.owed - one.other for one in medical]), strict=True):
        one.owed -= nobody
        one.adequate = min(one.adequate, one.owed)


def after_us(bill: Bill, parts: Sequence[Part]) -> None:
    """S4-8 when we are first: the other plan pays from what we leave of the medical bill, never more."""
    if bill.other is None or bill.other.first:
        return
    assert bill.other.paid is not None
    medical = [part for line, part in zip(bill.lines, parts, strict=True) if line.item is not Item.NON_MEDICAL]
    left = bill.other.paid.amount_minor
    for part in medical:
        other = min(left, part.member)
        part.other += other
        part.member -= other
        left -= other


def nights_of(bill: Bill, cover: Cover) -> list[Slept]:
    """The nights of the stay by the entitlement of its room: a rate, or the hospital's rate of a class; else none."""
    rooms = [line for line in bill.lines if line.item is Item.ROOM and line.benefit in cover.benefits]
    if bill.stay is None or not rooms:
        return []
    benefit = cover.benefits[rooms[0].benefit]
    if benefit.room_rate is not None:
        return slept(bill.stay, benefit.room_rate.amount_minor, cover.terms)
    by_class = [room.rate.amount_minor for room in bill.stay.classes if room.code == benefit.room_class]
    return slept(bill.stay, by_class[0], cover.terms) if by_class else []


def one_line(reading: Reading, one: Owed, part: Part) -> None:
    """The plan's own benefit of a line; the first payer relieves the member first, then the plan (S4-9, S4-10)."""
    benefit, reason = entitlement(reading, one)
    pieces = granted = 0
    if reason is not None:
        part.why.append(reason)
        part.at_the_desk = known_at_the_desk(reason)
        own = 0
    else:
        assert benefit is not None
        own, pieces, granted = own_benefit(reading, one, benefit, part.why)
    part.nobody = one.line.amount.amount_minor - one.owed
    part.other = one.other
    part.plan = min(own, one.owed - one.other)
    part.member = one.owed - one.other - part.plan
    if part.plan > 0:
        part.count = pieces
        reading.reimbursed += part.plan
        reading.visited.add(one.line.benefit)
        reading.used.lines.append(limits.Taken(one.line, part.plan, pieces, granted))


def known_at_the_desk(reason: str) -> bool | None:
    """S1-13, S1-72: soap and vitamins are paid there; S1-79: an exclusion is found by analysis; the rest is unsaid."""
    if reason.startswith(("S1-13", "S1-72")):
        return True
    return False if reason == "S2-34: excluded" else None


def entitlement(reading: Reading, one: Owed) -> tuple[BenefitTerms | None, str | None]:
    """The benefit of a line, or why there is none."""
    bill, cover = reading.bill, reading.cover
    reason = doors.closed_before_the_plan(one.line, bill, cover)
    if reason is not None:
        return None, reason
    benefit = cover.benefits[one.line.benefit]
    return benefit, doors.closed(doors.Asked(one.line, bill, cover, benefit, reading.nights))


def own_benefit(reading: Reading, one: Owed, benefit: BenefitTerms, why: list[str]) -> tuple[int, int, int]:
    """What the plan would pay of a line if nobody else did, for how many pieces, and what a full house granted."""
    left, room = room_and_what_hangs_on_it(reading, one, benefit)
    why.append(f"after the room {left}")
    pieces = pieces_of(reading, one.line)
    if reading.cover.terms.co_payment_order == "after_limits":
        left, pieces = limits.within((left, pieces), one.line, benefit, reading.used, room)
        why.append(f"within limits {left}")
        left = deductible_and_co_payment(reading, left, benefit)
        why.append(f"after deductible and co-payment {left}")
    else:
        left = deductible_and_co_payment(reading, left, benefit)
        why.append(f"after deductible and co-payment {left}")
        left, pieces = limits.within((left, pieces), one.line, benefit, reading.used, room)
        why.append(f"within limits {left}")
    return own_request_maximum(reading, left), pieces, room.granted


def pieces_of(reading: Reading, line: Line) -> int:
    """ "Days and pieces as often as they are billed"; else the visit, which "counts once for each benefit"."""
    if line.count is not None:
        return line.count
    return 0 if line.benefit in reading.visited else 1


def room_and_what_hangs_on_it(reading: Reading, one: Owed, benefit: BenefitTerms) -> tuple[int, limits.Room]:
    """S1-63..S1-70 for the room; domain.md 5.5 at own demand: "bill x entitled room rate / actual room rate".

    A room billed for less than its rates, or on several lines, bears the nights in proportion (0041).
    """
    nights, left = reading.nights, one.adequate
    asked = sum(night.rate for night in nights)
    if one.line.item is Item.ROOM and not nights:
        slept_in = reading.bill.stay.nights if reading.bill.stay is not None else ()
        return left, limits.Room(0, [(night.rate.amount_minor, 0) for night in slept_in])
    if one.line.item is Item.ROOM and asked:
        billed = Fraction(one.adequate, asked)
        for night in nights:
            left -= half_up((night.rate - night.covered) * billed)
        granted = half_up(sum(night.granted for night in nights) * billed)
        return max(left, 0), limits.Room(granted, [(night.covered, night.granted) for night in nights])
    if one.line.item in LINKED and benefit.prorata == "room_linked" and asked:
        covered = sum(night.covered if night.why in SELF_DEMAND else night.rate for night in nights)
        return half_up(Fraction(left * covered, asked)), limits.Room()
    return left, limits.Room()


def deductible_and_co_payment(reading: Reading, left: int, benefit: BenefitTerms) -> int:
    """Domain.md 3.1: "copay = min(round(p x approved), cap)" per claim; before it what the member bears first."""
    terms = reading.cover.terms
    if benefit.deductible is not None:
        already = reading.borne.get(benefit.code, 0)
        first = min(left, max(benefit.deductible.amount.amount_minor - already, 0))
        reading.borne[benefit.code] = already + first
        left -= first
    waived = reading.bill.emergency and terms.co_payment_waived_in_emergency
    if benefit.co_payment is not None and not waived:
        part = percent(left, benefit.co_payment.percent)
        already = reading.co_paid.get(benefit.code, 0)
        if benefit.co_payment.cap is not None:
            part = min(part, max(benefit.co_payment.cap.amount_minor - already, 0))
        reading.co_paid[benefit.code] = already + part
        left -= part
    return left


def own_request_maximum(reading: Reading, left: int) -> int:
    """S1-71: "The maximum reimbursement is as per conditions listed in the policy", at own demand and abroad."""
    maximum = reading.cover.terms.own_request_maximum_minor
    demanded = reading.bill.place.abroad or any(night.why in SELF_DEMAND for night in reading.nights)
    if not maximum or not demanded:
        return left
    return min(left, max(maximum - reading.reimbursed, 0))
