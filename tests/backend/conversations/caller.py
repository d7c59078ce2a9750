"""Somebody on the telephone, and somebody of the helpline who picks theirs up: both follow what the TwiML says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from sqlalchemy import select

from backend.access import working_for
from backend.conversations.telephone.models import Callback, QueuedCall
from backend.integrations.messaging import SendResult, VendorError
from backend.integrations.telephony import OutgoingCall
from backend.kit import ids

PHONE = {"phone": "+62811222333"}


class Caller:
    """A caller of one hotline. ``heard`` is the TwiML played last, ``path`` where the next input goes."""

    def __init__(self, helpline, phone):
        self.helpline, self.phone, self.sid = helpline, phone, f"CA{ids.new_id().hex}"
        self.heard, self.path, self.waits, self.leaves = "", "/twilio/voice", "", ""

    def send(self, **form):
        return self.ask(self.path, **form)

    def ask(self, path, **form):
        fields = {
            "CallSid": self.sid,
            "From": self.phone,
            "To": self.helpline.voice,
            "CallStatus": "in-progress",
            **form,
        }
        response = self.helpline.post(path, fields)
        assert response.status_code == 200
        assert response.mimetype == "text/xml"
        self.heard = response.text
        self.path = address(self.heard, "action", "turn") or self.path
        self.waits = address(self.heard, "waitUrl", "queue/wait") or self.waits
        self.leaves = address(self.heard, "action", "queue/left") or self.leaves
        return self.heard

    def keys(self, digits):
        return self.send(Digits=digits)

    def says(self, words, confidence="0.9"):
        return self.send(SpeechResult=words, Confidence=confidence)

    def waiting(self):
        """One round in the queue."""
        return self.ask(self.waits, QueueSid=f"QU{self.sid[2:]}", QueueTime="30")

    def leaving(self, result, **form):
        """Twilio says how the call left the queue."""
        return self.ask(self.leaves, QueueResult=result, QueueSid=f"QU{self.sid[2:]}", **form)

    def hangs_up(self):
        form = {"CallSid": self.sid, "To": self.helpline.voice, "CallStatus": "completed"}
        assert self.helpline.post("/twilio/voice/status", form).status_code == 204

    def queued(self, language="2"):
        """Straight to a person."""
        self.send()
        self.keys(language)
        return self.keys("0")


def address(twiml: str, attribute: str, path: str) -> str:
    """The path and query of an attribute that leads to a webhook; '' when there is none."""
    found = re.search(rf'{attribute}="[^"]*?(/twilio/voice/{path}[^"]*)"', twiml)
    return unescape(found[1]).partition("#")[0] if found else ""


@dataclass
class Telephones:
    """A Telephony that rings nobody and remembers what one client asked; ``broken`` makes it refuse so often."""

    client: str
    placed: list[OutgoingCall] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    broken: int = 0

    def call(self, call: OutgoingCall) -> SendResult:
        if call.client != self.client:
            return SendResult(f"CA{ids.new_id().hex}")
        self.fail()
        self.placed.append(call)
        return SendResult(f"CA{len(self.placed):032}")

    def forget_recording(self, recording_sid: str) -> None:
        self.fail()
        self.forgotten.append(recording_sid)

    def forget_queue(self, queue_sid: str) -> None:
        self.forgotten.append(queue_sid)

    def fail(self) -> None:
        if self.broken:
            self.broken -= 1
            raise VendorError("unreachable", permanent=False)


@dataclass
class Desk:
    """The people of a helpline with their telephones, and the one call or call-back that there is."""

    helpline: Any
    telephones: Telephones
    sari: dict[str, str]
    budi: dict[str, str]
    doctor: dict[str, str]

    def only(self, table):
        with working_for(self.helpline.client.id) as scope:
            return scope.session.scalars(select(table).where(table.client_id == scope.client_id)).one()

    def place(self):
        return self.only(QueuedCall)

    def waiting(self):
        return self.helpline.http.get("/api/v1/desk/calls", headers=self.sari).json["items"]

    def answer(self, headers, body=PHONE, http=None):
        path = f"/api/v1/desk/calls/{self.place().id}/answer"
        return (http or self.helpline.http).post(path, headers=headers, json=body)

    def attempt(self, headers, body=PHONE):
        path = f"/api/v1/desk/callbacks/{self.only(Callback).id}/attempt"
        return self.helpline.http.post(path, headers=headers, json=body)

    def rings(self, made):
        """The telephone of whoever has just asked for it."""
        assert made.status_code == 200, made.json
        self.helpline.run_jobs()
        return Agent(self.helpline, self.telephones)


class Agent:
    """Somebody of the helpline whose telephone was rung."""

    def __init__(self, helpline, telephones):
        self.helpline, self.call = helpline, telephones.placed[-1]
        self.sid = f"CA{len(telephones.placed):032}"
        self.heard = ""

    def _post(self, path, **form):
        fields = {"CallSid": self.sid, "From": self.helpline.voice, "To": self.call.to, **form}
        return self.helpline.post(path, fields)

    def _play(self, path, **form):
        response = self._post(path, **form)
        assert response.status_code == 200
        self.heard = response.text
        return self.heard

    def picks_up(self):
        return self._play(self.call.url.partition("careline.test")[2])

    def presses(self, key):
        return self._play(address(self.heard, "action", "agent/accept"), Digits=key)

    def finishes(self, **form):
        return self._play(address(self.heard, "action", "agent/done"), **form)

    def status(self, status):
        path = self.call.status_url.partition("careline.test")[2].partition("#")[0]
        return self._post(path, CallStatus=status).status_code
