"""Requests for referrals at the desk, and a doctor's outcome that is begun at once, in real windows."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import update

from backend.access import Actor, Role, working_for
from backend.benefits.models import Benefit
from backend.referrals import queries, service
from tests.web.desk_people import at_the_desk, family_case, make_colleague
from tests.web.people import Family, make_family
from tests.web.test_screens import barriers, shifts_sideways

pytestmark = pytest.mark.browser

SLUG = "nusantara"


def _family() -> Family:
    """A family whose plan asks for referrals."""
    family = make_family(SLUG)
    with working_for(family.client.id) as scope:
        scope.session.execute(
            update(Benefit).where(Benefit.client_id == family.client.id).values(referral_required=True)
        )
    return family


def _asks(family: Family, reason: str) -> None:
    """The employee asks for an eye doctor in the app."""
    member_id = family.member_ids[0]
    actor = Actor(Role.MEMBER, id=member_id, member_ids=(member_id,))
    with working_for(family.client.id, actor, channel="app") as scope:
        service.ask(scope, member_id, kind="tiered", specialty="MAT", reason=reason)


def test_a_doctor_grants_what_a_member_asked_for(site: str, browser: Browser, tmp_path):
    family = _family()
    _asks(family, "My eyes hurt since Monday")
    with at_the_desk(browser, site, make_colleague(family.client, Role.DOCTOR), "/referrals") as page:
        request = page.get_by_role("article").filter(has_text="My eyes hurt since Monday")
        request.get_by_role("button", name="Grant").click()
        expect(request.get_by_label("Specialty")).to_have_value("MAT")
        request.get_by_label("Find a diagnosis").fill("h10.9")
        request.get_by_role("list", name="Diagnoses found").get_by_role("button").first.click()
        expect(request.get_by_text("H10.9")).to_be_visible()
        page.screenshot(path=tmp_path / "requests.png", full_page=True)
        assert barriers(page) == []
        assert not shifts_sideways(page)
        request.get_by_role("button", name="Write the referral").click()
        expect(page.get_by_text("and was told.")).to_be_visible()
        expect(request).to_have_count(0)
    with working_for(family.client.id) as scope:
        (written,) = queries.all_of(scope, family.member_ids[0])
        assert (written.specialty, written.to_tier) == ("MAT", "ppk2")


def test_claims_staff_decline_in_words_for_the_member(site: str, browser: Browser):
    family = _family()
    _asks(family, "I would like new glasses")
    with at_the_desk(browser, site, make_colleague(family.client, Role.CLAIMS), "/referrals") as page:
        request = page.get_by_role("article").filter(has_text="I would like new glasses")
        expect(request.get_by_role("button", name="Grant")).to_have_count(0)
        request.get_by_role("button", name="Decline").click()
        request.get_by_label("Why not? The member reads this.").fill("Glasses need no referral.")
        request.get_by_role("button", name="Decline").last.click()
        expect(page.get_by_text("reads why not.")).to_be_visible()


@pytest.mark.requirement("S0-92")
def test_a_doctors_outcome_writes_the_referral_and_the_case_leads_to_it(site: str, browser: Browser):
    family = _family()
    case = family_case(family, reason="doctor")
    with at_the_desk(browser, site, make_colleague(family.client, Role.DOCTOR), f"/cases/{case.id}") as page:
        page.get_by_role("button", name="Medical notes").click()
        page.get_by_label("New medical note").fill("Angina, to the cardiologist")
        page.get_by_label("Outcome").select_option("referral")
        page.get_by_label("Specialty").select_option("JAN")
        expect(page.get_by_role("button", name="Save")).to_be_disabled()
        page.get_by_label("Find a diagnosis").fill("i20.9")
        page.get_by_role("list", name="Diagnoses found").get_by_role("button").first.click()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("list", name="Medical notes")).to_contain_text("Angina, to the cardiologist")
        with working_for(family.client.id) as scope:
            (written,) = queries.all_of(scope, family.member_ids[0])
        page.get_by_role("button", name="Conversation").click()
        expect(page.get_by_text(f"Referral {written.code}")).to_be_visible()
