"""A client's launch over HTTP, from the appointment letter to the first sign-in."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import update

from backend.access import Role, working_for
from backend.accounts.sessions import who_may_sign_in
from backend.branding import loader
from backend.clients.registry import ClientFacts
from backend.kit import clock
from backend.launches.models import LaunchTask
from backend.launches.rules import CHECKLIST
from backend.members.models import Card
from tests.factories.accounts import headers_for
from tests.factories.benefits import make_plan
from tests.factories.clients import make_client
from tests.factories.members import make_card, make_member

PHONE = "+6281390000001"


@pytest.fixture
def client(app) -> ClientFacts:
    return make_client()


@pytest.fixture
def admin(client: ClientFacts) -> dict[str, str]:
    return headers_for(Role.ADMIN, client)


@pytest.fixture
def hr(client: ClientFacts) -> dict[str, str]:
    return headers_for(Role.HR, client)


def in_days(client: ClientFacts, days: int) -> str:
    return (clock.today(client.timezone) + timedelta(days=days)).isoformat()


def begin(http, client: ClientFacts, admin: dict[str, str], days: int = 80) -> dict:
    answer = http.post("/api/v1/launch", json={"launch_on": in_days(client, days)}, headers=admin)
    assert answer.status_code == 201
    return answer.json


def tick(http, code: str, headers: dict[str, str], **body: object):
    return http.put(f"/api/v1/launch/tasks/{code}/tick", json=body, headers=headers)


def task(answer: dict, code: str) -> dict:
    return next(one for one in answer["tasks"] if one["code"] == code)


def everything_done(client: ClientFacts) -> None:
    with working_for(client.id) as scope:
        done = {"done_at": clock.now(), "done_by": client.id}
        scope.session.execute(update(LaunchTask).where(LaunchTask.client_id == client.id).values(**done))


def test_a_launch_begins_with_the_whole_checklist_due_in_order(http, client, admin):
    answer = begin(http, client, admin)
    assert [one["code"] for one in answer["tasks"]] == [one.code for one in CHECKLIST]
    assert answer["ready"] is False
    assert task(answer, "appointment_letter")["waits_for"] == []
    assert task(answer, "cards_issued")["waits_for"] == ["card_approved", "census_uploaded"]
    assert all(one["due_on"] <= answer["launch_on"] for one in answer["tasks"])


def test_there_is_one_launch(http, client, admin):
    begin(http, client, admin)
    again = http.post("/api/v1/launch", json={"launch_on": in_days(client, 90)}, headers=admin)
    assert (again.status_code, again.json["reason"]) == (409, "launches.begun")


def test_a_client_without_a_launch_has_none_to_show(http, admin):
    assert http.get("/api/v1/launch", headers=admin).status_code == 404


def test_moving_the_launch_moves_what_is_not_done(http, client, admin):
    before = begin(http, client, admin, 80)
    tick(http, "appointment_letter", admin, paper="SPAK 014/HR/2026")
    after = http.put("/api/v1/launch", json={"launch_on": in_days(client, 120)}, headers=admin).json
    assert task(after, "appointment_letter")["due_on"] == task(before, "appointment_letter")["due_on"]
    assert task(after, "member_session")["due_on"] > task(before, "member_session")["due_on"]


def test_hr_sees_to_its_tasks_and_administrators_plan(http, client, admin, hr):
    begin(http, client, admin)
    given = http.patch("/api/v1/launch/tasks/appointment_letter", json={"owner": "Rina"}, headers=hr)
    assert task(given.json, "appointment_letter")["owner"] == "Rina"
    assert tick(http, "appointment_letter", hr, paper="SPAK 014/HR/2026").status_code == 200
    assert http.put("/api/v1/launch", json={"launch_on": in_days(client, 90)}, headers=hr).status_code == 403
    assert http.post("/api/v1/launch/go", headers=hr).status_code == 403


@pytest.mark.requirement("S0-70")
def test_an_appointment_letter_without_a_paper_is_none(http, client, admin):
    begin(http, client, admin)
    refused = tick(http, "appointment_letter", admin)
    assert (refused.status_code, refused.json["reason"]) == (409, "launches.paper_missing")


@pytest.mark.requirement("S0-73")
def test_benefits_are_set_up_when_a_plan_is(http, client, admin):
    begin(http, client, admin)
    tick(http, "appointment_letter", admin, paper="SPAK 014")
    tick(http, "technical_discussion", admin)
    assert tick(http, "benefits_set_up", admin).json["reason"] == "launches.not_there_yet"
    with working_for(client.id) as scope:
        make_plan(scope)
    assert tick(http, "benefits_set_up", admin).status_code == 200


@pytest.mark.requirement("S0-74")
@pytest.mark.requirement("S0-75")
def test_census_and_cards_are_there_when_the_platform_sees_them(http, client, admin):
    begin(http, client, admin)
    with working_for(client.id) as scope:
        done = {"done_at": clock.now(), "done_by": client.id}
        earlier = ("appointment_letter", "technical_discussion", "card_design", "card_approved", "benefits_set_up")
        rows = update(LaunchTask).where(LaunchTask.code.in_([*earlier, "benefits_approved"]))
        scope.session.execute(rows.values(**done))
    assert tick(http, "census_uploaded", admin).json["errors"]["evidence"] == "census"
    with working_for(client.id) as scope:
        member = make_member(scope, plan_id=make_plan(scope).id).id
    assert tick(http, "census_uploaded", admin).status_code == 200
    with working_for(client.id) as scope:
        scope.session.execute(update(Card).where(Card.member_id == member).values(status="ended"))
    assert tick(http, "cards_issued", admin).json["errors"]["evidence"] == "cards"
    with working_for(client.id) as scope:
        make_card(scope, member)
    assert tick(http, "cards_issued", admin).status_code == 200


@pytest.mark.requirement("S0-72")
def test_the_card_is_designed_when_the_brand_passes_the_gate(http, client, admin, monkeypatch):
    begin(http, client, admin)
    tick(http, "appointment_letter", admin, paper="SPAK 014")
    tick(http, "technical_discussion", admin)
    assert tick(http, "card_design", admin).json["errors"]["evidence"] == "brand"
    own = {**loader.brands(), client.slug: loader.brand_of("nusantara")}
    monkeypatch.setattr(loader, "brands", lambda: own)
    assert tick(http, "card_design", admin).status_code == 200


@pytest.mark.requirement("S0-79")
def test_nobody_is_let_in_before_the_launch_and_everybody_after(http, client, admin):
    with working_for(client.id) as scope:
        member = make_member(scope, phone=PHONE).id
        assert who_may_sign_in(scope, PHONE) == (member,)
    begin(http, client, admin, 40)
    with working_for(client.id) as scope:
        assert who_may_sign_in(scope, PHONE) == ()
    everything_done(client)
    early = http.post("/api/v1/launch/go", headers=admin)
    assert (early.status_code, early.json["reason"]) == (409, "launches.not_the_day")
    with time_machine.travel(clock.now() + timedelta(days=41), tick=True):
        on_the_day = headers_for(Role.ADMIN, client)
        assert http.post("/api/v1/launch/go", headers=on_the_day).json["launched_at"]
        assert http.post("/api/v1/launch/go", headers=on_the_day).json["reason"] == "launches.launched"
        with working_for(client.id) as scope:
            assert who_may_sign_in(scope, PHONE) == (member,)


def first_day(http, client: ClientFacts) -> object:
    return http.get(f"/api/v1/clients/{client.slug}/first-day").json["begins_on"]


@pytest.mark.requirement("S0-79")
def test_before_the_launch_anybody_can_read_the_day_and_afterwards_there_is_none(http, client, admin):
    assert first_day(http, client) is None
    begun = begin(http, client, admin, 40)
    assert first_day(http, client) == begun["launch_on"]
    everything_done(client)
    with time_machine.travel(clock.now() + timedelta(days=41), tick=True):
        http.post("/api/v1/launch/go", headers=headers_for(Role.ADMIN, client))
        assert first_day(http, client) is None


def test_nobody_knows_the_first_day_of_a_client_that_does_not_exist(http):
    assert http.get("/api/v1/clients/nobody-has-this-slug/first-day").status_code == 404


def test_a_tick_is_taken_back_by_an_administrator(http, client, admin, hr):
    begin(http, client, admin)
    tick(http, "appointment_letter", admin, paper="SPAK 014")
    assert http.delete("/api/v1/launch/tasks/appointment_letter/tick", headers=hr).status_code == 403
    back = http.delete("/api/v1/launch/tasks/appointment_letter/tick", headers=admin).json
    assert task(back, "appointment_letter")["done_at"] is None
    assert task(back, "appointment_letter")["paper"] == "SPAK 014"


def test_what_is_late_is_marked(http, client, admin):
    answer = begin(http, client, admin, 1)
    assert task(answer, "appointment_letter")["late"] is True


def test_an_unknown_task_is_not_found(http, client, admin):
    begin(http, client, admin)
    assert tick(http, "champagne", admin).status_code == 404
