"""A stay under a letter from the first hour to the door, every figure reckoned by hand."""

from __future__ import annotations

import pytest

from backend.access import Role, working_for
from backend.benefits import queries as benefits
from backend.kit import clock
from tests.factories.wards import Ward, admitted, make_ward, money


def _annual(ward: Ward) -> tuple[int, int]:
    """Rupiah held and used of the 300,000,000 a year."""
    with working_for(ward.client.id) as scope:
        balances = benefits.balances(scope, ward.member, clock.today(ward.client.timezone))
        care = next(one for one in balances if one.benefit.code == "IP-CARE")
        usage = care.limits[0].usage
        return usage.held_minor // 100, usage.used_minor // 100


@pytest.mark.requirement("S0-39")
@pytest.mark.requirement("S1-74")
@pytest.mark.requirement("S2-36")
def test_three_days_of_dengue_become_five_and_end_with_a_smaller_bill(http, app):
    """Entitled class 1 at 1,000,000 a day.

    Asked: 3 × 1,000,000 room + 6,000,000 treatment = 9,000,000, all of it the plan's: held 9,000,000.
    Longer: 2 × 1,000,000 = 2,000,000 more: held 11,000,000 for 5 days.
    Bill: room 5 × 1,000,000 = 5,000,000; treatment 5,400,000; diapers and telephone 130,000; in all 10,530,000.
    The plan pays 5,000,000 + 5,400,000 = 10,400,000; non-medical 130,000 is paid at the desk. 11,000,000 is given
    back, 10,400,000 of the year's 300,000,000 is used.
    """
    ward = make_ward(http)
    letter = admitted(ward)
    assert letter["promised"] == money(9_000_000)
    assert _annual(ward) == (9_000_000, 0)
    room = {"item": "room", "amount": money(2_000_000), "quantity": 2, "days": 2, "benefit": "IP-ROOM"}
    ward.do(letter, "extensions", days=2, reason="Platelets still low", positions=[room])
    longer = ward.do(letter, "approval", Role.AGENT).json
    assert (longer["promised"], longer["days"]) == (money(11_000_000), 5)
    assert _annual(ward) == (11_000_000, 0)
    final = ward.do(
        letter,
        "discharge",
        discharged_at=clock.now().isoformat(),
        positions=[
            {"item": "room", "amount": money(5_000_000), "quantity": 5, "days": 5, "benefit": "IP-ROOM"},
            {"item": "treatment", "amount": money(5_400_000), "benefit": "IP-CARE"},
            {"item": "non_medical", "amount": money(130_000), "benefit": "IP-CARE", "name": "Diapers, telephone"},
        ],
    ).json
    settled = {name: part["amount_minor"] // 100 for name, part in final["settled"].items()}
    assert settled == {
        "billed": 10_530_000,
        "plan": 10_400_000,
        "other": 0,
        "cost": 130_000,
        "claim": 0,
        "provider": 0,
    }
    assert _annual(ward) == (0, 10_400_000)


@pytest.mark.requirement("S1-67")
@pytest.mark.requirement("S1-68")
@pytest.mark.parametrize(("borne_by", "plan", "member"), [("member", 2_000_000, 80_000), ("plan", 2_080_000, 0)])
def test_a_room_within_the_tolerance_is_decided_by_the_contracts_reading(http, app, borne_by, plan, member):
    """Entitled to 1,000,000; the hospital's cheapest room is 1,040,000, so there is none at the rate or below.

    Tolerance: the lower of 20 % of 1,000,000 = 200,000 and 50,000: 50,000. The room is 40,000 dearer: within it.
    Two nights: 2 × 1,040,000 = 2,080,000. As S1-68 is written the member bears 2 × 40,000 = 80,000 and the plan
    2,000,000; by the word tolerance the plan bears all 2,080,000.
    """
    terms = {"room_difference_borne_by": borne_by}
    ward = make_ward(http, terms=terms, rooms={"VIP": 1_040_000_00})
    positions = [{"item": "room", "amount": money(2_080_000), "quantity": 2, "days": 2, "benefit": "IP-ROOM"}]
    letter = admitted(ward, days=2, positions=positions, room={"room_class": "VIP"})
    assert {one["rule"] for one in letter["room"]["decided"]} == {f"room_tolerated_{borne_by}"}
    assert letter["promised"] == money(plan)
    final = ward.do(letter, "discharge", discharged_at=clock.now().isoformat(), positions=positions).json
    assert (final["settled"]["plan"], final["settled"]["cost"]) == (money(plan), money(member))


@pytest.mark.requirement("S1-69")
@pytest.mark.requirement("S1-70")
def test_a_room_above_the_tolerance_is_own_demand_and_paid_first(http, app):
    """Entitled to 1,000,000; the cheapest room is 1,200,000: 200,000 dearer than the entitlement, above the 50,000.

    The tolerance is void and own demand applies: the stay is paid by the member first and claimed afterwards, so
    nothing can be guaranteed.
    """
    ward = make_ward(http, rooms={"VIP": 1_200_000_00})
    positions = [{"item": "room", "amount": money(2_400_000), "quantity": 2, "days": 2, "benefit": "IP-ROOM"}]
    asked = ward.ask(days=2, positions=positions, room={"room_class": "VIP"}).json
    assert {one["rule"] for one in asked["room"]["decided"]} == {"room_above_tolerance"}
    refused = ward.do(asked, "issue", Role.AGENT)
    assert (refused.status_code, refused.json["reason"]) == (409, "guarantees.nothing_left")


@pytest.mark.requirement("S1-66")
def test_where_there_are_only_cheaper_rooms_the_cheaper_one_is_the_entitlement(http, app):
    """Entitled to 1,000,000; the hospital has 700,000 and 1,500,000. The 700,000 room has to be taken.

    Who lies in the 1,500,000 room although a bed of 700,000 is free bears 500,000 a night above the entitled rate,
    and as own demand it is paid first.
    """
    ward = make_ward(http, rooms={"2": 700_000_00, "VIP": 1_500_000_00}, terms={"own_request_cashless": True})
    positions = [{"item": "room", "amount": money(3_000_000), "quantity": 2, "days": 2, "benefit": "IP-ROOM"}]
    letter = admitted(ward, days=2, positions=positions, room={"room_class": "VIP"})
    assert {one["rule"] for one in letter["room"]["decided"]} == {"room_lower_refused"}
    assert letter["promised"] == money(2_000_000)
