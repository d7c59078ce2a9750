"""Plans at the desk: a change is sent, its effect on past claims shown, and a second administrator puts it in force."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.access import Role, working_for
from backend.benefits import queries as benefits
from tests.factories.claims import Household
from tests.factories.plan_changes import make_change, make_decided, make_insured, plan_file, preview, visits_pay
from tests.web.desk_people import POCKET, TABLE, Colleague, at_the_desk, make_colleague
from tests.web.test_screens import barriers, shifts_sideways

pytestmark = pytest.mark.browser


def make_home() -> Household:
    """A plan of Rp 350.000 a visit, and claims of Rp 350.000 and Rp 150.000."""
    home = make_insured()
    make_decided(home, 350_000)
    make_decided(home, 150_000, days_ago=4)
    return home


def admin_of(home: Household, name: str = "Nadia Permata") -> Colleague:
    return make_colleague(home.client, Role.ADMIN, name)


def send(page: Page, data: bytes) -> None:
    page.get_by_label("Plan file", exact=True).set_input_files(
        {"name": "plan.yml", "mimeType": "application/yaml", "buffer": data}
    )
    page.get_by_role("button", name="Propose").click()


@pytest.mark.requirement("S2-34", "S2-35")
def test_a_change_is_proposed_looked_at_and_put_in_force_by_somebody_else(site: str, browser: Browser, jobs_done):
    home = make_home()
    with at_the_desk(browser, site, admin_of(home), "/plans") as page:
        send(page, plan_file(home, visits_pay(200_000)))
        expect(page.get_by_text("Proposed", exact=True)).to_be_visible()
        page.get_by_label("Claims of the past").select_option("6")
        page.get_by_role("button", name="Show the effect").click()
        expect(page.get_by_text("Waiting for its turn")).to_be_visible()
        jobs_done()
        tiles = page.locator("dl.tiles")
        expect(tiles.locator("div").filter(has_text="Claims affected")).to_contain_text("of 2")
        expect(tiles.locator("div").filter(has_text="Members pay")).to_contain_text("+\u00a0Rp\u00a0150,000")
        row = page.get_by_role("region", name="Affected claims").get_by_role("row").nth(1)
        expect(row).to_contain_text("Then: Your plan pays at most Rp\u00a0200,000 a visit")
        expect(page.get_by_text("Somebody else has to put it in force")).to_be_visible()
        expect(page.get_by_role("button", name="Put in force")).to_be_disabled()
        address = page.url
    with at_the_desk(browser, site, admin_of(home, "Rina Hartati"), address.partition("#")[2]) as page:
        page.get_by_role("button", name="Put in force").click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("nobody owes anything by it")
        dialog.get_by_role("button", name="Put in force").click()
        expect(page.get_by_text("Put in force by Rina Hartati")).to_be_visible()
    with working_for(home.client.id) as scope:
        tomorrow = home.today() + timedelta(days=1)
        assert benefits.cover_on(scope, home.employee_id, home.today()).plan.id == home.plan_id
        assert benefits.cover_on(scope, home.employee_id, tomorrow).plan.valid_from == tomorrow


def test_what_is_wrong_in_a_file_stands_at_its_place(site: str, browser: Browser):
    home = make_home()
    with at_the_desk(browser, site, admin_of(home), "/plans") as page:
        send(page, plan_file(home, lambda benefit: benefit.update(group="spa", waiting_days=-1)))
        wrong = page.get_by_role("list", name="What is wrong, and where").get_by_role("listitem")
        expect(wrong.filter(has_text="benefits[0].group")).to_contain_text("This is not one of the words")
        expect(wrong.filter(has_text="benefits[0].waiting_days")).to_contain_text("This is not a whole number")
        send(page, plan_file(home, visits_pay(200_000), home.today() - timedelta(days=1)))
        expect(wrong.filter(has_text="valid_from")).to_contain_text("A change takes effect today or later")
        assert barriers(page) == []
        with page.expect_download() as download:
            page.get_by_role("button", name="Plan file of").click()
        assert download.value.suggested_filename.endswith(".yml")


def test_claims_staff_propose_and_look_and_leave_the_rest_to_administrators(site: str, browser: Browser):
    home = make_home()
    change = make_change(home)
    preview(home, change)
    analyst = make_colleague(home.client, Role.CLAIMS, "Dewi Lestari")
    with at_the_desk(browser, site, analyst, f"/plans/{change.id}") as page:
        expect(page.get_by_role("region", name="Affected claims")).to_be_visible()
        expect(page.get_by_text("An administrator who did not propose it puts it in force.")).to_be_visible()
        expect(page.get_by_role("button", name="Put in force")).to_have_count(0)
        page.get_by_role("button", name="Withdraw").click()
        expect(page.get_by_text("Withdrawn", exact=True)).to_be_visible()


@pytest.mark.parametrize("locale", ["en-GB", "id-ID", "pt-PT"])
@pytest.mark.parametrize("screen", [TABLE, POCKET], ids=["1280", "390"])
def test_the_plans_fit_and_can_be_used_by_everybody(
    screen: dict[str, object], locale: str, site: str, browser: Browser
):
    home = make_home()
    change = make_change(home)
    preview(home, change)
    with at_the_desk(browser, site, admin_of(home), "/plans", **{**screen, "locale": locale}) as page:
        for place in ("/plans", f"/plans/{change.id}"):
            page.goto(f"{site}/desk/#{place}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            expect(page.get_by_role("status").filter(has=page.locator(".visually-hidden"))).to_have_count(0)
            assert barriers(page) == []
            assert not shifts_sideways(page)
        expect(page.locator("table")).to_have_count(2)
        page.locator("section .button:not(.quiet)").first.click()
        assert barriers(page) == []


def test_agents_do_not_see_the_plans(site: str, browser: Browser):
    agent = make_colleague(make_home().client)
    with at_the_desk(browser, site, agent, "/plans") as page:
        expect(page.get_by_role("link", name="Cases")).to_be_visible()
        expect(page.get_by_role("link", name="Plans")).to_have_count(0)
