"""When a client's helpline answers and where people write to it, as its brand says, without signing in too."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from backend.branding import loader

pytestmark = pytest.mark.browser

SUPPORT = {"mail": "halo@sehat.example", "page": "https://bantuan.sehat.example/", "post": "Jl. Sehat 1, Jakarta"}


@pytest.fixture
def hotline(site: str, phone: Page, monkeypatch: pytest.MonkeyPatch) -> Page:
    brand = loader.brand_of("nusantara")
    own = replace(brand, support=SUPPORT, hotline=replace(brand.hotline, hours="07:00-20:00"))
    monkeypatch.setattr(loader, "brand_of", lambda _slug: own)
    phone.goto(f"{site}/c/nusantara/#/hotline")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    return phone


@pytest.mark.requirement("S0-87")
def test_the_hours_of_the_helpline_are_the_clients(hotline: Page):
    expect(hotline.get_by_text("07:00 – 20:00")).to_be_visible()


def test_people_can_write_by_mail_and_by_post(hotline: Page):
    expect(hotline.get_by_role("link", name="Write to us")).to_have_attribute("href", f"mailto:{SUPPORT['mail']}")
    expect(hotline.get_by_text(SUPPORT["post"])).to_be_visible()


def test_the_help_page_learns_nothing_of_where_people_come_from(hotline: Page):
    page = hotline.get_by_role("link", name="Help page")
    expect(page).to_have_attribute("href", SUPPORT["page"])
    expect(page).to_have_attribute("rel", "noreferrer")


def test_the_page_fits_a_phone_with_a_long_address(hotline: Page):
    assert hotline.evaluate("document.documentElement.scrollWidth <= innerWidth")
