"""One-time codes: made, sent, checked once. Signing in uses them, and so does every step-up of the helpline.

A code is six random digits, kept as a keyed digest of its row; phone and code travel to the sender in a
sealed envelope on that row, so that no job argument and no log ever holds them.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hmac import compare_digest
from uuid import UUID

import orjson

from backend.access import Scope
from backend.accounts import digests, queries, rules
from backend.accounts.models import OneTimeCode, SignInAttempt
from backend.accounts.rules import CodeFacts
from backend.kit import clock, ids


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the sender needs: where to, what, how, in which language."""

    phone: str
    code: str
    channel: str
    language: str


@dataclass(frozen=True, slots=True)
class Asker:
    """Where a request comes from: a network address, and the key of a device if it has one."""

    address: str
    device_key: str | None = None


def _realm(scope: Scope) -> str:
    return str(scope.client_id)


def subject_of(scope: Scope, who: str) -> bytes:
    """The digest of a number or id within the scope's client."""
    return digests.subject(_realm(scope), who)


def note(scope: Scope, kind: str, subject: bytes, network: bytes, *, familiar: bool = False) -> None:
    """Remember an attempt for the speed limits."""
    scope.session.add(
        SignInAttempt(realm=_realm(scope), kind=kind, subject_digest=subject, network_digest=network, familiar=familiar)
    )


def make_code(scope: Scope, purpose: str, subject: bytes, *, network: bytes, phone: str, channel: str) -> OneTimeCode:
    """A new code, stored; the caller enqueues its delivery in the same transaction."""
    code_id = ids.new_id()
    digits = f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}}"
    envelope = orjson.dumps(Envelope(phone, digits, channel, scope.language))
    moment = clock.now()
    row = OneTimeCode(
        client_id=scope.client_id,
        id=code_id,
        created_at=moment,
        purpose=purpose,
        subject_digest=subject,
        network_digest=network,
        code_digest=digests.code(code_id, digits),
        envelope=digests.seal(envelope, context_of(code_id)),
        channel=channel,
        expires_at=moment + rules.CODE_LIFETIME,
    )
    scope.session.add(row)
    scope.session.flush()
    return row


def take_envelope(scope: Scope, code_id: UUID) -> Envelope | None:
    """Open the envelope of a code that is still good, and empty it; None when there is nothing left to send."""
    row = queries.code(scope, code_id)
    if row is None or row.envelope is None:
        return None
    sealed, row.envelope = row.envelope, None
    scope.session.flush()
    if not rules.code_is_live(_facts(row), clock.now()):
        return None
    return Envelope(**orjson.loads(digests.unseal(sealed, context_of(code_id))))


def redeem(
    scope: Scope, purpose: str, subject: bytes, digits: str, *, network: bytes, known_device: bool, under_attack: bool
) -> OneTimeCode | None:
    """Use up the code that these digits are, or count a wrong guess against every code they were compared with."""
    missed: list[tuple[OneTimeCode, bool]] = []
    for row in queries.living_codes(scope, purpose, subject):
        near = known_device or compare_digest(row.network_digest, network)
        if not rules.may_guess(_facts(row), near=near, under_attack=under_attack):
            continue
        if compare_digest(row.code_digest, digests.code(row.id, digits)):
            row.used_at = clock.now()
            row.envelope = None
            scope.session.flush()
            return row
        missed.append((row, near))
    for row, near in missed:
        if near:
            row.guesses_near += 1
        else:
            row.guesses_far += 1
    scope.session.flush()
    return None


def _facts(row: OneTimeCode) -> CodeFacts:
    return CodeFacts(row.expires_at, row.used_at, row.guesses_near, row.guesses_far)


def context_of(code_id: UUID) -> str:
    """What the envelope of this code is sealed for."""
    return f"one_time_code.envelope:{code_id}"
