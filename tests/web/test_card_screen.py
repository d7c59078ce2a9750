"""The e-card in the hand."""

import cv2
import numpy as np
import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from backend.access import Role
from tests.factories.accounts import headers_for
from tests.web.conftest import serving
from tests.web.people import enter, make_family

pytestmark = pytest.mark.browser

SLUG = "nusantara"


@pytest.mark.requirement("S0-56")
def test_the_card_shows_name_number_and_a_code_to_scan(site: str, phone: Page):
    enter(phone, site, make_family(SLUG), "/card")
    card = phone.get_by_role("region", name="Member card")
    expect(card).to_contain_text("Dewi Kusumawardhani")
    expect(phone.get_by_role("img", name="QR code of the member card").locator("svg")).to_be_visible()


def test_a_scanner_reads_the_code_on_the_screen_and_finds_the_card_genuine(site: str, phone: Page):
    family = make_family(SLUG)
    enter(phone, site, family, "/card")
    code = phone.get_by_role("img", name="QR code of the member card")
    expect(code.locator("svg")).to_be_visible()
    pixels = cv2.imdecode(np.frombuffer(code.screenshot(), np.uint8), cv2.IMREAD_COLOR)
    read, _, _ = cv2.QRCodeDetector().detectAndDecode(pixels)
    desk = headers_for(Role.PROVIDER, family.client)
    verdict = phone.request.post(f"{site}/api/v1/cards/verify", data={"qr": read}, headers=desk).json()
    assert verdict["genuine"]


def test_the_card_opens_without_any_network_after_one_visit(app: Flask, keeping_phone: Page):
    page = keeping_phone
    with serving(app) as site:
        enter(page, site, make_family(SLUG), "/card")
        expect(page.get_by_role("img", name="QR code")).to_be_visible()
        page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.context.set_offline(True)
    page.goto(f"{site}/c/{SLUG}/#/card")
    page.reload()
    expect(page.get_by_role("region", name="Member card")).to_contain_text("Dewi Kusumawardhani")
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    expect(page.get_by_text("Kept on this phone")).to_be_visible()


def test_the_family_switch_shows_the_childs_card(site: str, phone: Page):
    enter(phone, site, make_family(SLUG), "/card")
    phone.get_by_role("group", name="Family members").get_by_role("button", name="Raka").click()
    expect(phone.get_by_role("region", name="Member card")).to_contain_text("Raka Adi Prasetyo")


@pytest.mark.requirement("S1-60")
def test_a_lost_card_stops_working_and_names_the_fee_before(site: str, phone: Page):
    enter(phone, site, make_family(SLUG), "/card")
    phone.get_by_role("button", name="Card lost or damaged").click()
    expect(phone.get_by_role("heading", name="Report this card as lost?")).to_be_focused()
    expect(phone.get_by_text("Rp\u00a025,000")).to_be_visible()
    phone.get_by_role("button", name="Yes, report it").click()
    expect(phone.get_by_text("Reported lost", exact=True)).to_be_visible()
    expect(phone.get_by_role("img", name="QR code")).to_have_count(0)


def test_the_card_can_be_saved_as_a_picture(site: str, phone: Page):
    enter(phone, site, make_family(SLUG), "/card")
    with phone.expect_download() as saved:
        phone.get_by_role("button", name="Image").click()
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")
