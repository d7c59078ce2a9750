"""The bill of a visit: sent by the facility, looked at by claims, never seen by an employer."""

from __future__ import annotations

import pytest

from backend import tokens
from backend.access import Actor, Role, working_for
from backend.errors import RuleRefused
from backend.integrations import registry
from backend.kit import clock, ids
from backend.providers.queries import provider
from backend.visits import service
from backend.visits.service.bills import bill_facts
from tests.factories.claims import make_paper
from tests.factories.providers import make_contract, make_tariff
from tests.factories.visits import Desk, make_bill, make_desk, make_visit


def money(minor: int) -> dict:
    return {"amount_minor": minor, "currency": "IDR"}


def line(minor: int = 20_000_000, **facts: object) -> dict:
    day = clock.today("Asia/Jakarta").isoformat()
    return {"description": "Consultation", "service_on": day, "quantity": 2, "unit": money(minor), **facts}


def bill(minor: int = 20_000_000, **facts: object) -> dict:
    body = {"invoice_number": f"INV-{ids.new_id().hex[-8:]}", "total": money(2 * minor), "lines": [line(minor)]}
    return {**body, "diagnoses": ["J06.9"], **facts}


@pytest.mark.requirement("S0-46")
@pytest.mark.requirement("S1-17")
def test_a_facility_bills_an_ended_visit(http, ask, desk):
    visit = make_visit(desk, closed=True)
    sent = ask(desk, f"/visits/{visit.id}/bill", bill())
    assert (sent.status_code, sent.json["state"], sent.json["total"]) == (201, "submitted", money(40_000_000))
    assert sent.json["lines"][0]["amount"] == money(40_000_000)
    assert http.get(f"/api/v1/visits/{visit.id}", headers=desk.headers()).json["bill_state"] == "submitted"


@pytest.mark.parametrize(
    ("closed", "changes", "reason"),
    [
        (False, {}, "visits.bill_before_end"),
        (True, {"total": money(1)}, "visits.bill_total"),
        (True, {"lines": [line(service_on="2020-01-01")]}, "visits.bill_outside_visit"),
        (True, {"total": {"amount_minor": 40_000_000, "currency": "USD"}}, "visits.bill_currency"),
        (True, {"document_ids": [str(ids.new_id())]}, "visits.bill_paper_unknown"),
    ],
)
def test_a_bill_that_cannot_be_right_is_refused_with_words(ask, desk, closed, changes, reason):
    visit = make_visit(desk, closed=closed)
    refused = ask(desk, f"/visits/{visit.id}/bill", bill(**changes))
    assert (refused.status_code, refused.json["reason"]) == (409, reason)
    assert refused.json["message"] != reason


@pytest.mark.parametrize(
    "changes",
    [
        {"lines": []},
        {"total": {"amount_minor": -1, "currency": "IDR"}},
        {"total": {"amount_minor": 1.5, "currency": "IDR"}},
        {"total": {"amount_minor": 1, "currency": "XXX"}},
        {"diagnoses": ["flu"]},
        {"lines": [line(quantity=0)]},
    ],
)
def test_a_bill_without_the_shape_of_one_is_not_read(ask, desk, changes):
    visit = make_visit(desk, closed=True)
    assert ask(desk, f"/visits/{visit.id}/bill", bill(**changes)).status_code == 422


def test_one_invoice_is_not_sent_for_two_visits(ask, desk):
    first, second = make_visit(desk, closed=True), make_visit(desk, closed=True)
    ask(desk, f"/visits/{first.id}/bill", bill(invoice_number="A-1"))
    assert ask(desk, f"/visits/{second.id}/bill", bill(invoice_number="A-1")).json["reason"] == (
        "visits.bill_invoice_known"
    )


def test_a_bill_lies_with_claims_until_it_comes_back(http, ask, desk):
    made = make_bill(desk)
    path = f"/visits/{made.visit_id}/bill"
    assert ask(desk, path, bill()).json["reason"] == "visits.bill_lies_with_claims"
    claims = desk.headers(Role.CLAIMS)
    back = http.post(f"/api/v1/provider-bills/{made.id}/return", json={"reason": "No lab report"}, headers=claims)
    assert back.json["return_reason"] == "No lab report"
    again = ask(desk, path, bill()).json
    assert (again["id"], again["state"], again["return_reason"]) == (str(made.id), "submitted", None)
    assert [step["state"] for step in again["history"]] == ["submitted", "returned", "submitted"]
    assert again["history"][1]["note"] == "No lab report"


@pytest.mark.requirement("S0-46")
def test_claims_accept_a_bill_once_and_for_all(http, desk):
    made = make_bill(desk)
    claims = desk.headers(Role.CLAIMS)
    accepted = [http.post(f"/api/v1/provider-bills/{made.id}/accept", headers=claims).json for _ in range(2)]
    assert accepted[0]["decided_at"] == accepted[1]["decided_at"]
    late = http.post(f"/api/v1/provider-bills/{made.id}/return", json={"reason": "too late"}, headers=claims)
    assert late.json["reason"] == "visits.bill_not_submitted"


def test_the_agreed_price_stands_beside_what_was_billed(ask, desk):
    with working_for(desk.client.id) as scope:
        contract = make_contract(scope, provider(scope, desk.provider_id))
        make_tariff(scope, contract, {"CONS": 15_000_000})
    visit = make_visit(desk, closed=True)
    lines = [line(service_code="CONS"), line(service_code="UNHEARD-OF")]
    sent = ask(desk, f"/visits/{visit.id}/bill", bill(lines=lines, total=money(80_000_000))).json
    assert [one["agreed"] for one in sent["lines"]] == [money(15_000_000), None]
    assert sent["findings"] == [
        {"position": 1, "reason": "above_tariff", "difference": money(10_000_000)},
        {"position": 2, "reason": "without_tariff", "difference": None},
    ]


def test_papers_of_the_facility_come_with_the_bill_and_become_the_patients(ask, desk):
    headers = desk.headers()
    visit = make_visit(desk, closed=True)
    with working_for(desk.client.id) as scope:
        sender = _who(headers)
        paper = make_paper(scope, desk.member_id, uploaded_by=sender)
    sent = ask(desk, f"/visits/{visit.id}/bill", bill(document_ids=[str(paper)]), **headers)
    assert sent.json["document_ids"] == [str(paper)]


def _who(headers: dict[str, str]):
    return tokens.read(registry.current().settings.token_key, headers["Authorization"][7:])[1].id


def test_papers_of_somebody_else_do_not_come_with_it(ask, desk):
    visit = make_visit(desk, closed=True)
    with working_for(desk.client.id) as scope:
        foreign = make_paper(scope, desk.member_id)
    assert ask(desk, f"/visits/{visit.id}/bill", bill(document_ids=[str(foreign)])).status_code == 409


@pytest.mark.parametrize("role", [Role.HR, Role.AGENT, Role.ADMIN])
def test_who_has_no_business_with_bills_reads_none(http, desk, role):
    made = make_bill(desk)
    assert http.get(f"/api/v1/provider-bills/{made.id}", headers=desk.headers(role)).status_code == 403


def test_another_facility_reads_none_of_it(http, desk):
    made = make_bill(desk)
    other = desk.neighbour()
    assert http.get(f"/api/v1/provider-bills/{made.id}", headers=other.headers()).status_code == 404
    assert http.get("/api/v1/provider-bills", headers=other.headers()).json["items"] == []
    mine = http.get("/api/v1/provider-bills", headers=desk.headers()).json["items"]
    assert [one["id"] for one in mine] == [str(made.id)]


def test_the_seam_for_claims_gives_the_bill_its_visit_and_positions(app):
    desk: Desk = make_desk()
    made = make_bill(desk)
    with working_for(desk.client.id, Actor(Role.CLAIMS, id=ids.new_id())) as scope:
        found, visit, lines = bill_facts(scope, made.id)
        assert (found.id, visit.id) == (made.id, made.visit_id)
        assert sum(one.amount.amount_minor for one in lines) == made.total_minor
        service.accept_bill(scope, made.id)
        with pytest.raises(RuleRefused, match=r"visits\.bill_not_submitted"):
            service.return_bill(scope, made.id, "no")
