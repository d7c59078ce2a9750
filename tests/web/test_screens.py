"""Every screen of both brands: nothing shifts sideways, everybody can use it."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.branding import loader
from backend.devstack.places import ROOT
from backend.devstack.screens import PLACES, walk
from backend.web.files import packages
from tests.web.conftest import PHONE, watched
from tests.web.people import enter, make_family, with_claim, with_complaint, with_use

pytestmark = pytest.mark.browser

SLUGS = sorted(loader.brands())
LOCALES = {"ID": "id-ID", "MZ": "pt-PT"}
DESK = {"viewport": {"width": 1280, "height": 900}}
_AXE = "() => axe.run({resultTypes: ['violations'], preload: false}).then(({violations}) => violations)"


def barriers(page: Page) -> list[str]:
    """What axe calls serious or critical, with the elements."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate((packages() / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    return [
        f"{found['id']}: {[node['html'][:120] for node in found['nodes'][:3]]}"
        for found in page.evaluate(_AXE)
        if found["impact"] in {"serious", "critical"}
    ]


def shifts_sideways(page: Page) -> bool:
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("slug", SLUGS)
def test_every_screen_fits_a_phone_and_can_be_used_by_everybody(slug: str, scheme: str, site: str, browser: Browser):
    family = make_family(slug)
    with_use(family)
    with_claim(family)
    with_complaint(family)
    locale = LOCALES[family.client.country]
    context = browser.new_context(**PHONE, locale=locale, color_scheme=scheme, service_workers="block")
    for page in watched(context):
        enter(page, site, family)
        found = {}
        for name in walk(page, f"{site}/c/{slug}/"):
            wrong = barriers(page) + (["shifts sideways"] if shifts_sideways(page) else [])
            if wrong:
                found[name] = wrong
        assert found == {}


@pytest.mark.parametrize("slug", SLUGS)
def test_the_way_in_can_be_used_by_everybody(slug: str, site: str, phone: Page):
    phone.goto(f"{site}/c/{slug}/")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    assert barriers(phone) == []
    assert not shifts_sideways(phone)


def test_on_a_wide_screen_the_navigation_stands_at_the_side(site: str, browser: Browser):
    for page in watched(browser.new_context(**DESK, locale="en-GB", service_workers="block")):
        enter(page, site, make_family(SLUGS[0]))
        navigation = page.get_by_role("navigation", name="Navigation").bounding_box()
        content = page.get_by_role("main").bounding_box()
        assert navigation["x"] + navigation["width"] <= content["x"]
        assert navigation["y"] < 100


def test_who_wants_no_motion_gets_none(site: str, browser: Browser):
    context = browser.new_context(**PHONE, reduced_motion="reduce", service_workers="block")
    for page in watched(context):
        page.goto(f"{site}/c/{SLUGS[0]}/")
        page.get_by_role("button").first.wait_for()
        durations = page.evaluate(
            "[...document.querySelectorAll('*')].map(e => getComputedStyle(e).transitionDuration)"
        )
        assert set(durations) <= {"0s"}


@pytest.mark.requirement("S0-87")
def test_two_clients_differ_in_colour_letters_and_shape(site: str, phone: Page):
    seen = set()
    for slug in SLUGS:
        phone.goto(f"{site}/c/{slug}/")
        phone.get_by_role("button").first.wait_for()
        look = "s => getComputedStyle(document.querySelector(s))"
        seen.add(
            phone.evaluate(
                f"({look})('.button').borderColor + ({look})('h1').fontFamily + ({look})('input').borderRadius"
            )
        )
    assert len(seen) == len(SLUGS)


def test_every_screen_with_an_address_of_its_own_is_walked():
    routes = (ROOT / "backend" / "web" / "member" / "routes.js").read_text(encoding="utf-8")
    addresses = {found.replace("\\/", "/") for found in re.findall(r"pattern: /\^((?:\\/[\w-]*)+)\$/", routes)}
    addresses |= {"/claims/new", "/complaints/new"}  # their draft's number may be left out
    assert addresses == set(PLACES.values())
