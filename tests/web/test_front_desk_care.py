"""What a front desk does with a visit's referral, and a pharmacy with a prescription, in a real browser."""

from __future__ import annotations

from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.access import Actor, Role, working_for
from backend.kit import ids
from backend.providers.service import first_choice
from backend.referrals import queries as referrals
from backend.referrals import sealing, service
from backend.visits import service as visits
from tests.factories.claims import make_household
from tests.factories.providers import make_provider
from tests.factories.referrals import NETWORK, Region, make_referral, make_region
from tests.factories.telemedicine import make_prescription
from tests.factories.visits import Desk, make_visit
from tests.web.front_desk_people import at_the_front_desk
from tests.web.test_screens import barriers, shifts_sideways

pytestmark = pytest.mark.browser


def _visit(region: Region, at: UUID, code: str | None) -> str:
    """A visit of the patient at a facility of the region, with the referral that opened its door."""
    desk = Desk(region.client, at, region.member_id, region.plan_id)
    visit = make_visit(desk)
    if code:
        with working_for(region.client.id, desk.actor) as scope:
            visits.take_referral(scope, visit.id, code)
    return f"/visits/{visit.id}"


def _following(region: Region, code: str) -> list[tuple[str, str, str]]:
    """Kind, specialty and tier of what was written after a referral."""
    with working_for(region.client.id) as scope:
        rows = referrals.all_of(scope, region.member_id)
        first = next(row.id for row in rows if row.code == code)
        return [(row.kind, row.specialty, row.to_tier) for row in rows if row.earlier_id == first]


def _fits(page: Page, picture) -> None:
    page.screenshot(path=picture, full_page=True)
    assert barriers(page) == []
    assert not shifts_sideways(page)


@pytest.mark.requirement("S0-25")
def test_the_specialist_refers_on_without_a_new_first_visit(site: str, browser: Browser, tmp_path):
    region = make_region()
    code = make_referral(region).code
    place = _visit(region, region.specialist, code)
    with at_the_front_desk(browser, site, region.client, region.specialist, place) as page:
        page.get_by_text("Refer to another specialist").click()
        page.get_by_label("Specialty").select_option(label="Lung medicine")
        page.get_by_label("Where to").select_option("ppk3")
        page.get_by_label("Doctor").fill("dr. Sinta, Sp.JP")
        _fits(page, tmp_path / "onward.png")
        page.get_by_role("button", name="Write the onward referral").click()
        expect(page.get_by_role("status").filter(has_text="Referral written: Lung medicine, PPK3")).to_be_visible()
        with page.expect_download() as paper:
            page.get_by_role("button", name="Referral as PDF").click()
        assert paper.value.path().read_bytes().startswith(b"%PDF")
    assert _following(region, code) == [("onward", "PAR", "ppk3")]


def test_a_stable_patient_is_handed_back_and_gets_a_month_of_medicine_at_the_clinic(
    site: str, browser: Browser, tmp_path
):
    region = make_region()
    code = make_referral(region).code
    place = _visit(region, region.specialist, code)
    with at_the_front_desk(browser, site, region.client, region.specialist, place) as page:
        page.get_by_text("Hand back to the first clinic").click()
        page.get_by_label("Illness").select_option(label="Heart disease")
        page.get_by_label("Specialist who certifies it").fill("dr. Sinta, Sp.JP")
        page.get_by_role("button", name="Write the back-referral").click()
        expect(page.get_by_role("alert").filter(has_text="stable")).to_be_visible()
        page.get_by_label("The specialist certifies that the patient is stable").check()
        _fits(page, tmp_path / "back.png")
        page.get_by_role("button", name="Write the back-referral").click()
        expect(page.get_by_text("Referral written: ")).to_be_visible()
        expect(page.get_by_text("Finished", exact=True)).to_be_visible()
    with working_for(region.client.id) as scope:
        back = next(row.code for row in referrals.all_of(scope, region.member_id) if row.kind == "back")
    place = _visit(region, region.clinic, back)
    with at_the_front_desk(browser, site, region.client, region.clinic, place) as page:
        expect(page.get_by_label("Days of medicine handed out")).to_have_value("30")
        page.get_by_role("button", name="Note the medicine").click()
        expect(page.get_by_text("Handed out 1 times under this referral.")).to_be_visible()
        page.get_by_role("button", name="Note the medicine").click()
        expect(page.get_by_role("alert").filter(has_text="has not run out")).to_be_visible()


@pytest.mark.requirement("S0-24")
def test_a_finished_treatment_leaves_the_right_to_come_again(site: str, browser: Browser):
    region = make_region()
    code = make_referral(region).code
    place = _visit(region, region.specialist, code)
    with at_the_front_desk(browser, site, region.client, region.specialist, place) as page:
        expect(page.get_by_role("button", name="Let the patient come again")).to_have_count(0)
        page.get_by_role("button", name="Treatment is finished").click()
        page.get_by_role("button", name="Let the patient come again").click()
        expect(page.get_by_text("Referral written: ")).to_be_visible()
    assert _following(region, code) == [("continuation", "JAN", "ppk2")]


@pytest.mark.requirement("S0-21")
def test_the_first_clinic_writes_the_first_step_up(site: str, browser: Browser):
    region = make_region()
    place = _visit(region, region.clinic, None)
    with at_the_front_desk(browser, site, region.client, region.clinic, place) as page:
        page.get_by_label("Specialty").select_option(label="Cardiology")
        page.get_by_label("Find a diagnosis").fill("penyakit jantung koroner")
        page.get_by_role("list", name="Diagnoses found").get_by_role("button").first.click()
        page.get_by_role("button", name="Write the referral").click()
        expect(page.get_by_text("Referral written: Cardiology, PPK2")).to_be_visible()
    with working_for(region.client.id) as scope:
        (row,) = referrals.all_of(scope, region.member_id)
        assert (row.kind, row.from_provider_id) == ("tiered", region.clinic)
        assert (sealing.unseal("referral", row.id, row.diagnosis_cipher) or "").startswith("I2")


def test_a_referral_leads_to_a_hospital_that_is_chosen_by_name(site: str, browser: Browser, tmp_path):
    region = make_region()
    place = _visit(region, region.clinic, None)
    facts = {"network": NETWORK, "kind": "hospital", "tier": "ppk2", "specialties": ["JAN"]}
    with working_for(region.client.id) as scope:
        heart = make_provider(scope, name="RS Jantung Sejahtera", **facts).id
    with at_the_front_desk(browser, site, region.client, region.clinic, place) as page:
        page.get_by_label("Specialty").select_option(label="Cardiology")
        page.get_by_text("Facility: Any facility of that level").click()
        page.get_by_label("Find by name").fill("jantung sejahtra")
        _fits(page, tmp_path / "facility.png")
        page.get_by_role("list", name="Facilities found").get_by_role("button", name="RS Jantung Sejahtera").click()
        expect(page.get_by_role("button", name="Any facility again")).to_be_visible()
        page.get_by_role("button", name="Write the referral").click()
        expect(page.get_by_text("Referral written: Cardiology, RS Jantung Sejahtera")).to_be_visible()
    with working_for(region.client.id) as scope:
        (row,) = referrals.all_of(scope, region.member_id)
        assert row.to_provider_id == heart


@pytest.mark.requirement("S0-21")
def test_a_clinic_grants_what_its_patient_asked_it_for(site: str, browser: Browser, tmp_path):
    region = make_region()
    patient = Actor(Role.MEMBER, id=ids.new_id(), member_ids=(region.member_id,))
    with working_for(region.client.id, patient, channel="app") as scope:
        first_choice.choose(scope, region.member_id, region.clinic)
        service.ask(scope, region.member_id, kind="tiered", specialty="JAN", reason="Chest feels tight on the stairs")
    with at_the_front_desk(browser, site, region.client, region.specialist, "/referrals") as page:
        expect(page.get_by_text("Nobody is waiting for a referral.")).to_be_visible()
    with at_the_front_desk(browser, site, region.client, region.clinic, "/referrals") as page:
        request = page.get_by_role("article").filter(has_text="Chest feels tight on the stairs")
        request.get_by_role("button", name="Grant").click()
        _fits(page, tmp_path / "requests.png")
        request.get_by_role("button", name="Write the referral").click()
        expect(page.get_by_text("and was told.")).to_be_visible()
    assert _written(region) == [("tiered", "JAN", region.clinic)]


def _written(region: Region) -> list[tuple[str, str, UUID | None]]:
    with working_for(region.client.id) as scope:
        return [(row.kind, row.specialty, row.from_provider_id) for row in referrals.all_of(scope, region.member_id)]


def test_another_desk_than_the_one_that_treats_gets_no_steps(site: str, browser: Browser):
    region = make_region()
    code = make_referral(region).code
    place = _visit(region, region.specialist, code)
    with working_for(region.client.id, Actor(Role.PROVIDER, id=ids.new_id(), provider_id=region.specialist)) as scope:
        service.complete(scope, code)
    with at_the_front_desk(browser, site, region.client, region.specialist, place) as page:
        expect(page.get_by_text("Finished", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name="Treatment is finished")).to_have_count(0)


@pytest.mark.requirement("S1-73")
def test_a_pharmacy_hands_out_a_prescription_by_its_number(site: str, browser: Browser, tmp_path):
    household = make_household()
    paper, _ = make_prescription(household, repeats=(0, 1))
    with working_for(household.client.id) as scope:
        pharmacy = make_provider(scope, kind="pharmacy").id
    with at_the_front_desk(browser, site, household.client, pharmacy) as page:
        page.get_by_label("Card, referral or letter").fill(paper.number)
        page.get_by_role("button", name="Check", exact=True).click()
        expect(page.get_by_role("heading", name="Prescription")).to_be_focused()
        page.get_by_role("button", name="Hand out", exact=True).click()
        expect(page.get_by_text("Noted. Items handed out: 2.")).to_be_visible()
        _fits(page, tmp_path / "prescription.png")
        page.get_by_role("button", name="Check", exact=True).click()
        page.get_by_role("button", name="Hand out the repeat").click()
        expect(page.get_by_text("Noted. Items handed out: 1.")).to_be_visible()


def test_every_word_of_the_care_page_is_said_in_indonesian(site: str, browser: Browser):
    region = make_region()
    code = make_referral(region).code
    place = _visit(region, region.specialist, code)
    with at_the_front_desk(browser, site, region.client, region.specialist, place, locale="id-ID") as page:
        page.get_by_text("Rujuk ke spesialis lain").click()
        expect(page.get_by_label("Spesialisasi")).to_be_visible()
        expect(page.get_by_role("button", name="Perawatan selesai")).to_be_visible()
