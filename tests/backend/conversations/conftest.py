"""A client with a hotline of its own, a bot that says what it is told, and signed webhooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backend.access import Role, working_for
from backend.branding import loader as branding
from backend.clients.registry import ClientFacts
from backend.integrations import registry
from backend.integrations.bot import BotAnswer, BotReply, BotTurn, BotUnavailable
from backend.integrations.twilio.signature import sign
from backend.kit import ids
from tests.backend.conversations.caller import Caller, Desk, Telephones
from tests.factories.accounts import headers_for, make_staff
from tests.factories.clients import make_client
from tests.factories.members import make_member

_numbers = count(10)


@dataclass
class FakeBot:
    """Answers by the words of a message; stops when it is told to."""

    answers: dict[str, BotAnswer] = field(default_factory=dict)
    running: bool = True
    turns: list[BotTurn] = field(default_factory=list)
    during: Callable[[BotTurn], None] | None = None

    def says(
        self,
        words: str,
        *reply_ids: str,
        intent: str = "greet",
        form: str | None = None,
        asked: str | None = None,
        args: dict[str, Any] | None = None,
    ) -> None:
        replies = tuple(BotReply(reply_id, args or {}) for reply_id in reply_ids)
        self.answers[words] = BotAnswer(replies, intent, 0.99, form, asked)

    def take_turn(self, turn: BotTurn) -> BotAnswer:
        if not self.running:
            raise BotUnavailable("timeout")
        self.turns.append(turn)
        if self.during:
            self.during(turn)
        return self.answers.get(turn.message, BotAnswer((BotReply("utter_greet", {}),), "greet", 0.99, None, None))


@pytest.fixture
def bot(app) -> Iterator[FakeBot]:
    """The bot of this process, replaced by one that can be stopped."""
    before = registry.current()
    fake = FakeBot()
    registry.use(replace(before, bot=fake))
    app.extensions["integrations"] = registry.current()
    yield fake
    registry.use(before)
    app.extensions["integrations"] = before


@dataclass
class Helpline:
    """One client's hotline as the outside world sees it."""

    client: ClientFacts
    whatsapp: str
    voice: str
    http: FlaskClient
    run_jobs: Callable[[], None]
    token: str
    public_url: str

    def post(self, path: str, form: dict[str, str], signature: str | None = None) -> TestResponse:
        """A webhook with a right signature, or with the one given."""
        url = f"{self.public_url}{path}"
        right = sign(self.token, url, form)
        parts = urlsplit(path)
        return self.http.post(
            parts.path, query_string=parts.query, data=form, headers={"X-Twilio-Signature": signature or right}
        )

    def writes(self, phone: str, text: str, *, sid: str = "", answer: bool = True, **more: str) -> TestResponse:
        """A WhatsApp message, answered unless told otherwise."""
        form = {
            "MessageSid": sid or f"SM{ids.new_id().hex}",
            "From": f"whatsapp:{phone}",
            "To": f"whatsapp:{self.whatsapp}",
        }
        response = self.post("/twilio/messages", form | {"Body": text, "NumMedia": "0"} | more)
        if answer:
            self.run_jobs()
        return response

    def outbox(self, phone: str, channel: str = "whatsapp") -> list[str]:
        """Texts that went out to a phone, oldest first."""
        rows = self.http.get("/demo/outbox.json").json
        return [row["text"] for row in reversed(rows) if row["to"] == phone and row["channel"] == channel]

    def said(self, phone: str) -> str:
        """The answer that went out last."""
        return self.outbox(phone)[-1]


@pytest.fixture
def helpline(app, http, settings, run_jobs, monkeypatch) -> Helpline:
    """A client whose numbers lead to it."""
    client = make_client()
    serial = next(_numbers)
    brand = branding.brand_for(client)
    voice = f"+6221500{serial:05}"
    line = replace(brand.hotline, voice=voice, shown=voice, whatsapp=f"+62811900{serial:05}", hours="00:00-24:00")
    brand = replace(brand, hotline=line, emergency_number="119")
    known = dict(branding.brands()) | {client.slug: brand}
    monkeypatch.setattr(branding, "brands", lambda: known)
    return Helpline(client, line.whatsapp, line.voice, http, run_jobs, settings.twilio_auth_token, settings.public_url)


@pytest.fixture
def phone(helpline) -> str:
    """A number nobody has used."""
    return f"+62813{next(_numbers):07}{helpline.client.id.int % 10}"


@pytest.fixture
def member(helpline, phone):
    """A member whose number is known."""
    with working_for(helpline.client.id) as scope:
        return make_member(scope, phone=phone, language="en", card=True, full_name="Rina Hartono")


@pytest.fixture
def caller(helpline, bot, phone) -> Caller:
    """Somebody who calls the hotline."""
    return Caller(helpline, phone)


@pytest.fixture
def telephones(app, helpline) -> Iterator[Telephones]:
    """The telephones of the helpline's people, replaced by ones that ring nobody."""
    before = registry.current()
    fake = Telephones(helpline.client.slug)
    registry.use(replace(before, telephony=fake))
    app.extensions["integrations"] = registry.current()
    yield fake
    registry.use(before)
    app.extensions["integrations"] = before


@pytest.fixture
def desk(helpline, telephones) -> Desk:
    """Two agents and a doctor of the helpline."""
    people = [(Role.AGENT, "Sari"), (Role.AGENT, "Budi"), (Role.DOCTOR, "Dewi")]
    signed_in = [
        headers_for(role, helpline.client, staff_id=make_staff(helpline.client, role, name=name))
        for role, name in people
    ]
    return Desk(helpline, telephones, *signed_in)
