"""A plan file that is sent in stores nothing: a second person puts it in force, be the plan new or in use."""

from __future__ import annotations

import io
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import yaml

from backend.access import Role, working_for
from backend.benefits import queries as benefits
from backend.clients.registry import ClientFacts
from tests.factories.accounts import headers_for, make_staff
from tests.factories.clients import make_client
from tests.factories.members import enrol, make_member
from tests.factories.plan_changes import plan_file, visits_pay


@pytest.fixture
def client(app) -> ClientFacts:
    return make_client()


def plan(**changes: Any) -> bytes:
    line = {"code": "OP", "group": "outpatient", "names": {"id": "Rawat jalan", "en": "Outpatient"}}
    base = {
        "code": "P1",
        "names": {"id": "Satu", "en": "One"},
        "product": "managed_care",
        "currency": "IDR",
        "valid_from": date(2026, 1, 1),
        "benefits": [{**line, "limits": [{"per": "visit", "amount": 100}]}],
    }
    return yaml.safe_dump(base | changes).encode()


def admin(client: ClientFacts) -> dict[str, str]:
    return headers_for(Role.ADMIN, client, staff_id=make_staff(client, Role.ADMIN))


def send(http, headers: dict[str, str], data: bytes, **fields: str):
    return http.post("/api/v1/plans/import", data={"file": (io.BytesIO(data), "plan.yml"), **fields}, headers=headers)


def in_force(http, headers: dict[str, str], change_id: str):
    return http.post(f"/api/v1/plan-changes/{change_id}/in-force", headers=headers)


def version(client: ClientFacts, on: date = date(2026, 10, 20)) -> UUID | None:
    with working_for(client.id) as scope:
        found = benefits.plan_version(scope, "P1", on)
        return None if found is None else found.id


def visit_limit(client: ClientFacts) -> int | None:
    with working_for(client.id) as scope:
        found = benefits.plan_version(scope, "P1", date(2026, 10, 20))
        assert found is not None
        return benefits.limits_of(scope, found.id)[0].amount_minor


@pytest.mark.requirement("S0-73")
def test_a_new_plan_waits_for_somebody_else(http, client):
    first = admin(client)
    sent = send(http, first, plan()).json
    assert (sent["outcome"], sent["applied"], sent["id"]) == ("new", False, None)
    assert version(client) is None
    refused = in_force(http, first, sent["change_id"])
    assert (refused.status_code, refused.json["reason"]) == (403, "plan_changes.same_person")
    made = in_force(http, admin(client), sent["change_id"])
    assert (made.status_code, made.json["state"]) == (200, "in_force")
    assert str(version(client)) == made.json["new_plan_id"]


def test_a_new_plan_is_shown_as_one_and_has_nothing_to_preview(http, client):
    sent = send(http, admin(client), plan()).json
    second = admin(client)
    shown = http.get(f"/api/v1/plan-changes/{sent['change_id']}", headers=second).json
    assert (shown["introduces"], shown["replaces"], shown["name"]) == (True, None, "One")
    assert (shown["obstacle"], shown["late"]) == (None, False)
    asked = http.post(f"/api/v1/plan-changes/{sent['change_id']}/preview", json={"months": 3}, headers=second)
    assert (asked.status_code, asked.json["reason"]) == (409, "plan_changes.nobody_in_it")


def test_a_dry_run_proposes_nothing(http, client):
    headers = admin(client)
    assert send(http, headers, plan(), dry_run="true").json["change_id"] is None
    assert http.get("/api/v1/plan-changes", headers=headers).json["items"] == []


def test_the_same_file_again_is_the_same_proposal(http, client):
    headers = admin(client)
    one, again = (send(http, headers, plan()).json["change_id"] for _ in range(2))
    assert one == again


def test_what_holds_already_is_no_proposal(http, client):
    made = in_force(http, admin(client), send(http, admin(client), plan()).json["change_id"]).json["new_plan_id"]
    again = send(http, admin(client), plan()).json
    assert (again["outcome"], again["applied"], again["id"], again["change_id"]) == ("unchanged", True, made, None)


def corrected(amount: int) -> bytes:
    content = yaml.safe_load(plan())
    content["benefits"][0]["limits"][0]["amount"] = amount
    return yaml.safe_dump(content).encode()


def test_a_version_that_nobody_is_in_is_corrected_by_two_people(http, client):
    in_force(http, admin(client), send(http, admin(client), plan()).json["change_id"])
    before = version(client)
    sent = send(http, admin(client), corrected(250)).json
    assert (sent["outcome"], visit_limit(client)) == ("replaced", 100_00)
    assert in_force(http, admin(client), sent["change_id"]).status_code == 200
    assert (version(client), visit_limit(client)) == (before, 250_00)


def test_a_correction_is_overtaken_by_the_first_member(http, client):
    in_force(http, admin(client), send(http, admin(client), plan()).json["change_id"])
    sent = send(http, admin(client), corrected(250)).json
    with working_for(client.id) as scope:
        plan_id = version(client)
        assert plan_id is not None
        enrol(scope, make_member(scope).id, plan_id, date(2026, 1, 1))
    late = in_force(http, admin(client), sent["change_id"])
    assert (late.status_code, late.json["reason"]) == (409, "plan_changes.overtaken")
    assert visit_limit(client) == 100_00


def test_of_two_files_of_a_new_plan_one_is_taken(http, client):
    one = send(http, admin(client), plan()).json["change_id"]
    other = send(http, admin(client), corrected(250)).json["change_id"]
    assert in_force(http, admin(client), one).status_code == 200
    late = in_force(http, admin(client), other)
    assert (late.status_code, late.json["reason"]) == (409, "plan_changes.overtaken")


def test_a_version_of_a_plan_in_use_needs_the_preview_like_every_change(http, home):
    sent = send(http, admin(home.client), plan_file(home, visits_pay(200_000))).json
    refused = in_force(http, admin(home.client), sent["change_id"])
    assert (refused.status_code, refused.json["reason"]) == (409, "plan_changes.not_previewed")
