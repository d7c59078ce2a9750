"""Changes of plans over HTTP: who may, what is wrong where, what an employer sees, who looked."""

import io
from uuid import UUID

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from backend.access import Role, working_for
from backend.audit.models import AuditRecord
from backend.benefits import queries as benefit_queries
from backend.benefits import service as benefits
from backend.errors import TooLarge
from backend.plan_changes import queries, service
from tests.factories.accounts import actor_for, headers_for, make_staff
from tests.factories.claims import Household
from tests.factories.plan_changes import (
    administrator,
    make_change,
    make_decided,
    neighbour,
    plan_file,
    preview,
    visits_pay,
)

PATH = "/api/v1/plan-changes"


def send(http, home: Household, data: bytes, *, role: Role = Role.ADMIN, language: str = "en", **more):
    headers = {**headers_for(role, home.client, language=language), **more}
    return http.post(PATH, data={"file": (io.BytesIO(data), "plan.yml")}, headers=headers)


def defects(answer) -> list[tuple[str, str]]:
    assert (answer.status_code, answer.json["reason"]) == (409, "plan_changes.defects")
    return [(one["where"], one["reason"]) for one in answer.json["errors"]["defects"]]


@pytest.mark.parametrize("role", [Role.ADMIN, Role.CLAIMS])
def test_a_plan_file_becomes_a_proposal(http, home, role):
    answer = send(http, home, plan_file(home, visits_pay(200_000)), role=role)
    assert answer.status_code == 201
    shown = answer.json
    assert (shown["state"], shown["effective_on"], shown["own"]) == ("proposed", "2026-10-21", True)
    assert (shown["replaces"]["id"], shown["preview"]) == (str(home.plan_id), None)
    assert shown["obstacle"] == "plan_changes.same_person"


def test_the_same_key_proposes_once(http, home):
    staff = make_staff(home.client, Role.ADMIN)
    headers = {**headers_for(Role.ADMIN, home.client, staff_id=staff), "Idempotency-Key": "once"}
    data = plan_file(home, visits_pay(200_000))
    first, again = (http.post(PATH, data={"file": (io.BytesIO(data), "p.yml")}, headers=headers) for _ in range(2))
    assert first.json["id"] == again.json["id"]


def test_a_day_in_the_past_is_refused_at_its_place(http, home):
    data = plan_file(home, visits_pay(200_000), home.today().replace(day=19))
    assert defects(send(http, home, data)) == [("valid_from", "plan_changes.in_the_past")]


def test_an_unknown_plan_is_refused_at_its_place(http, home):
    data = plan_file(home, visits_pay(200_000)).replace(b"code: P", b"code: X", 1)
    assert defects(send(http, home, data)) == [("code", "plan_changes.unknown_plan")]


def test_what_is_wrong_with_the_plan_itself_is_named_like_in_an_import(http, home):
    data = plan_file(home, lambda benefit: benefit.update(group="spa", waiting_days=-1))
    found = defects(send(http, home, data, language="id"))
    assert found == [
        ("benefits[0].group", "benefits.plan.not_one_of"),
        ("benefits[0].waiting_days", "benefits.plan.not_a_number"),
    ]


def test_a_file_that_says_what_holds_already_is_no_change(http, home):
    """The version in force came from a file; the same plan with a later day alone changes nothing."""
    with working_for(home.client.id) as scope:
        plan, _ = benefits.read_plan(scope, plan_file(home, visits_pay(200_000)))
        version = benefits.store_version(scope, plan, "plan.yml")
        again = benefits.export_plan(scope, version).replace("2026-10-21", "2026-12-01").encode()
    assert defects(send(http, home, again)) == [("benefits", "plan_changes.nothing_changes")]


def test_a_workbook_is_refused_by_its_cells(http, home):
    book = Workbook()
    sheet = book.active
    sheet.title = "Plan"
    with working_for(home.client.id) as scope:
        code = benefit_queries.plan(scope, home.plan_id).code
    rows = [("field", "value"), ("code", code), ("name_en", "Basic"), ("name_id", "Dasar"), ("name_pt", "Básico")]
    rows += [("product", "managed_care"), ("currency", "IDR"), ("valid_from", "2026-10-01")]
    for row in rows:
        sheet.append(row)
    lines = book.create_sheet("Benefits")
    lines.append(("code", "group", "name_en", "name_id", "name_pt"))
    lines.append(("OP", "outpatient", "Outpatient", "Rawat jalan", "Consulta externa"))
    file = io.BytesIO()
    book.save(file)
    assert defects(send(http, home, file.getvalue())) == [("Plan!B8", "plan_changes.in_the_past")]


def test_a_request_without_a_file_says_what_is_missing(http, home):
    answer = http.post(PATH, headers=headers_for(Role.ADMIN, home.client))
    assert (answer.status_code, answer.json["errors"]) == (422, {"file": ["missing"]})


def test_a_file_that_no_plan_fills_is_refused(home):
    with working_for(home.client.id, administrator(home)) as scope, pytest.raises(TooLarge):
        service.propose(scope, b"#" * 2_000_001, "plan.yml")


@pytest.mark.parametrize("role", [Role.HR, Role.AGENT, Role.FINANCE])
def test_others_propose_nothing(http, home, role):
    assert send(http, home, plan_file(home, visits_pay(1)), role=role).status_code == 403


def test_a_preview_is_asked_for_and_read(http, home, run_jobs):
    make_decided(home, 350_000)
    change = make_change(home)
    headers = headers_for(Role.CLAIMS, home.client)
    asked = http.post(f"{PATH}/{change.id}/preview", json={"months": 6}, headers=headers)
    assert (asked.status_code, asked.json["preview"]["state"]) == (202, "waiting")
    run_jobs()
    shown = http.get(f"{PATH}/{change.id}", headers=headers).json
    assert (shown["preview"]["state"], shown["preview"]["done_claims"]) == ("done", 1)
    assert shown["preview"]["total"]["plan_after"] == {"amount_minor": 200_000_00, "currency": "IDR"}
    assert shown["obstacle"] is None
    listed = http.get(PATH, headers=headers).json["items"]
    assert [one["id"] for one in listed] == [str(change.id)]


@pytest.mark.parametrize("months", [0, 5, 24, "3"])
def test_a_window_is_three_six_or_twelve_months(http, home, months):
    change = make_change(home)
    answer = http.post(
        f"{PATH}/{change.id}/preview", json={"months": months}, headers=headers_for(Role.ADMIN, home.client)
    )
    assert answer.status_code == 422


def test_every_look_at_the_list_is_recorded_for_its_members(http, home):
    make_decided(home, 350_000)
    change = make_change(home)
    preview(home, change)
    who = make_staff(home.client, Role.CLAIMS)
    answer = http.get(f"{PATH}/{change.id}/claims", headers=headers_for(Role.CLAIMS, home.client, staff_id=who))
    assert [one["member_name"] for one in answer.json["items"]] != []
    with working_for(home.client.id) as scope:
        query = select(AuditRecord.action, AuditRecord.object_type, AuditRecord.member_id)
        rows = scope.session.execute(query.where(AuditRecord.actor_id == who)).all()
    assert [tuple(row) for row in rows] == [("listed", "plan_preview", home.employee_id)]


def test_the_list_comes_in_pages_what_costs_members_most_first(http, home):
    for amount, days_ago in ((250_000, 9), (350_000, 8), (300_000, 7)):
        make_decided(home, amount, days_ago=days_ago)
    change = make_change(home)
    preview(home, change)
    headers = headers_for(Role.ADMIN, home.client)
    first = http.get(f"{PATH}/{change.id}/claims?limit=2", headers=headers).json
    rest = http.get(f"{PATH}/{change.id}/claims?limit=2&cursor={first['next_cursor']}", headers=headers).json
    amounts = [one["member_after"]["amount_minor"] for one in (*first["items"], *rest["items"])]
    assert amounts == [150_000_00, 100_000_00, 50_000_00]
    assert rest["next_cursor"] is None


def test_an_employer_sees_sums_of_five_people_and_more_and_never_the_list(http, home):
    families = [home, *(neighbour(home) for _ in range(4))]
    change = make_change(home)
    for family in families[:4]:
        make_decided(family, 350_000)
    preview(home, change)
    headers = headers_for(Role.HR, home.client)
    few = http.get(f"{PATH}/{change.id}", headers=headers).json["preview"]
    assert (few["total"], few["groups"]) == (None, [])
    make_decided(families[4], 350_000)
    preview(home, change)
    five = http.get(f"{PATH}/{change.id}", headers=headers).json["preview"]
    assert [(one["group"], one["affected_members"]) for one in five["groups"]] == [("outpatient", 5)]
    assert http.get(f"{PATH}/{change.id}/claims", headers=headers).status_code == 403
    assert "member_name" not in http.get(f"{PATH}/{change.id}", headers=headers).text


def test_an_employers_look_is_not_the_look_of_who_puts_it_in_force(http, home):
    change = make_change(home)
    preview(home, change)
    hr = actor_for(Role.HR, home.client)
    with working_for(home.client.id, hr, language="en") as scope:
        shown = service.shown_after_a_look(scope, change.id)
    assert shown["preview"]["seen"] is False


def test_only_another_administrator_puts_it_in_force(http, home):
    proposer = make_staff(home.client, Role.ADMIN)
    own = headers_for(Role.ADMIN, home.client, staff_id=proposer)
    data = plan_file(home, visits_pay(200_000))
    made = http.post(PATH, data={"file": (io.BytesIO(data), "plan.yml")}, headers=own).json
    change_id = UUID(made["id"])
    with working_for(home.client.id) as scope:
        change = queries.change(scope, change_id)
    preview(home, change)
    path = f"{PATH}/{change_id}/in-force"
    http.get(f"{PATH}/{change_id}", headers=own)
    refused = http.post(path, headers=own)
    assert (refused.status_code, refused.json["reason"]) == (403, "plan_changes.same_person")
    assert http.post(path, headers=headers_for(Role.CLAIMS, home.client)).status_code == 403
    second = headers_for(Role.ADMIN, home.client, staff_id=make_staff(home.client, Role.ADMIN, name="Rina Hartati"))
    http.get(f"{PATH}/{change_id}", headers=second)
    done = http.post(path, headers=second)
    assert (done.status_code, done.json["state"], done.json["in_force_by_name"]) == (200, "in_force", "Rina Hartati")
    with working_for(home.client.id) as scope:
        query = select(AuditRecord.object_type).where(
            AuditRecord.object_id == change_id, AuditRecord.action == "update"
        )
        assert scope.session.scalars(query).all() == ["plan_change"]


def test_a_proposal_is_withdrawn(http, home):
    change = make_change(home)
    path, headers = f"{PATH}/{change.id}", headers_for(Role.CLAIMS, home.client)
    assert http.delete(path, headers=headers).json["state"] == "withdrawn"
    again = http.delete(path, headers=headers)
    assert (again.status_code, again.json["reason"]) == (409, "plan_changes.not_open")
    assert http.post(f"{path}/preview", json={"months": 3}, headers=headers).status_code == 409
