"""A new client is registered by an administrator and is theirs from then on."""

from __future__ import annotations

import pytest

from backend.access import Role
from backend.kit import ids
from tests.factories.accounts import headers_for, make_staff
from tests.factories.clients import make_client

CLIENTS = "/api/v1/clients"


@pytest.fixture
def home(app):
    return make_client(contract=False)


@pytest.fixture
def who(home):
    return make_staff(home, Role.ADMIN)


@pytest.fixture
def admin(home, who):
    return headers_for(Role.ADMIN, home, staff_id=who)


def body(**changes):
    slug = f"baru-{ids.new_id().hex[-10:]}"
    whole = {"slug": slug, "name": "Baru Sehat", "country": "ID", "currency": "IDR", "timezone": "Asia/Jakarta"}
    return {**whole, "languages": ["id", "en"], **changes}


@pytest.mark.requirement("S0-87")
def test_who_brings_a_client_in_administers_it_and_opens_its_studio(http, admin):
    asked = body()
    made = http.post(CLIENTS, json=asked, headers=admin)
    assert (made.status_code, made.json["slug"]) == (201, asked["slug"])
    clients = http.get("/api/v1/me", headers=admin).json["clients"]
    assert {"slug": asked["slug"], "name": "Baru Sehat", "role": "admin"} in clients
    tokens = http.post("/api/v1/staff/client", json={"client": asked["slug"]}, headers=admin).json
    there = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert http.get("/api/v1/studio/brand", headers=there).json["client"]["slug"] == asked["slug"]


def test_a_retry_registers_nobody_twice(http, admin):
    asked, key = body(), {"Idempotency-Key": "one"}
    first = http.post(CLIENTS, json=asked, headers={**admin, **key})
    again = http.post(CLIENTS, json=asked, headers={**admin, **key})
    assert (again.status_code, again.json) == (first.status_code, first.json)


def test_an_address_that_is_taken_is_refused(http, admin, home):
    answer = http.post(CLIENTS, json=body(slug=home.slug), headers=admin)
    assert (answer.status_code, answer.json["reason"]) == (409, "studio.slug_taken")


@pytest.mark.parametrize("slug", ["studio", "api"])
def test_places_of_our_own_are_nobodys_address(http, admin, slug):
    assert http.post(CLIENTS, json=body(slug=slug), headers=admin).status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"slug": "Not A Slug"},
        {"country": "XX"},
        {"currency": "ABC"},
        {"timezone": "Mars/Olympus"},
        {"languages": []},
        {"languages": ["fr"]},
        {"name": "x"},
    ],
    ids=str,
)
def test_what_there_is_not_is_refused(http, admin, wrong):
    answer = http.post(CLIENTS, json=body(**wrong), headers=admin)
    assert answer.status_code == 422
    assert set(answer.json["errors"]["json"]) == set(wrong)


def test_hr_brings_no_clients_in(http, home):
    assert http.post(CLIENTS, json=body(), headers=headers_for(Role.HR, home)).status_code == 403
