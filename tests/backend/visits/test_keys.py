"""A hospital's own system does with a key what its desk does with a sign-in, and not more (S4-26, S4-27)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.audit.models import AuditRecord
from backend.kit import clock
from backend.kit.rate import RateLimit
from backend.visits import bridge
from backend.visits.models import ApiKey
from backend.visits.rules.keys import KeyScope
from tests.factories.visits import Desk, make_visit

EVERYTHING = [scope.value for scope in KeyScope]


@pytest.fixture
def key_of(http):
    """Make a key and give what the administrator sees once."""

    def made(desk: Desk, scopes=EVERYTHING, **facts: object) -> dict:
        body = {"provider_id": str(desk.provider_id), "label": "HIS", "scopes": list(scopes), **facts}
        answer = http.post("/api/v1/api-keys", json=body, headers=desk.headers(Role.ADMIN))
        assert answer.status_code == 201
        return answer.json

    return made


def _with(key: dict) -> dict[str, str]:
    return {"X-Api-Key": key["key"]}


@pytest.mark.requirement("S4-27")
def test_a_system_does_what_the_desk_does(http, desk, key_of):
    key = _with(key_of(desk))
    seen = http.post("/api/v1/eligibility", json={"card_number": desk.card_number()}, headers=key)
    assert seen.json["eligible"]
    body = {"card_number": desk.card_number(), "benefit_group": "outpatient"}
    visit = http.post("/api/v1/visits", json=body, headers=key).json
    assert http.post(f"/api/v1/visits/{visit['id']}/close", headers=key).json["state"] == "closed"
    unit = {"amount_minor": 100, "currency": "IDR"}
    line = {"description": "Care", "service_on": clock.today(desk.client.timezone).isoformat(), "unit": unit}
    sent = http.post(
        f"/api/v1/visits/{visit['id']}/bill",
        json={"invoice_number": "HIS-1", "total": unit, "lines": [line]},
        headers=key,
    )
    assert sent.status_code == 201


@pytest.mark.requirement("S4-26")
def test_what_a_system_began_the_desk_goes_on_with(http, ask, desk, key_of):
    body = {"card_number": desk.card_number(), "benefit_group": "outpatient"}
    visit = http.post("/api/v1/visits", json=body, headers=_with(key_of(desk))).json
    assert ask(desk, f"/visits/{visit['id']}/close").json["state"] == "closed"


def test_the_audit_row_says_it_was_the_bridge_and_which_key(http, desk, key_of):
    key = key_of(desk)
    http.post("/api/v1/eligibility", json={"card_number": desk.card_number()}, headers=_with(key))
    with working_for(desk.client.id) as scope:
        row = scope.session.execute(
            select(AuditRecord.actor_id, AuditRecord.actor_role).where(
                AuditRecord.channel == "bridge", AuditRecord.member_id == desk.member_id
            )
        ).one()
    assert (str(row.actor_id), row.actor_role) == (key["id"], "provider")


def test_a_key_sees_nothing_of_another_facility(http, desk, key_of):
    visit, other = make_visit(desk), desk.neighbour()
    assert http.get(f"/api/v1/visits/{visit.id}", headers=_with(key_of(other))).status_code == 404


@pytest.mark.parametrize("scope", KeyScope)
def test_a_key_does_only_what_it_was_let(http, desk, key_of, scope):
    """Every route that takes keys, with a key for one thing: it opens exactly the routes of that thing."""
    key = _with(key_of(desk, [scope.value]))
    document = http.get("/openapi.json").json
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            security = operation.get("security", []) if method != "parameters" else []
            named = [one["api_key"][0] for one in security if "api_key" in one]
            if not named:
                continue
            address = re.sub(r"{\w+}", str(desk.member_id), path)
            answer = http.open(address, method=method.upper(), json={}, headers=key)
            refused = answer.status_code == 403 and answer.json["reason"] == "visits.key_not_for_this"
            assert refused is (named != [scope.value]), f"{method} {path} with {scope}: {answer.status_code}"


@pytest.mark.parametrize("path", ["/members", "/api-keys", "/me"])
def test_a_key_opens_no_route_that_is_not_meant_for_systems(http, desk, key_of, path):
    assert http.get(f"/api/v1{path}", headers=_with(key_of(desk))).status_code == 403


def test_the_text_of_a_key_is_shown_once_and_kept_nowhere(http, desk, key_of):
    key = key_of(desk)
    listed = http.get("/api/v1/api-keys", headers=desk.headers(Role.ADMIN))
    secret = key["key"].rpartition(".")[2]
    assert secret not in listed.text
    assert listed.json["items"][0]["ending"] == secret[-4:]
    with working_for(desk.client.id) as scope:
        stored = scope.session.scalars(select(ApiKey)).one()
        assert secret.encode() not in stored.secret_digest


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: "nonsense",
        lambda text: text + "x",
        lambda text: text.replace("clk.", "other."),
        lambda text: text.rpartition(".")[0],
        lambda text: "clk.AAAA." + text.rpartition(".")[2],
    ],
)
def test_what_is_no_key_opens_nothing(http, desk, key_of, spoil):
    answer = http.get("/api/v1/visits", headers={"X-Api-Key": spoil(key_of(desk)["key"])})
    assert (answer.status_code, answer.json["reason"]) == (401, "visits.key_unknown")


def test_a_revoked_key_opens_nothing_from_that_moment(http, desk, key_of):
    key = key_of(desk)
    assert http.get("/api/v1/visits", headers=_with(key)).status_code == 200
    revoked = http.post(f"/api/v1/api-keys/{key['id']}/revoke", headers=desk.headers(Role.ADMIN)).json
    assert (revoked["live"], revoked["last_used_at"] is not None) == (False, True)
    assert http.get("/api/v1/visits", headers=_with(key)).status_code == 401


def test_a_key_ends_on_its_day(http, desk, key_of):
    key = key_of(desk, expires_at=(clock.now() + timedelta(days=1)).isoformat())
    with clock.at(clock.now() + timedelta(days=1)):
        assert http.get("/api/v1/visits", headers=_with(key)).status_code == 401


def test_a_key_that_asks_too_often_is_slowed_down(http, desk, key_of, monkeypatch):
    monkeypatch.setattr(bridge, "_PACE", RateLimit(2, seconds=60))
    key = _with(key_of(desk))
    answers = [http.get("/api/v1/visits", headers=key) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert int(answers[2].headers["Retry-After"]) > 0


def test_only_administrators_make_keys_and_only_for_real_facilities(http, desk):
    body = {"provider_id": str(desk.member_id), "label": "HIS", "scopes": ["visits"]}
    assert http.post("/api/v1/api-keys", json=body, headers=desk.headers(Role.ADMIN)).status_code == 404
    assert http.post("/api/v1/api-keys", json=body, headers=desk.headers()).status_code == 403


def test_the_document_names_the_key_as_a_way_in(http):
    document = http.get("/openapi.json").json
    assert document["components"]["securitySchemes"]["api_key"]["name"] == "X-Api-Key"
    assert {"api_key": ["eligibility"]} in document["paths"]["/api/v1/eligibility"]["post"]["security"]
