"""Benefits, chat, complaints, inbox, language."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from backend.devstack.receipts import receipt_photo
from tests.web.conftest import losing_one_answer, serving
from tests.web.people import (
    answer_complaint,
    answer_the_question,
    ask_about_complaint,
    enter,
    make_family,
    papers_of_complaint,
    with_complaint,
    with_forgotten_complaint,
    with_use,
)

pytestmark = pytest.mark.browser

SLUG = "nusantara"


def test_benefits_show_what_is_left_of_each_limit(site: str, phone: Page):
    family = make_family(SLUG)
    with_use(family)
    enter(phone, site, family, "/benefits")
    outpatient = phone.locator("section", has=phone.get_by_role("heading", name="Outpatient"))
    expect(outpatient).to_contain_text("Rp\u00a010,150,000 left")
    expect(outpatient.get_by_role("img", name="Rp\u00a010,150,000 left")).to_be_visible()


def test_the_chat_sends_and_shows_an_answer(site: str, phone: Page):
    enter(phone, site, make_family(SLUG), "/chat")
    phone.get_by_label("Write a message").fill("What is covered?")
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator(".bubble.own")).to_contain_text("What is covered?")
    expect(phone.locator(".bubble:not(.own)").first).to_be_visible()


def test_a_chat_message_whose_answer_is_lost_is_said_once(app: Flask, phone: Page):
    with serving(losing_one_answer(app, "/api/v1/conversations/messages")) as breaking_site:
        enter(phone, breaking_site, make_family(SLUG), "/chat")
        phone.get_by_role("button", name="Nearest clinic").click()
        phone.get_by_role("button", name="Not sent. Send again").click()
        expect(phone.locator(".bubble:not(.own)").first).to_be_visible()
        expect(phone.locator(".bubble.own")).to_have_count(1)


@pytest.mark.requirement("S0-94")
def test_a_complaint_gets_a_number_and_a_date_at_once(site: str, phone: Page):
    enter(phone, site, make_family(SLUG), "/complaints/new")
    phone.get_by_label("What happened?").fill("Nobody at the desk knew my card.")
    phone.get_by_role("button", name="Send complaint").click()
    expect(phone.locator(".figure")).to_contain_text("-")
    expect(phone.get_by_text("We answer by")).to_be_visible()


def test_switching_the_language_speaks_it_at_once_and_after_a_reload(site: str, phone: Page):
    enter(phone, site, make_family(SLUG), "/profile")
    phone.get_by_role("button", name="Bahasa Indonesia").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Saya")
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Saya")
    assert phone.locator("html").get_attribute("lang") == "id"


def test_moving_to_another_page_moves_the_reader_to_its_heading(site: str, phone: Page):
    enter(phone, site, make_family(SLUG))
    phone.get_by_role("link", name="Benefits").click()
    expect(phone.get_by_role("heading", level=1, name="Benefits")).to_be_focused()
    assert phone.title().startswith("Benefits")


def test_the_keyboard_reaches_the_content_past_the_frame(site: str, phone: Page):
    enter(phone, site, make_family(SLUG))
    phone.keyboard.press("Tab")
    expect(phone.get_by_text("Skip to the content")).to_be_focused()
    phone.keyboard.press("Enter")
    expect(phone.locator("main")).to_be_focused()


def test_a_member_reads_who_looked_at_their_data(site: str, phone: Page):
    enter(phone, site, make_family(SLUG), "/profile")
    phone.get_by_role("link", name="Who looked at my data").click()
    expect(phone.get_by_text("Nobody else has looked")).to_be_visible()


def test_the_private_calendar_is_made_shown_once_and_switched_off(site: str, phone: Page):
    enter(phone, site, make_family(SLUG), "/profile")
    calendar = phone.locator("#calendar")
    expect(calendar).to_contain_text("nothing about your health")
    calendar.get_by_role("button", name="Make a private address").click()
    address = calendar.get_by_label("Your private address")
    expect(address).to_have_value(re.compile(r"/calendar/[\w-]{64}\.ics$"))
    expect(calendar.get_by_role("link", name="Open in my calendar")).to_have_attribute("href", re.compile("^webcal://"))
    phone.reload()
    expect(calendar).to_contain_text("Switched on since")
    expect(address).to_have_count(0)
    calendar.get_by_role("button", name="Switch it off").click()
    expect(calendar.get_by_role("button", name="Make a private address")).to_be_visible()


def test_a_question_about_a_complaint_is_answered_in_the_app_with_a_photo(site: str, phone: Page):
    family = make_family(SLUG)
    complaint_id = with_complaint(family)
    ask_about_complaint(family, complaint_id, "On which day were you there?")
    enter(phone, site, family, f"/complaints/{complaint_id}")
    expect(phone.get_by_text("Please answer us by")).to_be_visible()
    expect(phone.locator("form").get_by_text("On which day were you there?")).to_be_visible()
    phone.get_by_role("button", name="I need more time").click()
    expect(phone.get_by_role("button", name="I need more time")).to_have_count(0)
    phone.locator("input[type=file]").set_input_files(
        {"name": "receipt.jpg", "mimeType": "image/jpeg", "buffer": receipt_photo(3, "ID", "jpeg")[0]}
    )
    expect(phone.get_by_text("Attached")).to_be_visible()
    phone.get_by_label("We need something from you").fill("On Monday, in the morning.")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_text("We answer by")).to_be_visible()
    expect(phone.locator(".steps")).to_contain_text("On Monday, in the morning.")
    assert papers_of_complaint(family, complaint_id) == 1


def test_an_answer_shows_its_outcome_and_can_be_questioned(site: str, phone: Page):
    family = make_family(SLUG)
    complaint_id = with_complaint(family)
    answer_complaint(family, complaint_id, "The clinic has apologised.", redress="The fee of the visit")
    enter(phone, site, family, f"/complaints/{complaint_id}")
    expect(phone.get_by_text("You were right.")).to_be_visible()
    expect(phone.get_by_text("The fee of the visit")).to_be_visible()
    phone.get_by_label("Our answer does not help? Tell us why.").fill("It happened again on Friday.")
    phone.get_by_role("button", name="Take it up again").click()
    expect(phone.get_by_text("A person reads it by")).to_be_visible()


def test_a_late_answer_is_called_late(site: str, phone: Page):
    family = make_family(SLUG)
    with_forgotten_complaint(family)
    enter(phone, site, family, "/complaints")
    expect(phone.get_by_text("is late")).to_be_visible()
    phone.locator("main a.list-row").click()
    expect(phone.locator(".notice.bad")).to_contain_text("a supervisor has been told")


def test_a_day_that_was_missed_before_is_not_said_of_the_new_one(site: str, phone: Page):
    """The papers came after the missed day, and what was left of our time runs again."""
    family = make_family(SLUG)
    complaint_id = with_forgotten_complaint(family)
    ask_about_complaint(family, complaint_id, "Which clinic was it?")
    answer_the_question(family, complaint_id, "The one in Kemang.")
    enter(phone, site, family, f"/complaints/{complaint_id}")
    expect(phone.locator(".notice").first).to_contain_text("We answer by")
    expect(phone.locator(".notice.bad")).to_have_count(0)
