"""Finding care on a phone: search, filters, who is open, and choosing the first clinic."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from backend.access import working_for
from backend.benefits.models import Plan
from backend.providers.models import Doctor, DoctorPractice
from tests.factories.providers import make_provider, make_room
from tests.web.people import Family, enter, make_family

pytestmark = pytest.mark.browser

SLUG = "nusantara"
ALWAYS = {day: ["00:00-24:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "hol")}
NEVER = {day: [] for day in ALWAYS}
NETWORK = "pages"


@pytest.fixture(scope="module")
def family(app) -> Family:
    """In a plan with a network of three."""
    made = make_family(SLUG)
    with working_for(made.client.id) as scope:
        scope.session.execute(update(Plan).where(Plan.client_id == made.client.id).values(network=NETWORK))
        common = {"network": NETWORK, "phone": "+62215550101"}
        make_provider(scope, name="Klinik Seruni Asri", opening=ALWAYS, latitude=-6.20, **common)
        make_provider(scope, name="Klinik Kamboja", opening=NEVER, latitude=-6.25, **common)
        hospital = make_provider(
            scope, name="RS Pelita Bunda", kind="hospital", tier="ppk2", opening=ALWAYS, specialties=["JAN"], **common
        )
        make_room(scope, hospital, "1", 30, 850_000_00)
        doctor = Doctor(country="ID", code="D-1", name="dr. Laras Pertiwi, Sp.JP", search_name="laras", specialty="JAN")
        scope.session.add(doctor)
        scope.session.flush()
        scope.session.add(
            DoctorPractice(
                doctor_id=doctor.id,
                provider_id=hospital.id,
                schedule={"mon": ["08:00-12:00"]},
                valid_from=date(2020, 1, 1),
                valid_until=None,
            )
        )
    return made


def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("CARELINE_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.requirement("S0-85")
def test_words_and_filters_narrow_the_list(site: str, phone: Page, family: Family):
    enter(phone, site, family, "/providers")
    rows = phone.locator(".list-row")
    expect(rows).to_have_count(3)
    shot(phone, "providers")
    phone.get_by_label("Open now").check()
    expect(rows).to_have_count(2)
    phone.get_by_label("Kind").select_option("Hospital")
    expect(rows).to_have_count(1)
    phone.get_by_label("Specialty").select_option("Paediatrics")
    expect(phone.get_by_text("Nobody found")).to_be_visible()
    phone.get_by_label("Specialty").select_option("Cardiology")
    expect(rows).to_contain_text("RS Pelita Bunda")
    phone.get_by_label("Kind").select_option("Every kind")
    phone.get_by_label("Name or town").fill("kliik serunii")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Klinik Seruni Asri")


def test_the_nearest_comes_first_when_the_phone_may_tell(site: str, phone: Page, family: Family):
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation({"latitude": -6.26, "longitude": 106.82})
    enter(phone, site, family, "/providers")
    phone.get_by_role("button", name="Nearest to me").click()
    expect(phone.locator(".list-row").first).to_contain_text("Klinik Kamboja")
    expect(phone.locator(".list-row").first).to_contain_text("1.1 km")


@pytest.mark.requirement("S0-22")
def test_a_first_clinic_is_chosen_and_stands_above_the_list(site: str, phone: Page, family: Family):
    enter(phone, site, family, "/providers")
    phone.get_by_role("link", name="Klinik Seruni Asri").click()
    expect(phone.get_by_role("link", name="Call")).to_have_attribute("href", "tel:+62215550101")
    expect(phone.get_by_text("Chosen today, it counts from")).to_be_visible()
    phone.get_by_role("button", name="Choose as first clinic").click()
    expect(phone.get_by_text("This is your first clinic.")).to_be_visible()
    shot(phone, "provider_clinic")
    phone.go_back()
    expect(phone.locator(".panel", has=phone.get_by_role("heading", name="Your first clinic"))).to_contain_text(
        "Seruni"
    )
    phone.get_by_role("link", name="Klinik Kamboja").click()
    phone.get_by_role("button", name="Choose as first clinic").click()
    expect(phone.get_by_text("Your first clinic from")).to_be_visible()


def test_a_hospital_shows_its_doctors_and_rooms_and_is_no_first_clinic(site: str, phone: Page, family: Family):
    enter(phone, site, family, "/providers")
    phone.get_by_role("link", name="RS Pelita Bunda").click()
    expect(phone.get_by_text("dr. Laras Pertiwi, Sp.JP")).to_be_visible()
    expect(phone.get_by_text("Rp\u00a0850,000")).to_be_visible()
    expect(phone.get_by_role("button", name="Choose as first clinic")).to_have_count(0)
    shot(phone, "provider_hospital")
    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
