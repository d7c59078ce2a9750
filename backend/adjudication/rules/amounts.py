"""What is taken from a covered line, amount by amount: tariff, room, deductible, co-payment, limits, other payers.

Each function moves money of an ``OpenLine`` and leaves a step. Whatever is still open at the end the plan pays, so the
shares of a line add up to its bill by construction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from backend.adjudication.rules.book import Book
from backend.adjudication.rules.facts import BenefitTerms, Line, SharedLimit, Tariff
from backend.adjudication.rules.trace import LAWS, Excess, Payer, Rule, Step
from backend.benefits.rules import Basis, CoPayment, Left, Limit, co_pay, deductible_part, pro_rata, remaining
from backend.kit.money import Money


class NightPart(NamedTuple):
    """What of a night is covered, and what of that the plan grants above the entitled rate."""

    covered: Money
    granted: Money


class RoomPart(NamedTuple):
    """What is granted on a line above the entitled rate of its room; the nights only of a room line."""

    granted: Money
    nights: Sequence[NightPart] = ()


class OpenLine:
    """A line while it is judged: what is still open, who has got what, and the steps so far."""

    __slots__ = ("co_payment", "deductible", "excess", "line", "open", "shares", "steps", "zero")

    def __init__(self, line: Line) -> None:
        self.line = line
        self.open = line.amount
        self.zero = zero = Money.zero(line.amount.currency)
        self.shares: dict[Payer, Money] = dict.fromkeys(Payer, zero)
        self.excess: dict[Excess, Money] = {Excess.COST: zero, Excess.CLAIM: zero}
        self.deductible = zero
        self.co_payment = zero
        self.steps: list[Step] = []

    def move(self, rule: Rule, payer: Payer, amount: Money, inputs: Mapping[str, Any]) -> None:
        """Take ``amount`` from what is open and give it to ``payer``; nothing moves and no step stays for nothing."""
        if not amount:
            return
        self.open -= amount
        self.shares[payer] += amount
        if payer is Payer.MEMBER:
            kind = LAWS[rule].excess or Excess.CLAIM
            self.excess[kind] += amount
        self.steps.append(Step(rule, inputs, amount, self.open, payer))

    @property
    def owed(self) -> Money:
        """What somebody owes the provider for the line: all but what was written off."""
        return self.line.amount - self.shares[Payer.PROVIDER]

    def write_off(self, amount: Money, inputs: Mapping[str, Any]) -> None:
        """What may be charged to nobody beside a first payer: the member's part of it first, then what is open."""
        of_member = min(amount, self.shares[Payer.MEMBER], key=lambda money: money.amount_minor)
        _take_back(self, of_member)
        self.shares[Payer.PROVIDER] += amount
        self.open -= amount - of_member
        if amount:
            self.steps.append(Step(Rule.NOT_CHARGEABLE, inputs, amount, self.open, Payer.PROVIDER))

    def note(self, rule: Rule, inputs: Mapping[str, Any]) -> None:
        """A step that looked and moved nothing."""
        self.steps.append(Step(rule, inputs, self.zero, self.open))

    def give_all(self, rule: Rule, inputs: Mapping[str, Any]) -> None:
        """The whole open line is the member's; what is paid at the desk leaves nothing of it to be claimed later."""
        if LAWS[rule].excess is Excess.COST:
            self.excess[Excess.COST] += self.excess[Excess.CLAIM]
            self.excess[Excess.CLAIM] = self.zero
        self.move(rule, Payer.MEMBER, self.open, {**inputs, "open": self.open})


def tariff(line: OpenLine, price: Tariff | None, borne_by: str) -> None:
    """Above the agreed tariff nobody owes; above the market's standard the contract says who bears it (S2-44)."""
    if price is None:
        return
    quantity = line.line.quantity
    over = line.open - price.amount.times(quantity)
    inputs = {"billed": line.open, "quantity": quantity, "tariff": price.amount, "version": price.version}
    if over.amount_minor <= 0:
        if price.agreed:
            line.note(Rule.AGREED_TARIFF, inputs)
    elif price.agreed:
        line.move(Rule.ABOVE_AGREED_TARIFF, Payer.PROVIDER, over, inputs)
    elif borne_by == "member":
        line.move(Rule.ABOVE_MARKET, Payer.MEMBER, over, inputs)
    else:
        line.note(Rule.ABOVE_MARKET_ACCEPTED, inputs)


def audit(line: OpenLine, *, cashless: bool, borne_by: str) -> None:
    """What a doctor of ours did not find adequate (S2-41): cashless whose the contract says, else the member's."""
    accepted = line.line.accepted
    if accepted is None or accepted >= line.open:
        return
    payer = Payer.PROVIDER if cashless and borne_by == "provider" else Payer.MEMBER
    inputs = {"open": line.open, "accepted": accepted, "finding": line.line.finding}
    line.move(Rule.AUDITED, payer, line.open - accepted, inputs)


def room_share(line: OpenLine, covered: Money, charged: Money) -> None:
    """What is linked to a room at own demand is covered in the proportion of the room rates (domain.md 5.5)."""
    payable = pro_rata(line.open, covered, charged)
    inputs = {"open": line.open, "entitled": covered, "actual": charged}
    line.move(Rule.ROOM_SHARE, Payer.MEMBER, line.open - payable, inputs)


def deductible(line: OpenLine, benefit: BenefitTerms, book: Book) -> None:
    """What the member bears first in the deductible's period."""
    if benefit.deductible is None:
        return
    already = book.deductible_borne(benefit.code)
    whole = benefit.deductible.amount
    part = deductible_part(line.open, whole, already)
    inputs = {"open": line.open, "deductible": whole, "already": already, "per": benefit.deductible.per}
    line.deductible = part
    line.move(Rule.DEDUCTIBLE, Payer.MEMBER, part, inputs)


def co_payment(line: OpenLine, benefit: BenefitTerms, book: Book, *, waived: bool) -> None:
    """The member's percentage; its cap holds for all lines of the benefit on one bill together."""
    terms = benefit.co_payment
    if terms is None:
        return
    if waived:
        line.note(Rule.CO_PAYMENT_WAIVED, {"percent": terms.percent})
        return
    inputs: dict[str, Any] = {"open": line.open, "percent": terms.percent}
    if terms.cap is not None:
        inputs["cap"] = terms.cap
        inputs["already"] = already = book.co_paid(benefit.code)
        terms = CoPayment(terms.percent, terms.cap - already)
    line.co_payment = co_pay(line.open, terms)
    line.move(Rule.CO_PAYMENT, Payer.MEMBER, line.co_payment, inputs)


def limits(line: OpenLine, benefit: BenefitTerms, book: Book, count: int, room: RoomPart) -> int:
    """Hold the line within every limit it draws from; answers the count that is left of ``count``.

    First how many days or pieces are covered, then what these may cost: a limit is the same wherever the table names
    it. A daily one holds for each night of a ``room``, and rises by what is granted while the entitled class was full;
    the limits of the case and the year do not (S1-63: as long as the maximum is not exceeded).
    """
    asked = count
    for shared in benefit.limits:
        left = remaining(book.over_the_days(shared, line.line, asked, room.granted), book.usage(shared))
        if line.open and left.count is not None and count > left.count:
            _hold_count(line, shared, left.count, count)
            count = left.count
    for shared in benefit.limits:
        if not line.open:
            return 0
        if shared.limit.basis is Basis.DAY and shared.limit.amount is not None and len(room.nights) == count == asked:
            _hold_each_night(line, shared.limit, shared.limit.amount, room)
        limit = book.over_the_days(shared, line.line, count, room.granted)
        left = remaining(limit, book.usage(shared))
        if left.amount is not None:
            _hold_amount(line, shared, limit, left)
    return count


def own_request_maximum(line: OpenLine, maximum: Money, book: Book) -> None:
    """The most that is reimbursed of a stay at own demand or abroad (S1-71)."""
    left = maximum - book.paid
    over = line.open - (left if left.amount_minor > 0 else line.zero)
    if over.amount_minor > 0:
        inputs = {"open": line.open, "maximum": maximum, "already": book.paid}
        line.move(Rule.OWN_REQUEST_MAXIMUM, Payer.MEMBER, over, inputs)


def coordinate(line: OpenLine, other: Money, name: str) -> None:
    """The other payer's part goes first to what would be the member's, then to what would be the plan's.

    So the plan pays the lesser of its own benefit and the balance, and nobody is paid twice (S4-8, S4-9).
    """
    if not other:
        return
    of_member = min(other, line.shares[Payer.MEMBER], key=lambda money: money.amount_minor)
    of_plan = other - of_member
    _take_back(line, of_member)
    line.shares[Payer.OTHER] += other
    line.open -= of_plan
    inputs = {"name": name, "of_member": of_member, "of_plan": of_plan}
    line.steps.append(Step(Rule.OTHER_PAYER, inputs, other, line.open, Payer.OTHER))


def after_us(line: OpenLine, left: Money, name: str) -> Money:
    """A payer behind us takes what would be the member's, as far as it goes; answers what it has left."""
    part = min(left, line.shares[Payer.MEMBER], key=lambda money: money.amount_minor)
    if part:
        _take_back(line, part)
        line.shares[Payer.OTHER] += part
        line.steps.append(Step(Rule.OTHER_PAYER_AFTER, {"name": name}, part, line.open, Payer.OTHER))
    return left - part


def _take_back(line: OpenLine, amount: Money) -> None:
    """Relieve the member: first of what would be found later, then of what is paid at the desk."""
    line.shares[Payer.MEMBER] -= amount
    of_claim = min(amount, line.excess[Excess.CLAIM], key=lambda money: money.amount_minor)
    line.excess[Excess.CLAIM] -= of_claim
    line.excess[Excess.COST] -= amount - of_claim


def _hold_each_night(line: OpenLine, limit: Limit, daily: Money, room: RoomPart) -> None:
    """What a cheap night leaves of a daily limit does not pay for a dear one."""
    whole = sum(night.covered.amount_minor for night in room.nights)
    over = line.zero
    for night in room.nights if whole else ():
        above = line.open.share(night.covered.amount_minor, whole) - daily - night.granted
        over += max(above, line.zero, key=lambda money: money.amount_minor)
    over = min(over, line.open, key=lambda money: money.amount_minor)
    inputs = {"open": line.open, "limit": line.open - over, "already": line.zero, "basis": limit.basis.value}
    line.move(Rule.OVER_LIMIT, Payer.MEMBER, over, {**inputs, "pool": limit.pool})


def _hold_count(line: OpenLine, shared: SharedLimit, left: int, asked: int) -> None:
    covered = line.open.share(left, asked)
    inputs = {
        "open": line.open,
        "left": left,
        "asked": asked,
        "limit": shared.limit.count,
        "basis": shared.limit.basis.value,
        "pool": shared.limit.pool,
    }
    line.move(Rule.OVER_COUNT, Payer.MEMBER, line.open - covered, inputs)


def _hold_amount(line: OpenLine, shared: SharedLimit, limit: Limit, left: Left) -> None:
    assert left.amount is not None, "asked of a limit with an amount"
    assert limit.amount is not None, "what is left comes from an amount"
    inputs = {
        "open": line.open,
        "limit": limit.amount,
        "already": limit.amount - left.amount,
        "basis": limit.basis.value,
        "pool": limit.pool,
    }
    if line.open > left.amount:
        line.move(Rule.OVER_LIMIT, Payer.MEMBER, line.open - left.amount, inputs)
    else:
        line.note(Rule.LIMIT_FITS, inputs)
