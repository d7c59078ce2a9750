"""The simulator sends what Twilio would send, signed, and exists in a rehearsal only."""

from dataclasses import replace

from backend.conversations import simulator
from backend.kit import ids


def test_production_has_no_simulator(settings):
    assert simulator.blueprints(replace(settings, mode="production")) == []


def test_the_page_asks_nobody_outside(http):
    page = http.get("/simulator")
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "http" not in page.text.replace("http-equiv", "")


def test_a_message_of_the_simulator_is_a_signed_webhook(helpline, bot, phone, http):
    form = {"MessageSid": f"SM{ids.new_id().hex}", "From": f"whatsapp:{phone}", "To": f"whatsapp:{helpline.whatsapp}"}
    sent = http.post("/simulator/send", json={"path": "/twilio/messages", "form": form | {"Body": "hello"}})
    assert sent.json["status"] == 200
    helpline.run_jobs()
    assert "Hello" in helpline.said(phone)


def test_a_call_of_the_simulator_plays_twiml(helpline, bot, phone, http):
    form = {"CallSid": f"CA{ids.new_id().hex}", "From": phone, "To": helpline.voice}
    assert "<Gather" in http.post("/simulator/send", json={"path": "/twilio/voice", "form": form}).json["body"]


def test_it_signs_nothing_but_webhooks(http):
    answer = http.post("/simulator/send", json={"path": "/api/v1/me", "form": {}})
    assert answer.status_code == 422


def test_a_photo_is_kept_for_the_webhook_to_fetch(http):
    url = http.post("/simulator/media", data=b"\xff\xd8photo", content_type="application/octet-stream").json["url"]
    assert http.get(url.replace("https://careline.test", "")).data == b"\xff\xd8photo"


def test_the_cast_names_every_hotline(helpline, http):
    known = http.get("/simulator/cast").json["clients"]
    assert helpline.whatsapp in {one["whatsapp"] for one in known}
