"""Letters of guarantee and the question before one goes: on a phone, without network, and at the desk."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from backend.access import Actor, Role, working_for
from backend.benefits import queries as benefits
from backend.guarantees import service
from backend.guarantees.told import Told
from backend.kit import clock, ids
from backend.kit.money import Money
from tests.factories.benefits import limit, make_benefit
from tests.factories.providers import make_membership, make_provider, make_room
from tests.web.conftest import serving
from tests.web.desk_people import at_the_desk, make_colleague
from tests.web.people import Family, enter, make_family
from tests.web.test_screens import shifts_sideways

pytestmark = pytest.mark.browser

SLUG = "nusantara"


def rupiah(amount: int) -> Money:
    return Money.of_major(amount, "IDR")


def with_ward(family: Family) -> tuple[UUID, str]:
    """Inpatient cover for the employee, and a hospital with rooms; its id and name."""
    name = f"RS Teratai {ids.new_id().hex[-6:]}"
    with working_for(family.client.id) as scope:
        cover = benefits.cover_on(scope, family.member_ids[0], clock.today(family.client.timezone))
        known = {line.code for line in benefits.benefits_of(scope, cover.plan.id)}
        room = {"room_class": "1", "room_rate_minor": 1_000_000_00}
        for position, (code, facts) in enumerate((("W-ROOM", room), ("W-CARE", {})), start=50):
            if code not in known:
                many = [limit("year", 300_000_000_00)]
                make_benefit(
                    scope, cover.plan.id, code=code, benefit_group="inpatient", position=position, limits=many, **facts
                )
        hospital = make_provider(scope, kind="hospital", tier="ppk2", name=name)
        if cover.plan.network:
            make_membership(scope, hospital, cover.plan.network)
        make_room(scope, hospital, "1", 1, 1_000_000_00)
        make_room(scope, hospital, "VIP", 2, 1_500_000_00)
        return hospital.id, name


def with_letter(family: Family, hospital: UUID, *, final: bool = False) -> str:
    """An issued letter of the employee, settled when told so."""
    now = clock.now()
    with working_for(family.client.id, Actor(Role.DOCTOR)) as scope:
        letter = service.request(
            scope,
            family.member_ids[0],
            provider_id=hospital,
            told=Told(estimate=rupiah(9_000_000), sent_by_doctor=True),
        )
        service.issue(scope, letter.id)
        if final:
            hr = scope.as_actor(Actor(Role.HR))
            service.confirm(hr, letter.id, "hr_statement", "The card is being printed")
            positions = (
                {"item": "treatment", "amount": rupiah(5_000_000), "benefit": "W-CARE", "quantity": 1},
                {"item": "non_medical", "amount": rupiah(120_000), "benefit": "W-CARE", "quantity": 1},
            )
            service.finalise(scope, letter.id, service.Discharge(positions, now, now - timedelta(days=2)))
        return str(letter.id)


@pytest.mark.requirement("S1-56")
def test_a_letter_says_until_when_it_holds_and_what_to_do_next(site: str, phone: Page):
    family = make_family(SLUG)
    hospital, name = with_ward(family)
    with_letter(family, hospital)
    enter(phone, site, family, "/letters")
    phone.get_by_role("link", name=name).click()
    expect(phone.get_by_text("Valid until")).to_be_visible()
    expect(phone.get_by_text("Show the member card at the hospital")).to_be_visible()
    expect(phone.get_by_role("img", name="QR code of the letter").locator("svg")).to_be_visible()
    with phone.expect_download() as paper:
        phone.get_by_role("button", name="Letter (PDF)").click()
    assert paper.value.suggested_filename.endswith(".pdf")
    assert not shifts_sideways(phone)


@pytest.mark.requirement("S1-74")
def test_a_final_letter_says_who_pays_what_and_why(site: str, phone: Page):
    family = make_family(SLUG)
    hospital, _ = with_ward(family)
    letter = with_letter(family, hospital, final=True)
    enter(phone, site, family, f"/letters/{letter}")
    expect(phone.get_by_text("Pay Rp\u00a0120,000 at the hospital before you leave.")).to_be_visible()
    expect(phone.locator(".shares")).to_contain_text("Rp\u00a05,000,000")
    phone.locator("details.reason").nth(1).locator("summary").click()
    expect(phone.get_by_text("not medical care")).to_be_visible()
    expect(phone.get_by_role("link", name="Talk to a person")).to_be_visible()


def test_a_letter_can_be_read_without_network_after_one_visit(app: Flask, keeping_phone: Page):
    page = keeping_phone
    family = make_family(SLUG)
    hospital, _ = with_ward(family)
    letter = with_letter(family, hospital)
    with serving(app) as site:
        enter(page, site, family, f"/letters/{letter}")
        expect(page.get_by_role("img", name="QR code of the letter")).to_be_visible()
        page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.context.set_offline(True)
    page.goto(f"{site}/c/{SLUG}/#/letters/{letter}")
    page.reload()
    expect(page.get_by_role("img", name="QR code of the letter")).to_be_visible()
    expect(page.get_by_text("Kept on this phone")).to_be_visible()


def test_a_member_asks_for_a_letter_and_sees_until_when_we_answer(site: str, phone: Page):
    family = make_family(SLUG)
    with_ward(family)
    enter(phone, site, family, "/letters")
    phone.get_by_role("button", name="Ask for a letter").click()
    phone.get_by_label("Name of the hospital").fill("RS Harapan Kita")
    phone.get_by_role("button", name="Ask", exact=True).click()
    expect(phone.get_by_text("We answer by")).to_be_visible()


@pytest.mark.requirement("S2-6")
def test_before_one_goes_the_phone_says_who_pays_what_and_what_would_change_it(site: str, phone: Page):
    family = make_family(SLUG)
    _, name = with_ward(family)
    enter(phone, site, family, "/estimate")
    phone.get_by_label("Find a hospital or clinic").fill(name)
    phone.get_by_role("button", name="Search").click()
    phone.get_by_role("button", name=name).click()
    phone.get_by_label("Room class").select_option("VIP")
    phone.get_by_label("How many days?").fill("2")
    phone.get_by_label("A doctor sends me there").check()
    phone.get_by_role("button", name="Work it out").click()
    expect(phone.locator(".shares")).to_contain_text("You pay")
    expect(phone.get_by_text("In class 1 you pay")).to_be_visible()
    assert not shifts_sideways(phone)


def test_a_letter_whose_hospital_nobody_knows_yet_says_so(site: str, browser: Browser):
    family = make_family(SLUG)
    with working_for(family.client.id) as scope:
        service.request(scope, family.member_ids[0], told=Told(estimate=rupiah(4_000_000)))
    with at_the_desk(browser, site, make_colleague(family.client), "/guarantees") as page:
        page.get_by_role("link", name="Hospital not known yet").click()
        expect(page.get_by_role("heading", name="Hospital not known yet")).to_be_visible()


@pytest.mark.requirement("S2-36")
def test_the_desk_answers_what_a_hospital_waits_for(site: str, browser: Browser):
    family = make_family(SLUG)
    hospital, name = with_ward(family)
    with working_for(family.client.id) as scope:
        service.request(scope, family.member_ids[0], provider_id=hospital, told=Told(estimate=rupiah(4_000_000)))
    with at_the_desk(browser, site, make_colleague(family.client), "/guarantees") as page:
        page.get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", name=name)).to_be_visible()
        expect(page.get_by_text("Answer by")).to_be_visible()
        page.get_by_role("button", name="Ask for papers").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("textbox").fill("The first medical report")
        dialog.get_by_role("button", name="Ask for papers").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_text("Answered. The hospital has been told.")).to_be_visible()
        page.get_by_role("link", name="Before you go").click()
        expect(page.get_by_label("Find a hospital or clinic")).to_be_visible()
