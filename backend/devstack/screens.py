"""The screens of the member app, for whoever visits all of them: the pictures and the tests."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

PLACES = {
    "home": "/",
    "card": "/card",
    "benefits": "/benefits",
    "claims": "/claims",
    "claim-new": "/claims/new",
    "referrals": "/referrals",
    "providers": "/providers",
    "doctor": "/doctor",
    "doctor-new": "/doctor/new",
    "letters": "/letters",
    "estimate": "/estimate",
    "excesses": "/excess",
    "chat": "/chat",
    "complaints": "/complaints",
    "complaint-new": "/complaints/new",
    "hotline": "/hotline",
    "inbox": "/inbox",
    "profile": "/profile",
    "settings": "/settings",
    "consents": "/consents",
    "access-log": "/access-log",
    "my-data": "/my-data",
}
_FIRST_OF = {
    "claims": "claim",
    "complaints": "complaint",
    "providers": "provider",
    "doctor": "consultation",
    "letters": "letter",
    "excesses": "excess",
}


def settle(page: Page) -> None:
    """Wait until a screen shows what it loads, in its own letters."""
    page.locator(".spinner").first.wait_for(state="detached")
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")


def walk(page: Page, home: str) -> Iterator[str]:
    """Go through all screens of somebody who is signed in; yields the name of each when it can be looked at."""
    for name, place in PLACES.items():
        page.goto(f"{home}#{place}")
        settle(page)
        yield name
        first = page.locator("main a.list-row").first
        if name in _FIRST_OF and first.count():
            first.click()
            page.wait_for_function("place => location.hash !== `#${place}`", arg=place)
            settle(page)
            yield _FIRST_OF[name]
