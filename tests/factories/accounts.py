"""People who are signed in."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from backend import database, tokens
from backend.access import Actor, Role, working_for
from backend.accounts import codes, digests
from backend.accounts.models import Identity, OneTimeCode, SignInSession, Staff, StaffClient
from backend.clients.registry import ClientFacts
from backend.integrations import registry
from backend.kit import clock, ids


def make_identity(client: ClientFacts, phone: str = "+6281200000001") -> UUID:
    """The identity of a telephone number."""
    identity_id = ids.new_id()
    with working_for(client.id) as scope:
        scope.session.add(Identity(client_id=client.id, id=identity_id, phone=phone))
    return identity_id


def make_staff(
    client: ClientFacts, role: Role, *, name: str = "Sari Wulandari", provider_id: UUID | None = None, **fields: object
) -> UUID:
    """Somebody who works at the client in this role; the password cannot be used unless a hash is given."""
    staff_id = ids.new_id()
    values = {"email": f"{staff_id.hex[-12:]}@staff.example", "password_hash": "unusable", **fields}
    with working_for(client.id) as scope:
        scope.session.add(Staff(id=staff_id, name=name, **values))
        scope.session.flush()
        scope.session.add(StaffClient(staff_id=staff_id, client_id=client.id, role=role.value, provider_id=provider_id))
    return staff_id


def actor_for(
    role: Role,
    client: ClientFacts,
    member_ids: tuple[UUID, ...] = (),
    *,
    provider_id: UUID | None = None,
    staff_id: UUID | None = None,
    identity_id: UUID | None = None,
    phone: str = "",
) -> Actor:
    """An actor with a living session; a member acts for ``member_ids`` (self first)."""
    session_id = ids.new_id()
    is_member = role is Role.MEMBER
    # A number of its own: two tests, or two people of one test, never share an identity by accident.
    phone = phone or f"+62812{session_id.int % 10**8:08}"
    known = identity_id if is_member else staff_id
    person = known or (make_identity(client, phone) if is_member else make_staff(client, role, provider_id=provider_id))
    with working_for(client.id) as scope:
        scope.session.add(
            SignInSession(
                client_id=client.id,
                id=session_id,
                identity_id=person if is_member else None,
                staff_id=None if is_member else person,
                method="code" if is_member else "password",
                expires_at=clock.now() + timedelta(days=1),
            )
        )
    return Actor(role, id=person, member_ids=member_ids, provider_id=provider_id, session_id=session_id)


def headers_for(
    role: Role,
    client: ClientFacts,
    member_ids: tuple[UUID, ...] = (),
    *,
    provider_id: UUID | None = None,
    staff_id: UUID | None = None,
    identity_id: UUID | None = None,
    language: str = "en",
) -> dict[str, str]:
    """Request headers of somebody who is signed in with a real access token."""
    people = {"provider_id": provider_id, "staff_id": staff_id, "identity_id": identity_id}
    actor = actor_for(role, client, member_ids, **people)
    key = registry.current().settings.token_key
    token = tokens.issue(key, client.id, actor, seconds=600)
    return {"Authorization": f"Bearer {token}", "Accept-Language": language}


def end_session(actor: Actor, client: ClientFacts) -> None:
    """Sign somebody out from outside."""
    unit = database.current().unit(client.id)
    unit.session.get_one(SignInSession, (client.id, actor.session_id)).ended_at = clock.now()
    unit.commit()
    unit.close()


def code_sent_to(client: ClientFacts, phone: str) -> str | None:
    """The newest code waiting to be delivered to a number, read from its sealed envelope."""
    with working_for(client.id) as scope:
        subject = codes.subject_of(scope, phone)
        rows = scope.session.scalars(
            select(OneTimeCode)
            .where(OneTimeCode.client_id == client.id, OneTimeCode.subject_digest == subject)
            .order_by(OneTimeCode.created_at.desc(), OneTimeCode.id.desc())
        )
        newest = next((row for row in rows if row.envelope is not None), None)
        if newest is None or newest.envelope is None:
            return None
        code: str = json.loads(digests.unseal(newest.envelope, codes.context_of(newest.id)))["code"]
        return code
