"""Calls at Twilio's HTTP edge: what we ask, what its answers mean to us, and that nothing waits for ever."""

from __future__ import annotations

import pytest

from backend.integrations.messaging import SendUncertain, VendorError
from backend.integrations.telephony import OutgoingCall
from backend.integrations.twilio import client as twilio_client
from backend.integrations.twilio.voice import TwilioVoice
from tests.integrations.loopback import http_server
from tests.integrations.test_twilio import ToLoopback

RINGING = (201, {"sid": "CA" + "1" * 32, "status": "queued"})
CALL = OutgoingCall(
    client="acme",
    sender="+622150000001",
    to="+62811222333",
    url="https://careline.test/twilio/voice/agent?id=1",
    status_url="https://careline.test/twilio/voice/agent/status?id=1",
    ring_seconds=30,
)


def voice(settings, address, **more) -> TwilioVoice:
    return TwilioVoice(twilio_client.rest_client(settings, ToLoopback(address, **more)))


def test_a_call_says_whom_to_ring_how_long_and_where_to_ask(settings):
    with http_server(RINGING) as server:
        made = voice(settings, server.address).call(CALL)
        asked = server.seen[0]
    assert made.vendor_id == "CA" + "1" * 32
    assert asked.path == f"/2010-04-01/Accounts/{settings.twilio_account_sid}/Calls.json"
    assert asked.form == {
        "To": CALL.to,
        "From": CALL.sender,
        "Url": CALL.url,
        "Method": "POST",
        "StatusCallback": CALL.status_url,
        "StatusCallbackMethod": "POST",
        "Timeout": "30",
    }


@pytest.mark.parametrize(
    ("status", "code", "cause", "permanent"),
    [(400, 21211, "invalid_address", True), (400, 21408, "region_not_allowed", True), (429, 20429, "too_fast", False)],
)
def test_a_refusal_is_told_in_our_words(settings, status, code, cause, permanent):
    refusal = (status, {"code": code, "message": "no", "status": status})
    with http_server(refusal) as server, pytest.raises(VendorError) as told:
        voice(settings, server.address).call(CALL)
    assert (told.value.cause, told.value.permanent) == (cause, permanent)


def test_a_call_without_an_answer_may_be_ringing(settings):
    with http_server((502, {})) as server, pytest.raises(SendUncertain):
        voice(settings, server.address).call(CALL)


def test_a_twilio_nobody_can_connect_to_rings_nobody(settings):
    with pytest.raises(VendorError) as told:
        voice(settings, "http://127.0.0.1:9").call(CALL)
    assert (told.value.cause, told.value.permanent) == ("no_connection", False)


@pytest.mark.parametrize("forget", ["forget_recording", "forget_queue"])
@pytest.mark.parametrize("answer", [(204, None), (404, {"code": 20404, "message": "gone", "status": 404})])
def test_what_should_not_stay_there_is_deleted_and_what_is_gone_is_gone(settings, forget, answer):
    with http_server(answer) as server:
        getattr(voice(settings, server.address), forget)("RE1")
        asked = server.seen[0]
    assert asked.method == "DELETE"
    assert asked.path.endswith("/RE1.json")


def test_a_deletion_that_failed_is_said_so(settings):
    trouble = (500, {"code": 20500, "message": "trouble", "status": 500})
    with http_server(trouble) as server, pytest.raises(VendorError):
        voice(settings, server.address).forget_recording("RE1")
