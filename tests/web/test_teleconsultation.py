"""A member asks for a doctor on the phone, the doctor works at the desk: each in a browser of their own."""

import os
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.access import Actor, Role, working_for
from backend.telemedicine import service
from tests.factories.telemedicine import HARMLESS
from tests.web.desk_people import POCKET, at_the_desk, make_colleague
from tests.web.people import Family, enter, make_family
from tests.web.test_screens import barriers, shifts_sideways

pytestmark = pytest.mark.browser

SLUG = "nusantara"
_LOOKS_AGAIN_MS = 20_000


def picture(page: Page, name: str) -> None:
    """Kept for who wants to look at the pages: CARELINE_PICTURES names a folder."""
    if os.environ.get("CARELINE_PICTURES"):
        page.screenshot(path=str(Path(os.environ["CARELINE_PICTURES"]) / f"{name}.png"), full_page=True)


def fits(page: Page, name: str) -> None:
    picture(page, name)
    assert barriers(page) == [], name
    assert not shifts_sideways(page), name


def answer_no_to_everything(phone: Page) -> None:
    for question in phone.locator("fieldset.yes-no").all():
        question.get_by_label("No").check()
    phone.get_by_label("For how many days").fill("2")


def asked_before(family: Family) -> str:
    with working_for(family.client.id, family.actor, language="en", channel="app") as scope:
        return str(service.request(scope, family.member_ids[0], "other", HARMLESS).id)


@pytest.mark.requirement("S0-84")
def test_from_the_questions_to_the_result(site: str, phone: Page, browser: Browser):
    family = make_family(SLUG)
    enter(phone, site, family, "/")
    phone.get_by_role("link", name="Talk to a doctor").click()
    fits(phone, "member-doctor")
    phone.get_by_role("link", name="Ask for a doctor").click()
    phone.get_by_label("What is it about?").select_option("cough")
    phone.get_by_role("button", name="Ask for a doctor now").click()
    expect(phone.get_by_text("Please answer this.").first).to_be_visible()
    answer_no_to_everything(phone)
    fits(phone, "member-questions")
    phone.get_by_role("button", name="Ask for a doctor now").click()
    expect(phone.get_by_text("You are number")).to_be_visible()
    fits(phone, "member-waiting")
    doctor = make_colleague(family.client, Role.DOCTOR, "dr. Ayu Lestari")
    with at_the_desk(browser, site, doctor, "/doctors") as desk:
        row = desk.locator(".list-row", has_text=family.names[0])
        row.get_by_role("button", name="Take").first.click()
        expect(desk.get_by_role("heading", name=family.names[0])).to_be_visible()
        fits(desk, "desk-called")
        expect(phone.get_by_text("is ready and waits")).to_be_visible(timeout=_LOOKS_AGAIN_MS)
        phone.get_by_role("button", name="I am here").click()
        expect(phone.get_by_role("link", name="Write to the doctor")).to_be_visible()
        desk.get_by_label("Find a diagnosis").fill("batuk pilek")
        desk.get_by_role("button", name="J06.9").click(timeout=_LOOKS_AGAIN_MS)
        expect(desk.get_by_text("upper respiratory infection").first).to_be_visible()
        desk.get_by_label("Medicine and strength").fill("Paracetamol 500 mg")
        desk.get_by_label("Quantity").fill("10 tablets")
        desk.get_by_label("Directions").fill("3 x 1 when feverish")
        desk.get_by_role("button", name="Issue the prescription").click()
        expect(desk.get_by_role("heading", name="Prescription 7")).to_be_visible()
        desk.get_by_role("button", name="Issue the certificate").click()
        expect(desk.get_by_text("Rest certificate 0")).to_be_visible()
        desk.get_by_label("What the member reads").fill("Rest, and drink plenty.")
        fits(desk, "desk-writing")
        desk.get_by_role("button", name="End", exact=True).click()
        expect(desk.get_by_text("Ended")).to_be_visible()
    expect(phone.get_by_text("Rest, and drink plenty.")).to_be_visible(timeout=_LOOKS_AGAIN_MS)
    fits(phone, "member-result")
    with phone.expect_download() as saved:
        phone.get_by_role("button", name="Download as PDF").click()
    assert saved.value.path().read_bytes().startswith(b"%PDF-")


@pytest.mark.requirement("S0-92")
def test_danger_shows_whom_to_call_and_nothing_else(site: str, phone: Page):
    family = make_family(SLUG)
    enter(phone, site, family, "/doctor/new")
    phone.get_by_label("What is it about?").select_option("other")
    phone.locator("fieldset.yes-no").first.get_by_label("Yes").check()
    phone.get_by_role("button", name="Ask for a doctor now").click()
    expect(phone.get_by_role("link", name="Call 1")).to_have_attribute("href", "tel:119")
    fits(phone, "member-danger")


def test_a_colleague_who_was_quicker_is_named(site: str, browser: Browser):
    family = make_family(SLUG)
    consultation = asked_before(family)
    first = make_colleague(family.client, Role.DOCTOR, "dr. Bima Sakti")
    second = make_colleague(family.client, Role.DOCTOR, "dr. Citra Dewi")
    with at_the_desk(browser, site, second, "/doctors", **POCKET) as desk:
        row = desk.locator(".list-row", has=desk.locator(f'a[href="#/doctors/{consultation}"]'))
        expect(row).to_be_visible()
        fits(desk, "desk-phone")
        desk.route("**/teleconsultations/desk", lambda _: None)  # the news of it is on its way
        with working_for(family.client.id, Actor(Role.DOCTOR, id=first.id)) as scope:
            service.take(scope, UUID(consultation))
        row.get_by_role("button", name="Take").click()
        expect(desk.get_by_text("dr. Bima Sakti has taken this consultation already.")).to_be_visible()
