"""Photos and PDFs that a complainant sends, with the complaint or when they are asked for."""

import pytest

from backend.access import Role, working_for
from backend.kit import ids
from tests.factories.claims import make_household, make_paper

COMPLAINTS = "/api/v1/complaints"


@pytest.fixture
def home(app):
    return make_household()


def _paper(home, member_id=None, **facts) -> str:
    with working_for(home.client.id) as scope:
        return str(make_paper(scope, member_id or home.employee_id, **facts))


def _lodge(http, home, **facts):
    body = {"member_id": str(home.employee_id), "text": "Nobody knew my card.", **facts}
    return http.post(COMPLAINTS, json=body, headers=home.headers)


def _asked(http, home) -> str:
    complaint = _lodge(http, home).json
    address = f"{COMPLAINTS}/{complaint['id']}"
    http.post(f"{address}/request-information", json={"note": "The receipt, please."}, headers=home.staff(Role.AGENT))
    return address


def test_papers_come_with_the_complaint(http, home):
    papers = [_paper(home), _paper(home)]
    made = _lodge(http, home, document_ids=[*papers, papers[0]]).json
    assert [paper["document_id"] for paper in made["documents"]] == papers


@pytest.mark.requirement("S0-94")
def test_papers_that_were_asked_for_start_the_clock(http, home):
    address = _asked(http, home)
    body = {"text": "Here it is.", "document_ids": [_paper(home)]}
    made = http.post(f"{address}/information", json=body, headers=home.headers).json
    assert (made["status"], len(made["documents"])) == ("acknowledged", 1)
    assert made["next_deadline"] == {"kind": "resolve", "on": made["resolve_by"]}
    seen = http.get(address, headers=home.staff(Role.CLAIMS)).json
    assert seen["documents"] == made["documents"]


def test_somebody_elses_paper_is_not_found_and_nothing_is_lodged(http, home):
    assert _lodge(http, home, document_ids=[_paper(make_household())]).status_code == 404
    assert _lodge(http, home, document_ids=[str(ids.new_id())]).status_code == 404
    assert http.get(COMPLAINTS, headers=home.headers).json["items"] == []


def test_staff_attach_no_paper_of_another_member(http, home):
    address = _asked(http, home)
    body = {"text": "They sent it by mail.", "document_ids": [_paper(home, home.child_id)]}
    assert http.post(f"{address}/information", json=body, headers=home.staff(Role.AGENT)).status_code == 404
    body["document_ids"] = [_paper(home)]
    assert http.post(f"{address}/information", json=body, headers=home.staff(Role.AGENT)).status_code == 200


def test_a_refused_paper_is_said_to_be_refused(http, home):
    refused = _lodge(http, home, document_ids=[_paper(home, state="refused", refusal="documents.unreadable")])
    assert refused.status_code == 409


def test_a_second_period_is_asked_for_in_the_app_once(http, home):
    address = _asked(http, home)
    before = http.get(address, headers=home.headers).json
    assert before["may_ask_for_time"]
    longer = http.post(f"{address}/more-time", json={}, headers=home.headers).json
    assert longer["information_by"] > before["information_by"]
    assert not longer["may_ask_for_time"]
    again = http.post(f"{address}/more-time", json={}, headers=home.headers)
    assert (again.status_code, again.json["reason"]) == (409, "complaints.more_time_once")
