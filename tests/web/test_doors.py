"""The ways in: a code, a host name of a client's own, links and messages that lead to the right app or say why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.access import working_for
from backend.branding import loader
from backend.clients import codes
from backend.clients.rules import code_as_shown
from backend.notifications import queries
from tests.factories.hosts import give_host
from tests.web.conftest import PHONE, until
from tests.web.people import Family, branded_client, enter, make_family, tokens_of, with_claim
from tests.web.signed_in import KEEP_SESSION
from tests.web.test_screens import barriers, shifts_sideways
from tests.web.test_signing_in import code_for

pytestmark = pytest.mark.browser

OWN, OTHER = "nusantara", "indico"


def code_of(slug: str) -> str:
    with working_for(branded_client(slug).id) as scope:
        return codes.own_code(scope)


@pytest.fixture
def dropped(browser: Browser) -> Iterator[Page]:
    """A page that may go to any name of this machine, and whose script errors fail the test."""
    context = browser.new_context(**PHONE, locale="en-GB", service_workers="block")
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def test_a_companys_code_leads_to_its_app(site: str, phone: Page):
    phone.goto(f"{site}/")
    phone.get_by_label("Company code").fill(code_as_shown(code_of(OTHER)).lower())
    phone.get_by_role("button", name="Continue").click()
    expect(phone).to_have_url(f"{site}/c/{OTHER}/")
    expect(phone.get_by_role("heading", level=1)).to_contain_text(loader.brand_of(OTHER).name)


def test_the_address_of_a_companys_qr_leads_there_by_itself(site: str, phone: Page):
    phone.goto(f"{site}/#code={code_of(OWN)}")
    expect(phone).to_have_url(f"{site}/c/{OWN}/")


def test_the_choice_is_remembered_and_can_be_changed(site: str, phone: Page):
    phone.goto(f"{site}/#code={code_of(OWN)}")
    expect(phone).to_have_url(f"{site}/c/{OWN}/")
    phone.goto(f"{site}/")
    expect(phone).to_have_url(f"{site}/c/{OWN}/")
    phone.get_by_role("link", name="Another company").click()
    expect(phone.get_by_label("Company code")).to_be_visible()
    expect(phone.get_by_role("link", name=f"Continue with {loader.brand_of(OWN).name}")).to_be_visible()


def test_who_remembers_a_company_that_is_gone_can_choose_another(site: str, phone: Page):
    phone.goto(f"{site}/#change")
    phone.evaluate("localStorage.setItem('careline:client', JSON.stringify({ slug: 'gone', name: 'Gone' }))")
    phone.goto(f"{site}/?again")
    expect(phone.get_by_role("heading", name="This page does not exist.")).to_be_visible()
    assert barriers(phone) == []
    phone.get_by_role("link", name="Choose your company").click()
    expect(phone.get_by_label("Company code")).to_be_visible()


def test_an_unknown_code_is_refused_at_the_field(site: str, phone: Page):
    phone.goto(f"{site}/")
    phone.get_by_label("Company code").fill("0000-0000")
    phone.get_by_role("button", name="Continue").click()
    expect(phone.get_by_text("We do not know this code")).to_be_visible()
    expect(phone.get_by_label("Company code")).to_have_attribute("aria-invalid", "true")


def test_a_companys_qr_is_read_with_the_camera(site: str, phone: Page):
    phone.add_init_script(
        f"""globalThis.BarcodeDetector = class {{
          static getSupportedFormats() {{ return Promise.resolve(["qr_code"]); }}
          detect() {{ return Promise.resolve([{{ rawValue: "https://careline.test/#code={code_of(OTHER)}" }}]); }}
        }};
        navigator.mediaDevices.getUserMedia = async () => {{
          const sheet = document.createElement("canvas");
          setInterval(() => sheet.getContext("2d").fillRect(0, 0, 9, 9), 20);
          return sheet.captureStream(20);
        }};"""
    )
    phone.goto(f"{site}/")
    phone.get_by_role("button", name="Scan the QR code").click()
    expect(phone).to_have_url(f"{site}/c/{OTHER}/")


def test_without_a_camera_the_page_says_to_type(site: str, phone: Page):
    phone.add_init_script("navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('none'));")
    phone.goto(f"{site}/")
    phone.get_by_role("button", name="Scan the QR code").click()
    expect(phone.get_by_text("Please type the code")).to_be_visible()


@pytest.mark.parametrize(
    ("locale", "title"),
    [("en-GB", "Your health plan"), ("id-ID", "Jaminan kesehatan Anda"), ("pt-PT", "O seu plano de saúde")],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_the_choice_of_a_company(locale: str, title: str, scheme: str, site: str, browser: Browser):
    context = browser.new_context(**PHONE, locale=locale, color_scheme=scheme, service_workers="block")
    page = context.new_page()
    page.goto(f"{site}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    found = barriers(page), shifts_sideways(page)
    context.close()
    assert found == ([], False)


def test_the_choice_of_a_company_names_no_client(site: str, phone: Page):
    asked: list[str] = []
    phone.on("response", lambda answer: asked.append(answer.text()) if answer.url == f"{site}/" else None)
    phone.goto(f"{site}/")
    expect(phone.get_by_label("Company code")).to_be_visible()
    seen = (phone.content() + "".join(asked)).lower()
    assert not [name for brand in loader.brands().values() for name in (brand.slug, brand.name.lower()) if name in seen]


def test_whom_to_call_is_shown_before_anybody_signs_in(site: str, phone: Page):
    phone.goto(f"{site}/c/{OWN}/#/hotline")
    line = loader.brand_of(OWN).hotline
    expect(phone.get_by_role("link", name=line.shown)).to_have_attribute("href", f"tel:{line.voice}")
    expect(phone.get_by_role("link", name="119")).to_be_visible()
    phone.get_by_role("link", name="Sign in").click()
    expect(phone.get_by_label("Mobile number")).to_be_visible()


def test_a_link_to_another_clients_app_says_so_and_shows_nothing_of_it(site: str, phone: Page):
    enter(phone, site, make_family(OWN))
    expect(phone.get_by_role("heading", name="Hello, Dewi")).to_be_visible()
    phone.goto(f"{site}/c/{OTHER}/#/claims")
    here, there = loader.brand_of(OTHER).name, loader.brand_of(OWN).name
    expect(phone.get_by_text(f"The link leads to {here}. On this device you are signed in to {there}.")).to_be_visible()
    expect(phone.locator(".app")).to_have_count(0)
    assert barriers(phone) == []
    phone.get_by_role("link", name=f"Back to {there}").click()
    expect(phone).to_have_url(f"{site}/c/{OWN}/")


def test_who_has_two_plans_signs_in_there_and_comes_to_the_page_of_the_link(site: str, phone: Page):
    enter(phone, site, make_family(OWN))
    expect(phone.get_by_role("heading", name="Hello, Dewi")).to_be_visible()
    phone.goto(f"{site}/c/{OTHER}/#/claims")
    phone.get_by_role("button", name="Sign in to").click()
    expect(phone.get_by_label("Mobile number")).to_be_visible()
    expect(phone).to_have_url(f"{site}/c/{OTHER}/#/claims")


def test_a_session_of_another_client_opens_nothing_in_this_clients_app(site: str, phone: Page):
    stranger = make_family(OWN)
    with_claim(stranger)
    home = f"{site}/c/{OTHER}/"
    phone.goto(f"{home}manifest.webmanifest")
    phone.evaluate(KEEP_SESSION, [OTHER, tokens_of(stranger)])
    phone.goto(f"{home}#/claims")
    expect(phone.get_by_text("Nothing of it is shown here.")).to_be_visible()
    expect(phone.get_by_text("Klinik Keluarga Melati")).to_have_count(0)
    phone.get_by_role("button", name="Sign out here").click()
    expect(phone.get_by_label("Mobile number")).to_be_visible()


def test_a_message_of_another_client_is_not_opened_in_this_app(site: str, phone: Page):
    enter(phone, site, make_family(OWN))
    phone.evaluate("slug => { location.hash = `#/open/${slug}/claims`; }", OTHER)
    expect(phone.get_by_text("The message is about another health plan")).to_be_visible()
    phone.get_by_role("link", name="Stay with").click()
    expect(phone.get_by_role("heading", name="Hello, Dewi")).to_be_visible()


@pytest.mark.parametrize("running", [True, False])
def test_a_message_of_this_client_opens_its_page(running: bool, site: str, phone: Page):
    enter(phone, site, make_family(OWN))
    if running:
        phone.evaluate("slug => { location.hash = `#/open/${slug}/benefits`; }", OWN)
    else:
        phone.goto("about:blank")
        phone.goto(f"{site}/c/{OWN}/#/open/{OWN}/benefits")
    expect(phone).to_have_url(f"{site}/c/{OWN}/#/benefits")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Benefits")


def test_at_a_clients_own_host_the_app_lives_at_the_root(site: str, dropped: Page, monkeypatch: pytest.MonkeyPatch):
    """Chromium finds `localhost` on this machine: the same server under another name."""
    give_host(monkeypatch, OWN, "localhost")
    at_home = f"http://localhost:{urlsplit(site).port}/"
    family = make_family(OWN)
    dropped.goto(f"{at_home}manifest.webmanifest")
    dropped.evaluate(KEEP_SESSION, [OWN, tokens_of(family)])
    dropped.goto(f"{at_home}#/benefits")
    expect(dropped.get_by_role("heading", level=1)).to_have_text("Benefits")
    dropped.goto(f"{at_home}c/{OWN}/#/card")
    expect(dropped).to_have_url(f"{at_home}#/card")
    expect(dropped.get_by_role("img", name="QR code")).to_be_visible()


def test_a_missing_page_at_a_clients_host_can_be_used_by_everybody(
    site: str, dropped: Page, monkeypatch: pytest.MonkeyPatch
):
    give_host(monkeypatch, OWN, "localhost")
    dropped.goto(f"http://localhost:{urlsplit(site).port}/desk/")
    expect(dropped.get_by_role("heading", level=1)).to_have_text("This page does not exist.")
    assert barriers(dropped) == []
    assert not shifts_sideways(dropped)
    dropped.get_by_role("link", name="To ").click()
    expect(dropped.get_by_label("Mobile number")).to_be_visible()


def test_a_link_opens_its_page_after_signing_in(site: str, phone: Page, jobs_done: Callable[[], None]):
    family = make_family(OWN)
    phone.goto(f"{site}/c/{OWN}/#/claims")
    phone.get_by_label("Mobile number").fill(family.phone)
    phone.get_by_role("button", name="by SMS").click()
    expect(phone.get_by_role("heading", name="Enter the code")).to_be_visible()
    jobs_done()
    phone.get_by_label("6-digit code").fill(code_for(phone, site, family.phone))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Claims")


STORE_APP = """globalThis.heard = {};
const hear = { addListener: (name, react) => { globalThis.heard[name] = react; } };
const messaging = {
  ...hear,
  checkPermissions: async () => ({ receive: localStorage.getItem("agreed") || "prompt" }),
  requestPermissions: async () => {
    if (localStorage.getItem("agreed")) throw new Error("asked twice");
    localStorage.setItem("agreed", ANSWER);
    return { receive: ANSWER };
  },
  getToken: async () => ({ token: TOKEN }),
};
globalThis.Capacitor = { Plugins: { FirebaseMessaging: messaging, App: hear }, getPlatform: () => "ios" };"""


def in_store_app(page: Page, answer: str = "granted") -> str:
    """From now on the page stands in the shell of a store's app, whose person answers this when asked for pushes; the
    token of the device."""
    token = f"token-{uuid4()}"
    page.add_init_script(STORE_APP.replace("ANSWER", f'"{answer}"').replace("TOKEN", f'"{token}"'))
    return token


def devices_of(family: Family) -> list[tuple[str, str]]:
    with working_for(family.client.id) as scope:
        return [(row.platform, row.value) for row in queries.devices_of(scope, family.member_ids[0])]


def test_who_signs_in_in_a_store_app_and_agrees_gets_pushes_there(site: str, phone: Page):
    token, family = in_store_app(phone), make_family(OWN)
    with phone.expect_response("**/devices") as told:
        enter(phone, site, family)
    assert told.value.status == 201
    assert devices_of(family) == [("ios", token)]


def test_who_refuses_pushes_in_a_store_app_is_asked_once_and_registers_nothing(site: str, phone: Page):
    in_store_app(phone, "denied")
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url) if request.url.endswith("/devices") else None)
    family = make_family(OWN)
    enter(phone, site, family)
    until(phone, "localStorage.getItem('agreed') === 'denied'")
    phone.reload()
    expect(phone.get_by_role("heading", name="Hello, Dewi")).to_be_visible()
    assert (asked, devices_of(family)) == ([], [])


@pytest.fixture
def store_app(site: str, phone: Page) -> Page:
    """The app inside the shell of a store's app, with somebody signed in."""
    in_store_app(phone)
    enter(phone, site, make_family(OWN))
    expect(phone.get_by_role("heading", name="Hello, Dewi")).to_be_visible()
    return phone


def tap(page: Page, data: dict[str, str]) -> None:
    page.evaluate("data => heard.notificationActionPerformed({ notification: { data } })", data)


def test_a_tap_on_a_push_opens_its_page(store_app: Page):
    tap(store_app, {"client": OWN, "link": "/benefits"})
    expect(store_app.get_by_role("heading", level=1)).to_have_text("Benefits")


def test_a_tap_on_a_push_of_another_client_says_so(store_app: Page):
    tap(store_app, {"client": OTHER, "link": "/claims"})
    expect(store_app.get_by_text("The message is about another health plan")).to_be_visible()
    expect(store_app.locator(".app")).to_have_count(0)


def test_a_link_that_the_phone_gives_to_the_store_app_opens_there(site: str, store_app: Page):
    store_app.evaluate("url => heard.appUrlOpen({ url })", f"{site}/c/{OWN}/#/card")
    expect(store_app.get_by_role("img", name="QR code")).to_be_visible()


def test_a_link_of_another_client_in_the_store_app_says_so(site: str, store_app: Page):
    store_app.evaluate("url => heard.appUrlOpen({ url })", f"{site}/c/{OTHER}/#/card")
    expect(store_app.get_by_text("On this device you are signed in to")).to_be_visible()


def test_a_link_of_a_stranger_is_not_followed_by_the_store_app(store_app: Page):
    store_app.evaluate("heard.appUrlOpen({ url: 'https://stranger.example/c/x/' })")
    expect(store_app.get_by_role("heading", name="Hello, Dewi")).to_be_visible()
