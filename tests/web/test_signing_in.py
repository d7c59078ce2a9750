"""Getting in and out."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.people import enter, make_family

pytestmark = pytest.mark.browser

SLUG = "nusantara"
_KEPT = """slug => new Promise((resolve) => {
  const opening = indexedDB.open(`careline:${slug}`, 1);
  opening.onsuccess = () => {
    const asking = opening.result.transaction("kept").objectStore("kept").getAllKeys();
    asking.onsuccess = () => { opening.result.close(); resolve(asking.result); };
  };
})"""


def ask_for_a_code(page: Page, site: str, number: str) -> None:
    page.goto(f"{site}/c/{SLUG}/")
    page.get_by_label("Mobile number").fill(number)
    page.get_by_role("button", name="by SMS").click()
    expect(page.get_by_role("heading", name="Enter the code")).to_be_visible()


def code_for(page: Page, site: str, number: str) -> str:
    sent = page.request.get(f"{site}/demo/outbox.json").json()
    text = next(message["text"] for message in sent if message["to"] == number)
    return next(word for word in text.replace(".", " ").replace(":", " ").split() if word.isdigit() and len(word) == 6)


def test_a_member_signs_in_by_the_code_that_was_sent(site: str, phone: Page, jobs_done):
    family = make_family(SLUG)
    ask_for_a_code(phone, site, family.phone)
    jobs_done()
    phone.get_by_label("6-digit code").fill(code_for(phone, site, family.phone))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Hello, Dewi")


def test_a_wrong_code_is_refused_at_the_field_in_the_readers_language(site: str, phone: Page):
    ask_for_a_code(phone, site, make_family(SLUG).phone)
    phone.get_by_label("6-digit code").fill("000000")
    expect(phone.get_by_label("6-digit code")).to_have_attribute("aria-invalid", "true")
    expect(phone.get_by_text("This code is not right")).to_be_visible()


def test_the_refusal_of_a_code_is_in_indonesian_for_who_reads_indonesian(site: str, phone: Page):
    ask_for_a_code(phone, site, make_family(SLUG).phone)
    phone.get_by_role("button", name="Bahasa Indonesia").click()
    phone.get_by_label("Kode 6 angka").fill("000000")
    expect(phone.get_by_text("Kode ini")).to_be_visible()


def test_a_number_nobody_can_read_is_marked_at_its_field(site: str, phone: Page):
    phone.goto(f"{site}/c/{SLUG}/")
    phone.get_by_label("Mobile number").fill("0812345678901234567")
    phone.get_by_label("Mobile number").press("Enter")
    expect(phone.get_by_text("not a mobile number")).to_be_visible()


def test_signing_out_removes_what_was_kept(site: str, phone: Page):
    enter(phone, site, make_family(SLUG), "/card")
    expect(phone.get_by_role("img", name="QR code")).to_be_visible()
    phone.goto(f"{site}/c/{SLUG}/#/profile")
    phone.get_by_role("button", name="Sign out").click()
    expect(phone.get_by_label("Mobile number")).to_be_visible()
    assert set(phone.evaluate(_KEPT, SLUG)) <= {"brand", "language"}


def test_a_session_that_ends_in_the_middle_says_so_and_asks_to_sign_in(site: str, phone: Page):
    enter(phone, site, make_family(SLUG))
    phone.route("**/api/v1/**", ended)
    phone.get_by_role("link", name="Benefits").click()
    expect(phone.get_by_text("Your session has ended")).to_be_visible()


def ended(route: Route) -> None:
    body = {"code": 401, "status": "Unauthorized", "reason": "access.session_ended", "message": "Ended."}
    route.fulfill(status=401, json=body)


def test_a_server_in_trouble_signs_nobody_out(site: str, phone: Page):
    enter(phone, site, make_family(SLUG))
    phone.route("**/api/v1/sign-in/refresh", lambda route: route.fulfill(status=503, json={"code": 503}))
    phone.route("**/api/v1/members/*/benefits", ended)
    phone.get_by_role("link", name="Benefits").click()
    expect(phone.get_by_role("button", name="Try again")).to_be_visible()
    expect(phone.get_by_label("Mobile number")).to_have_count(0)
