"""Firebase Cloud Messaging at its HTTP edge: one project per client, and what each refusal means."""

from __future__ import annotations

import firebase_admin
import google.auth.credentials
import pytest
from firebase_admin import credentials, messaging

from backend.integrations.firebase import FirebasePush
from backend.integrations.messaging import SendUncertain, VendorError
from backend.integrations.push import DeviceGone, PushMessage
from backend.kit import ids
from tests.integrations.loopback import http_server

MESSAGE = PushMessage("acme", "fid", "fid-1", "Title", "Text", "attempt:7", link="/claims", urgent=True)
TAKEN = (200, {"name": "projects/acme/messages/1"})


class _Credential(credentials.Base):
    def get_credential(self):
        class Fixed(google.auth.credentials.Credentials):
            def refresh(self, request):
                self.token = "fixed"

        made = Fixed()
        made.token = "fixed"
        return made


@pytest.fixture
def push_to(monkeypatch, tmp_path):
    opened = []

    def made(address, timeout=5):
        # Private in the library, and the only way to point it at loopback: this test pins the name.
        monkeypatch.setattr(messaging._MessagingService, "FCM_URL", address + "/v1/projects/{0}/messages:send")

        def opens(_self, client):
            options = {"projectId": client, "httpTimeout": timeout}
            opened.append(firebase_admin.initialize_app(_Credential(), options, name=f"{client}-{ids.new_id()}"))
            return opened[-1]

        monkeypatch.setattr(FirebasePush, "_open", opens)
        return FirebasePush(tmp_path)

    yield made
    for app in opened:
        firebase_admin.delete_app(app)


def refused(status, code, detail=None):
    details = [{"@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode": detail}] if detail else []
    return status, {"error": {"code": status, "status": code, "message": "no", "details": details}}


def test_a_push_rings_with_title_text_and_where_it_leads(push_to):
    with http_server(TAKEN) as server:
        assert push_to(server.address).push(MESSAGE).vendor_id == "projects/acme/messages/1"
    sent = server.seen[0].json["message"]
    assert sent["notification"] == {"title": "Title", "body": "Text"}
    assert sent["data"] == {"link": "/claims", "reference": "attempt:7"}
    assert sent["fid"] == "fid-1"
    assert sent["android"]["priority"] == "high"


def test_an_older_registration_goes_by_its_token(push_to):
    with http_server(TAKEN) as server:
        push_to(server.address).push(PushMessage("acme", "token", "tok-1", "T", "t", "attempt:7"))
    assert server.seen[0].json["message"]["token"] == "tok-1"


def test_every_client_pushes_through_its_own_project(push_to):
    with http_server(TAKEN) as server:
        sender = push_to(server.address)
        for client in ("acme", "umbrella", "acme"):
            sender.push(PushMessage(client, "fid", "fid-1", "T", "t", "attempt:7"))
    projects = [asked.path.split("/")[3] for asked in server.seen]
    assert projects == ["acme", "umbrella", "acme"]


@pytest.mark.parametrize(
    "answer",
    [
        refused(404, "NOT_FOUND", "UNREGISTERED"),
        refused(403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH"),
        refused(400, "INVALID_ARGUMENT"),
    ],
)
def test_a_device_that_is_gone_is_said_to_be_gone(push_to, answer):
    with http_server(answer) as server, pytest.raises(DeviceGone):
        push_to(server.address).push(MESSAGE)


@pytest.mark.parametrize(
    ("answer", "permanent"),
    [(refused(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED"), False), (refused(401, "UNAUTHENTICATED"), True)],
)
def test_other_refusals_say_whether_to_try_again(push_to, answer, permanent):
    with http_server(answer) as server, pytest.raises(VendorError) as refusal:
        push_to(server.address).push(MESSAGE)
    assert refusal.value.permanent is permanent


def test_an_answer_that_does_not_come_is_uncertain(push_to):
    with http_server(None) as server, pytest.raises(SendUncertain):
        push_to(server.address, timeout=0.2).push(MESSAGE)


def test_a_client_without_credentials_is_refused_by_name(tmp_path):
    with pytest.raises(VendorError) as refusal:
        FirebasePush(tmp_path).push(MESSAGE)
    assert (refusal.value.cause, refusal.value.permanent) == ("not_configured", True)
