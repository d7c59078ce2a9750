"""A Firebase ID token opens our own session where the client has switched it on."""

from dataclasses import replace

import pytest

from backend.access import working_for
from backend.branding import loader
from backend.integrations import registry
from backend.integrations.identity import IdentityRefused, ProvenIdentity
from tests.factories.clients import make_client
from tests.factories.members import make_member

PHONE = "+6281234500003"


class Vouching:
    """A provider that knows three tokens."""

    known = {"of-a-member": PHONE, "of-a-stranger": "+6281234500997", "without-number": None}  # noqa: RUF012

    def prove(self, _client, token):
        if token.rstrip(".") not in self.known:
            raise IdentityRefused
        return ProvenIdentity("uid", self.known[token.rstrip(".")])


@pytest.fixture
def client(app, monkeypatch):
    made = make_client()
    with working_for(made.id) as scope:
        make_member(scope, phone=PHONE)
    before = registry.current()
    registry.use(replace(before, identity=Vouching()))
    yield made
    registry.use(before)


def sign_in(http, client, token):
    return http.post("/api/v1/sign-in", json={"client": client.slug, "firebase_id_token": token.ljust(20, ".")})


def switch(monkeypatch, on):
    monkeypatch.setattr(loader, "feature", lambda _slug, name: on and name == "firebase_sign_in")


def test_a_proven_number_of_a_member_opens_a_session(http, client, monkeypatch):
    switch(monkeypatch, True)
    answer = sign_in(http, client, "of-a-member")
    assert answer.status_code == 201
    me = http.get("/api/v1/me", headers={"Authorization": f"Bearer {answer.json['access_token']}"})
    assert me.json["client"]["slug"] == client.slug


@pytest.mark.parametrize("token", ["of-a-stranger", "without-number", "forged"])
def test_whoever_is_no_member_is_refused_alike(http, client, monkeypatch, token):
    switch(monkeypatch, True)
    answer = sign_in(http, client, token)
    assert (answer.status_code, answer.json["reason"]) == (401, "accounts.firebase_refused")


def test_a_client_that_did_not_switch_it_on_takes_no_token(http, client, monkeypatch):
    switch(monkeypatch, False)
    assert sign_in(http, client, "of-a-member").json["reason"] == "accounts.firebase_off"
