"""Rooms of a hospital stay as stories, night by night (S1-63..S1-71).

Everybody here is entitled to Rp 500.000 a night. The hospital's classes are III 300.000, II 500.000, I 700.000 and
VIP 1.500.000 unless the story says otherwise, and no room costs more than what is said.
"""

import pytest

from backend.adjudication.rules import Item, Place, Rule
from backend.adjudication.rules.rooms import Night, RoomClass, Stay, nights_covered, tolerance
from backend.clients.rules import Terms
from tests.factories.bills import a_benefit, a_cover, a_limit, bill, judged, line, rp, split_of

CLASSES = (
    RoomClass(1, "3", rp(300_000)),
    RoomClass(2, "2", rp(500_000)),
    RoomClass(3, "1", rp(700_000)),
    RoomClass(4, "vip", rp(1_500_000)),
)
ONLY_DEARER = (RoomClass(3, "1", rp(540_000)), RoomClass(4, "vip", rp(1_500_000)))
ONLY_LOWER = (RoomClass(1, "3", rp(300_000)), RoomClass(3, "1", rp(700_000)))


def nights(*rates: int, free: tuple[int, ...] = ()) -> tuple[Night, ...]:
    """Nights at these rates; ``free`` are the nights in which a bed of the entitled class was free."""
    return tuple(Night(rp(rate), number in free) for number, rate in enumerate(rates, start=1))


def in_hospital(*rates: int, classes=CLASSES, free=(), own_request=False, terms=None, room=None, more=(), **facts):
    """The judgement of a stay: one room line, and whatever else is billed."""
    room = room or a_benefit("ROOM", "inpatient", room_rate=rp(500_000), prorata="room_linked")
    surgery = a_benefit("SURGERY", "inpatient", room_rate=rp(500_000), prorata="room_linked")
    medicine = a_benefit("DRUGS", "inpatient")
    stay = Stay(nights(*rates, free=free), classes, own_request)
    return judged(
        bill(line(sum(rates), "ROOM", Item.ROOM, count=len(rates)), *more, stay=stay, hours=24 * len(rates), **facts),
        a_cover(room, surgery, medicine, terms=terms),
    )


def rules_of(judgement) -> list[Rule]:
    return [night.rule for night in judgement.nights]


@pytest.mark.requirement("S1-63")
def test_a_room_of_the_entitled_class_is_paid_in_full():
    """Three nights at 500.000 are 1.500.000, all within the entitled rate."""
    judgement = in_hospital(500_000, 500_000, 500_000)
    assert split_of(judgement) == {"plan": 1_500_000}
    assert rules_of(judgement) == [Rule.ROOM_ENTITLED] * 3


@pytest.mark.requirement("S1-64")
def test_a_room_one_class_lower_is_paid_at_its_own_rate():
    """Two nights at 300.000 are 600.000; nobody is paid the rest of the entitlement."""
    assert split_of(in_hospital(300_000, 300_000)) == {"plan": 600_000}


@pytest.mark.requirement("S1-63")
def test_when_the_entitled_class_is_full_two_nights_one_class_higher_are_paid_in_full():
    """2 × 700.000 = 1.400.000; both nights lie within 2 × 24 h, and class I is the next one above class II."""
    judgement = in_hospital(700_000, 700_000)
    assert split_of(judgement) == {"plan": 1_400_000}
    assert rules_of(judgement) == [Rule.ROOM_FULL] * 2


@pytest.mark.requirement("S1-64")
def test_who_stays_in_the_higher_room_bears_the_difference_from_the_third_night():
    """4 × 700.000 = 2.800.000. Nights 3 and 4: 2 × (700.000 - 500.000) = 400.000 the member, 2.400.000 the plan."""
    judgement = in_hospital(700_000, 700_000, 700_000, 700_000)
    assert split_of(judgement) == {"plan": 2_400_000, "member": 400_000}
    assert rules_of(judgement) == [Rule.ROOM_FULL, Rule.ROOM_FULL, Rule.ROOM_FULL_TOO_LONG, Rule.ROOM_FULL_TOO_LONG]


@pytest.mark.requirement("S1-64")
def test_who_moves_to_a_lower_class_after_two_nights_bears_nothing():
    """2 × 700.000 granted, then 2 × 300.000: 1.400.000 + 600.000 = 2.000.000, all the plan's."""
    assert split_of(in_hospital(700_000, 700_000, 300_000, 300_000)) == {"plan": 2_000_000}


@pytest.mark.requirement("S1-63")
def test_two_classes_higher_is_granted_only_up_to_the_next_class():
    """VIP for one night: covered up to class I, 700.000; 1.500.000 - 700.000 = 800.000 is the member's."""
    judgement = in_hospital(1_500_000)
    assert split_of(judgement) == {"plan": 700_000, "member": 800_000}
    assert rules_of(judgement) == [Rule.ROOM_FULL_TOO_HIGH]


@pytest.mark.requirement("S1-63")
def test_by_the_other_reading_two_classes_higher_is_no_granted_room_at_all():
    """VIP for one night: only the entitled 500.000 count; 1.500.000 - 500.000 = 1.000.000 is the member's."""
    judgement = in_hospital(1_500_000, terms=Terms(room_full_too_high="entitled"))
    assert split_of(judgement) == {"plan": 500_000, "member": 1_000_000}


@pytest.mark.requirement("S1-63")
def test_where_no_class_lies_above_the_entitled_one_no_dearer_room_is_granted():
    """The hospital ends with class II at 500.000; a suite of 2.000.000 is no level higher: 500.000, 1.500.000 more."""
    judgement = in_hospital(2_000_000, classes=CLASSES[:2])
    assert split_of(judgement) == {"plan": 500_000, "member": 1_500_000}
    assert rules_of(judgement) == [Rule.ROOM_FULL_TOO_HIGH]


@pytest.mark.requirement("S1-63")
def test_a_contract_may_grant_the_higher_class_for_three_nights():
    """72 h are three nights: 3 × 700.000 granted, the fourth 500.000, so 2.600.000 the plan and 200.000 the member."""
    judgement = in_hospital(*[700_000] * 4, terms=Terms(room_upgrade_hours=72))
    assert split_of(judgement) == {"plan": 2_600_000, "member": 200_000}


@pytest.mark.requirement("S1-63")
def test_the_higher_class_is_granted_as_long_as_the_yearly_maximum_lasts():
    """The daily limit of 500.000 rises by the granted 200.000, the year of 1.300.000 does not: 100.000 over it."""
    room = a_benefit(
        "ROOM",
        "inpatient",
        a_limit("day", 500_000, codes=("ROOM",)),
        a_limit("year", 1_300_000, codes=("ROOM",)),
        room_rate=rp(500_000),
    )
    assert split_of(in_hospital(700_000, 700_000, room=room)) == {"plan": 1_300_000, "member": 100_000}


@pytest.mark.requirement("S1-63")
def test_granted_nights_on_two_lines_of_the_bill_are_paid_like_those_on_one():
    """Two nights in class I at 700.000 with 500.000 a day, granted 200.000 each: 1.400.000 however they are billed."""
    room = a_benefit("ROOM", "inpatient", a_limit("day", 500_000, codes=("ROOM",)), room_rate=rp(500_000))
    one_each = [line(700_000, "ROOM", Item.ROOM, count=1) for _ in range(2)]
    two_lines = judged(bill(*one_each, stay=Stay(nights(700_000, 700_000), CLASSES), hours=48), a_cover(room))
    assert split_of(two_lines) == split_of(in_hospital(700_000, 700_000, room=room)) == {"plan": 1_400_000}


@pytest.mark.requirement("S1-65")
def test_who_refuses_a_free_room_of_the_entitled_class_bears_the_difference_from_the_first_night():
    """A bed was free in the second night: 3 × (700.000 - 500.000) = 600.000 the member, 1.500.000 the plan."""
    judgement = in_hospital(700_000, 700_000, 700_000, free=(2,))
    assert split_of(judgement) == {"plan": 1_500_000, "member": 600_000}
    assert rules_of(judgement) == [Rule.ROOM_REFUSED] * 3


@pytest.mark.requirement("S1-65")
def test_who_refuses_to_move_in_the_second_night_bears_the_difference_and_keeps_the_guarantee():
    """Cashless: 3 × 200.000 = 600.000 paid at the desk, 1.500.000 guaranteed; the text asks for the difference only.

    A bed that was free from the first night makes it own wish from the beginning: all 2.100.000 are paid first.
    """
    later = in_hospital(700_000, 700_000, 700_000, free=(2,), cashless=True)
    assert split_of(later) == {"plan": 1_500_000, "member": 600_000}
    assert later.shares.excess_cost == rp(600_000)
    assert split_of(in_hospital(700_000, 700_000, 700_000, free=(1,), cashless=True)) == {"member": 2_100_000}


@pytest.mark.requirement("S1-65")
def test_a_bed_that_becomes_free_after_two_nights_leaves_the_first_two_granted():
    """Free only in the third night: 200.000 from there on, so 1.900.000 the plan and 200.000 the member."""
    assert split_of(in_hospital(700_000, 700_000, 700_000, free=(3,))) == {"plan": 1_900_000, "member": 200_000}


@pytest.mark.requirement("S1-66")
def test_without_a_room_at_the_entitled_rate_a_free_lower_room_must_be_taken():
    """Only III at 300.000 and I at 700.000; III was free, so each night in I costs the member 200.000."""
    judgement = in_hospital(700_000, 700_000, classes=ONLY_LOWER, free=(1, 2))
    assert split_of(judgement) == {"plan": 1_000_000, "member": 400_000}
    assert rules_of(judgement) == [Rule.ROOM_LOWER_REFUSED] * 2


@pytest.mark.requirement("S1-66")
def test_without_a_room_at_the_entitled_rate_the_lower_room_is_paid():
    """Two nights in III at 300.000: 600.000."""
    assert split_of(in_hospital(300_000, 300_000, classes=ONLY_LOWER)) == {"plan": 600_000}


@pytest.mark.requirement("S1-67")
@pytest.mark.parametrize(("entitled", "most"), [(200_000, 40_000), (250_000, 50_000), (500_000, 50_000)])
def test_the_tolerance_is_a_fifth_of_the_rate_and_at_most_fifty_thousand(entitled: int, most: int):
    """20 % of 200.000 is 40.000; of 250.000 exactly 50.000; of 500.000 it would be 100.000, so 50.000."""
    assert tolerance(rp(entitled), Terms()) == rp(most)


@pytest.mark.requirement("S1-67", "S1-68")
def test_within_the_tolerance_the_member_bears_the_difference_as_the_source_says():
    """540.000 - 500.000 = 40.000 ≤ 50.000 a night; two nights: 80.000 the member, 1.000.000 the plan."""
    judgement = in_hospital(540_000, 540_000, classes=ONLY_DEARER)
    assert split_of(judgement) == {"plan": 1_000_000, "member": 80_000}
    assert rules_of(judgement) == [Rule.ROOM_TOLERATED_MEMBER] * 2


@pytest.mark.requirement("S1-67", "S1-68")
def test_within_the_tolerance_the_plan_bears_the_difference_in_the_other_reading():
    """The same two nights with the switch on ``plan``: 1.080.000, also above a daily limit of 500.000."""
    room = a_benefit("ROOM", "inpatient", a_limit("day", 500_000, codes=("ROOM",)), room_rate=rp(500_000))
    judgement = in_hospital(
        540_000, 540_000, classes=ONLY_DEARER, terms=Terms(room_difference_borne_by="plan"), room=room
    )
    assert split_of(judgement) == {"plan": 1_080_000}
    assert rules_of(judgement) == [Rule.ROOM_TOLERATED_PLAN] * 2


@pytest.mark.requirement("S1-67")
def test_a_difference_of_exactly_the_tolerance_is_still_within_it():
    """550.000 - 500.000 = 50.000, the tolerance itself."""
    classes = (RoomClass(3, "1", rp(550_000)),)
    judgement = in_hospital(550_000, classes=classes, terms=Terms(room_difference_borne_by="plan"))
    assert split_of(judgement) == {"plan": 550_000}


@pytest.mark.requirement("S1-69")
def test_above_the_tolerance_nothing_is_tolerated():
    """560.000 - 500.000 = 60.000 > 50.000: all 60.000 are the member's in both readings, not the 10.000 above."""
    classes = (RoomClass(3, "1", rp(560_000)),)
    for reading in ("member", "plan"):
        judgement = in_hospital(560_000, classes=classes, terms=Terms(room_difference_borne_by=reading))
        assert split_of(judgement) == {"plan": 500_000, "member": 60_000}
        assert rules_of(judgement) == [Rule.ROOM_ABOVE_TOLERANCE]


@pytest.mark.requirement("S1-70")
def test_a_higher_room_by_own_wish_is_covered_at_the_entitled_rate_from_the_first_night():
    """Two nights in VIP by own wish: 2 × 500.000 the plan, 2 × 1.000.000 the member."""
    judgement = in_hospital(1_500_000, 1_500_000, own_request=True)
    assert split_of(judgement) == {"plan": 1_000_000, "member": 2_000_000}
    assert rules_of(judgement) == [Rule.ROOM_OWN_REQUEST] * 2


@pytest.mark.requirement("S1-65", "S1-70")
def test_what_is_linked_to_a_room_of_own_wish_is_covered_in_the_same_proportion():
    """VIP 1.500.000 against 500.000 is a third: of a surgery of 9.000.000 the plan pays 3.000.000, medicine in full.

    Room 500.000 + surgery 3.000.000 + medicine 400.000 = 3.900.000; the member 1.000.000 + 6.000.000 = 7.000.000.
    """
    more = (line(9_000_000, "SURGERY", Item.SURGERY), line(400_000, "DRUGS", Item.MEDICINE))
    judgement = in_hospital(1_500_000, own_request=True, more=more)
    assert split_of(judgement) == {"plan": 3_900_000, "member": 7_000_000}


@pytest.mark.requirement("S1-63")
def test_what_is_linked_to_a_granted_room_is_not_cut():
    """The class was full for two nights: a surgery of 9.000.000 in class I is paid in full with the room."""
    judgement = in_hospital(700_000, 700_000, more=(line(9_000_000, "SURGERY", Item.SURGERY),))
    assert split_of(judgement) == {"plan": 10_400_000}


@pytest.mark.requirement("S1-70")
def test_only_the_nights_of_own_wish_cut_what_is_linked():
    """A night at 500.000 and a refused room: (500.000 + 500.000) ÷ (500.000 + 1.500.000) is a half.

    Half of a surgery of 8.000.000 is 4.000.000; room 500.000 + 500.000; member 1.000.000 + 4.000.000.
    """
    more = (line(8_000_000, "SURGERY", Item.SURGERY),)
    judgement = in_hospital(500_000, 1_500_000, free=(2,), more=more)
    assert split_of(judgement) == {"plan": 5_000_000, "member": 5_000_000}


@pytest.mark.requirement("S1-70")
def test_a_stay_by_own_wish_is_paid_first_and_claimed_afterwards():
    """Cashless nothing of 3.000.000 is guaranteed; the same stay claimed afterwards gives 1.000.000."""
    cashless = in_hospital(1_500_000, 1_500_000, own_request=True, cashless=True)
    assert split_of(cashless) == {"member": 3_000_000}
    assert cashless.lines[0].reasons == (Rule.OWN_REQUEST_PAY_FIRST,)
    assert split_of(in_hospital(1_500_000, 1_500_000, own_request=True)) == {"plan": 1_000_000, "member": 2_000_000}


@pytest.mark.requirement("S1-70")
def test_a_contract_may_guarantee_a_stay_by_own_wish_up_to_the_entitlement():
    """The other reading: cashless 2 × 500.000 guaranteed, 2.000.000 paid at the desk as excess cost."""
    judgement = in_hospital(
        1_500_000, 1_500_000, own_request=True, cashless=True, terms=Terms(own_request_cashless=True)
    )
    assert split_of(judgement) == {"plan": 1_000_000, "member": 2_000_000}
    assert judgement.shares.excess_cost == rp(2_000_000)


@pytest.mark.requirement("S1-71")
def test_a_stay_by_own_wish_is_reimbursed_up_to_the_policys_maximum():
    """Room 1.000.000, then medicine 5.000.000 under a maximum of 4.000.000: 3.000.000 of it are left."""
    more = (line(5_000_000, "DRUGS", Item.MEDICINE),)
    terms = Terms(own_request_maximum_minor=4_000_000_00)
    judgement = in_hospital(1_500_000, 1_500_000, own_request=True, more=more, terms=terms)
    assert split_of(judgement) == {"plan": 4_000_000, "member": 4_000_000}


@pytest.mark.requirement("S1-62", "S1-71")
def test_a_stay_abroad_is_reimbursed_up_to_the_same_maximum():
    """A room of 500.000 and medicine of 5.000.000 in Singapore, maximum 4.000.000: 1.500.000 stay with the member."""
    more = (line(5_000_000, "DRUGS", Item.MEDICINE),)
    terms = Terms(own_request_maximum_minor=4_000_000_00)
    judgement = in_hospital(500_000, more=more, terms=terms, place=Place(abroad=True, in_network=False))
    assert split_of(judgement) == {"plan": 4_000_000, "member": 1_500_000}


@pytest.mark.requirement("S1-64")
def test_a_discounted_room_is_cut_in_the_proportion_of_the_discount():
    """Four nights of 700.000 billed at 2.520.000, a tenth off: 400.000 × 0,9 = 360.000 the member."""
    room = a_benefit("ROOM", "inpatient", room_rate=rp(500_000))
    asked = bill(line(2_520_000, "ROOM", Item.ROOM, count=4), stay=Stay(nights(*[700_000] * 4), CLASSES), hours=96)
    assert split_of(judged(asked, a_cover(room))) == {"plan": 2_160_000, "member": 360_000}


def test_without_knowing_the_hospitals_classes_a_full_class_grants_what_was_charged():
    """One night at 700.000 where no class list exists: granted for the first 48 hours."""
    (night,) = nights_covered(Stay(nights(700_000)), rp(500_000), Terms())
    assert (night.covered, night.granted, night.rule) == (rp(700_000), rp(200_000), Rule.ROOM_FULL)
