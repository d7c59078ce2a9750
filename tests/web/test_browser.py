import re

import pytest
from playwright.sync_api import Page, expect

from backend.branding import loader

pytestmark = pytest.mark.browser
SLUGS = sorted(loader.brands())


@pytest.mark.parametrize("slug", SLUGS)
def test_a_visitor_sees_the_clients_name_and_may_ask_for_a_code(slug: str, site: str, phone: Page):
    phone.goto(f"{site}/c/{slug}/")
    brand = loader.brand_of(slug)
    expect(phone.get_by_role("heading", level=1)).to_contain_text(brand.name)
    expect(phone.get_by_role("button", name=re.compile("SMS"))).to_be_visible()


def test_the_api_documentation_shows_the_operations(site: str, phone: Page):
    phone.goto(f"{site}/docs")
    phone.get_by_role("button", name="Expand operation").first.wait_for()
    phone.get_by_role("link", name="accounts", exact=True).click()
    expect(phone.get_by_text("/api/v1/sign-in/code")).to_be_visible(timeout=20_000)
