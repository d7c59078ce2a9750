"""Without the card an outpatient pays as any patient does; the plan pays back, through HR where it is so agreed."""

from __future__ import annotations

import pytest

from backend.access import working_for
from tests.factories.claims import Household, facts_of_visit, make_household, make_paper
from tests.factories.members import make_card


def _household_that_lost_the_card(http, **client_facts) -> tuple[Household, dict]:
    home = make_household(**client_facts)
    with working_for(home.client.id) as scope:
        make_card(scope, home.employee_id)
    report = http.post(f"/api/v1/members/{home.employee_id}/card/loss", json={}, headers=home.headers)
    return home, report.json


@pytest.mark.requirement("S1-58")
def test_an_outpatient_visit_without_the_card_is_reimbursed(http):
    home, _ = _household_that_lost_the_card(http)
    with working_for(home.client.id) as scope:
        papers = [make_paper(scope, home.employee_id) for _ in range(2)]
    facts = facts_of_visit(home)
    draft = {
        "member_id": str(home.employee_id),
        "benefit": "outpatient",
        "visit_on": facts["visit_on"].isoformat(),
        "provider_name": facts["provider_name"],
        "place_region": facts["place_region"],
        "invoice_number": facts["invoice_number"],
        "claimed": {"amount_minor": facts["claimed"].amount_minor, "currency": "IDR"},
    }
    claim = http.post("/api/v1/claims", json=draft, headers=home.headers).json
    for paper, requirement in zip(papers, ("claim_form_outpatient", "original_receipt"), strict=True):
        body = {"document_id": str(paper), "requirement": requirement}
        http.post(f"/api/v1/claims/{claim['id']}/documents", json=body, headers=home.headers)
    answer = http.post(f"/api/v1/claims/{claim['id']}/submit", headers=home.headers)
    assert (answer.status_code, answer.json["status"], answer.json["missing"]) == (200, "submitted", [])


@pytest.mark.requirement("S1-58")
def test_who_reports_the_loss_is_told_to_pay_and_go_through_hr(http):
    _, report = _household_that_lost_the_card(http)
    inpatient, outpatient = report["meanwhile"]
    assert "initial letter of guarantee" in inpatient
    assert "pay as any patient does" in outpatient
    assert "through your company's HR" in outpatient


def test_where_papers_do_not_go_through_hr_nobody_is_sent_there(http):
    _, report = _household_that_lost_the_card(http, terms={"papers_through_hr": False})
    assert "HR" not in " ".join(report["meanwhile"])
