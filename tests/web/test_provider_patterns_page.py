"""Providers unlike their peers in a real browser: read the figures, set one aside with a reason, in three languages."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from backend.access import Actor, Role, working_for
from backend.claims import habits, service
from backend.claims.models import ProviderPattern
from backend.kit.money import Money
from tests.factories.providers import make_provider
from tests.web.test_screens import barriers, shifts_sideways
from tests.web.workbench_people import Office, at_the_workbench, make_office

pytestmark = pytest.mark.browser

TITLES = {
    "id-ID": "Fasilitas yang berbeda dari sejenisnya",
    "en-GB": "Providers unlike their peers",
    "pt-PT": "Prestadores diferentes dos semelhantes",
}
FIGURES = {
    "value": Money.of_major(640_000, "IDR").as_json(),
    "median": Money.of_major(200_000, "IDR").as_json(),
    "percent": 320,
    "peers": 41,
    "visits": 120,
}


def an_office_with_a_dear_clinic() -> tuple[Office, str]:
    office = make_office()
    with working_for(office.client.id) as scope:
        clinic = make_provider(scope, name="Klinik Beda Harga")
        today = office.home.today()
        scope.session.add(
            ProviderPattern(
                client_id=office.client.id,
                provider_id=clinic.id,
                reason=habits.COST,
                figures=FIGURES,
                first_seen_on=today,
                seen_on=today,
            )
        )
        return office, clinic.id


@pytest.mark.requirement("S2-38", "S2-45")
def test_an_analyst_follows_a_flag_to_the_provider_and_sets_it_aside(app: Flask, site: str, browser: Browser):
    office, clinic = an_office_with_a_dear_clinic()
    claim = office.claim(provider_id=clinic, provider_name=None)
    with working_for(office.client.id, Actor(Role.CLAIMS, id=office.first)) as scope:
        service.assess_claim(scope, claim.id, {"diagnosis": "J06.9"})
    with at_the_workbench(browser, site, office.client, office.first, f"/claims/{claim.id}") as page:
        warned = page.get_by_role("region", name="Look at this twice")
        expect(warned.get_by_text("320 % of the median of 41 peers")).to_be_visible()
        warned.get_by_role("link", name="Providers").click()
        page.get_by_role("button", name="Set aside: Klinik Beda Harga").click()
        page.get_by_label("Why there is a good reason for it").fill("Satu-satunya klinik mata di kota ini")
        page.get_by_role("dialog").get_by_role("button", name="Set aside", exact=True).click()
        expect(page.get_by_text("Satu-satunya klinik mata di kota ini")).to_be_visible()
        expect(page.get_by_text("by Ratna Dewanti:")).to_be_visible()


@pytest.mark.parametrize("locale", TITLES)
def test_the_page_speaks_the_readers_language_and_can_be_used_by_everybody(
    app: Flask, site: str, browser: Browser, locale: str
):
    office, _ = an_office_with_a_dear_clinic()
    with at_the_workbench(browser, site, office.client, office.first, "/providers", locale=locale) as page:
        expect(page.get_by_role("heading", name=TITLES[locale])).to_be_visible()
        expect(page.get_by_text("Klinik Beda Harga")).to_be_visible()
        page.set_viewport_size({"width": 390, "height": 844})
        assert barriers(page) == []
        assert not shifts_sideways(page)


def test_without_a_pattern_the_page_says_so(app: Flask, site: str, browser: Browser):
    office = make_office()
    with at_the_workbench(browser, site, office.client, office.first, "/providers") as page:
        expect(page.get_by_text("No provider is far from its peers.")).to_be_visible()
