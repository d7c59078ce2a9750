"""A claim made without network sends itself later, exactly once, whatever breaks meanwhile."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from backend.claims.models import Claim
from backend.documents.models import Document
from tests.factories.documents import photo
from tests.web.conftest import cutting_one_upload, losing_one_answer, serving, until
from tests.web.people import Family, enter, make_family, tokens_of
from tests.web.test_new_claim import SLUG, begin, choose, count_of, fill_facts

pytestmark = pytest.mark.browser

_KEPT = """(key) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("careline:nusantara", 1);
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("kept").objectStore("kept").get(key);
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result ?? null); };
  };
})"""


@pytest.fixture(scope="module")
def receipts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two photographed receipts in the gallery."""
    folder = tmp_path_factory.mktemp("unsent")
    for seed in (5, 6):
        (folder / f"IMG_{seed}.jpg").write_bytes(photo(seed)[0])
    return sorted(folder.iterdir())


def ready_for_no_network(page: Page, site: str) -> Family:
    """Somebody was here with network, long enough for the phone to keep what it needs."""
    family = make_family(SLUG)
    enter(page, site, family)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    until(page, _KEPT, "checklists_until", seconds=60)
    return family


def make_without_network(page: Page, receipts: list[Path]) -> None:
    """The claim, its photos, handed over."""
    page.context.set_offline(True)
    page.evaluate("location.hash = '#/claims/new'")
    fill_facts(page)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("No network. Go on here")).to_be_visible()
    choose(page, receipts)
    expect(page.locator(".shot")).to_have_count(len(receipts))
    page.get_by_role("button", name="Send as soon as there is network").click()
    expect(page.get_by_text("It sends itself as soon as there is network")).to_be_visible()


def arrived(family: Family) -> tuple[int, int]:
    """Claims and documents at the server."""
    return count_of(Claim, family), count_of(Document, family)


def wait_for(family: Family, claims: int, documents: int) -> None:
    end = time.monotonic() + 60
    while arrived(family) != (claims, documents):
        assert time.monotonic() < end, arrived(family)
        time.sleep(0.3)


def test_a_claim_made_without_network_sends_itself_once_when_the_network_is_back(
    site: str, keeping_phone: Page, receipts: list[Path]
):
    family = ready_for_no_network(keeping_phone, site)
    make_without_network(keeping_phone, receipts)
    keeping_phone.context.set_offline(False)
    expect(keeping_phone.get_by_role("heading", name="History")).to_be_visible(timeout=60_000)
    assert arrived(family) == (1, 2)


def test_a_claim_made_without_network_goes_after_the_tab_was_closed_and_the_app_opened_again(
    site: str, keeping_phone: Page, receipts: list[Path]
):
    context = keeping_phone.context
    family = ready_for_no_network(keeping_phone, site)
    make_without_network(keeping_phone, receipts[:1])
    keeping_phone.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"{site}/c/{SLUG}/#/claims")
    wait_for(family, 1, 1)
    again.reload()
    expect(again.get_by_text("Klinik Melati")).to_have_count(1)


def test_the_browser_sends_it_by_itself_while_the_app_is_closed(site: str, keeping_phone: Page, receipts: list[Path]):
    context = keeping_phone.context
    family = ready_for_no_network(keeping_phone, site)
    make_without_network(keeping_phone, receipts[:1])
    keeping_phone.close()
    beside = context.new_page()
    context.set_offline(False)
    beside.goto(f"{site}/healthz")
    session = context.new_cdp_session(beside)
    registrations: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: registrations.extend(each["registrationId"] for each in event["registrations"]),
    )
    session.send("ServiceWorker.enable")
    end = time.monotonic() + 60
    while arrived(family) != (1, 1):  # as the browser does it: again after a while, when the first time came too early
        assert time.monotonic() < end
        for registration in set(registrations):
            about = {"origin": site, "registrationId": registration, "tag": "claims", "lastChance": False}
            session.send("ServiceWorker.dispatchSyncEvent", about)
        beside.wait_for_timeout(2000)
    assert not [page for page in context.pages if "/c/" in page.url]


def test_a_claim_whose_answer_is_lost_goes_on_on_the_phone_and_is_begun_once(
    app: Flask, keeping_phone: Page, receipts: list[Path]
):
    page = keeping_phone
    with serving(losing_one_answer(app, "/api/v1/claims")) as breaking_site:
        family = ready_for_no_network(page, breaking_site)
        page.evaluate("location.hash = '#/claims/new'")
        fill_facts(page)
        page.get_by_role("button", name="Next").click()
        expect(page.get_by_text("No network. Go on here")).to_be_visible()
        assert count_of(Claim, family) == 1
        choose(page, receipts[:1])
        page.get_by_role("button", name="Send as soon as there is network").click()
        expect(page.get_by_role("heading", name="History")).to_be_visible(timeout=60_000)
    assert arrived(family) == (1, 1)


def test_a_kept_claim_that_is_cut_in_the_middle_of_a_photo_arrives_whole_and_once(
    app: Flask, keeping_phone: Page, receipts: list[Path]
):
    page = keeping_phone
    with serving(cutting_one_upload(app, "/api/v1/documents", 20_000)) as breaking_site:
        family = ready_for_no_network(page, breaking_site)
        make_without_network(page, receipts)
        page.context.set_offline(False)
        page.get_by_role("button", name="Try now").click()
        wait_for_rest(page)
        expect(page.get_by_role("heading", name="History")).to_be_visible(timeout=60_000)
    assert arrived(family) == (1, 2)


def wait_for_rest(page: Page) -> None:
    """After a cut the claim waits again; somebody taps until it has arrived."""
    heading, again = page.get_by_role("heading", name="History"), page.get_by_role("button", name="Try now")
    expect(heading.or_(again).first).to_be_visible()
    for _ in range(20):
        if heading.count():
            return
        if again.count() and again.is_enabled():
            again.click()
        page.wait_for_timeout(500)


def test_an_upload_cut_in_the_middle_is_sent_again_by_one_tap_and_stored_once(
    app: Flask, phone: Page, receipts: list[Path]
):
    with serving(cutting_one_upload(app, "/api/v1/documents", 20_000)) as breaking_site:
        family = begin(phone, breaking_site)
        choose(phone, receipts[:1])
        phone.get_by_role("button", name=f"Try again {receipts[0].name}").click()
        expect(phone.get_by_text("There", exact=True)).to_be_visible()
    assert arrived(family) == (1, 1)


def test_of_two_photos_the_one_that_was_cut_waits_and_the_other_arrives(app: Flask, phone: Page, receipts: list[Path]):
    with serving(cutting_one_upload(app, "/api/v1/documents", 20_000)) as breaking_site:
        family = begin(phone, breaking_site)
        choose(phone, receipts)
        expect(phone.get_by_role("button", name=f"Try again {receipts[0].name}")).to_be_visible()
        expect(phone.locator(".shot.good")).to_have_count(1)
    assert count_of(Document, family) == 1


def test_each_photo_shows_how_far_it_has_left(site: str, phone: Page, receipts: list[Path]):
    begin(phone, site)
    session = phone.context.new_cdp_session(phone)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 20_000}
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", slow)
    choose(phone, receipts[:1])
    bar = phone.get_by_role("progressbar", name=receipts[0].name)
    expect(bar).to_be_visible()
    early = float(bar.get_attribute("value") or 0)
    expect(bar).not_to_have_attribute("value", str(int(early)))
    assert float(bar.get_attribute("value") or 100) > early


def test_a_sign_in_that_ran_out_loses_nothing_that_was_handed_over(
    site: str, keeping_phone: Page, receipts: list[Path]
):
    page = keeping_phone
    family = ready_for_no_network(page, site)
    make_without_network(page, receipts[:1])
    page.route(
        "**/api/v1/**", lambda route: route.fulfill(status=401, json={"code": 401, "reason": "accounts.expired"})
    )
    page.context.set_offline(False)
    expect(page.get_by_role("button", name="Get the code by SMS").or_(page.get_by_text("SMS")).first).to_be_visible()
    page.unroute("**/api/v1/**")
    enter(page, site, family)
    wait_for(family, 1, 1)


def test_what_one_person_left_unsent_is_gone_when_another_signs_in(
    site: str, keeping_phone: Page, receipts: list[Path]
):
    page = keeping_phone
    family = ready_for_no_network(page, site)
    make_without_network(page, receipts[:1])
    unsent = page.evaluate("location.hash").split("/")[-1]
    assert page.evaluate(_KEPT, f"outbox:{unsent}")
    page.route("**/api/v1/documents", lambda route: route.abort())
    page.context.set_offline(False)
    other = make_family(SLUG)
    assert tokens_of(other)
    page.evaluate("() => new Promise((done) => { indexedDB.deleteDatabase('nothing').onsuccess = done; })")
    enter(page, site, other)
    end = time.monotonic() + 20
    while page.evaluate(_KEPT, f"outbox:{unsent}"):
        assert time.monotonic() < end
        page.wait_for_timeout(200)
    assert count_of(Document, other) == 0
    assert count_of(Claim, other) == 0
    assert family.phone != other.phone
