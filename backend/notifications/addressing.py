"""Who is written to, where, and in whose name: the addresses and the finished message of one attempt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.accounts.queries import staff_at_client
from backend.branding import links, loader
from backend.branding.vocabulary import own_words
from backend.clients import registry as clients
from backend.integrations import registry
from backend.integrations.mail import MailMessage
from backend.integrations.messaging import OutgoingMessage
from backend.integrations.push import PushMessage
from backend.kit import clock
from backend.languages import Reword, as_written, message
from backend.notifications import queries, rules, wording
from backend.notifications.events import EVENTS, Event
from backend.notifications.models import Notification, NotificationAttempt
from backend.notifications.rules import Channel, QuietHours, Reach

_SMS_SENDER_LENGTH = 11

Outgoing = OutgoingMessage | PushMessage | MailMessage


@dataclass(frozen=True, slots=True)
class Voice:
    """The client's name and numbers; an empty number means that the channel does not exist for the client."""

    slug: str
    name: str
    sms: str
    whatsapp: str
    asks_first: bool = False
    """Who once wrote to us has not agreed yet that we write first: only a stored yes counts."""
    reword: Reword = as_written
    """Puts our texts into the client's own words."""
    mail_sender: str = ""
    support_mail: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to be told: addresses, language, wishes. ``member_id`` is None for a sign-in code and for staff."""

    language: str
    facts: Mapping[str, Any]
    member_id: UUID | None = None
    name: str = ""
    phone: str | None = None
    mail: str | None = None
    devices: tuple[tuple[str, str], ...] = ()
    preferred: tuple[Channel, ...] = ()
    muted: frozenset[str] = field(default_factory=frozenset)
    unwanted: Mapping[str, Any] = field(default_factory=dict)
    quiet: QuietHours | None = rules.DEFAULT_QUIET


def seal_context(notification_id: UUID) -> str:
    """What a sealed code is bound to."""
    return f"notification.sealed/{notification_id}"


def voice_of(scope: Scope) -> Voice:
    """In whose name the client's messages go out; a client without a brand file has no WhatsApp number yet."""
    facts = clients.client_by_id(scope.client_id)
    brand = loader.brand_for(facts)
    return Voice(
        facts.slug,
        brand.name,
        _sms_sender(brand.short_name),
        brand.hotline.whatsapp,
        brand.features.get("whatsapp_opt_in", False),
        own_words(brand.glossary),
        brand.mail_sender,
        brand.support.get("mail", ""),
    )


def _sms_sender(name: str) -> str:
    # A registered sender name; GSM allows eleven letters and digits.
    return "".join(letter for letter in name if letter.isascii() and letter.isalnum())[:_SMS_SENDER_LENGTH]


def person_for(scope: Scope, note: Notification) -> Person:
    """The person behind a notification; a code's phone is unsealed here and nowhere else."""
    if note.staff_id is not None:
        return _colleague(scope, note, note.staff_id)
    if note.member_id is None:
        return _holder_of_code(note)
    member = queries.recipient_of(scope, note.member_id)
    wishes = queries.preference(scope, member.id)
    quiet: QuietHours | None = rules.DEFAULT_QUIET
    if wishes is not None:
        both = wishes.quiet_from is not None and wishes.quiet_until is not None
        quiet = QuietHours(wishes.quiet_from, wishes.quiet_until) if both else None  # type: ignore[arg-type]
    return Person(
        language=member.language,
        facts=note.facts,
        member_id=member.id,
        name=member.full_name,
        phone=member.phone,
        mail=member.email,
        devices=tuple((row.kind, row.value) for row in queries.devices_of(scope, member.id)),
        preferred=tuple(Channel(name) for name in wishes.channels) if wishes else (),
        muted=frozenset(wishes.muted) if wishes else frozenset(),
        unwanted=wishes.unwanted if wishes else {},
        quiet=quiet,
    )


def _colleague(scope: Scope, note: Notification, staff_id: UUID) -> Person:
    """Somebody of the staff, in the client's language; without an address once they no longer work here."""
    language = clients.client_by_id(scope.client_id).default_language
    found = staff_at_client(scope, staff_id=staff_id)
    if found is None:
        return Person(language=language, facts=note.facts, quiet=None)
    return Person(language=language, facts=note.facts, name=found[0].name, mail=found[0].email, quiet=None)


def _holder_of_code(note: Notification) -> Person:
    if note.sealed is None:
        return Person(language="en", facts={})
    ring = registry.current().settings.keys
    secret = json.loads(ring.unseal(note.sealed, seal_context(note.id)))
    return Person(
        language=secret["language"],
        facts=secret["facts"],
        name=secret.get("name", ""),
        phone=secret["phone"],
        mail=secret.get("mail"),
        preferred=(Channel(secret["preferred"]),),
        quiet=None,
    )


def reach_of(scope: Scope, event: Event, person: Person, voice: Voice) -> Reach:
    """Which channels work for this person and event, and which they agreed to or refused."""
    possible = {
        Channel.PUSH: bool(person.devices),
        Channel.SMS: bool(person.phone and voice.sms),
        Channel.MAIL: bool(person.mail),
        Channel.WHATSAPP: bool(person.phone and voice.whatsapp) and _whatsapp_may_speak(scope, event, person),
    }
    refused = queries.opted_out(scope, [address for address in (person.phone, person.mail) if address])
    return Reach(
        possible=[channel for channel, works in possible.items() if works],
        preferred=person.preferred,
        consented=[Channel.WHATSAPP] if _agreed_to_whatsapp(scope, person, voice) else [],
        opted_out=[Channel(channel) for channel, _ in refused],
        unwanted=[Channel(name) for name in person.unwanted.get(event.topic, [])],
    )


def _whatsapp_may_speak(scope: Scope, event: Event, person: Person) -> bool:
    return queries.whatsapp_template(scope, event.name, person.language) is not None or _in_session(scope, person)


def _in_session(scope: Scope, person: Person) -> bool:
    return rules.session_open(queries.last_whatsapp_from(scope, person.phone or ""), clock.now())


def _agreed_to_whatsapp(scope: Scope, person: Person, voice: Voice) -> bool:
    said = queries.agreed_to_whatsapp(scope, person.member_id) if person.member_id else None
    if said is not None:
        return said  # a withdrawal outweighs that they once wrote to us
    if Channel.WHATSAPP in person.preferred:
        return True
    if voice.asks_first:
        return _in_session(scope, person)  # an answer to who has just written is no message of our own
    return bool(person.phone and queries.last_whatsapp_from(scope, person.phone))


def messages_for(scope: Scope, note: Notification, row: NotificationAttempt) -> tuple[Outgoing, ...]:
    """The finished messages of an attempt: one, or one per device for a push."""
    event, person, voice = EVENTS[note.event], person_for(scope, note), voice_of(scope)
    channel, reference = Channel(row.channel), f"attempt:{row.id}"
    brand = loader.brand_for(clients.client_by_id(scope.client_id))
    facts = {**person.facts, "brand": voice.name, "name": person.name}
    said = wording.words(event.name, channel, person.language, facts, voice.reword)
    if channel is Channel.PUSH:
        opens = {"client": voice.slug, "url": links.opening(brand, event.link), "notification": str(note.id)}
        return tuple(
            PushMessage(
                voice.slug, kind, value, said.title, said.text, reference, event.link, urgent=event.urgent, data=opens
            )
            for kind, value in person.devices
        )
    # Who has left, and whom we only know by a number, has no app to open.
    way = links.page(brand, event.link) if person.member_id is not None else ""
    if channel is Channel.MAIL:
        text = _with_way(said.text, way, person.language)
        mail = MailMessage(voice.slug, voice.name, person.mail or "", said.title, text, reference)
        return (replace(mail, sender=voice.mail_sender, reply_to=voice.support_mail),)
    if channel is Channel.SMS:
        return (OutgoingMessage("sms", voice.slug, voice.sms, person.phone or "", said.text, reference),)
    return (_whatsapp(scope, event.name, person, voice, text=said.text, way=way, reference=reference),)


def _with_way(text: str, way: str, language: str) -> str:
    return f"{text}\n\n{message('notifications.open_in_app', language, {'link': way})}" if way else text


def _whatsapp(
    scope: Scope, event: str, person: Person, voice: Voice, *, text: str, way: str, reference: str
) -> OutgoingMessage:
    approved = None if _in_session(scope, person) else queries.whatsapp_template(scope, event, person.language)
    # A text that the vendor approved has the way into the app where it was approved with one.
    shows_way = approved is None or "link" in approved.variables
    variables: dict[str, str] = {}
    if approved is not None:
        known = {**person.facts, "brand": voice.name, "name": person.name, "link": way}
        for place, fact in enumerate(approved.variables, start=1):
            variables[str(place)] = wording.shown_fact(fact, known[fact], person.language)
    return OutgoingMessage(
        channel="whatsapp",
        client=voice.slug,
        sender=voice.whatsapp,
        to=person.phone or "",
        text=_with_way(text, way if shows_way else "", person.language),
        reference=reference,
        template=approved.content_sid if approved else None,
        variables=variables,
    )
