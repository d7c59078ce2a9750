import base64
import hashlib
from dataclasses import replace
from datetime import timedelta

import base45
import cbor2
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask import Flask
from flask.testing import FlaskClient

from backend.access import Role, working_for
from backend.integrations import registry
from backend.kit import clock
from backend.members import card_qr
from backend.members.models import Member
from backend.settings import Settings
from tests.backend.members.conftest import Workplace
from tests.factories.clients import make_client


def qr_of(http: FlaskClient, place: Workplace, member) -> str:
    answer = http.get(f"/api/v1/members/{member}/card", headers=place.headers(Role.MEMBER, member))
    return answer.json["qr"]


def check(http: FlaskClient, qr: str, headers: dict[str, str] | None = None):
    return http.post("/api/v1/cards/verify", json={"qr": qr}, headers=headers)


def verified_offline(qr: str, keys: dict) -> dict:
    """What a desk without a connection does: only base45, CBOR, the public keys and the signature."""
    protected, unprotected, payload, signature = cbor2.loads(base45.b45decode(qr.removeprefix("CL1:"))).value
    header = cbor2.loads(protected) | unprotected
    kid = base64.urlsafe_b64encode(header[4]).decode().rstrip("=")
    key = next(key for key in keys["keys"] if key["kid"] == kid)
    public = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(key["x"] + "="))
    public.verify(signature, cbor2.dumps(["Signature1", protected, b"", payload]))
    return cbor2.loads(payload)


def test_a_qr_verifies_offline_with_the_published_keys(http: FlaskClient, workplace: Workplace):
    keys = http.get("/.well-known/careline-card-keys.json").json
    claims = verified_offline(qr_of(http, workplace, workplace.insured(full_name="Budi Santoso")), keys)
    assert claims[1] == workplace.client.slug
    assert "Budi Santoso" in claims.values()


@pytest.fixture
def rotate(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch):
    """Give the process a new card key; the present one stays readable, or is forgotten."""

    def rotated(*, forgotten: bool = False) -> None:
        old = () if forgotten else (settings.card_key,)
        changed = replace(settings, card_key=hashlib.sha256(b"the next seed").digest(), old_card_keys=old)
        before = registry.current()
        monkeypatch.setitem(app.config, "CARELINE", changed)
        monkeypatch.setattr(registry, "_current", replace(before, settings=changed))

    return rotated


class TestANewCardKey:
    def test_cards_of_both_keys_verify_offline_and_at_a_desk(self, http: FlaskClient, workplace: Workplace, rotate):
        old = qr_of(http, workplace, workplace.insured())
        rotate()
        new = qr_of(http, workplace, workplace.insured())
        keys = http.get("/.well-known/careline-card-keys.json").json
        assert len({key["kid"] for key in keys["keys"]}) == 2
        for qr in (old, new):
            assert verified_offline(qr, keys)[1] == workplace.client.slug
            assert check(http, qr).json["valid"] is True

    def test_the_newest_key_signs(self, http: FlaskClient, workplace: Workplace, rotate):
        rotate()
        qr = qr_of(http, workplace, workplace.insured())
        keys = http.get("/.well-known/careline-card-keys.json").json
        assert verified_offline(qr, {"keys": keys["keys"][:1]})

    def test_a_key_that_was_left_out_proves_nothing(self, http: FlaskClient, workplace: Workplace, rotate):
        qr = qr_of(http, workplace, workplace.insured())
        rotate(forgotten=True)
        verdict = check(http, qr).json
        assert (verdict["genuine"], verdict["reason"]) == (False, "cards.qr_foreign")


def test_a_changed_qr_does_not_verify_offline(http: FlaskClient, workplace: Workplace):
    keys = http.get("/.well-known/careline-card-keys.json").json
    token = base45.b45decode(qr_of(http, workplace, workplace.insured()).removeprefix("CL1:"))
    changed = token.replace(b"GOLD", b"GOLX")
    with pytest.raises(InvalidSignature):
        verified_offline("CL1:" + base45.b45encode(changed).decode(), keys)


def test_a_qr_holds_no_national_id_and_no_birth_date(http: FlaskClient, workplace: Workplace):
    member = workplace.insured()
    with working_for(workplace.client.id) as scope:
        scope.session.get_one(Member, (scope.client_id, member)).national_id_cipher = b"3174015705900001"
    token = base45.b45decode(qr_of(http, workplace, member).removeprefix("CL1:"))
    assert b"3174015705900001" not in token
    assert b"1990" not in token


def test_a_qr_fits_a_cheap_telephones_camera(http: FlaskClient, workplace: Workplace):
    assert len(qr_of(http, workplace, workplace.insured(full_name="Muhammad Abdurrahman Wijayakusuma"))) < 340


@pytest.mark.requirement("S0-56")
def test_a_provider_learns_whose_card_it_is_and_for_what(http: FlaskClient, workplace: Workplace):
    member = workplace.insured(full_name="Budi Santoso")
    verdict = check(http, qr_of(http, workplace, member), workplace.headers(Role.PROVIDER)).json
    assert (verdict["genuine"], verdict["valid"], verdict["covered"]) == (True, True, True)
    assert verdict["member"]["name"] == "Budi Santoso"
    assert verdict["plan"]["code"] == "GOLD"
    assert verdict["as_of"]


def test_a_stranger_learns_only_that_the_card_is_good(http: FlaskClient, workplace: Workplace):
    answer = check(http, qr_of(http, workplace, workplace.insured(full_name="Budi Santoso")))
    assert answer.json["valid"] is True
    assert "Budi" not in answer.text
    assert set(answer.json) == {"genuine", "valid", "reason", "message", "as_of", "signed_at", "expires_at"}


def test_another_clients_staff_learn_no_more_than_a_stranger(http: FlaskClient, workplace: Workplace):
    elsewhere = Workplace(make_client(), workplace.plan_id)
    answer = check(http, qr_of(http, workplace, workplace.insured()), elsewhere.headers(Role.PROVIDER))
    assert answer.json["reason"] == "cards.other_client"
    assert "member" not in answer.json


def test_an_old_qr_is_genuine_but_too_old(http: FlaskClient, workplace: Workplace):
    qr = qr_of(http, workplace, workplace.insured())
    with clock.at(clock.now() + card_qr.LIFE + timedelta(seconds=1)):
        verdict = check(http, qr).json
    assert (verdict["genuine"], verdict["valid"], verdict["reason"]) == (True, False, "cards.qr_expired")


def test_a_member_without_cover_is_not_let_in(http: FlaskClient, workplace: Workplace):
    member = workplace.insured()
    qr = qr_of(http, workplace, member)
    with working_for(workplace.client.id) as scope:
        scope.session.get_one(Member, (scope.client_id, member)).left_on = clock.today("Asia/Jakarta") - timedelta(1)
    assert check(http, qr).json["reason"] == "cards.not_covered"


def _tampered(qr: str) -> str:
    token = bytearray(base45.b45decode(qr.removeprefix("CL1:")))
    token[-1] ^= 1
    return "CL1:" + base45.b45encode(bytes(token)).decode()


def _foreign(qr: str) -> str:
    seed = hashlib.sha256(b"somebody else").digest()
    now = clock.now()
    return card_qr.sign(seed, card_qr.CardClaims("x", "1", "2", "Eve", "GOLD", now, now + card_qr.LIFE))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_tampered, "cards.qr_tampered"),
        (_foreign, "cards.qr_foreign"),
        (lambda qr: "https://example.com/menu", "cards.qr_foreign"),
        (lambda qr: qr[:-20], "cards.qr_unreadable"),
        (lambda qr: "CL1:not base45 !", "cards.qr_unreadable"),
        (lambda qr: "CL1:", "cards.qr_unreadable"),
    ],
)
def test_a_wrong_code_is_refused_with_its_reason(http: FlaskClient, workplace: Workplace, change, reason: str):
    verdict = check(http, change(qr_of(http, workplace, workplace.insured())), workplace.headers(Role.PROVIDER)).json
    assert (verdict["genuine"], verdict["valid"], verdict["reason"]) == (False, False, reason)


def test_strangers_may_not_ask_without_end(http: FlaskClient):
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    answers = [http.post("/api/v1/cards/verify", json={"qr": "x"}, environ_overrides=elsewhere) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert int(answers[-1].headers["Retry-After"]) <= 60


def test_a_look_by_staff_is_kept_in_the_audit_record(http: FlaskClient, workplace: Workplace):
    member = workplace.insured()
    check(http, qr_of(http, workplace, member), workplace.headers(Role.PROVIDER))
    rows = workplace.ask("SELECT actor_role FROM audit_record WHERE member_id = :m AND action = 'read'", m=member)
    assert rows == [("provider",)]
