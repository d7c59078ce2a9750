"""Who stands at the desk: by the card's QR, by a number, or without a card by number and date of birth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.clients.registry import client_by_id
from backend.errors import Forbidden, TooManyRequests
from backend.integrations import registry
from backend.kit import clock
from backend.kit.rate import RateLimit
from backend.members import card_qr
from backend.members import queries as members
from backend.members.card_qr import CardClaims
from backend.members.models import Card, Member
from backend.members.service.verification import OTHER_CLIENT, REVOKED
from backend.visits.rules import attendance
from backend.visits.rules.attendance import Shown

_GUESSES = RateLimit(30, seconds=300)
"""Numbers that nobody has, by person and process: a desk mistypes, a thief tries them one after the other."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the desk read or typed."""

    qr: str | None = None
    card_number: str | None = None
    member_number: str | None = None
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Who it is and what they showed; ``problem`` says why what they showed does not count."""

    shown: Shown
    member: Member | None = None
    card: Card | None = None
    problem: str | None = None
    client: str | None = None
    """The slug on a card of another client, for a desk that works there too."""


def facility_of(scope: Scope) -> UUID:
    """The facility the actor sits in; raises Forbidden ``visits.no_facility``."""
    if scope.actor.provider_id is None:
        raise Forbidden(attendance.NO_FACILITY)
    return scope.actor.provider_id


def identify(scope: Scope, asked: Asked) -> Person:
    """The person, or the problem. A problem leaves an audit row; too many numbers of nobody raise TooManyRequests."""
    person = _found(scope, asked)
    if person.problem is not None:
        note_refusal(scope, "card", person.problem, person.card.id if person.card else None, person.member)
    if person.problem == attendance.NOT_RECOGNISED:
        wait = _GUESSES.wait(str(scope.actor.id), clock.now())
        if wait:
            raise TooManyRequests(retry_after_seconds=wait, keeps_changes=True)
    return person


def note_refusal(
    scope: Scope, object_type: str, reason: str, object_id: UUID | None = None, member: Member | None = None
) -> None:
    """The audit row of something that was shown and did not count."""
    member_id = member.id if member else None
    audit.record(scope, "refused", object_type, object_id, member_id=member_id, fields=[reason])


def _found(scope: Scope, asked: Asked) -> Person:
    if asked.qr is not None:
        return _by_qr(scope, asked.qr)
    if asked.card_number is not None:
        card = members.card_by_number(scope, asked.card_number)
        return _holder(scope, card, Shown.CARD_NUMBER)
    member = members.by_number(scope, asked.member_number or "")
    if member is None or member.birth_date != asked.birth_date:
        return Person(Shown.NOTHING, problem=attendance.NOT_RECOGNISED)
    return Person(Shown.NOTHING, member)


def _by_qr(scope: Scope, text: str) -> Person:
    reading = card_qr.read(registry.current().settings.card_keys, text.strip(), clock.now())
    if reading.claims is None:
        return Person(Shown.CARD_QR, problem=reading.problem)
    if reading.claims.client != client_by_id(scope.client_id).slug:
        return Person(Shown.CARD_QR, problem=OTHER_CLIENT, client=reading.claims.client)
    return _of_claims(scope, reading.claims, reading.problem)


def _of_claims(scope: Scope, claims: CardClaims, problem: str | None) -> Person:
    person = _holder(scope, members.card_by_number(scope, claims.card_number), Shown.CARD_QR)
    if person.problem == attendance.NOT_RECOGNISED:
        return Person(Shown.CARD_QR, problem=card_qr.FOREIGN)
    return Person(person.shown, person.member, person.card, person.problem or problem)


def _holder(scope: Scope, card: Card | None, shown: Shown) -> Person:
    if card is None:
        return Person(shown, problem=attendance.NOT_RECOGNISED)
    return Person(shown, members.member(scope, card.member_id), card, REVOKED.get(card.status))
