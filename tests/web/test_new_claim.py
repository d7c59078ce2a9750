"""A reimbursement from the first tap to its status, on a network that breaks."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from backend.access import working_for
from backend.benefits.queries import cover_on
from backend.claims import queries, service
from backend.claims.models import Claim
from backend.documents.models import Document
from backend.kit import clock
from backend.kit.money import Money
from tests.factories.benefits import make_benefit
from tests.factories.documents import photo
from tests.factories.providers import make_provider
from tests.web.conftest import losing_one_answer, serving
from tests.web.people import Family, enter, make_family

pytestmark = pytest.mark.browser

SLUG = "nusantara"


@pytest.fixture(scope="module")
def receipts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two photographed receipts in the gallery."""
    folder = tmp_path_factory.mktemp("gallery")
    for seed in (1, 2):
        (folder / f"IMG_{seed}.jpg").write_bytes(photo(seed)[0])
    return sorted(folder.iterdir())


def count_of(table: Any, family: Family) -> int:
    owner = Document.member_id if table is Document else Claim.member_id
    with working_for(family.client.id) as scope:
        mine = select(func.count()).where(table.client_id == family.client.id, owner == family.member_ids[0])
        return scope.session.execute(mine).scalar_one()


def fill_facts(page: Page, amount: str = "685.000") -> None:
    page.get_by_label("Hospital, clinic or pharmacy").fill("Klinik Melati")
    page.get_by_label("Amount paid").fill(amount)


def begin(page: Page, site: str) -> Family:
    family = make_family(SLUG)
    enter(page, site, family, "/claims/new")
    fill_facts(page)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Step 2 of 3")).to_be_visible()
    return family


def choose(page: Page, files: list[Path], document: str | None = None) -> None:
    if document:
        page.get_by_role("radio", name=document).check()
    page.locator("[data-role=gallery]").set_input_files(files)


def test_a_claim_with_two_photos_goes_from_the_gallery_to_its_status(site: str, phone: Page, receipts: list[Path]):
    begin(phone, site)
    asked = phone.get_by_role("radio").all()
    for radio, receipt in zip(asked, receipts, strict=False):
        radio.check()
        choose(phone, [receipt])
        expect(radio.locator("xpath=ancestor::label").locator(".badge")).to_have_text("There")
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_text("Files: 2")).to_be_visible()
    phone.get_by_role("button", name="Send the claim").click()
    expect(phone.get_by_role("heading", name="History")).to_be_visible()
    expect(phone.locator(".panel .badge").first).to_have_text("Sent")
    expect(phone.locator(".figure")).to_have_text("Rp\u00a0685,000")


def test_the_checklist_says_what_is_missing_before_sending(site: str, phone: Page, receipts: list[Path]):
    begin(phone, site)
    choose(phone, receipts[:1])
    expect(phone.get_by_text("There", exact=True)).to_be_visible()
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_text("Not there yet:")).to_be_visible()


def test_an_upload_whose_answer_is_lost_is_stored_once_however_often_it_is_tried(
    app: Flask, phone: Page, receipts: list[Path]
):
    with serving(losing_one_answer(app, "/api/v1/documents")) as breaking_site:
        family = begin(phone, breaking_site)
        choose(phone, receipts[:1])
        expect(phone.get_by_text("Nothing is lost")).to_be_visible()
        assert count_of(Document, family) == 1
        phone.get_by_role("button", name="Try again IMG_1.jpg").click()
        expect(phone.get_by_text("There", exact=True)).to_be_visible()
    assert count_of(Document, family) == 1


def test_a_photo_that_could_not_be_sent_survives_a_reload_and_goes_by_itself(
    site: str, phone: Page, receipts: list[Path]
):
    family = begin(phone, site)
    phone.route("**/api/v1/documents", lambda route: route.abort("connectionreset"), times=1)
    choose(phone, receipts[:1])
    expect(phone.get_by_role("button", name="Try again IMG_1.jpg")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("There", exact=True)).to_be_visible()
    assert count_of(Document, family) == 1


def test_what_was_typed_survives_a_reload(site: str, phone: Page):
    enter(phone, site, make_family(SLUG), "/claims/new")
    fill_facts(phone)
    phone.get_by_label("Receipt number").fill("K/77")
    phone.reload()
    expect(phone.get_by_label("Hospital, clinic or pharmacy")).to_have_value("Klinik Melati")
    expect(phone.get_by_label("Receipt number")).to_have_value("K/77")


def test_fields_filled_at_one_stroke_are_all_kept(site: str, phone: Page):
    enter(phone, site, make_family(SLUG), "/claims/new")
    expect(phone.get_by_label("Receipt number")).to_be_visible()
    phone.evaluate("""() => {
        for (const [id, value] of [["provider", "Klinik Melati"], ["invoice", "K/77"]]) {
            const field = document.getElementById(id);
            field.value = value;
            field.dispatchEvent(new Event("input", { bubbles: true }));
        }
    }""")
    phone.get_by_label("Amount paid").fill("685.000")
    expect(phone.get_by_label("Hospital, clinic or pharmacy")).to_have_value("Klinik Melati")
    expect(phone.get_by_label("Receipt number")).to_have_value("K/77")


def test_two_quick_taps_begin_one_claim(site: str, phone: Page):
    family = make_family(SLUG)
    enter(phone, site, family, "/claims/new")
    fill_facts(phone)
    phone.get_by_role("button", name="Next").evaluate("button => { button.click(); button.click(); }")
    expect(phone.get_by_text("Step 2 of 3")).to_be_visible()
    assert count_of(Claim, family) == 1


def test_a_field_that_the_api_refuses_is_marked_and_has_the_focus(site: str, phone: Page):
    enter(phone, site, make_family(SLUG), "/claims/new")
    fill_facts(phone)
    refused = {"code": 422, "reason": "request.invalid", "message": "…", "errors": {"json": {"provider_name": ["no"]}}}
    phone.route("**/api/v1/claims", lambda route: route.fulfill(status=422, json=refused))
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_label("Hospital, clinic or pharmacy")).to_have_attribute("aria-invalid", "true")
    expect(phone.get_by_label("Hospital, clinic or pharmacy")).to_be_focused()


def test_a_photo_can_be_taken_off_again(site: str, phone: Page, receipts: list[Path]):
    begin(phone, site)
    choose(phone, receipts[:1])
    expect(phone.get_by_text("There", exact=True)).to_be_visible()
    phone.locator(".shot .remove").click()
    expect(phone.get_by_text("There", exact=True)).to_have_count(0)


def test_what_was_read_on_the_photo_is_offered_and_taken_over_by_hand_only(
    site: str, phone: Page, tmp_path: Path, run_jobs: Callable[[], None]
):
    data, truth = photo(3)
    (tmp_path / "receipt.jpg").write_bytes(data)
    begin(phone, site)
    choose(phone, [tmp_path / "receipt.jpg"])
    expect(phone.get_by_text("There", exact=True)).to_be_visible()
    run_jobs()
    phone.get_by_role("button", name="Next").click()
    read = f"Rp\u00a0{truth.total_minor // 100:,}"
    panel = phone.get_by_role("region", name="What we read on your photos")
    expect(panel.get_by_text(read, exact=True)).to_be_visible()
    expect(phone.locator(".figure")).to_have_text("Rp\u00a0685,000")
    panel.get_by_role("button", name="Use this Total").click()
    expect(phone.locator(".figure")).to_have_text(read)
    expect(panel.get_by_role("button", name="Use this Total")).to_have_count(0)
    panel.get_by_role("button", name="Leave mine Receipt number").click()
    expect(panel.get_by_role("button", name="Use this Receipt number")).to_have_count(0)


def test_a_bill_that_leaves_its_benefit_open_asks_one_question(site: str, phone: Page, receipts: list[Path]):
    family = begin(phone, site)
    with working_for(family.client.id, family.actor) as scope:
        covered = cover_on(scope, family.member_ids[0], clock.today(family.client.timezone))
        assert covered is not None
        for code, kind in (("GP", "general_practitioner"), ("SPEC", "specialist")):
            names = {"id": code, "en": f"Doctor {code}", "pt": code}
            make_benefit(scope, covered.plan.id, code=code, services=[kind], names=names, position=90)
        (claim,) = queries.claims_of(scope, family.member_ids[0], limit=1)
        line = {"description": "Konsultasi dokter", "quantity": 1, "amount": Money.of_major(685_000, "IDR")}
        service.change_claim(scope, claim.id, {"lines": [line]})
    phone.reload()
    choose(phone, receipts[:1])
    expect(phone.get_by_text("There", exact=True)).to_be_visible()
    phone.get_by_role("button", name="Next").click()
    question = phone.get_by_role("group", name="Which of these was it?")
    expect(question.get_by_role("radio")).to_have_count(2)
    question.get_by_role("radio", name="Doctor SPEC").check()
    expect(question.get_by_role("radio", name="Doctor SPEC")).to_be_enabled()
    expect(question.get_by_role("radio", name="Doctor SPEC")).to_be_checked()
    with working_for(family.client.id, family.actor) as scope:
        assert queries.claim(scope, claim.id).chosen_benefit == "SPEC"


def test_a_place_that_is_picked_from_the_registry_is_known_to_the_rules(site: str, phone: Page):
    family = make_family(SLUG)
    with working_for(family.client.id) as scope:
        name = f"Klinik Kembang Sepatu {family.phone[-4:]}"
        place = make_provider(scope, name=name, network="main")
    enter(phone, site, family, "/claims/new")
    fill_facts(phone)
    phone.get_by_label("Hospital, clinic or pharmacy").fill(name)
    phone.get_by_role("group", name="Is it one of these?").get_by_role("button", name=name).click()
    expect(phone.get_by_text("We know this place.")).to_be_visible()
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_text("Step 2 of 3")).to_be_visible()
    with working_for(family.client.id, family.actor) as scope:
        (claim,) = queries.claims_of(scope, family.member_ids[0], limit=1)
        assert (claim.provider_id, claim.provider_name) == (place.id, name)
