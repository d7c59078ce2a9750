"""Somebody at the front desk of a facility, signed in earlier on this device."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from playwright.sync_api import Browser, Page

from backend.access import Actor, Role, working_for
from backend.accounts import sessions
from backend.clients.registry import ClientFacts
from tests.factories.accounts import make_staff
from tests.web.conftest import watched

TABLET = {"viewport": {"width": 768, "height": 1024}, "service_workers": "block"}

_PUT = """tokens => new Promise((resolve, reject) => {
  const opening = indexedDB.open("careline:provider", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const writing = opening.result.transaction("kept", "readwrite");
    writing.objectStore("kept").put(tokens.refresh_token, "refresh_token");
    writing.oncomplete = () => { opening.result.close(); resolve(); };
  };
})"""


@contextmanager
def at_the_front_desk(
    browser: Browser, site: str, client: ClientFacts, provider_id: UUID, place: str = "/", **options: object
) -> Iterator[Page]:
    """The front desk of the facility in a window of its own."""
    context = browser.new_context(**{**TABLET, "locale": "en-GB", **options})
    try:
        for page in watched(context):
            enter_front_desk(page, site, client, provider_id, place)
            yield page
    finally:
        context.close()


def enter_front_desk(page: Page, site: str, client: ClientFacts, provider_id: UUID, place: str = "/") -> None:
    """Open the page as somebody of the facility."""
    staff_id = make_staff(client, Role.PROVIDER, name="Tono Suryadi", provider_id=provider_id)
    actor = Actor(Role.PROVIDER, id=staff_id, provider_id=provider_id)
    with working_for(client.id, actor) as scope:
        tokens = sessions.open_session(scope, actor=actor, method="password")
    page.goto(f"{site}/provider/")
    page.get_by_label("E-mail").wait_for()
    page.evaluate(_PUT, tokens)
    page.goto(f"{site}/provider/#{place}")
    page.reload()
    page.locator(".frame").wait_for()


def settled(page: Page) -> None:
    """The service worker keeps the page, and keys and list lie on the device."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until = time.monotonic() + 30
    while not page.evaluate(_KEPT):  # a question that answers later, which wait_for_function takes for a yes
        assert time.monotonic() < until, "the list of stopped codes never came"
        page.wait_for_timeout(100)


_KEPT = """() => new Promise((resolve) => {
  const opening = indexedDB.open("careline:provider", 1);
  opening.onsuccess = () => {
    const asking = opening.result.transaction("kept").objectStore("kept").get("revoked_codes");
    asking.onsuccess = () => { opening.result.close(); resolve(Boolean(asking.result?.marks)); };
  };
})"""
