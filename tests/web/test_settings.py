"""How the member wants to be told things, and which devices are signed in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Response, expect

from backend.access import working_for
from backend.notifications import inbox
from tests.web.people import Family, enter, make_family

pytestmark = pytest.mark.browser

SLUG = "nusantara"


def kept(family: Family) -> dict[str, object]:
    with working_for(family.client.id, family.actor) as scope:
        return inbox.preference(scope, family.member_ids[0])


def told_last(answer: Response) -> bool:
    """Whether this is the answer to the second of two changes."""
    return answer.request.method == "PUT" and '"sms"' not in (answer.request.post_data or "")


def test_a_muted_topic_and_a_channel_less_outlast_a_reload(site: str, phone: Page):
    family = make_family(SLUG)
    enter(phone, site, family, "/profile")
    phone.get_by_role("link", name="Messages and devices").click()
    with phone.expect_response(told_last):
        phone.get_by_label("My claims").uncheck()
        phone.get_by_label("SMS").uncheck()
    phone.reload()
    expect(phone.get_by_label("My claims")).not_to_be_checked()
    expect(phone.get_by_label("SMS")).not_to_be_checked()
    assert kept(family)["muted"] == ["claims"]
    assert "sms" not in kept(family)["channels"]


def test_what_concerns_security_cannot_be_muted(site: str, phone: Page):
    enter(phone, site, make_family(SLUG), "/settings")
    expect(phone.get_by_label("Security of my account (always)")).to_be_disabled()


def test_quiet_hours_are_kept(site: str, phone: Page):
    family = make_family(SLUG)
    enter(phone, site, family, "/settings")
    with phone.expect_response(lambda answer: answer.request.method == "PUT"):
        phone.get_by_label("Quiet from").fill("21:30")
        phone.get_by_label("Quiet from").blur()
    assert str(kept(family)["quiet_from"]).startswith("21:30")
