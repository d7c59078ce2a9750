"""A browser in which somebody signed in earlier: the session lies where the pages keep it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from backend.access import Actor, working_for
from backend.accounts import sessions
from backend.clients.registry import ClientFacts
from tests.web.conftest import watched

KEEP_SESSION = """([slug, tokens]) => new Promise((resolve, reject) => {
  const opening = indexedDB.open(`careline:${slug}`, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const writing = opening.result.transaction("kept", "readwrite");
    writing.objectStore("kept").put(tokens.refresh_token, "refresh_token");
    writing.objectStore("kept").delete("access"); // of whoever was signed in before
    writing.oncomplete = () => { opening.result.close(); resolve(); };
  };
})"""
"""For the store of a member app (by its client's slug) or of a page of staff, and what a sign-in answers."""


def sign_staff_in(page: Page, site: str, folder: str, client: ClientFacts, actor: Actor, *, place: str) -> None:
    """Open ``place`` of the staff's page in ``folder`` as ``actor``."""
    with working_for(client.id, actor) as scope:
        tokens = sessions.open_session(scope, actor=actor, method="password")
    page.goto(f"{site}/{folder}/")
    page.locator("#email").wait_for()
    page.evaluate(KEEP_SESSION, ["app" if folder == "desk" else folder, tokens])
    page.goto(f"{site}/{folder}/#{place}")
    page.reload()
    page.locator(".frame").wait_for()


@contextmanager
def window(browser: Browser, view: Mapping[str, object], options: Mapping[str, object]) -> Iterator[Page]:
    """A page in a window of its own, in English unless ``options`` say otherwise, that has to behave."""
    context = browser.new_context(**{**view, "locale": "en-GB", **options})
    try:
        yield from watched(context)
    finally:
        context.close()
