"""The doctor on duty: what doctors write stays with doctors, on every way to it."""

import psycopg
import pytest

from backend.access import Actor, Role, working_for
from backend.clients.registry import client_by_id
from backend.errors import Forbidden
from backend.helpline import service
from tests.factories.accounts import actor_for, headers_for
from tests.factories.cases import make_case
from tests.factories.claims import Household, make_household
from tests.factories.clients import make_client
from tests.factories.referrals import Region, make_referral, make_region
from tests.factories.telemedicine import cover_doctors

CASES = "/api/v1/cases"
SECRET = "Suspected angina, ECG today"
OTHERS = [Role.AGENT, Role.ADMIN, Role.HR, Role.CLAIMS, Role.FINANCE, Role.PROVIDER, Role.MEMBER]


@pytest.fixture(scope="module")
def home(app):
    household = make_household()
    cover_doctors(household)
    return household


@pytest.fixture
def case(home):
    return make_case(home, reason="doctor", priority="high", filled={"location": {"latitude": -6.2}})


@pytest.fixture
def doctor(home):
    return headers_for(Role.DOCTOR, home.client)


@pytest.fixture
def noted(http, case, doctor):
    """A case with a note."""
    assert http.post(f"{CASES}/{case.id}/medical-notes", json={"text": SECRET}, headers=doctor).status_code == 201
    return case


@pytest.mark.requirement("S0-92")
def test_another_doctor_reads_who_wrote_what(http, home, noted):
    colleague = headers_for(Role.DOCTOR, home.client)
    items = http.get(f"{CASES}/{noted.id}/medical-notes", headers=colleague).json["items"]
    assert [(item["text"], item["by"]["name"]) for item in items] == [(SECRET, "Sari Wulandari")]


@pytest.mark.requirement("S0-92")
@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_reads_or_writes_them(http, home, noted, role):
    headers = headers_for(role, home.client, (home.employee_id,) if role is Role.MEMBER else ())
    path = f"{CASES}/{noted.id}/medical-notes"
    assert http.get(path, headers=headers).status_code == 403
    assert http.post(path, json={"text": "x"}, headers=headers).status_code == 403


@pytest.mark.parametrize("role", [Role.AGENT, Role.ADMIN, Role.HR, Role.SYSTEM])
def test_the_service_refuses_them_too(home, noted, role):
    with working_for(home.client.id, Actor(role)) as scope, pytest.raises(Forbidden):
        service.medical_notes(scope, noted.id)


def test_a_role_alone_opens_nothing_without_a_doctors_sign_in(home, noted):
    agent = actor_for(Role.AGENT, home.client)
    pretending = Actor(Role.DOCTOR, id=agent.id, session_id=agent.session_id)
    with working_for(home.client.id, pretending) as scope, pytest.raises(Forbidden):
        service.medical_notes(scope, noted.id)


class TestTheDatabase:
    """What PostgreSQL shows to the application's own role."""

    @pytest.fixture
    def application(self, settings, home):
        with psycopg.connect(settings.database_url) as connection:
            connection.execute("SELECT app_begin(%s, NULL)", [home.client.id])
            yield connection
            connection.rollback()

    def _rows(self, connection, case) -> list[bytes]:
        found = connection.execute("SELECT sealed FROM medical_note WHERE case_id = %s", [case.id]).fetchall()
        return [sealed for (sealed,) in found]

    def test_no_row_without_a_doctor(self, application, noted):
        assert self._rows(application, noted) == []

    @pytest.mark.parametrize("role", [Role.AGENT, Role.ADMIN, Role.HR])
    def test_no_row_for_another_role(self, application, home, noted, role):
        session_id = actor_for(role, home.client).session_id
        assert application.execute("SELECT app_open_medical(%s)", [session_id]).fetchone() == (False,)
        assert self._rows(application, noted) == []

    def test_no_row_for_a_doctor_of_another_client(self, application, noted):
        session_id = actor_for(Role.DOCTOR, make_client()).session_id
        assert application.execute("SELECT app_open_medical(%s)", [session_id]).fetchone() == (False,)
        assert self._rows(application, noted) == []

    def test_for_a_doctor_the_row_is_there_and_sealed(self, application, home, noted):
        session_id = actor_for(Role.DOCTOR, home.client).session_id
        assert application.execute("SELECT app_open_medical(%s)", [session_id]).fetchone() == (True,)
        (sealed,) = self._rows(application, noted)
        assert b"angina" not in bytes(sealed)

    def test_what_was_opened_ends_with_the_transaction(self, application, home, noted):
        session_id = actor_for(Role.DOCTOR, home.client).session_id
        application.execute("SELECT app_open_medical(%s)", [session_id])
        application.commit()
        application.execute("SELECT app_begin(%s, NULL)", [home.client.id])
        assert self._rows(application, noted) == []


@pytest.mark.requirement("S0-92")
@pytest.mark.parametrize(
    ("outcome", "arranged"),
    [
        ("advice", []),
        ("teleconsultation", []),
        ("referral", [("referral", "normal")]),
        ("ambulance", [("ambulance", "urgent")]),
    ],
)
def test_an_outcome_says_to_others_that_it_is_there_and_what_they_arrange(http, case, doctor, outcome, arranged):
    agent = _agent(case)
    body = {"outcome": outcome, "note": SECRET}
    assert http.post(f"{CASES}/{case.id}/medical-outcome", json=body, headers=doctor).status_code == 200
    seen = http.get(f"{CASES}/{case.id}", headers=agent)
    assert "medical_outcome" in [step["kind"] for step in seen.json["events"]]
    assert SECRET not in seen.text
    assert outcome not in seen.text.replace("medical_outcome", "")
    others = [
        item
        for item in http.get(f"{CASES}?desk=helpline", headers=agent).json["items"]
        if item["conversation_id"] == str(case.conversation_id)
    ]
    assert [(item["reason"], item["priority"]) for item in others] == arranged


@pytest.mark.requirement("S0-26")
@pytest.mark.requirement("S0-92")
def test_a_referral_is_written_at_once_with_the_doctors_diagnosis_and_found_from_the_case(http):
    region = make_region()
    doctor, agent = region.staff(), region.staff(Role.AGENT)
    case = make_case(_home(region), reason="doctor", priority="high")
    body = {"outcome": "referral", "note": SECRET, "specialty": "JAN", "diagnosis": "I20.9"}
    answer = http.post(f"{CASES}/{case.id}/medical-outcome", json=body, headers=doctor)
    assert answer.status_code == 200, answer.json
    begun = next(step["facts"] for step in answer.json["events"] if step["kind"] == "medical_outcome")
    written = http.get(f"/api/v1/referrals/{begun['referral']}", headers=region.patient()).json
    assert (written["specialty"], written["diagnosis"]["code"]) == ("JAN", "I20.9")
    assert (written["origin"], written["doctor"]) == ("helpline", "Sari Wulandari")
    seen = http.get(f"{CASES}/{case.id}", headers=agent)
    assert begun["referral"] not in seen.text
    assert _reasons(http, agent) == ["doctor"]


@pytest.mark.requirement("S0-92")
def test_a_teleconsultation_is_asked_for_at_once_in_the_members_language(http):
    household = make_household()
    cover_doctors(household)
    doctor, case = household.staff(Role.DOCTOR), make_case(household, reason="doctor", language="id")
    body = {"outcome": "teleconsultation", "note": SECRET}
    answer = http.post(f"{CASES}/{case.id}/medical-outcome", json=body, headers=doctor)
    begun = next(step["facts"] for step in answer.json["events"] if step["kind"] == "medical_outcome")
    asked = http.get(f"/api/v1/teleconsultations/{begun['teleconsultation_id']}", headers=doctor).json
    assert (asked["number"], asked["state"], asked["language"]) == (begun["teleconsultation"], "waiting", "id")


@pytest.mark.parametrize(
    ("facts", "status", "reason"),
    [
        ({"specialty": "JAN"}, 422, None),
        ({"specialty": "XXX", "diagnosis": "I20.9"}, 422, "referrals.specialty_unknown"),
        ({"specialty": "JAN", "diagnosis": "I20.9"}, 409, "referrals.already_open"),
    ],
)
def test_a_referral_that_cannot_be_written_keeps_no_outcome(http, facts, status, reason):
    region = make_region()
    if status == 409:
        make_referral(region)
    case = make_case(_home(region), reason="doctor")
    body = {"outcome": "referral", "note": SECRET, **facts}
    refused = http.post(f"{CASES}/{case.id}/medical-outcome", json=body, headers=region.staff())
    assert refused.status_code == status, refused.json
    assert reason in {None, refused.json["reason"]}
    assert http.get(f"{CASES}/{case.id}/medical-notes", headers=region.staff()).json["items"] == []


def test_nobody_is_referred_whom_we_do_not_know(http, home, doctor):
    case = make_case(home, reason="doctor", verified=False)
    body = {"outcome": "referral", "note": SECRET, "specialty": "JAN", "diagnosis": "I20.9"}
    refused = http.post(f"{CASES}/{case.id}/medical-outcome", json=body, headers=doctor)
    assert (refused.status_code, refused.json["reason"]) == (409, "helpline.whose_case")


def _home(region: Region) -> Household:
    return Household(region.client, region.member_id, region.member_id, region.plan_id)


def _reasons(http, agent: dict[str, str]) -> list[str]:
    """What waits at the client, as an agent sees it."""
    return [item["reason"] for item in http.get(CASES, headers=agent).json["items"]]


def _agent(case) -> dict[str, str]:
    return headers_for(Role.AGENT, client_by_id(case.client_id))


def test_the_ambulance_knows_the_place(http, home, case, doctor):
    http.post(f"{CASES}/{case.id}/medical-outcome", json={"outcome": "ambulance", "note": SECRET}, headers=doctor)
    agent = headers_for(Role.AGENT, home.client)
    items = http.get(f"{CASES}?desk=helpline", headers=agent).json["items"]
    wanted = next(item["id"] for item in items if item["conversation_id"] == str(case.conversation_id))
    assert http.get(f"{CASES}/{wanted}", headers=agent).json["filled"] == {"location": {"latitude": -6.2}}


def test_doctors_read_which_outcome_it_was(http, case, doctor):
    http.post(f"{CASES}/{case.id}/medical-outcome", json={"outcome": "referral", "note": SECRET}, headers=doctor)
    items = http.get(f"{CASES}/{case.id}/medical-notes", headers=doctor).json["items"]
    assert [(item["outcome"], item["text"]) for item in items] == [("referral", SECRET)]


def test_only_the_system_seals_notes_anew(home, noted):
    with working_for(home.client.id, actor_for(Role.ADMIN, home.client)) as scope, pytest.raises(Forbidden):
        service.reseal_medical_notes(scope, None, 10)
