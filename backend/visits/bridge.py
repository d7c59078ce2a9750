"""Who a hospital's own system is: the key in its header, read before anybody is signed in (S4-27)."""

from __future__ import annotations

import base64
import binascii
from uuid import UUID

from backend.access import Actor, working_for
from backend.errors import TooManyRequests, Unauthorized
from backend.kit import clock
from backend.kit.rate import RateLimit
from backend.visits.rules.keys import KeyScope
from backend.visits.service.keys import PREFIX, UNKNOWN, actor_of_key

_PACE = RateLimit(300, seconds=60)
"""Requests of one key, by process: a busy reception asks ten times a minute."""


def actor_of(text: str, wanted: str) -> tuple[UUID, Actor]:
    """Client and actor of a key that was let do ``wanted``.

    Raises Unauthorized ``visits.key_unknown``, Forbidden ``visits.key_not_for_this``, TooManyRequests.
    """
    place = place_of(text)
    if place is None:
        raise Unauthorized(UNKNOWN)
    client_id, key_id, secret = place
    wait = _PACE.wait(str(key_id), clock.now())
    if wait:
        raise TooManyRequests(retry_after_seconds=wait)
    with working_for(client_id) as scope:
        return client_id, actor_of_key(scope, key_id, secret, KeyScope(wanted))


def place_of(text: str) -> tuple[UUID, UUID, str] | None:
    """Client, key and secret of what a system sent; None when it is no key of ours."""
    prefix, _, rest = text.partition(".")
    place, _, secret = rest.partition(".")
    try:
        raw = base64.urlsafe_b64decode(place + "=" * (-len(place) % 4))
    except (ValueError, binascii.Error):
        return None
    if prefix != PREFIX or len(raw) != 32 or not secret:
        return None
    return UUID(bytes=raw[:16]), UUID(bytes=raw[16:]), secret
