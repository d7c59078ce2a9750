"""Administrators agree with providers: contracts, networks, prices and rooms, each dated and none rewritten."""

from __future__ import annotations

from datetime import date

import pytest

from backend.access import Role, working_for
from backend.providers import queries
from tests.factories.accounts import headers_for
from tests.factories.clients import make_client
from tests.factories.providers import make_provider

DAY = date(2026, 3, 1)


@pytest.fixture
def client(app):
    return make_client()


@pytest.fixture
def admin(client):
    return headers_for(Role.ADMIN, client)


@pytest.fixture
def provider(client):
    with working_for(client.id) as scope:
        return make_provider(scope, kind="hospital", tier="ppk2").id


def sign(http, admin, provider, **facts):
    body = {"number": "PKS-1", "valid_from": "2026-01-01", **facts}
    return http.post(f"/api/v1/providers/{provider}/contracts", json=body, headers=admin)


def standing(client, provider, on=DAY):
    with working_for(client.id) as scope:
        return queries.network_standing(scope, provider, "main", on)


@pytest.mark.requirement("S2-39")
def test_a_contract_puts_a_provider_into_a_network_and_suspending_it_takes_it_out(http, client, admin, provider):
    made = sign(http, admin, provider, edc_available=False)
    assert made.status_code == 201
    at = f"/api/v1/provider-contracts/{made.json['id']}"
    joined = http.post(f"{at}/networks", json={"network": "main", "valid_from": "2026-01-01"}, headers=admin)
    assert joined.status_code == 201
    where = standing(client, provider)
    assert (where.in_network, where.cashless, where.edc_available) == (True, True, False)
    http.patch(at, json={"suspended_from": "2026-02-01"}, headers=admin)
    assert standing(client, provider).problem.reason == "providers.suspended"
    http.patch(at, json={"suspended_from": None, "valid_until": "2026-02-28"}, headers=admin)
    assert standing(client, provider).problem.reason == "providers.contract_ended"
    shown = http.get(f"/api/v1/providers/{provider}/contracts", headers=admin).json["items"]
    assert [(one["number"], one["valid_until"], one["common"]) for one in shown] == [("PKS-1", "2026-02-28", True)]


@pytest.mark.parametrize(
    ("second", "status"),
    [({}, 409), ({"common": False}, 201), ({"valid_from": "2027-01-01"}, 201)],
)
def test_two_contracts_of_the_same_side_do_not_overlap(http, admin, provider, second, status):
    sign(http, admin, provider, valid_until="2026-12-31")
    answer = sign(http, admin, provider, number="PKS-2", **second)
    assert answer.status_code == status, answer.json
    if status == 409:
        assert answer.json["reason"] == "providers.contract_overlaps"


def test_a_contract_cannot_end_before_it_begins(http, admin, provider):
    made = sign(http, admin, provider).json
    refused = http.patch(f"/api/v1/provider-contracts/{made['id']}", json={"valid_until": "2025-12-31"}, headers=admin)
    assert (refused.status_code, refused.json["reason"]) == (409, "providers.period_backwards")


@pytest.mark.requirement("S0-23")
@pytest.mark.requirement("S2-40")
def test_prices_are_agreed_in_versions(http, client, admin, provider):
    at = f"/api/v1/provider-contracts/{sign(http, admin, provider).json['id']}/tariffs"
    line = {"service_code": "GP", "name": "Consultation", "amount_minor": 100}
    for number, day in enumerate(("2026-01-01", "2026-07-01"), start=1):
        prices = {"valid_from": day, "lines": [line | {"amount_minor": 100 * number}]}
        assert http.post(at, json=prices, headers=admin).json["number"] == number
    again = http.post(at, json={"valid_from": "2026-07-01", "lines": [line]}, headers=admin)
    assert again.json["reason"] == "providers.tariff_version_exists"
    twice = http.post(at, json={"valid_from": "2026-09-01", "lines": [line, line]}, headers=admin)
    assert twice.json["reason"] == "providers.price_twice"
    assert [one["number"] for one in http.get(at, headers=admin).json["items"]] == [2, 1]
    with working_for(client.id) as scope:
        assert queries.tariff_for(scope, provider, "GP", DAY).amount.amount_minor == 100


def test_a_room_has_one_rate_from_a_day(http, admin, provider):
    room = {
        "code": "1",
        "name": "Kelas 1",
        "rank": 30,
        "rate": {"amount_minor": 800_000_00, "currency": "IDR"},
        "valid_from": "2026-01-01",
    }
    at = f"/api/v1/providers/{provider}/rooms"
    assert http.post(at, json=room, headers=admin).status_code == 201
    assert http.post(at, json=room, headers=admin).json["reason"] == "providers.room_rate_exists"
    shown = http.get(f"/api/v1/providers/{provider}", headers=admin).json["rooms"]
    assert [(one["code"], one["rate"]["amount_minor"]) for one in shown] == [("1", 800_000_00)]


@pytest.mark.requirement("S2-39")
def test_another_clients_own_contract_is_not_there(http, admin, provider):
    made = sign(http, admin, provider, common=False).json
    other = headers_for(Role.ADMIN, make_client())
    assert http.patch(f"/api/v1/provider-contracts/{made['id']}", json={}, headers=other).status_code == 404
    assert http.get(f"/api/v1/providers/{provider}/contracts", headers=other).json["items"] == []


def test_others_do_not_agree_in_our_name(http, client, provider):
    for role in (Role.HR, Role.AGENT, Role.PROVIDER, Role.CLAIMS):
        assert sign(http, headers_for(role, client), provider).status_code == 403


def test_a_price_list_is_read_a_page_at_a_time(http, admin, provider):
    at = f"/api/v1/provider-contracts/{sign(http, admin, provider).json['id']}/tariffs"
    places = [("ROOM", "1"), ("GP", ""), ("ROOM", "vip"), ("MCU", "")]
    lines = [
        {"service_code": code, "name": code, "amount_minor": 100 + place, "room_class": room}
        for place, (code, room) in enumerate(places)
    ]
    http.post(at, json={"valid_from": "2026-01-01", "lines": lines}, headers=admin)
    first = http.get(f"{at}/1?limit=3", headers=admin).json
    assert [(one["service_code"], one["amount"]["amount_minor"]) for one in first["items"]] == [
        ("GP", 101),
        ("MCU", 103),
        ("ROOM", 100),
    ]
    after = f"after={first['next_after']}&after_room={first['next_after_room']}"
    last = http.get(f"{at}/1?limit=3&{after}", headers=admin).json
    assert ([one["room_class"] for one in last["items"]], last["next_after"]) == (["vip"], None)
    assert http.get(f"{at}/2", headers=admin).status_code == 404


@pytest.mark.requirement("S2-39")
def test_the_networks_of_a_facility_are_the_clients_own(http, admin, provider):
    made = sign(http, admin, provider).json
    body = {"network": "main", "valid_from": "2026-01-01"}
    http.post(f"/api/v1/provider-contracts/{made['id']}/networks", json=body, headers=admin)
    listed = http.get(f"/api/v1/providers/{provider}/networks", headers=admin).json["items"]
    assert [(one["network"], one["valid_until"]) for one in listed] == [("main", None)]
    other = headers_for(Role.ADMIN, make_client())
    assert http.get(f"/api/v1/providers/{provider}/networks", headers=other).json["items"] == []
