"""Members sign in: by a code sent to their number, or by a Firebase ID token where the client allows it."""

from __future__ import annotations

from typing import Any

from backend.access import Actor, Role, Scope
from backend.accounts import codes, digests, queries, rules, sessions
from backend.accounts.codes import Asker
from backend.accounts.delivery import SIGN_IN
from backend.accounts.digests import RefreshToken
from backend.accounts.models import Device, Identity
from backend.accounts.tasks import deliver_code
from backend.branding import loader as branding
from backend.clients.registry import client_by_id
from backend.errors import Forbidden, TooManyRequests, Unauthorized
from backend.integrations import registry
from backend.integrations.identity import IdentityRefused
from backend.jobs import enqueue
from backend.kit import clock, ids

_LABEL_LENGTH = 120


def request_sign_in_code(scope: Scope, phone: str, asker: Asker, channel: str) -> None:
    """Send a code to ``phone`` (E.164) unless this network must wait; the caller never learns which.

    Nothing here depends on whether the number belongs to anybody. While somebody has to wait, the code
    they already have stays good. Raises TooManyRequests when a whole network floods us.
    """
    subject, network = codes.subject_of(scope, phone), digests.network(asker.address)
    known_network, known_device = _familiar(scope, phone, network, asker)
    familiar = known_network or known_device
    if not familiar:
        _refuse_flood(scope, network)
    traffic = queries.traffic(scope, "code", subject, network, familiar=familiar)
    next_at = rules.next_code_at(traffic)
    if next_at is not None and clock.now() < next_at:
        return
    codes.note(scope, "code", subject, network, familiar=familiar)
    row = codes.make_code(scope, SIGN_IN, subject, network=network, phone=phone, channel=channel)
    wait = 0 if familiar else rules.delivery_wait(queries.codes_of_realm(scope, str(scope.client_id)))
    enqueue(scope, deliver_code, in_seconds=wait, client_id=str(scope.client_id), code_id=str(row.id))


def sign_in_by_code(scope: Scope, phone: str, digits: str, asker: Asker, label: str) -> dict[str, Any]:
    """Tokens for the right code; raises Unauthorized ``accounts.code_wrong`` for everything else alike."""
    subject, network = codes.subject_of(scope, phone), digests.network(asker.address)
    known_network, known_device = _familiar(scope, phone, network, asker)
    familiar = known_network or known_device
    if not familiar:
        _refuse_flood(scope, network)
    under_attack = queries.strange_guesses(scope, subject) >= rules.ATTACK_GUESSES
    row = codes.redeem(
        scope, SIGN_IN, subject, digits, network=network, known_device=known_device, under_attack=under_attack
    )
    member_ids = sessions.who_may_sign_in(scope, phone)
    if row is None or not member_ids:
        codes.note(scope, "wrong_code", subject, network, familiar=familiar)
        raise Unauthorized(rules.CODE_WRONG, keeps_changes=True)
    codes.note(scope, "signed_in", subject, network, familiar=True)
    return _welcome(scope, phone, asker, label, "code")


def sign_in_by_firebase(scope: Scope, id_token: str, asker: Asker, label: str) -> dict[str, Any]:
    """Tokens for a Firebase ID token with a proven telephone number of one of the client's members.

    Raises Forbidden where the client has not switched it on, Unauthorized for a token that is forged,
    expired, of another project, without a number, or whose number belongs to nobody.
    """
    client = client_by_id(scope.client_id)
    if not branding.feature(client.slug, "firebase_sign_in"):
        raise Forbidden(rules.FIREBASE_OFF)
    _refuse_flood(scope, digests.network(asker.address))
    try:
        proven = registry.current().identity.prove(client.slug, id_token)
    except IdentityRefused as error:
        raise Unauthorized(rules.FIREBASE_REFUSED) from error
    if proven.phone is None or not sessions.who_may_sign_in(scope, proven.phone):
        raise Unauthorized(rules.FIREBASE_REFUSED)
    return _welcome(scope, proven.phone, asker, label, "firebase")


def ensure_identity(scope: Scope, phone: str) -> Identity:
    """The identity of a number (E.164), made when it is needed first."""
    known = queries.identity_of_phone(scope, phone)
    if known is not None:
        return known
    identity = Identity(client_id=scope.client_id, id=ids.new_id(), phone=phone)
    scope.session.add(identity)
    scope.session.flush()
    return identity


def refresh(scope: Scope, token: RefreshToken, key: str | None = None) -> dict[str, Any]:
    """The session's next tokens; raises Unauthorized, and ends the session when the token was used before.

    Asked again with the same ``key`` within a minute it gives the same refresh token.
    """
    return sessions.continue_session(scope, token, key)


def sign_out(scope: Scope) -> None:
    """End the actor's session now."""
    sessions.end_sessions(scope, "signed_out", id=scope.actor.session_id)


def _familiar(scope: Scope, phone: str, network: bytes, asker: Asker) -> tuple[bool, bool]:
    key = digests.device(asker.device_key) if asker.device_key else None
    return queries.is_familiar(scope, phone, network, key)


def _refuse_flood(scope: Scope, network: bytes) -> None:
    if queries.network_is_flooding(scope, network):
        raise TooManyRequests(retry_after_seconds=60)


def _welcome(scope: Scope, phone: str, asker: Asker, label: str, method: str) -> dict[str, Any]:
    moment = clock.now()
    identity = ensure_identity(scope, phone)
    identity.last_signed_in_at = moment
    key = asker.device_key or ids.new_secret()
    device = queries.device_by_key(scope, identity.id, digests.device(key))
    if device is None:
        device = Device(
            client_id=scope.client_id, id=ids.new_id(), identity_id=identity.id, key_digest=digests.device(key)
        )
        scope.session.add(device)
    device.network_digest = digests.network(asker.address)
    device.label = label[:_LABEL_LENGTH] or "?"
    device.last_seen_at = moment
    scope.session.flush()
    actor = Actor(Role.MEMBER, id=identity.id, member_ids=sessions.members_of_identity(scope, phone))
    return sessions.open_session(scope, actor=actor, method=method, device_id=device.id) | {"device_key": key}
