"""Spectacles (S1-23..S1-28), vitamins (S1-72) and repeated prescriptions (S1-73) as stories.

Lenses cost Rp 600.000. The adult has an approval, the child a letter of an ophthalmologist, unless the story says no.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from backend.adjudication.rules import Item, Rule, Tariff
from backend.adjudication.rules.glasses import Glasses, Refraction
from backend.adjudication.rules.medicines import Dispensing
from backend.clients.rules import Terms
from tests.factories.bills import a_benefit, a_cover, bill, judged, line, rp, split_of

PAID, REFUSED = {"plan": 600_000}, {"member": 600_000}
OPTICAL = a_benefit("EYES", "optical", approval_required=True)


def dioptres(sphere: str = "0", cylinder: str = "0") -> Refraction:
    return Refraction(Decimal(sphere), Decimal(cylinder))


ADULT = Glasses(dioptres("-1.25"), earlier=dioptres("-1.00"), approved=True)
CHILD = Glasses(dioptres("-1.25"), specialist_letter=True)


def bought(glasses: Glasses | None, *, child: bool = False, item: Item = Item.LENSES) -> tuple[dict[str, int], Rule]:
    """Who pays 600.000 for spectacles, and the first rule of the trace."""
    judgement = judged(bill(line(600_000, "EYES", item, count=1), glasses=glasses), a_cover(OPTICAL, child=child))
    return split_of(judgement), judgement.lines[0].steps[0].rule


@pytest.mark.requirement("S1-23", "S1-24", "S1-27")
def test_stronger_lenses_that_were_approved_before_are_paid():
    """From -1,00 to -1,25 dioptres, recommended and approved: 600.000."""
    assert bought(ADULT) == (PAID, Rule.PLAN_PAYS)


@pytest.mark.requirement("S1-23")
def test_lenses_that_no_doctor_recommended_are_not_paid():
    """The optician measured by himself, or no refraction came with the bill at all."""
    assert bought(replace(ADULT, prescribed=False)) == (REFUSED, Rule.GLASSES_NOT_PRESCRIBED)
    assert bought(None) == (REFUSED, Rule.GLASSES_NOT_PRESCRIBED)


@pytest.mark.requirement("S1-24")
def test_an_adult_needs_approval_before_buying():
    """Everything else is right, but nobody was asked."""
    assert bought(replace(ADULT, approved=False)) == (REFUSED, Rule.GLASSES_NOT_APPROVED)


@pytest.mark.requirement("S1-24", "S1-25")
def test_a_child_needs_no_approval_but_a_letter_of_an_ophthalmologist():
    """With the letter 600.000 are paid without approval; with an approval and no letter nothing is."""
    assert bought(CHILD, child=True) == (PAID, Rule.PLAN_PAYS)
    without = replace(CHILD, specialist_letter=False, approved=True)
    assert bought(without, child=True) == (REFUSED, Rule.GLASSES_NO_CHILD_LETTER)


@pytest.mark.requirement("S1-26")
@pytest.mark.parametrize(
    ("sphere", "cylinder", "paid"),
    [
        ("-0.50", "0", True),
        ("0.50", "0", True),
        ("0", "-0.50", True),
        ("-0.25", "-0.25", False),
        ("0.25", "0", False),
    ],
)
def test_half_a_dioptre_of_minus_plus_or_cylinder_is_the_least(sphere: str, cylinder: str, paid: bool):
    """Exactly 0,5 of one kind is enough; 0,25 of two kinds does not add up to it."""
    glasses = replace(ADULT, refraction=dioptres(sphere, cylinder))
    assert bought(glasses) == ((PAID, Rule.PLAN_PAYS) if paid else (REFUSED, Rule.GLASSES_TOO_WEAK))


@pytest.mark.requirement("S1-27")
def test_the_same_refraction_as_last_time_is_not_paid_again():
    """-1,25 then and now; the first spectacles ever have nothing to compare with."""
    unchanged = replace(ADULT, earlier=ADULT.refraction)
    assert bought(unchanged) == (REFUSED, Rule.GLASSES_UNCHANGED)
    assert bought(replace(ADULT, earlier=None))[0] == PAID


@pytest.mark.requirement("S1-27")
def test_other_conditions_of_the_policy_stand_in_for_a_change():
    """The lenses were broken in an accident that the policy covers: the same refraction is paid."""
    broken = replace(ADULT, earlier=ADULT.refraction, other_conditions=True)
    assert bought(broken)[0] == PAID


@pytest.mark.requirement("S1-24")
def test_a_frame_follows_the_same_rules_as_lenses():
    """A frame for 600.000 without approval is refused, with one it is paid."""
    assert bought(ADULT, item=Item.FRAME)[0] == PAID
    assert bought(replace(ADULT, approved=False), item=Item.FRAME)[0] == REFUSED


def medicine(item: Item = Item.MEDICINE, *, terms: Terms | None = None, **facts) -> tuple[dict[str, int], Rule]:
    """Who pays 600.000 of medicine of 10 March, and the first rule of the trace."""
    cover = a_cover(a_benefit("RX", "pharmacy"), terms=terms)
    judgement = judged(bill(line(600_000, "RX", item), **facts), cover)
    return split_of(judgement), judgement.lines[0].steps[0].rule


@pytest.mark.requirement("S1-72")
def test_vitamins_are_paid_in_cash_and_claimed_afterwards():
    """At the desk 600.000 are the member's; claimed by the policy they are the plan's."""
    assert medicine(Item.VITAMIN, cashless=True) == (REFUSED, Rule.VITAMINS_IN_CASH)
    assert medicine(Item.VITAMIN) == (PAID, Rule.PLAN_PAYS)


@pytest.mark.requirement("S1-72", "S1-14")
def test_vitamins_paid_in_cash_above_the_markets_price_are_not_asked_for_a_second_time():
    """100.000 in cash, the market's price 60.000: all of it was paid at the desk, no excess claim of 40.000 follows."""
    market = {"zinc": Tariff(rp(60_000), agreed=False)}
    asked = bill(line(100_000, item=Item.VITAMIN, service="zinc"), cashless=True)
    shares = judged(asked, tariffs=market).shares
    assert (shares.excess_cost, shares.excess_claim) == (rp(100_000), rp(0))


@pytest.mark.requirement("S1-72")
def test_medicine_is_cashless():
    """Only vitamins are paid in cash."""
    assert medicine(cashless=True)[0] == PAID


@pytest.mark.requirement("S1-73")
@pytest.mark.parametrize(("number", "paid"), [(0, True), (1, True), (2, True), (3, False)])
def test_a_prescription_is_repeated_twice(number: int, paid: bool):
    """The first dispensing and two repeats within 14 days are paid, the third repeat is not."""
    expected = (PAID, Rule.PLAN_PAYS) if paid else (REFUSED, Rule.TOO_MANY_REPEATS)
    assert medicine(dispensing=Dispensing(number, date(2026, 3, 1))) == expected


@pytest.mark.requirement("S1-73")
def test_by_the_other_reading_two_dispensings_in_all_are_paid():
    """A contract that counts dispensings pays two in all, the first and one repeat: the second repeat is refused."""
    terms = Terms(repeat_prescription_counts="dispensings")
    assert medicine(dispensing=Dispensing(1, date(2026, 3, 1)), terms=terms)[0] == PAID
    assert medicine(dispensing=Dispensing(2, date(2026, 3, 1)), terms=terms) == (REFUSED, Rule.TOO_MANY_REPEATS)


@pytest.mark.requirement("S1-73")
def test_a_repeat_comes_within_fourteen_days_of_the_first_dispensing():
    """24 February + 14 days is 10 March, in time; 23 February + 14 is 9 March, a day too late."""
    assert medicine(dispensing=Dispensing(1, date(2026, 2, 24)))[0] == PAID
    assert medicine(dispensing=Dispensing(1, date(2026, 2, 23))) == (REFUSED, Rule.REPEAT_TOO_LATE)


@pytest.mark.requirement("S1-73")
def test_the_medical_team_may_approve_more_repeats_in_writing():
    """The fifth repeat after two months, approved: paid."""
    assert medicine(dispensing=Dispensing(5, date(2026, 1, 5), written_approval=True))[0] == PAID


@pytest.mark.requirement("S1-73")
def test_a_refused_repeat_says_how_many_and_until_when():
    """At most 2, until 24 February + 14 days = 10 March; this was number 3."""
    cover = a_cover(a_benefit("RX", "pharmacy"))
    asked = bill(line(600_000, "RX", Item.MEDICINE), dispensing=Dispensing(3, date(2026, 2, 24)))
    inputs = judged(asked, cover).lines[0].steps[0].inputs
    assert (inputs["number"], inputs["most"], inputs["last_on"]) == (3, 2, date(2026, 3, 10))


@pytest.mark.requirement("S1-73")
def test_other_lines_of_the_bill_do_not_care_about_the_repeat():
    """The doctor's fee beside a repeat that came too late is still paid."""
    asked = bill(line(600_000, "RX", Item.DOCTOR), dispensing=Dispensing(9, date(2026, 1, 1)))
    assert split_of(judged(asked, a_cover(a_benefit("RX", "pharmacy")))) == PAID
