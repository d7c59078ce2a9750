"""Recordings and messages: only after a yes, sealed in our store, gone at Twilio, heard by people of the helpline."""

from dataclasses import dataclass, field, replace

import pytest
from sqlalchemy import select

from backend.access import working_for
from backend.audit.models import AuditRecord
from backend.branding import loader as branding
from backend.conversations.telephone import recording
from backend.conversations.telephone.models import CallRecording, RecordingConsent, Voicemail
from backend.documents.vault import vault_of
from backend.helpline.models import HelplineCase
from backend.integrations import registry
from backend.integrations.messaging import VendorError
from backend.kit import clock, ids

SOUND = b"ID3 please call me about my claim"


@dataclass
class Tapes:
    """A MediaSource that holds every recording; ``broken`` makes it fail so often."""

    broken: int = 0
    fetched: list[str] = field(default_factory=list)

    def fetch(self, url: str) -> bytes:
        if self.broken:
            self.broken -= 1
            raise VendorError("media_unreachable", permanent=False)
        self.fetched.append(url)
        return SOUND

    def forget(self, url: str) -> None:
        raise AssertionError("recordings are forgotten by their id")


@pytest.fixture
def tapes(app, telephones):
    before = registry.current()
    fake = Tapes()
    registry.use(replace(before, media=fake))
    app.extensions["integrations"] = registry.current()
    yield fake
    registry.use(before)
    app.extensions["integrations"] = before


@pytest.fixture
def records(helpline, monkeypatch):
    """A client that records calls, after asking."""
    known = dict(branding.brands())
    brand = known[helpline.client.slug]
    known[helpline.client.slug] = replace(brand, features={**brand.features, "call_recording": True})
    monkeypatch.setattr(branding, "brands", lambda: known)


def rows(helpline, table):
    with working_for(helpline.client.id) as scope:
        return scope.session.scalars(select(table).where(table.client_id == scope.client_id)).all()


def asked(caller):
    caller.send()
    caller.keys("2")
    return caller.keys("0")


def tape(caller, call_id, purpose, sid=""):
    """Twilio says that a recording is ready."""
    sid = sid or f"RE{ids.new_id().hex}"
    form = {
        "CallSid": caller.sid,
        "RecordingSid": sid,
        "RecordingUrl": f"https://api.twilio.com/2010-04-01/Accounts/AC0/Recordings/{sid}",
        "RecordingStatus": "completed",
        "RecordingDuration": "7",
    }
    path = f"/twilio/voice/recording?client={caller.helpline.client.slug}&call={call_id}&purpose={purpose}"
    assert caller.helpline.post(path, form).status_code == 204
    return sid


def joined(desk):
    leg = desk.rings(desk.answer(desk.sari))
    leg.picks_up()
    return leg.presses("1")


def test_a_client_that_does_not_record_asks_nobody(caller, helpline):
    assert "<Enqueue" in asked(caller)
    assert rows(helpline, RecordingConsent) == []


@pytest.mark.parametrize(("answer", "given"), [({"Digits": "1"}, True), ({"Digits": "2"}, False)])
def test_the_answer_is_kept_with_time_language_and_the_words_that_were_said(caller, helpline, records, answer, given):
    assert "May we record this call" in asked(caller)
    assert "<Enqueue" in caller.send(**answer)
    (kept,) = rows(helpline, RecordingConsent)
    assert (kept.given, kept.language, kept.purpose) == (given, "en", "conversation")
    assert (clock.now() - kept.at).total_seconds() < 60
    assert kept.wording == recording.wording(helpline.client, "conversation", "en")
    assert kept.wording != recording.wording(helpline.client, "conversation", "id")


@pytest.mark.parametrize("words", ["yes please", "ya setuju", "sim, concordo"])
def test_a_spoken_yes_is_a_yes_in_every_language(caller, helpline, records, words):
    asked(caller)
    caller.says(words)
    assert rows(helpline, RecordingConsent)[0].given is True


def test_silence_is_a_no_and_holds_nobody_up(caller, helpline, records):
    asked(caller)
    caller.send()
    assert "<Enqueue" in caller.send()
    assert rows(helpline, RecordingConsent)[0].given is False


@pytest.mark.requirement("S0-80")
def test_an_emergency_is_not_asked_and_not_recorded(caller, helpline, records, desk):
    caller.send()
    assert "<Enqueue" in caller.keys("9")
    assert rows(helpline, RecordingConsent) == []
    assert "record" not in joined(desk)


@pytest.mark.parametrize("key", ["1", "2"])
def test_the_talk_is_recorded_only_after_a_yes(caller, records, desk, key):
    asked(caller)
    caller.keys(key)
    assert ('record="record-from-answer-dual"' in joined(desk)) is (key == "1")


def test_a_recording_is_sealed_with_us_and_deleted_at_twilio(caller, helpline, records, desk, tapes):
    asked(caller)
    caller.keys("1")
    place = desk.place()
    sid = tape(caller, place.call_id, "conversation")
    for _ in range(10):
        tape(caller, place.call_id, "conversation", sid)
    helpline.run_jobs()
    (row,) = rows(helpline, CallRecording)
    assert (row.state, row.seconds) == ("ours", 7)
    assert sid in desk.telephones.forgotten
    assert sum(sid in url for url in tapes.fetched) == 1
    name = f"{helpline.client.id}/calls/{row.id.hex}.recording"
    vault = vault_of(registry.current())
    assert vault.get(name) == SOUND
    assert SOUND not in vault.objects.get(name)


def test_a_vendor_that_fails_is_asked_again(caller, helpline, records, desk, tapes):
    asked(caller)
    caller.keys("1")
    tape(caller, desk.place().call_id, "conversation")
    (row,) = rows(helpline, CallRecording)
    tapes.broken = desk.telephones.broken = 1
    for step, before, after in (
        (recording.fetch, "there", "stored"),
        (recording.forget_there, "stored", "ours"),
    ):
        with pytest.raises(VendorError):
            step(row.client_id, row.id)
        assert rows(helpline, CallRecording)[0].state == before
        step(row.client_id, row.id)
        assert rows(helpline, CallRecording)[0].state == after


def test_a_recording_without_a_yes_is_deleted_unheard(caller, helpline, records, desk, tapes):
    asked(caller)
    caller.keys("2")
    sid = tape(caller, desk.place().call_id, "conversation")
    helpline.run_jobs()
    assert not any(sid in url for url in tapes.fetched)
    assert sid in desk.telephones.forgotten
    assert rows(helpline, CallRecording)[0].state == "forgotten"


def test_what_was_kept_long_enough_is_forgotten(caller, helpline, records, desk, tapes):
    asked(caller)
    caller.keys("1")
    tape(caller, desk.place().call_id, "conversation")
    helpline.run_jobs()
    (row,) = rows(helpline, CallRecording)
    assert recording.purge(helpline.client.id) == 0
    with working_for(helpline.client.id) as scope:
        scope.session.get_one(CallRecording, (row.client_id, row.id)).keep_until = clock.today("Asia/Jakarta").replace(
            year=2020
        )
    assert recording.purge(helpline.client.id) == 1
    assert not registry.current().objects.has(f"{row.client_id}/calls/{row.id.hex}.recording")


@pytest.fixture
def message(caller, helpline, desk, tapes):
    """A message that was left instead of waiting."""
    caller.queued()
    caller.waiting()
    caller.keys("2")
    caller.keys("1")
    caller.leaving("leave")
    call_id = desk.place().call_id
    thanks = caller.send(RecordingSid="RE1", RecordingUrl="https://api.twilio.com/x", RecordingDuration="7", Digits="#")
    assert "We have your message" in thanks
    tape(caller, call_id, "voicemail")
    helpline.run_jobs()
    return rows(helpline, Voicemail)[0]


@pytest.mark.requirement("S0-91", "S0-93")
def test_a_message_is_a_case_of_the_desk(message, helpline):
    case = next(one for one in rows(helpline, HelplineCase) if one.id == message.case_id)
    assert case.filled["voicemail"] == str(message.id)
    assert case.priority == "high"


def test_a_message_is_heard_at_the_desk_and_the_look_is_recorded(message, helpline, desk):
    heard = helpline.http.get(f"/api/v1/desk/voicemails/{message.id}/audio", headers=desk.sari)
    assert (heard.data, heard.mimetype) == (SOUND, "audio/mpeg")
    assert heard.headers["Cache-Control"] == "no-store"
    assert rows(helpline, Voicemail)[0].heard_at is not None
    with working_for(helpline.client.id) as scope:
        looks = select(AuditRecord.object_id).where(
            AuditRecord.client_id == scope.client_id, AuditRecord.object_type == "voicemail"
        )
        assert list(scope.session.scalars(looks)) == [message.id]


def test_a_message_nobody_spoke_is_asked_for_once_more_and_then_offered_something_else(caller, helpline):
    caller.queued()
    caller.waiting()
    caller.keys("2")
    caller.keys("1")
    caller.leaving("leave")
    assert "<Record" in caller.send()
    assert "called back press 1" in caller.send()


def test_a_key_during_the_message_still_reaches_a_person(caller, helpline):
    caller.queued()
    caller.waiting()
    caller.keys("2")
    caller.keys("1")
    caller.leaving("leave")
    assert "<Enqueue" in caller.send(RecordingSid="RE1", RecordingUrl="https://api.twilio.com/x", Digits="0")
