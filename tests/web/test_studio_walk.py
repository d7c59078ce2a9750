"""From one logo and one colour to a published brand, recorded; and what members then see and hear."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from datetime import date

import pypdfium2 as pdfium
import pytest
from flask.testing import FlaskClient
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from backend.access import Role, working_for
from backend.branding import loader
from backend.clients import registry
from backend.clients import service as clients
from backend.clients.registry import ClientFacts
from backend.devstack.places import LOCAL
from backend.kit import clock, ids
from backend.members.models import Member
from backend.notifications import service as notifications
from backend.studio.pdf_pages import pdf_text
from tests.factories.accounts import headers_for
from tests.factories.brands import LOGO, numbers
from tests.factories.clients import make_client
from tests.web.conftest import PHONE, watched
from tests.web.people import enter, make_family
from tests.web.recording import recorded
from tests.web.studio_people import at_the_studio

pytestmark = pytest.mark.browser

NAME, COLOUR = "Cendana Karya", "#8a3324"
FIVE_MINUTES = 5 * 60
GATE_MS = 60_000
"""The gate draws and reads everything that is made of a brand; a machine that runs other tests takes its time."""
RECORDING = LOCAL / "recordings" / "studio.webp"


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def setting(page: Page, name: str) -> Locator:
    """The field of a setting, which says beside its name when it is still needed."""
    return page.get_by_label(re.compile(f"^{name}( |$)"))


def makes_the_brand(page: Page, slug: str, lines: dict[str, str]) -> None:
    """What the administrator does, from the new client to the message that it is published."""
    page.get_by_role("link", name="New client").click()
    page.get_by_label("Name of the company").fill(NAME)
    page.get_by_label("Address", exact=True).fill(slug)
    page.get_by_label("Country").fill("ID")
    page.get_by_label("Currency").fill("IDR")
    page.get_by_label("Time zone").select_option("Asia/Jakarta")
    page.get_by_label("Indonesian").check()
    page.get_by_label("English").check()
    page.get_by_role("button", name="Create the client").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value(NAME)

    page.get_by_role("link", name="Logo and colours").first.click()
    page.locator("#at-logo").set_input_files({"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": LOGO})
    expect(page.get_by_role("img", name="Mark for icons")).to_be_visible()
    page.get_by_label("Brand colour", exact=True).fill(COLOUR)
    expect(page.frame_locator(".phone iframe").get_by_text(NAME).first).to_be_visible()

    page.get_by_role("link", name="Legal texts").first.click()
    setting(page, "Terms").fill("")
    page.get_by_role("link", name="Helpline").first.click()
    page.get_by_label("Telephone number").fill(lines["voice"])
    page.get_by_label("WhatsApp number").fill(lines["whatsapp"])
    setting(page, "Emergency number").fill("112")
    page.get_by_role("button", name="Add a number").click()
    page.get_by_label("Number 1", exact=True).fill("112")
    page.get_by_label("Whom number 1 reaches").select_option("general")
    expect(page.locator(".saved")).to_have_text("Saved")

    page.get_by_role("link", name="Check and publish").first.click()
    expect(page.get_by_text("To mend before it can be published: 1")).to_be_visible(timeout=GATE_MS)
    expect(page.get_by_role("button", name="Publish")).to_be_disabled()
    page.get_by_role("link", name=re.compile("^Mend: .*Terms")).click()
    terms = setting(page, "Terms")
    expect(terms).to_be_focused()
    terms.fill("Kartu ini milik pribadi. Manfaat mengikuti kontrak perusahaan Anda.")
    expect(page.locator(".saved")).to_have_text("Saved")

    page.get_by_role("link", name="Check and publish").first.click()
    expect(page.get_by_text("Everything can be read, everything is there")).to_be_visible(timeout=GATE_MS)
    page.get_by_label("What is new").fill("The first brand")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text(f"Version 1 of {NAME} is published.")).to_be_visible(timeout=GATE_MS)


@pytest.fixture(scope="module")
def lines() -> dict[str, str]:
    """Hotline numbers that nobody else has."""
    return numbers()


@pytest.fixture(scope="module")
def published(app, site: str, browser: Browser, lines: dict[str, str]) -> tuple[ClientFacts, float]:
    """The client that the administrator brought in, and how many seconds that took; recorded."""
    slug = f"cendana-{ids.new_id().hex[-10:]}"
    first = make_client(name="Kirana Logistics", contract=False)
    with at_the_studio(browser, site, first, Role.ADMIN) as page, recorded(page.context, RECORDING):
        began = time.monotonic()
        makes_the_brand(page, slug, lines)
        took = time.monotonic() - began
    client = registry.client_by_slug(slug)
    with working_for(client.id) as scope:
        year = clock.today(client.timezone).year
        contract = clients.sign_contract(
            scope,
            number="W-1",
            product="managed_care",
            starts_on=date(year, 1, 1),
            ends_on=date(year, 12, 31),
            terms={},
        )
        clients.open_plan_year(scope, contract.id, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31))
    return client, took


@pytest.mark.requirement("S0-87")
def test_one_logo_and_one_colour_are_a_published_brand_in_under_five_minutes(published):
    client, took = published
    assert took < FIVE_MINUTES
    assert loader.brand_of(client.slug).name == NAME


def test_the_walk_was_recorded_from_the_new_client_to_the_publication(published):
    with Image.open(RECORDING) as film:
        assert film.n_frames > 8


@pytest.mark.requirement("S0-59")
def test_the_app_has_the_name_and_the_colour(published, site: str, browser: Browser):
    client, _ = published
    for page in watched(browser.new_context(**PHONE, locale="en-GB", service_workers="block")):
        enter(page, site, make_family(client.slug))
        expect(page.get_by_text(NAME).first).to_be_visible()
        brand = loader.brand_of(client.slug).colours["light"]["brand"]
        painted = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--brand').trim()")
        assert painted == brand == COLOUR


@pytest.mark.requirement("S0-75")
def test_the_card_has_the_name_and_the_colour(published, http: FlaskClient):
    client, _ = published
    family = make_family(client.slug)
    headers = headers_for(Role.MEMBER, client, family.member_ids)
    card = http.get(f"/api/v1/members/{family.member_ids[0]}/card.pdf", headers=headers).data
    assert family.names[0] in pdf_text(card)
    drawn = pdfium.PdfDocument(io.BytesIO(card))[0].render(scale=1).to_pil().convert("RGB")
    ground = rgb(loader.brand_of(client.slug).colours["light"]["card_to"])
    near = [
        sum(abs(one - other) for one, other in zip(seen, ground, strict=True)) for _, seen in drawn.getcolors(1 << 24)
    ]
    assert min(near) < 12


@pytest.mark.requirement("S0-59")
def test_a_mail_has_the_name(published, http: FlaskClient, jobs_done: Callable[[], None]):
    client, _ = published
    family = make_family(client.slug)
    address = f"{ids.new_id().hex[-12:]}@home.example"
    with working_for(client.id) as scope:
        member = scope.session.get_one(Member, (client.id, family.member_ids[0]))
        member.phone, member.email = None, address
        notifications.notify(scope, "contact_changed", family.member_ids[0], {})
    jobs_done()
    (mail,) = [one for one in http.get("/demo/outbox.json").json if one["to"] == address]
    assert (mail["channel"], mail["client"]) == ("mail", client.slug)
    assert NAME in mail["text"]


@pytest.mark.requirement("S0-59")
def test_whatsapp_greets_with_the_name(published, http: FlaskClient, lines: dict[str, str], jobs_done):
    client, _ = published
    phone = f"+62813{ids.new_id().int % 10**8:08}"
    form = {
        "MessageSid": f"SM{ids.new_id().hex}",
        "From": f"whatsapp:{phone}",
        "To": f"whatsapp:{lines['whatsapp']}",
        "Body": "Halo",
        "NumMedia": "0",
    }
    assert http.post("/simulator/send", json={"path": "/twilio/messages", "form": form}).json["status"] == 200
    jobs_done()
    said = [one["text"] for one in http.get("/demo/outbox.json").json if one["to"] == phone]
    assert any(NAME in text for text in said)


@pytest.mark.requirement("S0-59")
def test_a_caller_hears_the_name(published, http: FlaskClient, lines: dict[str, str]):
    form = {"CallSid": f"CA{ids.new_id().hex}", "From": "+628130000001", "To": lines["voice"], "CallStatus": "ringing"}
    twiml = http.post("/simulator/send", json={"path": "/twilio/voice", "form": form}).json["body"]
    assert "<Say" in twiml
    assert NAME in twiml
