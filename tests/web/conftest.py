"""A real browser on the real application: Chromium through Playwright, the app on a port of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import ThreadedWSGIServer

from backend import database
from backend.devstack import chromium

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class _Server(ThreadedWSGIServer):
    """A thread for each request, which leaves no database connection of its own behind."""

    daemon_threads = True

    def process_request_thread(self, request, client_address) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            reader = getattr(database.current()._local, "connection", None)
            if reader is not None:
                reader.close()


@pytest.fixture(scope="session")
def site(app: Flask) -> Iterator[str]:
    """The address of the application on this machine."""
    server = _Server("127.0.0.1", 0, app)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; fails, and does not skip, where none can be had."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.find_chromium(), args=_FLAGS)
        yield started
        started.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page as wide as a phone; a script error or a refused request fails the test."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2, locale="id-ID")
    yield from _watched(context)


def _watched(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" and "CSP" in line.text else None)
    yield page
    context.close()
    assert errors == []
