"""A member of the demo, signed in, with a WhatsApp chat in a language."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

from backend.devstack.journey import member_steps
from backend.devstack.journey.talk import PhoneCall, Stack, WhatsApp
from backend.devstack.receipts import receipt_photo

_COUNTRY = {"id": "ID", "en": "ID", "pt": "MZ"}


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts in a step, and in which language."""

    stack: Stack
    client: dict[str, Any]
    phone: str
    language: str
    token: str
    born: date

    @classmethod
    def signed_in(cls, stack: Stack, slug: str, position: int, language: str) -> Person:
        """The ``position``-th employee of a client (0 first), signed in by a code from the outbox."""
        employees = [one for one in stack.demo["members"] if one["client"] == slug and one["role"] == "employee"]
        phone = employees[position]["phone"]
        token = str(member_steps.sign_in(stack, slug, phone)["access_token"])
        me = stack.call("GET", "/api/v1/me", token=token)
        card = stack.call("GET", f"/api/v1/members/{me['member_id']}/card", token=token)
        return cls(stack, stack.client(slug), phone, language, token, date.fromisoformat(card["birth_date"]))

    @property
    def birth_digits(self) -> str:
        """The date of birth as one keys it in: day, month, year."""
        return self.born.strftime("%d%m%Y")

    def chat(self) -> WhatsApp:
        """Their chat with the client's number."""
        return WhatsApp(self.stack, self.phone, self.client["whatsapp_number"])

    def call(self) -> PhoneCall:
        """A call of theirs to the client's hotline, not dialled yet."""
        return PhoneCall(self.stack, self.phone, self.client["voice_number"])

    def get(self, path: str) -> Any:
        """What the app reads for them."""
        return self.stack.call("GET", path, token=self.token, language=self.language)

    def photos(self, count: int) -> list[tuple[str, str]]:
        """New photos of receipts, where Twilio would keep them."""
        kept = []
        for _ in range(count):
            data, _truth = receipt_photo(1000 + secrets.randbelow(100_000), _COUNTRY[self.language], "jpeg")
            url = self.stack.call("POST", "/simulator/media", data=data)["url"]
            kept.append((url, "image/jpeg"))
        return kept
