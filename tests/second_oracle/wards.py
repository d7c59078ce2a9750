"""Stays with their rooms, other payers with their tariffs, prescriptions and spectacles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from backend.adjudication.rules.coordination import JknScheme, OtherPayer, Way
from backend.adjudication.rules.facts import Bill, Item, Line
from backend.adjudication.rules.glasses import Glasses, Refraction
from backend.adjudication.rules.medicines import Dispensing
from backend.adjudication.rules.rooms import Night, RoomClass, Stay
from backend.clients.rules import Terms
from tests.second_oracle.chances import near, rp

LADDERS = (
    (300_000_00, 500_000_00, 800_000_00, 1_500_000_00),
    (500_000_00, 500_001_00, 650_000_01),
    (350_000_00,),
    (),
)
DIOPTRES = tuple(Decimal(one) for one in ("0", "0.25", "-0.25", "0.49", "0.5", "-0.5", "1.25"))


def stay(rng: Random, terms: Terms) -> tuple[list[Line], Stay, int | None]:
    """Nights in a house, the lines that come of them, and the rate that the plan pays a night."""
    ladder = rng.choice(LADDERS)
    classes = tuple(RoomClass(rank, f"class-{rank}", rp(rate)) for rank, rate in enumerate(ladder, start=1))
    rate = entitled_rate(rng, ladder)
    rates = some_rates(rng, ladder, rate or 600_000_00, terms)
    nights = tuple(Night(rp(one), entitled_free=rng.random() < 0.35) for one in rates)
    lines = room_lines(rng, rates)
    for code in rng.sample(["ICU", "OPERATION", "DOCTOR", "SUNDRIES", "SUNDRIES", "MEDICINE"], rng.randint(0, 4)):
        item = {"ICU": Item.INTENSIVE_CARE, "OPERATION": Item.SURGERY, "DOCTOR": Item.DOCTOR, "MEDICINE": Item.MEDICINE}
        what = item.get(code) or rng.choice([Item.TREATMENT, Item.TEST, Item.MEDICINE, Item.VITAMIN])
        count = rng.randint(1, 4) if code in {"ICU", "DOCTOR"} and rng.random() < 0.6 else None
        amount = rp(rng.choice([0, rng.randint(1, 99), rng.randint(1, 9_000_000_00), rng.randint(1, 900_000_00)]))
        lines.append(Line(f"{code}-{len(lines)}", code, amount, what, quantity=count or 1, count=count))
    return lines, Stay(nights, classes, own_request=rng.random() < 0.2), rate


def entitled_rate(rng: Random, ladder: Sequence[int]) -> int | None:
    """Exactly a class of the house, between two, under all of them, or no rate at all."""
    if not ladder:
        return rng.choice([None, 500_000_00, 333_333_33])
    return rng.choice([*ladder, *ladder, ladder[0] - 1, ladder[0] * 9 // 10, ladder[-1] + 1, ladder[0] + 7, None])


def some_rates(rng: Random, ladder: Sequence[int], rate: int, terms: Terms) -> list[int]:
    """Nights at, above and far above the entitlement, at the edge of the tolerance too."""
    tolerance = min(rate * terms.room_tolerance_percent // 100, terms.room_tolerance_minor)
    asked = [*ladder, *ladder, rate, rate, rate + 1, rate + tolerance, rate + tolerance + 1, max(rate - 1, 0)]
    usual = rng.choice(asked)
    return [usual if rng.random() < 0.7 else rng.choice(asked) for _ in range(rng.randint(1, 5))]


def room_lines(rng: Random, rates: Sequence[int]) -> list[Line]:
    """One line for all nights, or two for the first and the last ones."""
    cut = rng.randint(1, len(rates) - 1) if len(rates) > 1 and rng.random() < 0.25 else len(rates)
    return [
        Line(f"room-{number}", "ROOM", rp(sum(part)), Item.ROOM, quantity=len(part), count=len(part))
        for number, part in enumerate((rates[:cut], rates[cut:]))
        if part
    ]


def other_payer(rng: Random, kind: str, bill: Bill) -> OtherPayer | None:
    """Another payer of some bills, in each of the three ways, the figures near to the bill."""
    if rng.random() > (0.4 if kind == "stay" else 0.15):
        return None
    whole = sum(line.amount.amount_minor for line in bill.lines)
    way = rng.choice(list(Way))
    scheme = JknScheme(ceiling_percent=rng.choice([None, Decimal(250), Decimal(125), Decimal("112.5"), Decimal(50)]))
    paid = rp(near(rng, whole))
    if way is Way.BALANCE:
        return OtherPayer("other", way, paid=paid, first=rng.random() < 0.7, scheme=scheme)
    entitled, occupied = rng.choice([(1, 1), (2, 2), (3, 3), (2, 1), (1, 0), (2, 0), (1, 2)])
    tariff = near(rng, whole)
    executive = kind != "stay" and rng.random() < 0.5
    return OtherPayer(
        "JKN",
        way,
        paid=paid if rng.random() < 0.5 else None,
        tariff=rp(tariff),
        class_one_tariff=rp(tariff if entitled == 1 else tariff + rng.choice([0, 1, tariff // 5])),
        entitled=0 if executive else entitled,
        occupied=0 if executive else occupied,
        executive_clinic=executive,
        may_upgrade=rng.random() < 0.8,
        scheme=scheme,
    )


def a_dispensing(rng: Random, visit_on: date) -> Dispensing:
    """The first to the third repeat, on the fourteenth day and the day after it."""
    first = visit_on - timedelta(days=rng.choice([0, 7, 13, 14, 15]))
    return Dispensing(rng.choice([0, 1, 1, 2, 2, 3]), first, written_approval=rng.random() < 0.15)


def some_glasses(rng: Random) -> Glasses:
    """At half a dioptre, under it, changed or not, with the papers or without."""
    now = Refraction(rng.choice(DIOPTRES), rng.choice(DIOPTRES))
    turned = Refraction(-now.sphere, now.cylinder)
    return Glasses(
        now,
        earlier=rng.choice([None, now, turned, Refraction(Decimal("2"), now.cylinder)]),
        prescribed=rng.random() < 0.85,
        approved=rng.random() < 0.6,
        specialist_letter=rng.random() < 0.6,
        other_conditions=rng.random() < 0.3,
    )
