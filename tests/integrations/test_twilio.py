"""Twilio at its HTTP edge: what we ask, what its answers mean to us, and that nothing waits for ever."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from twilio.http.http_client import TwilioHttpClient

from backend.integrations.messaging import Choice, Choices, OutgoingMessage, SendUncertain, VendorError
from backend.integrations.twilio import client as twilio_client
from backend.integrations.twilio import signature, status_codes
from backend.integrations.twilio.messages import TwilioMessages
from backend.notifications.rules import AttemptState
from tests.integrations.loopback import http_server

TAKEN = (201, {"sid": "SM" + "1" * 32, "status": "queued"})
MESSAGE = OutgoingMessage("sms", "acme", "Kirana", "+6281234567890", "Halo", "attempt:7")


class ToLoopback(TwilioHttpClient):
    """Sends what is meant for Twilio to a server of ours."""

    def __init__(self, address: str, timeout: float = 5) -> None:
        super().__init__(timeout=timeout)
        self.to = urlsplit(address)

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        parts = urlsplit(url)
        assert parts.netloc in {"api.twilio.com", "content.twilio.com"}
        return super().request(
            method, urlunsplit((self.to.scheme, self.to.netloc, parts.path, parts.query, "")), *args, **kwargs
        )


def sender(settings, address, **more) -> TwilioMessages:
    return TwilioMessages(twilio_client.rest_client(settings, ToLoopback(address, **more)), settings.public_url)


def ask(settings, message=MESSAGE, answer=TAKEN):
    with http_server(answer) as server:
        sender(settings, server.address).send(message)
        return server.seen[0]


def test_an_sms_carries_text_sender_and_the_way_back(settings):
    asked = ask(settings)
    assert asked.path == f"/2010-04-01/Accounts/{settings.twilio_account_sid}/Messages.json"
    assert asked.form == {
        "To": "+6281234567890",
        "From": "Kirana",
        "Body": "Halo",
        "StatusCallback": "https://careline.test/twilio/messages/status?client=acme&reference=attempt%3A7",
    }


def test_a_whatsapp_picture_goes_by_a_link(settings):
    message = replace(MESSAGE, channel="whatsapp", sender="+628119002570", media_urls=("https://careline.test/m/1",))
    form = ask(settings, message).form
    assert (form["To"], form["From"]) == ("whatsapp:+6281234567890", "whatsapp:+628119002570")
    assert form["MediaUrl"] == "https://careline.test/m/1"


def test_a_template_replaces_text_and_media(settings):
    message = replace(MESSAGE, channel="whatsapp", template="HX1", variables={"1": "Kirana"}, media_urls=("x",))
    form = ask(settings, message).form
    assert "Body" not in form
    assert "MediaUrl" not in form
    assert (form["ContentSid"], json.loads(form["ContentVariables"])) == ("HX1", {"1": "Kirana"})


def test_an_api_key_signs_in_instead_of_the_token(settings):
    by_key = replace(settings, twilio_api_key_sid="SK1", twilio_api_key_secret="secret")
    scheme, _, encoded = ask(by_key).headers["Authorization"].partition(" ")
    assert (scheme, base64.b64decode(encoded).decode()) == ("Basic", "SK1:secret")


@pytest.mark.parametrize(
    ("status", "code", "cause", "permanent"),
    [
        (400, 21610, "opted_out", True),
        (400, 21614, "not_a_mobile", True),
        (400, 63016, "outside_session", True),
        (429, 20429, "too_fast", False),
        (401, 20003, "credentials_refused", False),
        (400, 99999, "refused", True),
        (503, 99999, "refused", False),
    ],
)
def test_a_refusal_is_told_in_our_words(settings, status, code, cause, permanent):
    answer = (status, {"code": code, "message": "no", "status": status})
    with http_server(answer) as server, pytest.raises(VendorError) as refusal:
        sender(settings, server.address).send(MESSAGE)
    assert (refusal.value.cause, refusal.value.permanent, refusal.value.code) == (cause, permanent, str(code))
    assert not isinstance(refusal.value, SendUncertain)


def test_an_answer_that_does_not_come_is_uncertain(settings):
    with http_server(None) as server, pytest.raises(SendUncertain):
        sender(settings, server.address, timeout=0.2).send(MESSAGE)


def test_trouble_inside_twilio_is_uncertain(settings):
    with http_server((502, {"message": "bad gateway"})) as server, pytest.raises(SendUncertain):
        sender(settings, server.address).send(MESSAGE)


def test_a_server_that_cannot_be_reached_may_be_tried_again(settings):
    with http_server(TAKEN) as server:
        gone = server.address
    with pytest.raises(VendorError) as refusal:
        sender(settings, gone).send(MESSAGE)
    assert (refusal.value.cause, refusal.value.permanent) == ("no_connection", False)


def test_the_real_client_does_not_wait_for_ever(settings):
    assert twilio_client.rest_client(settings).http_client.timeout == twilio_client.TIMEOUT_SECONDS


def test_every_status_of_twilio_is_a_state_of_ours():
    assert set(status_codes.STATES.values()) <= set(AttemptState)


class TestSignature:
    url = "https://careline.test/twilio/messages?x=1"
    form = {"Body": "Halo", "From": "whatsapp:+62811"}  # noqa: RUF012

    def test_what_twilio_signed_is_genuine(self):
        assert signature.genuine("token", self.url, self.form, signature.sign("token", self.url, self.form))

    @pytest.mark.parametrize(
        ("token", "url", "form"),
        [
            ("other", url, form),
            ("token", "https://evil.test/twilio/messages?x=1", form),
            ("token", url, {**form, "Body": "Hi"}),
            ("", url, form),
        ],
    )
    def test_anything_changed_is_not(self, token, url, form):
        assert not signature.genuine(token, url, form, signature.sign("token", self.url, self.form))

    def test_an_empty_token_signs_nothing(self):
        assert not signature.genuine("", self.url, self.form, signature.sign("", self.url, self.form))

    def test_the_address_is_ours_and_not_the_callers(self):
        assert (
            signature.webhook_url("https://careline.test", "/twilio/voice", "") == "https://careline.test/twilio/voice"
        )


BUTTONS = Choices("Shall I block {{1}} now?", "en", (Choice("/affirm", "Yes"), Choice("/deny", "No")))


def made_content(settings, choices, answer):
    with http_server(answer) as server:
        return sender(settings, server.address).make_content(choices, "careline-en-1"), server.seen


def test_choices_are_laid_down_as_quick_replies(settings):
    sid, seen = made_content(settings, BUTTONS, (201, {"sid": "HX1"}))
    assert sid == "HX1"
    assert seen[0].path == "/v1/Content"
    asked = seen[0].json
    assert (asked["language"], asked["friendly_name"]) == ("en", "careline-en-1")
    quick = asked["types"]["twilio/quick-reply"]
    assert quick["body"] == "Shall I block {{1}} now?"
    assert quick["actions"][0] == {"type": "QUICK_REPLY", "title": "Yes", "id": "/affirm"}


def test_choices_behind_an_opener_are_a_list(settings):
    _, seen = made_content(settings, replace(BUTTONS, opener="Choose"), (201, {"sid": "HX1"}))
    picker = seen[0].json["types"]["twilio/list-picker"]
    assert picker["button"] == "Choose"
    assert [(item["id"], item["item"]) for item in picker["items"]] == [("/affirm", "Yes"), ("/deny", "No")]


def test_content_that_twilio_does_not_take_is_a_refusal(settings):
    with pytest.raises(VendorError) as refusal:
        made_content(settings, BUTTONS, (400, {"code": 20001, "message": "no", "status": 400}))
    assert (refusal.value.cause, refusal.value.permanent) == ("content_refused", True)
