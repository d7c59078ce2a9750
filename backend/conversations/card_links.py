"""Links that a vendor follows to fetch the image of a card: signed, good for a quarter of an hour, no name in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

import jwt

from backend.errors import NotFound
from backend.integrations import registry
from backend.kit import clock

_AUDIENCE = "careline-card-image"
_GOOD_FOR = timedelta(minutes=15)


def links(client_id: UUID, media: Iterable[Mapping[str, str]], language: str) -> tuple[str, ...]:
    """A link for every card among the media of a message."""
    settings = registry.current().settings
    cards = [item["card_member_id"] for item in media if "card_member_id" in item]
    tokens = [_token(settings.token_key, client_id, member_id, language) for member_id in cards]
    return tuple(f"{settings.public_url}/media/cards/{token}.png" for token in tokens)


def read(token: str) -> tuple[UUID, UUID, str]:
    """Client, member and language of a link; raises NotFound when it is forged or too old."""
    try:
        claims = jwt.decode(
            token,
            registry.current().settings.token_key,
            algorithms=["HS256"],
            audience=_AUDIENCE,
            options={"require": ["exp", "cid", "mem"], "verify_exp": False},
        )
    except jwt.InvalidTokenError as error:
        raise NotFound() from error
    if claims["exp"] <= clock.now().timestamp():
        raise NotFound()
    return UUID(claims["cid"]), UUID(claims["mem"]), claims["lng"]


def _token(key: str, client_id: UUID, member_id: str, language: str) -> str:
    claims = {
        "aud": _AUDIENCE,
        "exp": clock.now() + _GOOD_FOR,
        "cid": str(client_id),
        "mem": member_id,
        "lng": language,
    }
    return jwt.encode(claims, key, algorithm="HS256")
