"""Access tokens: short-lived, signed, carrying the scope so that a hot read needs no look-up."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from uuid import UUID

import jwt

from backend.access import Actor, Role
from backend.errors import Unauthorized
from backend.kit import clock

_ISSUER = "careline"
_AUDIENCE = "careline-api"
_ALGORITHM = "HS256"


def issue(key: str, client_id: UUID, actor: Actor, *, seconds: int) -> str:
    """A token that lets ``actor`` act within one client for ``seconds``."""
    moment = clock.now()
    claims: dict[str, object] = {
        "iss": _ISSUER,
        "aud": _AUDIENCE,
        "iat": moment,
        "exp": moment + timedelta(seconds=seconds),
        "sub": str(actor.id),
        "cid": str(client_id),
        "sid": str(actor.session_id),
        "rol": actor.role.value,
    }
    if actor.member_ids:
        claims["mem"] = [str(member) for member in actor.member_ids]
    if actor.provider_id:
        claims["prv"] = str(actor.provider_id)
    return jwt.encode(claims, key, algorithm=_ALGORITHM)


def read(key: str, token: str) -> tuple[UUID, Actor]:
    """Client and actor of a token; raises Unauthorized for anything forged, foreign or expired."""
    client_id, actor, expires_at = _verified(key, token)
    if expires_at <= clock.now().timestamp():
        raise Unauthorized("access.session_ended")
    return client_id, actor


@lru_cache(maxsize=4096)
def _verified(key: str, token: str) -> tuple[UUID, Actor, float]:
    """What a rightly signed token says and when it ends. A signature that was right stays right, so the calls
    one screen of the app makes pay for it once; what can change, the end of the token and of the sign-in, is
    asked every time elsewhere. Raises Unauthorized, which is never kept."""
    try:
        claims = jwt.decode(
            token,
            key,
            algorithms=[_ALGORITHM],
            audience=_AUDIENCE,
            issuer=_ISSUER,
            options={"require": ["exp", "sub", "cid", "sid", "rol"], "verify_exp": False, "verify_iat": False},
        )
    except jwt.InvalidTokenError as error:
        raise Unauthorized() from error
    provider = claims.get("prv")
    actor = Actor(
        role=Role(claims["rol"]),
        id=UUID(claims["sub"]),
        session_id=UUID(claims["sid"]),
        member_ids=tuple(UUID(member) for member in claims.get("mem", ())),
        provider_id=UUID(provider) if provider else None,
    )
    return UUID(claims["cid"]), actor, claims["exp"]
