"""The network at the desk: an administrator finds a facility, keeps what is agreed with it, and sends files."""

from datetime import date
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.access import Role, working_for
from backend.kit import ids
from backend.providers import queries
from tests.factories.providers import make_contract, make_membership, make_provider, make_room, make_tariff
from tests.web.desk_people import POCKET, TABLE, Colleague, at_the_desk, make_colleague
from tests.web.people import make_family
from tests.web.test_screens import barriers, shifts_sideways

pytestmark = pytest.mark.browser

SINCE = date(2026, 1, 1)


def make_boss() -> Colleague:
    return make_colleague(make_family("nusantara").client, Role.ADMIN, "Nadia Permata")


def make_hospital(boss: Colleague) -> tuple[str, str, str]:
    """A hospital with everything that can be known of one: its id, name and code."""
    tail = ids.new_id().hex[-6:]
    with working_for(boss.client.id) as scope:
        row = make_provider(scope, kind="hospital", tier="ppk2", name=f"RS Kenari {tail}", code=f"KN-{tail}")
        contract = make_contract(scope, row, number=f"PKS-{tail}")
        make_membership(scope, row, "main", contract_id=contract.id)
        make_tariff(scope, contract, {"GP": 150_000_00, "ROOM/vip": 1_500_000_00})
        make_room(scope, row, "vip", 40, 1_500_000_00)
        return str(row.id), row.name, row.code


def answer(page: Page, title: str, **fields: str) -> None:
    """Fill the question in front and send it."""
    dialog = page.get_by_role("dialog", name=title)
    for label, text in fields.items():
        dialog.get_by_label(label.replace("_", " "), exact=True).fill(text)
    dialog.get_by_role("button", name=title, exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.requirement("S2-8")
def test_an_administrator_finds_a_facility_and_keeps_what_is_agreed_with_it(site: str, browser: Browser):
    boss = make_boss()
    provider_id, name, _ = make_hospital(boss)
    with at_the_desk(browser, site, boss, "/network") as page:
        page.get_by_label("Name", exact=True).fill(name.replace("Kenari", "Kenri"))
        page.get_by_label("Kind").select_option("hospital")
        page.get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
        expect(page.get_by_role("list", name="Networks of this client")).to_contain_text("main")
        page.get_by_role("button", name="Price list 1, 2 lines").click()
        prices = page.get_by_role("dialog").get_by_role("region", name="Prices")
        expect(prices.get_by_role("row")).to_have_count(3)
        expect(prices).to_contain_text("Rp\u00a01,500,000")
        page.get_by_role("button", name="Close").click()

        page.get_by_role("button", name="Suspend or resume").click()
        answer(page, "Suspend or resume", Suspended_from="2026-02-01")
        expect(page.get_by_text("Suspended", exact=True)).to_be_visible()
        page.get_by_role("button", name="New contract").click()
        answer(page, "New contract", Contract_number="PKS-COMMON", From="2026-01-01")
        expect(page.get_by_text("PKS-COMMON")).to_be_visible()
        page.get_by_role("button", name="New room rate").click()
        answer(page, "New room rate", Class="1", Name="Kelas 1", Order="30", Rate_per_day="800.000", From="2026-01-01")
        expect(page.get_by_role("region", name="Room classes").get_by_role("table")).to_contain_text("Rp\u00a0800,000")
    with working_for(boss.client.id) as scope:
        where = queries.network_standing(scope, UUID(provider_id), "main", date(2026, 3, 1))
        assert where.problem is not None
        assert where.problem.reason == "providers.suspended"


def test_a_refusal_stands_under_the_question_and_what_was_typed_stays(site: str, browser: Browser):
    boss = make_boss()
    provider_id, _, _ = make_hospital(boss)
    with at_the_desk(browser, site, boss, f"/network/{provider_id}") as page:
        page.get_by_role("button", name="Last day of the contract").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Last day", exact=True).fill("2019-12-31")
        dialog.get_by_label("Reason").fill("A slip")
        dialog.get_by_role("button", name="Last day of the contract").click()
        expect(dialog.get_by_text("The last day lies before the first.")).to_be_visible()
        expect(dialog.get_by_label("Reason")).to_have_value("A slip")


@pytest.mark.requirement("S2-8")
def test_a_doctor_is_added_and_leaves(site: str, browser: Browser):
    boss = make_boss()
    provider_id, _, code = make_hospital(boss)
    with at_the_desk(browser, site, boss, f"/network/{provider_id}") as page:
        page.get_by_role("button", name="Add a doctor").click()
        page.get_by_role("dialog").get_by_label("Specialty").select_option("JAN")
        answer(
            page,
            "Add a doctor",
            Registration=f"STR-{code}",
            Name="dr. Laras Pertiwi",
            Languages="id en",
            Hours="mon-fri 08:00-12:00",
            From="2026-01-01",
        )
        row = page.get_by_role("listitem").filter(has_text="dr. Laras Pertiwi")
        expect(row).to_contain_text("mon 08:00-12:00")
        row.get_by_role("button", name="Last day here").click()
        answer(page, "Last day here", Last_day="2026-02-28")
        expect(row).to_contain_text("28 Feb 2026")


def test_a_file_is_sent_checked_and_taken_over(site: str, browser: Browser, jobs_done):
    boss = make_boss()
    provider_id, _, code = make_hospital(boss)
    lines = (
        "provider code,doctor code,name,schedule,colour\n"
        f"{code},S-{code},dr. Bimo,mon 08:00-12:00,red\nNOWHERE,S-2,dr. Dua,mon 08:00-12:00,\n"
    )
    with at_the_desk(browser, site, boss, "/network/files") as page:
        page.get_by_label("What stands in it").select_option("doctors")
        page.get_by_label("File", exact=True).set_input_files(
            {"name": "doctors.csv", "mimeType": "text/csv", "buffer": lines.encode()}
        )
        page.get_by_role("button", name="Send the file").click()
        expect(page.get_by_text("Checked so far")).to_be_visible()
        jobs_done()
        expect(page.get_by_text("These columns are not used: colour")).to_be_visible()
        expect(page.get_by_role("region", name="Lines").get_by_role("table")).to_contain_text(
            "There is no provider with this code"
        )
        page.get_by_role("button", name="Take it over").click()
        expect(page.get_by_text("Being written")).to_be_visible()
        jobs_done()
        expect(page.get_by_text("Taken over")).to_be_visible()
        page.get_by_role("button", name="New", exact=True).click()
        expect(page.get_by_role("region", name="Lines").get_by_role("table")).to_contain_text(f"S-{code}")
        page.get_by_role("link", name="All files").click()
        expect(page.get_by_role("link", name="doctors.csv").first).to_contain_text("Taken over")
    with working_for(boss.client.id) as scope:
        seen = queries.doctors_at(scope, UUID(provider_id), date(2030, 1, 1))
        assert [doctor.name for doctor, _ in seen] == ["dr. Bimo"]


@pytest.mark.parametrize("locale", ["en-GB", "id-ID", "pt-PT"])
@pytest.mark.parametrize("screen", [TABLE, POCKET], ids=["1280", "390"])
def test_the_network_fits_and_can_be_used_by_everybody(
    screen: dict[str, object], locale: str, site: str, browser: Browser
):
    boss = make_boss()
    provider_id, name, _ = make_hospital(boss)
    with at_the_desk(browser, site, boss, "/network", **{**screen, "locale": locale}) as page:
        for place in ("/network", "/network/files", f"/network/{provider_id}"):
            page.goto(f"{site}/desk/#{place}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            expect(page.get_by_role("status").filter(has=page.locator(".visually-hidden"))).to_have_count(0)
            assert barriers(page) == []
            assert not shifts_sideways(page)
        if screen["viewport"]["width"] > 760:
            cut = page.locator(".bar .tabs").evaluate("tabs => tabs.scrollWidth - tabs.clientWidth")
            assert cut <= 0, "every page of the desk can be seen"
        page.locator("main button").nth(1).click()
        assert barriers(page) == []


def test_others_do_not_see_the_network(site: str, browser: Browser):
    agent = make_colleague(make_family("nusantara").client)
    with at_the_desk(browser, site, agent, "/network") as page:
        expect(page.get_by_role("link", name="Cases")).to_be_visible()
        expect(page.get_by_role("link", name="Network")).to_have_count(0)
        expect(page.get_by_role("heading", level=1, name="Network")).to_have_count(0)
