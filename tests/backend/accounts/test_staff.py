"""Staff sign in with password and authenticator; guessing is slow, locking somebody out impossible."""

from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest

from backend.access import Role, working_for
from backend.accounts import service
from backend.integrations import registry
from backend.kit import clock, ids
from tests.factories.accounts import headers_for
from tests.factories.clients import make_client

PASSWORD = "correct horse battery"
HOME, AWAY = {"REMOTE_ADDR": "114.10.9.7"}, {"REMOTE_ADDR": "36.70.1.1"}


@pytest.fixture
def client(app):
    return make_client()


@pytest.fixture
def email(client):
    address = f"{ids.new_id().hex[-12:]}@staff.example"
    with working_for(client.id) as scope:
        service.add_staff(scope, email=address, name="Dewi", role=Role.CLAIMS, password=PASSWORD)
    return address


def sign_in(http, email, password=PASSWORD, where=HOME, **more):
    return http.post("/api/v1/staff/sign-in", json={"email": email, "password": password, **more}, environ_base=where)


def bearer(answer):
    return {"Authorization": f"Bearer {answer.json['access_token']}"}


def authenticator(http, email):
    proof = {"email": email, "password": PASSWORD}
    secret = http.post("/api/v1/staff/totp", json=proof, environ_base=HOME).json["secret"]
    app = pyotp.TOTP(secret)
    confirmed = http.post(
        "/api/v1/staff/totp/confirmation", json=proof | {"one_time_code": app.at(clock.now())}, environ_base=HOME
    )
    assert confirmed.status_code == 204
    return app


class TestPassword:
    def test_the_right_one_opens_a_session_in_the_role_of_that_client(self, http, email):
        answer = sign_in(http, email)
        assert answer.status_code == 201
        assert http.get("/api/v1/me", headers=bearer(answer)).json["role"] == "claims"

    def test_the_case_of_the_address_does_not_matter(self, http, email):
        assert sign_in(http, email.upper()).status_code == 201

    def test_an_unknown_address_is_refused_like_a_wrong_password(self, http, email):
        assert sign_in(http, email, "wrong").json == sign_in(http, "nobody@staff.example", "wrong").json

    def test_somebody_who_does_not_work_at_the_named_client_is_refused_alike(self, http, email):
        answer = sign_in(http, email, client=make_client().slug)
        assert (answer.status_code, answer.json["reason"]) == (401, "accounts.sign_in_refused")

    def test_a_session_of_staff_ends_after_a_working_day(self, http, email):
        tokens = sign_in(http, email).json
        with clock.at(clock.now() + timedelta(hours=12, seconds=1)):
            answer = http.post("/api/v1/sign-in/refresh", json={"refresh_token": tokens["refresh_token"]})
        assert answer.status_code == 401

    def test_changing_it_ends_the_other_sessions(self, http, email):
        first, second = sign_in(http, email), sign_in(http, email)
        change = {"old_password": PASSWORD, "new_password": "an even longer secret"}
        answer = http.put("/api/v1/staff/password", json=change, headers=bearer(second), environ_base=HOME)
        assert answer.status_code == 204
        assert http.get("/api/v1/me", headers=bearer(first)).status_code == 401
        assert http.get("/api/v1/me", headers=bearer(second)).status_code == 200
        assert sign_in(http, email, "an even longer secret").status_code == 201


class TestGuessing:
    def test_after_five_wrong_passwords_this_network_waits(self, http, email):
        for _ in range(5):
            sign_in(http, email, "wrong")
        refused = sign_in(http, email)
        assert refused.status_code == 429
        assert 0 < int(refused.headers["Retry-After"]) <= 31

    def test_the_wait_ends_by_itself(self, http, email):
        for _ in range(5):
            sign_in(http, email, "wrong")
        with clock.at(clock.now() + timedelta(seconds=32)):
            assert sign_in(http, email).status_code == 201

    def test_an_unknown_address_waits_alike(self, http, email):
        stranger = f"{ids.new_id().hex[-12:]}@staff.example"
        for _ in range(5):
            sign_in(http, stranger, "wrong")
        assert sign_in(http, stranger, "wrong").status_code == 429

    def test_a_stranger_cannot_lock_somebody_out(self, http, email):
        assert sign_in(http, email).status_code == 201
        for place in range(40):
            sign_in(http, email, "wrong", where={"REMOTE_ADDR": f"36.71.{place}.1"})
        assert sign_in(http, email).status_code == 201


class TestAuthenticator:
    def test_once_enrolled_its_code_is_asked_for(self, http, email):
        app = authenticator(http, email)
        assert sign_in(http, email).json["reason"] == "accounts.one_time_code_needed"
        with clock.at(clock.now() + timedelta(seconds=60)):
            assert sign_in(http, email, one_time_code=app.at(clock.now())).status_code == 201

    def test_a_code_is_accepted_once(self, http, email):
        app = authenticator(http, email)
        with clock.at(clock.now() + timedelta(seconds=60)):
            code = app.at(clock.now())
            assert sign_in(http, email, one_time_code=code).status_code == 201
            assert sign_in(http, email, one_time_code=code).json["reason"] == "accounts.sign_in_refused"

    def test_a_wrong_first_code_confirms_nothing(self, http, email):
        proof = {"email": email, "password": PASSWORD}
        http.post("/api/v1/staff/totp", json=proof, environ_base=HOME)
        answer = http.post(
            "/api/v1/staff/totp/confirmation", json=proof | {"one_time_code": "000000"}, environ_base=HOME
        )
        assert answer.status_code == 401
        assert sign_in(http, email).status_code == 201

    def test_the_password_alone_does_not_replace_it(self, http, email):
        authenticator(http, email)
        answer = http.post("/api/v1/staff/totp", json={"email": email, "password": PASSWORD}, environ_base=HOME)
        assert answer.json["reason"] == "accounts.totp_already_enrolled"

    def test_a_role_that_must_have_one_cannot_sign_in_without(self, http, email, settings):
        before = registry.current()
        registry.use(replace(before, settings=replace(settings, totp_roles=frozenset({"claims"}))))
        try:
            answer = sign_in(http, email)
        finally:
            registry.use(before)
        assert (answer.status_code, answer.json["reason"]) == (403, "accounts.totp_enrolment_needed")


class TestWhoWorksHere:
    person = {"name": "Agus", "role": "agent", "password": "a long first password"}

    def test_an_administrator_adds_and_removes_staff(self, http, client):
        admin = headers_for(Role.ADMIN, client)
        address = f"{ids.new_id().hex[-12:]}@staff.example"
        made = http.post("/api/v1/staff", json=self.person | {"email": address}, headers=admin)
        assert made.status_code == 201
        session = sign_in(http, address, self.person["password"])
        assert http.delete(f"/api/v1/staff/{made.json['id']}", headers=admin).status_code == 204
        assert http.get("/api/v1/me", headers=bearer(session)).status_code == 401
        assert sign_in(http, address, self.person["password"]).status_code == 401

    def test_the_list_names_role_and_authenticator(self, http, client, email):
        items = http.get("/api/v1/staff", headers=headers_for(Role.ADMIN, client)).json["items"]
        assert ("Dewi", "claims", False) in {(one["name"], one["role"], one["totp_enrolled"]) for one in items}

    def test_somebody_elses_staff_cannot_be_taken_over(self, http, email):
        admin = headers_for(Role.ADMIN, make_client())
        answer = http.post("/api/v1/staff", json=self.person | {"email": email}, headers=admin)
        assert answer.json["reason"] == "accounts.staff_exists"
        assert sign_in(http, email).status_code == 201

    def test_only_administrators_do_that(self, http, client):
        assert http.get("/api/v1/staff", headers=headers_for(Role.HR, client)).status_code == 403
