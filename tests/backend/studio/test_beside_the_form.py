"""What the studio's page stands on: a draft in the middle of being written, and pictures of it as the reader asks."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from flask.testing import FlaskClient
from PIL import Image

from backend.access import Role
from backend.branding.rules.colours import CONTROL_ON_GROUND, TEXT_ON_GROUND
from tests.factories.accounts import headers_for
from tests.factories.brands import make_draft, make_preview
from tests.factories.clients import make_client

STUDIO = "/api/v1/studio"


@pytest.fixture(scope="module")
def client(app):
    client = make_client(contract=False)
    make_draft(client, name="Melati Raya")
    return client


@pytest.fixture(scope="module")
def admin(client):
    return headers_for(Role.ADMIN, client)


@pytest.fixture(scope="module")
def link(client) -> str:
    return make_preview(client)[1]


def draft(http: FlaskClient, headers):
    return http.get(f"{STUDIO}/brand", headers=headers).json["draft"]


@pytest.mark.parametrize("place", ["texts.en.privacy", "greetings.id.voice", "hotline.hours"])
def test_an_emptied_text_is_kept_and_named_as_missing(http: FlaskClient, place: str):
    other = make_client(contract=False)
    make_draft(other)
    headers = headers_for(Role.ADMIN, other)
    before = draft(http, headers)
    settings = before["settings"]
    *above, last = place.split(".")
    inner = settings
    for key in above:
        inner = inner.setdefault(key, {})
    inner[last] = ""
    saved = http.put(f"{STUDIO}/draft", json={"revision": before["revision"], "settings": settings}, headers=headers)
    assert saved.status_code == 200
    assert place in {one["place"] for one in saved.json["defects"]}
    verdict = http.post(f"{STUDIO}/draft/check", headers=headers).json
    assert not verdict["publishable"]
    assert place in {one["place"] for one in verdict["defects"]}


def test_what_is_missing_is_named_once(http: FlaskClient):
    headers = headers_for(Role.ADMIN, make_client(contract=False))
    named = Counter(one["place"] for one in draft(http, headers)["defects"])
    assert len(named) > 3
    assert set(named.values()) == {1}


def test_the_form_measures_the_pairs_that_the_gate_measures(http: FlaskClient, admin):
    checks = http.get(f"{STUDIO}/form", headers=admin).json["checks"]
    assert [tuple(pair) for pair in checks["text_pairs"]] == list(TEXT_ON_GROUND)
    assert [tuple(pair) for pair in checks["control_pairs"]] == list(CONTROL_ON_GROUND)


def test_a_letter_is_shown_as_a_picture_of_its_paper(http: FlaskClient, link: str):
    picture = Image.open(io.BytesIO(http.get(f"{link}letter.png").data))
    assert picture.format == "PNG"
    assert picture.height / picture.width == pytest.approx(297 / 210, abs=0.01)


@pytest.mark.parametrize(("scheme", "other"), [("light", "dark"), ("dark", "light")])
def test_the_app_beside_the_form_has_the_palette_that_is_asked_for(
    http: FlaskClient, admin, link: str, scheme: str, other: str
):
    colours = draft(http, admin)["effective"]["colours"]
    for style in (http.get(f"{link}?scheme={scheme}").text, http.get(f"{link}theme.css?scheme={scheme}").text):
        assert f"--page: {colours[scheme]['page']};" in style
        assert f"--page: {colours[other]['page']};" not in style


@pytest.mark.parametrize(("asked", "said"), [("en", ' data-language="en"'), ("pt", ""), ('"><script>', "")])
def test_the_app_beside_the_form_speaks_a_language_of_the_brand(http: FlaskClient, link: str, asked: str, said: str):
    page = http.get(link, query_string={"language": asked}).text
    assert said in page
    assert ("data-language" in page) is bool(said)
