"""A stay under a letter, over HTTP: asked for, reviewed against the clock, extended, billed, paid, gone home."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.guarantees.tasks import watch_answers, watch_discharges
from backend.kit import clock
from backend.notifications.models import Notification
from tests.factories.accounts import make_staff
from tests.factories.claims import make_paper
from tests.factories.members import make_member
from tests.factories.wards import PATH, STAY, Ward, admitted, make_ward, money


@pytest.fixture
def ward(http, app) -> Ward:
    return make_ward(http)


@pytest.mark.requirement("S1-21")
@pytest.mark.requirement("S0-39")
def test_with_the_card_at_hand_the_letter_holds_for_the_whole_stay_at_once(ward):
    asked = ward.ask(card_number=ward.card(), **STAY)
    assert (asked.status_code, asked.json["state"]) == (201, "requested")
    issued = ward.do(asked.json, "issue", Role.AGENT).json
    assert (issued["state"], issued["confirmed_by"]) == ("confirmed", "card")
    assert issued["promised"] == money(9_000_000)
    assert issued["next_step"] == "rely_on_it"


def test_a_card_of_somebody_else_asks_for_nothing(ward):
    assert ward.ask(card_number="0000-0000", **STAY).json["reason"] == "guarantees.card_not_valid"


@pytest.mark.requirement("S1-61")
@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"expected_hours": 7}, "guarantees.short_stay"),
        ({"expected_hours": 8}, None),
        ({"expected_hours": 3, "care": "surgery"}, None),
        ({"sent_by_doctor": False}, "guarantees.not_sent_by_doctor"),
        ({"sent_by_doctor": False, "care": "surgery"}, None),
    ],
)
def test_an_inpatient_stays_eight_hours_sent_by_a_doctor_unless_there_is_surgery(ward, facts, reason):
    assert ward.ask(**facts).json.get("reason") == reason


@pytest.mark.requirement("S1-22")
@pytest.mark.requirement("S1-58")
@pytest.mark.parametrize("care", ["outpatient", "dental"])
def test_who_is_not_admitted_pays_and_is_reimbursed(ward, care):
    assert ward.ask(care=care).json["reason"] == "guarantees.outpatient_pays"


@pytest.mark.requirement("S1-62")
def test_a_hospital_abroad_gets_no_letter(http, app):
    abroad = make_ward(http, provider={"country": "SG"})
    assert abroad.ask(Role.AGENT).json["reason"] == "guarantees.abroad"


@pytest.mark.requirement("S0-36")
def test_more_days_and_more_money_are_asked_for_with_the_reason_and_held(ward):
    letter = admitted(ward)
    longer = ward.do(
        letter,
        "extensions",
        days=2,
        reason="Fever goes on",
        positions=[{"item": "room", "amount": money(2_000_000), "quantity": 2, "days": 2, "benefit": "IP-ROOM"}],
    )
    assert (longer.status_code, longer.json["promised"]) == (201, money(9_000_000))
    again = ward.do(letter, "extensions", days=1, reason="Still")
    assert again.json["reason"] == "guarantees.ask_open"
    granted = ward.do(letter, "approval", Role.AGENT).json
    assert (granted["promised"], granted["days"]) == (money(11_000_000), 5)
    assert granted["asks"][-1]["granted"] == money(2_000_000)


def test_an_extension_extends_something(ward):
    letter = admitted(ward)
    assert ward.do(letter, "extensions", reason="For nothing").json["reason"] == "guarantees.nothing_more"


@pytest.mark.requirement("S2-36")
def test_a_large_promise_is_a_doctors(ward):
    letter = ward.ask(estimate=money(40_000_000)).json
    assert letter["asks"][0]["for_doctor"] is True
    refused = ward.do(letter, "issue", Role.AGENT)
    assert (refused.status_code, refused.json["reason"]) == (409, "guarantees.doctor_decides")
    assert ward.do(letter, "approval", Role.DOCTOR).json["promised"] == money(40_000_000)


def test_many_small_extensions_are_one_large_promise(ward):
    letter = admitted(ward)
    ward.do(letter, "extensions", reason="Surgery after all", estimate=money(17_000_000))
    assert ward.do(letter, "approval", Role.AGENT).json["reason"] == "guarantees.doctor_decides"
    assert ward.do(letter, "approval", Role.DOCTOR).json["promised"] == money(26_000_000)


def test_an_agent_who_raises_the_estimate_hands_it_to_the_doctors(ward):
    make_staff(ward.client, Role.DOCTOR)
    letter = ward.ask(estimate=money(1_000_000)).json
    refused = ward.do(letter, "issue", Role.AGENT, estimate=money(60_000_000))
    assert refused.json["reason"] == "guarantees.doctor_decides"
    assert ward.read(letter)["asks"][0]["for_doctor"] is True
    assert _told(ward, "guarantee_for_review")


@pytest.mark.requirement("S2-36")
def test_papers_stop_the_clock_and_what_was_used_stays_used(ward):
    start = clock.now()
    with clock.at(start):
        letter = ward.ask(estimate=money(1_000_000)).json
    assert _hours_after(start, letter) == 4
    with clock.at(start + timedelta(hours=3)):
        wanted = ward.do(letter, "papers-wanted", Role.AGENT, which="The first medical report").json
    assert (wanted["asks"][0]["answer_by"], wanted["asks"][0]["state"]) == (None, "papers_wanted")
    assert (wanted["next_step"], wanted["asks"][0]["answer"]) == ("bring_papers", "The first medical report")
    with clock.at(start + timedelta(hours=20)):
        brought = ward.do(letter, "papers", said="Here is the report").json
    assert _hours_after(start, brought) == 21


def test_papers_that_nobody_wants_are_not_taken(ward):
    letter = ward.ask().json
    assert ward.do(letter, "papers", said="Here is more").json["reason"] == "guarantees.no_papers_wanted"


def test_papers_of_another_patient_are_not_found(ward):
    letter = ward.ask().json
    ward.do(letter, "papers-wanted", Role.AGENT, which="The report")
    with working_for(ward.client.id) as scope:
        stranger = make_paper(scope, make_member(scope).id)
    brought = ward.do(letter, "papers", Role.AGENT, said="Here it is", document_ids=[str(stranger)])
    assert brought.status_code == 404


@pytest.mark.requirement("S2-36")
def test_a_refusal_says_why_and_where_a_person_is(ward):
    letter = ward.ask(estimate=money(1_000_000)).json
    refused = ward.do(letter, "refusal", Role.AGENT, reason="The plan pays for this only after a referral").json
    assert (refused["state"], refused["next_step"]) == ("refused", "ask_a_person")
    assert refused["asks"][0]["answer"] == "The plan pays for this only after a referral"
    assert "helpline" in refused
    assert ward.do(letter, "approval", Role.AGENT).json["reason"] == "guarantees.nothing_asked"


def test_a_refused_extension_leaves_the_letter_as_it_was(ward):
    letter = admitted(ward)
    ward.do(letter, "extensions", days=2, reason="Rest", estimate=money(2_000_000))
    after = ward.do(letter, "refusal", Role.AGENT, reason="Rest is possible at home").json
    assert (after["state"], after["promised"], after["days"]) == ("confirmed", money(9_000_000), 3)


def test_a_discharge_that_never_comes_is_asked_for_and_then_becomes_claims_work(ward):
    desk = make_staff(ward.client, Role.PROVIDER, provider_id=ward.hospital)
    analyst = make_staff(ward.client, Role.CLAIMS)
    start = clock.now()
    letter = admitted(ward)
    work = f"{PATH}?raised=true"
    for days, asked, raised in ((3, 0, 0), (4, 1, 0), (9, 1, 0), (10, 1, 1), (20, 1, 1)):
        with clock.at(start + timedelta(days=days)):
            watch_discharges(0)
            shown = ward.http.get(work, headers=ward.headers(Role.CLAIMS)).json["items"]
        assert [row.staff_id for row in _told(ward, "guarantee_discharge_wanted")].count(desk) == asked
        assert [row.staff_id for row in _told(ward, "guarantee_discharge_missing")].count(analyst) == raised
        assert [one["id"] for one in shown] == [letter["id"]] * raised
    withdrawn = ward.do(letter, "void", Role.CLAIMS, reason="The patient never came").json
    assert withdrawn["state"] == "void"
    assert ward.http.get(work, headers=ward.headers(Role.CLAIMS)).json["items"] == []


def test_a_stay_whose_bill_waits_for_an_answer_is_not_asked_for_it(ward):
    make_staff(ward.client, Role.PROVIDER, provider_id=ward.hospital)
    letter = admitted(ward)
    bill = [{"item": "treatment", "amount": money(60_000_000), "benefit": "IP-CARE"}]
    waiting = ward.do(letter, "discharge", positions=bill, discharged_at=clock.now().isoformat()).json
    assert waiting["asks"][-1]["state"] == "waiting"
    with clock.at(clock.now() + timedelta(days=30)):
        watch_discharges(0)
    assert _told(ward, "guarantee_discharge_wanted") == []
    assert _told(ward, "guarantee_discharge_missing") == []


@pytest.mark.requirement("S2-36")
def test_an_answer_that_is_due_warns_and_a_late_one_reaches_the_supervisors_once(ward):
    doctor, admin = make_staff(ward.client, Role.DOCTOR), make_staff(ward.client, Role.ADMIN)
    start = clock.now()
    with clock.at(start):
        letter = ward.ask(estimate=money(40_000_000)).json
    for hours, soon, late in ((2, 0, 0), (3.5, 1, 0), (3.6, 1, 0), (4, 1, 2), (6, 1, 2)):
        with clock.at(start + timedelta(hours=hours)):
            watch_answers(0)
        assert len(_told(ward, "guarantee_due_soon")) == soon
        assert len(_told(ward, "guarantee_overdue")) == late
    assert {row.staff_id for row in _told(ward, "guarantee_overdue")} == {doctor, admin}
    with clock.at(start + timedelta(hours=5)):
        assert ward.read(letter)["asks"][0]["overdue"] is True


def test_the_queue_shows_what_is_owed_first_and_only_to_who_answers(ward):
    with clock.at(clock.now() - timedelta(hours=2)):
        ward.ask(estimate=money(40_000_000))
    queue = f"{PATH}/waiting?desk=doctor"
    shown = ward.http.get(queue, headers=ward.headers(Role.DOCTOR)).json["items"]
    assert [one["member_name"] for one in shown] == ["Budi Santoso"]
    assert ward.http.get(f"{PATH}/waiting?desk=helpline", headers=ward.headers(Role.AGENT)).json["items"] == []
    assert ward.http.get(queue, headers=ward.headers(Role.PROVIDER)).status_code == 403


def test_hr_learns_that_there_is_a_letter_and_not_why(ward):
    make_staff(ward.client, Role.HR)
    letter = admitted(ward)
    assert all(set(row.facts) == {"letter_number"} for row in _told(ward, "guarantee_for_hr"))
    read = ward.read(letter, Role.HR)
    assert {read["asks"][0][name] for name in ("diagnosis", "reason", "note", "answer")} == {None}
    assert "A91" not in str(read)
    assert ward.read(letter, Role.DOCTOR)["asks"][0]["diagnosis"] == "A91"
    assert "A91" not in str(ward.read(letter, Role.AGENT))


def test_what_the_hospital_says_lies_sealed(ward):
    letter = admitted(ward)
    with working_for(ward.client.id) as scope:
        row = (
            scope.session.connection()
            .exec_driver_sql(
                "SELECT lines::text, sealed FROM guarantee_ask WHERE letter_id = %s", (UUID(letter["id"]),)
            )
            .one()
        )
    assert "Dengue" not in str(row)
    assert "A91" not in str(row)


def _discharge(ward: Ward, letter, *positions, **more):
    body = {"discharged_at": clock.now().isoformat(), "positions": list(positions), **more}
    return ward.do(letter, "discharge", **body)


@pytest.mark.requirement("S1-13")
@pytest.mark.requirement("S1-74")
@pytest.mark.requirement("S1-75")
@pytest.mark.requirement("S1-17")
def test_the_final_letter_splits_the_bill_and_nobody_leaves_before_the_excess_is_paid(ward):
    letter = admitted(ward)
    final = _discharge(
        ward,
        letter,
        {"item": "room", "amount": money(4_000_000), "quantity": 4, "days": 4, "benefit": "IP-ROOM"},
        {"item": "treatment", "amount": money(4_500_000), "benefit": "IP-CARE"},
        {"item": "non_medical", "amount": money(150_000), "name": "Minibar, diapers", "benefit": "IP-CARE"},
    ).json
    assert (final["state"], final["kind"], final["next_step"]) == ("final", "final", "pay_excess")
    settled = {name: part["amount_minor"] // 100 for name, part in final["settled"].items()}
    assert settled == {
        "billed": 8_650_000, "plan": 8_500_000, "other": 0, "cost": 150_000, "claim": 0, "provider": 0
    }  # fmt: skip
    early = ward.do(letter, "departure")
    assert (early.status_code, early.json["reason"]) == (409, "guarantees.excess_unpaid")
    ward.do(letter, "excess", amount=money(100_000))
    assert ward.do(letter, "departure").json["reason"] == "guarantees.excess_unpaid"
    assert ward.do(letter, "excess", amount=money(60_000)).json["reason"] == "guarantees.excess_too_much"
    paid = ward.do(letter, "excess", amount=money(50_000)).json
    assert paid["next_step"] == "go_home"
    gone = ward.do(letter, "departure").json
    assert gone["left_at"] is not None
    assert ward.do(letter, "departure").json["reason"] == "guarantees.already_left"


@pytest.mark.requirement("S1-18")
def test_what_the_plan_does_not_pay_is_charged_to_the_policyholder_within_fourteen_days(http, app):
    ward = make_ward(http, terms={"guarantee_review_minor": 0})
    letter = admitted(ward)
    final = _discharge(ward, letter, {"item": "treatment", "amount": money(3_000_000), "benefit": "NO-SUCH"}).json
    assert final["settled"]["claim"] == money(3_000_000)
    left = datetime.fromisoformat(final["discharged_at"]).astimezone(clock.now().tzinfo).date()
    assert timedelta(days=13) <= _day(final["claim_due_on"]) - left <= timedelta(days=15)


def test_a_bill_beyond_the_promise_waits_for_somebody_to_look(ward):
    letter = admitted(ward)
    sent = _discharge(ward, letter, {"item": "treatment", "amount": money(12_000_000), "benefit": "IP-CARE"}).json
    assert (sent["state"], sent["asks"][-1]["kind"], sent["asks"][-1]["state"]) == ("confirmed", "discharge", "waiting")
    assert sent["promised"] == money(9_000_000)
    final = ward.do(letter, "approval", Role.AGENT).json
    assert (final["state"], final["settled"]["plan"]) == ("final", money(12_000_000))


def test_without_card_or_statement_there_is_no_final_letter(ward):
    letter = ward.ask(**STAY).json
    ward.do(letter, "issue", Role.AGENT)
    ward.do(letter, "admission")
    bill = {"item": "treatment", "amount": money(1_000_000), "benefit": "IP-CARE"}
    assert _discharge(ward, letter, bill).json["reason"] == "guarantees.not_confirmed"


def test_a_stay_that_was_never_begun_does_not_end(ward):
    letter = ward.do(ward.ask(card_number=ward.card(), **STAY).json, "issue", Role.AGENT).json
    bill = {"item": "treatment", "amount": money(1_000_000), "benefit": "IP-CARE"}
    assert _discharge(ward, letter, bill).json["reason"] == "guarantees.not_admitted"


@pytest.mark.requirement("S1-61")
def test_a_stay_of_fewer_than_eight_hours_is_no_inpatient_care(ward):
    letter = ward.do(ward.ask(card_number=ward.card(), **STAY).json, "issue", Role.AGENT).json
    ward.do(letter, "admission", admitted_at=(clock.now() - timedelta(hours=7)).isoformat())
    bill = {"item": "treatment", "amount": money(1_000_000), "benefit": "IP-CARE"}
    final = _discharge(ward, letter, bill).json
    assert final["settled"]["plan"] == money(0)
    assert final["receipt"]["lines"][0]["steps"][0]["rule"] == "short_stay"


def test_the_same_discharge_sent_twice_is_one(ward):
    letter = admitted(ward)
    body = {
        "discharged_at": clock.now().isoformat(),
        "positions": [{"item": "treatment", "amount": money(1_000_000), "benefit": "IP-CARE"}],
    }
    headers = ward.headers(Role.PROVIDER) | {"Idempotency-Key": "discharge-1"}
    first, second = (
        ward.http.post(f"{PATH}/{letter['id']}/discharge", json=body, headers=headers).json for _ in range(2)
    )
    assert first == second


@pytest.mark.requirement("S1-63")
@pytest.mark.requirement("S1-64")
def test_two_nights_one_class_higher_are_the_plans_and_from_the_third_on_the_members(ward):
    letter = admitted(ward, room={"room_class": "VIP", "entitled_free": False}, days=4, positions=[
        {"item": "room", "amount": money(6_000_000), "quantity": 4, "days": 4, "benefit": "IP-ROOM"},
    ])  # fmt: skip
    nights = letter["room"]["decided"]
    assert [one["rule"] for one in nights] == ["room_full"] * 2 + ["room_full_too_long"] * 2
    assert letter["promised"] == money(5_000_000)
    bill = {"item": "room", "amount": money(6_000_000), "quantity": 4, "days": 4, "benefit": "IP-ROOM"}
    final = _discharge(ward, letter, bill).json
    assert (final["settled"]["plan"], final["settled"]["cost"]) == (money(5_000_000), money(1_000_000))


@pytest.mark.requirement("S1-65")
def test_who_does_not_move_to_the_free_room_bears_the_difference_from_the_first_day(http, app):
    ward = make_ward(http, terms={"own_request_cashless": True})
    letter = admitted(ward, room={"room_class": "VIP", "entitled_free": True}, days=4, positions=[
        {"item": "room", "amount": money(6_000_000), "quantity": 4, "days": 4, "benefit": "IP-ROOM"},
    ])  # fmt: skip
    assert {one["rule"] for one in letter["room"]["decided"]} == {"room_refused"}
    assert letter["promised"] == money(4_000_000)


def _told(ward: Ward, event: str) -> list[Notification]:
    with working_for(ward.client.id) as scope:
        wanted = select(Notification).where(Notification.client_id == ward.client.id, Notification.event == event)
        return list(scope.session.scalars(wanted))


def _hours_after(start: datetime, letter) -> float:
    """How long after ``start`` the answer is owed; the clock of a test ticks."""
    owed = datetime.fromisoformat(letter["asks"][0]["answer_by"]) - start
    return round(owed / timedelta(hours=1), 2)


def _day(text: str):
    return datetime.fromisoformat(text).date()
