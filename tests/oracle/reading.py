"""Who pays a bill, read straight from the rows of docs/requirements.md: whole sen, fractions, plain loops.

Written from the rows and not from the engine: it uses none of its rules, only the shape of the facts. It keeps no
trace, knows nothing of speed and counts every limit anew from a list of all that was ever used.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import floor

from tests.oracle.refusals import is_refused
from tests.oracle.second_payer import jkn_and_write_off, over_the_lines
from tests.oracle.stays import room_nights


def half_up(exact: Fraction) -> int:
    """Commercial rounding of what is not negative."""
    return floor(exact + Fraction(1, 2))


def read(case) -> list[dict[str, int]]:
    """For each line of the case who pays how many sen."""
    bill, terms = case.bill, case.cover.terms
    due = []
    chargeable = []
    for line in bill.lines:
        asked = line.amount.amount_minor
        off = _too_dear(case, line)
        agreed = off > 0 and case.tariffs[line.service].agreed
        market = off > 0 and not agreed and terms.above_market_borne_by == "member"
        due.append({"provider": off if agreed else 0, "member": off if market else 0, "plan": 0, "other": 0})
        chargeable.append(asked - off if agreed or market else asked)
        if line.accepted is not None and chargeable[-1] > line.accepted.amount_minor:
            # S2-41..S2-43: not adequate; the member's when they paid, else whose the contract says.
            due[-1]["provider" if bill.cashless and terms.not_adequate_borne_by == "provider" else "member"] += (
                chargeable[-1] - line.accepted.amount_minor
            )
            chargeable[-1] = line.accepted.amount_minor
    first = bill.other is not None and bill.other.first
    from_other = [0] * len(due)
    if first:
        items = [line.item.value for line in bill.lines]
        costs = [line.amount.amount_minor - one["provider"] for line, one in zip(bill.lines, due, strict=True)]
        medical = [0 if item == "non_medical" else cost for item, cost in zip(items, costs, strict=True)]
        paid, nobody_owes = jkn_and_write_off(sum(medical), bill.other, bill.visit_on)
        from_other = over_the_lines(paid, medical)
        unpaid = [whole - part for whole, part in zip(medical, from_other, strict=True)]
        for number, off in enumerate(over_the_lines(nobody_owes, unpaid)):
            of_member = min(off, due[number]["member"])
            due[number]["provider"] += off
            due[number]["member"] -= of_member
            chargeable[number] -= off - of_member
    nights = room_nights(bill, case.cover)
    taken: list[dict] = []
    for number, line in enumerate(bill.lines):
        own, use = _own_benefit(case, line, chargeable[number], nights, taken)
        members = due[number]["member"] + chargeable[number] - own
        relief = min(from_other[number], members)
        due[number]["other"] = from_other[number]
        due[number]["member"] = members - relief
        due[number]["plan"] = own - (from_other[number] - relief)
        use["sen"] = due[number]["plan"]
        use["count"] = use["count"] if use["sen"] else 0
        taken.append(use)
    if bill.other is not None and not first and bill.other.paid is not None:
        purse = bill.other.paid.amount_minor
        for line, shares in zip(bill.lines, due, strict=True):
            if line.item.value == "non_medical":
                continue
            part = min(purse, shares["member"])
            shares["member"] -= part
            shares["other"] += part
            purse -= part
    return due


def _too_dear(case, line) -> int:
    """S0-23, S2-44: what is asked above the price of so many pieces."""
    price = case.tariffs.get(line.service) if line.service else None
    return max(line.amount.amount_minor - line.quantity * price.amount.amount_minor, 0) if price else 0


def _own_benefit(case, line, amount: int, nights, taken: list[dict]) -> tuple[int, dict]:
    """What our plan gives for a line if nobody else paid, and the use it makes of the benefit."""
    bill, cover = case.bill, case.cover
    use = {"benefit": line.benefit, "sen": 0, "count": 0, "borne": 0, "co_paid": 0, "granted": 0}
    use["nights"] = []
    if line.item.value == "room" and bill.stay is not None:
        use["nights"] = [(night["rate"] - night["members"], night["granted"]) for night in nights] or [
            (night.rate.amount_minor, 0) for night in bill.stay.nights
        ]
    use["night"] = line.count is not None and line.item.value in {"room", "intensive_care"}
    benefit = cover.benefits.get(line.benefit)
    if amount == 0 or is_refused(case, line, benefit, nights):
        return 0, use
    if nights:
        amount, use["granted"] = _in_its_room(line, benefit, amount, nights)
    earlier = [one for one in taken if one["benefit"] == line.benefit]
    count = line.count
    if count is None:
        count = 0 if any(one["count"] for one in earlier) else 1
    use["count"] = count
    if cover.terms.co_payment_order == "after_limits":
        amount = _limited(case, benefit, amount, use, taken)
        amount = _borne(case, benefit, amount, earlier, use)
    else:
        amount = _borne(case, benefit, amount, earlier, use)
        amount = _limited(case, benefit, amount, use, taken)
    most = cover.terms.own_request_maximum_minor
    if most and (bill.place.abroad or any(night["own_wish"] for night in nights)):
        amount = min(amount, max(most - sum(one["sen"] for one in taken), 0))
    return amount, use


def _in_its_room(line, benefit, amount: int, nights) -> tuple[int, int]:
    """S1-63..S1-70: the room itself night by night, what is linked to it in proportion when it was at own wish."""
    rates = sum(night["rate"] for night in nights)
    if line.item.value == "room":
        rest = amount
        for night in nights:
            if night["members"]:
                rest -= min(half_up(Fraction(night["members"] * amount, rates)), rest)
        granted = sum(night["granted"] for night in nights)
        return rest, half_up(Fraction(granted * amount, rates)) if rates else granted
    linked = line.item.value in {"surgery", "doctor", "treatment"} and benefit.prorata == "room_linked"
    if linked and any(night["own_wish"] for night in nights):
        covered = sum(night["rate"] - night["members"] if night["own_wish"] else night["rate"] for night in nights)
        return half_up(Fraction(amount * covered, rates)), 0
    return amount, 0


def _borne(case, benefit, amount: int, earlier: list[dict], use: dict) -> int:
    """The deductible, then the percentage up to its cap for the whole bill."""
    if benefit.deductible is not None:
        before = case.accumulators.deductible_borne.get(benefit.code)
        before = (before.amount_minor if before else 0) + sum(one["borne"] for one in earlier)
        use["borne"] = min(amount, max(benefit.deductible.amount.amount_minor - before, 0))
    amount -= use["borne"]
    if benefit.co_payment is not None and not (case.bill.emergency and case.cover.terms.co_payment_waived_in_emergency):
        part = half_up(Fraction(benefit.co_payment.percent) * amount / 100)
        if benefit.co_payment.cap is not None:
            part = min(part, benefit.co_payment.cap.amount_minor - sum(one["co_paid"] for one in earlier))
        use["co_paid"] = part
    return amount - use["co_paid"]


def _limited(case, benefit, amount: int, use: dict, taken: list[dict]) -> int:
    """S2-35: hold the line within each limit of its benefit, how often before how much."""
    asked = use["count"]
    for shared in benefit.limits:
        mine = [one for one in taken if one["benefit"] in shared.codes and _has(case, one, shared)]
        times = _used(case, shared)[1] + sum(one["count"] for one in mine)
        if shared.limit.count is not None:
            most = shared.limit.count
            if shared.limit.basis.value == "day":
                most *= _days([*(one for one in mine if one["sen"]), {**use, "count": asked}])
            rest = max(most - times, 0)
            if use["count"] > rest:
                amount = half_up(Fraction(amount * rest, use["count"]))
                use["count"] = rest
    for shared in benefit.limits:
        mine = [one for one in taken if one["benefit"] in shared.codes and _has(case, one, shared)]
        if shared.limit.amount is not None:
            most = shared.limit.amount.amount_minor
            if shared.limit.basis.value == "day":
                if asked == use["count"] == len(use["nights"]):
                    amount -= _above_the_day(amount, most, use["nights"])
                paid = [one for one in mine if one["sen"]]
                most = most * _days([*paid, use]) + sum(one["granted"] for one in [*paid, use])
            spent = _used(case, shared)[0] + sum(one["sen"] for one in mine)
            amount = min(amount, max(most - spent, 0))
    return amount


def _above_the_day(amount: int, daily: int, nights: list[tuple[int, int]]) -> int:
    """What single nights cost above a daily limit and what was granted above it."""
    whole = sum(covered for covered, _ in nights)
    parts = [(half_up(Fraction(amount * covered, whole)), granted) for covered, granted in nights] if whole else []
    return min(sum(max(part - daily - granted, 0) for part, granted in parts), amount)


def _days(uses: list[dict]) -> int:
    """Nights of several lines add up; what other lines count may lie on the same days."""
    return max(sum(one["count"] for one in uses if one["night"]), *(one["count"] for one in uses), 1)


def _has(case, use: dict, shared) -> bool:
    """Whether the benefit of an earlier line draws from the same limit."""
    return any(one.key == shared.key for one in case.cover.benefits[use["benefit"]].limits)


def _used(case, shared) -> tuple[int, int]:
    """Sen and times that earlier treatments took of a limit; a promise counts like use."""
    bill, limit = case.bill, shared.limit
    year = case.calendar.policy_year
    sen = times = 0
    for entry in case.accumulators.entries:
        if entry.source_id == bill.source_id or entry.source_id in bill.instead_of:
            continue
        if entry.benefit_code not in shared.codes:
            continue
        if limit.shared_by.value == "person" and entry.member_id != case.cover.member_id:
            continue
        basis = limit.basis.value
        if basis == "year":
            counts = _years_back(year.first, limit.years - 1) <= entry.happened_on <= year.last
        elif basis == "day":
            counts = entry.happened_on == bill.visit_on
        elif basis == "case":
            counts = bill.case_key is not None and entry.case_key == bill.case_key
        else:
            counts = basis == "lifetime"
        if counts:
            sign = -1 if entry.kind.value in {"release", "reverse"} else 1
            sen += sign * entry.amount_minor
            times += sign * entry.count
    return sen, times


def _years_back(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29) and years:
        return date(day.year - years, 3, 1) - timedelta(days=1)
    return date(day.year - years, day.month, day.day)
