"""Refresh tokens rotate, a copied one ends the session, signing out works at once."""

import base64
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.access import Role, working_for
from backend.accounts.digests import RefreshToken
from backend.integrations import registry
from backend.kit import clock
from backend.members.models import Member
from backend.tokens import read as read_token
from tests.backend.accounts.test_sign_in import CAFE, PHONE, sign_in
from tests.factories.accounts import headers_for
from tests.factories.clients import make_client
from tests.factories.members import make_dependant, make_member


@pytest.fixture
def client(app):
    made = make_client()
    with working_for(made.id) as scope:
        employee = make_member(scope, phone=PHONE)
        make_dependant(scope, employee, "child", birth_date=date(2020, 6, 1))
    return made


@pytest.fixture
def tokens(http, client):
    return sign_in(http, client)


def bearer(tokens):
    return {"Authorization": f"Bearer {tokens['access_token']}"}


def refresh(http, tokens, key=None):
    headers = {"Idempotency-Key": key} if key else {}
    return http.post("/api/v1/sign-in/refresh", json={"refresh_token": tokens["refresh_token"]}, headers=headers)


class TestRefreshing:
    def test_a_refresh_gives_the_next_pair(self, http, tokens):
        again = refresh(http, tokens)
        assert again.status_code == 201
        assert again.json["refresh_token"] != tokens["refresh_token"]
        assert http.get("/api/v1/me", headers=bearer(again.json)).status_code == 200

    def test_a_token_that_comes_back_ends_the_session_for_everybody(self, http, tokens):
        newer = refresh(http, tokens).json
        assert refresh(http, tokens).json["reason"] == "access.session_ended"
        assert refresh(http, newer).status_code == 401
        assert http.get("/api/v1/me", headers=bearer(newer)).json["reason"] == "access.session_ended"

    def test_other_sessions_of_the_person_live_on(self, http, client, tokens):
        other = sign_in(http, client)
        refresh(http, tokens)
        refresh(http, tokens)
        assert http.get("/api/v1/me", headers=bearer(other)).status_code == 200

    @pytest.mark.parametrize("place", [3, 20, 35, -3])
    def test_a_changed_token_is_refused_without_harm(self, http, tokens, place):
        raw = bytearray(base64.urlsafe_b64decode(tokens["refresh_token"]))
        raw[place] ^= 1
        forged = {"refresh_token": base64.urlsafe_b64encode(bytes(raw)).decode()}
        assert refresh(http, forged).status_code == 401
        assert refresh(http, tokens).status_code == 201

    def test_nonsense_is_no_token(self):
        assert RefreshToken.decode("ä") is None
        assert RefreshToken.decode("QUJD") is None

    def test_a_session_ends_when_nobody_used_it_for_sixty_days(self, http, tokens):
        with clock.at(clock.now() + timedelta(days=60, seconds=1)):
            assert refresh(http, tokens).status_code == 401

    def test_using_it_keeps_it_alive(self, http, tokens):
        with clock.at(clock.now() + timedelta(days=59)):
            newer = refresh(http, tokens).json
        with clock.at(clock.now() + timedelta(days=118)):
            assert refresh(http, newer).status_code == 201

    def test_somebody_who_left_long_ago_is_signed_out_at_the_next_refresh(self, http, client, tokens):
        with working_for(client.id) as scope:
            scope.session.query(Member).filter(Member.client_id == client.id).update({"left_on": date(2020, 1, 1)})
        assert refresh(http, tokens).status_code == 401


class TestAskingAgain:
    """The answer to a refresh was lost on the way: the same device asks once more."""

    def test_the_same_question_gets_the_same_token(self, http, tokens):
        first, second = refresh(http, tokens, "key-1").json, refresh(http, tokens, "key-1").json
        assert first["refresh_token"] == second["refresh_token"]
        assert http.get("/api/v1/me", headers=bearer(second)).status_code == 200
        assert refresh(http, second, "key-2").status_code == 201

    @pytest.mark.parametrize(
        ("first", "second", "later"),
        [("key-1", "key-2", 0), ("key-1", None, 0), (None, "key-1", 0), (None, None, 0), ("key-1", "key-1", 61)],
        ids=["another key", "no key now", "no key before", "no key at all", "too late"],
    )
    def test_anything_else_is_a_copied_token_and_ends_the_session(self, http, tokens, first, second, later):
        newer = refresh(http, tokens, first).json
        with clock.at(clock.now() + timedelta(seconds=later)):
            assert refresh(http, tokens, second).json["reason"] == "access.session_ended"
            assert refresh(http, newer, "key-3").status_code == 401

    def test_a_token_before_the_last_is_a_copied_one_whatever_its_key(self, http, tokens):
        newer = refresh(http, tokens, "key-1").json
        refresh(http, newer, "key-1")
        assert refresh(http, tokens, "key-1").status_code == 401

    def test_asking_again_prolongs_nothing(self, http, tokens):
        moment = clock.now()
        refresh(http, tokens, "key-1")
        with clock.at(moment + timedelta(seconds=50)):
            assert refresh(http, tokens, "key-1").status_code == 201
        with clock.at(moment + timedelta(seconds=70)):
            assert refresh(http, tokens, "key-1").status_code == 401

    def test_somebody_who_lost_access_gets_nothing_again(self, http, client, tokens):
        refresh(http, tokens, "key-1")
        with working_for(client.id) as scope:
            scope.session.query(Member).filter(Member.client_id == client.id).update({"left_on": date(2020, 1, 1)})
        assert refresh(http, tokens, "key-1").status_code == 401


OWN_ACCESS_AGE = 12


class TestComingOfAge:
    """The contract says from which birthday on; the day begins at the client's own midnight."""

    @pytest.fixture
    def birthday(self, client):
        return clock.today(client.timezone) + timedelta(days=1)

    @pytest.fixture
    def client(self, app):
        return make_client(terms={"own_access_age": OWN_ACCESS_AGE})

    @pytest.fixture
    def child_id(self, client, birthday):
        with working_for(client.id) as scope:
            employee = make_member(scope, phone=PHONE)
            born = birthday.replace(year=birthday.year - OWN_ACCESS_AGE)
            return make_dependant(scope, employee, "child", birth_date=born).id

    @pytest.fixture
    def midnight(self, client, birthday):
        return datetime.combine(birthday, time(), tzinfo=ZoneInfo(client.timezone))

    @pytest.fixture
    def tokens(self, http, client, child_id):
        return sign_in(http, client)

    def test_until_the_day_before_the_birthday_the_child_is_acted_for(self, http, tokens, child_id, midnight):
        with clock.at(midnight - timedelta(seconds=30)):
            again = refresh(http, tokens).json
            assert str(child_id) in _members(http, again)
            assert child_id in _in_token(again)

    def test_from_the_birthday_on_the_child_is_gone_from_me_and_from_the_token(self, http, tokens, child_id, midnight):
        with clock.at(midnight + timedelta(seconds=1)):
            again = refresh(http, tokens).json
            assert len(_members(http, again)) == 1
            assert str(child_id) not in _members(http, again)
            assert child_id not in _in_token(again)

    def test_from_the_birthday_on_the_childs_data_is_somebody_elses(self, http, tokens, child_id, midnight):
        address = f"/api/v1/members/{child_id}"
        assert http.get(address, headers=bearer(tokens)).status_code == 200
        with clock.at(midnight + timedelta(seconds=1)):
            assert http.get(address, headers=bearer(refresh(http, tokens).json)).status_code == 404

    def test_a_token_of_the_day_before_outlives_the_birthday_by_minutes_only(self, http, tokens, midnight):
        with clock.at(midnight - timedelta(seconds=30)):
            late = refresh(http, tokens).json
        with clock.at(midnight - timedelta(seconds=30) + timedelta(seconds=late["expires_in"] + 1)):
            assert http.get("/api/v1/me", headers=bearer(late)).status_code == 401


def _members(http, tokens):
    return [one["id"] for one in http.get("/api/v1/me", headers=bearer(tokens)).json["members"]]


def _in_token(tokens):
    return read_token(registry.current().settings.token_key, tokens["access_token"])[1].member_ids


class TestSigningOut:
    def test_it_works_at_once(self, http, tokens):
        assert http.post("/api/v1/sign-out", headers=bearer(tokens)).status_code == 204
        assert http.get("/api/v1/me", headers=bearer(tokens)).json["reason"] == "access.session_ended"
        assert refresh(http, tokens).status_code == 401

    def test_it_ends_this_session_only(self, http, client, tokens):
        other = sign_in(http, client)
        http.post("/api/v1/sign-out", headers=bearer(tokens))
        assert http.get("/api/v1/me", headers=bearer(other)).status_code == 200


class TestSigningOutEverywhere:
    def test_every_session_ends_at_once_this_one_too(self, http, client, tokens):
        other = sign_in(http, client, where=CAFE)
        assert http.post("/api/v1/sign-out/everywhere", headers=bearer(tokens)).status_code == 204
        for one in (tokens, other):
            assert http.get("/api/v1/me", headers=bearer(one)).json["reason"] == "access.session_ended"
            assert refresh(http, one).status_code == 401

    def test_every_device_is_a_stranger_afterwards(self, http, client, tokens):
        http.post("/api/v1/sign-out/everywhere", headers=bearer(tokens))
        again = sign_in(http, client, device_key=tokens["device_key"])
        items = http.get("/api/v1/me/devices", headers=bearer(again)).json["items"]
        assert [(one["signed_in"], one["current"]) for one in items] == [(True, True), (False, False)]


class TestDevices:
    def test_each_device_is_listed_once_with_its_state(self, http, client, tokens):
        second = sign_in(http, client, device_key=tokens["device_key"])
        sign_in(http, client, where=CAFE)
        items = http.get("/api/v1/me/devices", headers=bearer(second)).json["items"]
        assert [(one["signed_in"], one["current"]) for one in items] == [(True, False), (True, True)]

    def test_signing_out_a_device_ends_its_sessions(self, http, client, tokens):
        elsewhere = sign_in(http, client, where=CAFE)
        items = http.get("/api/v1/me/devices", headers=bearer(tokens)).json["items"]
        other = next(one["id"] for one in items if not one["current"])
        assert http.delete(f"/api/v1/me/devices/{other}", headers=bearer(tokens)).status_code == 204
        assert http.get("/api/v1/me", headers=bearer(elsewhere)).status_code == 401
        assert http.get("/api/v1/me", headers=bearer(tokens)).status_code == 200


def test_staff_read_their_own_role_and_clients(http, client):
    me = http.get("/api/v1/me", headers=headers_for(Role.CLAIMS, client)).json
    assert (me["role"], me["name"]) == ("claims", "Sari Wulandari")
    assert me["clients"] == [{"slug": client.slug, "name": client.name, "role": "claims"}]
