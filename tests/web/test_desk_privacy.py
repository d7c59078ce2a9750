"""An administrator sees who waits with how many hours left, and decides an erasure knowing what stays and why."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import text

from backend.access import Role, working_for
from backend.kit import clock
from backend.privacy.models import PrivacyRequest
from tests.factories.claims import Household
from tests.factories.privacy import make_request
from tests.web.desk_people import POCKET, TABLE, at_the_desk, make_colleague
from tests.web.people import Family, make_family
from tests.web.test_screens import barriers, shifts_sideways

pytestmark = pytest.mark.browser


def asks(family: Family, **facts: object) -> str:
    """The number of an erasure that the employee asked for."""
    household = Household(family.client, family.member_ids[0], family.member_ids[2], family.member_ids[0])
    request_id = make_request(household, **facts)
    with working_for(family.client.id) as scope:
        return scope.session.get_one(PrivacyRequest, (scope.client_id, request_id)).number


def test_an_administrator_refuses_for_a_ground_that_is_true(site: str, browser: Browser):
    family = make_family("nusantara")
    number = asks(family, words="I want to be forgotten", created_at=clock.now() - timedelta(hours=75))
    boss = make_colleague(family.client, Role.ADMIN, "Nadia Permata")
    with at_the_desk(browser, site, boss, "/privacy") as page:
        row = page.get_by_role("link", name=number)
        expect(row).to_contain_text("h late")
        row.click()
        expect(page.get_by_text("I want to be forgotten")).to_be_visible()
        expect(page.get_by_text("Cover is running.")).to_be_visible()
        expect(page.get_by_role("button", name="Erase", exact=True)).to_be_disabled()
        page.get_by_role("button", name="cover is running").click()
        expect(page.get_by_role("status").filter(has_text="refused")).to_be_visible()


def test_an_administrator_lets_an_erasure_go_ahead(site: str, browser: Browser, run_jobs):
    family = make_family("nusantara")
    with working_for(family.client.id) as scope:
        for statement in (
            "UPDATE enrolment SET ends_on = :d WHERE client_id = :c AND member_id = :m",
            "UPDATE member SET left_on = :d WHERE client_id = :c AND id = :m",
        ):
            ours = {"c": scope.client_id, "m": family.member_ids[0], "d": clock.now() - timedelta(days=5)}
            scope.session.execute(text(statement), ours)
    number = asks(family)
    boss = make_colleague(family.client, Role.ADMIN, "Nadia Permata")
    with at_the_desk(browser, site, boss, "/privacy") as page:
        page.get_by_role("link", name=number).click()
        expect(page.get_by_text("UU 8/1997 Ps 11")).to_be_visible()
        page.get_by_role("button", name="Erase", exact=True).click()
        expect(page.get_by_role("status").filter(has_text="being erased")).to_be_visible()
        run_jobs()
        page.reload()
        expect(page.get_by_role("status").filter(has_text="erased")).to_be_visible()
        expect(page.get_by_text("Files erased")).to_be_visible()


@pytest.mark.parametrize("window", [TABLE, POCKET], ids=["table", "pocket"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_and_the_decision_can_be_used_by_everybody(scheme: str, window: dict, site: str, browser: Browser):
    family = make_family("nusantara")
    number = asks(family)
    boss = make_colleague(family.client, Role.ADMIN, "Nadia Permata")
    with at_the_desk(browser, site, boss, "/privacy", **window, color_scheme=scheme) as page:
        page.get_by_role("link", name=number).wait_for()
        assert (barriers(page), shifts_sideways(page)) == ([], False)
        page.get_by_role("link", name=number).click()
        page.get_by_role("button", name="Erase", exact=True).wait_for()
        assert (barriers(page), shifts_sideways(page)) == ([], False)
