"""A member asks for a copy or erasure in the app, an administrator decides; strangers find nothing."""

import io
import json
import re
import zipfile
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.audit.models import AuditRecord
from backend.documents.vault import original_name, vault_of
from backend.helpline.models import CaseEvent
from backend.integrations import registry
from backend.kit import clock
from backend.members import identity
from backend.members.models import Enrolment, Member
from backend.privacy import service, tasks
from backend.privacy.history import copy_name
from tests.factories import object_makers as makers
from tests.factories.accounts import headers_for, make_identity, make_staff
from tests.factories.claims import Household, make_claim, make_household, make_paper
from tests.factories.members import make_dependant
from tests.factories.privacy import code_for, make_request
from tests.factories.telemedicine import ended_prescription


@pytest.fixture
def home(app) -> Household:
    return make_household()


def path(household, *more):
    return "/".join([f"/api/v1/members/{household.employee_id}/privacy-requests", *(str(one) for one in more)])


def ask(http, household, kind="export", **body):
    body = {"kind": kind, "code": code_for(http, household), **body}
    return http.post(path(household), json=body, headers=household.headers)


def copy_of(http, household, run_jobs):
    """The copy that the worker made, opened."""
    made = ask(http, household).json
    run_jobs()
    fetched = http.post(
        path(household, made["id"], "copy"), json={"code": code_for(http, household)}, headers=household.headers
    )
    assert fetched.status_code == 200, fetched.json
    return zipfile.ZipFile(io.BytesIO(fetched.data))


def mails(http, words):
    return [row for row in http.get("/demo/outbox.json").json if words in row["text"]]


def leave(household):
    """Nothing is open any more."""
    with working_for(household.client.id) as scope:
        for row in scope.session.scalars(select(Enrolment).where(Enrolment.client_id == scope.client_id)):
            row.ends_on = household.today() - timedelta(days=3)
        for one in scope.session.scalars(select(Member).where(Member.client_id == scope.client_id)):
            one.left_on = household.today() - timedelta(days=3)


def test_a_copy_is_asked_for_with_a_number_and_72_hours(http, home):
    asked = ask(http, home)
    assert asked.status_code == 201
    assert re.fullmatch(r"\d\d-\d{6}-\d\d", asked.json["number"])
    assert asked.json["hours_left"] in {71, 72}
    assert asked.json["state"] == "making"
    assert [step["kind"] for step in asked.json["history"]] == ["asked"]


def test_asking_again_while_one_waits_gives_the_same_request(http, home):
    assert ask(http, home, "erasure").json["id"] == ask(http, home, "erasure").json["id"]


@pytest.mark.parametrize("code", ["000000", "123456"])
def test_nobody_asks_with_a_wrong_code(http, home, code):
    code_for(http, home)
    refused = http.post(path(home), json={"kind": "erasure", "code": code}, headers=home.headers)
    assert (refused.status_code, refused.json["reason"]) == (409, "privacy.code_wrong")


def test_a_code_is_good_once(http, home):
    body = {"kind": "export", "code": code_for(http, home)}
    http.post(path(home), json=body, headers=home.headers)
    assert http.post(path(home), json=body, headers=home.headers).json["reason"] == "privacy.code_wrong"


def test_nobody_asks_for_another_adult_they_act_for(http, home):
    with working_for(home.client.id) as scope:
        spouse = make_dependant(scope, scope.session.get_one(Member, (scope.client_id, home.employee_id))).id
    acting = headers_for(Role.MEMBER, home.client, (home.employee_id, spouse))
    for address in (f"/api/v1/members/{spouse}/privacy-requests", f"/api/v1/members/{spouse}/privacy-requests/code"):
        assert http.post(address, json={"kind": "export", "code": "123456"}, headers=acting).status_code == 403


def test_the_copy_holds_a_page_to_read_and_json_for_every_topic(http, home, run_jobs):
    make_claim(home, submitted=True)
    makers.complaint_of(home)
    number = member_number(home)
    with copy_of(http, home, run_jobs) as archive:
        names = set(archive.namelist())
        page = archive.read("summary.html").decode()
        claims = json.loads(archive.read(f"{number}/claims.json"))
    assert {
        f"{number}/{topic}.json" for topic in ("profile", "cards", "cover", "claims", "complaints", "looks")
    } <= names
    assert "It came late" in page
    assert [row["member_id"] for row in claims["claim"]] == [str(home.employee_id)]


def member_number(household, member_id=None):
    with working_for(household.client.id) as scope:
        return scope.session.get_one(Member, (scope.client_id, member_id or household.employee_id)).number


def test_the_page_is_in_the_language_of_whoever_asked(http, run_jobs, app):
    home = make_household(language="id")
    with copy_of(http, home, run_jobs) as archive:
        page = archive.read("summary.html").decode()
    assert '<html lang="id">' in page
    assert "Data saya" in page


def test_the_copy_holds_the_papers_as_they_were_sent(http, home, run_jobs):
    vault = vault_of(registry.current())
    vault.store(vault.seal(original_name(home.client.id, "a" * 32), b"the photo"))
    with working_for(home.client.id) as scope:
        paper = make_paper(scope, home.employee_id, content="a" * 32)
    with copy_of(http, home, run_jobs) as archive:
        assert archive.read(f"{member_number(home)}/documents/{paper}.jpeg") == b"the photo"


def test_what_is_sealed_is_opened_for_its_owner(http, home, run_jobs):
    with working_for(home.client.id) as scope:
        row = scope.session.get_one(Member, (scope.client_id, home.employee_id))
        row.national_id_cipher = identity.sealed(row.id, "3171015708900001")
    ended_prescription(home)
    with copy_of(http, home, run_jobs) as archive:
        profile = json.loads(archive.read(f"{member_number(home)}/profile.json"))
        talks = json.loads(archive.read(f"{member_number(home)}/consultations.json"))
    assert profile["member"][0]["national_id"] == "3171015708900001"
    assert talks["prescription"][0]["items"][0]["name"] == "Paracetamol 500 mg"
    assert talks["teleconsultation"][0]["advice"] == "Rest, and drink plenty."


def test_the_copy_holds_the_child_and_no_other_adult(http, home, run_jobs):
    with working_for(home.client.id) as scope:
        employee = scope.session.get_one(Member, (scope.client_id, home.employee_id))
        spouse = make_dependant(scope, employee, full_name="Bagus Rahasia")
    with copy_of(http, home, run_jobs) as archive:
        folders = {name.partition("/")[0] for name in archive.namelist()} - {"summary.html"}
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert folders == {member_number(home), member_number(home, home.child_id)}
    assert spouse.full_name.encode() not in everything


def test_a_doctors_notes_and_remarks_of_staff_stay_out(http, home, run_jobs):
    case = makers.case_of(home)
    with working_for(home.client.id) as scope:
        scope.session.add(
            CaseEvent(
                client_id=scope.client_id,
                case_id=case,
                kind="note",
                version=1,
                actor_role="agent",
                text="remark between agents",
                facts={},
            )
        )
    with copy_of(http, home, run_jobs) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"remark between agents" not in everything


def test_the_copy_lies_sealed_in_the_store(http, home, run_jobs):
    made = ask(http, home).json
    run_jobs()
    kept = registry.current().objects.get(copy_name(home.client.id, UUID(made["id"])))
    assert not kept.startswith(b"PK")


def test_the_copy_is_not_fetched_with_a_wrong_code(http, home, run_jobs):
    made = ask(http, home).json
    run_jobs()
    refused = http.post(path(home, made["id"], "copy"), json={"code": "000000"}, headers=home.headers)
    assert (refused.status_code, refused.json["reason"]) == (409, "privacy.code_wrong")


def test_making_and_fetching_a_copy_are_on_record(http, home, run_jobs):
    copy_of(http, home, run_jobs)
    with working_for(home.client.id) as scope:
        rows = scope.session.scalars(
            select(AuditRecord)
            .where(AuditRecord.client_id == scope.client_id, AuditRecord.object_type == "privacy_request")
            .order_by(AuditRecord.at)
        ).all()
    assert [row.action for row in rows] == ["create", "make", "export"]


def test_a_copy_is_gone_after_seven_days(http, home, run_jobs):
    made = ask(http, home).json
    run_jobs()
    code = code_for(http, home)
    with clock.at(clock.now() + timedelta(days=8, hours=1)):
        tasks.forget_copies(0)
    gone = http.post(path(home, made["id"], "copy"), json={"code": code}, headers=home.headers)
    assert gone.json["reason"] == "privacy.not_ready"
    assert not registry.current().objects.has(copy_name(home.client.id, UUID(made["id"])))


def test_the_person_is_told_when_the_copy_is_ready(http, home, run_jobs):
    made = ask(http, home).json
    run_jobs()
    inbox = http.get(f"/api/v1/members/{home.employee_id}/notifications", headers=home.headers).json["items"]
    assert [one["event"] for one in inbox][:2] == ["copy_ready", "privacy_asked"]
    assert made["number"] in inbox[0]["text"]


def test_an_erasure_can_be_taken_back_until_it_is_decided(http, home):
    made = ask(http, home, "erasure", words="I have left").json
    assert http.delete(path(home, made["id"]), headers=home.headers).status_code == 204
    assert http.delete(path(home, made["id"]), headers=home.headers).status_code == 409


def test_the_list_of_the_desk_shows_the_hours_left_the_next_deadline_first(http, home):
    late = make_request(home, created_at=clock.now() - timedelta(hours=80))
    fresh = make_request(home, kind="export", state="making")
    shown = http.get("/api/v1/privacy-requests", headers=home.staff(Role.ADMIN)).json["items"]
    assert [(one["id"], one["hours_left"] < 0) for one in shown] == [(str(late), True), (str(fresh), False)]


def test_an_administrator_sees_what_is_in_the_way(http, home):
    request = make_request(home, words="I have left")
    make_claim(home, submitted=True)
    seen = http.get(f"/api/v1/privacy-requests/{request}", headers=home.staff(Role.ADMIN)).json
    assert seen["words"] == "I have left"
    assert (seen["erasure"]["possible"], seen["erasure"]["covered"]) == (False, True)
    assert seen["erasure"]["open"] == {"claims": 1}
    assert "legal_claim" in seen["erasure"]["grounds"]


def decide(http, household, request, refusal=None, role=Role.ADMIN):
    body = {"refusal": refusal}
    return http.put(f"/api/v1/privacy-requests/{request}/decision", json=body, headers=household.staff(role))


def test_an_erasure_does_not_go_ahead_while_cover_runs(http, home):
    assert decide(http, home, make_request(home)).json["reason"] == "privacy.in_the_way"


def test_a_ground_that_is_not_true_is_refused(http, home):
    leave(home)
    assert decide(http, home, make_request(home), "covered").json["reason"] == "privacy.ground_untrue"


def test_a_refusal_tells_the_member_why(http, home):
    decided = decide(http, home, make_request(home), "covered")
    assert decided.json["state"] == "refused"
    inbox = http.get(f"/api/v1/members/{home.employee_id}/notifications", headers=home.headers).json["items"]
    assert "your cover is still running" in inbox[0]["text"]


def test_an_approved_erasure_is_done_by_the_worker_and_ends_the_sign_in(http, home, run_jobs):
    sign_in_by_phone(home)
    leave(home)
    request = make_request(home)
    assert decide(http, home, request).json["state"] == "approved"
    run_jobs()
    assert http.get("/api/v1/me", headers=home.headers).status_code == 401
    seen = http.get(f"/api/v1/privacy-requests/{request}", headers=home.staff(Role.ADMIN)).json
    assert [step["kind"] for step in seen["history"]] == ["approved", "erased", "done"]


def sign_in_by_phone(household):
    with working_for(household.client.id) as scope:
        phone = scope.session.get_one(Member, (scope.client_id, household.employee_id)).phone
    household.signs_in_as(make_identity(household.client, phone))


def test_a_decision_is_made_once(http, home):
    request = make_request(home)
    decide(http, home, request, "covered")
    assert decide(http, home, request, "covered").json["reason"] == "privacy.wrong_state"


@pytest.mark.parametrize("role", [Role.HR, Role.AGENT, Role.CLAIMS, Role.FINANCE, Role.DOCTOR])
def test_only_administrators_decide(http, home, role):
    assert decide(http, home, make_request(home), "covered", role).status_code == 403


def test_administrators_are_warned_before_the_clock_ends_and_when_it_has(http, home, run_jobs):
    make_staff(home.client, Role.ADMIN)
    make_request(home, created_at=clock.now() - timedelta(hours=50))
    with working_for(home.client.id) as scope:
        assert service.watch(scope) == {"soon": 1}
        assert service.watch(scope) == {}
    with clock.at(clock.now() + timedelta(hours=23)), working_for(home.client.id) as scope:
        assert service.watch(scope) == {"overdue": 1}


def test_the_mail_to_staff_names_the_request_and_nobody(http, home, run_jobs):
    make_staff(home.client, Role.ADMIN, name="Ratna Admin")
    asked = ask(http, home, "erasure", words="private words").json
    run_jobs()
    (mail,) = [one for one in mails(http, asked["number"]) if "Ratna Admin" in one["text"]]
    assert "private words" not in mail["text"]
    assert member_number(home) not in mail["text"]


def test_another_member_and_another_client_find_nothing(http, home):
    request = make_request(home, kind="export", state="ready", available_until=home.today(), zip_bytes=1)
    strangers = make_household()
    for who in (strangers.headers, headers_for(Role.MEMBER, home.client, (home.child_id,))):
        assert http.get(path(home, request), headers=who).status_code == 404
        assert http.post(path(home, request, "copy"), json={"code": "123456"}, headers=who).status_code == 404
    assert http.get(f"/api/v1/privacy-requests/{request}", headers=strangers.staff(Role.ADMIN)).status_code == 404
