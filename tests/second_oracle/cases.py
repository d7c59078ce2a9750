"""Bills from a seed: plausible ones with every figure pushed to a boundary, and mixtures of several rules.

``near`` is the whole idea: a figure is drawn as exactly what a rule compares with, one minor unit beside it,
nothing, or far away. Days are the first and the last of waits, years, fourteen and thirty days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from backend.adjudication.rules.facts import (
    Accident,
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
    Tariff,
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
from tests.second_oracle import wards
from tests.second_oracle.chances import near, rarely, rp

MEMBER, SPOUSE = UUID(int=1), UUID(int=2)
SOURCE, LETTER, EARLIER = UUID(int=10), UUID(int=11), UUID(int=12)
YEAR = Period(date(2026, 3, 1), date(2027, 2, 28))
REGULATIONS = (date(2023, 1, 8), date(2023, 1, 9), date(2024, 8, 31), date(2024, 9, 1))
"""The last day before and the first day of Permenkes 3/2023 and KMK 1366/2024."""
GROUPS = {
    "ROOM": "inpatient",
    "ICU": "inpatient",
    "OPERATION": "inpatient",
    "DOCTOR": "inpatient",
    "SUNDRIES": "inpatient",
    "GP": "outpatient",
    "SPECIALIST": "outpatient",
    "LABORATORY": "outpatient",
    "MEDICINE": "pharmacy",
    "TEETH": "dental",
    "BIRTH": "maternity",
    "GLASSES": "optical",
    "CHECKUP": "medical_checkup",
    "EMERGENCY": "emergency",
    "AMBULANCE": "ambulance",
}
ITEMS = {
    "ICU": (Item.INTENSIVE_CARE,),
    "OPERATION": (Item.SURGERY, Item.SURGERY, Item.OTHER),
    "DOCTOR": (Item.DOCTOR,),
    "SUNDRIES": (Item.TREATMENT, Item.TEST, Item.MEDICINE, Item.OTHER),
    "LABORATORY": (Item.TEST,),
    "MEDICINE": (Item.MEDICINE, Item.MEDICINE, Item.VITAMIN),
    "GLASSES": (Item.LENSES, Item.FRAME),
    "TEETH": (Item.TREATMENT, Item.DOCTOR),
}
ILLNESSES = ("A01.0", "E11.9", "K02.1", "J06.9", "Z34.9", "C50.9", None)
KINDS = ("visit", "visit", "visit", "stay", "stay", "stay", "glasses", "pharmacy")


@dataclass(frozen=True)
class Case:
    """Everything that a judgement is made of."""

    seed: int
    bill: Bill
    cover: Cover
    used: Accumulators
    prices: dict[str, Tariff]
    calendar: Calendar


def case(seed: int) -> Case:
    """The case of a seed, always the same one."""
    rng = Random(seed)
    kind = rng.choice(KINDS)
    terms = some_terms(rng)
    visit_on = rng.choice([YEAR.first, YEAR.last, date(2026, 7, 14), date(2026, 3, 14)] * 2 + [*REGULATIONS])
    lines, stay, rate = wards.stay(rng, terms) if kind == "stay" else (other_lines(rng, kind), None, None)
    lines = [twisted(rng, line) for line in lines]
    if rng.random() < 0.15:
        lines.append(Line("soap", rng.choice(["", "SUNDRIES", "GP"]), rp(rng.randint(0, 90_000)), Item.NON_MEDICAL))
    rng.shuffle(lines)
    codes = sorted({line.benefit for line in lines if line.benefit in GROUPS})
    pools = some_pools(rng, codes, lines)
    benefits = {code: a_benefit(rng, code, rate, pools.get(code, ()), lines) for code in codes if rng.random() > 0.02}
    bill = a_bill(rng, kind, lines, visit_on)
    bill = replace(bill, stay=stay, other=wards.other_payer(rng, kind, bill))
    cover = a_cover(rng, bill, benefits, terms)
    used = Accumulators(some_entries(rng, bill, cover), some_borne(rng, cover))
    return Case(seed, bill, cover, used, some_prices(rng, lines), Calendar(YEAR))


def some_terms(rng: Random) -> Terms:
    """Every term that a sum depends on, in every reading."""
    return Terms(
        room_upgrade_hours=rng.choice([48, 48, 48, 48, 24, 0, 72]),
        room_tolerance_percent=rng.choice([20, 20, 15]),
        room_tolerance_minor=rng.choice([50_000_00, 50_000_00, 33_333]),
        room_difference_borne_by=rng.choice(["member", "plan"]),
        own_request_cashless=rng.random() < 0.5,
        own_request_maximum_minor=rng.choice([0, 0, rng.randint(1, 3_000_000_00)]),
        above_market_borne_by=rng.choice(["member", "plan"]),
        co_payment_order=rng.choice(["before_limits", "after_limits"]),
        co_payment_waived_in_emergency=rng.random() < 0.5,
        accident_waives_waiting=rng.random() < 0.7,
        emergency_bypasses_referral=rng.random() < 0.7,
        repeat_prescription_counts=rng.choice(["repeats", "dispensings"]),
        emergency_bypasses_network=rng.random() < 0.5,
        emergency_bypasses_approval=rng.random() < 0.5,
        not_adequate_borne_by=rng.choice(["provider", "member"]),
        room_full_too_high=rng.choice(["one_level", "entitled"]),
        minimum_stay_hours=rng.choice([8, 8, 8, 6, 0]),
    )


def other_lines(rng: Random, kind: str) -> list[Line]:
    """The lines of a visit, of spectacles, of a pharmacy."""
    if kind == "glasses":
        made = [a_line(rng, "GLASSES", count=rng.choice([1, 1, 2, None])) for _ in range(rng.randint(1, 2))]
        return [replace(line, key=f"{position}") for position, line in enumerate(made)]
    choice = ["MEDICINE", "MEDICINE", "MEDICINE", "GP"] if kind == "pharmacy" else list(GROUPS)[5:]
    codes = [rng.choice(choice) for _ in range(rng.randint(1, 4))]
    return [replace(a_line(rng, code), key=f"{position}") for position, code in enumerate(codes)]


def a_line(rng: Random, code: str, count: int | None = None) -> Line:
    """A position of a benefit, in odd minor units."""
    item = rng.choice(ITEMS.get(code, (Item.DOCTOR, Item.OTHER, Item.TEST)))
    return Line(
        code, code, rp(rng.choice([0, 1, 3, rng.randint(1, 999), *[rng.randint(1, 900_000_00)] * 8])), item, count=count
    )


def twisted(rng: Random, line: Line) -> Line:
    """Sometimes a service with a price, a diagnosis of its own, a name, a doctor's finding."""
    if rng.random() < 0.3:
        line = replace(
            line, service=f"service-{line.key}", quantity=line.quantity if line.count else rng.choice([1, 1, 3])
        )
    if rng.random() < 0.1:
        line = replace(line, diagnosis=rng.choice(ILLNESSES))
    if rng.random() < 0.1:
        line = replace(line, named=frozenset({rng.choice(["cosmetic", "transport"])}))
    if rng.random() < 0.03:
        line = replace(line, licensed=False)
    if rng.random() < 0.08:
        found = max(near(rng, line.amount.amount_minor), 0)
        line = replace(line, accepted=rp(found), finding=rng.choice(["quantity", "diagnosis", "quality", "anomaly"]))
    return line


def some_prices(rng: Random, lines: Sequence[Line]) -> dict[str, Tariff]:
    """An agreed or a market price near what was billed for each piece."""
    return {
        line.service: Tariff(rp(near(rng, line.amount.amount_minor // line.quantity)), agreed=rng.random() < 0.6)
        for line in lines
        if line.service is not None and rng.random() < 0.9
    }


def a_limit(rng: Random, basis: Basis, amount: int, pieces: int) -> Limit:
    """A limit near to what is asked."""
    both = rng.random()
    times = [0, 1, 2, pieces, pieces, pieces + 1, pieces + 2, max(pieces - 1, 0)]
    return Limit(
        basis,
        rng.choice([SharedBy.PERSON, SharedBy.FAMILY]),
        rp(near(rng, amount)) if both < 0.75 else None,
        rng.choice(times) if both > 0.6 else None,
        years=rng.choice([1, 1, 2]) if basis is Basis.YEAR else 1,
    )


def some_pools(rng: Random, codes: Sequence[str], lines: Sequence[Line]) -> dict[str, tuple[SharedLimit, ...]]:
    """Sometimes a limit that several benefits share."""
    if len(codes) < 2 or rng.random() < 0.5:
        return {}
    shared = frozenset(rng.sample(codes, rng.randint(2, len(codes))))
    asked = sum(line.amount.amount_minor for line in lines if line.benefit in shared)
    limit = a_limit(rng, rng.choice(list(Basis)), asked, 2)
    return {code: (SharedLimit(replace(limit, pool="pool"), shared, "pool"),) for code in shared}


def a_benefit(
    rng: Random, code: str, rate: int | None, pool: tuple[SharedLimit, ...], lines: Sequence[Line]
) -> BenefitTerms:
    """One line of the benefit table with some of everything that a table may say."""
    mine = [line for line in lines if line.benefit == code]
    asked, pieces = sum(line.amount.amount_minor for line in mine), sum(line.count or 1 for line in mine)
    own = []
    for position in range(rng.choice([0, 0, 1, 1, 2, 3])):
        basis = rng.choice(list(Basis))
        limit = a_limit(rng, basis, asked // max(pieces, 1) if basis is Basis.DAY else asked, pieces)
        own.append(SharedLimit(limit, frozenset({code}), f"{code}/{position}"))
    limits = [*own, *pool]
    rng.shuffle(limits)
    return BenefitTerms(
        code,
        BenefitGroup(GROUPS[code]),
        tuple(limits),
        co_payment=a_co_payment(rng, asked) if rng.random() < 0.35 else None,
        deductible=Deductible(rp(near(rng, asked // 3)), rng.choice(["visit", "case", "year"]))
        if rng.random() < 0.2
        else None,
        waiting_days=rng.choice([0, 0, 0, 0, 30, 90]),
        waits=(ConditionWait(rng.choice([90, 270]), ("E11", "C")),) if rng.random() < 0.2 else (),
        exclusions=(Exclusion("cosmetic", ()), Exclusion("births", ("Z34", "K02")))[: rng.choice([0, 0, 0, 0, 1, 2])],
        referral_required=rarely(rng, 0.1),
        network_only=rarely(rng, 0.05),
        reimbursable=not rarely(rng, 0.03),
        approval_required=rarely(rng, 0.06),
        room_rate=None if code != "ROOM" or rate is None else rp(rate),
        room_class=f"class-{rng.randint(1, 4)}" if code == "ROOM" and rng.random() < 0.5 else None,
        prorata=rng.choice(["none", "room", "room_linked", "room_linked"]),
    )


def a_co_payment(rng: Random, asked: int) -> CoPayment:
    """Per cents that do not divide, with a cap near to what they come to."""
    percent = rng.choice([Decimal(5), Decimal(10), Decimal("12.5"), Decimal("33.33"), Decimal(0), Decimal(100)])
    cap = near(rng, int(asked * percent / 100)) if rng.random() < 0.5 else None
    return CoPayment(percent, None if cap is None else rp(cap))


def a_bill(rng: Random, kind: str, lines: Sequence[Line], visit_on: date) -> Bill:
    """Where, when, how it was paid, and what the papers say."""
    cashless = rng.random() < 0.5
    return Bill(
        member_id=MEMBER,
        source_type="claim",
        source_id=SOURCE,
        visit_on=visit_on,
        currency="IDR",
        lines=tuple(lines),
        place=Place(
            in_network=cashless or rng.random() < 0.5,
            first_tier=kind != "stay" and rng.random() < 0.3,
            abroad=rarely(rng, 0.04),
            hospital=not rarely(rng, 0.03),
        ),
        cashless=cashless,
        emergency=rng.random() < 0.25,
        surgery=kind == "stay" and rng.random() < 0.15,
        hours=rng.choice([None, 0, 5, 6, 7, 8, 9, 24, 72]) if kind == "stay" and rng.random() < 0.5 else None,
        accident=an_accident(rng, visit_on) if rng.random() < 0.35 else None,
        diagnosis=rng.choice(ILLNESSES),
        referral=rng.random() < 0.6,
        approved=rng.random() < 0.5,
        dispensing=wards.a_dispensing(rng, visit_on) if rng.random() < 0.3 else None,
        glasses=wards.some_glasses(rng) if kind == "glasses" else None,
        case_key=rng.choice([None, "case", "case"]),
        instead_of=frozenset({LETTER}) if rng.random() < 0.4 else frozenset(),
    )


def an_accident(rng: Random, visit_on: date) -> Accident:
    """Hurt at once, on the thirtieth day, on the day after it."""
    happened = visit_on - timedelta(days=31)
    later = rng.choice([0, 29, 30, 30, 31, 31])
    return Accident(happened, happened + timedelta(days=later), inhaled_or_swallowed=rng.random() < 0.8)


def a_cover(rng: Random, bill: Bill, benefits: dict[str, BenefitTerms], terms: Terms) -> Cover:
    """Mostly long covered; else on the last day of a wait, the first day after it, or the first day of all."""
    waits = {0, 30, 90, 270}
    edge = bill.visit_on - timedelta(days=rng.choice(sorted(waits)) + rng.choice([-1, 0, 1]))
    since = rng.choice([*[date(2020, 1, 1)] * 3, min(edge, bill.visit_on)])
    nobody = rarely(rng, 0.01)
    return Cover(
        member_id=MEMBER,
        since=None if nobody else since,
        benefits={} if nobody else benefits,
        terms=terms,
        child=rng.random() < 0.3,
        card_usable=not rarely(rng, 0.05),
    )


def some_entries(rng: Random, bill: Bill, cover: Cover) -> tuple[Entry, ...]:
    """Used and held before: by the member or the family, on the edges of years, in this case or another."""
    codes = sorted(cover.benefits)
    if not codes:
        return ()
    days = [
        bill.visit_on,
        YEAR.first,
        YEAR.last,
        YEAR.first - timedelta(days=1),
        YEAR.first.replace(year=YEAR.first.year - 1),
        YEAR.first.replace(year=YEAR.first.year - 1) - timedelta(days=1),
    ]
    entries: list[Entry] = []
    for _ in range(rng.choice([0, 0, 0, 1, 1, 2, 4])):
        code = rng.choice(codes)
        asked = sum(line.amount.amount_minor for line in bill.lines if line.benefit == code)
        first: dict[str, Any] = {
            "member_id": rng.choice([MEMBER, MEMBER, SPOUSE]),
            "benefit_code": code,
            "amount_minor": near(rng, asked // 2),
            "count": rng.choice([0, 1, 1, 2, 5]),
            "happened_on": rng.choice(days),
            "source_type": "claim",
            "source_id": rng.choice([LETTER, EARLIER, SOURCE]),
            "case_key": rng.choice([None, "case", "another"]),
        }
        held = rng.random() < 0.4
        entries.append(Entry(kind=EntryKind.HOLD if held else EntryKind.CONSUME, **first))
        if rng.random() < 0.3:
            entries.append(Entry(kind=EntryKind.RELEASE if held else EntryKind.REVERSE, **first))
    return tuple(entries)


def some_borne(rng: Random, cover: Cover) -> dict[str, Money]:
    """What was borne before of deductibles that last longer than a visit."""
    return {
        code: rp(near(rng, benefit.deductible.amount.amount_minor))
        for code, benefit in cover.benefits.items()
        if benefit.deductible is not None and benefit.deductible.per != "visit" and rng.random() < 0.6
    }
