"""Finds the client a member of staff works for, before any scope exists."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from backend import database
from backend.accounts.models import Staff, StaffClient
from backend.clients.models import Client

NOBODYS_CLIENT = UUID(int=0)
"""The scope of a sign-in that will be refused: it does the same work and sees no client's rows."""


def client_for(email: str, slug: str | None = None) -> UUID:
    """The client somebody signs in to: the named one, else the first by slug; NOBODYS_CLIENT when there is none."""
    query = (
        select(Client.id)
        .join(StaffClient, StaffClient.client_id == Client.id)
        .join(Staff, Staff.id == StaffClient.staff_id)
        .where(Staff.email == email, Client.active)
        .order_by(Client.slug)
    )
    if slug is not None:
        query = query.where(Client.slug == slug)
    with database.current().engine.connect() as connection:
        found: UUID | None = connection.execute(query.limit(1)).scalar()
        connection.commit()
    return found or NOBODYS_CLIENT
