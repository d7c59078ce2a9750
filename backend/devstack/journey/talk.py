"""How the journey speaks: plain HTTP, Twilio's signed webhooks, and the outbox of the demo."""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from xml.etree import ElementTree as ET  # noqa: S405 - reads TwiML that our own stack made

import requests
from twilio.request_validator import RequestValidator

from backend.rehearsed_time import HEADER

Found = TypeVar("Found")

_TIMEOUT_SECONDS = 20
_PATIENCE_SECONDS = 30
_QUIET_SECONDS = 2.0
_QUIET_TRIES = 10
_PATIENCE_TURNS = 15


class WrongAnswer(AssertionError):
    """The stack did not do what the journey expects."""


def expect(condition: object, what: str) -> None:
    """Raises WrongAnswer with ``what`` unless the condition holds."""
    if not condition:
        raise WrongAnswer(what)


def eventually(look: Callable[[], Found | None], what: str, seconds: float = _PATIENCE_SECONDS) -> Found:
    """What ``look`` gives once it gives something; raises WrongAnswer after ``seconds``."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.25)
    raise WrongAnswer(f"{what} did not happen within {seconds:.0f} s")


@dataclass(slots=True)
class Stack:
    """The running stack as ``.local/demo.json`` describes it."""

    demo: dict[str, Any]
    web: requests.Session = field(default_factory=requests.Session)

    @classmethod
    def of(cls, file: Path) -> Stack:
        """Read the description; raises WrongAnswer when nothing runs."""
        expect(file.exists(), f"{file} is missing: start the stack with `make run`")
        return cls(json.loads(file.read_text()))

    @property
    def base(self) -> str:
        """Where the stack answers."""
        return str(self.demo["base_url"])

    def client(self, slug: str) -> dict[str, Any]:
        """A client's numbers and languages."""
        return next(client for client in self.demo["clients"] if client["slug"] == slug)

    def member(self, slug: str, role: str = "employee") -> dict[str, Any]:
        """The first member of a client in that role."""
        return next(one for one in self.demo["members"] if one["client"] == slug and one["role"] == role)

    def staff(self, role: str, slug: str, place: int = 0) -> dict[str, Any]:
        """A demo sign-in: the first of a role, or the one at ``place``."""
        return [one for one in self.demo["staff"] if one["role"] == role and one["client"] in {slug, None}][place]

    def call(
        self,
        method: str,
        path: str,
        *,
        token: str | None = None,
        language: str = "en",
        status: int = 200,
        as_of: datetime | None = None,
        **rest: Any,
    ) -> Any:
        """One request below the base, at another moment with ``as_of``; raises WrongAnswer on any other status."""
        headers = {"Accept-Language": language, **rest.pop("headers", {})}
        if as_of is not None:
            headers[HEADER] = as_of.isoformat()
        if token:
            headers["Authorization"] = f"Bearer {token}"
        answer = self.web.request(method, self.base + path, headers=headers, timeout=_TIMEOUT_SECONDS, **rest)
        expect(
            answer.status_code == status,
            f"{method} {path}: {answer.status_code} instead of {status}: {answer.text[:400]}",
        )
        return answer.json() if "json" in answer.headers.get("Content-Type", "") else answer.content

    def outbox(self, to: str, since: set[str] | None = None) -> list[dict[str, Any]]:
        """What would have gone out to ``to``, oldest first, without the ids in ``since``."""
        kept = self.call("GET", "/demo/outbox.json")
        mine = [one for one in kept if one["to"].endswith(to.lstrip("+")) and one["id"] not in (since or set())]
        return list(reversed(mine))

    def code_for(self, phone: str, since: set[str]) -> str:
        """The six digits of the newest message to ``phone``."""

        def look() -> str | None:
            for message in reversed(self.outbox(phone, since)):
                found = re.search(r"\b(\d{6})\b", message["text"])
                if found:
                    return found.group(1)
            return None

        return eventually(look, "a sign-in code in the outbox")

    def twilio(self, path: str, form: dict[str, str], *, signature: str | None = None, status: int = 200) -> bytes:
        """A webhook as Twilio would send it, signed over the stack's public address."""
        form = {"AccountSid": "AC" + "0" * 32, **form}
        signed = signature or RequestValidator(self.demo["twilio_auth_token"]).compute_signature(self.base + path, form)
        return bytes(self.call("POST", path, data=form, headers={"X-Twilio-Signature": signed}, status=status))


@dataclass(slots=True)
class WhatsApp:
    """A person's WhatsApp chat with a client's number."""

    stack: Stack
    phone: str
    number: str

    def say(self, text: str, *, sid: str | None = None, media: list[tuple[str, str]] | None = None) -> str:
        """Send one message and give back what was answered to it, all lines together."""
        before = {message["id"] for message in self.stack.outbox(self.phone)}
        self.send(text, sid=sid, media=media)
        return self._answer(before, repr(text))

    def _answer(self, before: set[str], to: str) -> str:
        eventually(lambda: self.stack.outbox(self.phone, before), f"an answer to {to}")
        time.sleep(0.6)  # a reply may be two messages
        return "\n".join(message["text"] or "" for message in self.stack.outbox(self.phone, before))

    def wait_for_quiet(self) -> None:
        """Let what is on its way to this phone arrive: a notice about something else is no answer to a question."""
        for _ in range(_QUIET_TRIES):
            before = {message["id"] for message in self.stack.outbox(self.phone)}
            time.sleep(_QUIET_SECONDS)
            if not self.stack.outbox(self.phone, before):
                return

    def share_place(self, latitude: float, longitude: float) -> str:
        """Share a pin and give back what was answered to it."""
        before = {message["id"] for message in self.stack.outbox(self.phone)}
        self.send("", place=(latitude, longitude))
        return self._answer(before, "a shared place")

    def send(
        self,
        text: str,
        *,
        sid: str | None = None,
        media: list[tuple[str, str]] | None = None,
        place: tuple[float, float] | None = None,
    ) -> None:
        """Send one message and do not wait."""
        form = {
            "MessageSid": sid or "SM" + uuid.uuid4().hex,
            "From": f"whatsapp:{self.phone}",
            "To": f"whatsapp:{self.number}",
            "WaId": self.phone.lstrip("+"),
            "Body": text,
            "NumMedia": str(len(media or [])),
        }
        if place is not None:
            form["Latitude"], form["Longitude"] = map(str, place)
        for at, (url, kind) in enumerate(media or []):
            form[f"MediaUrl{at}"], form[f"MediaContentType{at}"] = url, kind
        self.stack.twilio("/twilio/messages", form)


@dataclass(slots=True)
class PhoneCall:
    """A call to a client's hotline: hears prompts, presses keys, speaks."""

    stack: Stack
    phone: str
    number: str
    sid: str = field(default_factory=lambda: "CA" + uuid.uuid4().hex)
    action: str = "/twilio/voice"

    def dial(self) -> str:
        """Call, and hear the first prompt."""
        return self._turn({"CallStatus": "ringing", "Direction": "inbound"})

    def press(self, digits: str) -> str:
        """Keys on the phone."""
        return self._turn({"Digits": digits, "CallStatus": "in-progress"})

    def speak(self, words: str) -> str:
        """What the speech recogniser would hand over."""
        return self._turn({"SpeechResult": words, "Confidence": "0.9", "CallStatus": "in-progress"})

    def _turn(self, form: dict[str, str]) -> str:
        said: list[str] = []
        for _ in range(_PATIENCE_TURNS):
            call = {"CallSid": self.sid, "From": self.phone, "To": self.number, "CallStatus": "in-progress"}
            tree = ET.fromstring(self.stack.twilio(self.action, {**call, **form}))  # noqa: S314
            said += [text.strip() for node in tree.iter("Say") for text in node.itertext() if text.strip()]
            listening, elsewhere = tree.find("Gather"), tree.find("Redirect")
            if listening is not None:
                self.action = self._path(listening.get("action") or "")
                break
            if elsewhere is None:
                break
            self.action, form = self._path((elsewhere.text or "").strip()), {}
            time.sleep(1)
        return " ".join(said)

    def _path(self, address: str) -> str:
        return address.removeprefix(self.stack.base)
