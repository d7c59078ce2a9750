"""The whole file of a complaint in the member's hands."""

import io
import zipfile
from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.web.people import enter, make_family, with_complaint

pytestmark = pytest.mark.browser

SLUG = "nusantara"
_LONGEST_PAUSE_MS = 10_000


def test_the_file_of_a_complaint_is_made_by_the_jobs_and_downloads_by_itself(
    site: str, phone: Page, jobs_done: Callable[[], None]
):
    family = make_family(SLUG)
    enter(phone, site, family, f"/complaints/{with_complaint(family)}")
    file = phone.get_by_role("region", name="The whole file")
    file.get_by_role("button", name="Put the file together").click()
    expect(file.get_by_role("status")).to_contain_text("is being put together")
    with phone.expect_download() as saved:
        jobs_done()
    paper = pypdfium2.PdfDocument(saved.value.path())
    text = "".join(page.get_textpage().get_text_range() for page in paper)
    assert saved.value.suggested_filename == f"{phone.locator('.figure').inner_text()}.pdf"
    assert phone.locator(".figure").inner_text() in text


def test_a_file_that_was_made_before_is_there_after_a_reload_as_pdf_and_zip(
    site: str, phone: Page, jobs_done: Callable[[], None]
):
    family = make_family(SLUG)
    enter(phone, site, family, f"/complaints/{with_complaint(family)}")
    file = phone.get_by_role("region", name="The whole file")
    file.get_by_role("button", name="Put the file together").click()
    expect(file.get_by_role("status")).to_contain_text("is being put together")
    phone.reload()
    expect(file.get_by_role("status")).to_contain_text("is being put together")
    jobs_done()
    expect(file.get_by_role("status")).to_contain_text("Kept until")
    with phone.expect_download() as saved:
        file.get_by_role("button", name="PDF").click()
    assert saved.value.path().read_bytes().startswith(b"%PDF-")
    with phone.expect_download() as saved:
        file.get_by_role("button", name="ZIP").click()
    assert zipfile.ZipFile(io.BytesIO(saved.value.path().read_bytes())).testzip() is None


def test_a_network_that_fails_while_the_file_is_made_is_said_and_loses_nothing(
    site: str, phone: Page, jobs_done: Callable[[], None]
):
    family = make_family(SLUG)
    enter(phone, site, family, f"/complaints/{with_complaint(family)}")
    file = phone.get_by_role("region", name="The whole file")
    phone.route("**/dossiers/*", lambda route: route.abort(), times=2)
    file.get_by_role("button", name="Put the file together").click()
    expect(file.get_by_role("alert")).to_contain_text("No network")
    with phone.expect_download() as saved:
        jobs_done()
    assert saved.value.path().read_bytes().startswith(b"%PDF-")


def test_a_file_that_takes_long_can_be_asked_for_again(site: str, phone: Page):
    family = make_family(SLUG)
    phone.clock.install()
    enter(phone, site, family, f"/complaints/{with_complaint(family)}")
    file = phone.get_by_role("region", name="The whole file")
    file.get_by_role("button", name="Put the file together").click()
    again = file.get_by_role("button", name="Ask again")
    while not again.is_visible():
        with phone.expect_response("**/dossiers/*"):
            phone.clock.run_for(_LONGEST_PAUSE_MS)
    again.click()
    expect(file.get_by_role("status")).to_contain_text("is being put together")
