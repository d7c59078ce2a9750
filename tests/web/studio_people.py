"""Somebody who makes a client's brand, signed in earlier on this device."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from playwright.sync_api import Browser, Page

from backend.access import Actor, Role, working_for
from backend.accounts import sessions
from backend.clients.registry import ClientFacts
from tests.factories.accounts import make_staff
from tests.web.conftest import watched

TABLE = {"viewport": {"width": 1280, "height": 860}, "service_workers": "block"}
POCKET = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "service_workers": "block"}

_PUT = """tokens => new Promise((resolve, reject) => {
  const opening = indexedDB.open("careline:studio", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const writing = opening.result.transaction("kept", "readwrite");
    writing.objectStore("kept").put(tokens.refresh_token, "refresh_token");
    writing.oncomplete = () => { opening.result.close(); resolve(); };
  };
})"""


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
    context = browser.new_context(**{**TABLE, "locale": "en-GB", **options})
    try:
        for page in watched(context):
            with working_for(client.id, actor) as scope:
                tokens = sessions.open_session(scope, actor=actor, method="password")
            page.goto(f"{site}/studio/")
            page.locator("#email").wait_for()
            page.evaluate(_PUT, tokens)
            page.goto(f"{site}/studio/#{place}")
            page.reload()
            page.locator(".frame").wait_for()
            yield page
    finally:
        context.close()
