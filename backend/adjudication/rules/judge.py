"""Judging a bill: the order in which the rules are asked, and the judgement that comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.adjudication.rules import amounts, gates, rooms
from backend.adjudication.rules.amounts import NightPart, OpenLine, RoomPart
from backend.adjudication.rules.book import Book
from backend.adjudication.rules.coordination import allot, split
from backend.adjudication.rules.facts import (
    ROOM_LINKED,
    Accumulators,
    BenefitTerms,
    Bill,
    Calendar,
    Cover,
    Item,
    Tariffs,
)
from backend.adjudication.rules.rooms import NightCover
from backend.adjudication.rules.trace import VERSION, Excess, Payer, Rule, Step
from backend.kit.money import Money


@dataclass(frozen=True, slots=True)
class Shares:
    """A bill or a line divided over who pays; the four add up to it. The member's part is cost and claim."""

    plan: Money
    other: Money
    member: Money
    provider: Money
    excess_cost: Money
    excess_claim: Money

    def __add__(self, more: Shares) -> Shares:
        return Shares(
            self.plan + more.plan,
            self.other + more.other,
            self.member + more.member,
            self.provider + more.provider,
            self.excess_cost + more.excess_cost,
            self.excess_claim + more.excess_claim,
        )

    @property
    def total(self) -> Money:
        """What the four add up to."""
        return self.plan + self.other + self.member + self.provider


@dataclass(frozen=True, slots=True)
class LineJudgement:
    """One line: who pays it, why, and what it takes from the benefit."""

    key: str
    benefit: str
    billed: Money
    shares: Shares
    steps: tuple[Step, ...]
    count: int
    deductible: Money
    co_payment: Money

    @property
    def reasons(self) -> tuple[Rule, ...]:
        """The rules by which the member pays something, in order; empty for a line that is paid in full."""
        return tuple(step.rule for step in self.steps if step.payer is Payer.MEMBER)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A whole bill judged by one version of the rules. ``nights`` are the rooms of a stay, one rule a night."""

    version: str
    currency: str
    lines: tuple[LineJudgement, ...]
    nights: tuple[NightCover, ...]
    shares: Shares

    def drawn(self) -> dict[str, tuple[Money, int]]:
        """What the plan pays, and how many days, visits or pieces it takes, by benefit: what counts as used."""
        used: dict[str, tuple[Money, int]] = {}
        for line in self.lines:
            if line.shares.plan:
                amount, count = used.get(line.benefit, (Money.zero(self.currency), 0))
                used[line.benefit] = (amount + line.shares.plan, count + line.count)
        return used


@dataclass(frozen=True, slots=True)
class _Case:
    """What every line of one bill is judged by."""

    bill: Bill
    cover: Cover
    book: Book
    nights: tuple[NightCover, ...]
    refused: gates.Answer | None


def judge(bill: Bill, cover: Cover, accumulators: Accumulators, tariffs: Tariffs, calendar: Calendar) -> Judgement:
    """Who pays what of ``bill``, line by line, each with its trace; the same facts give the same judgement.

    Lines are judged in their order: an earlier one draws from a limit first.
    """
    nights = _nights(bill, cover)
    refused = gates.bill_refused(bill, cover) or _pay_first(bill, cover, nights)
    case = _Case(bill, cover, Book(bill, cover, accumulators, calendar.policy_year), nights, refused)
    lines = [OpenLine(line) for line in bill.lines]
    for line in lines:
        _placed(line)
        price = tariffs.get(line.line.service) if line.line.service else None
        amounts.tariff(line, price, cover.terms.above_market_borne_by)
        amounts.audit(line, cashless=bill.cashless, borne_by=cover.terms.not_adequate_borne_by)
    of_other = _first_payer(bill, lines)
    counts = [_judge_line(case, line, other) for line, other in zip(lines, of_other, strict=True)]
    _payer_behind_us(bill, lines)
    made = tuple(_as_judgement(line, count) for line, count in zip(lines, counts, strict=True))
    return Judgement(VERSION, bill.currency, made, nights, sum((one.shares for one in made), _nothing(bill.currency)))


_PLACED = {
    "words": Rule.PLACED_BY_WORDS,
    "tier": Rule.PLACED_BY_TIER,
    "referral": Rule.PLACED_BY_REFERRAL,
    "visit": Rule.PLACED_WITH_VISIT,
    "choice": Rule.PLACED_BY_CHOICE,
}


def _placed(line: OpenLine) -> None:
    """Say first why a line falls under its benefit, where nobody said so."""
    how = line.line.placing
    if how is not None:
        line.note(_PLACED[how.by], {"words": how.words, "service": how.service, "edition": how.edition})


def _nights(bill: Bill, cover: Cover) -> tuple[NightCover, ...]:
    """The nights of the stay under the first room line's benefit; none without a stay or an entitlement."""
    if bill.stay is None:
        return ()
    for line in bill.lines:
        benefit = cover.benefits.get(line.benefit)
        if line.item is Item.ROOM and benefit is not None:
            rate = rooms.entitled_rate(bill.stay.classes, benefit.room_rate, benefit.room_class)
            return rooms.nights_covered(bill.stay, rate, cover.terms) if rate is not None else ()
    return ()


def _pay_first(bill: Bill, cover: Cover, nights: Sequence[NightCover]) -> gates.Answer | None:
    """A stay at own demand is paid by the member first and claimed afterwards, unless the contract guarantees it."""
    if bill.stay is None or not bill.cashless or cover.terms.own_request_cashless:
        return None
    if rooms.at_own_demand_from_the_start(bill.stay, nights):
        return gates.Answer(Rule.OWN_REQUEST_PAY_FIRST, {})
    return None


def _first_payer(bill: Bill, lines: Sequence[OpenLine]) -> list[Money]:
    """What a payer before us pays of each line; what nobody owes is written off at once (S4-7, S4-8).

    Reckoned on the real costs, what is the member's above a market price or not adequate included: left out, the two
    payers together could pay more than the bill.
    """
    nothing = [Money.zero(bill.currency) for _ in lines]
    if bill.other is None or not bill.other.first:
        return nothing
    weights = [line.zero if line.line.item is Item.NON_MEDICAL else line.owed for line in lines]
    whole = sum(weights, start=Money.zero(bill.currency))
    parts = split(whole, bill.other, bill.visit_on)
    of_other = allot(parts.other, weights)
    rest = [weight - part for weight, part in zip(weights, of_other, strict=True)]
    for line, written_off in zip(lines, allot(parts.not_chargeable, rest), strict=True):
        line.write_off(written_off, {"name": bill.other.name, "way": bill.other.way})
    return of_other


def _judge_line(case: _Case, line: OpenLine, other: Money) -> int:
    """Judge one line and count it in the book; answers the days, visits or pieces it takes."""
    bill, book = case.bill, case.book
    benefit = case.cover.benefits.get(line.line.benefit)
    answers = (case.refused,) if case.refused else gates.line_refused(line.line, bill, case.cover, benefit)
    for answer in answers:
        if answer.stops:
            line.give_all(answer.rule, answer.inputs)
        else:
            line.note(answer.rule, answer.inputs)
    count, room = 0, RoomPart(line.zero)
    if line.open and benefit is not None:
        room = _room(case, line, benefit)
        count = _within_the_benefit(case, line, benefit, room)
    amounts.coordinate(line, other, bill.other.name if bill.other else "")
    paid = line.open
    line.move(Rule.PLAN_PAYS, Payer.PLAN, paid, {"open": paid})
    book.bear(line.line.benefit, line.deductible, line.co_payment)
    if not paid or benefit is None:
        return 0
    book.consume(benefit, paid, count, line.line, room.granted)
    return count


def _within_the_benefit(case: _Case, line: OpenLine, benefit: BenefitTerms, room: RoomPart) -> int:
    """Deductible, co-payment and limits in the order of the contract; answers the count that is taken."""
    bill, book, terms = case.bill, case.book, case.cover.terms
    count = book.count_of(benefit.code, line.line.count)
    waived = bill.emergency and terms.co_payment_waived_in_emergency
    if terms.co_payment_order == "after_limits":
        count = amounts.limits(line, benefit, book, count, room)
    amounts.deductible(line, benefit, book)
    amounts.co_payment(line, benefit, book, waived=waived)
    if terms.co_payment_order == "before_limits":
        count = amounts.limits(line, benefit, book, count, room)
    if terms.own_request_maximum_minor and (bill.place.abroad or rooms.at_own_demand(case.nights)):
        amounts.own_request_maximum(line, Money(terms.own_request_maximum_minor, bill.currency), book)
    return count


def _room(case: _Case, line: OpenLine, benefit: BenefitTerms) -> RoomPart:
    """Cut the room line night by night and what is linked to the room; answers what is granted above the entitlement.

    The nights are scaled to what the line bills, which may be less than their rates (a discount, one room of two).
    """
    nights = case.nights
    if line.line.item is Item.ROOM and not nights:
        slept = case.bill.stay.nights if case.bill.stay is not None else ()
        return RoomPart(line.zero, [NightPart(night.rate, line.zero) for night in slept])
    if line.line.item is Item.ROOM:
        billed = line.open
        charged = sum((night.rate for night in nights), line.zero)
        for night in nights:
            _one_night(line, night, (billed, charged))
        granted = sum((night.granted for night in nights), line.zero)
        if granted and billed != charged:
            granted = granted.share(billed.amount_minor, charged.amount_minor)
        return RoomPart(granted, [NightPart(night.covered, night.granted) for night in nights])
    if benefit.prorata == "room_linked" and line.line.item in ROOM_LINKED:
        share = rooms.linked_share(nights)
        if share is not None:
            amounts.room_share(line, *share)
    return RoomPart(line.zero)


def _one_night(line: OpenLine, night: NightCover, scale: tuple[Money, Money]) -> None:
    """The step of one night; the difference never exceeds what is still open of the line."""
    inputs = {"night": night.number, "actual": night.rate, "covered": night.covered}
    if night.payer_of_difference is Payer.MEMBER:
        billed, charged = scale
        difference = night.rate - night.covered
        if billed != charged:
            difference = difference.share(billed.amount_minor, charged.amount_minor)
            inputs["billed"] = billed
            inputs["charged"] = charged
        line.move(night.rule, Payer.MEMBER, min(difference, line.open, key=lambda money: money.amount_minor), inputs)
    elif night.rule is not Rule.ROOM_ENTITLED:
        line.note(night.rule, inputs)


def _payer_behind_us(bill: Bill, lines: Sequence[OpenLine]) -> None:
    """A payer behind us helps with what is medical, as one before us does; soap was paid at the desk (S1-74)."""
    if bill.other is None or bill.other.first or bill.other.paid is None:
        return
    left = bill.other.paid
    for line in lines:
        if line.line.item is not Item.NON_MEDICAL:
            left = amounts.after_us(line, left, bill.other.name)


def _nothing(currency: str) -> Shares:
    zero = Money.zero(currency)
    return Shares(zero, zero, zero, zero, zero, zero)


def _as_judgement(line: OpenLine, count: int) -> LineJudgement:
    shares = Shares(
        line.shares[Payer.PLAN],
        line.shares[Payer.OTHER],
        line.shares[Payer.MEMBER],
        line.shares[Payer.PROVIDER],
        line.excess[Excess.COST],
        line.excess[Excess.CLAIM],
    )
    source = line.line
    return LineJudgement(
        source.key, source.benefit, source.amount, shares, tuple(line.steps), count, line.deductible, line.co_payment
    )
