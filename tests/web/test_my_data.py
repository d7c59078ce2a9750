"""A member's rights in the app: who looked, a copy of everything, being erased, signing out everywhere."""

from __future__ import annotations

import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import text

from backend.access import Actor, Role, working_for
from backend.accounts import queries
from backend.audit import service as audit
from backend.kit import clock
from backend.notifications import inbox
from tests.factories.accounts import code_sent_to, make_staff
from tests.web.conftest import PHONE, watched
from tests.web.people import Family, enter, make_family
from tests.web.test_screens import barriers, shifts_sideways

pytestmark = pytest.mark.browser

SLUG = "nusantara"


def code_of(family: Family) -> str:
    code = code_sent_to(family.client, f"privacy|{family.member_ids[0]}")
    assert code is not None
    return code


def prove(page: Page, family: Family, go: str) -> None:
    """Type the code that was sent and go on."""
    field = page.get_by_label("Code", exact=True)
    field.wait_for()
    field.fill(code_of(family))
    page.get_by_role("button", name=go).click()


def look_often(family: Family, times: int) -> None:
    """Claims staff look at the employee's claims again and again."""
    actor = Actor(Role.CLAIMS, id=make_staff(family.client, Role.CLAIMS, name="Lina Hapsari"))
    with working_for(family.client.id, actor) as scope:
        for _ in range(times):
            audit.record_look(scope, "claim", None, member_id=family.member_ids[0])


def leave(family: Family) -> None:
    with working_for(family.client.id) as scope:
        ours: dict[str, Any] = {"c": scope.client_id, "m": family.member_ids[0], "d": clock.now() - timedelta(days=5)}
        for statement in (
            "UPDATE enrolment SET ends_on = :d WHERE client_id = :c AND member_id = :m",
            "UPDATE member SET left_on = :d WHERE client_id = :c AND id = :m",
        ):
            scope.session.execute(text(statement), ours)


def test_a_member_reads_page_after_page_who_looked_in_which_role_and_what_for(site: str, phone: Page):
    family = make_family(SLUG)
    look_often(family, 23)
    enter(phone, site, family, "/profile")
    phone.get_by_role("link", name="Who looked at my data").click()
    looks = phone.get_by_role("list", name="Who looked at my data").get_by_role("listitem")
    expect(looks).to_have_count(20)
    expect(looks.first).to_contain_text("Lina Hapsari · Claims analyst")
    expect(looks.first).to_contain_text("For: deciding a claim")
    phone.get_by_role("button", name="Show earlier ones").click()
    expect(looks).to_have_count(23)
    expect(phone.get_by_role("button", name="Show earlier ones")).to_have_count(0)


def test_a_copy_is_asked_for_made_and_saved_each_with_a_code(site: str, phone: Page, run_jobs, tmp_path):
    family = make_family(SLUG)
    enter(phone, site, family, "/profile")
    phone.get_by_role("link", name="My data and my rights").click()
    phone.get_by_role("button", name="Ask for a copy").click()
    prove(phone, family, "Make the copy")
    asked = phone.get_by_role("article", name=re.compile("Copy"))
    expect(asked.get_by_role("status")).to_have_text("being made")
    expect(asked).to_contain_text("hours left")
    run_jobs()
    phone.get_by_role("button", name="Look whether it is ready").click()
    expect(asked.get_by_role("status")).to_have_text("ready")
    asked.get_by_role("button", name="Fetch the copy").click()
    with phone.expect_download() as saved:
        prove(phone, family, "Save the file")
    saved.value.save_as(tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        assert family.names[0] in archive.read("summary.html").decode()
    asked.get_by_text("What happened").click()
    expect(asked).to_contain_text("The copy was fetched")


def test_a_wrong_code_asks_for_nothing(site: str, phone: Page):
    enter(phone, site, make_family(SLUG), "/my-data")
    phone.get_by_role("button", name="Ask for a copy").click()
    phone.get_by_label("Code", exact=True).fill("000000")
    phone.get_by_role("button", name="Make the copy").click()
    expect(phone.get_by_text("This code is wrong or no longer valid.")).to_be_visible()
    expect(phone.get_by_role("article")).to_have_count(0)


def test_who_is_covered_reads_what_is_in_the_way_and_what_would_stay(site: str, phone: Page):
    enter(phone, site, make_family(SLUG), "/my-data")
    erasure = phone.get_by_role("region", name="Erase my data")
    expect(erasure).to_contain_text("Your cover is running.")
    expect(erasure).to_contain_text("name, phone, e-mail, address, national id")
    expect(erasure).to_contain_text("UU 8/1997 Ps 11")


def test_an_erasure_is_asked_for_and_taken_back(site: str, phone: Page):
    family = make_family(SLUG)
    leave(family)
    enter(phone, site, family, "/my-data")
    erasure = phone.get_by_role("region", name="Erase my data")
    erasure.get_by_label("Why (if you like)").fill("I have left the company.")
    erasure.get_by_role("button", name="Ask to be erased").click()
    prove(phone, family, "Yes, ask to erase my data")
    asked = phone.get_by_role("article", name=re.compile("Erasure"))
    expect(asked.get_by_role("status")).to_have_text("being looked at")
    expect(erasure).to_contain_text("You have asked already.")
    asked.get_by_role("button", name="Take it back").click()
    expect(asked.get_by_role("status")).to_have_text("taken back")


def test_signing_out_everywhere_ends_this_device_and_all_others(site: str, phone: Page, browser: Browser):
    family = make_family(SLUG)
    enter(phone, site, family, "/settings")
    for other in watched(browser.new_context(**PHONE, locale="en-GB", service_workers="block")):
        enter(other, site, family, "/profile")
        phone.get_by_role("button", name="Sign out everywhere", exact=True).click()
        expect(phone.get_by_role("heading", name="Sign in to")).to_be_visible()
    with working_for(family.client.id) as scope:
        identity = queries.identity_of_phone(scope, family.phone)
        assert identity is not None
        living = scope.session.execute(
            text("SELECT count(*) FROM sign_in_session WHERE client_id = :c AND identity_id = :i AND ended_at IS NULL"),
            {"c": scope.client_id, "i": identity.id},
        ).scalar_one()
    assert living == 0


def test_a_channel_is_switched_off_for_one_topic(site: str, phone: Page):
    family = make_family(SLUG)
    enter(phone, site, family, "/settings")
    phone.get_by_text("My claims: which ways").click()
    with phone.expect_response(lambda answer: answer.request.method == "PUT"):
        phone.get_by_role("group", name="My claims").get_by_label("SMS").uncheck()
    with working_for(family.client.id, family.actor) as scope:
        assert inbox.preference(scope, family.member_ids[0])["unwanted"] == {"claims": ["sms"]}
    phone.reload()
    phone.get_by_text("My claims: which ways").click()
    expect(phone.get_by_role("group", name="My claims").get_by_label("SMS")).not_to_be_checked()
    expect(phone.get_by_text("They cannot be switched off.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_requests_looks_and_ways_can_be_used_by_everybody(scheme: str, site: str, browser: Browser):
    family = make_family(SLUG)
    leave(family)
    look_often(family, 3)
    context = browser.new_context(**PHONE, locale="id-ID", color_scheme=scheme, service_workers="block")
    for page in watched(context):
        enter(page, site, family, "/my-data")
        page.get_by_role("button", name="Minta data dihapus").click()
        field = page.get_by_label("Kode", exact=True)
        field.wait_for()
        field.fill(code_of(family))
        assert barriers(page) == []
        page.get_by_role("button", name="Ya, minta data saya dihapus").click()
        page.get_by_role("article").wait_for()
        page.get_by_text("Riwayat", exact=True).click()
        assert (barriers(page), shifts_sideways(page)) == ([], False)
        page.goto(f"{site}/c/{SLUG}/#/access-log")
        page.get_by_role("listitem").first.wait_for()
        assert (barriers(page), shifts_sideways(page)) == ([], False)
        page.goto(f"{site}/c/{SLUG}/#/settings")
        page.get_by_text("Klaim saya: melalui apa").click()
        assert (barriers(page), shifts_sideways(page)) == ([], False)
