"""Keys of hospital systems: made by administrators for one facility, shown once, kept as a digest (S4-27).

A key says which client it is of, because nobody is signed in when it is read: ``clk_<client and key>_<secret>``.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.access import Actor, Role, Scope
from backend.audit import service as audit
from backend.errors import Forbidden, Unauthorized
from backend.kit import clock, ids
from backend.providers import queries as providers
from backend.visits import queries
from backend.visits.models import ApiKey
from backend.visits.rules import keys
from backend.visits.rules.keys import KeyFacts, KeyScope

PREFIX = "clk"
UNKNOWN = "visits.key_unknown"
NOT_FOR_THIS = "visits.key_not_for_this"
_NOTED_EVERY = timedelta(minutes=1)


def make_key(
    scope: Scope, *, provider_id: UUID, label: str, scopes: Sequence[str], expires_at: datetime | None = None
) -> tuple[ApiKey, str]:
    """A new key of a facility and its text, which is never shown again. Raises NotFound for an unknown facility."""
    facility = providers.provider(scope, provider_id)
    key_id, secret = ids.new_id(), secrets.token_urlsafe(32)
    place = base64.urlsafe_b64encode(scope.client_id.bytes + key_id.bytes).decode().rstrip("=")
    key = ApiKey(
        client_id=scope.client_id,
        id=key_id,
        provider_id=facility.id,
        label=label,
        ending=secret[-4:],
        secret_digest=_digest(secret),
        scopes=sorted(set(scopes)),
        created_by=scope.actor.id,
        expires_at=expires_at,
    )
    scope.session.add(key)
    scope.session.flush()
    audit.record(scope, "create", "api_key", key.id)
    return key, f"{PREFIX}.{place}.{secret}"


def revoke_key(scope: Scope, key_id: UUID) -> ApiKey:
    """The key opens nothing from now on; revoking twice is revoking once. Raises NotFound."""
    key = queries.api_key(scope, key_id)
    if key.revoked_at is None:
        key.revoked_at, key.revoked_by = clock.now(), scope.actor.id
        scope.session.flush()
        audit.record(scope, "update", "api_key", key.id, fields=["revoked_at"])
    return key


def list_keys(scope: Scope, provider_id: UUID | None = None) -> list[dict[str, Any]]:
    """The client's keys, the newest first, without their secrets."""
    return [key_answer(scope, key, facility) for key, facility in queries.api_keys(scope, provider_id)]


def key_answer(scope: Scope, key: ApiKey, facility: str | None = None) -> dict[str, Any]:
    """A key without its secret."""
    return {
        "id": key.id,
        "provider": {
            "id": key.provider_id,
            "name": facility or providers.provider(scope, key.provider_id).name,
        },
        "label": key.label,
        "ending": key.ending,
        "scopes": key.scopes,
        "created_at": key.created_at,
        "expires_at": key.expires_at,
        "last_used_at": key.last_used_at,
        "revoked_at": key.revoked_at,
        "live": keys.is_live(_facts(key), clock.now()),
    }


def actor_of_key(scope: Scope, key_id: UUID, secret: str, wanted: KeyScope) -> Actor:
    """The facility's system behind a key, in the scope of the key's client; the use is noted once a minute.

    Raises Unauthorized ``visits.key_unknown`` for a wrong, revoked or expired key alike, Forbidden
    ``visits.key_not_for_this`` when the key was not let do this.
    """
    key = scope.session.get(ApiKey, (scope.client_id, key_id))
    if key is None or not hmac.compare_digest(key.secret_digest, _digest(secret)):
        raise Unauthorized(UNKNOWN)
    now = clock.now()
    if not keys.is_live(_facts(key), now):
        raise Unauthorized(UNKNOWN)
    if not keys.may(_facts(key), wanted):
        raise Forbidden(NOT_FOR_THIS, {"scope": wanted})
    if key.last_used_at is None or now - key.last_used_at >= _NOTED_EVERY:
        key.last_used_at = now
    return Actor(Role.PROVIDER, id=key.id, provider_id=key.provider_id)


def _facts(key: ApiKey) -> KeyFacts:
    return KeyFacts(key.scopes, key.expires_at, key.revoked_at)


def _digest(secret: str) -> bytes:
    """A plain digest is enough: the secret is 256 bits of chance, not something a person thought of."""
    return hashlib.sha256(secret.encode()).digest()
