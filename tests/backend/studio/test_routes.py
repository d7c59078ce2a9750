"""The studio over HTTP."""

from __future__ import annotations

import pytest

from backend.access import Role
from backend.branding.rules.colours import colour_defects
from tests.factories.accounts import headers_for
from tests.factories.clients import make_client


@pytest.fixture(scope="module")
def hr(app):
    return headers_for(Role.HR, make_client())


def test_hr_asks_whether_the_brand_may_be_published(http, hr):
    answer = http.get("/api/v1/studio/verdict", headers=hr)
    assert answer.status_code == 200
    assert answer.json == {"publishable": True, "defects": []}


def test_one_colour_gives_a_palette_that_can_be_read(http, hr):
    answer = http.get("/api/v1/studio/palette?brand=%23ffcc00", headers=hr)
    assert answer.status_code == 200
    for scheme in ("light", "dark"):
        assert list(colour_defects(scheme, answer.json[scheme])) == []


@pytest.mark.parametrize("colour", ["yellow", "%23ffcc0", "%23gggggg"])
def test_what_is_no_colour_is_said_so(http, hr, colour):
    assert http.get(f"/api/v1/studio/palette?brand={colour}", headers=hr).status_code == 422


def test_members_have_no_business_in_the_studio(http, app):
    headers = headers_for(Role.MEMBER, make_client())
    assert http.get("/api/v1/studio/verdict", headers=headers).status_code == 403
