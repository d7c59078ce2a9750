"""What a member agrees to in the app, and takes back there."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from backend.access import working_for
from backend.branding.loader import brand_of
from backend.members import queries
from backend.members.consent_wordings import wording
from backend.members.rules.consents import Purpose
from tests.web.people import Family, enter, make_family

pytestmark = pytest.mark.browser

SLUG = "nusantara"
DISCLOSURE = wording(Purpose.MEDICAL_DISCLOSURE, "en", brand_of(SLUG))


def medical(page: Page) -> Locator:
    return page.get_by_role("region", name="Medical papers for an authority")


def given(family: Family) -> str | None:
    with working_for(family.client.id) as scope:
        row = queries.standing_consent(scope, family.member_ids[0], Purpose.MEDICAL_DISCLOSURE.value)
        return row.wording if row else None


def test_a_consent_is_given_in_the_words_shown_and_withdrawn_and_both_outlast_a_reload(site: str, phone: Page):
    family = make_family(SLUG)
    enter(phone, site, family, "/profile")
    phone.get_by_role("link", name="What I agreed to").click()
    expect(medical(phone).get_by_role("blockquote")).to_have_text(DISCLOSURE)
    medical(phone).get_by_role("button", name="I agree").click()
    expect(medical(phone).get_by_text("Given on")).to_be_visible()
    assert given(family) == DISCLOSURE
    phone.reload()
    expect(medical(phone).get_by_role("status")).to_have_text("Agreed")
    medical(phone).get_by_role("button", name="Withdraw").click()
    expect(medical(phone).get_by_role("status")).to_have_text("Not agreed")
    assert given(family) is None
    phone.reload()
    expect(medical(phone).get_by_role("button", name="I agree")).to_be_visible()
    medical(phone).get_by_text("Earlier").click()
    expect(medical(phone).get_by_text("Withdrawn on")).to_be_visible()


def test_words_that_changed_since_they_were_shown_are_shown_anew_before_anybody_agrees(site: str, phone: Page):
    family = make_family(SLUG)

    def older(route: Route) -> None:
        answer = route.fetch()
        old = [{**offer, "wording": "Words of last year."} for offer in answer.json()["offers"]]
        route.fulfill(response=answer, json={**answer.json(), "offers": old})

    phone.route("**/api/v1/members/*/consents", older, times=1)
    enter(phone, site, family, "/consents")
    expect(medical(phone).get_by_role("blockquote")).to_have_text("Words of last year.")
    medical(phone).get_by_role("button", name="I agree").click()
    expect(medical(phone).get_by_role("alert")).to_have_text("The text has changed. Please read it again.")
    expect(medical(phone).get_by_role("blockquote")).to_have_text(DISCLOSURE)
    assert given(family) is None


@pytest.mark.requirement("S0-87")
def test_the_clients_terms_wait_on_the_first_page_until_they_are_agreed_to(site: str, phone: Page):
    family = make_family(SLUG)
    enter(phone, site, family, "/")
    phone.get_by_role("link", name="Please read and agree").click()
    for title in ("Terms of use", "Privacy notice"):
        text = phone.get_by_role("region", name=title)
        expect(text.get_by_text("Version 1")).to_be_visible()
        text.get_by_role("button", name="I agree").click()
        expect(text.get_by_role("status")).to_have_text("Agreed")
    phone.get_by_role("link", name="Home").click()
    expect(phone.get_by_role("link", name="My claims").or_(phone.get_by_role("navigation").first)).to_be_visible()
    expect(phone.get_by_text("Please read and agree")).to_have_count(0)
