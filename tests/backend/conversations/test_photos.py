"""Photos of a message: fetched from where they may be, stored once, put on the claim."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from sqlalchemy import select

from backend.access import working_for
from backend.claims.models import Claim
from backend.claims.queries import attached_to
from backend.conversations.models import Conversation, Message
from backend.integrations.messaging import VendorError
from backend.integrations.twilio import media
from backend.integrations.twilio.media import TwilioMedia
from backend.kit import clock
from tests.factories.providers import make_provider


def photo(number: int) -> bytes:
    """A picture with something on it."""
    picture = Image.new("RGB", (900, 1200), "white")
    draw = ImageDraw.Draw(picture)
    for row in range(20):
        draw.text((60, 60 + row * 50), f"Receipt {number} line {row}: 125.000", fill="black", font_size=32)
    kept = BytesIO()
    picture.save(kept, "JPEG")
    return kept.getvalue()


@pytest.fixture
def photo_host():
    """A host on loopback that keeps photos by their path."""
    files = {}

    class Files(BaseHTTPRequestHandler):
        def do_GET(self):  # noqa: N802 - the name of the base class
            found = files.get(self.path)
            if isinstance(found, str):
                self.send_response(302)
                self.send_header("Location", found)
                self.end_headers()
                return
            self.send_response(200 if found else 404)
            self.send_header("Content-Length", str(len(found or b"")))
            self.end_headers()
            self.wfile.write(found or b"")

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield files, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _last_in(helpline) -> Message:
    with working_for(helpline.client.id) as scope:
        query = select(Message).where(Message.client_id == scope.client_id, Message.direction == "in")
        return scope.session.scalars(query.order_by(Message.created_at.desc())).first()


def test_several_photos_of_one_message_become_documents(helpline, bot, phone, photo_host):
    files, base = photo_host
    files |= {"/a": photo(1), "/b": photo(2)}
    helpline.writes(phone, "here", NumMedia="2", MediaUrl0=f"{base}/a", MediaUrl1=f"{base}/b")
    assert bot.turns[-1].message == '/send_photos{"photo_count": "2"}'
    assert all("document_id" in item for item in _last_in(helpline).media)
    assert helpline.outbox(phone)[0] == "2 foto diterima."


def test_a_file_that_is_no_photo_is_answered_with_the_reason(helpline, bot, phone, photo_host):
    files, base = photo_host
    files["/x"] = b"MZ this is a program"
    helpline.writes(phone, "", NumMedia="1", MediaUrl0=f"{base}/x")
    assert "JPEG, PNG, HEIC" in helpline.said(phone)
    assert bot.turns == []


def test_photos_of_a_form_become_the_claims_papers(helpline, bot, phone, member, photo_host):
    files, base = photo_host
    files |= {"/a": photo(1), "/b": photo(2)}
    bot.running = False
    helpline.writes(phone, "my card")
    helpline.writes(phone, "17-05-1990")
    bot.running = True
    bot.says(
        '/send_photos{"photo_count": "2"}', "utter_ask_claim_photos", form="reimbursement_form", asked="claim_photos"
    )
    helpline.writes(phone, "", NumMedia="2", MediaUrl0=f"{base}/a", MediaUrl1=f"{base}/b")
    slots = {
        "claim_benefit": "outpatient",
        "claim_treatment_date": clock.now().date().isoformat(),
        "claim_amount": "250000",
    }
    bot.during = lambda turn: helpline.http.post(
        "/internal/helpline/actions/action_submit_reimbursement",
        json={"conversation": turn.slots["conversation"], "slots": slots},
        headers={"X-Careline-Actions-Secret": "rehearsal-actions-secret"},
    )
    helpline.writes(phone, "done")
    with working_for(helpline.client.id) as scope:
        claim = scope.session.scalars(select(Claim).where(Claim.client_id == scope.client_id)).one()
        assert claim.claimed_minor == 25_000_000
        assert len({paper.document_id for paper in attached_to(scope, claim.id)}) == 2


def test_photos_sent_before_the_sender_is_proved_are_theirs_afterwards(helpline, bot, phone, member, photo_host):
    files, base = photo_host
    files |= {"/a": photo(3), "/b": photo(4)}
    helpline.writes(phone, "", NumMedia="2", MediaUrl0=f"{base}/a", MediaUrl1=f"{base}/b")
    bot.running = False
    helpline.writes(phone, "my card")
    helpline.writes(phone, "17-05-1990")
    bot.running = True
    slots = {"claim_benefit": "outpatient", "claim_treatment_date": clock.now().date().isoformat()}
    bot.during = lambda turn: helpline.http.post(
        "/internal/helpline/actions/action_submit_reimbursement",
        json={"conversation": turn.slots["conversation"], "slots": slots | {"claim_provider": "Klinik Sehat"}},
        headers={"X-Careline-Actions-Secret": "rehearsal-actions-secret"},
    )
    helpline.writes(phone, "done")
    with working_for(helpline.client.id) as scope:
        claim = scope.session.scalars(select(Claim).where(Claim.client_id == scope.client_id)).one()
        assert claim.provider_name == "Klinik Sehat"
        assert len({paper.document_id for paper in attached_to(scope, claim.id)}) == 2


class TestWhereFilesMayBe:
    def test_another_host_is_never_asked(self, settings):
        with pytest.raises(VendorError, match="media_refused"):
            TwilioMedia(settings).fetch("https://evil.example/photo.jpg")

    def test_a_redirect_to_another_host_is_not_followed(self, settings, photo_host):
        files, base = photo_host
        files["/away"] = "https://evil.example/photo.jpg"
        with pytest.raises(VendorError, match="media_refused"):
            TwilioMedia(settings).fetch(f"{base}/away")

    def test_a_file_larger_than_whatsapp_allows_is_dropped(self, settings, photo_host, monkeypatch):
        files, base = photo_host
        files["/big"] = b"x" * 2000
        monkeypatch.setattr(media, "MAX_BYTES", 1000)
        with pytest.raises(VendorError, match="media_too_large"):
            TwilioMedia(settings).fetch(f"{base}/big")

    def test_a_file_that_is_gone_is_a_lasting_refusal(self, settings, photo_host):
        with pytest.raises(VendorError) as refusal:
            TwilioMedia(settings).fetch(f"{photo_host[1]}/nothing")
        assert refusal.value.permanent


def test_a_shared_place_is_answered_without_the_bot(helpline, bot, phone):
    with working_for(helpline.client.id) as scope:
        make_provider(scope, name="Klinik Dekat Sini", latitude=3.5896, longitude=98.6739)
    helpline.writes(phone, "", Latitude="3.59", Longitude="98.67")
    assert "Klinik Dekat Sini" in helpline.said(phone)
    assert bot.turns == []


def test_a_place_that_was_asked_for_a_clinic_is_answered_with_clinics(helpline, bot, phone):
    with working_for(helpline.client.id) as scope:
        make_provider(scope, name="Apotek Dekat", kind="pharmacy", latitude=3.5901, longitude=98.6701)
        make_provider(scope, name="Klinik Agak Jauh", latitude=3.5896, longitude=98.6739)
    helpline.writes(phone, "nearest clinic?")
    with working_for(helpline.client.id) as scope:
        thread = scope.session.scalars(select(Conversation).where(Conversation.client_id == scope.client_id)).one()
        thread.state = {**thread.state, "awaits": "town", "provider_kind": "clinic"}
    helpline.writes(phone, "", Latitude="3.59", Longitude="98.67")
    assert "Klinik Agak Jauh" in helpline.said(phone)
    assert "Apotek Dekat" not in helpline.said(phone)
    helpline.writes(phone, "", Latitude="3.59", Longitude="98.67")
    assert "Apotek Dekat" in helpline.said(phone)


def test_photos_of_a_claim_that_was_given_up_are_not_put_on_the_next_one(helpline, bot, phone, photo_host):
    files, base = photo_host
    files["/a"] = photo(5)
    bot.says('/send_photos{"photo_count": "1"}', "utter_ask_claim_amount", form="reimbursement_form", asked="x")
    bot.says("goodbye", "utter_goodbye", intent="goodbye")
    helpline.writes(phone, "", NumMedia="1", MediaUrl0=f"{base}/a")
    helpline.writes(phone, "goodbye")
    with working_for(helpline.client.id) as scope:
        thread = scope.session.scalars(select(Conversation).where(Conversation.client_id == scope.client_id)).one()
        assert "photos" not in thread.state
