"""A consultation from the question to its papers, over HTTP and at once from two sides."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.benefits import queries as benefits
from backend.conversations.models import Message
from backend.errors import RuleRefused
from backend.helpline import queries as cases
from backend.helpline.models import HelplineCase
from backend.kit import clock
from backend.kit.money import Money
from backend.members import queries as members
from backend.notifications.models import Notification
from backend.telemedicine import queries, service
from backend.telemedicine.rules.states import COMES_WITHIN, State
from tests.factories.accounts import headers_for
from tests.factories.claims import make_household
from tests.factories.staffing import put_on_duty
from tests.factories.telemedicine import HARMLESS, a_doctor, covered_household, end_talk, make_consultation, make_talk

URL = "/api/v1/teleconsultations"


@pytest.fixture
def household(app):
    return covered_household()


@pytest.fixture
def doctor(household):
    return a_doctor(household)


def ask(http, household, **facts):
    body = {"member_id": str(household.employee_id), "complaint": "other", "answers": HARMLESS, **facts}
    return http.post(URL, json=body, headers=household.headers)


def left(household):
    with working_for(household.client.id) as scope:
        state = benefits.balances(scope, household.employee_id, household.today())[0].limits[0]
        return state.usage.held_minor, state.usage.used_minor


def said(household):
    with working_for(household.client.id) as scope:
        query = select(Message.reply).where(Message.client_id == scope.client_id).order_by(Message.created_at)
        return [reply for reply in scope.session.scalars(query) if reply]


def told(household):
    with working_for(household.client.id) as scope:
        query = select(Notification.event).where(Notification.client_id == scope.client_id)
        return list(scope.session.scalars(query))


@pytest.mark.requirement("S0-84")
@pytest.mark.requirement("S0-92")
def test_a_member_asks_waits_talks_and_reads_what_came_of_it(http, household):
    asked = ask(http, household)
    assert (asked.status_code, asked.json["state"], asked.json["queue"]["position"]) == (201, "waiting", 1)
    one = f"{URL}/{asked.json['id']}"
    fee = Money(50_000_00, "IDR")
    assert left(household) == (fee.amount_minor, 0)
    doctor = household.staff(Role.DOCTOR)
    assert http.post(f"{one}/take", headers=doctor).json["state"] == "called"
    assert http.post(f"{one}/join", headers=household.headers).json["state"] == "in_progress"
    assert (
        http.post(f"{one}/end", json={"advice": "Rest."}, headers=doctor).json["reason"] == "telemedicine.no_diagnosis"
    )
    found = http.put(f"{one}/diagnoses", json={"codes": ["j06.9", "R509"]}, headers=doctor).json
    assert [each["code"] for each in found["items"]] == ["J06.9", "R50.9"]
    item = {"name": "Paracetamol", "quantity": "10", "directions": "3 x 1", "repeats": 2}
    assert http.post(f"{one}/prescriptions", json={"items": [item]}, headers=doctor).status_code == 201
    today = household.today()
    rest = {"from_on": today.isoformat(), "until_on": (today + timedelta(days=1)).isoformat()}
    certificate = http.post(f"{one}/certificate", json=rest, headers=doctor).json
    ending = {"advice": "Rest, and drink plenty.", "follow_up_on": (today + timedelta(days=7)).isoformat()}
    assert http.post(f"{one}/end", json=ending, headers=doctor).json["state"] == "ended"
    result = http.get(one, headers=household.headers).json
    assert result["advice"] == "Rest, and drink plenty."
    assert result["diagnoses"][0] == {"code": "J06.9", "title": "upper respiratory infection"}
    assert (result["prescriptions"][0]["left"], result["certificate"]["number"]) == (3, certificate["number"])
    assert left(household) == (0, fee.amount_minor)
    assert "telemedicine_ready" in said(household)
    assert {"teleconsultation_ready", "teleconsultation_result"} <= set(told(household))


def test_a_member_does_not_read_a_diagnosis_before_the_end(http, household, doctor):
    row, _ = make_talk(household, doctor)
    with working_for(household.client.id, doctor) as scope:
        service.diagnose(scope, row.id, ["B24"])
    shown = http.get(f"{URL}/{row.id}", headers=household.headers).json
    assert (shown["diagnoses"], shown["advice"]) == ([], None)


@pytest.mark.requirement("S0-92")
def test_danger_goes_to_emergency_care_at_once_and_never_into_the_queue(http, app):
    household = make_household()  # nothing is covered: danger is not refused
    answer = ask(http, household, answers={"chest_pain": True})
    assert (answer.status_code, answer.json["state"], answer.json["danger"]) == (201, "diverted", ["chest_pain"])
    assert answer.json["emergency"]["number"]
    with working_for(household.client.id) as scope:
        case = scope.session.scalars(select(HelplineCase).where(HelplineCase.client_id == scope.client_id)).one()
        assert (case.reason, case.priority, case.desk) == ("emergency", "urgent", "doctor")
        assert queries.open_of(scope, household.employee_id) is None
    assert said(household) == ["emergency"]


def test_danger_while_waiting_ends_the_waiting(http, household):
    waiting = make_consultation(household)
    answer = ask(http, household, answers={"breathing": True})
    assert answer.json["state"] == "diverted"
    assert http.get(f"{URL}/{waiting.id}", headers=household.headers).json["state"] == "diverted"
    assert left(household) == (0, 0)


@pytest.mark.requirement("S0-84")
@pytest.mark.parametrize(
    ("facts", "amount", "reason"),
    [
        ({}, 10_000_00, "benefits.over_limit"),
        ({"terms": {"teleconsultation_benefit": "none"}}, 1_000_000_00, "telemedicine.not_in_plan"),
    ],
)
def test_what_the_plan_does_not_cover_is_refused_clearly(http, app, facts, amount, reason):
    household = covered_household(amount=amount, **facts)
    answer = ask(http, household)
    assert (answer.status_code, answer.json["reason"]) == (409, reason)
    with working_for(household.client.id) as scope:
        assert queries.open_of(scope, household.employee_id) is None


def test_open_questions_are_named(http, household):
    answer = ask(http, household, answers={"breathing": False})
    assert answer.json["reason"] == "telemedicine.answers_missing"
    assert "told" in answer.json["errors"]["questions"]


def test_who_asks_twice_has_one_place_and_one_hold(http, household):
    assert ask(http, household).json["id"] == ask(http, household).json["id"]
    assert left(household) == (50_000_00, 0)


def test_eight_requests_at_once_make_one(household):
    with ThreadPoolExecutor(4) as phones:
        made = set(phones.map(lambda _: make_consultation(household).id, range(8)))
    assert len(made) == 1
    assert left(household) == (50_000_00, 0)


def test_two_doctors_at_once_one_gets_it_the_other_hears_who(household):
    row = make_consultation(household)
    doctors = [a_doctor(household, name) for name in ("dr. Ayu", "dr. Bima", "dr. Citra", "dr. Dewi")]

    def take(doctor):
        try:
            with working_for(household.client.id, doctor) as scope:
                return service.take(scope, row.id).doctor_id
        except RuleRefused as refusal:
            return refusal

    with ThreadPoolExecutor(4) as desks:
        outcomes = list(desks.map(take, doctors))
    winners = [one for one in outcomes if not isinstance(one, RuleRefused)]
    losers = [one for one in outcomes if isinstance(one, RuleRefused)]
    assert (len(winners), {one.reason for one in losers}) == (1, {"telemedicine.taken_by_other"})
    assert len({one.figures["name"] for one in losers}) == 1
    assert told(household).count("teleconsultation_ready") == 1


def test_taking_ones_own_again_changes_nothing(household, doctor):
    row = make_consultation(household)
    for _ in range(2):
        with working_for(household.client.id, doctor) as scope:
            service.take(scope, row.id)
    assert told(household).count("teleconsultation_ready") == 1


def test_a_cancelled_one_counts_for_nothing_and_a_new_one_can_be_asked_for(http, household):
    row = make_consultation(household)
    for _ in range(2):
        assert http.post(f"{URL}/{row.id}/cancel", headers=household.headers).json["state"] == "cancelled"
    assert left(household) == (0, 0)
    assert ask(http, household).json["id"] != str(row.id)


@pytest.mark.parametrize(("counts", "used"), [(False, 0), (True, 50_000_00)])
def test_who_does_not_come_is_missed_and_the_contract_says_whether_it_counts(app, counts, used):
    household = covered_household(terms={"teleconsultation_no_show_counts": counts})
    doctor = a_doctor(household)
    row = make_consultation(household)
    with working_for(household.client.id, doctor) as scope:
        service.take(scope, row.id)
    with working_for(household.client.id, doctor) as scope, pytest.raises(RuleRefused, match="still_time"):
        service.miss(scope, row.id)
    with clock.at(clock.now() + COMES_WITHIN), working_for(household.client.id, doctor) as scope:
        assert service.miss(scope, row.id).state == State.NO_SHOW
    assert left(household) == (0, used)
    assert said(household)[-1] == "telemedicine_missed"


def test_the_clock_misses_who_never_comes(household, doctor):
    row = make_consultation(household)
    with working_for(household.client.id, doctor) as scope:
        service.take(scope, row.id)
    with clock.at(clock.now() + COMES_WITHIN * 2 + timedelta(seconds=1)), working_for(household.client.id) as scope:
        service.watch(scope)
    with working_for(household.client.id) as scope:
        assert queries.consultation(scope, row.id).state == State.NO_SHOW


def test_a_doctor_who_cannot_go_on_gives_it_to_the_next_before_all_others(household, doctor):
    row, _ = make_talk(household, doctor)
    with working_for(household.client.id, doctor) as scope:
        service.put_back(scope, row.id, "My connection is gone")
    second = a_doctor(household, "dr. Bima")
    with working_for(household.client.id, second) as scope:
        desk = service.desk(scope)["items"]
        assert [(one["id"], one["position"], one["soon"]) for one in desk] == [(row.id, 1, True)]
        assert service.take(scope, row.id).doctor_id == second.id
    assert left(household) == (50_000_00, 0)


def test_a_doctor_whose_case_is_gone_is_replaced_by_the_clock(household, doctor):
    row, _ = make_talk(household, doctor)
    with working_for(household.client.id) as scope:
        case = cases.case(scope, queries.consultation(scope, row.id).case_id)
        case.state, case.assigned_to = "open", None
    for _ in range(2):
        with working_for(household.client.id) as scope:
            service.watch(scope)
    with working_for(household.client.id) as scope:
        back = queries.consultation(scope, row.id)
        assert (back.state, back.doctor_id, back.rank) == (State.WAITING, None, 0)
    assert said(household).count("telemedicine_next_doctor") == 1


@pytest.mark.requirement("S0-92")
def test_an_appointment_is_one_of_the_free_times_and_comes_due(http, household):
    on_duty = put_on_duty(household.client, Role.DOCTOR)
    slots = http.get(f"{URL}/slots", headers=household.headers).json["items"]
    assert slots
    asked = ask(http, household, starts_at=slots[0]["starts_at"]).json
    assert asked["state"] == "scheduled"
    again = http.get(f"{URL}/slots", headers=household.headers).json["items"]
    assert slots[0] not in again
    with working_for(household.client.id) as scope:
        row = queries.open_of(scope, household.employee_id)
        assert row.doctor_id == on_duty
        moment = row.starts_at
    for at, event in ((moment - timedelta(minutes=20), "scheduled"), (moment, "waiting")):
        for _ in range(2):
            with clock.at(at), working_for(household.client.id) as scope:
                service.watch(scope)
                assert queries.open_of(scope, household.employee_id).state == event
    assert told(household).count("teleconsultation_reminder") == 1


def test_a_time_nobody_is_on_duty_is_refused(http, household):
    moment = (clock.now() + timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)
    assert ask(http, household, starts_at=moment.isoformat()).json["reason"] == "telemedicine.slot_gone"


def test_a_follow_up_is_reminded_of_once(household, doctor):
    row, _ = make_talk(household, doctor)
    end_talk(household, row, doctor, follow_up_on=household.today() + timedelta(days=7))
    for _ in range(2):
        with clock.at(clock.now() + timedelta(days=6)), working_for(household.client.id) as scope:
            service.remind_of_follow_ups(scope)
    assert told(household).count("teleconsultation_follow_up") == 1


def test_the_wait_is_estimated_only_when_somebody_can_know(http, household):
    queue = ask(http, household).json["queue"]
    assert (queue["minutes"], queue["doctors_on_duty"]) == (None, 0)


def test_what_is_medical_lies_sealed_and_notes_are_for_doctors_only(http, household):
    row, doctor = make_talk(household)
    end_talk(household, row, doctor, advice="Take the tablets")
    with working_for(household.client.id) as scope:
        kept = queries.consultation(scope, row.id)
        assert b"Sore throat" not in kept.answers
        assert b"J06" not in kept.diagnoses
        assert b"tablets" not in kept.advice
    for role in (Role.HR, Role.AGENT, Role.CLAIMS):
        assert http.get(f"{URL}/{row.id}", headers=household.staff(role)).status_code == 403


def test_the_dependants_see_and_ask_only_for_themselves(http, household):
    child = headers_for(Role.MEMBER, household.client, (household.child_id,))
    row = make_consultation(household)
    assert http.get(f"{URL}/{row.id}", headers=child).status_code == 404
    body = {"member_id": str(household.employee_id), "complaint": "other", "answers": HARMLESS}
    assert http.post(URL, json=body, headers=child).status_code == 404


def test_a_certificate_is_genuine_until_it_is_withdrawn_and_names_no_illness(http, household):
    row, doctor = make_talk(household)
    today = household.today()
    with working_for(household.client.id, doctor) as scope:
        paper = service.certify(scope, row.id, today, today)
        assert service.certificate_pdf(scope, paper.id).startswith(b"%PDF")
        qr = service.certificate_qr(scope, paper.id)
    hr = household.staff(Role.HR)
    shown = http.post("/api/v1/rest-certificates/verify", json={"qr": qr}, headers=hr).json
    assert (shown["number"], shown["until_on"], shown["withdrawn"]) == (paper.number, today.isoformat(), False)
    assert set(shown) == {"number", "name", "from_on", "until_on", "issued_at", "withdrawn"}
    with working_for(household.client.id, doctor) as scope:
        service.withdraw_certificate(scope, paper.id)
    assert http.post("/api/v1/rest-certificates/verify", json={"qr": qr}, headers=hr).json["withdrawn"] is True
    forged = qr[:-1] + ("A" if qr[-1] != "A" else "B")
    refused = http.post("/api/v1/rest-certificates/verify", json={"qr": forged}, headers=hr).json
    assert refused["reason"] == "telemedicine.certificate_unreadable"


@pytest.mark.requirement("S0-26")
def test_a_referral_comes_out_of_a_consultation_with_its_code(http, household):
    row, doctor = make_talk(household)
    with working_for(household.client.id, doctor) as scope:
        service.diagnose(scope, row.id, ["M54.5"])
        code = service.refer(scope, row.id, "ORT")
        service.end(scope, row.id, advice="See the specialist.")
    result = http.get(f"{URL}/{row.id}", headers=household.headers).json
    assert result["referral_code"] == code
    shown = http.get(f"/api/v1/referrals/{code}", headers=household.headers).json
    assert (shown["specialty"], shown["origin"]) == ("ORT", "telemedicine")


def test_the_doctor_rings_the_member_through_our_lines(household):
    with working_for(household.client.id) as scope:
        members.member(scope, household.employee_id).phone = "+628111222333"
    row, doctor = make_talk(household)
    with working_for(household.client.id, doctor) as scope:
        ringing = service.call(scope, row.id, "+628123456789")
    assert (ringing["state"], ringing["desk"]) == ("calling", "doctor")
