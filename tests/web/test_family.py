"""The family switch: whom one acts for without signing out, until a child reaches the age of the contract."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.access import working_for
from backend.kit import clock
from backend.members.models import Member
from tests.web.conftest import PHONE, watched
from tests.web.people import Family, enter, make_family
from tests.web.test_signing_in import ask_for_a_code, code_for

pytestmark = pytest.mark.browser

SLUG = "nusantara"
OF_AGE = 17


def grows_up(family: Family, phone: str) -> None:
    """The child has reached the age of the contract, and HR has its number."""
    with working_for(family.client.id) as scope:
        child = scope.session.get_one(Member, (scope.client_id, family.member_ids[2]))
        child.birth_date = date(clock.today(family.client.timezone).year - OF_AGE, 1, 1)
        child.phone = phone


def test_the_child_is_shown_without_signing_out(site: str, phone: Page):
    enter(phone, site, make_family(SLUG))
    phone.get_by_role("group", name="Family").get_by_role("button", name="Raka").click()
    expect(phone.get_by_text("Raka Adi Prasetyo").first).to_be_visible()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Hello, Raka")


@pytest.mark.requirement("S0-59")
def test_a_child_of_age_is_out_of_its_parents_sight_and_signs_in_with_its_own_number(
    site: str, phone: Page, browser: Browser, jobs_done
):
    family = make_family(SLUG)
    own_number = family.phone.replace("+62819", "+62817")
    enter(phone, site, family)
    expect(phone.get_by_role("button", name="Raka")).to_be_visible()
    grows_up(family, own_number)
    forget_access = """async (slug) => {
      const database = await new Promise((resolve) => {
        const opening = indexedDB.open(`careline:${slug}`, 1);
        opening.onsuccess = () => resolve(opening.result);
      });
      const writing = database.transaction("kept", "readwrite");
      writing.objectStore("kept").delete("access");
      await new Promise((resolve) => { writing.oncomplete = resolve; });
      database.close();
    }"""
    phone.evaluate(forget_access, SLUG)  # as if the minutes of the access token had passed
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Hello, Dewi")
    expect(phone.get_by_role("button", name="Raka")).to_have_count(0)
    for page in watched(browser.new_context(**PHONE, locale="en-GB", service_workers="block")):
        ask_for_a_code(page, site, own_number)
        jobs_done()
        page.get_by_label("6-digit code").fill(code_for(page, site, own_number))
        expect(page.get_by_role("heading", level=1)).to_have_text("Hello, Raka")
        expect(page.get_by_role("group", name="Family")).to_have_count(0)
