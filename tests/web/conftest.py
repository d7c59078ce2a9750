"""A real browser on the real application: Chromium through Playwright, the app on a port of its own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import ThreadedWSGIServer
from werkzeug.test import run_wsgi_app

from backend.devstack import chromium

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}
expect.set_options(timeout=15_000)

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A real browser on a busy machine loses a race now and then: its tests get two more tries, and say so (R)."""
    for item in items:
        if "tests/web/" in item.nodeid:
            item.add_marker(pytest.mark.flaky(reruns=2))


class _Server(ThreadedWSGIServer):
    """A thread for each request."""

    daemon_threads = True


def losing_one_answer(app: Flask, path: str) -> WSGIApplication:
    """The application behind a network that breaks once: a POST to the path is done, its answer never arrives."""
    lost = threading.Event()

    def breaking(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST" or environ["PATH_INFO"] != path or lost.is_set():
            return app(environ, start_response)
        lost.set()
        run_wsgi_app(app, environ, buffered=True)
        environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        raise ConnectionResetError

    return breaking


def cutting_one_upload(app: Flask, path: str, after: int) -> WSGIApplication:
    """The application behind a network that breaks once: a POST to the path is cut off after so many bytes."""
    cut = threading.Event()

    def breaking(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST" or environ["PATH_INFO"] != path or cut.is_set():
            return app(environ, start_response)
        cut.set()
        assert int(environ["CONTENT_LENGTH"]) > after
        environ["wsgi.input"].read(after)
        environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        raise ConnectionResetError

    return breaking


@contextmanager
def serving(app: WSGIApplication) -> Iterator[str]:
    """The address of the application on this machine; nothing answers there afterwards."""
    server = _Server("127.0.0.1", 0, app)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def site(app: Flask) -> Iterator[str]:
    """One address for all tests that need no power cut."""
    with serving(app) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; fails, and does not skip, where none can be had."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.find_chromium(), args=_FLAGS)
        yield started
        started.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page as wide as a phone, in English; a script error or a request to a stranger fails the test."""
    context = browser.new_context(**PHONE, locale="en-GB", service_workers="block")
    yield from watched(context)


@pytest.fixture
def keeping_phone(browser: Browser) -> Iterator[Page]:
    """A phone whose browser may keep the app."""
    yield from watched(browser.new_context(**PHONE, locale="en-GB"))


def until(page: Page, expression: str, argument: object = None, *, seconds: float = 10) -> None:
    """Wait for it to be true, also when it answers later; raises TimeoutError.

    Playwright's own waiting takes a promise for a yes, and evaluates text, which the pages forbid.
    """
    end = time.monotonic() + seconds
    while not page.evaluate(expression, argument):
        if time.monotonic() > end:
            raise TimeoutError(expression)
        page.wait_for_timeout(50)


def watched(context: BrowserContext) -> Iterator[Page]:
    """A page of the context, which is closed afterwards and must have behaved."""
    page = context.new_page()
    errors: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if "Content Security Policy" in line.text else None)
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()
    assert errors == []
    assert {urlsplit(url).hostname for url in asked if url.startswith("http")} <= {"127.0.0.1"}


@pytest.fixture
def jobs_done(run_jobs: Callable[[], None]) -> Callable[[], None]:
    """Run the waiting jobs beside the browser's own event loop."""

    def run() -> None:
        with ThreadPoolExecutor(1) as aside:
            aside.submit(run_jobs).result()

    return run
