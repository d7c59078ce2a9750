"""The front desk in a real browser: a card is checked, a visit opened, closed and billed; a referral is accepted."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from backend.access import working_for
from backend.integrations import registry
from backend.kit import clock, signed_codes
from backend.kit.signed_codes import CodeType, SignedCode
from backend.members.service import cards
from backend.referrals import queries as referrals
from backend.visits import revocation
from tests.factories.referrals import make_referral, make_region
from tests.factories.visits import INPATIENT, OUTPATIENT, SPECIALIST, Desk, make_desk, make_visit
from tests.web.conftest import serving
from tests.web.front_desk_people import at_the_front_desk, enter_front_desk, settled
from tests.web.test_screens import barriers, shifts_sideways

pytestmark = pytest.mark.browser

SIZES = {"pocket": (390, 844), "tablet": (768, 1024), "table": (1280, 800)}


def check(page: Page, text: str) -> None:
    page.get_by_label("Card, referral or letter").fill(text)
    page.get_by_role("button", name="Check", exact=True).click()


def signed(type_: CodeType, number: str, *, client: str = "somebody", lives: timedelta = timedelta(days=2), **facts):
    now = clock.now().replace(microsecond=0)
    code = SignedCode(type_, client, number, now - timedelta(days=3), now + lives, facts)
    return signed_codes.sign(registry.current().settings.card_key, code)


@pytest.mark.requirement("S4-22")
@pytest.mark.requirement("S4-26")
@pytest.mark.requirement("S0-46")
def test_a_card_is_checked_and_a_visit_opened_closed_and_billed(app: Flask, site: str, browser: Browser):
    desk = make_desk(OUTPATIENT, SPECIALIST, INPATIENT)
    with at_the_front_desk(browser, site, desk.client, desk.provider_id) as page:
        check(page, desk.card_number())
        expect(page.get_by_role("heading", name="Budi Santoso")).to_be_focused()
        expect(page.get_by_text("The patient pays 10% here, at most Rp")).to_be_visible()
        page.get_by_role("button", name="Open the visit").click()
        page.get_by_role("button", name="Close the visit").click()
        page.get_by_role("link", name="Write the bill").click()
        page.get_by_label("Invoice number").fill("INV-2026-1")
        page.get_by_label("Service").fill("Consultation")
        page.get_by_label("Price of one in IDR").fill("350.000")
        page.get_by_label("Find a diagnosis").fill("J06.9")
        page.get_by_role("list", name="Diagnoses found").get_by_role("button").first.click()
        expect(page.locator("#diagnoses")).to_have_value("J06.9")
        expect(page.get_by_text("Rp\xa0350,000")).to_be_visible()
        page.get_by_role("button", name="Send the bill").click()
        expect(page.get_by_text("The bill is with us")).to_be_visible()
        page.get_by_role("link", name="Bills").click()
        expect(page.get_by_text("INV-2026-1")).to_be_visible()


def test_it_is_done_with_the_keyboard_alone(app: Flask, site: str, browser: Browser):
    desk = make_desk()
    with at_the_front_desk(browser, site, desk.client, desk.provider_id) as page:
        expect(page.get_by_label("Card, referral or letter")).to_be_focused()
        page.keyboard.type(desk.card_number())
        page.keyboard.press("Enter")
        heading = page.get_by_role("heading", name="Budi Santoso")
        expect(heading).to_be_focused()
        for _ in range(8):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent") == "Open the visit":
                break
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Close the visit")).to_be_visible()


def test_a_code_that_does_not_count_says_so_in_the_desks_language(app: Flask, site: str, browser: Browser):
    desk = make_desk()
    with at_the_front_desk(browser, site, desk.client, desk.provider_id, locale="id-ID") as page:
        page.get_by_label("Kartu, rujukan, atau surat").fill("000011112222")
        page.get_by_role("button", name="Periksa", exact=True).click()
        expect(page.get_by_text("Nomor ini tidak dikenal.")).to_be_visible()


@pytest.mark.requirement("S0-28")
def test_the_specialists_desk_accepts_a_referral_and_the_next_desk_is_told(app: Flask, site: str, browser: Browser):
    region = make_region()
    code = make_referral(region).code
    with at_the_front_desk(browser, site, region.client, region.specialist) as page:
        check(page, code)
        page.get_by_role("button", name="Accept the referral").click()
        expect(page.get_by_text("The referral was accepted for this facility.")).to_be_visible()
        expect(page.get_by_text("Budi Santoso")).to_be_visible()
    with working_for(region.client.id) as scope:
        assert referrals.referral(scope, code).accepted_by == region.specialist
    with at_the_front_desk(browser, site, region.client, region.other_specialist) as page:
        check(page, code)
        expect(page.get_by_text("Not valid")).to_be_visible()
        expect(page.get_by_role("button", name="Accept the referral")).to_have_count(0)


@pytest.mark.requirement("S1-21")
def test_a_letter_is_asked_for_and_its_clock_is_followed(app: Flask, site: str, browser: Browser):
    desk = make_desk(INPATIENT)
    with at_the_front_desk(browser, site, desk.client, desk.provider_id) as page:
        check(page, desk.card_number())
        page.get_by_role("button", name="Open the visit").click()
        page.get_by_label("Expected cost in IDR").fill("12.000.000")
        page.get_by_role("button", name="Ask for the letter").click()
        expect(page.get_by_text("We are working on the answer.")).to_be_visible()
        expect(page.get_by_text("min left")).to_be_visible()
        page.get_by_role("link", name="Letters").click()
        expect(page.get_by_text("min left")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_screen_fits_and_can_be_used_by_everybody(
    app: Flask, site: str, browser: Browser, *, size: str, scheme: str, tmp_path
):
    desk = make_desk(OUTPATIENT, SPECIALIST, INPATIENT)
    closed = make_visit(desk, closed=True)
    going = make_visit(desk)
    width, height = SIZES[size]
    view = {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
    found = {}
    with at_the_front_desk(browser, site, desk.client, desk.provider_id, **view) as page:
        for place in (
            "/",
            "/visits",
            f"/visits/{going.id}",
            f"/visits/{closed.id}/bill",
            "/letters",
            "/referrals",
            "/bills",
        ):
            page.goto(f"{site}/provider/#{place}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            if place == "/":
                check(page, desk.card_number())
                expect(page.get_by_role("heading", name="Budi Santoso")).to_be_visible()
            wrong = barriers(page) + (["shifts sideways"] if shifts_sideways(page) else [])
            page.screenshot(path=tmp_path / f"{place.replace('/', '_')}.png", full_page=True)
            if wrong:
                found[place] = wrong
    assert found == {}


def _card(desk: Desk, **more) -> str:
    client = more.pop("client", desk.client.slug)
    facts = {"card_number": desk.card_number(), "name": "Budi Santoso", "plan": "GOLD"}
    return signed(CodeType.CARD, "M-1", client=client, **facts, **more)


def test_without_network_codes_are_told_apart(app: Flask, browser: Browser):
    """Issue 4: genuine, tampered, expired and stopped ones, with the server stopped, also after a reload."""
    desk, loser = make_desk(), make_desk()
    with working_for(loser.client.id) as scope:
        cards.report_card_loss(scope, loser.member_id, "lost")
    revocation.forget()
    genuine = _card(desk)
    forged = signed_codes.sign(
        hashlib.sha256(b"not ours").digest(),
        SignedCode(CodeType.CARD, "x", "1", clock.now(), clock.now() + timedelta(days=1), {"card_number": "1"}),
    )
    tampered = genuine[:-20] + ("A" if genuine[-20] != "A" else "B") + genuine[-19:]
    cases = {
        genuine: "The signature is genuine and the code is in time.",
        tampered: "The signature does not fit",
        forged: "This code is not one of ours.",
        "https://somewhere.example/": "This code is not one of ours.",
        _card(desk, lives=timedelta(seconds=-1)): "This code is too old.",
        _card(loser): "This code was stopped",
        signed(CodeType.REFERRAL, "4264-0815-3297", name="Budi", specialty="JAN"): "The signature is genuine",
        signed(CodeType.LETTER, "5264-0815-3297", name="Budi", room_class="1"): "The signature is genuine",
    }
    context = browser.new_context(viewport={"width": 768, "height": 1024}, locale="en-GB")
    page = context.new_page()
    try:
        with serving(app) as address:
            enter_front_desk(page, address, desk.client, desk.provider_id)
            settled(page)
        page.reload()
        for text, said in cases.items():
            check(page, text)
            expect(page.get_by_role("main").get_by_text(said)).to_be_visible()
        expect(page.get_by_text("The list of stopped codes is from")).to_be_visible()
        expect(page.get_by_text("No network.")).to_be_visible()
    finally:
        context.close()
