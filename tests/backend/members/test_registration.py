from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from backend.access import Role, working_for
from backend.kit import clock
from tests.backend.members.conftest import Workplace
from tests.factories.clients import make_client
from tests.factories.members import enrol, make_member

TODAY = clock.today("Asia/Jakarta")
BUDI: dict[str, Any] = {
    "full_name": "Budi Santoso",
    "birth_date": "1990-05-17",
    "sex": "male",
    "phone": "0811 2222 333",
    "employee_number": "E77",
    "plan": "GOLD",
    "starts_on": TODAY.isoformat(),
    "national_id": "3174011705900001",
}
CITRA = {"relationship": "child", "full_name": "Citra", "birth_date": "2015-02-03", "sex": "female"}


def register(http: FlaskClient, place: Workplace, role: Role = Role.HR, **changes: Any):
    return http.post("/api/v1/members", json=BUDI | changes, headers=place.headers(role))


@pytest.mark.requirement("S2-3")
@pytest.mark.requirement("S2-4")
@pytest.mark.parametrize("role", [Role.HR, Role.ADMIN])
def test_employer_and_administrator_register_an_employee(http: FlaskClient, workplace: Workplace, role: Role):
    made = register(http, workplace, role)
    assert made.status_code == 201, made.json
    member = http.get(f"/api/v1/members/{made.json['id']}", headers=workplace.headers(Role.HR)).json
    assert (member["cover"]["state"], member["cover"]["plan"]["code"]) == ("covered", "GOLD")
    assert (member["phone"], member["has_national_id"]) == ("+628112222333", True)
    card = http.get(f"/api/v1/members/{made.json['id']}/card", headers=workplace.headers(Role.HR)).json
    assert card["status"] == "active"


def test_an_odd_national_id_is_taken_with_a_warning(http: FlaskClient, workplace: Workplace):
    made = register(http, workplace, sex="female")
    assert made.status_code == 201
    assert [warning["reason"] for warning in made.json["warnings"]] == ["members.nik_sex"]


def test_a_national_id_of_another_member_is_flagged(http: FlaskClient, workplace: Workplace):
    register(http, workplace)
    again = register(http, workplace, employee_number="E78")
    assert [warning["reason"] for warning in again.json["warnings"]] == ["members.national_id_known"]


@pytest.mark.parametrize(
    ("changes", "code", "reason"),
    [
        ({"plan": "BRONZE"}, 409, "members.unknown_plan"),
        ({"phone": "12"}, 422, "request.invalid"),
        ({"birth_date": "17-05-1990"}, 422, "request.invalid"),
    ],
)
def test_what_cannot_be_registered(http: FlaskClient, workplace: Workplace, changes: dict, code: int, reason: str):
    answer = register(http, workplace, **changes)
    assert (answer.status_code, answer.json["reason"]) == (code, reason)


def test_an_employee_number_belongs_to_one_employee(http: FlaskClient, workplace: Workplace):
    register(http, workplace)
    assert register(http, workplace).json["reason"] == "members.employee_number_taken"


@pytest.mark.requirement("S2-3")
def test_a_dependant_joins_the_employees_plan(http: FlaskClient, workplace: Workplace):
    employee = workplace.insured(birth_date=TODAY.replace(year=1985, day=1))
    headers = workplace.headers(Role.HR)
    made = http.post(f"/api/v1/members/{employee}/dependants", json=CITRA, headers=headers)
    assert made.status_code == 201, made.json
    shown = http.get(f"/api/v1/members/{made.json['id']}", headers=headers).json
    assert shown["cover"]["plan"]["code"] == "GOLD"
    assert [one["relationship"] for one in shown["family"]] == ["employee", "child"]


@pytest.mark.requirement("S2-4")
def test_a_member_asks_for_a_dependant_and_hr_accepts(http: FlaskClient, workplace: Workplace):
    employee = workplace.insured()
    member, hr = workplace.headers(Role.MEMBER, employee), workplace.headers(Role.HR)
    asked = http.post("/api/v1/enrolment-requests", json=CITRA, headers=member)
    assert asked.status_code == 201, asked.json
    path = f"/api/v1/enrolment-requests/{asked.json['id']}/decision"
    decided = http.post(path, json={"accept": True}, headers=hr).json
    assert decided["status"] == "accepted"
    assert http.get(f"/api/v1/members/{decided['member_id']}", headers=hr).json["name"] == "Citra"
    assert http.post(path, json={"accept": True}, headers=hr).json["reason"] == "members.request_decided"


def test_a_refused_request_says_why(http: FlaskClient, workplace: Workplace):
    member = workplace.headers(Role.MEMBER, workplace.insured())
    asked = http.post("/api/v1/enrolment-requests", json=CITRA, headers=member).json
    path = f"/api/v1/enrolment-requests/{asked['id']}/decision"
    hr = workplace.headers(Role.HR)
    assert http.post(path, json={"accept": False}, headers=hr).status_code == 422
    http.post(path, json={"accept": False, "note": "birth certificate missing"}, headers=hr)
    (mine,) = http.get("/api/v1/enrolment-requests", headers=member).json["items"]
    assert (mine["status"], mine["note"]) == ("refused", "birth certificate missing")


def test_a_member_sees_only_their_own_requests(http: FlaskClient, workplace: Workplace):
    http.post("/api/v1/enrolment-requests", json=CITRA, headers=workplace.headers(Role.MEMBER, workplace.insured()))
    other = workplace.headers(Role.MEMBER, workplace.insured())
    assert http.get("/api/v1/enrolment-requests", headers=other).json["items"] == []


def test_an_employee_leaves_with_the_family(http: FlaskClient, workplace: Workplace):
    employee = workplace.insured()
    hr = workplace.headers(Role.HR)
    child = http.post(f"/api/v1/members/{employee}/dependants", json=CITRA, headers=hr).json["id"]
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    gone = http.post(f"/api/v1/members/{employee}/termination", json={"last_day": yesterday}, headers=hr).json["items"]
    assert {one["id"] for one in gone} == {str(employee), child}
    assert http.get(f"/api/v1/members/{employee}/card", headers=hr).json["status"] == "ended"
    assert http.get(f"/api/v1/members/{child}", headers=hr).json["cover"]["state"] != "covered"


def test_cover_lasts_through_the_last_day(http: FlaskClient, workplace: Workplace):
    employee = workplace.insured()
    hr = workplace.headers(Role.HR)
    http.post(f"/api/v1/members/{employee}/termination", json={"last_day": TODAY.isoformat()}, headers=hr)
    assert http.get(f"/api/v1/members/{employee}/card", headers=hr).json["status"] == "active"


def test_the_database_refuses_two_enrolments_for_one_day(workplace: Workplace):
    member = workplace.insured()
    with pytest.raises(IntegrityError, match="ex_enrolment_no_overlap"), working_for(workplace.client.id) as scope:
        enrol(scope, member, workplace.plan_id, TODAY)


@pytest.mark.parametrize("words", ["santoso", "SÁNTOSO budi", "E-100"])
def test_members_are_found_by_name_without_accents_and_by_number(http: FlaskClient, workplace: Workplace, words: str):
    workplace.insured(full_name="Budi Santoso", employee_number="E-100")
    workplace.insured(full_name="Ani Wijaya")
    found = http.get("/api/v1/members", query_string={"q": words}, headers=workplace.headers(Role.HR)).json["items"]
    assert [member["name"] for member in found] == ["Budi Santoso"]


def test_pages_show_everybody_once(http: FlaskClient, workplace: Workplace):
    with working_for(workplace.client.id) as scope:
        made = {str(make_member(scope).id) for _ in range(7)}
    headers, seen, cursor = workplace.headers(Role.HR), [], None
    while True:
        query = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        page = http.get("/api/v1/members", query_string=query, headers=headers).json
        seen += [member["id"] for member in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert sorted(seen) == sorted(made)


def test_a_page_that_nobody_gave_out_is_refused(http: FlaskClient, workplace: Workplace):
    answer = http.get("/api/v1/members?cursor=nonsense", headers=workplace.headers(Role.HR))
    assert answer.json["reason"] == "request.bad_cursor"


def test_finance_sees_no_telephone(http: FlaskClient, workplace: Workplace):
    workplace.insured()
    (member,) = http.get("/api/v1/members", headers=workplace.headers(Role.FINANCE)).json["items"]
    assert member["phone"] is None


def test_hr_sees_no_health_data(http: FlaskClient, workplace: Workplace):
    member = workplace.insured()
    shown = http.get(f"/api/v1/members/{member}", headers=workplace.headers(Role.HR)).json
    assert not {"claims", "diagnosis", "benefits", "national_id"} & set(shown)


@pytest.mark.parametrize("path", ["/members/{id}", "/members/{id}/card", "/members/{id}/card.png"])
def test_another_clients_hr_finds_nobody(http: FlaskClient, workplace: Workplace, path: str):
    elsewhere = Workplace(make_client(), workplace.plan_id)
    answer = http.get("/api/v1" + path.format(id=workplace.insured()), headers=elsewhere.headers(Role.HR))
    assert answer.status_code == 404


def events(place: Workplace) -> list[tuple[Any, ...]]:
    return place.ask("SELECT event, facts, member_id::text FROM notification ORDER BY created_at, id")


def test_a_new_member_is_told_of_the_plan_and_its_first_day(http: FlaskClient, workplace: Workplace):
    made = register(http, workplace).json["id"]
    facts = {"plan_name": "Sehat Emas", "starts_on": TODAY.isoformat()}
    assert events(workplace) == [("enrolled", facts, made)]


def test_a_refused_registration_tells_nobody(http: FlaskClient, workplace: Workplace):
    register(http, workplace, plan="BRONZE")
    assert events(workplace) == []


def test_who_leaves_is_told_until_when_they_are_covered(http: FlaskClient, workplace: Workplace):
    employee = workplace.insured()
    ends = {"last_day": (TODAY + timedelta(days=30)).isoformat()}
    for _ in range(2):
        http.post(f"/api/v1/members/{employee}/termination", json=ends, headers=workplace.headers(Role.HR))
    assert events(workplace) == [("cover_ended", {"ends_on": ends["last_day"]}, str(employee))]


def test_a_family_without_telephones_is_told_once(http: FlaskClient, workplace: Workplace):
    employee = workplace.insured()
    child = http.post(f"/api/v1/members/{employee}/dependants", json=CITRA, headers=workplace.headers(Role.HR)).json[
        "id"
    ]
    ends = {"last_day": (TODAY + timedelta(days=30)).isoformat()}
    http.post(f"/api/v1/members/{employee}/termination", json=ends, headers=workplace.headers(Role.HR))
    assert [(event, member) for event, _, member in events(workplace)] == [
        ("enrolled", child),
        ("cover_ended", str(employee)),
    ]
