"""A feed is made, read by whoever knows its address, and ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import Actor, Role, Scope
from backend.accounts import queries as accounts
from backend.accounts.service import members_of_identity
from backend.audit import service as audit
from backend.branding import links
from backend.branding import loader as branding
from backend.branding.vocabulary import own_words
from backend.calendars import feed, queries, rules, tokens
from backend.calendars.models import CalendarFeed
from backend.clients.registry import client_by_id
from backend.errors import NotFound
from backend.integrations import registry
from backend.kit import clock, ids
from backend.members import queries as members


def feed_state(scope: Scope) -> dict[str, Any]:
    """Whether the member has a feed, and since when; its address is not known to us any more."""
    row = queries.living_feed(scope, _identity(scope))
    return {"active": row is not None, "created_at": row.created_at if row else None}


def make_feed(scope: Scope) -> dict[str, Any]:
    """A new address for the member's feed; the one before stops working. The address is told this once only."""
    end_feed(scope)
    token = tokens.new_token(scope.client_id)
    row = CalendarFeed(
        client_id=scope.client_id,
        id=ids.new_id(),
        created_at=clock.now(),
        identity_id=_identity(scope),
        digest=tokens.digest(token),
    )
    scope.session.add(row)
    scope.session.flush()
    audit.record(scope, "create", "calendar_feed", row.id, member_id=scope.actor.own_member_id)
    public = registry.current().settings.public_url
    address = f"{public}/calendar/{token}.ics"
    subscribe = address.replace("https://", "webcal://", 1).replace("http://", "webcal://", 1)
    return {"active": True, "created_at": row.created_at, "url": address, "webcal_url": subscribe}


def end_feed(scope: Scope) -> None:
    """The address stops working at once; without a feed nothing happens."""
    row = queries.living_feed(scope, _identity(scope))
    if row is not None:
        row.revoked_at = clock.now()
        scope.session.flush()
        audit.record(scope, "delete", "calendar_feed", row.id, member_id=scope.actor.own_member_id)


def read_feed(scope: Scope, digest: bytes) -> bytes:
    """The calendar at an address. Raises NotFound for one that is not there, was ended, or whose member has left.

    Whose days stand in it is asked anew each time: a child who came of age is gone from it the next day.
    """
    row = queries.feed_of_digest(scope, digest)
    if row is None:
        raise NotFound()
    member_ids = members_of_identity(scope, accounts.identity(scope, row.identity_id).phone)
    if not member_ids:
        raise NotFound()
    own = scope.as_actor(Actor(Role.MEMBER, id=row.identity_id, member_ids=member_ids))
    client, now = client_by_id(scope.client_id), clock.now()
    since = now - rules.SHOWN_AFTERWARDS
    days = [
        *queries.days_of_complaints(own, member_ids, since),
        *queries.days_of_claims(own, member_ids, since),
        *queries.days_of_letters(own, member_ids, since, client.timezone),
    ]
    brand = branding.brand_for(client)
    language = brand.speaks(members.member(own, member_ids[0]).language)
    return feed.written(
        rules.shown(days, now), language, brand.short_name, links.home(brand), own_words(brand.glossary)
    )


def _identity(scope: Scope) -> UUID:
    assert scope.actor.id is not None, "who is signed in has an identity"
    return scope.actor.id
