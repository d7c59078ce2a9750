"""The telephone at the desk: who waits, who is called back, what was left to be heard."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from backend.access import working_for
from backend.helpline import live
from tests.factories.calls import make_callback, make_place, make_voicemail
from tests.web.desk_people import POCKET, TABLE, at_the_desk, family_case, make_colleague
from tests.web.people import make_family
from tests.web.test_screens import barriers, shifts_sideways

pytestmark = pytest.mark.browser
PATIENT = 45_000


@pytest.fixture(scope="module", autouse=True)
def listening(app: Flask) -> Iterator[None]:
    """The process's listener for changes ends with its tests."""
    yield
    live.listener().stop()


@pytest.mark.requirement("S0-90")
@pytest.mark.parametrize("window", [TABLE, POCKET], ids=["1280", "390"])
def test_a_call_appears_while_it_waits_and_rings_the_agents_own_telephone(window: dict, site: str, browser: Browser):
    family = make_family("nusantara")
    case = family_case(family)
    with at_the_desk(browser, site, make_colleague(family.client), "/calls", **window) as page:
        expect(page.get_by_role("heading", name="Waiting calls")).to_be_visible()
        with working_for(family.client.id) as scope:
            make_place(scope, case.conversation_id, case_id=case.id, language="id")
            make_callback(scope, case.conversation_id, case_id=case.id)
        waiting = page.locator("li", has_text=f"Case {case.number}").filter(has=page.get_by_role("timer"))
        expect(waiting).to_contain_text("Indonesian", timeout=PATIENT)
        expect(page.locator("li", has_text=f"Case {case.number}")).to_have_count(2, timeout=PATIENT)
        assert barriers(page) == []
        assert not shifts_sideways(page)
        waiting.get_by_role("button", name="Answer").click()
        expect(waiting.get_by_role("alert")).to_be_visible()
        expect(page.get_by_label("Telephone that rings")).to_be_focused()
        page.get_by_label("Telephone that rings").fill("0811 222 333")
        waiting.get_by_role("button", name="Answer").click()
        expect(page.get_by_role("region", name="Conversation")).to_contain_text(case.number)


def test_a_call_back_that_was_made_leaves_the_list(site: str, browser: Browser):
    family = make_family("nusantara")
    case = family_case(family)
    with working_for(family.client.id) as scope:
        make_callback(scope, case.conversation_id, case_id=case.id)
    with at_the_desk(browser, site, make_colleague(family.client), "/calls") as page:
        promised = page.locator("li", has_text=f"Case {case.number}")
        promised.get_by_role("button", name="Done").click()
        expect(promised).to_have_count(0)


def test_a_voicemail_is_heard_where_its_case_is(site: str, browser: Browser):
    family = make_family("nusantara")
    case = family_case(family)
    with working_for(family.client.id) as scope:
        left = make_voicemail(scope, case.conversation_id, case_id=case.id)
    other = family_case(make_family("nusantara"), filled={"voicemail": str(left.id), "voicemail_seconds": 7})
    with at_the_desk(browser, site, make_colleague(family.client), f"/cases/{other.id}") as page:
        page.get_by_role("button", name="Listen to the voicemail").click()
        sound = page.get_by_label("Voicemail", exact=True)
        expect(sound).to_be_visible()
        assert sound.evaluate("audio => audio.src.startsWith('blob:')")
