"""Limits of every kind as stories (S2-35): per day, visit, case, year, lifetime; shared pools, families, counts.

The policy year is 2026 and the bill of 10 March 2026. What a limit says first goes to the plan, the rest to the member.
"""

from datetime import date
from uuid import UUID

import pytest

from backend.adjudication.rules import Excess, Item, Rule
from backend.adjudication.rules.rooms import Night, Stay
from backend.benefits.rules import EntryKind
from tests.factories.bills import SOURCE, a_benefit, a_cover, a_limit, bill, judged, line, rp, split_of, used

CHILD = UUID(int=7)
APPENDIX = "appendicitis"


@pytest.mark.requirement("S2-35")
def test_a_visit_is_paid_up_to_its_limit():
    """500.000 under a limit of 350.000 a visit: 350.000 and 150.000; the 150.000 are excess claim."""
    judgement = judged(bill(line(500_000)), a_cover(a_benefit("OP", "outpatient", a_limit("visit", 350_000))))
    assert split_of(judgement) == {"plan": 350_000, "member": 150_000}
    assert judgement.shares.excess_claim == rp(150_000)


@pytest.mark.requirement("S2-35")
def test_the_lines_of_one_visit_share_its_limit():
    """200.000 + 200.000 under 350.000: the second line has 150.000 left, 50.000 stay with the member."""
    op = a_benefit("OP", "outpatient", a_limit("visit", 350_000))
    judgement = judged(bill(line(200_000), line(200_000)), a_cover(op))
    assert [one.shares.plan for one in judgement.lines] == [rp(200_000), rp(150_000)]


@pytest.mark.requirement("S2-35")
def test_another_visit_leaves_the_limit_of_this_one_alone():
    """300.000 were used in February; a visit's limit looks at this visit only."""
    op = a_benefit("OP", "outpatient", a_limit("visit", 350_000))
    assert split_of(judged(bill(line(350_000)), a_cover(op), entries=(used(300_000),))) == {"plan": 350_000}


@pytest.mark.requirement("S2-35")
def test_a_year_is_what_was_not_used_and_not_promised_yet():
    """5.000.000 a year, 3.000.000 used, 1.500.000 held by a letter: 500.000 are left of a bill of 800.000."""
    op = a_benefit("OP", "outpatient", a_limit("year", 5_000_000))
    before = (used(3_000_000), used(1_500_000, kind=EntryKind.HOLD))
    assert split_of(judged(bill(line(800_000)), a_cover(op), entries=before)) == {"plan": 500_000, "member": 300_000}


@pytest.mark.requirement("S2-35")
def test_the_last_policy_years_use_does_not_count():
    """4.900.000 on 31 December 2025 belong to the year before; 4.900.000 on 1 January leave 100.000."""
    op = a_benefit("OP", "outpatient", a_limit("year", 5_000_000))
    old, new = used(4_900_000, on=date(2025, 12, 31)), used(4_900_000, on=date(2026, 1, 1))
    assert split_of(judged(bill(line(800_000)), a_cover(op), entries=(old,))) == {"plan": 800_000}
    assert split_of(judged(bill(line(800_000)), a_cover(op), entries=(new,))) == {"plan": 100_000, "member": 700_000}


@pytest.mark.requirement("S2-35")
def test_glasses_every_two_years_look_back_into_the_year_before():
    """One frame in two years, bought in June 2025: nothing for another one in March 2026."""
    frame = a_benefit("FRAME", "dental", a_limit("year", count=1, codes=("FRAME",), years=2))
    before = used(900_000, "FRAME", on=date(2025, 6, 1))
    judgement = judged(bill(line(700_000, "FRAME", count=1)), a_cover(frame), entries=(before,))
    assert split_of(judgement) == {"member": 700_000}
    assert judgement.lines[0].reasons == (Rule.OVER_COUNT,)


@pytest.mark.requirement("S2-35")
def test_a_lifetime_counts_everything_there_ever_was():
    """100.000.000 for life, 99.000.000 of them used in 2021: 1.000.000 of 4.000.000 is left."""
    op = a_benefit("OP", "outpatient", a_limit("lifetime", 100_000_000))
    before = used(99_000_000, on=date(2021, 5, 5))
    assert split_of(judged(bill(line(4_000_000)), a_cover(op), entries=(before,))) == {
        "plan": 1_000_000,
        "member": 3_000_000,
    }


@pytest.mark.requirement("S2-35")
def test_three_births_are_paid_in_a_family_and_not_a_fourth():
    """Three births of the family before: the fourth at 12.000.000 is the member's, whoever's it is."""
    birth = a_benefit("BIRTH", "maternity", a_limit("lifetime", count=3, codes=("BIRTH",), family=True))
    before = tuple(used(10_000_000, "BIRTH", on=date(2015 + n, 1, 1), member_id=CHILD) for n in range(3))
    asked = bill(line(12_000_000, "BIRTH"), hours=48)
    assert split_of(judged(asked, a_cover(birth), entries=before)) == {"member": 12_000_000}
    assert split_of(judged(asked, a_cover(birth), entries=before[:2])) == {"plan": 12_000_000}


@pytest.mark.requirement("S2-35")
def test_a_limit_per_person_does_not_count_the_rest_of_the_family():
    """The child used 5.000.000 of 5.000.000; the mother's own 5.000.000 are untouched."""
    op = a_benefit("OP", "outpatient", a_limit("year", 5_000_000))
    before = used(5_000_000, member_id=CHILD)
    assert split_of(judged(bill(line(800_000)), a_cover(op), entries=(before,))) == {"plan": 800_000}


@pytest.mark.requirement("S2-35")
def test_a_limit_of_the_family_counts_everybody_in_it():
    """The child used 4.700.000 of the family's 5.000.000: 300.000 are left for the mother."""
    op = a_benefit("OP", "outpatient", a_limit("year", 5_000_000, family=True))
    before = used(4_700_000, member_id=CHILD)
    assert split_of(judged(bill(line(800_000)), a_cover(op), entries=(before,))) == {"plan": 300_000, "member": 500_000}


@pytest.mark.requirement("S2-35")
def test_benefits_that_share_a_pool_draw_from_the_same_amount():
    """Doctor and medicine share 1.000.000 a year; 600.000 + 600.000: the medicine finds 400.000."""
    pool = {"pool": "outpatient", "codes": ("GP", "RX")}
    cover = a_cover(
        a_benefit("GP", "outpatient", a_limit("year", 1_000_000, **pool)),
        a_benefit("RX", "pharmacy", a_limit("year", 1_000_000, **pool)),
    )
    judgement = judged(bill(line(600_000, "GP"), line(600_000, "RX", Item.MEDICINE)), cover)
    assert [one.shares.plan for one in judgement.lines] == [rp(600_000), rp(400_000)]


@pytest.mark.requirement("S2-35")
def test_use_of_another_benefit_in_the_pool_counts_too():
    """900.000 of medicine in February leave 100.000 of the shared 1.000.000 for the doctor."""
    gp = a_benefit("GP", "outpatient", a_limit("year", 1_000_000, pool="outpatient", codes=("GP", "RX")))
    judgement = judged(bill(line(600_000, "GP")), a_cover(gp), entries=(used(900_000, "RX"),))
    assert split_of(judgement) == {"plan": 100_000, "member": 500_000}


@pytest.mark.requirement("S2-35")
def test_the_narrowest_of_several_limits_decides():
    """350.000 a visit, 200.000 left of the year: 150.000 fall over the visit's limit, 150.000 more over the year's."""
    op = a_benefit("OP", "outpatient", a_limit("visit", 350_000), a_limit("year", 1_000_000))
    judgement = judged(bill(line(500_000)), a_cover(op), entries=(used(800_000),))
    assert split_of(judgement) == {"plan": 200_000, "member": 300_000}
    assert [step.moved for step in judgement.lines[0].steps] == [rp(150_000), rp(150_000), rp(200_000)]


@pytest.mark.requirement("S2-35")
def test_a_daily_limit_is_given_for_each_day():
    """Intensive care at 2.500.000 a day for three days is 7.500.000 of a bill of 9.000.000."""
    icu = a_benefit("ICU", "inpatient", a_limit("day", 2_500_000, codes=("ICU",)))
    asked = bill(line(9_000_000, "ICU", Item.INTENSIVE_CARE, count=3), hours=72)
    assert split_of(judged(asked, a_cover(icu))) == {"plan": 7_500_000, "member": 1_500_000}


@pytest.mark.requirement("S2-35")
def test_what_a_cheap_night_leaves_of_a_daily_limit_does_not_pay_for_a_dear_one():
    """500.000 a day, nights at 300.000 and 600.000: 300.000 + 500.000 = 800.000, not 2 × 500.000 of 900.000."""
    room = a_benefit("ROOM", "inpatient", a_limit("day", 500_000, codes=("ROOM",)))
    asked = bill(
        line(900_000, "ROOM", Item.ROOM, count=2), stay=Stay((Night(rp(300_000)), Night(rp(600_000)))), hours=48
    )
    assert split_of(judged(asked, a_cover(room))) == {"plan": 800_000, "member": 100_000}


@pytest.mark.requirement("S2-35")
def test_a_daily_limit_of_nothing_takes_every_night_and_not_a_sen_more():
    """Two nights of 0,01, 0,01 adequate: half a sen a night rounds to 0,01 + 0,01, but only 0,01 is there."""
    room = a_benefit("ROOM", "inpatient", a_limit("day", 0, codes=("ROOM",)))
    odd = line("0.02", "ROOM", Item.ROOM, count=2, accepted=rp("0.01"), finding="quality")
    shares = judged(bill(odd, stay=Stay((Night(rp("0.01")), Night(rp("0.01")))), hours=48), a_cover(room)).shares
    assert (shares.plan, shares.member) == (rp(0), rp("0.02"))


@pytest.mark.requirement("S2-35")
def test_one_visit_a_day_is_paid_once_on_each_day():
    """300.000 are paid after a visit of the day before, and not after one of the same day."""
    op = a_benefit("OP", "outpatient", a_limit("day", count=1))
    same_day, before = used(200_000, on=date(2026, 3, 10)), used(200_000, on=date(2026, 3, 9))
    assert split_of(judged(bill(line(300_000)), a_cover(op), entries=(same_day,))) == {"member": 300_000}
    assert split_of(judged(bill(line(300_000)), a_cover(op), entries=(before,))) == {"plan": 300_000}


@pytest.mark.requirement("S2-35")
def test_days_on_two_lines_of_one_bill_each_have_their_daily_limit():
    """Two days of intensive care for 5.000.000 and three more for 9.000.000, 2.500.000 a day: five days, 12.500.000.

    The first line takes 5.000.000, the second the other 7.500.000; 1.500.000 lie above. As one line it was always so.
    """
    icu = a_benefit("ICU", "inpatient", a_limit("day", 2_500_000, codes=("ICU",)))
    two, three = (
        line(5_000_000, "ICU", Item.INTENSIVE_CARE, count=2),
        line(9_000_000, "ICU", Item.INTENSIVE_CARE, count=3),
    )
    judgement = judged(bill(two, three, hours=120), a_cover(icu))
    assert [one.shares.plan for one in judgement.lines] == [rp(5_000_000), rp(7_500_000)]


@pytest.mark.requirement("S2-35")
def test_doctors_on_two_lines_may_have_come_on_the_same_days():
    """Three days of a physician for 600.000 and of a surgeon for 600.000 under 300.000 a day: 3 × 300.000 in all."""
    visits = a_benefit("VISITS", "inpatient", a_limit("day", 300_000, codes=("VISITS",)))
    lines = [line(600_000, "VISITS", Item.DOCTOR, count=3) for _ in range(2)]
    assert split_of(judged(bill(*lines, hours=72), a_cover(visits))) == {"plan": 900_000, "member": 300_000}


@pytest.mark.requirement("S2-35")
def test_the_order_of_the_limits_in_the_table_changes_nothing():
    """Ten days at 1.000.000, five days and 8.000.000 left: the five days cost 5.000.000, which fit.

    With the amount first it was 8.000.000 × 5 ÷ 10 = 4.000.000, with the number first 5.000.000.
    """
    number, amount = a_limit("year", count=5, codes=("ICU",)), a_limit("case", 8_000_000, codes=("ICU",))
    asked = bill(line(10_000_000, "ICU", Item.INTENSIVE_CARE, count=10), hours=240)
    for table in ((number, amount), (amount, number)):
        judgement = judged(asked, a_cover(a_benefit("ICU", "inpatient", *table)))
        assert split_of(judgement) == {"plan": 5_000_000, "member": 5_000_000}
        assert judgement.lines[0].count == 5


@pytest.mark.requirement("S2-35")
def test_days_beyond_the_yearly_number_are_not_paid():
    """30 days a year, 28 used: two of five days at 1.000.000 are paid, three are the member's."""
    icu = a_benefit("ICU", "inpatient", a_limit("year", count=30, codes=("ICU",)))
    asked = bill(line(5_000_000, "ICU", Item.INTENSIVE_CARE, count=5), hours=120)
    judgement = judged(asked, a_cover(icu), entries=(used(28_000_000, "ICU", count=28),))
    assert split_of(judgement) == {"plan": 2_000_000, "member": 3_000_000}
    assert judgement.lines[0].count == 2


@pytest.mark.requirement("S2-35")
def test_a_visit_counts_once_however_many_lines_it_has():
    """The last of 24 visits has three lines of 100.000: all are paid, and the visit is one."""
    op = a_benefit("OP", "outpatient", a_limit("year", count=24))
    judgement = judged(
        bill(line(100_000), line(100_000), line(100_000)), a_cover(op), entries=(used(2_300_000, count=23),)
    )
    assert split_of(judgement) == {"plan": 300_000}
    assert sum(one.count for one in judgement.lines) == 1


@pytest.mark.requirement("S2-35")
def test_the_visit_after_the_last_one_is_the_members():
    """24 visits are used: nothing of the twenty-fifth."""
    op = a_benefit("OP", "outpatient", a_limit("year", count=24))
    judgement = judged(bill(line(100_000), line(50_000)), a_cover(op), entries=(used(2_400_000, count=24),))
    assert split_of(judgement) == {"member": 150_000}


@pytest.mark.requirement("S2-35")
def test_one_disability_is_one_case_however_often_the_member_comes_back():
    """60.000.000 per case; 50.000.000 were used for the same appendicitis in February: 10.000.000 are left."""
    surgery = a_benefit("SURGERY", "inpatient", a_limit("case", 60_000_000, codes=("SURGERY",)))
    before = used(50_000_000, "SURGERY", case_key=APPENDIX)
    asked = bill(line(15_000_000, "SURGERY", Item.SURGERY), case_key=APPENDIX, hours=30)
    assert split_of(judged(asked, a_cover(surgery), entries=(before,))) == {"plan": 10_000_000, "member": 5_000_000}


@pytest.mark.requirement("S2-35")
def test_another_disability_is_a_case_of_its_own():
    """The 50.000.000 were for a broken leg: the whole 15.000.000 are paid."""
    surgery = a_benefit("SURGERY", "inpatient", a_limit("case", 60_000_000, codes=("SURGERY",)))
    before = used(50_000_000, "SURGERY", case_key="broken leg")
    asked = bill(line(15_000_000, "SURGERY", Item.SURGERY), case_key=APPENDIX, hours=30)
    assert split_of(judged(asked, a_cover(surgery), entries=(before,))) == {"plan": 15_000_000}


@pytest.mark.requirement("S2-35")
def test_what_a_letter_holds_is_kept_back_for_its_own_bill():
    """A letter held 4.000.000 of 5.000.000 for this stay: its bill finds all 5.000.000, another bill 1.000.000."""
    op = a_benefit("OP", "outpatient", a_limit("year", 5_000_000))
    letter = UUID(int=99)
    held = used(4_000_000, kind=EntryKind.HOLD, source_type="guarantee_letter", source_id=letter)
    own = bill(line(5_000_000), instead_of=frozenset({letter}))
    assert split_of(judged(own, a_cover(op), entries=(held,))) == {"plan": 5_000_000}
    assert split_of(judged(bill(line(5_000_000)), a_cover(op), entries=(held,))) == {
        "plan": 1_000_000,
        "member": 4_000_000,
    }


@pytest.mark.requirement("S2-35")
def test_judging_a_bill_again_does_not_count_it_twice():
    """The same claim used 800.000 of 1.000.000 when it was judged first; judged again it finds 1.000.000."""
    op = a_benefit("OP", "outpatient", a_limit("year", 1_000_000))
    first = used(800_000, source_id=SOURCE)
    assert split_of(judged(bill(line(1_000_000)), a_cover(op), entries=(first,))) == {"plan": 1_000_000}


@pytest.mark.requirement("S2-35")
def test_a_benefit_without_limits_is_paid_as_charged():
    """12.345.678 of 12.345.678, and the only step is that the plan pays."""
    judgement = judged(bill(line(12_345_678)))
    assert split_of(judgement) == {"plan": 12_345_678}
    assert [step.rule for step in judgement.lines[0].steps] == [Rule.PLAN_PAYS]


@pytest.mark.requirement("S2-35", "S1-14")
def test_what_lies_over_a_limit_is_found_later_and_is_an_excess_claim():
    """Cashless, 500.000 under 350.000: the 150.000 are asked of the member afterwards."""
    op = a_benefit("OP", "outpatient", a_limit("visit", 350_000))
    (judged_line,) = judged(bill(line(500_000), cashless=True), a_cover(op)).lines
    (over,) = [step for step in judged_line.steps if step.rule is Rule.OVER_LIMIT]
    assert over.excess is Excess.CLAIM
    assert over.inputs == {
        "open": rp(500_000),
        "limit": rp(350_000),
        "already": rp(0),
        "basis": "visit",
        "pool": None,
    }
