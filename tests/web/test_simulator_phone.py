"""The simulator's telephone in a browser: queue, a person who picks up, a message, without a Twilio account."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from backend.access import Role, working_for
from backend.branding import loader as branding
from backend.conversations.telephone.models import CallRecording, QueuedCall
from backend.kit import ids
from tests.factories.accounts import headers_for
from tests.factories.clients import make_client


@pytest.fixture
def hotline(app, monkeypatch):
    """A client that is alone on the page."""
    client = make_client()
    brand = branding.brand_for(client)
    number = f"+62215{ids.new_id().int % 10**7:07}"
    line = replace(brand.hotline, voice=number, shown=number, whatsapp=f"{number}1")
    monkeypatch.setattr(branding, "brands", lambda: {client.slug: replace(brand, hotline=line)})
    return client


def rows(client, table):
    with working_for(client.id) as scope:
        return scope.session.scalars(select(table).where(table.client_id == scope.client_id)).all()


def put_through(page, site):
    page.goto(f"{site}/simulator")
    page.get_by_role("button", name="Call", exact=True).click()
    heard = page.locator("#heard")
    for key, words in (("2", "How can I help you"), ("0", "You are next")):
        expect(page.locator("#line")).to_have_text("listening")
        page.locator("#keys").get_by_role("button", name=key, exact=True).click()
        expect(heard).to_contain_text(words)
    return heard


@pytest.mark.requirement("S0-93")
def test_a_person_picks_up_and_the_talk_is_settled(phone, site, http, hotline, jobs_done):
    put_through(phone, site)
    agent = headers_for(Role.AGENT, hotline)
    (call,) = http.get("/api/v1/desk/calls", headers=agent).json["items"]
    body = {"phone": "+62811222333"}
    assert http.post(f"/api/v1/desk/calls/{call['id']}/answer", headers=agent, json=body).status_code == 200
    jobs_done()
    phone.get_by_role("button", name="Pick up").click()
    phone.locator("#telephones").get_by_role("button", name="1", exact=True).click()
    expect(phone.locator("#line")).to_have_text("speaking with a person")
    phone.locator("#telephones").get_by_role("button", name="Hang up").click()
    expect(phone.locator("#heard")).to_contain_text("Thank you for calling")
    assert rows(hotline, QueuedCall)[0].outcome == "answered"


def test_a_message_is_recorded_after_a_yes(phone, site, hotline, jobs_done):
    heard = put_through(phone, site)
    keys = phone.locator("#keys")
    keys.get_by_role("button", name="2", exact=True).click()
    expect(heard).to_contain_text("Your message is recorded")
    keys.get_by_role("button", name="1", exact=True).click()
    expect(phone.locator("#line")).to_have_text("recording: any key ends it")
    keys.get_by_role("button", name="#", exact=True).click()
    expect(heard).to_contain_text("We have your message")
    assert rows(hotline, QueuedCall)[0].outcome == "voicemail"
    assert rows(hotline, CallRecording)[0].purpose == "voicemail"


def test_hanging_up_in_the_queue_is_giving_up(phone, site, hotline):
    put_through(phone, site)
    with phone.expect_response("**/simulator/send"):
        phone.get_by_role("button", name="Hang up", exact=True).first.click()
    expect(phone.locator("#line")).to_have_text("you hung up")
    assert rows(hotline, QueuedCall)[0].outcome == "abandoned"
