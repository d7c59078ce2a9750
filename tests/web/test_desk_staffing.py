"""Rosters, skills, hours and journeys for care, as those who answer for the helpline keep them in a browser."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.access import Role, working_for
from backend.helpline.rules import travel
from backend.kit import clock
from backend.staffing import service
from backend.staffing.models import Desk
from tests.web.desk_people import POCKET, TABLE, at_the_desk, family_case, make_colleague
from tests.web.people import make_family
from tests.web.test_screens import barriers, shifts_sideways

pytestmark = pytest.mark.browser


def saved(page: Page, button: str) -> None:
    """Press a button and wait until the page says that it is kept."""
    form = page.locator("form").filter(has=page.get_by_role("button", name=button, exact=True))
    form.get_by_role("button", name=button, exact=True).click()
    expect(form.get_by_text("Saved.")).to_be_visible()


@pytest.mark.requirement("S2-55", "S0-91")
def test_a_supervisor_sets_the_hours_of_a_desk_day_by_day(site: str, browser: Browser):
    family = make_family("nusantara")
    boss = make_colleague(family.client, Role.ADMIN, "Nadia Permata")
    with working_for(family.client.id) as scope:  # a try before this one may have left some
        service.set_hours(scope, Desk.OFFICE, [], [])
    with at_the_desk(browser, site, boss, "/staffing") as page:
        page.get_by_label("Desk", exact=True).select_option("office")
        page.get_by_role("button", name="Add hours").click()
        page.get_by_label("Opens").fill("08:30")
        page.get_by_label("Closes").fill("18:30")
        page.get_by_role("button", name="Add hours").click()
        page.get_by_role("button", name="Add a day").click()
        page.get_by_label("Date").fill("2030-08-17")
        page.get_by_label("Name", exact=True).fill("Company outing")
        saved(page, "Save the hours")

    with working_for(family.client.id) as scope:
        office = next(one for one in service.list_hours(scope) if one["desk"] == Desk.OFFICE)
    assert [(one["weekday"], one["opens"], one["closes"]) for one in office["hours"]] == [
        (0, "08:30", "18:30"),
        (1, "08:30", "18:30"),
    ]
    assert [one["name"] for one in office["closed_days"]] == ["Company outing"]


@pytest.mark.requirement("S0-89")
def test_a_supervisor_says_what_somebody_can_do_and_when_they_work(site: str, browser: Browser):
    family = make_family("nusantara")
    boss = make_colleague(family.client, Role.ADMIN, "Nadia Permata")
    budi = make_colleague(family.client, Role.AGENT, f"Budi {family.client.id.hex[-6:]}")
    with at_the_desk(browser, site, boss, "/staffing") as page:
        skill = page.locator("form").filter(has=page.get_by_role("button", name=f"Save {budi.name}"))
        skill.get_by_label("Portuguese").uncheck()
        skill.get_by_label("Cases at once").fill("7")
        saved(page, f"Save {budi.name}")

        page.get_by_role("button", name="Add a shift").click()
        page.get_by_label("Who", exact=True).last.select_option(label=budi.name)
        saved(page, "Save this week's roster")

    with working_for(family.client.id) as scope:
        known = service.look_at_skill(scope, budi.id)
        shifts = service.list_shifts(
            scope, clock.now() - service._SHOWN_BY_DEFAULT, clock.now() + service._SHOWN_BY_DEFAULT
        )
    assert (known["capacity"], "pt" in known["languages"]) == (7, False)
    assert budi.id in [one["staff_id"] for one in shifts["items"]]


def test_a_shift_that_ends_before_it_begins_is_refused_in_words(site: str, browser: Browser):
    family = make_family("nusantara")
    boss = make_colleague(family.client, Role.ADMIN, "Nadia Permata")
    with at_the_desk(browser, site, boss, "/staffing") as page:
        page.get_by_role("button", name="Add a shift").click()
        begins = page.get_by_label("Begins").last
        page.get_by_label("Ends").last.fill(begins.input_value().replace("T08:00", "T07:00"))
        page.get_by_role("button", name="Save this week's roster").click()
        expect(page.get_by_role("alert").filter(has_text=re.compile("does not end after it begins"))).to_be_visible()


@pytest.mark.parametrize("window", [TABLE, POCKET], ids=["1280", "390"])
def test_the_page_can_be_used_by_everybody(window: dict, site: str, browser: Browser):
    family = make_family("nusantara")
    boss = make_colleague(family.client, Role.ADMIN, "Nadia Permata")
    with at_the_desk(browser, site, boss, "/staffing", **window) as page:
        page.get_by_role("button", name="Add hours").click()
        page.get_by_role("button", name="Add a shift").click()
        assert barriers(page) == []
        assert not shifts_sideways(page)


def test_rosters_are_for_supervisors_only(site: str, browser: Browser):
    sari = make_colleague(make_family("nusantara").client)
    with at_the_desk(browser, site, sari, "/staffing") as page:
        expect(page.get_by_role("region", name="Queue")).to_be_visible()
        expect(page.get_by_role("link", name="Staffing")).to_have_count(0)


@pytest.mark.requirement("S2-15", "S2-19")
def test_an_agent_arranges_a_journey_need_by_need(site: str, browser: Browser):
    family = make_family("nusantara")
    wanted = travel.told(travel.begun(None, ["tickets", "lodging"]), "Penang, 3 to 9 December")
    case = family_case(family, reason="travel", filled={"travel": wanted})
    with at_the_desk(browser, site, make_colleague(family.client), f"/cases/{case.id}") as page:
        journey = page.get_by_role("region", name="Journey for care")
        expect(journey).to_contain_text("Penang, 3 to 9 December")
        journey.get_by_label("Add a need").select_option("lodging")
        journey.get_by_label("How it is arranged, or why not").fill("Guest house beside the hospital")
        journey.get_by_role("button", name="Save").click()
        expect(journey.get_by_text("Guest house beside the hospital")).to_be_visible()
        expect(journey.locator("li").filter(has_text="Lodging").locator(".badge")).to_have_text("Arranged")
        assert barriers(page) == []
