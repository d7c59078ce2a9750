"""What a member still pays, on a phone: how much, what for, until when, where to; and that they do not agree."""

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.access import working_for
from backend.funds import ledger, queries, service
from backend.funds.rules.excess import Part
from tests.factories.funds import make_excess, make_fund, rupiah
from tests.web.conftest import PHONE, watched
from tests.web.people import Family, enter, make_family
from tests.web.test_screens import barriers, shifts_sideways

pytestmark = pytest.mark.browser

NUMBER = "1264-0815-3297"
LINES = (
    service.ExcessLine("Popok dewasa", "excess", rupiah(150_000)),
    service.ExcessLine("Telepon kamar", "excess", rupiah(100_000)),
)


@pytest.fixture
def family(app) -> Family:
    """A family that owes a quarter of a million, on a fund with an account."""
    made = make_family("nusantara")
    with working_for(made.client.id) as scope:
        if queries.fund(scope) is None:
            make_fund(scope, deposit=rupiah(100_000_000))
        make_excess(scope, made.member_ids[0], rupiah(250_000), reference=NUMBER, excess_items=LINES)
    return made


def excess_of(family: Family):
    with working_for(family.client.id) as scope:
        return queries.running_of_member(scope, family.member_ids[0])[0]


@pytest.mark.requirement("S1-77")
@pytest.mark.requirement("S1-79")
def test_the_first_page_leads_to_how_much_what_for_until_when_and_where_to_pay(site: str, phone: Page, family: Family):
    enter(phone, site, family)
    phone.get_by_role("link", name="You still pay Rp\xa0250,000").click()
    expect(phone.get_by_text("Popok dewasa")).to_be_visible()
    expect(phone.get_by_text("Until ")).to_be_visible()
    with working_for(family.client.id) as scope:
        paid_to = service.excess_answer(scope, excess_of(family).id)["pay_to"]
    expect(phone.get_by_text(paid_to["account_number"])).to_be_visible()
    expect(phone.locator(".shares .own dd")).to_have_text(NUMBER)
    assert not shifts_sideways(phone)
    with phone.expect_download() as letter:
        phone.get_by_role("button", name="Letter (PDF)").click()
    assert letter.value.suggested_filename == f"{NUMBER}.pdf"


def test_who_does_not_agree_says_so_and_the_time_stands_still(site: str, phone: Page, family: Family):
    enter(phone, site, family, f"/excess/{excess_of(family).id}")
    phone.get_by_role("button", name="I do not agree").click()
    phone.get_by_label("What is not right?").fill("I did not use the telephone.")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_text("The time stands still.")).to_be_visible()
    expect(phone.get_by_role("button", name="I do not agree")).to_have_count(0)
    assert excess_of(family).state == "disputed"


def test_agreed_parts_stand_there_with_their_days(site: str, phone: Page, family: Family):
    with working_for(family.client.id) as scope:
        day = ledger.today_of(scope)
        row = excess_of(family)
        parts = [Part(day.replace(year=day.year + 1), rupiah(150_000)), Part(day, rupiah(100_000))]
        service.agree_instalments(scope, row.id, parts)
    enter(phone, site, family, "/excess")
    phone.get_by_role("link", name="250,000").click()
    expect(phone.get_by_role("heading", name="In parts")).to_be_visible()
    expect(phone.get_by_text("Rp\xa0150,000")).to_have_count(2)


@pytest.mark.parametrize(("locale", "scheme"), [("id-ID", "light"), ("en-GB", "dark")])
def test_everybody_can_use_the_page(locale: str, scheme: str, site: str, browser: Browser, family: Family):
    context = browser.new_context(**PHONE, locale=locale, color_scheme=scheme, service_workers="block")
    for page in watched(context):
        for place in ("/excess", f"/excess/{excess_of(family).id}"):
            enter(page, site, family, place)
            page.locator(".spinner").first.wait_for(state="detached")
            assert (barriers(page), shifts_sideways(page)) == ([], False)
