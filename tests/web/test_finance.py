"""The fund's pages in a real browser: cockpit, a month, runs of two people, the bank's movements, excess."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.access import Role, working_for
from backend.funds import ledger, queries, service
from tests.factories.claims import Household, make_household
from tests.factories.funds import (
    finance,
    make_deposit,
    make_excess,
    make_fund,
    make_member_account,
    make_payable,
    make_sent_run,
    rupiah,
)
from tests.factories.members import make_card
from tests.web.desk_people import PASSWORD, make_colleague
from tests.web.finance_people import POCKET, TABLE, at_the_fund
from tests.web.test_screens import barriers, shifts_sideways

pytestmark = pytest.mark.browser

NUMBER = "1264-0815-3297"
MT940 = """:20:STMT1
:25:1234567890
:28C:1/1
:60F:C261101IDR10000000,00
:61:2611281128C250000,00NTRFNONREF//BANKREF1
:86:PEMBAYARAN BUDI SANTOSO
:61:2611281128D50000,00NMSCNONREF//BANKREF2
:86:BIAYA ADMIN
:62F:C261128IDR10200000,00
"""
PAGES = ["/", "/month", "/payables", "/accounts", "/runs", "/bank", "/excess"]


@pytest.fixture
def household(app) -> Household:
    """A family with ten million on the fund's account, and somewhere to send their money."""
    made = make_household(terms={"reimbursement_to": "member"})
    with working_for(made.client.id) as scope:
        make_fund(scope, yearly=rupiah(40_000_000), deposit=rupiah(10_000_000))
        make_member_account(scope, made.employee_id)
        make_card(scope, made.employee_id)
    return made


def owed(household: Household, amount: int = 400_000, **facts: object) -> None:
    with working_for(household.client.id) as scope:
        make_payable(scope, household.employee_id, rupiah(amount), **facts)


def excess(household: Household, amount: int = 250_000) -> str:
    with working_for(household.client.id) as scope:
        return str(make_excess(scope, household.employee_id, rupiah(amount), reference=NUMBER).id)


def employee(household: Household) -> str:
    with working_for(household.client.id) as scope:
        return queries.employees_of(scope, [household.employee_id])[household.employee_id].full_name


def tile(page: Page, name: str):
    return page.locator(".tile").filter(has=page.get_by_text(name, exact=True)).locator(".figure")


@pytest.mark.requirement("S0-7")
@pytest.mark.requirement("S0-48")
def test_the_cockpit_shows_what_is_there_promised_and_free_and_takes_a_deposit(
    household: Household, site: str, browser: Browser
):
    with working_for(household.client.id) as scope:
        service.hold(scope, rupiah(2_000_000), "guarantee_letter", household.employee_id, "letter")
    owed(household, 3_000_000)
    with at_the_fund(browser, site, household.client) as page:
        expect(tile(page, "On the account")).to_have_text("Rp\xa010,000,000")
        expect(tile(page, "Promised")).to_have_text("Rp\xa02,000,000")
        expect(tile(page, "Approved, not paid yet")).to_have_text("Rp\xa03,000,000")
        expect(tile(page, "Free")).to_have_text("Rp\xa05,000,000")
        expect(page.get_by_text("50 % of the deposit is used")).to_be_visible()
        page.get_by_role("button", name="Record a deposit").click()
        page.get_by_label("Amount in IDR").fill("1.500.000")
        page.get_by_label("Received on").fill(ledger_day(household))
        page.get_by_label("The bank's reference").fill("TRX-NEW")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(tile(page, "On the account")).to_have_text("Rp\xa011,500,000")
        expect(page.get_by_text("TRX-NEW")).to_be_visible()


def ledger_day(household: Household) -> str:
    with working_for(household.client.id) as scope:
        return ledger.today_of(scope).isoformat()


def test_billions_stay_on_one_line_on_a_phone(household: Household, site: str, browser: Browser):
    with working_for(household.client.id) as scope:
        make_deposit(scope, rupiah(11_178_525_000))
    with at_the_fund(browser, site, household.client, **POCKET) as page:
        figure = tile(page, "On the account")
        expect(figure).to_contain_text("11,188,525,000")
        lines = figure.evaluate("it => it.getBoundingClientRect().height / parseFloat(getComputedStyle(it).lineHeight)")
        assert lines < 1.5
        assert figure.evaluate("it => it.scrollWidth - it.clientWidth") <= 0
        assert not shifts_sideways(page)


@pytest.mark.requirement("S0-48")
def test_a_month_is_shown_and_handed_over_on_paper_and_as_a_workbook(household: Household, site: str, browser: Browser):
    with at_the_fund(browser, site, household.client, Role.HR, "/month") as page:
        expect(page.locator(".balance-sheet .sum").last).to_contain_text("Rp\xa010,000,000")
        for button, begins in (("Statement (PDF)", b"%PDF"), ("Workbook (XLSX)", b"PK")):
            with page.expect_download() as given:
                page.get_by_role("button", name=button).click()
            assert Path(given.value.path()).read_bytes().startswith(begins)


@pytest.mark.requirement("S0-69")
def test_hr_sees_amounts_and_letters_but_no_payments_and_no_positions(
    household: Household, site: str, browser: Browser
):
    with working_for(household.client.id) as scope:
        item = service.ExcessLine("Insulin glargine", "excess", rupiah(250_000))
        make_excess(scope, household.employee_id, rupiah(250_000), reference=NUMBER, excess_items=(item,))
    with at_the_fund(browser, site, household.client, Role.HR) as page:
        names = page.get_by_role("navigation").get_by_role("link").all_inner_texts()
        assert [name.strip() for name in names] == ["Fund", "Month", "Excess"]
        page.goto(f"{site}/finance/#/payables")
        expect(page.get_by_role("heading", name="The fund at a glance")).to_be_visible()
        page.goto(f"{site}/finance/#/excess")
        page.get_by_role("link", name=employee(household)).click()
        expect(page.get_by_text("Positions can tell an illness")).to_be_visible()
        with page.expect_download() as letter:
            page.get_by_role("button", name="Letter (PDF)").click()
        assert letter.value.suggested_filename.endswith(".pdf")
        assert "Insulin" not in page.content()


@pytest.mark.requirement("S0-67")
@pytest.mark.requirement("S0-68")
def test_a_run_is_prepared_by_one_person_approved_by_another_and_settled_by_the_banks_answer(
    household: Household, site: str, browser: Browser
):
    owed(household)
    with at_the_fund(browser, site, household.client, place="/runs") as one:
        one.get_by_role("button", name="Prepare a run").click()
        one.get_by_role("button", name="Prepare", exact=True).click()
        expect(one.get_by_text("Waits for approval")).to_be_visible()
        expect(one.get_by_text("Somebody else has to approve this run")).to_be_visible()
        assert one.get_by_role("button", name="Approve").count() == 0
        address = one.evaluate("location.hash").removeprefix("#")
        with at_the_fund(browser, site, household.client, Role.ADMIN, address, name="Indra Mahendra") as other:
            other.get_by_role("button", name="Approve").click()
            other.get_by_role("dialog").get_by_role("button", name="Approve").click()
            expect(other.get_by_role("status").filter(has_text="Approved")).to_be_visible()
            assert other.get_by_role("button", name="Close for the bank").count() == 0
        one.reload()
        one.get_by_role("button", name="Close for the bank").click()
        one.get_by_role("dialog").get_by_role("button", name="Close for the bank").click()
        with one.expect_download() as file:
            one.get_by_role("button", name="Bank file (pain.001)").click()
        assert b"pain.001.001.09" in Path(file.value.path()).read_bytes()
        reference = reference_of(household)
        answer = f"reference,status\n{reference},paid\n".encode()
        one.get_by_label("The bank's answer").set_input_files(
            [{"name": "answer.csv", "mimeType": "text/csv", "buffer": answer}]
        )
        expect(one.get_by_role("status").filter(has_text="Settled")).to_be_visible()


def reference_of(household: Household) -> str:
    with working_for(household.client.id) as scope:
        (run,) = queries.runs(scope)
        return queries.payments_of(scope, run.id)[0].reference


def test_a_run_names_what_it_leaves_behind_and_why(household: Household, site: str, browser: Browser):
    owed(household)
    with working_for(household.client.id) as scope:
        make_payable(scope, household.child_id, rupiah(120_000), reference="1264-0000-0001")
    with working_for(household.client.id, finance(household.client)) as scope:
        run = service.prepare_run(scope, ledger.today_of(scope))
    with at_the_fund(browser, site, household.client, place=f"/runs/{run.id}") as page:
        left = page.get_by_role("list", name="Stays behind: 1")
        expect(left).to_contain_text("1264-0000-0001")
        expect(left).to_contain_text("There is no bank account to pay to yet.")


@pytest.mark.requirement("S1-85")
@pytest.mark.requirement("S1-86")
def test_every_movement_is_explained_until_the_ledger_agrees_with_the_bank(
    household: Household, site: str, browser: Browser
):
    excess(household)
    with at_the_fund(browser, site, household.client, place="/bank") as page:
        statement = {"name": "bank.sta", "mimeType": "text/plain", "buffer": MT940.encode()}
        page.get_by_label("Take in a statement").set_input_files([statement])
        expect(page.get_by_text("New movements: 2.")).to_be_visible()
        expect(page.get_by_text("nobody has said why")).to_be_visible()
        page.get_by_role("button", name="Explain -Rp\xa050,000").or_(
            page.get_by_role("button", name="Explain Rp\xa0-50,000")
        ).click()
        page.get_by_label("The bank's fee").check()
        page.get_by_role("button", name="Post it").click()
        expect(page.get_by_text("They are equal.")).to_be_visible()
        page.get_by_role("button", name="Explain Rp\xa0250,000").click()
        page.get_by_label("An excess").check()
        page.get_by_label(NUMBER).check()
        page.get_by_role("button", name="Post it").click()
        expect(page.get_by_text("Every movement is placed.")).to_be_visible()
        page.get_by_role("button", name="Placed").click()
        expect(page.get_by_text("The bank's fee")).to_be_visible()
    with working_for(household.client.id) as scope:
        assert queries.balance(scope).bank_minor == 10_200_000_00
        assert queries.running_excesses(scope) == []


@pytest.mark.requirement("S1-79")
def test_an_excess_is_objected_to_answered_and_paid_in_parts(household: Household, site: str, browser: Browser):
    with at_the_fund(browser, site, household.client, place=f"/excess/{excess(household)}") as page:
        page.get_by_role("button", name="Record an objection").click()
        page.get_by_label("What the employee says").fill("Saya tidak memakai telepon kamar.")
        page.get_by_role("button", name="Record", exact=True).click()
        expect(page.get_by_text("the time stands still").first).to_be_visible()
        page.get_by_role("button", name="Answer the objection").click()
        page.get_by_label("The excess stands").check()
        page.get_by_label("Our answer").fill("Tagihan menyebut tiga panggilan.")
        page.get_by_role("button", name="Answer", exact=True).click()
        expect(page.get_by_text("Tagihan menyebut tiga panggilan.")).to_be_visible()
        page.get_by_role("button", name="Agree instalments").click()
        for place, days in enumerate((10, 40)):
            page.locator(f"#due-{place}").fill(later(household, days))
        page.get_by_label("Amount in IDR").first.fill("100.000")
        expect(page.get_by_text("Rp\xa025,000 is left to spread.")).to_be_visible()
        page.get_by_label("Amount in IDR").first.fill("125.000")
        page.get_by_role("button", name="Agree", exact=True).click()
        expect(page.get_by_role("list", name="Parts").get_by_role("listitem")).to_have_count(2)


def later(household: Household, days: int) -> str:
    with working_for(household.client.id) as scope:
        return (ledger.today_of(scope) + timedelta(days=days)).isoformat()


def test_what_was_approved_wrongly_is_taken_back_with_a_reason(household: Household, site: str, browser: Browser):
    owed(household, reference="1264-0042-0000")
    with at_the_fund(browser, site, household.client, place="/payables") as page:
        page.get_by_role("button", name="Take back 1264-0042-0000").click()
        page.get_by_label("Reason").fill("The same receipt twice")
        page.get_by_role("dialog").get_by_role("button", name="Take back", exact=True).click()
        expect(page.get_by_text("Nothing here.")).to_be_visible()
        page.get_by_role("button", name="Taken back").click()
        expect(page.get_by_text("1264-0042-0000")).to_be_visible()


@pytest.mark.requirement("S0-67")
def test_an_account_is_given_by_one_person_and_confirmed_by_another(household: Household, site: str, browser: Browser):
    with at_the_fund(browser, site, household.client, place="/accounts") as page:
        page.get_by_label("Bank", exact=True).fill("BCA")
        page.get_by_label("Account number").fill("0123456789")
        page.get_by_label("In the name of").fill("PT Kirana")
        page.get_by_role("button", name="Save").click()
        page.get_by_role("button", name="Confirm the account of PT Kirana").click()
        expect(page.get_by_text("Somebody else has to approve this")).to_be_visible()
    with at_the_fund(browser, site, household.client, Role.ADMIN, "/accounts") as page:
        page.get_by_role("button", name="Confirm the account of PT Kirana").click()
        expect(page.get_by_text("No account is waiting.")).to_be_visible()


def test_a_client_without_a_fund_gets_one_opened(app, site: str, browser: Browser):
    client = make_household().client
    with at_the_fund(browser, site, client, Role.HR) as page:
        expect(page.get_by_text("The fund has not been opened yet.")).to_be_visible()
    with at_the_fund(browser, site, client) as page:
        page.get_by_label("Bank", exact=True).fill("Bank Mandiri")
        page.get_by_label("Account number").fill("9876543210")
        page.get_by_label("In the name of").fill("Dana Kirana")
        page.get_by_label("Currency").fill("IDR")
        page.get_by_label("Yearly amount").fill("1.200.000.000")
        page.get_by_role("button", name="Open the fund").click()
        expect(tile(page, "On the account")).to_have_text("Rp\xa00")
        expect(page.get_by_text("Rp\xa0300,000,000").first).to_be_visible()


def test_finance_signs_in_with_a_password_and_an_authenticator(household: Household, site: str, browser: Browser):
    who = make_colleague(household.client, Role.FINANCE, "Wina Saraswati")
    context = browser.new_context(**TABLE, locale="id-ID")
    page = context.new_page()
    page.goto(f"{site}/finance/")
    expect(page.get_by_role("heading", name="Masuk ke halaman dana")).to_be_visible()
    page.locator("#email").fill(who.email)
    page.locator("#password-now").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("#code").fill(who.code())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Dana sekilas")).to_be_visible()
    context.close()


def test_a_fee_is_explained_with_the_keyboard_alone(household: Household, site: str, browser: Browser):
    taken = b"date,amount,description,reference\n2026-11-28,-9000,biaya,X1\n"
    with working_for(household.client.id) as scope:
        service.take_in_statement(scope, lambda: taken)
    with at_the_fund(browser, site, household.client, place="/bank") as page:
        expect(page.get_by_text("biaya")).to_be_visible()
        press_until(page, "Explain")
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
        press_until(page, "The bank's fee")
        page.keyboard.press("Space")
        press_until(page, "Post it")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Every movement is placed.")).to_be_visible()


def press_until(page: Page, words: str) -> None:
    """Tab until the focus is on what says this."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if words in page.evaluate("(document.activeElement.closest('label') || document.activeElement).textContent"):
            return
    raise AssertionError(f"nothing that says {words!r} can be reached with Tab")


@pytest.mark.parametrize("language", ["en-GB", "id-ID", "pt-PT"])
@pytest.mark.parametrize("size", ["pocket", "table"])
def test_every_page_fits_and_can_be_used_by_everybody(
    size: str, language: str, household: Household, site: str, browser: Browser
):
    letter = excess(household)
    owed(household)
    run = make_sent_run(household.client)
    scheme = "dark" if language == "id-ID" else "light"
    options = {**(POCKET if size == "pocket" else TABLE), "locale": language, "color_scheme": scheme}
    with at_the_fund(browser, site, household.client, **options) as page:
        found = {}
        for place in [*PAGES, f"/runs/{run.id}", f"/excess/{letter}"]:
            page.goto(f"{site}/finance/#{place}")
            page.locator("h1").first.wait_for()
            page.locator(".spinner").first.wait_for(state="detached")
            wrong = barriers(page) + (["shifts sideways"] if shifts_sideways(page) else [])
            if wrong:
                found[place] = wrong
        assert found == {}
