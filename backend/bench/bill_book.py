"""A book of bills from a seed: the same number gives the same bills, covers and earlier use on every machine.

Four of five bills are what comes every day (a visit, medicine, a test, a dentist); the fifth is a stay, glasses, a
second payer or something a rule stands against. Amounts are odd, so that rounding is never spared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from backend.adjudication.rules import (
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
from backend.adjudication.rules.coordination import JknScheme, OtherPayer, Way
from backend.adjudication.rules.glasses import Glasses, Refraction
from backend.adjudication.rules.medicines import Dispensing
from backend.adjudication.rules.rooms import Night, RoomClass, Stay
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

CURRENCY = "IDR"
CALENDAR = Calendar(Period(date(2026, 1, 1), date(2026, 12, 31)))
MEMBER, CHILD = UUID(int=1), UUID(int=2)
_FIRST_DAY = date(2026, 1, 5)
_DIAGNOSES = ("J06.9", "I10", "E11.9", "K29.7", "A09.9", "K40.9", "Z41.1", "N97.9", "M54.5", "K02.1")
_EVERY_DAY = (("GP", Item.DOCTOR), ("SPEC", Item.DOCTOR), ("LAB", Item.TEST), ("RX", Item.MEDICINE))


@dataclass(frozen=True, slots=True)
class Case:
    """One bill with everything it is judged by."""

    bill: Bill
    cover: Cover
    accumulators: Accumulators
    tariffs: dict[str, Tariff]
    calendar: Calendar = CALENDAR


def money(minor: int) -> Money:
    """Sen of rupiah."""
    return Money(minor, CURRENCY)


def bills(seed: int, number: int, *, awkward: int = 5) -> Iterator[Case]:
    """``number`` cases; every ``awkward``-th is out of the ordinary."""
    rng = Random(seed)
    for serial in range(number):
        yield _odd_one(rng, serial) if serial % awkward == awkward - 1 else _every_day(rng, serial)


def plan(rng: Random) -> dict[str, BenefitTerms]:
    """A managed-care plan; its figures vary a little from employer to employer."""
    annual = _limit("annual/year", Basis.YEAR, 300_000_000_00, pool="annual", codes=_ALL)
    outpatient = _limit("outpatient/year", Basis.YEAR, 20_000_000_00, pool="outpatient", codes=_OUTPATIENT)
    co_payment = CoPayment(Decimal(rng.choice(("10", "5", "12.5"))), money(100_000_00))
    pooled = (outpatient, annual)
    made = (
        _benefit("GP", "outpatient", _limit("GP#0", Basis.VISIT, 350_000_00), *pooled, network_only=True),
        _benefit(
            "SPEC",
            "outpatient",
            _limit("SPEC#0", Basis.VISIT, 600_000_00),
            _limit("SPEC#1", Basis.YEAR, None, 24),
            *pooled,
            co_payment=co_payment,
            referral_required=True,
        ),
        _benefit("LAB", "outpatient", _limit("LAB#0", Basis.VISIT, 3_000_000_00), *pooled),
        _benefit(
            "RX",
            "pharmacy",
            _limit("RX#0", Basis.VISIT, 1_000_000_00),
            *pooled,
            exclusions=(Exclusion("vitamins"), Exclusion("cosmetic", ("Z41",))),
            deductible=Deductible(money(50_000_00), "visit") if rng.random() < 0.3 else None,
        ),
        _benefit(
            "DENTAL",
            "dental",
            _limit("DENTAL#0", Basis.YEAR, 5_000_000_00),
            co_payment=CoPayment(Decimal(20), money(500_000_00)),
            waiting_days=30,
        ),
        _benefit(
            "ROOM",
            "inpatient",
            _limit("ROOM#0", Basis.DAY, 1_000_000_00),
            _limit("ROOM#1", Basis.YEAR, None, 180),
            annual,
            room_rate=money(1_000_000_00),
            room_class="1",
            prorata="room_linked",
            waits=(ConditionWait(365, ("K40", "N20")),),
        ),
        _benefit("ICU", "inpatient", _limit("ICU#0", Basis.DAY, 2_500_000_00), annual),
        _benefit(
            "SURGERY",
            "inpatient",
            _limit("SURGERY#0", Basis.CASE, 60_000_000_00),
            annual,
            room_rate=money(1_000_000_00),
            prorata="room_linked",
            approval_required=True,
        ),
        _benefit("EYES", "optical", _limit("EYES#0", Basis.YEAR, 2_500_000_00, 2, years=2), waiting_days=90),
    )
    return {benefit.code: benefit for benefit in made}


_OUTPATIENT = frozenset({"GP", "SPEC", "LAB", "RX"})
_ALL = _OUTPATIENT | {"ROOM", "ICU", "SURGERY"}


def _limit(
    key: str,
    basis: Basis,
    amount: int | None,
    count: int | None = None,
    *,
    pool: str | None = None,
    codes: frozenset[str] | None = None,
    years: int = 1,
) -> SharedLimit:
    limit = Limit(basis, SharedBy.PERSON, None if amount is None else money(amount), count, pool, years)
    return SharedLimit(limit, codes or frozenset({key.split("#", maxsplit=1)[0]}), key)


def _benefit(code: str, group: str, *limits: SharedLimit, **terms: object) -> BenefitTerms:
    return BenefitTerms(code, BenefitGroup(group), limits, **terms)  # type: ignore[arg-type]


def _cover(rng: Random, **facts: object) -> Cover:
    since = date(2026, 1, 1) - timedelta(days=rng.choice((0, 20, 200, 800)))
    return Cover(MEMBER, since, plan(rng), **facts)  # type: ignore[arg-type]


def _entries(rng: Random) -> Accumulators:
    made = []
    for serial in range(rng.randrange(12)):
        code = rng.choice((*sorted(_OUTPATIENT), "ROOM", "SURGERY", "EYES"))
        made.append(
            Entry(
                rng.choice((MEMBER, MEMBER, CHILD)),
                code,
                rng.choice((EntryKind.CONSUME, EntryKind.CONSUME, EntryKind.HOLD)),
                rng.randrange(1, 4_000_000_00),
                rng.randrange(3),
                date(2025, 11, 1) + timedelta(days=rng.randrange(120)),
                "claim",
                UUID(int=10_000 + serial),
                rng.choice((None, "case-a")),
            )
        )
    return Accumulators(made)


def _tariffs(rng: Random) -> dict[str, Tariff]:
    return {
        "GP": Tariff(money(175_000_00), agreed=True, version="2026-1"),
        "LAB": Tariff(money(rng.choice((250_000_00, 420_500_37))), agreed=rng.random() < 0.6, version="2026-1"),
    }


def _line(rng: Random, serial: int, benefit: str, item: Item, most: int = 900_000_00) -> Line:
    quantity = rng.choice((1, 1, 1, 2, 3))
    return Line(
        f"line-{serial}", benefit, money(rng.randrange(1, most)), item, quantity, service=rng.choice((benefit, None))
    )


def _bill(rng: Random, serial: int, lines: list[Line], **facts: object) -> Bill:
    on = _FIRST_DAY + timedelta(days=rng.randrange(300))
    return Bill(
        member_id=MEMBER,
        source_type="claim",
        source_id=UUID(int=1_000_000 + serial),
        visit_on=on,
        currency=CURRENCY,
        lines=tuple(lines),
        diagnosis=rng.choice(_DIAGNOSES),
        **facts,  # type: ignore[arg-type]
    )


def _every_day(rng: Random, serial: int) -> Case:
    kinds = [rng.choice(_EVERY_DAY) for _ in range(rng.randrange(1, 6))]
    if rng.random() < 0.15:
        kinds.append(("DENTAL", Item.TREATMENT))
    lines = [_line(rng, number, benefit, item) for number, (benefit, item) in enumerate(kinds)]
    return Case(_bill(rng, serial, lines, referral=rng.random() < 0.9), _cover(rng), _entries(rng), _tariffs(rng))


def _odd_one(rng: Random, serial: int) -> Case:
    make = rng.choice((_stay, _stay, _glasses, _two_payers, _refused))
    return make(rng, serial)


def _stay(rng: Random, serial: int) -> Case:
    rates = (700_000_00, 1_000_000_00, 1_040_000_00, 1_300_000_00, 2_500_000_00)
    number = rng.randrange(1, 7)
    nights = tuple(Night(money(rng.choice(rates)), rng.random() < 0.2) for _ in range(number))
    classes = tuple(
        RoomClass(rank, str(rank), money(rate))
        for rank, rate in enumerate(sorted(rng.sample(rates, rng.randrange(2, 6))))
    )
    total = sum(night.rate.amount_minor for night in nights)
    lines = [
        Line("room", "ROOM", money(rng.choice((total, total, total * 9 // 10 + 1))), Item.ROOM, number, number),
        _line(rng, 1, "SURGERY", rng.choice((Item.SURGERY, Item.SURGERY, Item.TREATMENT)), 40_000_000_00),
        Line("icu", "ICU", money(rng.randrange(1, 9_000_000_00)), Item.INTENSIVE_CARE, 3, 3),
        _line(rng, 2, "RX", Item.MEDICINE),
        Line("soap", "ROOM", money(rng.randrange(1, 90_000_00)), Item.NON_MEDICAL),
    ]
    terms = Terms(
        room_difference_borne_by=rng.choice(("member", "plan")),
        own_request_maximum_minor=rng.choice((0, 0, 15_000_000_00)),
        own_request_cashless=rng.random() < 0.5,
    )
    bill = _bill(
        rng,
        serial,
        lines,
        cashless=rng.random() < 0.5,
        hours=rng.choice((6, 24 * number, 24 * number)),
        surgery=rng.random() < 0.5,
        approved=rng.random() < 0.8,
        stay=Stay(nights, rng.choice((classes, classes, ())), rng.random() < 0.2),
        case_key=rng.choice((None, "case-a", "case-b")),
        emergency=rng.random() < 0.2,
    )
    return Case(bill, _cover(rng, terms=terms), _entries(rng), _tariffs(rng))


def _glasses(rng: Random, serial: int) -> Case:
    sphere = Decimal(rng.randrange(-12, 13)) / 4
    glasses = Glasses(
        Refraction(sphere, Decimal(rng.randrange(4)) / 4),
        earlier=rng.choice((None, Refraction(sphere, Decimal(0)))),
        prescribed=rng.random() < 0.9,
        approved=rng.random() < 0.8,
        specialist_letter=rng.random() < 0.5,
        other_conditions=rng.random() < 0.1,
    )
    lines = [
        Line("lenses", "EYES", money(rng.randrange(1, 2_000_000_00)), Item.LENSES, 2, 1),
        Line("frame", "EYES", money(rng.randrange(1, 2_000_000_00)), Item.FRAME, 1, 1),
    ]
    cover = _cover(rng, child=rng.random() < 0.3)
    return Case(_bill(rng, serial, lines, glasses=glasses), cover, _entries(rng), _tariffs(rng))


def _two_payers(rng: Random, serial: int) -> Case:
    case = _stay(rng, serial) if rng.random() < 0.5 else _every_day(rng, serial)
    tariff = rng.randrange(1, 12_000_000_00)
    payer = OtherPayer(
        "JKN",
        rng.choice(tuple(Way)),
        paid=rng.choice((None, money(rng.randrange(1, 9_000_000_00)))),
        tariff=rng.choice((None, money(tariff), money(tariff))),
        class_one_tariff=money(tariff * 6 // 5),
        entitled=rng.choice((1, 2)),
        occupied=rng.choice((0, 1, 2)),
        executive_clinic=rng.random() < 0.1,
        may_upgrade=rng.random() < 0.8,
        first=rng.random() < 0.8,
        scheme=JknScheme(ceiling_percent=rng.choice((None, Decimal(250), Decimal("112.5")))),
    )
    return replace(case, bill=replace(case.bill, other=payer))


def _refused(rng: Random, serial: int) -> Case:
    """A case that some rule is likely to stand against."""
    case = _every_day(rng, serial)
    first = date(2026, 1, 1) + timedelta(days=rng.randrange(200))
    bill = replace(
        case.bill,
        place=Place(
            in_network=rng.random() < 0.5,
            first_tier=rng.random() < 0.3,
            abroad=rng.random() < 0.2,
            hospital=rng.random() < 0.8,
        ),
        cashless=rng.random() < 0.5,
        emergency=rng.random() < 0.3,
        referral=rng.random() < 0.5,
        accident=rng.choice((None, Accident(first, first + timedelta(days=rng.randrange(60)), rng.random() < 0.5))),
        dispensing=rng.choice(
            (None, Dispensing(rng.randrange(5), case.bill.visit_on - timedelta(days=rng.randrange(30))))
        ),
        lines=(
            *case.bill.lines,
            replace(_line(rng, 90, "RX", Item.VITAMIN), named=rng.choice((frozenset(), frozenset({"vitamins"})))),
            _line(rng, 91, "NOWHERE", Item.OTHER),
            replace(_line(rng, 92, "DENTAL", Item.TREATMENT), licensed=rng.random() < 0.5, diagnosis="K02.1"),
            replace(
                _line(rng, 93, "LAB", Item.TEST),
                accepted=rng.choice((None, money(rng.randrange(400_000_00)))),
                finding=rng.choice(("quantity", "diagnosis", "quality", "anomaly")),
            ),
        ),
    )
    terms = Terms(
        emergency_bypasses_referral=rng.random() < 0.5,
        accident_waives_waiting=rng.random() < 0.5,
        repeat_prescriptions=rng.choice((1, 2)),
        above_market_borne_by=rng.choice(("member", "plan")),
        co_payment_order=rng.choice(("before_limits", "after_limits")),
        co_payment_waived_in_emergency=rng.random() < 0.5,
    )
    since = rng.choice((None, date(2026, 2, 1), date(2026, 2, 1), date(2024, 1, 1)))
    cover = replace(case.cover, since=since, terms=terms, card_usable=rng.random() < 0.8)
    return replace(case, bill=bill, cover=cover)
