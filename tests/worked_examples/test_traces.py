"""What stands in a trace, step by step and figure by figure: the sums a member can follow with a pencil.

A step is shown as its rule, its figures, what it moved to whom and what stays open; amounts are whole rupiah.
"""

from datetime import date
from decimal import Decimal

import pytest

from backend.adjudication.rules import VERSION, Accident, Deductible, Item, Payer, Place, Rule, Tariff
from backend.adjudication.rules.coordination import JknScheme, OtherPayer, Way, difference
from backend.adjudication.rules.glasses import Glasses, Refraction
from backend.adjudication.rules.rooms import Night, RoomClass, Stay, entitled_rate, nights_covered, tolerance
from backend.clients.rules import Terms
from backend.kit.money import Money
from tests.factories.bills import a_benefit, a_cover, a_limit, bill, co_payment, judged, line, rp, split_of, used

MEMBER, PLAN, OTHER, PROVIDER = Payer.MEMBER, Payer.PLAN, Payer.OTHER, Payer.PROVIDER


def trace(judgement, number: int = 0) -> list[tuple]:
    """The steps of a line."""
    return [
        (
            step.rule,
            {name: plain(value) for name, value in step.inputs.items()},
            plain(step.moved),
            step.payer,
            plain(step.result),
        )
        for step in judgement.lines[number].steps
    ]


def plain(value):
    return int(value.major()) if isinstance(value, Money) else value


def paid(amount: int, left: int = 0) -> tuple:
    """The last step of a line."""
    return (Rule.PLAN_PAYS, {"open": amount}, amount, PLAN, left)


@pytest.mark.requirement("S2-35")
def test_price_deductible_share_and_limits_leave_their_figures():
    """200.000 above the price of 2 × 400.000; 100.000 of the deductible less 40.000 borne; 10 % of 740.000 = 74.000.

    666.000 against 600.000 a visit: 66.000 over. 600.000 fit into the year of 5.000.000 less 1.000.000.
    """
    op = a_benefit(
        "OP",
        "outpatient",
        a_limit("visit", 600_000),
        a_limit("year", 5_000_000, pool="outpatient"),
        deductible=Deductible(rp(100_000), "year"),
        co_payment=co_payment(10, 100_000),
    )
    judgement = judged(
        bill(line(1_000_000, service="CT", quantity=2)),
        a_cover(op),
        entries=(used(1_000_000),),
        borne={"OP": rp(40_000)},
        tariffs={"CT": Tariff(rp(400_000), agreed=True, version="2026-1")},
    )
    price = {"billed": 1_000_000, "quantity": 2, "tariff": 400_000, "version": "2026-1"}
    first = {"open": 800_000, "deductible": 100_000, "already": 40_000, "per": "year"}
    share = {"open": 740_000, "percent": Decimal(10), "cap": 100_000, "already": 0}
    visit = {"open": 666_000, "limit": 600_000, "already": 0, "basis": "visit", "pool": None}
    year = {"open": 600_000, "limit": 5_000_000, "already": 1_000_000, "basis": "year", "pool": "outpatient"}
    assert trace(judgement) == [
        (Rule.ABOVE_AGREED_TARIFF, price, 200_000, PROVIDER, 800_000),
        (Rule.DEDUCTIBLE, first, 60_000, MEMBER, 740_000),
        (Rule.CO_PAYMENT, share, 74_000, MEMBER, 666_000),
        (Rule.OVER_LIMIT, visit, 66_000, MEMBER, 600_000),
        (Rule.LIMIT_FITS, year, 0, None, 600_000),
        paid(600_000),
    ]
    assert (judgement.version, judgement.currency) == (VERSION, "IDR")
    (only,) = judgement.lines
    assert (only.deductible, only.co_payment, only.count, only.billed) == (rp(60_000), rp(74_000), 1, rp(1_000_000))


def test_a_share_without_a_cap_has_no_cap_among_its_figures():
    """10 % of 400.000."""
    judgement = judged(bill(line(400_000)), a_cover(a_benefit("OP", "outpatient", co_payment=co_payment(10))))
    share = (Rule.CO_PAYMENT, {"open": 400_000, "percent": Decimal(10)}, 40_000, MEMBER, 360_000)
    assert trace(judgement) == [share, paid(360_000)]


def test_a_waived_share_and_an_accepted_price_are_remarked_on():
    """150.000 is the market's price; the plan accepts 200.000 and waives the 10 % in an emergency."""
    terms = Terms(above_market_borne_by="plan", co_payment_waived_in_emergency=True)
    op = a_benefit("OP", "outpatient", co_payment=co_payment(10))
    judgement = judged(
        bill(line(200_000, service="GP"), emergency=True),
        a_cover(op, terms=terms),
        tariffs={"GP": Tariff(rp(150_000), agreed=False)},
    )
    price = {"billed": 200_000, "quantity": 1, "tariff": 150_000, "version": ""}
    assert trace(judgement) == [
        (Rule.ABOVE_MARKET_ACCEPTED, price, 0, None, 200_000),
        (Rule.CO_PAYMENT_WAIVED, {"percent": Decimal(10)}, 0, None, 200_000),
        paid(200_000),
    ]


@pytest.mark.requirement("S2-35")
def test_days_over_the_yearly_number_leave_their_figures():
    """Two of five days are left: 5.000.000 × 2 ÷ 5 = 2.000.000 are covered."""
    icu = a_benefit("ICU", "inpatient", a_limit("year", count=30, codes=("ICU",), pool="care"))
    asked = bill(line(5_000_000, "ICU", Item.INTENSIVE_CARE, count=5), hours=120)
    judgement = judged(asked, a_cover(icu), entries=(used(28_000_000, "ICU", count=28),))
    figures = {"open": 5_000_000, "left": 2, "asked": 5, "limit": 30, "basis": "year", "pool": "care"}
    assert trace(judgement) == [(Rule.OVER_COUNT, figures, 3_000_000, MEMBER, 2_000_000), paid(2_000_000)]


@pytest.mark.requirement("S1-64", "S1-70")
def test_every_night_leaves_its_own_step():
    """One class higher granted twice, then 200.000 the member's; the room of 2.100.000 is billed as its nights cost."""
    room = a_benefit("ROOM", "inpatient", a_limit("day", 500_000, codes=("ROOM",)), room_rate=rp(500_000))
    classes = (RoomClass(2, "2", rp(500_000)), RoomClass(3, "1", rp(700_000)))
    stay = Stay(tuple(Night(rp(700_000), entitled_free=False) for _ in range(3)), classes)
    judgement = judged(bill(line(2_100_000, "ROOM", Item.ROOM, count=3), stay=stay, hours=72), a_cover(room))
    limit = {"open": 1_900_000, "limit": 1_900_000, "already": 0, "basis": "day", "pool": None}
    assert trace(judgement) == [
        (Rule.ROOM_FULL, {"night": 1, "actual": 700_000, "covered": 700_000}, 0, None, 2_100_000),
        (Rule.ROOM_FULL, {"night": 2, "actual": 700_000, "covered": 700_000}, 0, None, 2_100_000),
        (Rule.ROOM_FULL_TOO_LONG, {"night": 3, "actual": 700_000, "covered": 500_000}, 200_000, MEMBER, 1_900_000),
        (Rule.LIMIT_FITS, limit, 0, None, 1_900_000),
        paid(1_900_000),
    ]


def test_a_discounted_room_names_what_was_billed_and_what_the_nights_cost():
    """Half of two nights: 1.400.000 became 700.000, so each difference of 200.000 is 100.000."""
    room = a_benefit("ROOM", "inpatient", room_rate=rp(500_000))
    stay = Stay((Night(rp(700_000)), Night(rp(700_000))), own_request=True)
    judgement = judged(bill(line(700_000, "ROOM", Item.ROOM, count=2), stay=stay, hours=48), a_cover(room))
    figures = {"actual": 700_000, "covered": 500_000, "billed": 700_000, "charged": 1_400_000}
    assert trace(judgement) == [
        (Rule.ROOM_OWN_REQUEST, {"night": 1, **figures}, 100_000, MEMBER, 600_000),
        (Rule.ROOM_OWN_REQUEST, {"night": 2, **figures}, 100_000, MEMBER, 500_000),
        paid(500_000),
    ]


@pytest.mark.requirement("S1-70", "S1-71")
def test_what_is_linked_to_the_room_and_the_policys_maximum_leave_their_figures():
    """1.000.000 ÷ 1.500.000 of 3.000.000 are 2.000.000; the maximum of 2.500.000 has 1.500.000 left after the room."""
    room = a_benefit("ROOM", "inpatient", room_rate=rp(1_000_000))
    surgery = a_benefit("SURGERY", "inpatient", prorata="room_linked")
    asked = bill(
        line(1_500_000, "ROOM", Item.ROOM, count=1),
        line(3_000_000, "SURGERY", Item.SURGERY),
        stay=Stay((Night(rp(1_500_000)),), own_request=True),
        hours=24,
    )
    judgement = judged(asked, a_cover(room, surgery, terms=Terms(own_request_maximum_minor=2_500_000_00)))
    share = {"open": 3_000_000, "entitled": 1_000_000, "actual": 1_500_000}
    most = {"open": 2_000_000, "maximum": 2_500_000, "already": 1_000_000}
    assert trace(judgement, 1) == [
        (Rule.ROOM_SHARE, share, 1_000_000, MEMBER, 2_000_000),
        (Rule.OWN_REQUEST_MAXIMUM, most, 500_000, MEMBER, 1_500_000),
        paid(1_500_000),
    ]


@pytest.mark.requirement("S1-71")
def test_when_the_policys_maximum_is_used_up_nothing_more_is_paid():
    """The room took all of 1.000.000; the medicine of 400.000 is the member's to the last rupiah."""
    room = a_benefit("ROOM", "inpatient", room_rate=rp(1_000_000))
    asked = bill(
        line(1_500_000, "ROOM", Item.ROOM, count=1),
        line(400_000, "ROOM", Item.MEDICINE),
        stay=Stay((Night(rp(1_500_000)),), own_request=True),
        hours=24,
    )
    judgement = judged(asked, a_cover(room, terms=Terms(own_request_maximum_minor=1_000_000_00)))
    most = {"open": 400_000, "maximum": 1_000_000, "already": 1_000_000}
    assert trace(judgement, 1) == [(Rule.OWN_REQUEST_MAXIMUM, most, 400_000, MEMBER, 0)]


@pytest.mark.requirement("S4-8", "S4-9")
def test_another_payer_leaves_what_it_took_from_whom():
    """Tariff 5.000.000 and 5.500.000 on top of 14.000.000: 3.500.000 nobody owes. Our 10 % of 10.500.000 are 1.050.000.

    JKN's 5.000.000 relieve the member of them and the plan of 3.950.000.
    """
    payer = OtherPayer(
        "JKN", Way.DIFFERENCE, tariff=rp(5_000_000), class_one_tariff=rp(6_000_000), entitled=2, occupied=0
    )
    care = a_benefit("OP", "inpatient", co_payment=co_payment(10))
    judgement = judged(bill(line(14_000_000), other=payer), a_cover(care))
    taken = {"name": "JKN", "of_member": 1_050_000, "of_plan": 3_950_000}
    assert trace(judgement) == [
        (Rule.NOT_CHARGEABLE, {"name": "JKN", "way": Way.DIFFERENCE}, 3_500_000, PROVIDER, 10_500_000),
        (Rule.CO_PAYMENT, {"open": 10_500_000, "percent": Decimal(10)}, 1_050_000, MEMBER, 9_450_000),
        (Rule.OTHER_PAYER, taken, 5_000_000, OTHER, 5_500_000),
        paid(5_500_000),
    ]
    assert (judgement.shares.excess_cost, judgement.shares.excess_claim) == (rp(0), rp(0))


@pytest.mark.requirement("S1-13", "S1-14", "S4-9")
def test_a_relief_is_taken_first_from_what_would_be_asked_for_later():
    """Of 1.000.000: 10 % = 100.000 cost, 400.000 over the limit of 500.000 claim. Another payer's 450.000 relieve

    the claim of 400.000 and the cost of 50.000: 50.000 are paid at the desk, nothing is asked for later.
    """
    payer = OtherPayer("Other", Way.BALANCE, paid=rp(450_000))
    op = a_benefit("OP", "outpatient", a_limit("visit", 500_000), co_payment=co_payment(10))
    shares = judged(bill(line(1_000_000), other=payer), a_cover(op)).shares
    assert (shares.plan, shares.other, shares.member) == (rp(500_000), rp(450_000), rp(50_000))
    assert (shares.excess_cost, shares.excess_claim) == (rp(50_000), rp(0))


@pytest.mark.requirement("S4-6")
def test_a_payer_behind_us_leaves_a_step_on_every_line_it_helps():
    """300.000 for two lines with 200.000 over each limit: 200.000 of the first and 100.000 of the second."""
    behind = OtherPayer("Spouse", Way.BALANCE, paid=rp(300_000), first=False)
    cover = a_cover(
        a_benefit("OP", "outpatient", a_limit("visit", 100_000)),
        a_benefit("RX", "pharmacy", a_limit("visit", 100_000, codes=("RX",))),
    )
    judgement = judged(bill(line(300_000), line(300_000, "RX"), other=behind), cover)
    assert trace(judgement)[-1] == (Rule.OTHER_PAYER_AFTER, {"name": "Spouse"}, 200_000, OTHER, 0)
    assert trace(judgement, 1)[-1] == (Rule.OTHER_PAYER_AFTER, {"name": "Spouse"}, 100_000, OTHER, 0)
    assert judgement.shares.excess_claim == rp(100_000)


def test_no_step_speaks_of_another_payer_who_gives_nothing():
    """A payer without a payment, before or behind us, leaves the trace as it was."""
    for first in (True, False):
        nobody = OtherPayer("Nobody", Way.BALANCE, paid=None, first=first)
        assert trace(judged(bill(line(300_000), other=nobody))) == [paid(300_000)]


@pytest.mark.parametrize(
    ("facts", "line_facts", "terms", "rule", "figures"),
    [
        ({}, {"item": Item.NON_MEDICAL}, {}, Rule.NON_MEDICAL, {}),
        ({}, {"benefit": "SPA"}, {}, Rule.NOT_IN_PLAN, {"benefit": "SPA"}),
        ({"hours": 7}, {"benefit": "STAY"}, {}, Rule.SHORT_STAY, {"hours": 7, "least": 8}),
        ({"hours": 11}, {"benefit": "STAY"}, {"minimum_stay_hours": 12}, Rule.SHORT_STAY, {"hours": 11, "least": 12}),
        ({"place": Place(hospital=False)}, {"benefit": "STAY"}, {}, Rule.NO_HOSPITAL, {}),
        ({}, {"licensed": False}, {}, Rule.NOT_LICENSED, {}),
        ({"cashless": True, "place": Place(abroad=True)}, {}, {}, Rule.ABROAD_PAY_FIRST, {}),
        ({}, {"benefit": "EYES", "item": Item.FRAME}, {}, Rule.GLASSES_NOT_PRESCRIBED, {}),
        (
            {"glasses": Glasses(Refraction(Decimal("-0.25")), approved=True)},
            {"benefit": "EYES", "item": Item.LENSES},
            {},
            Rule.GLASSES_TOO_WEAK,
            {"dioptre": Decimal("0.25")},
        ),
        ({"cashless": True}, {"item": Item.VITAMIN}, {}, Rule.VITAMINS_IN_CASH, {}),
    ],
)
def test_a_refusal_leaves_what_it_looked_at(facts: dict, line_facts: dict, terms: dict, rule: Rule, figures: dict):
    """400.000 stay with the member by one step, and its figures are those that decided."""
    cover = a_cover(
        a_benefit(),
        a_benefit("STAY", "inpatient"),
        a_benefit("EYES", "optical"),
        terms=Terms(**terms),
    )
    judgement = judged(bill(line(400_000, **line_facts), **facts), cover)
    assert trace(judgement) == [(rule, {**figures, "open": 400_000}, 400_000, MEMBER, 0)]


def test_a_bill_without_cover_names_its_day():
    """10 March 2026."""
    judgement = judged(bill(line(400_000)), a_cover(since=None))
    assert trace(judgement) == [(Rule.NO_COVER, {"on": date(2026, 3, 10), "open": 400_000}, 400_000, MEMBER, 0)]


@pytest.mark.requirement("S1-11")
def test_what_was_lifted_is_noted_before_what_is_paid():
    """Waiting until 11 March lifted by an accident, the referral by the emergency."""
    op = a_benefit("OP", "outpatient", waiting_days=30, referral_required=True)
    asked = bill(line(400_000), accident=Accident(date(2026, 3, 10), date(2026, 3, 10)), emergency=True)
    judgement = judged(asked, a_cover(op, since=date(2026, 2, 9)))
    assert trace(judgement) == [
        (Rule.WAIT_WAIVED, {"until": date(2026, 3, 11)}, 0, None, 400_000),
        (Rule.REFERRAL_BYPASSED, {}, 0, None, 400_000),
        paid(400_000),
    ]


def test_nights_are_numbered_and_know_what_is_granted():
    """Within the rate, one class higher, two classes higher, tolerated: what is covered and what of it is granted."""
    classes = (RoomClass(1, "2", rp(500_000)), RoomClass(2, "1", rp(700_000)), RoomClass(3, "vip", rp(900_000)))
    stay = Stay((Night(rp(450_000)), Night(rp(900_000), False), Night(rp(900_000), False)), classes)
    made = nights_covered(stay, rp(500_000), Terms(room_upgrade_hours=72))
    assert [(one.number, one.covered, one.granted, one.rule) for one in made] == [
        (1, rp(450_000), rp(0), Rule.ROOM_ENTITLED),
        (2, rp(700_000), rp(200_000), Rule.ROOM_FULL_TOO_HIGH),
        (3, rp(700_000), rp(200_000), Rule.ROOM_FULL_TOO_HIGH),
    ]
    assert [one.payer_of_difference for one in made] == [None, MEMBER, MEMBER]
    dearer = Stay((Night(rp(520_000)),), (RoomClass(1, "1", rp(520_000)),))
    (borne,) = nights_covered(dearer, rp(500_000), Terms(room_difference_borne_by="plan"))
    assert (borne.number, borne.covered, borne.granted) == (1, rp(520_000), rp(20_000))
    (own,) = nights_covered(dearer, rp(500_000), Terms())
    assert (own.number, own.covered, own.granted) == (1, rp(500_000), rp(0))
    (above,) = nights_covered(Stay((Night(rp(900_000)),), classes[2:]), rp(500_000), Terms())
    assert (above.number, above.covered, above.granted) == (1, rp(500_000), rp(0))


def test_the_rate_of_an_entitlement_is_the_plans_figure_or_the_hospitals_rate_of_its_class():
    """Class 1 costs 700.000 here; a plan that names 500.000 means 500.000; an unknown class means nothing."""
    classes = (RoomClass(1, "2", rp(500_000)), RoomClass(2, "1", rp(700_000)))
    assert entitled_rate(classes, None, "1") == rp(700_000)
    assert entitled_rate(classes, rp(500_000), "1") == rp(500_000)
    assert entitled_rate(classes, None, "suite") is None
    assert entitled_rate((), None, None) is None


@pytest.mark.requirement("S1-63")
def test_a_plan_that_names_only_a_class_grants_that_class_at_the_hospitals_rate():
    """Class 1 at 700.000: a night in it is paid; in a hospital without it no room rule can be asked."""
    room = a_benefit("ROOM", "inpatient", room_class="1")
    classes = (RoomClass(1, "2", rp(500_000)), RoomClass(2, "1", rp(700_000)))
    night = Stay((Night(rp(700_000)),), classes)
    known = judged(bill(line(700_000, "ROOM", Item.ROOM, count=1), stay=night, hours=24), a_cover(room))
    assert [one.rule for one in known.nights] == [Rule.ROOM_ENTITLED]
    suite = Stay((Night(rp(700_000)),), classes[:1])
    unknown = judged(bill(line(700_000, "ROOM", Item.ROOM, count=1), stay=suite, hours=24), a_cover(room))
    assert (unknown.nights, split_of(unknown)) == ((), {"plan": 700_000})


@pytest.mark.requirement("S1-67")
def test_the_tolerance_keeps_the_currency_of_the_rate():
    """20 % of 100 meticais are 20; the fixed amount of this contract is 15."""
    terms = Terms(room_tolerance_minor=15_00)
    assert tolerance(Money.of_major(100, "MZN"), terms) == Money.of_major(15, "MZN")


@pytest.mark.requirement("S4-11")
def test_a_scheme_may_set_its_own_figures():
    """Above class 1 only 50 % of 6.000.000 come on top; without a class 1 tariff the own one stands for it."""
    scheme = JknScheme(above_class_one_percent=Decimal(50), executive_clinic_minor=300_000_00)
    vip = OtherPayer("JKN", Way.DIFFERENCE, tariff=rp(6_000_000), entitled=1, occupied=0, scheme=scheme)
    assert difference(vip) == rp(3_000_000)
    clinic = OtherPayer("JKN", Way.DIFFERENCE, tariff=rp(200_000), executive_clinic=True, scheme=scheme)
    assert difference(clinic) == rp(300_000)


@pytest.mark.requirement("S4-11")
def test_a_ceiling_below_jkns_own_part_leaves_nothing_to_pay():
    """A ceiling of 50 % of 4.000.000 lies under JKN's 75 %: what is above 3.000.000 nobody owes."""
    payer = OtherPayer("JKN", Way.SHARES, tariff=rp(4_000_000), scheme=JknScheme(ceiling_percent=Decimal(50)))
    judgement = judged(bill(line(5_000_000), other=payer))
    assert split_of(judgement) == {"other": 3_000_000, "provider": 2_000_000}


@pytest.mark.requirement("S4-8", "S4-11")
def test_a_class_1_tariff_below_the_own_one_adds_nothing():
    """Tariffs given the wrong way round: 5.000.000 in class 2, 4.000.000 in class 1; nothing comes on top."""
    payer = OtherPayer(
        "JKN", Way.DIFFERENCE, tariff=rp(5_000_000), class_one_tariff=rp(4_000_000), entitled=2, occupied=1
    )
    assert split_of(judged(bill(line(6_000_000), other=payer))) == {"other": 5_000_000, "provider": 1_000_000}


@pytest.mark.requirement("S2-41", "S2-43")
def test_what_our_doctor_did_not_find_adequate_is_the_members_when_they_paid_it():
    """Ten boxes of medicine for a cold at 500.000; 100.000 are found adequate for the quantity: 400.000 are not."""
    judgement = judged(bill(line(500_000, accepted=rp(100_000), finding="quantity")))
    figures = {"open": 500_000, "accepted": 100_000, "finding": "quantity"}
    assert trace(judgement) == [(Rule.AUDITED, figures, 400_000, MEMBER, 100_000), paid(100_000)]


@pytest.mark.requirement("S2-41", "S2-42", "S2-45")
def test_what_our_doctor_did_not_find_adequate_is_written_off_when_the_provider_bills_us():
    """The same cashless: the provider ordered it, so nobody owes the 400.000. All that is adequate leaves no step."""
    judgement = judged(bill(line(500_000, accepted=rp(100_000), finding="diagnosis"), cashless=True))
    assert split_of(judgement) == {"plan": 100_000, "provider": 400_000}
    assert trace(judged(bill(line(500_000, accepted=rp(500_000))))) == [paid(500_000)]


def test_a_stay_without_a_room_line_asks_no_room_rule():
    """Only medicine was billed to us; the nights say nothing."""
    stay = Stay((Night(rp(900_000)),), own_request=True)
    judgement = judged(bill(line(100_000, item=Item.MEDICINE), stay=stay))
    assert (judgement.nights, split_of(judgement)) == ((), {"plan": 100_000})


def test_only_the_first_refusal_stands_in_the_trace():
    """Excluded, waiting and without referral: one step."""
    op = a_benefit("OP", "inpatient", waiting_days=900, referral_required=True)
    judgement = judged(bill(line(400_000, licensed=False), hours=1), a_cover(op))
    assert [step[0] for step in trace(judgement)] == [Rule.WAITING]
