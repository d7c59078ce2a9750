"""ID tokens of Firebase, signed here with a certificate of our own; once more against the emulator where one runs."""

import json
import os
from datetime import UTC, datetime, timedelta

import google.oauth2.id_token
import jwt
import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from backend.integrations.firebase_identity import FirebaseIdentity
from backend.integrations.identity import IdentityRefused, ProvenIdentity
from backend.integrations.messaging import VendorError

PROJECT = "demo-first-client"
PHONE = "+6281234500001"


def _key_and_certificate():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "securetoken.test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return key, certificate.public_bytes(serialization.Encoding.PEM).decode()


KEY, CERTIFICATE = _key_and_certificate()


def id_token(*, key=KEY, kid="ours", lifetime=timedelta(hours=1), **changed):
    now = datetime.now(UTC)
    claims = {
        "iss": f"https://securetoken.google.com/{PROJECT}",
        "aud": PROJECT,
        "sub": "firebase-uid-1",
        "iat": now - timedelta(minutes=1),
        "auth_time": int(now.timestamp()) - 60,
        "exp": now + lifetime,
        "phone_number": PHONE,
    }
    return jwt.encode(claims | changed, key, algorithm="RS256", headers={"kid": kid})


@pytest.fixture
def firebase(tmp_path, monkeypatch):
    monkeypatch.delenv("FIREBASE_AUTH_EMULATOR_HOST", raising=False)
    monkeypatch.setattr(google.oauth2.id_token, "_fetch_certs", lambda *_: {"ours": CERTIFICATE})
    (tmp_path / "first.json").write_text(json.dumps({"project_id": PROJECT}))
    (tmp_path / "second.json").write_text(json.dumps({"project_id": "demo-second-client"}))
    return FirebaseIdentity(tmp_path)


def test_a_token_of_the_clients_project_proves_uid_and_number(firebase):
    assert firebase.prove("first", id_token()) == ProvenIdentity("firebase-uid-1", PHONE)


def test_somebody_who_signed_in_without_a_number_has_proven_none(firebase):
    assert firebase.prove("first", id_token(phone_number=None)).phone is None


@pytest.mark.parametrize(
    "token",
    [
        id_token(key=_key_and_certificate()[0]),
        id_token(kid="theirs"),
        id_token(lifetime=timedelta(seconds=-30)),
        id_token(aud="another-project"),
        id_token(iss="https://securetoken.google.com/another-project"),
        id_token(sub=""),
        jwt.encode({"sub": "x", "aud": PROJECT}, "a secret of thirty-two characters", algorithm="HS256"),
        jwt.encode({"sub": "x", "aud": PROJECT}, None, algorithm="none"),
        "not a token at all",
        "",
    ],
    ids=["foreign key", "unknown key", "expired", "audience", "issuer", "nobody", "HS256", "unsigned", "text", "empty"],
)
def test_everything_else_is_refused(firebase, token):
    with pytest.raises(IdentityRefused):
        firebase.prove("first", token)


def test_a_token_of_one_clients_project_is_refused_at_another(firebase):
    with pytest.raises(IdentityRefused):
        firebase.prove("second", id_token())


def test_a_client_without_a_project_accepts_no_token(firebase):
    with pytest.raises(IdentityRefused):
        firebase.prove("third", id_token())


def test_certificates_that_cannot_be_fetched_are_the_vendors_trouble(firebase, monkeypatch):
    def away(*_):
        raise google.auth.exceptions.TransportError("no way out")

    monkeypatch.setattr(google.oauth2.id_token, "_fetch_certs", away)
    with pytest.raises(VendorError) as trouble:
        firebase.prove("first", id_token())
    assert not trouble.value.permanent


@pytest.mark.skipif(
    "FIREBASE_AUTH_EMULATOR_HOST" not in os.environ,
    reason="optional: start `firebase emulators:start --only auth` and set FIREBASE_AUTH_EMULATOR_HOST",
)
def test_a_token_from_the_auth_emulator_proves_the_number(tmp_path):
    """With the emulator firebase-admin trusts unsigned tokens: this proves the exchange, not the signature."""
    host = os.environ["FIREBASE_AUTH_EMULATOR_HOST"]
    (tmp_path / "first.json").write_text(json.dumps({"project_id": PROJECT}))
    toolkit = f"http://{host}/identitytoolkit.googleapis.com/v1/accounts"
    asked = requests.post(f"{toolkit}:sendVerificationCode?key=x", json={"phoneNumber": PHONE}, timeout=10).json()
    sent = requests.get(f"http://{host}/emulator/v1/projects/{PROJECT}/verificationCodes", timeout=10).json()
    code = next(one["code"] for one in sent["verificationCodes"] if one["sessionInfo"] == asked["sessionInfo"])
    proof = {"sessionInfo": asked["sessionInfo"], "code": code}
    token = requests.post(f"{toolkit}:signInWithPhoneNumber?key=x", json=proof, timeout=10).json()["idToken"]
    assert FirebaseIdentity(tmp_path).prove("first", token).phone == PHONE
