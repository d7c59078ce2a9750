from datetime import date

import pytest

from backend.access import Role, working_for
from backend.clients import queries, registry
from backend.errors import NotFound, RuleRefused
from tests.factories.accounts import headers_for
from tests.factories.clients import make_client

YEAR = {"starts_on": "2030-01-01", "ends_on": "2030-12-31"}
CONTRACT = {"number": "K-2030", "product": "indemnity", **YEAR, "terms": {"own_access_age": 18}}


@pytest.fixture
def bare(app):
    return make_client(contract=False)


def test_a_recorded_contract_shows_every_term(http, bare):
    admin = headers_for(Role.ADMIN, bare)
    made = http.post("/api/v1/contracts", json=CONTRACT, headers=admin)
    assert made.status_code == 201
    (shown,) = http.get("/api/v1/contracts", headers=admin).json["items"]
    assert shown["id"] == made.json["id"]
    assert shown["terms"]["own_access_age"] == 18
    assert shown["terms"]["submission_days_inside"] == 30


def test_a_contract_must_not_overlap_another(http, bare):
    admin = headers_for(Role.ADMIN, bare)
    http.post("/api/v1/contracts", json=CONTRACT, headers=admin)
    again = http.post("/api/v1/contracts", json=CONTRACT | {"number": "K-2"}, headers=admin)
    assert (again.status_code, again.json["reason"]) == (409, "clients.contract_overlaps")


def test_an_unknown_term_is_refused_by_name(http, bare):
    answer = http.post(
        "/api/v1/contracts", json=CONTRACT | {"terms": {"free_beer": True}}, headers=headers_for(Role.ADMIN, bare)
    )
    assert answer.json["reason"] == "clients.unknown_term"
    assert answer.json["errors"] == {"term": "free_beer"}


def test_a_plan_year_lies_within_its_contract(http, bare):
    admin = headers_for(Role.ADMIN, bare)
    contract = http.post("/api/v1/contracts", json=CONTRACT, headers=admin).json["id"]
    path = f"/api/v1/contracts/{contract}/plan-years"
    outside = http.post(path, json={"starts_on": "2030-06-01", "ends_on": "2031-05-31"}, headers=admin)
    assert outside.json["reason"] == "clients.plan_year_outside_contract"
    assert http.post(path, json=YEAR, headers=admin).status_code == 201
    assert http.post(path, json=YEAR, headers=admin).json["reason"] == "clients.plan_year_overlaps"


def test_hr_keeps_its_own_contacts(http, bare):
    hr = headers_for(Role.HR, bare)
    person = {"name": "Rina", "email": "rina@kirana.example", "phone": None}
    made = http.post("/api/v1/hr-contacts", json=person, headers=hr).json["id"]
    assert http.get("/api/v1/hr-contacts", headers=hr).json["items"] == [{"id": made, **person}]
    assert http.post("/api/v1/hr-contacts", json=person, headers=hr).status_code == 409
    assert http.delete(f"/api/v1/hr-contacts/{made}", headers=hr).status_code == 204
    assert http.get("/api/v1/hr-contacts", headers=hr).json["items"] == []


def test_members_do_not_read_contracts(http, bare):
    assert http.get("/api/v1/contracts", headers=headers_for(Role.MEMBER, bare)).status_code == 403


def test_a_day_without_a_contract_has_no_contract_but_terms(app, bare):
    with working_for(bare.id) as scope:
        with pytest.raises(RuleRefused, match="no_contract"):
            queries.contract_on(scope, date(2030, 1, 1))
        assert queries.terms_on(scope, date(2030, 1, 1)).own_access_age == 17


class TestRegistry:
    def test_a_client_is_found_by_slug_and_id(self, app, bare):
        assert registry.client_by_slug(bare.slug) == bare
        assert registry.client_by_id(bare.id) == bare

    def test_an_unknown_client_is_not_found(self, app):
        with pytest.raises(NotFound):
            registry.client_by_slug("nobody-here")

    def test_registering_again_changes_the_name_and_keeps_the_id(self, app, bare):
        again = registry.register(
            slug=bare.slug,
            name="Kirana Baru",
            country="ID",
            currency="IDR",
            timezone="Asia/Jakarta",
            languages=["id"],
            default_language="id",
        )
        assert (again.id, again.name) == (bare.id, "Kirana Baru")
