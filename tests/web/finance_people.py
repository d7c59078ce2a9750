"""Somebody who looks after a client's money, signed in earlier on this device."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from backend.access import Actor, Role
from backend.clients.registry import ClientFacts
from tests.factories.accounts import make_staff
from tests.web.signed_in import sign_staff_in, window

TABLE = {"viewport": {"width": 1280, "height": 800}, "service_workers": "block"}
POCKET = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "service_workers": "block"}


@contextmanager
def at_the_fund(
    browser: Browser,
    site: str,
    client: ClientFacts,
    role: Role = Role.FINANCE,
    place: str = "/",
    *,
    name: str = "Wina Saraswati",
    **options: object,
) -> Iterator[Page]:
    """The fund's pages in a window of their own, as somebody new of the role."""
    actor = Actor(role, id=make_staff(client, role, name=name))
    with window(browser, TABLE, options) as page:
        sign_staff_in(page, site, "finance", client, actor, place=place)
        yield page
