"""No page runs a stranger's script, asks a stranger for anything, or leaves a token where another page reads it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.test import TestResponse

from backend.devstack.screens import walk
from tests.web.conftest import PHONE, serving, watched
from tests.web.people import enter, make_family, tokens_of, with_claim, with_complaint, with_use

SLUG = "nusantara"


@pytest.fixture(scope="module")
def pages(app: Flask) -> dict[str, TestResponse]:
    """Every address that answers a page to whoever asks, found in the table of routes."""
    http = app.test_client()
    paths = {
        rule.rule.replace("<slug>", SLUG)
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.arguments <= {"slug"} and not rule.rule.startswith("/api/")
    }
    answers = {path: http.get(path) for path in sorted(paths)}
    return {path: answer for path, answer in answers.items() if answer.mimetype == "text/html"}


def directives(answer: TestResponse) -> dict[str, str]:
    policy = answer.headers.get("Content-Security-Policy", "")
    return dict(part.strip().split(" ", 1) for part in policy.split(";") if " " in part.strip())


def test_the_pages_are_found(pages: dict[str, TestResponse]):
    assert {"/", f"/c/{SLUG}/", "/desk/", "/provider/", "/claims/", "/finance/", "/docs"} <= set(pages)


def test_every_page_allows_only_what_it_names(pages: dict[str, TestResponse]):
    assert {path for path, answer in pages.items() if directives(answer).get("default-src") != "'none'"} == set()


def test_no_page_names_another_origin(pages: dict[str, TestResponse]):
    assert {path for path, answer in pages.items() if "//" in answer.headers["Content-Security-Policy"]} == set()


@pytest.mark.parametrize("loose", ["'unsafe-inline'", "'unsafe-eval'", "*", "data:", "blob:"])
def test_no_page_runs_a_script_that_is_not_ours(loose: str, pages: dict[str, TestResponse]):
    assert {
        path for path, answer in pages.items() if loose in directives(answer).get("script-src", "").split()
    } == set()


def test_no_page_can_be_framed_by_another_site(pages: dict[str, TestResponse]):
    allowed = {"'none'", "'self'"}
    assert {path for path, answer in pages.items() if directives(answer).get("frame-ancestors") not in allowed} == set()


@pytest.mark.parametrize(
    ("header", "value"), [("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer")]
)
def test_every_page_says_how_it_is_to_be_read(header: str, value: str, pages: dict[str, TestResponse]):
    assert {path for path, answer in pages.items() if answer.headers.get(header) != value} == set()


def test_no_page_sets_a_cookie(pages: dict[str, TestResponse]):
    assert {path for path, answer in pages.items() if "Set-Cookie" in answer.headers} == set()


@pytest.fixture
def keeping(browser: Browser) -> Iterator[tuple[BrowserContext, Page]]:
    """A phone whose browser may keep the app."""
    context = browser.new_context(**PHONE, locale="en-GB")
    for page in watched(context):
        yield context, page


@pytest.mark.browser
def test_a_walk_through_every_screen_asks_nobody_but_our_own_server(site: str, keeping: tuple[BrowserContext, Page]):
    context, page = keeping
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    family = make_family(SLUG)
    with_use(family)
    with_claim(family)
    with_complaint(family)
    enter(page, site, family)
    seen = list(walk(page, f"{site}/c/{SLUG}/"))
    origins = {f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" for url in asked if url.startswith("http")}
    assert origins == {site}
    assert len(seen) > 20
    assert context.cookies() == []


@pytest.mark.browser
def test_tokens_lie_where_only_our_own_origin_can_read_them(
    app: Flask, site: str, keeping: tuple[BrowserContext, Page]
):
    context, page = keeping
    family = make_family(SLUG)
    enter(page, site, family)
    expect(page.locator(".ecard")).to_be_visible()
    stores = "() => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
    held = str(page.evaluate(stores))
    assert "eyJ" not in held
    assert tokens_of(family)["refresh_token"][:4]
    names = "() => indexedDB.databases().then((all) => all.map(({ name }) => name))"
    assert f"careline:{SLUG}" in page.evaluate(names)
    with serving(app) as elsewhere:
        stranger = context.new_page()
        stranger.goto(f"{elsewhere}/healthz")
        assert stranger.evaluate(names) == []
