"""What whoever answers complaints is told beside what the member reads."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from backend.access import Role, working_for
from backend.complaints import service
from backend.kit import clock
from tests.factories.accounts import headers_for, make_staff
from tests.factories.claims import Household, make_claim, make_household
from tests.factories.objects import OBJECTS
from tests.factories.providers import make_provider
from tests.query_counter import counted_queries

COMPLAINTS = "/api/v1/complaints"


@pytest.fixture
def home(app) -> Household:
    return make_household()


def _lodge(http, home, **facts) -> dict:
    body = {"member_id": str(home.employee_id), "text": "Nobody at the desk knew my card.", **facts}
    return http.post(COMPLAINTS, json=body, headers=home.headers).json


def _seen(http, home, complaint, role=Role.AGENT) -> dict:
    return http.get(f"{COMPLAINTS}/{complaint['id']}", headers=home.staff(role)).json


def _listed(http, home) -> list[dict]:
    return http.get(f"{COMPLAINTS}/open", headers=home.staff(Role.AGENT)).json["items"]


def test_what_is_disputed_goes_by_the_name_people_know(http, home):
    claim = make_claim(home, submitted=True)
    with working_for(home.client.id) as scope:
        provider = make_provider(scope, name="RS Melati Indah")
        provider_id = str(provider.id)
    letter_id = OBJECTS["letter_id"](home)
    made = _lodge(http, home, claim_id=str(claim.id), letter_id=str(letter_id), provider_id=provider_id)
    disputes = {one["kind"]: one["label"] for one in _seen(http, home, made)["disputes"]}
    assert set(disputes) == {"claim", "letter", "provider"}
    assert (disputes["claim"], disputes["provider"]) == (claim.number, "RS Melati Indah")


def test_staff_read_who_complains_and_who_did_which_step(http, home):
    sari = make_staff(home.client, Role.AGENT, name="Sari Wulandari")
    headers = headers_for(Role.AGENT, home.client, staff_id=sari)
    made = _lodge(http, home)
    http.post(f"{COMPLAINTS}/{made['id']}/assign", json={"staff_id": str(sari)}, headers=headers)
    seen = http.get(f"{COMPLAINTS}/{made['id']}", headers=headers).json
    assert seen["complainant"]["id"] == str(home.employee_id)
    last = seen["steps"][-1]
    assert (last["kind"], last["name"], last["given_to"]) == ("assigned", "Sari Wulandari", "Sari Wulandari")


def test_the_member_reads_no_names_of_staff_and_nothing_made_for_the_desk(http, home):
    made = _lodge(http, home)
    http.post(f"{COMPLAINTS}/{made['id']}/acknowledge", json={}, headers=home.staff(Role.AGENT))
    seen = http.get(f"{COMPLAINTS}/{made['id']}", headers=home.headers).json
    assert not {"complainant", "disputes", "may_handle", "respondents", "notices", "handler"} & set(seen)
    assert all("name" not in step for step in seen["steps"])
    listed = http.get(COMPLAINTS, headers=home.headers).json["items"]
    assert all("handler" not in one and "working_days_left" not in one["next_deadline"] for one in listed)


def test_only_those_who_handle_complaints_and_are_not_concerned_may_be_given_one(http, home):
    people = {role: make_staff(home.client, role) for role in (Role.AGENT, Role.CLAIMS, Role.ADMIN, Role.DOCTOR)}
    about = make_staff(home.client, Role.AGENT)
    made = _lodge(http, home)
    body = {"staff_ids": [str(about)]}
    http.put(f"{COMPLAINTS}/{made['id']}/respondents", json=body, headers=home.staff(Role.ADMIN))
    offered = {one["id"] for one in _seen(http, home, made)["may_handle"]}
    assert {str(people[role]) for role in (Role.AGENT, Role.CLAIMS, Role.ADMIN)} <= offered
    assert not {str(people[Role.DOCTOR]), str(about)} & offered


@pytest.mark.requirement("S0-94")
def test_how_long_is_left_is_counted_in_working_days(http, home):
    made = _lodge(http, home)
    coming = _listed(http, home)[0]["next_deadline"]
    assert (coming["kind"], coming["working_days_left"], coming["soon"]) == ("acknowledge", 2, False)
    with working_for(home.client.id) as scope:
        service.acknowledge(scope, made["id"])
    coming = _listed(http, home)[0]["next_deadline"]
    assert (coming["kind"], coming["working_days_left"], coming["soon"]) == ("resolve", 10, False)
    with clock.at(clock.now() + timedelta(days=60)):
        assert _listed(http, home)[0]["next_deadline"]["working_days_left"] < 0


def test_the_last_day_is_marked_as_near_and_the_day_after_is_not(http, home):
    last_noon = datetime.combine(date.fromisoformat(_lodge(http, home)["acknowledge_by"]), time(5, tzinfo=UTC))
    marked = []
    for moment in (last_noon, last_noon + timedelta(days=1)):
        with clock.at(moment):
            coming = _listed(http, home)[0]["next_deadline"]
            marked.append((coming["working_days_left"], coming["soon"]))
    assert marked == [(0, True), (-1, False)]


def test_a_longer_list_asks_the_database_no_more(http, home):
    counts = []
    for _ in range(2):
        _lodge(http, home)
        _lodge(http, home)
        with counted_queries() as seen:
            _listed(http, home)
        counts.append(len(seen))
    assert counts[0] == counts[1]
