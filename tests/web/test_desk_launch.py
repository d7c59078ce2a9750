"""The way to a client's first day at the desk, and what a member reads who comes too early."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from backend.access import Role
from backend.branding import loader
from backend.clients.registry import ClientFacts
from backend.kit import clock
from tests.factories.clients import make_client
from tests.factories.launches import begin_launch, finish_tasks
from tests.web.desk_people import POCKET, TABLE, at_the_desk, make_colleague
from tests.web.test_screens import barriers, shifts_sideways

pytestmark = pytest.mark.browser

FIRST = ("appointment_letter", "technical_discussion")


def in_days(client: ClientFacts, days: int) -> date:
    return clock.today(client.timezone) + timedelta(days=days)


@pytest.fixture
def client(app) -> ClientFacts:
    return make_client()


@pytest.fixture
def desk(client: ClientFacts, site: str, browser: Browser) -> Iterator[Page]:
    boss = make_colleague(client, Role.ADMIN, "Nadia Permata")
    with at_the_desk(browser, site, boss, "/launch") as page:
        yield page


def task(page: Page, name: str) -> Locator:
    return page.get_by_role("article", name=name, exact=True)


@pytest.mark.requirement("S0-79")
def test_an_administrator_begins_a_launch_and_reads_who_waits_for_whom(client, desk):
    desk.get_by_label("First day", exact=True).fill(in_days(client, 80).isoformat())
    desk.get_by_role("button", name="Make the checklist").click()
    expect(desk.get_by_text("0 of 11 done")).to_be_visible()
    expect(task(desk, "Cards issued")).to_contain_text("Waits for: Card approved, Census uploaded")
    expect(task(desk, "Technical discussion")).to_contain_text("Holds up: Card and app designed, Benefit table set up")
    expect(desk.get_by_role("button", name="Let the members in")).to_be_disabled()


@pytest.mark.requirement("S0-70")
def test_a_letter_is_ticked_off_with_its_paper_and_the_next_task_is_open(client, site, browser):
    begin_launch(client, in_days(client, 80))
    hr = make_colleague(client, Role.HR, "Rina Hartono")
    with at_the_desk(browser, site, hr, "/launch") as page:
        letter = task(page, "Appointment letter")
        letter.get_by_label("Number of the signed paper").fill("SPAK 014/HR/2026, safe 2")
        letter.get_by_role("button", name="Tick off").click()
        expect(letter.get_by_role("status")).to_contain_text("Done")
        expect(letter).to_contain_text("SPAK 014/HR/2026, safe 2")
        expect(page.get_by_role("heading", name="Appointment letter")).to_be_focused()
        expect(task(page, "Technical discussion").get_by_role("button", name="Tick off")).to_be_enabled()
        expect(page.get_by_role("button", name="Take back")).to_have_count(0)
        expect(page.get_by_role("button", name="Let the members in")).to_have_count(0)


def test_what_the_platform_does_not_see_is_said_in_words(client, desk):
    begin_launch(client, in_days(client, 80))
    finish_tasks(client, *FIRST)
    desk.reload()
    benefits = task(desk, "Benefit table set up")
    benefits.get_by_role("button", name="Tick off").click()
    expect(benefits.get_by_role("alert")).to_have_text("There is no plan with benefits yet.")


def test_a_task_has_an_owner_a_day_and_a_note(client, desk):
    begin_launch(client, in_days(client, 80))
    desk.reload()
    due = in_days(client, 30)
    session = task(desk, "Session for the members")
    session.get_by_text("Owner, day, note").click()
    session.get_by_label("Who sees to it").fill("Rina Hartono")
    session.get_by_label("Due on").fill(due.isoformat())
    session.get_by_role("textbox", name="Note").fill("Hall B, two groups")
    session.get_by_role("button", name="Save").click()
    expect(session).to_contain_text("Rina Hartono")
    expect(session).to_contain_text(f"due {due.day} {due:%b}")
    expect(session.get_by_text("Hall B, two groups").first).to_be_visible()


def test_what_is_late_stands_out_and_moving_the_day_gives_it_time(client, desk):
    begin_launch(client, in_days(client, 3))
    desk.reload()
    expect(task(desk, "Appointment letter")).to_contain_text("Late")
    expect(desk.get_by_text("11 late")).to_be_visible()
    desk.get_by_label("First day", exact=True).fill(in_days(client, 120).isoformat())
    desk.get_by_role("button", name="Move it").click()
    expect(desk.get_by_text("11 late")).to_have_count(0)
    expect(task(desk, "Appointment letter")).to_contain_text("Open")


@pytest.mark.requirement("S0-79")
def test_on_the_day_the_members_are_let_in(client, desk):
    begin_launch(client, in_days(client, 0))
    finish_tasks(client)
    desk.reload()
    desk.get_by_role("button", name="Let the members in").click()
    desk.get_by_role("dialog").get_by_role("button", name="Let the members in").click()
    expect(desk.get_by_role("status").filter(has_text="Live since")).to_be_visible()
    expect(desk.get_by_role("button", name="Let the members in")).to_have_count(0)


@pytest.mark.parametrize("window", [TABLE, POCKET], ids=["1280", "390"])
def test_the_checklist_can_be_used_by_everybody(window, client, site, browser):
    begin_launch(client, in_days(client, 20))
    finish_tasks(client, *FIRST)
    boss = make_colleague(client, Role.ADMIN, "Nadia Permata")
    with at_the_desk(browser, site, boss, "/launch", **window) as page:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            expect(page.get_by_text("2 of 11 done")).to_be_visible()
            assert (barriers(page), shifts_sideways(page)) == ([], False)
        tab = page.get_by_role("navigation").get_by_role("link", name="Launch")
        bar = page.locator(".bar .tabs").bounding_box()
        open_tab = tab.bounding_box()
        assert bar["x"] <= open_tab["x"]
        assert open_tab["x"] + open_tab["width"] <= bar["x"] + bar["width"], "the open tab can be seen"


@pytest.fixture
def branded(client: ClientFacts, monkeypatch: pytest.MonkeyPatch) -> ClientFacts:
    """The client with a brand file of its own."""
    own = {**loader.brands(), client.slug: replace(loader.brand_of("nusantara"), slug=client.slug)}
    monkeypatch.setattr(loader, "brands", lambda: own)
    return client


@pytest.mark.requirement("S0-79")
def test_before_the_launch_the_app_says_when_it_begins(branded, site, phone):
    begins = in_days(branded, 40)
    begin_launch(branded, begins)
    phone.goto(f"{site}/c/{branded.slug}/")
    expect(phone.get_by_role("status")).to_contain_text(f"{begins.day} {begins:%B} {begins.year}")
    expect(phone.get_by_label("Mobile number")).to_have_count(0)
    assert (barriers(phone), shifts_sideways(phone)) == ([], False)


def test_a_first_day_that_has_passed_is_not_promised(branded, site, phone):
    with clock.at(clock.now() - timedelta(days=9)):
        begin_launch(branded, in_days(branded, 2))
    phone.goto(f"{site}/c/{branded.slug}/")
    expect(phone.get_by_role("status")).to_contain_text("soon")


def test_without_a_launch_the_form_is_there(branded, site, phone):
    phone.goto(f"{site}/c/{branded.slug}/")
    expect(phone.get_by_label("Mobile number")).to_be_visible()
