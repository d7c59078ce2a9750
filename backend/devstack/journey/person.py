"""A member of the demo, signed in, with a WhatsApp chat in a language."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

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

    @property
    def today(self) -> date:
        """The date at the client's seat."""
        return datetime.now(ZoneInfo(self.client["timezone"])).date()

    @property
    def member_id(self) -> str:
        """Who is signed in."""
        return str(self.get("/api/v1/me")["member_id"])

    def as_staff(self, role: str, place: int = 0) -> Colleague:
        """Somebody who works at the client, signed in: the first of the role, or the one at ``place``."""
        return Colleague(self, member_steps.staff_token(self.stack, role, self.client["slug"], place))

    def chat(self) -> WhatsApp:
        """Their chat with the client's number."""
        return WhatsApp(self.stack, self.phone, self.client["whatsapp_number"])

    def call(self) -> PhoneCall:
        """A call of theirs to the client's hotline, not dialled yet."""
        return PhoneCall(self.stack, self.phone, self.client["voice_number"])

    def get(self, path: str) -> Any:
        """What the app reads for them."""
        return self.stack.call("GET", path, token=self.token, language=self.language)

    def post(self, path: str, *, status: int = 201, as_of: datetime | None = None, **body: Any) -> Any:
        """What the app sends for them."""
        return Colleague(self, self.token).do("POST", path, body, status=status, as_of=as_of)

    def photos(self, count: int) -> list[tuple[str, str]]:
        """New photos of receipts, where Twilio would keep them."""
        kept = []
        for _ in range(count):
            data, _truth = receipt_photo(1000 + secrets.randbelow(100_000), _COUNTRY[self.language], "jpeg")
            url = self.stack.call("POST", "/simulator/media", data=data)["url"]
            kept.append((url, "image/jpeg"))
        return kept


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody at a desk, working on what concerns a person."""

    person: Person
    token: str

    def get(self, path: str, *, as_of: datetime | None = None) -> Any:
        """Read something."""
        person = self.person
        return person.stack.call("GET", path, token=self.token, language=person.language, as_of=as_of)

    def do(self, method: str, path: str, body: Any = None, *, status: int = 200, as_of: datetime | None = None) -> Any:
        """Do something; with a body or without."""
        more = {} if body is None else {"json": body}
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        person = self.person
        return person.stack.call(
            method,
            path,
            token=self.token,
            language=person.language,
            status=status,
            headers=headers,
            as_of=as_of,
            **more,
        )

    def give(self, path: str, data: bytes, *, status: int = 200) -> Any:
        """Hand a file over."""
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        files = {"file": ("file", data)}
        return self.person.stack.call("POST", path, token=self.token, status=status, headers=headers, files=files)
