"""The path of referrals in the member app, at the width of a telephone, also without network."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from backend.access import Actor, Role, working_for
from backend.benefits.models import Benefit
from backend.kit import ids
from backend.referrals import service
from backend.referrals.service import NewReferral
from tests.factories.providers import make_provider
from tests.web.people import Family, enter, make_family

pytestmark = pytest.mark.browser

SLUG = "nusantara"


def _referred(family: Family, *, used: bool = False, completed: bool = False) -> tuple[str, str]:
    """A referral of the employee to a heart specialist; its code and the name of the facility."""
    name = f"RS Jantung {ids.new_id().hex[-5:]}"
    with working_for(family.client.id) as scope:
        scope.session.execute(
            update(Benefit).where(Benefit.client_id == family.client.id).values(referral_required=True)
        )
        place = make_provider(scope, kind="hospital", tier="ppk2", name=name).id
        wanted = NewReferral(family.member_ids[0], specialty="JAN", diagnosis="I25.1", to_provider_id=place)
        code = service.issue(scope, wanted).code
    with working_for(family.client.id, Actor(Role.PROVIDER, id=ids.new_id(), provider_id=place)) as scope:
        if used:
            service.accept(scope, code)
        if completed:
            service.complete(scope, code)
    return code, name


@pytest.mark.requirement("S0-28")
def test_the_path_shows_the_code_where_to_and_until_when(site: str, phone: Page):
    family = make_family(SLUG)
    code, place = _referred(family)
    enter(phone, site, family, "/referrals")
    way = phone.get_by_role("article", name="Cardiology")
    expect(way).to_contain_text(code)
    expect(way).to_contain_text(f"Show this code at {place} until")
    way.get_by_role("button", name="Show QR").click()
    expect(way.get_by_role("img", name="Referral QR")).to_be_visible()
    expect(phone.locator("body")).not_to_contain_text("I25")
    wider = phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider == 0


def test_the_code_opens_without_network(site: str, phone: Page):
    family = make_family(SLUG)
    code, _ = _referred(family)
    enter(phone, site, family, "/referrals")
    expect(phone.get_by_role("article", name="Cardiology")).to_contain_text(code)
    phone.evaluate("location.hash = '#/benefits'")
    phone.context.set_offline(True)
    phone.evaluate("location.hash = '#/referrals'")
    way = phone.get_by_role("article", name="Cardiology")
    expect(way).to_contain_text(code)
    way.get_by_role("button", name="Show QR").click()
    expect(way.get_by_role("img", name="Referral QR")).to_be_visible()
    phone.context.set_offline(False)


@pytest.mark.requirement("S0-24")
def test_a_member_takes_the_code_to_return_by_themselves(site: str, phone: Page):
    family = make_family(SLUG)
    code, place = _referred(family, used=True, completed=True)
    enter(phone, site, family, "/referrals")
    expect(phone.get_by_text(f"You may return to {place} without a new first-level visit until")).to_be_visible()
    phone.get_by_role("button", name="Get the code to return").click()
    expect(phone.get_by_text(f"Show this code at {place} until")).to_be_visible()
    expect(phone.locator("ol.steps li")).to_have_count(2)
    assert code in phone.locator("ol.steps").inner_text()


def test_a_member_asks_for_a_referral(site: str, phone: Page):
    family = make_family(SLUG)
    _referred(family)
    enter(phone, site, family, "/referrals")
    phone.get_by_label("What is it for?").fill("My eyes hurt since a week.")
    phone.get_by_role("button", name="Send request").click()
    expect(phone.get_by_role("status").filter(has_text="doctor on duty")).to_be_visible()
