"""Rosters and skills as an administrator sets them."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.access import Role
from tests.factories.accounts import headers_for, make_staff
from tests.factories.clients import make_client

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
WEEK = {"from": MONDAY.isoformat(), "to": (MONDAY + timedelta(days=7)).isoformat()}


def _shift(staff_id, begin=8.0, end=16.0):
    return {
        "staff_id": str(staff_id),
        "starts_at": (MONDAY + timedelta(hours=begin)).isoformat(),
        "ends_at": (MONDAY + timedelta(hours=end)).isoformat(),
    }


@pytest.fixture
def client(app):
    return make_client()


@pytest.fixture
def admin(client):
    return headers_for(Role.ADMIN, client)


def _plan(http, admin, shifts, **more):
    return http.put("/api/v1/staffing/shifts", json={**WEEK, "shifts": shifts, **more}, headers=admin)


def _roster(http, admin):
    items = http.get("/api/v1/staffing/shifts", query_string=WEEK, headers=admin).json["items"]
    return [(one["staff_id"], one["starts_at"]) for one in items]


def test_a_roster_sent_twice_stands_once(http, client, admin):
    agent = make_staff(client, Role.AGENT)
    for _ in range(2):
        assert _plan(http, admin, [_shift(agent)]).status_code == 200
    assert len(_roster(http, admin)) == 1


def test_a_new_roster_replaces_the_period_and_nothing_else(http, client, admin):
    agent = make_staff(client, Role.AGENT)
    before = {"from": (MONDAY - timedelta(days=7)).isoformat(), "to": MONDAY.isoformat()}
    http.put(
        "/api/v1/staffing/shifts",
        json={**before, "shifts": [_shift(agent, -40, -32)]},
        headers=admin,
    )
    _plan(http, admin, [_shift(agent)])
    assert _plan(http, admin, []).status_code == 200
    assert _roster(http, admin) == []
    assert len(http.get("/api/v1/staffing/shifts", query_string=before, headers=admin).json["items"]) == 1


def test_a_roster_for_some_leaves_the_others(http, client, admin):
    one, other = make_staff(client, Role.AGENT), make_staff(client, Role.DOCTOR)
    _plan(http, admin, [_shift(one), _shift(other)])
    assert _plan(http, admin, [], staff_ids=[str(one)]).status_code == 200
    assert [staff for staff, _ in _roster(http, admin)] == [str(other)]


@pytest.mark.parametrize(
    ("spans", "reason"),
    [
        pytest.param([(8, 8)], "staffing.shift_backwards", id="no time at all"),
        pytest.param([(8, 33)], "staffing.shift_too_long", id="longer than a day"),
        pytest.param([(-1, 5)], "staffing.shift_outside_period", id="begins before the period"),
        pytest.param([(8, 16), (15, 20)], "staffing.shift_overlaps", id="two at once"),
    ],
)
def test_a_shift_nobody_can_work_is_refused_and_the_old_roster_stands(http, client, admin, spans, reason):
    agent = make_staff(client, Role.AGENT)
    _plan(http, admin, [_shift(agent, 1, 2)])
    refused = _plan(http, admin, [_shift(agent, *span) for span in spans])
    assert (refused.status_code, refused.json["reason"]) == (409, reason)
    assert len(_roster(http, admin)) == 1


def test_a_shift_that_runs_into_one_outside_the_period_is_refused(http, client, admin):
    agent = make_staff(client, Role.AGENT)
    before = {"from": (MONDAY - timedelta(days=1)).isoformat(), "to": MONDAY.isoformat()}
    http.put("/api/v1/staffing/shifts", json={**before, "shifts": [_shift(agent, -4, 4)]}, headers=admin)
    assert _plan(http, admin, [_shift(agent, 3, 10)]).json["reason"] == "staffing.shift_overlaps"


def test_one_shift_may_begin_as_the_last_one_ends(http, client, admin):
    agent = make_staff(client, Role.AGENT)
    assert _plan(http, admin, [_shift(agent, 0, 8), _shift(agent, 8, 16)]).status_code == 200


def test_a_colleague_of_another_client_cannot_be_planned(http, admin):
    stranger = make_staff(make_client(), Role.AGENT)
    assert _plan(http, admin, [_shift(stranger)]).json["reason"] == "staffing.not_a_colleague"


def test_an_agent_does_not_plan(http, client):
    assert _plan(http, headers_for(Role.AGENT, client), []).status_code == 403


@pytest.mark.parametrize(
    ("role", "body", "reason"),
    [
        pytest.param(Role.AGENT, {"doctor": True}, "staffing.not_a_doctor", id="an agent is no doctor"),
        pytest.param(Role.DOCTOR, {"languages": ["xx"]}, "staffing.unknown_language", id="a language we do not have"),
    ],
)
def test_a_skill_that_cannot_be_is_refused(http, role, body, reason):
    client = make_client()
    admin, person = headers_for(Role.ADMIN, client), make_staff(client, role)
    asked = {"languages": ["en"], "doctor": False, "capacity": 2, **body}
    refused = http.put(f"/api/v1/staffing/skills/{person}", json=asked, headers=admin)
    assert (refused.status_code, refused.json["reason"]) == (409, reason)


def test_a_skill_is_kept_and_listed(http, client, admin):
    person = make_staff(client, Role.DOCTOR, name="dr. Ayu")
    asked = {"languages": ["en", "id", "en"], "doctor": True, "capacity": 2}
    kept = http.put(f"/api/v1/staffing/skills/{person}", json=asked, headers=admin)
    assert kept.json["languages"] == ["en", "id"]
    assert http.get("/api/v1/staffing/skills", headers=admin).json["items"] == [kept.json]
