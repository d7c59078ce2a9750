"""The analysts' workbench in a real browser: read, judge, decide, confirm, return, appeal; keys, sizes, languages."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from backend.access import working_for
from backend.claims import service
from backend.claims.models import ClaimStatus
from backend.kit.money import Money
from tests.web.test_screens import barriers, shifts_sideways
from tests.web.workbench_people import Office, at_the_workbench, make_office

pytestmark = pytest.mark.browser

SIZES = {"pocket": (390, 844), "table": (1280, 800)}
LOCALES = {"id-ID": "Klaim yang menunggu", "en-GB": "Claims that wait", "pt-PT": "Pedidos à espera"}
READ = {
    "total": {"value": {"amount_minor": 320_000_00, "currency": "IDR"}, "confidence": 0.55, "doubtful": True},
    "lines": [
        {
            "text": "Konsultasi",
            "quantity": 1,
            "amount": {"amount_minor": 200_000_00, "currency": "IDR"},
            "confidence": 0.9,
            "doubtful": False,
        },
        {
            "text": "Obat",
            "quantity": 1,
            "amount": {"amount_minor": 150_000_00, "currency": "IDR"},
            "confidence": 0.9,
            "doubtful": False,
        },
    ],
}


def rp(amount: int) -> Money:
    return Money.of_major(amount, "IDR")


def two_lines() -> list[dict]:
    return [
        {"description": "Konsultasi", "amount": rp(150_000), "quantity": 1},
        {"description": "Obat batuk", "amount": rp(200_000), "quantity": 3},
    ]


def confirm(page: Page, name: str) -> None:
    page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()


@pytest.mark.requirement("S2-38", "S2-41", "S2-43")
def test_an_analyst_reads_sees_the_judgement_and_decides(app: Flask, site: str, browser: Browser):
    """Of 200.000 for medicine 80.000 are adequate: the plan pays 230.000, and the trace says why."""
    office = make_office()
    claim = office.claim(lines=two_lines())
    with at_the_workbench(browser, site, office.client, office.first) as page:
        page.get_by_role("link", name=claim.number).click()
        expect(page.get_by_role("heading", name="What the rules would decide")).to_be_visible()
        page.get_by_label("Find a diagnosis").fill("J06.9")
        page.get_by_role("button", name="J06.9").click()
        second = page.get_by_role("group", name="Obat batuk")
        second.get_by_label("What it is").select_option("medicine")
        second.get_by_label("Adequate amount, if less").fill("80.000")
        second.get_by_label("Why less").select_option("quantity")
        page.get_by_role("button", name="Save and see the judgement").click()
        expect(page.get_by_text("Our doctor found Rp\xa080,000 adequate")).to_be_visible()
        expect(page.locator(".payers").get_by_text("Rp\xa0230,000")).to_be_visible()
        page.get_by_role("button", name="Decide", exact=True).click()
        page.get_by_label("Words for the member (if any)").fill("Tiga botol terlalu banyak")
        confirm(page, "Decide")
        expect(page.get_by_role("heading", name="What was decided")).to_be_visible()
        expect(page.get_by_text("Approved in part").first).to_be_visible()
    assert office.now(claim).status == ClaimStatus.PARTLY_APPROVED
    assert office.now(claim).diagnosis == "J06.9"


def test_what_was_read_on_the_photo_is_taken_over_by_a_person_and_doubt_is_shown(
    app: Flask, site: str, browser: Browser
):
    office = make_office()
    claim = office.claim(extracted=READ)
    with at_the_workbench(browser, site, office.client, office.first, f"/claims/{claim.id}") as page:
        read = page.get_by_role("region", name="Read on the photos")
        expect(read.get_by_text("Doubtful")).to_have_count(1)
        expect(read.get_by_text("Rp\xa0320,000")).to_be_visible()
        read.get_by_role("button", name="Take over Positions").click()
        expect(page.get_by_role("group", name="Konsultasi")).to_be_visible()
        expect(page.get_by_role("group", name="Obat")).to_be_visible()
    with working_for(office.client.id) as scope:
        lines = service.workbench(scope, claim.id)["reading"]["lines"]
    assert [line["amount"] for line in lines] == [rp(200_000), rp(150_000)]


@pytest.mark.requirement("S4-7", "S4-8")
def test_the_part_of_jkn_is_told_and_taken_off(app: Flask, site: str, browser: Browser):
    """KMK 1366/2024: 75 % of a tariff of 400.000 are 300.000, so 50.000 of 350.000 are left to our plan."""
    office = make_office()
    claim = office.claim()
    with at_the_workbench(browser, site, office.client, office.first, f"/claims/{claim.id}") as page:
        page.get_by_label("Another payer").check()
        page.get_by_label("INA-CBG tariff").fill("400.000")
        page.get_by_role("button", name="Save and see the judgement").click()
        expect(page.locator(".payers").get_by_text("Rp\xa0300,000")).to_be_visible()
        expect(page.locator(".payers").get_by_text("Rp\xa050,000")).to_be_visible()


def test_from_the_contracts_amount_on_somebody_else_confirms(app: Flask, site: str, browser: Browser):
    office = make_office(second_look_minor=300_000_00)
    claim = office.claim()
    with at_the_workbench(browser, site, office.client, office.first, f"/claims/{claim.id}") as page:
        page.get_by_role("button", name="Decide", exact=True).click()
        confirm(page, "Decide")
        expect(page.get_by_text("Whoever decided a claim cannot confirm it.")).to_be_visible()
        expect(page.get_by_role("button", name="Confirm", exact=True)).to_be_disabled()
    with at_the_workbench(browser, site, office.client, office.second) as page:
        page.get_by_role("button", name="Second person").click()
        page.get_by_role("link", name=claim.number).click()
        expect(page.get_by_text("Decided by Ratna Dewanti")).to_be_visible()
        page.get_by_role("button", name="Confirm", exact=True).click()
        confirm(page, "Confirm")
        expect(page.get_by_role("heading", name="What was decided")).to_be_visible()
    assert office.now(claim).status == ClaimStatus.APPROVED


@pytest.mark.requirement("S1-29")
def test_an_appeal_is_decided_by_another_analyst(app: Flask, site: str, browser: Browser):
    office = make_office()
    claim = office.claim(claimed=rp(500_000))
    with at_the_workbench(browser, site, office.client, office.first, f"/claims/{claim.id}") as page:
        page.get_by_role("button", name="Decide", exact=True).click()
        confirm(page, "Decide")
        expect(page.get_by_role("heading", name="What was decided")).to_be_visible()
        with working_for(office.client.id, office.home.actor) as scope:
            service.appeal_claim(scope, claim.id, "Dokter menganjurkan semuanya")
        page.reload()
        expect(page.get_by_text("Dokter menganjurkan semuanya").first).to_be_visible()
        expect(page.get_by_text("An appeal is decided by somebody who had no part")).to_be_visible()
        expect(page.get_by_role("button", name="Decide", exact=True)).to_be_disabled()
    with at_the_workbench(browser, site, office.client, office.second) as page:
        page.get_by_role("button", name="Appeals").click()
        page.get_by_role("link", name=claim.number).click()
        page.get_by_role("button", name="Decide", exact=True).click()
        confirm(page, "Decide")
        expect(page.get_by_role("heading", name="What was decided")).to_be_visible()
    assert office.now(claim).status == ClaimStatus.PARTLY_APPROVED


@pytest.mark.requirement("S1-39", "S1-41")
def test_a_claim_goes_back_with_the_papers_that_are_missing(app: Flask, site: str, browser: Browser):
    office = make_office()
    claim = office.claim(complete=False)
    with at_the_workbench(browser, site, office.client, office.first) as page:
        page.get_by_role("button", name="Papers to check").click()
        page.get_by_role("link", name=claim.number).click()
        page.get_by_role("button", name="Return for papers").click()
        page.get_by_role("dialog").get_by_role("checkbox").first.check()
        page.get_by_label("Words for the member", exact=True).fill("Kuitansi tidak terbaca")
        confirm(page, "Return for papers")
        expect(page.get_by_text("The claim went back to the member.")).to_be_visible()
    assert office.now(claim).status == ClaimStatus.RETURNED


def test_flags_say_why_and_lead_to_the_other_claim(app: Flask, site: str, browser: Browser):
    office = make_office()
    first = office.claim(content="one receipt")
    claim = office.claim(content="one receipt")
    with at_the_workbench(browser, site, office.client, office.first, f"/claims/{claim.id}") as page:
        flags = page.get_by_role("region", name="Look at this twice")
        expect(flags.get_by_text("A file of this claim was already sent with another claim.")).to_be_visible()
        flags.get_by_role("link", name=first.number).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(first.number)


def test_it_is_done_with_the_keyboard(app: Flask, site: str, browser: Browser):
    office = make_office()
    claim = office.claim()
    with at_the_workbench(browser, site, office.client, office.first) as page:
        expect(page.get_by_role("link", name=claim.number)).to_be_visible()
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="What the rules would decide")).to_be_visible()
        page.keyboard.press("d")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.keyboard.press("Escape")
        expect(page.get_by_role("heading", name="Claims that wait")).to_be_visible()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def _full(office: Office):
    office.claim(content="twice", lines=two_lines(), extracted=READ)
    return office.claim(content="twice", lines=two_lines(), extracted=READ)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_screen_fits_and_can_be_used_by_everybody(
    app: Flask, site: str, browser: Browser, *, size: str, scheme: str, tmp_path
):
    office = make_office()
    claim = _full(office)
    width, height = SIZES[size]
    view = {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
    found = {}
    with at_the_workbench(browser, site, office.client, office.first, **view) as page:
        for place in ("/", f"/claims/{claim.id}"):
            page.goto(f"{site}/claims/#{place}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            if place != "/":
                expect(page.get_by_role("heading", name="What the rules would decide")).to_be_visible()
                for part in ("Stay and room", "Another payer", "Repeat of a prescription (iter)", "Accident"):
                    page.get_by_label(part, exact=True).check()
            wrong = barriers(page) + (["shifts sideways"] if shifts_sideways(page) else [])
            page.screenshot(
                path=tmp_path / f"{size}_{scheme}_{'queue' if place == '/' else 'claim'}.png", full_page=True
            )
            if wrong:
                found[place] = wrong
    assert found == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_it_speaks_the_analysts_language(app: Flask, site: str, browser: Browser, locale: str):
    office = make_office()
    claim = _full(office)
    with at_the_workbench(browser, site, office.client, office.first, locale=locale) as page:
        expect(page.get_by_role("heading", name=LOCALES[locale])).to_be_visible()
        page.goto(f"{site}/claims/#/claims/{claim.id}")
        expect(page.locator("#judgement-title")).to_be_visible()
        assert page.evaluate("document.body.innerText.match(/\\b[a-z]+\\.[a-z_]+\\b/g)") in (None, [])
