"""Who works at the desk, and a way to be signed in as them in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import pyotp
from playwright.sync_api import Browser, Page

from backend.access import Actor, Role, Scope, working_for
from backend.accounts import digests, passwords
from backend.accounts.models import Staff
from backend.clients.registry import ClientFacts
from backend.conversations.models import Conversation
from backend.helpline import service as helpline
from backend.helpline.models import HelplineCase
from backend.helpline.service import Caller
from backend.kit import clock, ids
from tests.factories.accounts import make_staff
from tests.factories.cases import make_message
from tests.web.people import Family
from tests.web.signed_in import sign_staff_in, window

PASSWORD = "a long word for the desk"
TABLE = {"viewport": {"width": 1280, "height": 800}, "service_workers": "block"}
POCKET = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "service_workers": "block"}


@dataclass(frozen=True)
class Colleague:
    """A member of staff with an authenticator."""

    client: ClientFacts
    id: UUID
    name: str
    role: Role
    email: str
    secret: str

    def code(self) -> str:
        """What the authenticator shows now."""
        return pyotp.TOTP(self.secret).at(clock.now())


def make_colleague(client: ClientFacts, role: Role = Role.AGENT, name: str = "Sari Wulandari") -> Colleague:
    """Somebody who works at the desk of the client."""
    secret, email = passwords.new_totp_secret(), f"{ids.new_id().hex[-12:]}@desk.example"
    staff_id = make_staff(client, role, name=name, email=email, password_hash=passwords.hashed(PASSWORD))
    with working_for(client.id) as scope:
        _enrol(scope, staff_id, secret)
    return Colleague(client, staff_id, name, role, email, secret)


def _enrol(scope: Scope, staff_id: UUID, secret: str) -> None:
    staff = scope.session.get_one(Staff, staff_id)
    staff.totp_secret = digests.seal(secret.encode(), f"staff.totp_secret:{staff_id}")
    staff.totp_confirmed_at = clock.now()


def family_case(
    family: Family,
    words: str = "Saya ingin berbicara dengan petugas",
    *,
    reason: str = "person",
    channel: str = "app",
    language: str = "id",
    known: bool = True,
    **facts: object,
) -> HelplineCase:
    """A case of the employee in their own thread, opened the way the bot opens it."""
    member_id = family.member_ids[0]
    with working_for(family.client.id, channel=channel) as scope:
        thread = _thread_of(scope, member_id if known else None, language, channel)
        make_message(scope, thread.id, words, language=language, channel=channel)
        caller = Caller(member_id if known else None, language, channel)
        return helpline.open_case(scope, thread.id, reason, caller=caller, **facts)


def _thread_of(scope: Scope, member_id: UUID | None, language: str, channel: str) -> Conversation:
    row = Conversation(
        client_id=scope.client_id,
        member_id=member_id,
        language=language,
        language_chosen=True,
        channel=channel,
        last_inbound_at=clock.now(),
    )
    scope.session.add(row)
    scope.session.flush()
    return row


def says(case: HelplineCase, text: str, **facts: object) -> None:
    """The member writes one more thing."""
    with working_for(case.client_id) as scope:
        make_message(scope, case.conversation_id, text, language=case.language, channel=case.channel, **facts)


@contextmanager
def at_the_desk(browser: Browser, site: str, who: Colleague, place: str = "/", **options: object) -> Iterator[Page]:
    """The desk in a window of its own, as somebody who signed in earlier on this device."""
    with window(browser, TABLE, options) as page:
        sign_staff_in(page, site, "desk", who.client, Actor(who.role, id=who.id), place=place)
        yield page
