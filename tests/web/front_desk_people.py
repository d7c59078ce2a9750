"""Somebody at the front desk of a facility, signed in earlier on this device."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from playwright.sync_api import Browser, Page

from backend.access import Actor, Role
from backend.clients.registry import ClientFacts
from tests.factories.accounts import make_staff
from tests.web.conftest import until
from tests.web.signed_in import sign_staff_in, window

TABLET = {"viewport": {"width": 768, "height": 1024}, "service_workers": "block"}


@contextmanager
def at_the_front_desk(
    browser: Browser, site: str, client: ClientFacts, provider_id: UUID, place: str = "/", **options: object
) -> Iterator[Page]:
    """The front desk of the facility in a window of its own."""
    with window(browser, TABLET, options) as page:
        enter_front_desk(page, site, client, provider_id, place)
        yield page


def enter_front_desk(page: Page, site: str, client: ClientFacts, provider_id: UUID, place: str = "/") -> None:
    """Open the page as somebody of the facility."""
    staff_id = make_staff(client, Role.PROVIDER, name="Tono Suryadi", provider_id=provider_id)
    sign_staff_in(
        page, site, "provider", client, Actor(Role.PROVIDER, id=staff_id, provider_id=provider_id), place=place
    )


def settled(page: Page) -> None:
    """The service worker keeps the page, and keys and list lie on the device."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, _KEPT, seconds=30)


_KEPT = """() => new Promise((resolve) => {
  const opening = indexedDB.open("careline:provider", 1);
  opening.onsuccess = () => {
    const asking = opening.result.transaction("kept").objectStore("kept").get("revoked_codes");
    asking.onsuccess = () => { opening.result.close(); resolve(Boolean(asking.result?.marks)); };
  };
})"""
