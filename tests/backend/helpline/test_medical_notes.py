"""The doctor on duty: what doctors write stays with doctors, on every way to it."""

import psycopg
import pytest

from backend.access import Actor, Role, working_for
from backend.clients.registry import client_by_id
from backend.errors import Forbidden
from backend.helpline import service
from tests.factories.accounts import actor_for, headers_for
from tests.factories.cases import make_case
from tests.factories.claims import make_household
from tests.factories.clients import make_client

CASES = "/api/v1/cases"
SECRET = "Suspected angina, ECG today"
OTHERS = [Role.AGENT, Role.ADMIN, Role.HR, Role.CLAIMS, Role.FINANCE, Role.PROVIDER, Role.MEMBER]


@pytest.fixture(scope="module")
def home(app):
    return make_household()


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
        ("teleconsultation", [("teleconsultation", "high")]),
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
