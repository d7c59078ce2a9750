"""The record of who met whose data: only ever added to, readable by the member."""

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from backend import database
from backend.access import Role, Scope, working_for
from backend.audit import service
from tests.factories.accounts import actor_for, headers_for, make_staff
from tests.factories.clients import make_client
from tests.factories.members import make_member
from tests.factories.providers import make_provider


@pytest.fixture
def client(app):
    return make_client()


@pytest.fixture
def member_id(client):
    with working_for(client.id) as scope:
        return make_member(scope).id


def look(client, member_id, role=Role.DOCTOR, times=1, **staff):
    actor = actor_for(role, client, staff_id=make_staff(client, role, **staff))
    with working_for(client.id, actor, channel="desk") as scope:
        for _ in range(times):
            service.record_look(scope, "claim", None, member_id=member_id)


def read(http, client, member_id, query=""):
    return http.get(
        f"/api/v1/members/{member_id}/access-log{query}", headers=headers_for(Role.MEMBER, client, (member_id,))
    )


def test_a_member_reads_who_looked_and_at_what(http, client, member_id):
    look(client, member_id, name="dr. Ayu")
    (row,) = read(http, client, member_id).json["items"]
    assert (row["role"], row["name"]) == ("doctor", "dr. Ayu")
    assert (row["action"], row["object_type"], row["channel"]) == ("read", "claim", "desk")
    assert row["at"].endswith("Z")


@pytest.mark.parametrize(
    ("role", "purpose"), [(Role.CLAIMS, "claims"), (Role.AGENT, "helpline"), (Role.HR, "enrolment")]
)
def test_the_member_reads_what_the_role_was_let_near_the_data_for(http, client, member_id, role, purpose):
    look(client, member_id, role)
    assert read(http, client, member_id).json["items"][0]["purpose"] == purpose


def test_a_front_desk_appears_with_its_hospital_and_hr_with_the_employer(http, client, member_id):
    with working_for(client.id) as scope:
        hospital = make_provider(scope, name="RS Kenari").id
    look(client, member_id, Role.PROVIDER, provider_id=hospital)
    look(client, member_id, Role.HR)
    look(client, member_id, Role.CLAIMS)
    houses = {row["role"]: row["organisation"] for row in read(http, client, member_id).json["items"]}
    assert houses == {"provider": "RS Kenari", "hr": client.name, "claims": None}


def test_what_is_noted_about_others_is_not_shown(http, client, member_id):
    with working_for(client.id) as scope:
        other = make_member(scope).id
    look(client, other)
    assert read(http, client, member_id).json["items"] == []


def test_a_members_own_look_leaves_no_row(http, client, member_id):
    read(http, client, member_id)
    with working_for(client.id, actor_for(Role.MEMBER, client, (member_id,))) as scope:
        service.record_look(scope, "card", None, member_id=member_id)
    assert read(http, client, member_id).json["items"] == []


def test_pages_follow_one_another_without_gap_or_repetition(http, client, member_id):
    look(client, member_id, times=5)
    seen, cursor = [], None
    for expected in (2, 2, 1):
        page = read(http, client, member_id, "?limit=2" + (f"&cursor={cursor}" if cursor else "")).json
        assert len(page["items"]) == expected
        seen += [row["at"] for row in page["items"]]
        cursor = page["next_cursor"]
    assert cursor is None
    assert seen == sorted(set(seen), reverse=True)


def test_a_cursor_of_ones_own_making_is_refused(http, client, member_id):
    assert read(http, client, member_id, "?cursor=bm9uc2Vuc2U=").json["reason"] == "request.bad_cursor"


def test_reading_the_log_of_a_member_is_itself_noted(http, client, member_id):
    http.get(f"/api/v1/members/{member_id}/access-log", headers=headers_for(Role.ADMIN, client))
    (row,) = read(http, client, member_id).json["items"]
    assert (row["role"], row["object_type"]) == ("admin", "access_log")


def test_what_is_rolled_back_was_not_done(http, client, member_id):
    unit = database.current().unit(client.id)
    scope = Scope(unit, client.id, actor_for(Role.AGENT, client))
    service.record_look(scope, "claim", None, member_id=member_id)
    unit.rollback()
    unit.close()
    assert read(http, client, member_id).json["items"] == []


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_record SET action = 'nothing'", "DELETE FROM audit_record", "TRUNCATE audit_record"]
)
def test_the_application_cannot_change_or_delete_a_row(settings, client, member_id, statement):
    look(client, member_id)
    with psycopg.connect(settings.database_url) as connection:
        connection.execute("SELECT app_begin(%s, NULL)", [client.id])
        with pytest.raises(InsufficientPrivilege):
            connection.execute(statement)
