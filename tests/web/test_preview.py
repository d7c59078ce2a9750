"""A preview link in a browser: the real app in a brand that is not published, for a made-up person."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.factories.brands import make_draft, make_preview
from tests.factories.clients import make_client
from tests.web.test_screens import barriers, shifts_sideways

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def link(app) -> str:
    client = make_client(contract=False)
    make_draft(client, name="Melati Raya", languages=["en", "id"])
    return make_preview(client)[1]


@pytest.fixture
def preview(site: str, phone: Page, link: str) -> Page:
    """The app behind the link, on its first page."""
    phone.goto(f"{site}{link}")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Sample")
    return phone


@pytest.mark.requirement("S0-87")
def test_the_app_opens_without_a_sign_in_in_the_brands_name_and_colour(preview: Page):
    expect(preview.locator(".issuer-name")).to_have_text("Melati Raya")
    colour = preview.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--brand').trim()")
    assert colour == "#7a1f5c"


def test_its_logo_is_drawn(preview: Page):
    expect(preview.locator("img.logo").first).to_have_js_property("complete", True)
    assert preview.locator("img.logo").first.evaluate("image => image.naturalWidth") > 0


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("card", "0000 0000 0000"),
        ("benefits", "Outpatient care"),
        ("claims", "Sample Hospital"),
        ("inbox", "Melati Raya"),
        ("letters", "guarantee"),
    ],
)
def test_a_page_shows_what_a_member_would_see(preview: Page, page: str, words: str):
    preview.goto(f"{preview.url.partition('#')[0]}#/{page}")
    expect(preview.locator("main")).to_contain_text(words)
    assert barriers(preview) == []
    assert not shifts_sideways(preview)


def test_who_tries_to_change_something_is_told_that_nothing_is_sent(preview: Page):
    preview.goto(f"{preview.url.partition('#')[0]}#/card")
    preview.get_by_role("button", name="Card lost or damaged").click()
    preview.get_by_role("button", name="Yes, report it").click()
    expect(preview.locator("main")).to_contain_text("This is a preview with a made-up person")


def test_it_speaks_the_language_of_its_address(site: str, phone: Page, link: str):
    phone.goto(f"{site}{link}?language=id")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Halo")


def test_the_real_app_on_this_device_hears_nothing_of_it(preview: Page):
    kept = preview.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))")
    assert kept == []
    assert preview.evaluate("localStorage.length") == 0


def test_a_link_that_leads_nowhere_says_so(site: str, phone: Page, link: str):
    phone.goto(f"{site}{link[:-4]}zzz/")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("This preview has ended")
