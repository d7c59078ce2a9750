"""The inbox: what is new and for whom, page after page, and where a push leads."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, expect

from backend.access import working_for
from backend.notifications import queries, service
from tests.web.people import Family, enter, make_family

pytestmark = pytest.mark.browser

SLUG = "nusantara"


def tell(family: Family, who: int = 0, times: int = 1) -> UUID:
    """Somebody of the family (employee, spouse, child) is told of their card so often; the last message."""
    with working_for(family.client.id) as scope:
        for number in range(times):
            told = service.notify(scope, "card_replaced", family.member_ids[who], {"card_ending": f"{number:04}"})
    return told


def unread(family: Family) -> dict[UUID, int]:
    with working_for(family.client.id) as scope:
        return queries.unread_by_member(scope, family.member_ids)


def test_the_bell_counts_what_nobody_has_opened(site: str, phone: Page):
    family = make_family(SLUG)
    tell(family)
    enter(phone, site, family)
    phone.get_by_role("link", name="Inbox, 1 unread message", exact=True).click()
    expect(phone.get_by_role("status").filter(has_text="1 unread message")).to_be_visible()
    expect(phone.locator(".list-row").first).to_contain_text("New")


def test_everything_is_marked_as_read_at_once(site: str, phone: Page):
    family = make_family(SLUG)
    tell(family, times=3)
    enter(phone, site, family, "/inbox")
    expect(phone.get_by_role("link", name="Inbox, 3 unread messages")).to_be_visible()
    phone.get_by_role("button", name="Mark all as read").click()
    expect(phone.get_by_text("Everything is read.")).to_be_visible()
    expect(phone.get_by_role("link", name="Inbox", exact=True)).to_be_visible()
    assert unread(family) == {}


def test_a_message_leads_to_what_it_is_about_and_is_read_then(site: str, phone: Page):
    family = make_family(SLUG)
    tell(family, times=2)
    enter(phone, site, family, "/inbox")
    phone.locator("main a.list-row").first.click()
    expect(phone.get_by_role("heading", level=1, name="Member card")).to_be_focused()
    expect(phone.get_by_role("link", name="Inbox, 1 unread message", exact=True)).to_be_visible()


def test_older_messages_come_page_after_page(site: str, phone: Page):
    family = make_family(SLUG)
    tell(family, times=23)
    enter(phone, site, family, "/inbox")
    rows = phone.locator("main ul.panel > li")
    expect(rows).to_have_count(20)
    phone.get_by_role("button", name="Show earlier ones").click()
    expect(rows).to_have_count(23)
    expect(phone.get_by_role("button", name="Show earlier ones")).to_have_count(0)


def test_the_childs_messages_are_one_tap_away(site: str, phone: Page):
    family = make_family(SLUG)
    tell(family, who=2)
    enter(phone, site, family)
    phone.get_by_role("link", name="Inbox, 1 unread message", exact=True).click()
    phone.get_by_role("button", name=re.compile("Raka.*1 unread message")).click()
    expect(phone.locator("main ul.panel > li")).to_have_count(1)


def test_a_push_opens_what_it_is_about(site: str, phone: Page):
    family = make_family(SLUG)
    enter(phone, site, family, f"/told/{tell(family)}")
    expect(phone.get_by_role("heading", level=1, name="Member card")).to_be_visible()
    assert unread(family) == {}


def test_a_push_for_the_child_shows_the_child(site: str, phone: Page):
    family = make_family(SLUG)
    enter(phone, site, family, f"/told/{tell(family, who=2)}")
    expect(phone.get_by_role("heading", level=1, name="Member card")).to_be_visible()
    expect(phone.get_by_text("Raka Adi Prasetyo").first).to_be_visible()


@pytest.mark.parametrize("whose", ["somebody_else", "another_client", "nobody"])
def test_a_push_that_is_for_somebody_else_says_so_and_shows_nothing(whose: str, site: str, phone: Page):
    stranger = {"somebody_else": SLUG, "another_client": "indico"}.get(whose)
    notification = tell(make_family(stranger)) if stranger else uuid4()
    enter(phone, site, make_family(SLUG), f"/told/{notification}")
    expect(phone.get_by_role("alert")).to_contain_text("This message is for somebody else.")
    expect(phone.get_by_role("alert")).not_to_contain_text("0000")
    phone.get_by_role("link", name="My inbox").click()
    expect(phone.get_by_text("Nothing here yet.")).to_be_visible()
