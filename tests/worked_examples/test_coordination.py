"""Two payers of one bill as stories (S4-5..S4-11), with the figures of domain.md 2.7.

JKN pays first and is settled without looking at us. T2 and T1 are its tariffs of the care in class 2 and class 1. Our
plan pays as charged unless the story gives it a limit; all together never get more than the bill.
"""

from datetime import date
from decimal import Decimal

import pytest

from backend.adjudication.rules import Item, Rule, Tariff
from backend.adjudication.rules.coordination import (
    ABOVE_CLASS_ONE,
    JknScheme,
    OtherPayer,
    Way,
    allot,
    difference,
    split,
    way_on,
)
from tests.factories.bills import a_benefit, a_cover, a_limit, bill, co_payment, judged, line, rp, split_of

T2, T1 = rp(5_000_000), rp(6_000_000)
IN_2026 = date(2026, 3, 10)


def jkn(way: Way = Way.DIFFERENCE, **facts) -> OtherPayer:
    """JKN for a member entitled to class 2."""
    given = {"tariff": T2, "class_one_tariff": T1, "entitled": 2, "occupied": 2}
    return OtherPayer("JKN", way, **(given | facts))


def shared(amount: int, payer: OtherPayer, **terms) -> dict[str, int]:
    """Who pays what of one line of ``amount`` under an inpatient benefit."""
    care = a_benefit("CARE", "inpatient", **terms)
    return split_of(judged(bill(line(amount, "CARE", Item.TREATMENT), other=payer), a_cover(care)))


@pytest.mark.requirement("S4-6", "S4-10", "S4-11")
def test_jkn_pays_the_class_2_bill_and_the_plan_the_difference_to_vip():
    """VIP costs 14.000.000, class 2 would have cost 5.000.000: JKN pays those, the plan the other 9.000.000."""
    payer = OtherPayer("JKN", Way.BALANCE, paid=rp(5_000_000), entitled=2, occupied=ABOVE_CLASS_ONE)
    assert shared(14_000_000, payer) == {"other": 5_000_000, "plan": 9_000_000}


@pytest.mark.requirement("S4-10")
def test_the_plan_pays_the_difference_according_to_its_own_benefits():
    """14.000.000 - 5.000.000 = 9.000.000, but our benefit ends at 7.000.000: 2.000.000 stay with the member."""
    payer = OtherPayer("JKN", Way.BALANCE, paid=rp(5_000_000))
    care = a_benefit("CARE", "inpatient", a_limit("case", 7_000_000, codes=("CARE",)))
    judgement = judged(bill(line(14_000_000, "CARE"), other=payer), a_cover(care))
    assert split_of(judgement) == {"other": 5_000_000, "plan": 7_000_000, "member": 2_000_000}


@pytest.mark.requirement("S4-8", "S4-9")
def test_what_the_other_payer_gives_relieves_the_member_before_the_plan():
    """Our 10 % of 10.000.000 are the member's 1.000.000; JKN's 4.000.000 take these away and 3.000.000 of ours."""
    payer = OtherPayer("JKN", Way.BALANCE, paid=rp(4_000_000))
    assert shared(10_000_000, payer, co_payment=co_payment(10)) == {"other": 4_000_000, "plan": 6_000_000}


@pytest.mark.requirement("S4-8")
def test_together_the_payers_never_give_more_than_the_bill():
    """JKN would pay 5.000.000 of a bill of 3.000.000: it pays 3.000.000 and we nothing."""
    assert shared(3_000_000, OtherPayer("JKN", Way.BALANCE, paid=rp(5_000_000))) == {"other": 3_000_000}


@pytest.mark.requirement("S4-7")
def test_jkn_pays_also_what_our_plan_excludes():
    """Our plan has no such benefit; JKN's 2.000.000 of 5.000.000 count, 3.000.000 stay with the member."""
    payer = OtherPayer("JKN", Way.BALANCE, paid=rp(2_000_000))
    asked = bill(line(5_000_000, "UNKNOWN"), other=payer)
    assert split_of(judged(asked)) == {"other": 2_000_000, "member": 3_000_000}


@pytest.mark.requirement("S4-8")
def test_both_payers_together_pay_no_more_than_the_bill_also_above_the_markets_price():
    """Billed 1.000.000, the market's price 600.000, JKN paid 900.000: we pay the 100.000 that are left.

    400.000 above the market would be the member's; JKN's money takes these first and then 500.000 of our 600.000.
    Leaving them out of the bill that JKN paid, we paid 400.000: 1.300.000 for a bill of 1.000.000.
    """
    payer = OtherPayer("JKN", Way.BALANCE, paid=rp(900_000))
    market = {"scan": Tariff(rp(600_000), agreed=False)}
    judgement = judged(bill(line(1_000_000, service="scan"), other=payer), tariffs=market)
    assert split_of(judgement) == {"other": 900_000, "plan": 100_000}


@pytest.mark.requirement("S4-8", "S4-11")
def test_what_jkn_forbids_to_charge_relieves_the_member_before_the_plan():
    """Class 2 as entitled: of 7.000.000 the tariff is 5.000.000 and nothing comes on top, so 2.000.000 nobody owes.

    The market's price is 6.000.000; the member's 1.000.000 above it are part of what may not be charged.
    """
    market = {"stay": Tariff(rp(6_000_000), agreed=False)}
    judgement = judged(bill(line(7_000_000, service="stay"), other=jkn()), tariffs=market)
    assert split_of(judgement) == {"other": 5_000_000, "provider": 2_000_000}


@pytest.mark.requirement("S1-13", "S1-74", "S4-8")
def test_a_payer_behind_us_does_not_pay_for_napkins_either():
    """50.000 of napkins were paid at the desk; the spouse's insurer pays the 200.000 that our limit leaves."""
    behind = OtherPayer("Insurer of the spouse", Way.BALANCE, paid=rp(900_000), first=False)
    op = a_benefit("OP", "outpatient", a_limit("visit", 300_000))
    judgement = judged(bill(line(500_000), line(50_000, item=Item.NON_MEDICAL), other=behind), a_cover(op))
    assert split_of(judgement) == {"plan": 300_000, "other": 200_000, "member": 50_000}
    assert judgement.shares.excess_cost == rp(50_000)


@pytest.mark.requirement("S1-13", "S4-8")
def test_another_payer_never_pays_what_is_not_medical():
    """Of 1.000.000 treatment and 50.000 napkins JKN pays at most the treatment; the napkins stay excess cost."""
    payer = OtherPayer("JKN", Way.BALANCE, paid=rp(1_050_000))
    asked = bill(line(1_000_000), line(50_000, item=Item.NON_MEDICAL), other=payer)
    assert split_of(judged(asked)) == {"other": 1_000_000, "member": 50_000}


@pytest.mark.requirement("S4-11")
def test_jkn_is_divided_over_the_lines_in_proportion_to_the_last_rupiah():
    """1.000.000 over lines of 1, 1 and 1 million: 333.333,33 / 333.333,33 / 333.333,34, together 1.000.000."""
    parts = allot(rp(1_000_000), [rp(1_000_000)] * 3)
    assert [part.amount_minor for part in parts] == [333_333_33, 333_333_33, 333_333_34]


@pytest.mark.requirement("S4-8")
def test_no_more_can_be_divided_than_there_is():
    """100.000 do not fit into a line of 99.999."""
    with pytest.raises(ValueError, match="more than there is"):
        allot(rp(100_000), [rp(99_999)])


@pytest.mark.requirement("S4-11")
def test_from_class_2_to_class_1_the_difference_of_the_tariffs_comes_on_top():
    """T1 - T2 = 1.000.000 on top of JKN's 5.000.000; of a bill of 9.000.000 nobody owes the last 3.000.000."""
    assert difference(jkn(occupied=1)) == rp(1_000_000)
    assert shared(9_000_000, jkn(occupied=1)) == {"other": 5_000_000, "plan": 1_000_000, "provider": 3_000_000}


@pytest.mark.requirement("S4-11")
def test_from_class_1_to_vip_three_quarters_of_the_class_1_tariff_come_on_top():
    """75 % of 6.000.000 are 4.500.000; 6.000.000 + 4.500.000 of a bill of 12.000.000, 1.500.000 nobody owes."""
    vip = jkn(tariff=T1, entitled=1, occupied=ABOVE_CLASS_ONE)
    assert difference(vip) == rp(4_500_000)
    assert shared(12_000_000, vip) == {"other": 6_000_000, "plan": 4_500_000, "provider": 1_500_000}


@pytest.mark.requirement("S4-11")
def test_from_class_2_to_vip_both_come_on_top():
    """(6.000.000 - 5.000.000) + 4.500.000 = 5.500.000 on top of 5.000.000; 3.500.000 of 14.000.000 nobody owes."""
    vip = jkn(occupied=ABOVE_CLASS_ONE)
    assert difference(vip) == rp(5_500_000)
    assert shared(14_000_000, vip) == {"other": 5_000_000, "plan": 5_500_000, "provider": 3_500_000}


@pytest.mark.requirement("S4-11")
def test_in_the_entitled_class_nothing_comes_on_top():
    """The hospital reckons 7.000.000 in class 2: JKN's tariff of 5.000.000 settles it, 2.000.000 nobody owes."""
    assert difference(jkn()) == rp(0)
    assert shared(7_000_000, jkn()) == {"other": 5_000_000, "provider": 2_000_000}


@pytest.mark.requirement("S4-11")
def test_a_bill_below_the_tariff_leaves_no_difference_also_in_vip():
    """4.000.000 lie under T2 of 5.000.000: JKN pays them, nothing is left."""
    assert shared(4_000_000, jkn(occupied=ABOVE_CLASS_ONE)) == {"other": 4_000_000}


@pytest.mark.requirement("S4-11")
def test_a_bill_between_tariff_and_difference_is_paid_to_its_last_rupiah():
    """7.000.000 in VIP: 5.000.000 JKN, the other 2.000.000 lie within 5.500.000 and are the plan's."""
    assert shared(7_000_000, jkn(occupied=ABOVE_CLASS_ONE)) == {"other": 5_000_000, "plan": 2_000_000}


@pytest.mark.requirement("S4-11")
def test_an_executive_clinic_may_add_four_hundred_thousand():
    """Tariff 200.000, bill 750.000: JKN 200.000, at most 400.000 on top, 150.000 nobody owes."""
    clinic = jkn(tariff=rp(200_000), executive_clinic=True)
    assert shared(750_000, clinic) == {"other": 200_000, "plan": 400_000, "provider": 150_000}


@pytest.mark.requirement("S4-11")
def test_who_may_not_upgrade_becomes_a_private_patient():
    """A member of the third class for the poor takes VIP: JKN pays nothing, the plan 14.000.000 as if alone."""
    assert shared(14_000_000, jkn(occupied=ABOVE_CLASS_ONE, may_upgrade=False)) == {"plan": 14_000_000}


@pytest.mark.requirement("S4-11")
def test_who_may_not_upgrade_and_does_not_is_paid_by_jkn():
    """The same member in the entitled class: 5.000.000 of 5.000.000 are JKN's."""
    assert shared(5_000_000, jkn(may_upgrade=False)) == {"other": 5_000_000}


@pytest.mark.requirement("S4-11")
def test_by_the_decree_of_2024_jkn_pays_three_quarters_of_the_tariff():
    """75 % of 5.000.000 are 3.750.000; the plan pays the rest of 14.000.000, 10.250.000."""
    assert shared(14_000_000, jkn(Way.SHARES)) == {"other": 3_750_000, "plan": 10_250_000}


@pytest.mark.requirement("S4-11")
def test_a_scheme_may_end_at_two_and_a_half_times_the_tariff():
    """250 % of 5.000.000 are 12.500.000: JKN 3.750.000, the plan 8.750.000 (175 %), 1.500.000 nobody owes."""
    payer = jkn(Way.SHARES, scheme=JknScheme(ceiling_percent=Decimal(250)))
    assert shared(14_000_000, payer) == {"other": 3_750_000, "plan": 8_750_000, "provider": 1_500_000}


@pytest.mark.requirement("S4-8", "S4-11")
def test_three_quarters_of_the_tariff_are_never_more_than_the_bill():
    """75 % of 5.000.000 are more than a bill of 3.000.000: JKN pays it all."""
    assert shared(3_000_000, jkn(Way.SHARES)) == {"other": 3_000_000}


@pytest.mark.requirement("S4-11")
@pytest.mark.parametrize(
    ("on", "agreed", "way"),
    [
        (date(2024, 8, 31), Way.SHARES, Way.DIFFERENCE),
        (date(2024, 9, 1), Way.SHARES, Way.SHARES),
        (date(2026, 3, 10), Way.DIFFERENCE, Way.DIFFERENCE),
        (date(2023, 1, 9), Way.DIFFERENCE, Way.DIFFERENCE),
        (date(2023, 1, 8), Way.DIFFERENCE, Way.BALANCE),
        (date(2022, 12, 31), Way.SHARES, Way.BALANCE),
        (date(2026, 3, 10), Way.BALANCE, Way.BALANCE),
    ],
)
def test_a_rule_settles_only_what_happened_since_it_is_in_force(on: date, agreed: Way, way: Way):
    """The decree is of September 2024, the regulation of 9 January 2023; what is older settles the balance."""
    assert way_on(on, agreed) is way


@pytest.mark.requirement("S4-11")
def test_without_a_tariff_the_balance_is_settled():
    """The hospital sent no INA-CBG tariff: what JKN said it paid, 2.000.000, counts."""
    parts = split(rp(5_000_000), jkn(tariff=None, paid=rp(2_000_000)), IN_2026)
    assert (parts.other, parts.not_chargeable) == (rp(2_000_000), rp(0))


@pytest.mark.requirement("S4-6")
def test_a_payer_behind_us_takes_what_would_be_the_members():
    """Our benefit ends at 3.000.000 of 5.000.000; the spouse's insurer pays up to 1.500.000 of the 2.000.000 left."""
    behind = OtherPayer("Insurer of the spouse", Way.BALANCE, paid=rp(1_500_000), first=False)
    op = a_benefit("OP", "outpatient", a_limit("visit", 3_000_000))
    judgement = judged(bill(line(5_000_000), other=behind), a_cover(op))
    assert split_of(judgement) == {"plan": 3_000_000, "other": 1_500_000, "member": 500_000}
    assert judgement.lines[0].steps[-1].rule is Rule.OTHER_PAYER_AFTER


@pytest.mark.requirement("S4-8")
def test_a_payer_behind_us_never_takes_more_than_is_left():
    """It would pay 900.000, but only two lines of 100.000 are left: 200.000."""
    behind = OtherPayer("Insurer of the spouse", Way.BALANCE, paid=rp(900_000), first=False)
    op = a_benefit("OP", "outpatient", a_limit("visit", 300_000))
    asked = bill(line(400_000), line(100_000), other=behind)
    assert split_of(judged(asked, a_cover(op))) == {"plan": 300_000, "other": 200_000}


@pytest.mark.requirement("S4-9", "S2-35")
def test_only_what_the_plan_pays_is_taken_from_the_limit():
    """JKN's 7.500.000 over lines of 8.000.000 and 4.000.000 are 5.000.000 and 2.500.000; our year has 6.000.000.

    The first line costs us 3.000.000, so 3.000.000 are left for the second, which costs us its balance of 1.500.000.
    """
    payer = OtherPayer("JKN", Way.BALANCE, paid=rp(7_500_000))
    op = a_benefit("OP", "outpatient", a_limit("year", 6_000_000))
    judgement = judged(bill(line(8_000_000), line(4_000_000), other=payer), a_cover(op))
    assert [one.shares.plan for one in judgement.lines] == [rp(3_000_000), rp(1_500_000)]
    assert split_of(judgement) == {"other": 7_500_000, "plan": 4_500_000}
