"""Getting into the desk and out of it."""

import re
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect

from backend.access import Role, working_for
from backend.accounts import passwords
from backend.accounts.models import StaffClient
from backend.helpline import live
from backend.integrations import registry
from backend.kit import clock, ids
from tests.factories.accounts import make_staff
from tests.web.conftest import watched
from tests.web.desk_people import PASSWORD, TABLE, at_the_desk, family_case, make_colleague
from tests.web.people import branded_client, make_family
from tests.web.test_screens import barriers, shifts_sideways

browser_test = pytest.mark.browser
_KEPT = """() => new Promise((resolve) => {
  const opening = indexedDB.open("careline:app", 1);
  opening.onsuccess = () => {
    const asking = opening.result.transaction("kept").objectStore("kept").getAllKeys();
    asking.onsuccess = () => { opening.result.close(); resolve(asking.result); };
  };
})"""


def test_the_shell_forbids_scripts_and_styles_of_others(http: FlaskClient):
    answer = http.get("/desk/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert "unsafe" not in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_every_file_the_shell_names_is_served(http: FlaskClient):
    text = http.get("/desk/").text
    paths = [one or other for one, other in re.findall(r'(?:href|src)="(/[^"]+)"|"[\w/]+": "(/[^"]+)"', text)]
    assert len(paths) >= 5
    assert [path for path in paths if http.get(path).status_code != 200] == []


@pytest.fixture(scope="module", autouse=True)
def listening(app: Flask):
    """The process's listener for changes ends with its tests."""
    yield
    live.listener().stop()


@pytest.fixture
def window(browser: Browser):
    """A window of 1280 pixels on the desk, nobody signed in."""
    yield from watched(browser.new_context(**TABLE, locale="en-GB"))


@pytest.fixture
def agents_need_an_authenticator():
    """As an administrator may demand of a role."""
    before = registry.current()
    registry.use(replace(before, settings=replace(before.settings, totp_roles=frozenset({"agent"}))))
    yield
    registry.use(before)


@browser_test
def test_an_agent_signs_in_with_password_and_authenticator(site: str, window: Page):
    sari = make_colleague(branded_client("nusantara"))
    window.goto(f"{site}/desk/")
    window.get_by_label("E-mail").fill(sari.email)
    window.get_by_label("Password").fill(PASSWORD)
    window.get_by_role("button", name="Sign in").click()
    expect(window.get_by_label("6-digit code")).to_be_focused()
    window.get_by_label("6-digit code").fill(sari.code())
    window.get_by_role("button", name="Sign in").click()
    expect(window.get_by_role("region", name="Queue")).to_be_visible()
    expect(window.get_by_role("banner")).to_contain_text("Nusantara Sehat")


@browser_test
def test_a_wrong_password_says_no_more_than_that(site: str, window: Page):
    sari = make_colleague(branded_client("nusantara"))
    window.goto(f"{site}/desk/")
    window.get_by_label("E-mail").fill(sari.email)
    window.get_by_label("Password").fill("not the password")
    window.get_by_role("button", name="Sign in").click()
    expect(window.get_by_role("alert").filter(has_text=re.compile("."))).to_be_visible()
    expect(window.get_by_label("6-digit code")).to_have_count(0)
    assert barriers(window) == []
    assert not shifts_sideways(window)


@browser_test
def test_a_first_authenticator_is_set_up_on_the_way_in(site: str, window: Page, agents_need_an_authenticator):
    client = branded_client("nusantara")
    email = f"{ids.new_id().hex[-12:]}@desk.example"
    make_staff(client, Role.AGENT, email=email, password_hash=passwords.hashed(PASSWORD))
    window.goto(f"{site}/desk/")
    window.get_by_label("E-mail").fill(email)
    window.get_by_label("Password").fill(PASSWORD)
    window.get_by_role("button", name="Sign in").click()
    expect(window.get_by_role("img", name="QR code")).to_be_visible()
    app = pyotp.TOTP(window.locator("code").inner_text())
    window.get_by_label("6-digit code").fill(app.at(clock.now()))
    window.get_by_role("button", name="Confirm").click()
    expect(window.get_by_text("Your authenticator works")).to_be_visible()
    window.get_by_label("6-digit code").fill(app.at(clock.now() + timedelta(seconds=30)))
    window.get_by_role("button", name="Sign in").click()
    expect(window.get_by_role("region", name="Queue")).to_be_visible()


@browser_test
def test_a_password_that_was_handed_out_is_exchanged_on_the_way_in(site: str, window: Page):
    email = f"{ids.new_id().hex[-12:]}@desk.example"
    handed_out = {
        "password_hash": passwords.hashed(PASSWORD),
        "password_temporary_until": clock.now() + timedelta(hours=1),
    }
    make_staff(branded_client("nusantara"), Role.AGENT, email=email, **handed_out)
    window.goto(f"{site}/desk/")
    window.get_by_label("E-mail").fill(email)
    window.get_by_label("Password").fill(PASSWORD)
    window.get_by_role("button", name="Sign in").click()
    window.get_by_label("Your own password").fill("another long word for me")
    window.get_by_role("button", name="Sign in").click()
    expect(window.get_by_role("region", name="Queue")).to_be_visible()


@browser_test
def test_who_has_no_work_at_the_desk_is_told_so(site: str, browser: Browser):
    wina = make_colleague(branded_client("nusantara"), Role.FINANCE, "Wina Saraswati")
    with at_the_desk(browser, site, wina) as page:
        expect(page.get_by_role("heading", name="No desk here")).to_be_visible()
        expect(page.get_by_role("link", name="Cases")).to_have_count(0)


@browser_test
def test_signing_out_leaves_nothing_of_anybody(site: str, browser: Browser):
    sari = make_colleague(branded_client("nusantara"))
    with at_the_desk(browser, site, sari) as page:
        page.get_by_role("button", name="Sari Wulandari").click()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_label("E-mail")).to_be_visible()
        assert set(page.evaluate(_KEPT)) <= {"language", "sound", "shortcuts"}


@browser_test
def test_who_works_for_two_clients_goes_on_at_the_other_one_and_leaves_nothing_open(site: str, browser: Browser):
    nusantara, indico = branded_client("nusantara"), branded_client("indico")
    sari = make_colleague(nusantara)
    with working_for(indico.id) as scope:
        scope.session.add(StaffClient(staff_id=sari.id, client_id=indico.id, role=Role.AGENT.value))
    case = family_case(make_family("nusantara"))
    with at_the_desk(browser, site, sari, f"/cases/{case.id}") as page:
        expect(page.get_by_role("region", name="Conversation")).to_contain_text(case.number)
        page.get_by_label("Client").select_option("indico")
        expect(page).to_have_title(re.compile(indico.name))
        expect(page.get_by_role("region", name="Queue")).to_be_visible()
        expect(page.get_by_role("region", name="Conversation")).to_have_count(0)
        page.goto(f"{site}/desk/#/cases/{case.id}")
        expect(page.get_by_role("region", name="Conversation").get_by_role("alert")).to_be_visible()
