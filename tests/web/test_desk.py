"""The desk at work, in real windows on the real application."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select

from backend.access import Role, working_for
from backend.helpline import live
from backend.helpline.models import HelplineCase
from backend.kit import clock
from tests.factories.cases import make_messages
from tests.factories.documents import photo, upload
from tests.web.conftest import PHONE, watched
from tests.web.desk_people import POCKET, TABLE, at_the_desk, family_case, make_colleague, says
from tests.web.people import Family, enter, make_family, tokens_of, with_claim, with_complaint, with_use
from tests.web.test_screens import barriers, shifts_sideways

pytestmark = pytest.mark.browser
PATIENT = 45_000
"""Milliseconds until something that travels through the server to another window must be there."""


@pytest.fixture(scope="module", autouse=True)
def listening(app: Flask) -> Iterator[None]:
    """The process's listener for changes ends with its tests."""
    yield
    live.listener().stop()


def row(page: Page, case: HelplineCase) -> Locator:
    """The case in the queue, whatever else waits at this client."""
    return page.locator(f'.case-row[href="#/cases/{case.id}"]')


def writing(page: Page) -> Locator:
    """Where one writes."""
    return page.locator("#writing")


def case_of(family: Family) -> HelplineCase:
    """The one case of a family."""
    with working_for(family.client.id) as scope:
        own = HelplineCase.member_id == family.member_ids[0]
        return scope.session.scalars(select(HelplineCase).where(HelplineCase.client_id == scope.client_id, own)).one()


def take(page: Page) -> None:
    """Take the open case, and wait until it was read as one's own."""
    with page.expect_response("**/seen"):
        page.get_by_role("button", name="Take", exact=True).click()
        expect(page.get_by_text("yours")).to_be_visible()


@pytest.mark.requirement("S0-95")
def test_a_question_in_the_app_is_answered_from_the_desk_and_read_in_the_app(site: str, browser: Browser, jobs_done):
    family = make_family("nusantara")
    sari = make_colleague(family.client)
    with at_the_desk(browser, site, sari) as desk:
        expect(desk.get_by_role("region", name="Queue")).to_be_visible()
        for member in watched(browser.new_context(**PHONE, locale="id-ID", service_workers="block")):
            enter(member, site, family, "/chat")
            member.locator("#message").fill("Saya mau bicara dengan petugas")
            member.keyboard.press("Enter")
            expect(member.get_by_role("log")).to_contain_text(re.compile(r"kasus .*\d{4}"), timeout=PATIENT)
            row(desk, case_of(family)).click(timeout=PATIENT)
            expect(desk.get_by_role("region", name="Messages")).to_contain_text("Saya mau bicara dengan petugas")
            take(desk)
            writing(desk).press("/")
            desk.get_by_role("combobox", name="Find a reply").fill("mohon tunggu")
            expect(desk.get_by_role("listbox").get_by_role("option")).to_have_count(1)
            desk.keyboard.press("Enter")
            expect(writing(desk)).to_have_value(re.compile("Saya sedang memeriksanya"))
            desk.get_by_role("button", name="Send", exact=True).click()
            expect(writing(desk)).to_have_value("")
            jobs_done()
            expect(member.get_by_role("log")).to_contain_text("Saya sedang memeriksanya", timeout=PATIENT)


@pytest.mark.requirement("S0-92")
def test_a_doctor_gets_everything_and_writes_what_the_agent_never_sees(site: str, browser: Browser):
    family = make_family("nusantara")
    case = family_case(family, "Anak saya demam tinggi", filled={"claim_provider": "Klinik Melati"})
    sari = make_colleague(family.client)
    ayu = make_colleague(family.client, Role.DOCTOR, "dr. Ayu Lestari")
    with at_the_desk(browser, site, sari, f"/cases/{case.id}") as agent, at_the_desk(browser, site, ayu) as doctor:
        take(agent)
        agent.get_by_role("button", name="Transfer", exact=True).click()
        agent.get_by_label("What they need to know").fill("Fever since yesterday, the mother asks what to do.")
        agent.get_by_role("dialog").get_by_role("button", name="Transfer").click()
        expect(agent.get_by_text("waiting for a doctor")).to_be_visible()
        row(doctor, case).click(timeout=PATIENT)
        expect(doctor.get_by_role("region", name="Messages")).to_contain_text("Fever since yesterday")
        expect(doctor.get_by_role("complementary", name="Person")).to_contain_text("Klinik Melati")
        take(doctor)
        doctor.get_by_role("button", name="Medical notes").click()
        doctor.get_by_label("New medical note").fill("Suspected dengue, platelets tomorrow.")
        doctor.get_by_label("Outcome").select_option(label="Advice given")
        doctor.get_by_role("button", name="Save", exact=True).click()
        expect(doctor.get_by_role("list", name="Medical notes")).to_contain_text("Suspected dengue")
        expect(agent.get_by_role("region", name="Messages")).to_contain_text("Medical outcome", timeout=PATIENT)
        expect(agent.get_by_role("button", name="Medical notes")).to_have_count(0)
        assert "dengue" not in agent.content()


@pytest.mark.requirement("S0-93")
def test_two_agents_see_each_other_before_they_answer_twice(site: str, browser: Browser):
    family = make_family("nusantara")
    case = family_case(family)
    sari, budi = make_colleague(family.client), make_colleague(family.client, name="Budi Santoso")
    place = f"/cases/{case.id}"
    with at_the_desk(browser, site, sari, place) as first, at_the_desk(browser, site, budi, place) as second:
        writing(first).type("Terima kasih, kami")
        expect(second.get_by_text("Sari Wulandari is typing")).to_be_visible(timeout=PATIENT)
        expect(first.get_by_text("Budi Santoso has this case open")).to_be_visible(timeout=PATIENT)


def test_an_answer_that_came_too_late_is_kept_and_may_still_be_sent(site: str, browser: Browser):
    family = make_family("nusantara")
    case = family_case(family)
    sari, budi = make_colleague(family.client), make_colleague(family.client, name="Budi Santoso")
    place = f"/cases/{case.id}"
    with at_the_desk(browser, site, sari, place) as first, at_the_desk(browser, site, budi, place) as second:
        writing(first).fill("Klaim Anda sedang kami periksa.")
        first.route("**/api/v1/desk/updates*", lambda route: route.abort())
        first.route(f"**/api/v1/cases/{case.id}", lambda route: route.abort())
        second.get_by_role("button", name="Note", exact=True).click()
        writing(second).fill("Already answered by phone.")
        second.get_by_role("button", name="Save note").click()
        expect(second.get_by_text("Note by Budi Santoso")).to_be_visible()
        first.get_by_role("button", name="Take and send").click()
        expect(first.get_by_text("nothing is lost")).to_be_visible()
        expect(writing(first)).to_have_value("Klaim Anda sedang kami periksa.")
        first.unroute(f"**/api/v1/cases/{case.id}")
        first.get_by_role("button", name="Send it all the same").click()
        expect(writing(first)).to_have_value("")
        expect(first.get_by_text("Note by Budi Santoso")).to_be_visible()


def test_the_whole_way_goes_without_a_mouse(site: str, browser: Browser):
    family = make_family("nusantara")
    case = family_case(family, priority="urgent")
    sari = make_colleague(family.client)
    with at_the_desk(browser, site, sari) as page:
        row(page, case).wait_for()
        for _ in range(page.locator(".case-row").count()):
            page.keyboard.press("j")
            if page.evaluate("document.activeElement.dataset.case") == str(case.id):
                break
        page.keyboard.press("Enter")
        expect(page.get_by_role("region", name="Conversation")).to_contain_text(case.number)
        page.keyboard.press("t")
        expect(page.get_by_text("yours")).to_be_visible()
        page.keyboard.press("n")
        expect(writing(page)).to_be_focused()
        page.keyboard.type("Asked for the room class.")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text("Note by Sari Wulandari")).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("r")
        expect(writing(page)).to_be_focused()
        page.keyboard.type("Baik, saya bantu.")
        page.keyboard.press("Control+Enter")
        expect(writing(page)).to_have_value("")
        expect(page.get_by_role("region", name="Messages")).to_contain_text("Baik, saya bantu.")
        page.keyboard.press("Escape")
        expect(page.locator(".queue:focus, .queue .case-row:focus")).to_have_count(1)
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keys of the desk")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_single_keys_can_be_switched_off(site: str, browser: Browser):
    family = make_family("nusantara")
    case = family_case(family)
    with at_the_desk(browser, site, make_colleague(family.client), f"/cases/{case.id}") as page:
        page.get_by_role("button", name="Take", exact=True).wait_for()
        page.keyboard.press("?")
        page.get_by_role("checkbox", name="Single keys").uncheck()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.keyboard.press("n")
        expect(writing(page)).not_to_be_focused()


@pytest.mark.requirement("S2-55")
def test_a_number_stays_masked_until_somebody_says_why(site: str, browser: Browser):
    family = make_family("nusantara")
    case = family_case(family)
    with at_the_desk(browser, site, make_colleague(family.client), f"/cases/{case.id}") as page:
        panel = page.get_by_role("complementary", name="Person")
        expect(panel).to_contain_text("•••")
        expect(panel).not_to_contain_text(family.phone)
        panel.get_by_role("button", name="Show Phone").click()
        page.get_by_label("What do you need it for?").fill("Calling back, the line was cut")
        page.get_by_role("button", name="Show", exact=True).click()
        expect(panel).to_contain_text(family.phone)
        expect(page.get_by_role("region", name="Messages")).to_contain_text("Calling back, the line was cut")


def test_a_reply_in_another_language_than_the_members_is_pointed_out(site: str, browser: Browser):
    family = make_family("nusantara")
    case = family_case(family)
    with at_the_desk(browser, site, make_colleague(family.client), f"/cases/{case.id}") as page:
        writing(page).fill("Thank you, we will look at this for you.")
        expect(page.get_by_text("The member writes Indonesian; this reads like English.")).to_be_visible()
        writing(page).fill("Terima kasih, kami akan periksa dan kabari Anda.")
        expect(page.get_by_text("this reads like")).to_have_count(0)


def test_a_long_thread_opens_at_its_end_and_goes_back_to_its_beginning(site: str, browser: Browser):
    family = make_family("nusantara")
    case = family_case(family)
    with working_for(case.client_id) as scope:
        make_messages(scope, case.conversation_id, 90, clock.now())
    with at_the_desk(browser, site, make_colleague(family.client), f"/cases/{case.id}") as page:
        expect(page.get_by_text("message 89", exact=True)).to_be_in_viewport()
        expect(page.get_by_text("message 3", exact=True)).to_have_count(0)
        page.get_by_role("button", name="Earlier messages").click()
        expect(page.get_by_text("message 3", exact=True)).to_have_count(1)
        expect(page.get_by_role("button", name="Earlier messages")).to_have_count(0)
        tall = page.evaluate("document.documentElement.scrollHeight - window.innerHeight")
        assert tall == 0, "the thread scrolls, the window does not"


def test_a_closed_case_is_found_by_its_words(site: str, browser: Browser):
    family = make_family("nusantara")
    case = family_case(family, "Kacamata saya pecah di Bandung")
    with at_the_desk(browser, site, make_colleague(family.client), f"/cases/{case.id}") as page:
        page.get_by_role("button", name="Close case").click()
        page.get_by_label("What came of it").fill("Glasses are covered once in two years; told.")
        page.get_by_role("dialog").get_by_role("button", name="Close case").click()
        expect(page.get_by_text("This case is closed.")).to_be_visible()
        page.goto(f"{site}/desk/#/")
        page.keyboard.press("s")
        page.keyboard.type("kacamata bandung")
        expect(row(page, case)).to_contain_text("closed")


def test_a_photo_in_the_thread_is_shown_to_who_may_see_it_and_to_nobody_else(
    site: str, browser: Browser, http: FlaskClient, run_jobs
):
    family = make_family("nusantara")
    own = {"Authorization": f"Bearer {tokens_of(family)['access_token']}"}
    paper = upload(http, own, photo()[0]).json["id"]
    run_jobs()
    case = family_case(family)
    says(case, "", media=[{"document_id": paper}])
    with at_the_desk(browser, site, make_colleague(family.client), f"/cases/{case.id}") as page:
        picture = page.get_by_role("button", name="Photo 1")
        picture.locator("img").wait_for()
        assert picture.locator("img").evaluate("img => img.src.startsWith('blob:') && img.naturalWidth > 100")
        picture.click()
        expect(page.get_by_role("dialog", name="Photo 1").get_by_role("img", name="Page 1 of 1")).to_be_visible()
        assert barriers(page) == []
    assert http.get(f"/api/v1/documents/{paper}/pages/1.jpg").status_code == 401


def test_what_a_member_writes_is_text_and_nothing_else(site: str, browser: Browser):
    family = make_family("nusantara")
    case = family_case(family, "<img src=x onerror=alert(1)><b>tebal</b>")
    with at_the_desk(browser, site, make_colleague(family.client), f"/cases/{case.id}") as page:
        expect(page.get_by_role("region", name="Messages")).to_contain_text("<b>tebal</b>")
        assert page.locator(".thread b, .thread img, .case-row b").count() == 0


def test_a_draft_survives_a_reload(site: str, browser: Browser):
    family = make_family("nusantara")
    case = family_case(family)
    with at_the_desk(browser, site, make_colleague(family.client), f"/cases/{case.id}") as page:
        writing(page).fill("Baik, saya cek dulu")
        page.reload()
        expect(writing(page)).to_have_value("Baik, saya cek dulu")


def test_a_new_message_is_announced_counted_and_shown(site: str, browser: Browser):
    family = make_family("nusantara")
    case = family_case(family)
    sari = make_colleague(family.client)
    with at_the_desk(browser, site, sari, f"/cases/{case.id}") as page:
        take(page)
        page.goto(f"{site}/desk/#/")
        says(case, "Apakah masih ada orang?")
        expect(page).to_have_title(re.compile(r"^\(1\) "), timeout=PATIENT)
        expect(page.get_by_role("status").filter(has_text="New message from")).to_contain_text(
            "Apakah masih ada orang?"
        )
        page.get_by_role("button", name=re.compile("Mine")).click()
        row(page, case).click()
        expect(page.get_by_role("region", name="Messages")).to_contain_text("Apakah masih ada orang?")
        expect(page).not_to_have_title(re.compile(r"^\("))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("window", [TABLE, POCKET], ids=["1280", "390"])
def test_everybody_can_use_every_part(window: dict, scheme: str, site: str, browser: Browser):
    family = make_family("indico")
    with_use(family)
    with_claim(family)
    with_complaint(family)
    case = family_case(family, "Preciso de ajuda, por favor", language="pt", priority="high", filled={"benefit": "OP"})
    rui = make_colleague(family.client, name="Rui Machava")
    found = {}

    def look(page: Page, name: str) -> None:
        wrong = barriers(page) + (["shifts sideways"] if shifts_sideways(page) else [])
        if wrong:
            found[name] = wrong

    with at_the_desk(browser, site, rui, color_scheme=scheme, locale="pt-PT", **window) as page:
        row(page, case).wait_for()
        look(page, "queue")
        row(page, case).click()
        expect(page.get_by_role("region", name="Mensagens")).to_contain_text("Preciso de ajuda")
        writing(page).fill("Thank you for your message and for waiting.")
        look(page, "case")
        page.get_by_role("button", name="Respostas preparadas").click()
        expect(page.get_by_role("listbox").get_by_role("option").first).to_be_visible()
        look(page, "prepared replies")
        page.keyboard.press("Escape")
        if window is POCKET:
            page.get_by_role("button", name="Pessoa", exact=True).click()
        expect(page.get_by_role("complementary", name="Pessoa")).to_contain_text("•••")
        look(page, "person")
        if window is POCKET:
            page.get_by_role("button", name="Conversa", exact=True).click()
        for name, title in [("Transferir", "Transferir o caso"), ("Encerrar caso", "Encerrar o caso")]:
            page.get_by_role("button", name=name, exact=True).click()
            expect(page.get_by_role("dialog", name=title)).to_be_visible()
            look(page, title)
            page.keyboard.press("Escape")
        assert found == {}


def test_the_desk_has_landmarks_and_names_for_a_screen_reader(site: str, browser: Browser):
    family = make_family("nusantara")
    case = family_case(family)
    with at_the_desk(browser, site, make_colleague(family.client), f"/cases/{case.id}") as page:
        expect(page.get_by_role("banner")).to_be_visible()
        expect(page.get_by_role("navigation", name="Pages of the desk")).to_be_visible()
        expect(page.get_by_role("main")).to_be_visible()
        for name in ["Queue", "Conversation", "Messages"]:
            expect(page.get_by_role("region", name=name)).to_be_visible()
        expect(page.get_by_role("complementary", name="Person")).to_be_visible()
        expect(page.get_by_role("textbox", name=re.compile("Reply in Indonesian"))).to_be_visible()
        expect(page.get_by_role("searchbox", name="Search number, name or words")).to_be_visible()
        unnamed = page.evaluate(
            "[...document.querySelectorAll('button, a[href], input, select, textarea')]"
            ".filter(e => !e.ariaLabel && !e.textContent.trim() && !e.labels?.length).map(e => e.outerHTML)"
        )
        assert unnamed == []


def test_a_supervisor_sees_the_queue_and_takes_nothing(site: str, browser: Browser):
    family = make_family("nusantara")
    case = family_case(family)
    boss = make_colleague(family.client, Role.ADMIN, "Nadia Permata")
    with at_the_desk(browser, site, boss, f"/cases/{case.id}") as page:
        expect(page.get_by_role("button", name="Transfer", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name="Take", exact=True)).to_have_count(0)


@pytest.mark.requirement("S0-91")
@pytest.mark.parametrize("window", [TABLE, POCKET], ids=["1280", "390"])
def test_a_supervisor_sees_what_waits_and_takes_the_figures_away(window: dict, site: str, browser: Browser):
    family = make_family("nusantara")
    family_case(family, priority="urgent")
    boss = make_colleague(family.client, Role.ADMIN, "Nadia Permata")
    with at_the_desk(browser, site, boss, "/supervision", **window) as page:
        waiting = page.locator(".tile").filter(has_text="Helpline: cases waiting")
        expect(waiting).to_contain_text("emergency")
        expect(page.locator(".tile").filter(has_text="Calls answered in 20 s")).to_contain_text("goal 80%")
        with page.expect_download() as taken:
            page.get_by_role("button", name="Export (CSV)").click()
        assert taken.value.suggested_filename.endswith(".csv")
        assert taken.value.path().read_text(encoding="utf-8-sig").startswith("day")
        assert barriers(page) == []
        assert not shifts_sideways(page)


def test_figures_are_for_supervisors_only(site: str, browser: Browser):
    sari = make_colleague(make_family("nusantara").client)
    with at_the_desk(browser, site, sari, "/supervision") as page:
        expect(page.get_by_role("region", name="Queue")).to_be_visible()
        expect(page.get_by_role("link", name="Supervision")).to_have_count(0)
