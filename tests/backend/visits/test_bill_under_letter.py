"""A hospital's bill under a letter of guarantee: what was promised is counted and owed once."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.benefits import queries as benefits
from backend.benefits.rules import BenefitGroup
from backend.funds import queries as funds
from backend.funds.models import Payable
from backend.guarantees.rules import LetterState
from backend.kit import clock
from backend.visits import service
from backend.visits.rules.bills import BilledLine, NewBill, NewLine, may_follow_letter
from backend.visits.service.bills import bill_facts
from tests.factories.funds import make_fund, rupiah
from tests.factories.visits import Desk, make_visit
from tests.factories.wards import Ward, admitted, make_ward, money

BILL = [
    {"item": "room", "amount": money(3_000_000), "quantity": 3, "days": 3, "benefit": "IP-ROOM"},
    {"item": "treatment", "amount": money(5_000_000), "benefit": "IP-CARE"},
]


@pytest.fixture
def ward(http, app) -> Ward:
    made = make_ward(http)
    with working_for(made.client.id) as scope:
        make_fund(scope, deposit=rupiah(100_000_000))
    return made


def _bill_of_stay(ward: Ward, letter: dict, total: int) -> UUID:
    """The stay is over at the front desk, and its bill sent."""
    desk = Desk(ward.client, ward.hospital, ward.member, ward.member)
    visit = make_visit(desk, group=BenefitGroup.INPATIENT)
    with working_for(ward.client.id, desk.actor) as scope:
        service.attach_letter(scope, visit.id, UUID(letter["id"]))
        service.close_visit(scope, visit.id)
        line = NewLine("Stay", BilledLine(clock.today(ward.client.timezone), 1, rupiah(total)))
        return service.send_bill(scope, visit.id, NewBill(f"INV-{visit.number}", rupiah(total), [line])).id


def _counted(ward: Ward) -> tuple[list[int], int, int]:
    """What is used of each limit of the plan, what the fund holds, and what the hospital is owed."""
    with working_for(ward.client.id) as scope:
        lines = benefits.balances(scope, ward.member, clock.today(ward.client.timezone))
        limits = [limit.usage.used_minor for line in lines for limit in line.limits]
        balance = funds.balance(scope)
        owed = scope.session.scalars(
            select(Payable).where(Payable.client_id == ward.client.id, Payable.payee_id == ward.hospital)
        )
        return limits, balance.held_minor if balance else 0, sum(row.amount_minor for row in owed)


def _discharged(ward: Ward) -> dict:
    return ward.do(admitted(ward), "discharge", positions=BILL, discharged_at=clock.now().isoformat()).json


def _accept(ward: Ward, bill_id: UUID):
    return ward.http.post(f"/api/v1/provider-bills/{bill_id}/accept", json={}, headers=ward.headers(Role.CLAIMS))


@pytest.mark.requirement("S0-47")
def test_an_accepted_bill_takes_over_what_its_letter_used_and_held(ward):
    letter = _discharged(ward)
    assert letter["state"] == "final", letter
    plan = letter["settled"]["plan"]["amount_minor"]
    before = _counted(ward)
    assert (before[1], before[2]) == (plan, 0)
    bill = _bill_of_stay(ward, letter, 8_000_000)
    assert _accept(ward, bill).status_code == 200
    assert _counted(ward) == (before[0], 0, plan + letter["settled"]["claim"]["amount_minor"])
    assert _accept(ward, bill).status_code == 200
    assert _counted(ward)[2] == plan + letter["settled"]["claim"]["amount_minor"]


@pytest.mark.requirement("S1-14", "S1-76")
def test_what_is_asked_back_is_listed_position_by_position(ward):
    """Three nights of 1,500,000 where the plan pays 1,000,000 a day: 1,500,000 are above its limit."""
    room = {"item": "room", "amount": money(4_500_000), "quantity": 3, "days": 3, "benefit": "IP-ROOM", "name": "VIP"}
    stay = ward.do(admitted(ward), "discharge", positions=[room, BILL[1]], discharged_at=clock.now().isoformat()).json
    _accept(ward, _bill_of_stay(ward, stay, 9_500_000))
    asked = ward.http.get("/api/v1/excess", headers=ward.headers(Role.MEMBER)).json["items"]
    (excess,) = [ward.http.get(f"/api/v1/excess/{one['id']}", headers=ward.headers(Role.MEMBER)).json for one in asked]
    listed = [(one["description"], one["why"], one["amount"]["amount_minor"]) for one in excess["items"]]
    assert listed == [("VIP", "Above the limit of the plan", 1_500_000_00)]
    assert excess["amount"]["amount_minor"] == 1_500_000_00


def test_a_second_bill_under_the_same_letter_is_not_paid(ward):
    letter = _discharged(ward)
    first, second = (_bill_of_stay(ward, letter, 8_000_000) for _ in range(2))
    assert _accept(ward, first).status_code == 200
    counted = _counted(ward)
    refused = _accept(ward, second)
    assert (refused.status_code, refused.json["reason"]) == (409, "guarantees.handed_over")
    assert _counted(ward) == counted


def test_a_bill_before_the_discharge_waits_for_it(ward):
    bill = _bill_of_stay(ward, admitted(ward), 8_000_000)
    assert _accept(ward, bill).json["reason"] == "visits.bill_letter_not_final"


def test_a_bill_of_another_amount_than_the_final_letter_goes_back(ward):
    bill = _bill_of_stay(ward, _discharged(ward), 9_000_000)
    refused = _accept(ward, bill).json
    assert refused["reason"] == "visits.bill_differs_from_letter"
    assert "9" in refused["message"]
    with working_for(ward.client.id) as scope:
        assert bill_facts(scope, bill)[0].state == "submitted"


@pytest.mark.parametrize(
    ("letter", "billed", "reason"),
    [
        (LetterState.REQUESTED, None, "visits.bill_letter_not_final"),
        (LetterState.ISSUED, None, "visits.bill_letter_not_final"),
        (LetterState.CONFIRMED, None, "visits.bill_letter_not_final"),
        (LetterState.FINAL, 8, None),
        (LetterState.FINAL, 9, "visits.bill_differs_from_letter"),
        (LetterState.LAPSED, None, None),
        (LetterState.REFUSED, None, None),
        (LetterState.VOID, None, None),
    ],
)
def test_a_bill_follows_its_letter(letter, billed, reason):
    refusal = may_follow_letter(letter, billed and rupiah(billed), rupiah(8))
    assert (refusal.reason if refusal else None) == reason
