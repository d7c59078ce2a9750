"""Whole lines that are covered or not, as stories: cover, waiting, exclusions, referral, network, stays, abroad.

The bill is of 10 March 2026 and of Rp 400.000 unless the story says otherwise; the member is covered since 2025.
"""

from datetime import date

import pytest

from backend.adjudication.rules import Accident, Excess, Item, Place, Rule
from backend.adjudication.rules.gates import is_accident
from backend.benefits.rules import ConditionWait, Exclusion
from backend.clients.rules import Terms
from tests.factories.bills import a_benefit, a_cover, bill, judged, line, rp, split_of

ABROAD = Place(abroad=True, in_network=False)
OUTSIDE = Place(in_network=False)


def outcome(
    *, cover=None, item=Item.OTHER, benefit="OP", line_facts=None, **facts
) -> tuple[dict[str, int], list[Rule]]:
    """Who pays 400.000 and by which rules."""
    asked = bill(line(400_000, benefit, item, **(line_facts or {})), **facts)
    judgement = judged(asked, cover)
    return split_of(judgement), [step.rule for step in judgement.lines[0].steps]


PAID = {"plan": 400_000}
REFUSED = {"member": 400_000}


@pytest.mark.requirement("S0-9")
def test_nothing_is_paid_on_a_day_without_cover():
    """No plan covered the member on 10 March: 400.000 stay with them, with the day as the reason."""
    assert outcome(cover=a_cover(since=None)) == (REFUSED, [Rule.NO_COVER])


@pytest.mark.requirement("S0-9")
def test_cover_starts_on_its_first_day():
    """Covered since 10 March a bill of that day is paid; covered since 11 March it is not."""
    assert outcome(cover=a_cover(since=date(2026, 3, 10)))[0] == PAID
    assert outcome(cover=a_cover(since=date(2026, 3, 11))) == (REFUSED, [Rule.NO_COVER])


@pytest.mark.requirement("S1-78")
def test_a_card_that_is_suspended_opens_no_door_but_the_plan_still_reimburses():
    """Cashless the member pays 400.000 at the desk; the claim afterwards pays them back."""
    suspended = a_cover(card_usable=False)
    assert outcome(cover=suspended, cashless=True) == (REFUSED, [Rule.CARD_UNUSABLE])
    assert outcome(cover=suspended)[0] == PAID


@pytest.mark.requirement("S2-34", "S1-28")
def test_what_the_plan_does_not_have_is_the_members():
    """A plan without a glasses benefit: the note on glasses does not even apply."""
    assert outcome(benefit="LENSES", item=Item.LENSES) == (REFUSED, [Rule.NOT_IN_PLAN])


@pytest.mark.requirement("S1-13", "S1-74", "S1-75")
def test_napkins_and_the_minibar_are_excess_cost_paid_before_leaving():
    """Cashless: 400.000 of diapers, telephone and minibar are known at the desk, so they are cost and not claim."""
    judgement = judged(bill(line(400_000, item=Item.NON_MEDICAL), cashless=True))
    assert judgement.shares.excess_cost == rp(400_000)
    assert judgement.shares.excess_claim == rp(0)
    assert judgement.lines[0].reasons == (Rule.NON_MEDICAL,)


@pytest.mark.requirement("S1-14", "S1-79", "S2-34")
def test_treatment_under_an_exclusion_is_an_excess_claim():
    """Z41.1 begins with the excluded Z41: found when the bill is analysed, so 400.000 are asked for afterwards."""
    op = a_benefit("OP", "outpatient", exclusions=(Exclusion("cosmetic", ("Z41",)),))
    judgement = judged(bill(line(400_000), diagnosis="Z41.1", cashless=True), a_cover(op))
    assert judgement.shares.excess_claim == rp(400_000)
    assert judgement.lines[0].steps[0].inputs == {"exclusion": "cosmetic", "open": rp(400_000)}
    assert judgement.lines[0].steps[0].excess is Excess.CLAIM


@pytest.mark.requirement("S2-34")
def test_an_item_that_is_excluded_by_name_is_not_paid_whatever_the_diagnosis():
    """Tooth whitening on a bill with caries (K02): the named item decides."""
    dental = a_benefit("OP", "dental", exclusions=(Exclusion("whitening"),))
    refused = outcome(cover=a_cover(dental), diagnosis="K02.1", line_facts={"named": frozenset({"whitening"})})
    assert refused == (REFUSED, [Rule.EXCLUDED])
    assert outcome(cover=a_cover(dental), diagnosis="K02.1")[0] == PAID


@pytest.mark.requirement("S2-34")
def test_one_line_with_another_diagnosis_is_judged_by_its_own():
    """The bill is for influenza (J11), one line for N97.9, fertility, which is excluded."""
    op = a_benefit("OP", "outpatient", exclusions=(Exclusion("infertility", ("N97",)),))
    asked = bill(line(400_000), line(300_000, diagnosis="N97.9"), diagnosis="J11.1")
    assert split_of(judged(asked, a_cover(op))) == {"plan": 400_000, "member": 300_000}


@pytest.mark.requirement("S2-34")
def test_a_wait_of_thirty_days_ends_on_the_thirtieth_day():
    """Covered since 8 February: 8 February + 30 days is 10 March, so the bill is paid; since 9 February it is not."""
    dental = a_benefit("OP", "dental", waiting_days=30)
    assert outcome(cover=a_cover(dental, since=date(2026, 2, 8)))[0] == PAID
    assert outcome(cover=a_cover(dental, since=date(2026, 2, 9))) == (REFUSED, [Rule.WAITING])


@pytest.mark.requirement("S2-34")
def test_a_wait_says_from_when_on_the_benefit_pays():
    """Covered since 9 February, thirty days: from 11 March on."""
    dental = a_benefit("OP", "dental", waiting_days=30)
    judgement = judged(bill(line(400_000)), a_cover(dental, since=date(2026, 2, 9)))
    inputs = judgement.lines[0].steps[0].inputs
    assert (inputs["since"], inputs["until"], inputs["on"]) == (date(2026, 2, 9), date(2026, 3, 11), date(2026, 3, 10))


@pytest.mark.requirement("S2-34")
def test_some_conditions_wait_longer_than_others():
    """A year for hernia (K40): covered since June 2025 influenza is paid and a hernia is not."""
    op = a_benefit("OP", "outpatient", waits=(ConditionWait(365, ("K40",)),))
    cover = a_cover(op, since=date(2025, 6, 1))
    assert outcome(cover=cover, diagnosis="J11.1")[0] == PAID
    assert outcome(cover=cover, diagnosis="K40.9") == (REFUSED, [Rule.WAITING])


@pytest.mark.requirement("S1-11")
def test_an_accident_is_covered_from_the_first_day():
    """A fall on 10 March with a wait until 11 March: paid, and the trace says that the wait was lifted."""
    dental = a_benefit("OP", "dental", waiting_days=30)
    fall = Accident(date(2026, 3, 10), date(2026, 3, 10))
    split, rules = outcome(cover=a_cover(dental, since=date(2026, 2, 9)), accident=fall)
    assert (split, rules[0]) == (PAID, Rule.WAIT_WAIVED)


@pytest.mark.requirement("S1-11")
def test_a_contract_may_let_accidents_wait_too():
    """The same fall under a contract without the waiver."""
    dental = a_benefit("OP", "dental", waiting_days=30)
    fall = Accident(date(2026, 3, 10), date(2026, 3, 10))
    cover = a_cover(dental, since=date(2026, 2, 9), terms=Terms(accident_waives_waiting=False))
    assert outcome(cover=cover, accident=fall) == (REFUSED, [Rule.WAITING])


@pytest.mark.requirement("S1-11")
@pytest.mark.parametrize(
    ("hurt_on", "poison", "counts"),
    [
        (date(2026, 3, 31), True, True),
        (date(2026, 4, 1), True, False),
        (date(2026, 4, 1), False, True),
    ],
)
def test_poison_counts_as_an_accident_when_it_hurts_within_thirty_days(hurt_on: date, poison: bool, counts: bool):
    """Swallowed on 1 March: 31 March is the thirtieth day, 1 April too late; a fall has no such limit."""
    assert is_accident(Accident(date(2026, 3, 1), hurt_on, inhaled_or_swallowed=poison)) is counts


def test_no_accident_is_no_accident():
    """Nothing happened."""
    assert not is_accident(None)


@pytest.mark.requirement("S1-61")
@pytest.mark.parametrize(
    ("hours", "surgery", "split"), [(8, False, PAID), (7, False, REFUSED), (3, True, PAID), (None, False, PAID)]
)
def test_a_stay_is_at_least_eight_hours_unless_there_was_surgery(hours: int | None, surgery: bool, split: dict):
    """Eight hours are enough, seven are not, three with surgery are; an unknown length is nobody's fault."""
    stay = a_cover(a_benefit("OP", "inpatient"))
    assert outcome(cover=stay, hours=hours, surgery=surgery)[0] == split


@pytest.mark.requirement("S1-61")
def test_an_operation_on_the_bill_is_surgery_though_nobody_ticked_it():
    """Five hours, theatre 3.000.000 and medicine 400.000: surgery knows no shortest stay, so 3.400.000 are paid."""
    stay = a_cover(a_benefit("OP", "inpatient"))
    day_case = bill(line(3_000_000, item=Item.SURGERY), line(400_000, item=Item.MEDICINE), hours=5)
    assert split_of(judged(day_case, stay)) == {"plan": 3_400_000}


@pytest.mark.requirement("S1-45", "S1-61", "S1-6")
def test_a_birth_at_a_midwifes_is_paid_though_it_took_six_hours():
    """Neither eight hours nor a hospital is asked of maternity: 400.000 for a midwife's clinic are paid."""
    birth = a_cover(a_benefit("OP", "maternity"))
    assert outcome(cover=birth, place=Place(hospital=False), hours=6)[0] == PAID


@pytest.mark.requirement("S1-61")
def test_an_outpatient_visit_has_no_shortest_length():
    """Twenty minutes at the doctor are paid."""
    assert outcome(hours=0)[0] == PAID


@pytest.mark.requirement("S1-6")
def test_a_nursing_home_is_no_hospital():
    """A stay in a nursing home is not inpatient care, a visit to a doctor there is still outpatient care."""
    home = Place(hospital=False)
    stay = a_cover(a_benefit("OP", "inpatient"))
    assert outcome(cover=stay, place=home, hours=48) == (REFUSED, [Rule.NO_HOSPITAL])
    assert outcome(place=home)[0] == PAID


@pytest.mark.requirement("S1-8", "S1-9")
def test_a_healer_without_a_licence_is_not_paid():
    """The doctor's licence is not valid where the member was treated."""
    assert outcome(line_facts={"licensed": False}) == (REFUSED, [Rule.NOT_LICENSED])


@pytest.mark.requirement("S0-22", "S1-15")
def test_a_benefit_of_the_network_only_is_not_paid_outside_it():
    """The general practitioner of the network only; an emergency takes the nearest one."""
    gp = a_cover(a_benefit("OP", "outpatient", network_only=True))
    assert outcome(cover=gp, place=OUTSIDE) == (REFUSED, [Rule.OUTSIDE_NETWORK])
    assert outcome(cover=gp, place=OUTSIDE, emergency=True)[0] == PAID
    assert outcome(cover=gp)[0] == PAID


@pytest.mark.requirement("S1-19")
def test_a_benefit_that_is_only_given_cashless_is_not_reimbursed():
    """The yearly check-up is arranged with the clinic; who pays by themselves keeps the bill."""
    checkup = a_cover(a_benefit("OP", "medical_checkup", reimbursable=False))
    assert outcome(cover=checkup) == (REFUSED, [Rule.NOT_REIMBURSED])
    assert outcome(cover=checkup, cashless=True)[0] == PAID


@pytest.mark.requirement("S0-21", "S0-28")
def test_a_specialist_without_a_referral_is_not_paid():
    """The plan wants a referral: with one 400.000 are paid, without one nothing."""
    specialist = a_cover(a_benefit("OP", "outpatient", referral_required=True))
    assert outcome(cover=specialist) == (REFUSED, [Rule.NO_REFERRAL])
    assert outcome(cover=specialist, referral=True)[0] == PAID


@pytest.mark.requirement("S0-29")
def test_the_first_tier_needs_no_referral():
    """The same benefit at the member's first-tier clinic."""
    specialist = a_cover(a_benefit("OP", "outpatient", referral_required=True))
    assert outcome(cover=specialist, place=Place(first_tier=True))[0] == PAID


@pytest.mark.requirement("S0-35", "S1-10")
def test_an_emergency_bypasses_the_referral():
    """Paid, and the trace says why no referral was asked for."""
    specialist = a_cover(a_benefit("OP", "outpatient", referral_required=True))
    split, rules = outcome(cover=specialist, emergency=True)
    assert (split, rules[0]) == (PAID, Rule.REFERRAL_BYPASSED)


@pytest.mark.requirement("S0-35")
def test_a_contract_may_want_the_referral_in_an_emergency_too():
    """The switch turned off: refused like any other visit."""
    terms = Terms(emergency_bypasses_referral=False)
    specialist = a_cover(a_benefit("OP", "outpatient", referral_required=True), terms=terms)
    assert outcome(cover=specialist, emergency=True) == (REFUSED, [Rule.NO_REFERRAL])


@pytest.mark.requirement("S2-36")
def test_what_needs_approval_first_is_not_paid_without_it():
    """A planned operation: approved it is paid, in an emergency too, otherwise not."""
    surgery = a_cover(a_benefit("OP", "outpatient", approval_required=True))
    assert outcome(cover=surgery) == (REFUSED, [Rule.NO_APPROVAL])
    assert outcome(cover=surgery, approved=True)[0] == PAID
    assert outcome(cover=surgery, emergency=True)[0] == PAID


@pytest.mark.requirement("S1-10", "S2-36")
def test_a_contract_may_want_approval_in_an_emergency_too():
    """The other reading: no treatment without our word before, so 400.000 are the member's."""
    strict = Terms(emergency_bypasses_approval=False)
    surgery = a_cover(a_benefit("OP", "outpatient", approval_required=True), terms=strict)
    assert outcome(cover=surgery, emergency=True) == (REFUSED, [Rule.NO_APPROVAL])


@pytest.mark.requirement("S1-10", "S1-15")
def test_in_an_emergency_the_nearest_hospital_may_lie_outside_the_network_unless_the_contract_says_no():
    """400.000 at a hospital outside: paid by default, the member's under a contract that holds to its network."""
    outside = Place(in_network=False)
    only_network = a_benefit("OP", "outpatient", network_only=True)
    strict = Terms(emergency_bypasses_network=False)
    assert outcome(cover=a_cover(only_network), place=outside, emergency=True)[0] == PAID
    refused = outcome(cover=a_cover(only_network, terms=strict), place=outside, emergency=True)
    assert refused == (REFUSED, [Rule.OUTSIDE_NETWORK])


@pytest.mark.requirement("S1-62", "S1-70")
def test_abroad_nothing_is_guaranteed_and_everything_is_reimbursed():
    """A letter for a hospital in Singapore: nothing. The claim afterwards: 400.000, as at home."""
    cover = a_cover(a_benefit("OP", "inpatient"))
    assert outcome(cover=cover, place=ABROAD, cashless=True, hours=48) == (REFUSED, [Rule.ABROAD_PAY_FIRST])
    assert outcome(cover=cover, place=ABROAD, hours=48)[0] == PAID


def test_the_widest_reason_is_the_one_that_is_given():
    """Uncovered, excluded and without referral: that nothing covers the member is what they need to know."""
    op = a_benefit("OP", "outpatient", referral_required=True, exclusions=(Exclusion("cosmetic", ("Z41",)),))
    assert outcome(cover=a_cover(op, since=None), diagnosis="Z41.1")[1] == [Rule.NO_COVER]
    assert outcome(cover=a_cover(op), diagnosis="Z41.1")[1] == [Rule.EXCLUDED]


def test_what_is_not_paid_takes_nothing_from_the_benefit():
    """A refused line of 400.000 and a paid one of 100.000: one visit and 100.000 are taken."""
    op = a_benefit("OP", "outpatient", exclusions=(Exclusion("infertility", ("N97",)),))
    judgement = judged(bill(line(400_000, diagnosis="N97.9"), line(100_000)), a_cover(op))
    assert [(one.count, one.shares.plan) for one in judgement.lines] == [(0, rp(0)), (1, rp(100_000))]
