"""Complaints worked at the desk, in real windows on the real application."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from backend.access import Actor, Role, working_for
from backend.complaints import service as complaints
from backend.kit import clock
from tests.web.desk_people import POCKET, TABLE, at_the_desk, family_case, make_colleague
from tests.web.people import (
    answer_complaint,
    answer_the_question,
    ask_about_complaint,
    make_family,
    with_claim,
    with_complaint,
    with_forgotten_complaint,
)
from tests.web.test_screens import barriers, shifts_sideways

pytestmark = pytest.mark.browser


def row(page: Page, complaint_id: str) -> Locator:
    """The complaint in the list, whatever else waits at this client."""
    return page.locator(f'[data-complaint="{complaint_id}"]')


def steps(page: Page) -> Locator:
    """What happened so far."""
    return page.get_by_role("list", name="Steps")


def do(page: Page, name: str) -> Locator:
    """The dialog behind an action's button."""
    page.get_by_role("button", name=name, exact=True).click()
    return page.get_by_role("dialog", name=name, exact=True)


def confirm(dialog: Locator, name: str) -> None:
    """Press what the dialog is called."""
    dialog.get_by_role("button", name=name, exact=True).click()


@pytest.mark.requirement("S0-94")
def test_an_agent_acknowledges_and_resolves_a_complaint(site: str, browser: Browser):
    family = make_family("nusantara")
    complaint_id = with_complaint(family)
    with at_the_desk(browser, site, make_colleague(family.client)) as page:
        page.get_by_role("link", name="Complaints").click()
        expect(row(page, complaint_id)).to_contain_text("Acknowledge by")
        row(page, complaint_id).click()
        expect(page.get_by_text("asked me to pay first")).to_be_visible()
        confirm(do(page, "Acknowledge"), "Acknowledge")
        expect(steps(page)).to_contain_text("Acknowledged")
        expect(page.get_by_text("Answer by")).to_be_visible()
        answer = do(page, "Resolve")
        answer.get_by_label("Outcome").select_option(label="Partly upheld")
        answer.get_by_label("Answer to the member").fill("The reception was told how the card works.")
        answer.get_by_label("What the member gets (optional)").fill("The deposit comes back.")
        confirm(answer, "Resolve")
        expect(steps(page)).to_contain_text("The reception was told how the card works.")
        expect(page.get_by_text("The member gets: The deposit comes back.")).to_be_visible()
        page.get_by_role("link", name="All complaints").click()
        expect(page.get_by_role("button", name="Refresh")).to_be_visible()
        expect(row(page, complaint_id)).to_have_count(0)


@pytest.mark.requirement("S0-94")
def test_a_step_that_is_no_longer_possible_says_why_and_keeps_the_words(site: str, browser: Browser):
    family = make_family("nusantara")
    complaint_id = with_complaint(family)
    with at_the_desk(browser, site, make_colleague(family.client), f"/complaints/{complaint_id}") as page:
        question = do(page, "Ask for information")
        question.get_by_label("What is missing").fill("Please send the receipt of the deposit.")
        answer_complaint(family, complaint_id, "Answered by a colleague meanwhile.", redress="Nothing")
        confirm(question, "Ask for information")
        expect(question.get_by_role("alert").filter(has_text="not possible for the complaint")).to_be_visible()
        expect(question.get_by_label("What is missing")).to_have_value("Please send the receipt of the deposit.")
        expect(steps(page)).to_contain_text("Answered by a colleague meanwhile.")


@pytest.mark.requirement("S0-94")
def test_whoever_is_complained_about_does_not_see_it(site: str, browser: Browser):
    family = make_family("nusantara")
    complaint_id, other_id = with_complaint(family), with_complaint(family)
    sari = make_colleague(family.client)
    with working_for(family.client.id, Actor(Role.CLAIMS)) as scope:
        complaints.name_respondents(scope, UUID(complaint_id), [sari.id])
    with at_the_desk(browser, site, sari, "/complaints") as page:
        expect(row(page, other_id)).to_be_visible()
        expect(row(page, complaint_id)).to_have_count(0)
        page.goto(f"{site}/desk/#/complaints/{complaint_id}")
        expect(page.get_by_role("alert")).to_be_visible()
        assert "asked me to pay first" not in page.content()
        page.goto(f"{site}/desk/#/complaints/{other_id}")
        expect(page.get_by_text("asked me to pay first")).to_be_visible()


def test_whoever_a_complaint_is_about_is_not_offered_as_its_handler(site: str, browser: Browser):
    family = make_family("nusantara")
    complaint_id = with_complaint(family)
    about = make_colleague(family.client, name="Rina Complained-About")
    budi = make_colleague(family.client, name="Budi Santoso")
    with working_for(family.client.id, Actor(Role.CLAIMS)) as scope:
        complaints.name_respondents(scope, UUID(complaint_id), [about.id])
    with at_the_desk(browser, site, budi, f"/complaints/{complaint_id}") as page:
        dialog = do(page, "Assign")
        expect(dialog.get_by_label("To", exact=True)).to_have_value(str(budi.id))
        expect(dialog.get_by_role("option", name=re.compile("Rina"))).to_have_count(0)
        confirm(dialog, "Assign")
        expect(steps(page)).to_contain_text("To Budi Santoso")
        page.goto(f"{site}/desk/#/complaints")
        page.get_by_role("button", name="Mine", exact=True).click()
        expect(row(page, complaint_id)).to_contain_text("Handled by: you")
        page.get_by_role("button", name="Unassigned", exact=True).click()
        expect(row(page, complaint_id)).to_have_count(0)


def test_an_internal_note_is_marked(site: str, browser: Browser):
    family = make_family("nusantara")
    complaint_id = with_complaint(family)
    with at_the_desk(browser, site, make_colleague(family.client), f"/complaints/{complaint_id}") as page:
        note = do(page, "Write a note")
        expect(note.get_by_role("checkbox")).to_be_checked()
        note.get_by_label("Note", exact=True).fill("Called the reception, nobody knew the card.")
        confirm(note, "Write a note")
        written = steps(page).get_by_role("listitem").filter(has_text="nobody knew the card")
        expect(written).to_contain_text("Internal")
        expect(written).to_contain_text("Sari Wulandari")


def test_what_is_being_written_survives_a_reload(site: str, browser: Browser):
    family = make_family("nusantara")
    complaint_id = with_complaint(family)
    with at_the_desk(browser, site, make_colleague(family.client), f"/complaints/{complaint_id}") as page:
        do(page, "Escalate").get_by_label("Reason").fill("The press has called.")
        page.reload()
        expect(do(page, "Escalate").get_by_label("Reason")).to_have_value("The press has called.")


def test_a_missed_deadline_is_marked_in_the_list(site: str, browser: Browser):
    family = make_family("nusantara")
    complaint_id = with_forgotten_complaint(family)
    with at_the_desk(browser, site, make_colleague(family.client), "/complaints") as page:
        expect(row(page, complaint_id)).to_contain_text("Overdue")
        expect(row(page, complaint_id)).to_contain_text("late")
        expect(row(page, complaint_id)).not_to_contain_text("days left")


@pytest.mark.requirement("S0-94")
def test_a_day_that_was_missed_before_is_not_said_of_the_day_that_comes_next(site: str, browser: Browser):
    """The papers came after the missed day: what was left of our time runs again, and the miss stays on record."""
    family = make_family("nusantara")
    complaint_id = with_forgotten_complaint(family)
    ask_about_complaint(family, complaint_id, "Which clinic was it?")
    answer_the_question(family, complaint_id, "The one in Kemang.")
    with at_the_desk(browser, site, make_colleague(family.client), "/complaints") as page:
        expect(row(page, complaint_id)).to_contain_text("Was late")
        expect(row(page, complaint_id)).not_to_contain_text("Overdue")


@pytest.mark.requirement("S0-94")
def test_what_is_to_be_acknowledged_soon_stands_above_an_answer_due_later(site: str, browser: Browser):
    family = make_family("nusantara")
    with clock.at(clock.now() - timedelta(days=1)):
        earlier = with_complaint(family)
        with working_for(family.client.id, Actor(Role.CLAIMS)) as scope:
            complaints.acknowledge(scope, UUID(earlier))
    later = with_complaint(family)
    with at_the_desk(browser, site, make_colleague(family.client), "/complaints") as page:
        row(page, later).wait_for()
        order = page.locator("[data-complaint]").evaluate_all("rows => rows.map(row => row.dataset.complaint)")
        assert order.index(later) < order.index(earlier)


def test_an_answered_complaint_is_found_by_its_number(site: str, browser: Browser):
    family = make_family("nusantara")
    complaint_id = with_complaint(family)
    answer_complaint(family, complaint_id, "We have talked to the clinic.", redress="Nothing")
    with at_the_desk(browser, site, make_colleague(family.client), f"/complaints/{complaint_id}") as page:
        number = page.get_by_role("heading", level=1).inner_text().removeprefix("Complaint ")
        page.get_by_role("link", name="All complaints").click()
        page.get_by_label("Complaint number").fill(number)
        page.get_by_role("button", name="Find").click()
        expect(row(page, complaint_id)).to_contain_text("resolved")
        page.get_by_label("Complaint number").fill("nothing like it")
        page.get_by_role("button", name="Find").click()
        expect(page.get_by_text("No complaint has this number.")).to_be_visible()


def test_claims_staff_have_complaints_letters_referrals_and_plans_and_nothing_else_of_the_desk(
    site: str, browser: Browser
):
    family = make_family("nusantara")
    complaint_id = with_complaint(family)
    dewi = make_colleague(family.client, Role.CLAIMS, "Dewi Anggraini")
    with at_the_desk(browser, site, dewi) as page:
        refused: list[str] = []
        page.on("response", lambda answer: refused.append(answer.url) if answer.status == 403 else None)
        page.reload()
        expect(row(page, complaint_id)).to_be_visible()
        expect(page.get_by_role("navigation").get_by_role("link")).to_have_text(
            ["Complaints", "Guarantees", "Referrals", "Plans"]
        )
        row(page, complaint_id).click()
        expect(steps(page)).to_be_visible()
        assert refused == []


def test_a_doctor_has_no_way_to_complaints(site: str, browser: Browser):
    family = make_family("nusantara")
    complaint_id = with_complaint(family)
    ayu = make_colleague(family.client, Role.DOCTOR, "dr. Ayu Lestari")
    with at_the_desk(browser, site, ayu, f"/complaints/{complaint_id}") as page:
        expect(page.get_by_role("region", name="Queue")).to_be_visible()
        expect(page.get_by_role("link", name="Complaints")).to_have_count(0)


def test_a_members_complaint_is_one_step_from_their_case(site: str, browser: Browser):
    family = make_family("nusantara")
    complaint_id = with_complaint(family)
    case = family_case(family)
    with at_the_desk(browser, site, make_colleague(family.client), f"/cases/{case.id}") as page:
        panel = page.get_by_role("complementary", name="Person")
        panel.get_by_text("Complaints").click()
        panel.locator(f'a[href="#/complaints/{complaint_id}"]').click()
        expect(page.get_by_text("asked me to pay first")).to_be_visible()


@pytest.mark.requirement("S0-94")
def test_a_dossier_is_made_and_fetched(site: str, browser: Browser, jobs_done):
    family = make_family("nusantara")
    complaint_id = with_complaint(family)
    dewi = make_colleague(family.client, Role.CLAIMS, "Dewi Anggraini")
    with at_the_desk(browser, site, dewi, f"/complaints/{complaint_id}") as page:
        page.get_by_label("For", exact=True).select_option(label="the regulator")
        page.get_by_role("button", name="Make dossier").click()
        expect(page.get_by_text("being made…")).to_be_visible()
        jobs_done()
        with page.expect_download() as paper:
            page.get_by_role("button", name="PDF: the regulator · English").click()
        assert paper.value.path().read_bytes().startswith(b"%PDF")
        with page.expect_download() as archive:
            page.get_by_role("button", name="ZIP: the regulator · English").click()
        assert archive.value.path().read_bytes().startswith(b"PK")


def test_an_agent_makes_dossiers_for_the_member_only(site: str, browser: Browser):
    family = make_family("nusantara")
    complaint_id = with_complaint(family)
    with at_the_desk(browser, site, make_colleague(family.client), f"/complaints/{complaint_id}") as page:
        expect(page.get_by_label("For", exact=True).get_by_role("option")).to_have_text(["the member"])


def test_a_supervisor_fetches_the_regulators_figures_and_an_agent_has_no_link(site: str, browser: Browser):
    family = make_family("nusantara")
    boss = make_colleague(family.client, Role.ADMIN, "Nadia Permata")
    with at_the_desk(browser, site, boss, "/complaints") as page:
        with page.expect_download() as figures:
            page.get_by_role("button", name="Download CSV").click()
        assert "quarter" in figures.value.path().read_text(encoding="utf-8-sig").splitlines()[0]
    with at_the_desk(browser, site, make_colleague(family.client), "/complaints") as page:
        expect(page.get_by_role("button", name="Refresh")).to_be_visible()
        expect(page.get_by_role("button", name="Download CSV")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("window", [TABLE, POCKET], ids=["1280", "390"])
def test_everybody_can_use_the_complaints_pages(window: dict, scheme: str, site: str, browser: Browser):
    family = make_family("indico")
    with_claim(family)
    complaint_id = with_forgotten_complaint(family)
    boss = make_colleague(family.client, Role.ADMIN, "Rui Machava")
    found = {}

    def look(page: Page, name: str) -> None:
        wrong = barriers(page) + (["shifts sideways"] if shifts_sideways(page) else [])
        if wrong:
            found[name] = wrong

    options = {**window, "color_scheme": scheme, "locale": "pt-PT"}
    with at_the_desk(browser, site, boss, "/complaints", **options) as page:
        row(page, complaint_id).wait_for()
        look(page, "list")
        row(page, complaint_id).click()
        page.get_by_role("list", name="Passos").wait_for()
        look(page, "complaint")
        for name in ["Responder", "Atribuir", "Remeter para fora", "Escrever nota"]:
            dialog = do(page, name)
            expect(dialog).to_be_visible()
            look(page, name)
            page.keyboard.press("Escape")
            expect(dialog).to_have_count(0)
    assert found == {}
