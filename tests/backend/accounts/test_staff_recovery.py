"""Administrators help staff back in without getting in themselves; staff of several clients change places."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.accounts.models import StaffClient
from backend.audit.models import AuditRecord
from backend.integrations import registry
from backend.kit import clock, ids
from tests.backend.accounts.test_staff import PASSWORD, authenticator, bearer, sign_in
from tests.factories.accounts import headers_for, make_staff
from tests.factories.clients import make_client

OWN = "my very own secret"


@pytest.fixture
def client(app):
    return make_client()


@pytest.fixture
def admin(client):
    return headers_for(Role.ADMIN, client)


@pytest.fixture
def person(client, http, admin):
    """Somebody of the claims desk, by id and address."""
    email = f"{ids.new_id().hex[-12:]}@staff.example"
    body = {"email": email, "name": "Dewi", "role": "claims", "password": PASSWORD}
    return http.post("/api/v1/staff", json=body, headers=admin).json["id"], email


def hand_out(http, admin, staff_id):
    return http.post(f"/api/v1/staff/{staff_id}/temporary-password", headers=admin)


def works_also_at(client, staff_id, role=Role.CLAIMS):
    with working_for(client.id) as scope:
        scope.session.add(StaffClient(staff_id=staff_id, client_id=client.id, role=role.value))


def noted(client, staff_id):
    with working_for(client.id) as scope:
        rows = scope.session.scalars(
            select(AuditRecord).where(AuditRecord.client_id == client.id, AuditRecord.object_id == staff_id)
        )
        return [(row.action, row.actor_role, row.fields) for row in rows if row.fields]


class TestForgottenPassword:
    def test_the_one_handed_out_is_exchanged_for_ones_own(self, http, admin, person):
        given = hand_out(http, admin, person[0]).json["password"]
        assert sign_in(http, person[1], given, new_password=OWN).status_code == 201
        assert sign_in(http, person[1], OWN).status_code == 201

    def test_it_opens_nothing_else(self, http, admin, person):
        given = hand_out(http, admin, person[0]).json["password"]
        answer = sign_in(http, person[1], given)
        assert (answer.status_code, answer.json["reason"]) == (403, "accounts.password_change_needed")

    def test_it_is_good_once(self, http, admin, person):
        given = hand_out(http, admin, person[0]).json["password"]
        sign_in(http, person[1], given, new_password=OWN)
        assert sign_in(http, person[1], given, new_password="and another one").status_code == 401

    def test_it_cannot_be_kept(self, http, admin, person):
        given = hand_out(http, admin, person[0]).json["password"]
        assert sign_in(http, person[1], given, new_password=given).status_code == 422

    def test_it_is_good_for_a_day(self, http, admin, person):
        given = hand_out(http, admin, person[0]).json["password"]
        with clock.at(clock.now() + timedelta(hours=24, seconds=1)):
            assert sign_in(http, person[1], given, new_password=OWN).json["reason"] == "accounts.sign_in_refused"

    def test_the_forgotten_one_and_every_session_end_at_once(self, http, admin, person):
        session = sign_in(http, person[1])
        hand_out(http, admin, person[0])
        assert http.get("/api/v1/me", headers=bearer(session)).status_code == 401
        assert sign_in(http, person[1]).json["reason"] == "accounts.sign_in_refused"

    def test_the_authenticator_is_still_asked_for(self, http, admin, person):
        app = authenticator(http, person[1])
        given = hand_out(http, admin, person[0]).json["password"]
        assert sign_in(http, person[1], given, new_password=OWN).json["reason"] == "accounts.one_time_code_needed"
        with clock.at(clock.now() + timedelta(seconds=60)):
            code = app.at(clock.now())
            assert sign_in(http, person[1], given, new_password=OWN, one_time_code=code).status_code == 201

    def test_it_is_kept_by_no_cache_and_noted(self, http, client, admin, person):
        assert hand_out(http, admin, person[0]).headers["Cache-Control"] == "no-store"
        assert noted(client, person[0]) == [("update", "admin", ["password"])]

    def test_a_lasting_password_is_not_changed_by_signing_in(self, http, person):
        assert sign_in(http, person[1], new_password=OWN).status_code == 422
        assert sign_in(http, person[1]).status_code == 201


class TestLostAuthenticator:
    def test_another_one_is_enrolled_with_the_password(self, http, client, admin, person):
        authenticator(http, person[1])
        assert http.delete(f"/api/v1/staff/{person[0]}/totp", headers=admin).status_code == 204
        assert sign_in(http, person[1]).status_code == 201
        assert authenticator(http, person[1])
        assert ("update", "admin", ["totp"]) in noted(client, person[0])

    def test_their_sessions_end_at_once(self, http, admin, person):
        session = sign_in(http, person[1])
        http.delete(f"/api/v1/staff/{person[0]}/totp", headers=admin)
        assert http.get("/api/v1/me", headers=bearer(session)).status_code == 401


class TestWhoWorksElsewhere:
    def test_cannot_be_taken_over_by_one_clients_administrator(self, http, admin, person):
        works_also_at(make_client(), person[0])
        assert hand_out(http, admin, person[0]).json["reason"] == "accounts.works_elsewhere"
        assert http.delete(f"/api/v1/staff/{person[0]}/totp", headers=admin).status_code == 409
        assert sign_in(http, person[1]).status_code == 201

    def test_is_helped_by_an_administrator_of_all_those_clients_and_signed_out_everywhere(self, http, client, person):
        other, boss = make_client(), make_staff(client, Role.ADMIN)
        works_also_at(other, person[0])
        works_also_at(other, boss, Role.ADMIN)
        elsewhere = sign_in(http, person[1], client=other.slug)
        assert hand_out(http, headers_for(Role.ADMIN, client, staff_id=boss), person[0]).status_code == 200
        assert http.get("/api/v1/me", headers=bearer(elsewhere)).status_code == 401
        assert noted(other, person[0]) == [("update", "admin", ["password"])]


class TestChangingPlaces:
    @pytest.fixture
    def other(self, app, person):
        made = make_client(name="Mandiri Textile")
        works_also_at(made, person[0], Role.FINANCE)
        return made

    def go(self, http, session, client):
        return http.post("/api/v1/staff/client", json={"client": client.slug}, headers=bearer(session))

    def test_one_goes_on_in_the_role_one_has_there(self, http, client, person, other):
        there = self.go(http, sign_in(http, person[1], client=client.slug), other)
        me = http.get("/api/v1/me", headers=bearer(there)).json
        assert (me["client"]["slug"], me["role"]) == (other.slug, "finance")

    def test_the_session_left_behind_ends(self, http, client, person, other):
        here = sign_in(http, person[1], client=client.slug)
        self.go(http, here, other)
        assert http.get("/api/v1/me", headers=bearer(here)).status_code == 401

    def test_the_working_day_grows_no_longer(self, http, client, person, other):
        here = sign_in(http, person[1], client=client.slug)
        with clock.at(clock.now() + timedelta(minutes=9)):
            there = self.go(http, here, other).json
        with clock.at(clock.now() + timedelta(hours=12, seconds=1)):
            refreshed = http.post("/api/v1/sign-in/refresh", json={"refresh_token": there["refresh_token"]})
        assert refreshed.status_code == 401

    def test_a_client_one_does_not_work_for_is_not_there(self, http, client, person, other):
        here = sign_in(http, person[1], client=client.slug)
        assert self.go(http, here, make_client()).status_code == 404
        assert http.get("/api/v1/me", headers=bearer(here)).status_code == 200

    def test_a_role_there_that_needs_an_authenticator_needs_it_here_too(self, http, client, person, other, settings):
        here = sign_in(http, person[1], client=client.slug)
        before = registry.current()
        registry.use(replace(before, settings=replace(settings, totp_roles=frozenset({"finance"}))))
        try:
            answer = self.go(http, here, other)
        finally:
            registry.use(before)
        assert (answer.status_code, answer.json["reason"]) == (403, "accounts.totp_enrolment_needed")

    def test_a_session_from_before_the_authenticator_stays_where_it_is(self, http, client, person, other):
        here = sign_in(http, person[1], client=client.slug)
        authenticator(http, person[1])
        assert self.go(http, here, other).json["reason"] == "accounts.one_time_code_needed"
