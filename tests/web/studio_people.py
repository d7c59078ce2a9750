"""Somebody who makes a client's brand, signed in earlier on this device."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from playwright.sync_api import Browser, Page

from backend.access import Actor, Role
from backend.clients.registry import ClientFacts
from tests.factories.accounts import make_staff
from tests.web.signed_in import sign_staff_in, window

TABLE = {"viewport": {"width": 1280, "height": 860}, "service_workers": "block"}
POCKET = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "service_workers": "block"}


@contextmanager
def at_the_studio(
    browser: Browser,
    site: str,
    client: ClientFacts,
    role: Role = Role.HR,
    place: str = "/",
    *,
    name: str = "Wina Saraswati",
    staff_id: UUID | None = None,
    **options: object,
) -> Iterator[Page]:
    """The studio in a window of its own, as somebody new of the role or as ``staff_id``."""
    actor = Actor(role, id=staff_id or make_staff(client, role, name=name))
    with window(browser, TABLE, options) as page:
        sign_staff_in(page, site, "studio", client, actor, place=place)
        yield page
