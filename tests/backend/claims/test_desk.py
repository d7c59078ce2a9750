"""The desk's answer: complete, or back with exactly what is missing; and who may look."""

from datetime import date, timedelta

import pytest

from backend.access import Role, working_for
from backend.audit.models import AuditRecord
from backend.claims import queries, tasks
from backend.kit import clock
from backend.kit.deadlines import WorkCalendar, working_days_between
from tests.factories.claims import Household, make_claim, make_household, make_paper

CLAIMS = "/api/v1/claims"


@pytest.fixture
def home(app) -> Household:
    return make_household()


def _attach(http, home, claim_id, requirement):
    with working_for(home.client.id) as scope:
        paper = make_paper(scope, home.employee_id)
    body = {"document_id": str(paper), "requirement": requirement}
    return http.post(f"{CLAIMS}/{claim_id}/documents", json=body, headers=home.headers)


@pytest.mark.requirement("S1-39")
@pytest.mark.requirement("S1-40")
@pytest.mark.requirement("S1-41")
def test_a_claim_comes_back_with_exactly_what_is_missing(http, home):
    claim = make_claim(home, submitted=True)
    body = {"missing": ["original_receipt", "other_evidence"], "note": "The receipt cannot be read."}
    answer = http.post(f"{CLAIMS}/{claim.id}/return", json=body, headers=home.staff()).json
    assert answer["status"] == "returned"
    assert answer["missing"] == ["original_receipt", "other_evidence"]
    assert answer["resubmit_by"] == (home.today() + timedelta(days=30)).isoformat()
    assert answer["history"][-1]["note"] == "The receipt cannot be read."


def test_a_returned_claim_comes_back_complete_or_not_at_all(http, home):
    claim = make_claim(home, submitted=True)
    body = {"missing": ["original_receipt", "medical_certificate"], "note": "Please send both."}
    http.post(f"{CLAIMS}/{claim.id}/return", json=body, headers=home.staff())
    _attach(http, home, claim.id, "original_receipt")
    refused = http.post(f"{CLAIMS}/{claim.id}/submit", json={}, headers=home.headers)
    assert refused.json["reason"] == "claims.documents_missing"
    assert refused.json["errors"]["missing"] == ["medical_certificate"]
    assert "Medical certificate" in refused.json["message"]
    _attach(http, home, claim.id, "medical_certificate")
    assert http.post(f"{CLAIMS}/{claim.id}/submit", json={}, headers=home.headers).json["status"] == "submitted"


@pytest.mark.requirement("S1-29")
def test_complete_papers_start_the_promise_to_settle(http, home):
    claim = make_claim(home, submitted=True)
    answer = http.post(f"{CLAIMS}/{claim.id}/complete", json={}, headers=home.staff()).json
    assert answer["status"] == "complete"
    promised = date.fromisoformat(answer["settle_by"])
    calendar = WorkCalendar("ID", joint_leave_free=True)
    assert working_days_between(home.today(), promised, calendar) == 10


def test_nobody_waives_a_paper_by_oversight(http, home):
    claim = make_claim(home, papers=("original_receipt",), submitted=True)
    refused = http.post(f"{CLAIMS}/{claim.id}/complete", json={}, headers=home.staff())
    assert refused.json["reason"] == "claims.documents_missing"
    body = {"accept_without": ["claim_form_outpatient"], "note": "Came on paper through HR."}
    answer = http.post(f"{CLAIMS}/{claim.id}/complete", json=body, headers=home.staff())
    assert answer.json["status"] == "complete"


def test_the_queue_shows_the_longest_waiting_first_in_pages(http, home):
    waiting = [str(make_claim(home, submitted=True).id) for _ in range(3)]
    first = http.get(f"{CLAIMS}/queue?limit=2", headers=home.staff()).json
    rest = http.get(f"{CLAIMS}/queue?limit=2&cursor={first['next_cursor']}", headers=home.staff()).json
    assert [item["id"] for item in first["items"] + rest["items"]] == waiting
    assert rest["next_cursor"] is None


@pytest.mark.parametrize("role", [Role.MEMBER, Role.AGENT, Role.HR, Role.FINANCE])
def test_only_the_desk_decides_about_papers(http, home, role):
    claim = make_claim(home, submitted=True)
    headers = home.headers if role is Role.MEMBER else home.staff(role)
    assert http.post(f"{CLAIMS}/{claim.id}/complete", json={}, headers=headers).status_code == 403


def test_the_employer_does_not_read_claims(http, home):
    claim = make_claim(home, submitted=True)
    assert http.get(f"{CLAIMS}/{claim.id}", headers=home.staff(Role.HR)).status_code == 403


def _looks(home, claim) -> list[str]:
    with working_for(home.client.id) as scope:
        rows = scope.session.query(AuditRecord).filter_by(client_id=home.client.id, object_id=claim.id)
        return [row.actor_role for row in rows if row.action == "read"]


def test_a_look_by_staff_is_on_the_members_record_and_ones_own_is_not(http, home):
    claim = make_claim(home, submitted=True)
    http.get(f"{CLAIMS}/{claim.id}", headers=home.headers)
    http.get(f"{CLAIMS}/{claim.id}", headers=home.staff(Role.DOCTOR))
    assert _looks(home, claim) == ["doctor"]


def test_the_daily_reminder_goes_to_every_client(http, home):
    claim = make_claim(home, submitted=True)
    body = {"missing": ["original_receipt"], "note": "Unreadable."}
    http.post(f"{CLAIMS}/{claim.id}/return", json=body, headers=home.staff())
    with clock.at(clock.now() + timedelta(days=29)):
        tasks.remind_returned(0)
        with working_for(home.client.id) as scope:
            assert queries.claim(scope, claim.id).reminded_on == home.today()
