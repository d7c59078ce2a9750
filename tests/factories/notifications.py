"""Senders whose answers a test decides, and clients that have a WhatsApp number."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from backend.branding import loader
from backend.branding.loader import Brand
from backend.clients.registry import ClientFacts
from backend.integrations import registry
from backend.integrations.messaging import SendResult

WHATSAPP_NUMBER = "+628119002570"


@dataclass
class ScriptedSender:
    """A MessageSender, PushSender and MailSender: answers in order (an exception is raised), then takes everything."""

    answers: list[Exception | SendResult] = field(default_factory=list)
    seen: list[Any] = field(default_factory=list)

    def send(self, message: Any) -> SendResult:
        self.seen.append(message)
        if self.answers:
            answer = self.answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer
        return SendResult(f"SM{len(self.seen):032}")

    push = send
    mail = send


@contextmanager
def outside(**senders: Any) -> Iterator[None]:
    """Run a block with these (``messaging``, ``push``, ``mail``, ``web_push``) instead of the recorder."""
    before = registry.current()
    registry.use(replace(before, **senders))
    try:
        yield
    finally:
        registry.use(before)


def brand_with_whatsapp(client: ClientFacts) -> Brand:
    """The client's neutral brand with a WhatsApp number of its own."""
    plain = loader.brand_for(client)
    return replace(plain, short_name="Kirana", hotline=replace(plain.hotline, whatsapp=WHATSAPP_NUMBER))
