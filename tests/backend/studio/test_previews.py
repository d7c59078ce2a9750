"""Preview links: the real app in a brand that is not published, for a made-up person, until the link ends."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from xml.etree import ElementTree as Xml

import pytest
from flask.testing import FlaskClient
from PIL import Image

from backend.access import Role
from backend.accounts.schemas import MeSchema
from backend.benefits.schemas import BenefitTable
from backend.claims.schemas import ClaimListSchema
from backend.kit import clock
from backend.members.card_schemas import CardSchema
from backend.members.consent_schemas import ConsentListSchema
from backend.notifications.schemas import Inbox
from backend.referrals.schemas import ReferralPathSchema
from backend.studio import made_up, preview_routes, rules
from backend.studio.pdf_pages import pdf_text
from tests.factories.accounts import headers_for
from tests.factories.brands import make_draft, make_preview, make_published
from tests.factories.clients import make_client

STUDIO = "/api/v1/studio"
ME = made_up.MEMBER_ID


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


@pytest.fixture(scope="module")
def html(app, link) -> str:
    return app.test_client().get(link).text


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(preview_routes, "_LOOKS", preview_routes.RateLimit(2, seconds=60))


def test_a_link_opens_the_app_without_a_sign_in(html, client, link):
    assert f'data-slug="{client.slug}"' in html
    assert f'data-preview="{link.split("/")[-2]}"' in html
    assert f'"light":"{link}logo-light.svg"' in html
    assert "Melati Raya" in html


def test_the_app_of_a_link_takes_nothing_from_what_is_published(html, client, link):
    assert f'"/c/{client.slug}/' not in html.replace(link, "")


def test_a_preview_is_not_found_by_searching_and_framed_by_nobody_else(http, link):
    headers = http.get(link).headers
    assert headers["X-Robots-Tag"] == "noindex"
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert "no-store" in headers["Cache-Control"]


ANSWERS = {
    "me": MeSchema,
    f"members/{ME}/card": CardSchema,
    f"members/{ME}/benefits": BenefitTable,
    f"members/{ME}/notifications?limit=1": Inbox,
    f"members/{ME}/consents": ConsentListSchema,
    f"claims?member_id={ME}": ClaimListSchema,
    f"referrals/path?member_id={ME}": ReferralPathSchema,
}


@pytest.mark.parametrize("path", ANSWERS)
def test_the_made_up_person_is_answered_in_the_shape_of_the_api(http, link, path):
    answer = http.get(f"{link}api/v1/{path}")
    assert answer.status_code == 200
    _fits(ANSWERS[path](), answer.json)


def _fits(schema, value) -> None:
    """Every required field is there, none that the document does not know, in lists and below."""
    known = {field.data_key or name: field for name, field in schema.fields.items()}
    assert set(value) <= set(known)
    assert {name for name, field in known.items() if field.required} <= set(value)
    for name, inner in value.items():
        nested = getattr(known[name], "inner", known[name])
        if hasattr(nested, "schema") and inner:
            for each in inner if isinstance(inner, list) else [inner]:
                _fits(nested.schema, each)


@pytest.mark.parametrize("path", ["guarantee-letters", "excess", "complaints"])
def test_lists_of_which_a_preview_has_nothing_are_empty(http, link, path):
    assert http.get(f"{link}api/v1/{path}").json == {"items": [], "next_cursor": None}


def test_the_app_reads_the_brand_with_drawings_below_the_link(http, link, client):
    brand = http.get(f"{link}api/v1/clients/{client.slug}/branding").json
    assert brand["name"] == "Melati Raya"
    assert brand["logo"]["mark"] == f"{link}logo-mark.svg"
    assert http.get(brand["logo"]["mark"]).data.startswith(b"<svg")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_is_written_in_a_preview(http, link, method):
    answer = http.open(f"{link}api/v1/claims", method=method, json={})
    assert (answer.status_code, answer.json["reason"]) == (403, "studio.preview_only")


def test_what_a_preview_does_not_know_is_said_so(http, link):
    assert http.get(f"{link}api/v1/members/{ME}/secrets").json["reason"] == "studio.preview_only"


def _text(answer) -> str:
    return pdf_text(answer.data)


SAMPLES = {
    "card.pdf": ("application/pdf", _text),
    "letter.pdf": ("application/pdf", _text),
    "mail.html": ("text/html", lambda answer: answer.text),
    "whatsapp.json": ("application/json", lambda answer: answer.text),
    "voice.xml": ("application/xml", lambda answer: answer.text),
    "voice.json": ("application/json", lambda answer: answer.text),
    "brand.json": ("application/json", lambda answer: answer.text),
    "manifest.webmanifest": ("application/manifest+json", lambda answer: answer.text),
}


@pytest.mark.requirement("S0-87")
@pytest.mark.parametrize("what", SAMPLES)
def test_each_sample_of_the_draft_carries_the_clients_name(http, admin, what):
    media_type, read = SAMPLES[what]
    answer = http.get(f"{STUDIO}/draft/sample/{what}?language=en", headers=admin)
    assert answer.mimetype == media_type
    assert "Melati Raya" in read(answer)


@pytest.mark.parametrize("what", ["card.png", "icon-192.png"])
def test_pictures_of_the_draft_are_pictures(http, admin, what):
    picture = Image.open(io.BytesIO(http.get(f"{STUDIO}/draft/sample/{what}", headers=admin).data))
    assert min(picture.size) >= 192


def test_the_style_sheet_of_the_draft_has_its_colours(http, admin):
    draft = http.get(f"{STUDIO}/brand", headers=admin).json["draft"]
    css = http.get(f"{STUDIO}/draft/sample/theme.css", headers=admin).text
    assert draft["effective"]["colours"]["light"]["brand"] in css


def test_the_call_is_what_the_telephone_is_told_to_say(http, admin):
    twiml = Xml.fromstring(http.get(f"{STUDIO}/draft/sample/voice.xml?language=id", headers=admin).text)
    spoken = [say.text for say in twiml.iter("Say")]
    words = http.get(f"{STUDIO}/draft/sample/voice.json?language=id", headers=admin).json
    assert words["greeting"] == " ".join(spoken[:-1])
    assert words["menu"]


def test_the_chat_begins_with_the_greeting_and_its_buttons(http, admin):
    chat = http.get(f"{STUDIO}/draft/sample/whatsapp.json?language=en", headers=admin).json["messages"]
    assert [one["from"] for one in chat] == ["member", "us", "us"]
    assert chat[1]["buttons"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_samples_speak_the_wanted_language(http, admin, language):
    mail = http.get(f"{STUDIO}/draft/sample/mail.html?language={language}", headers=admin).text
    assert f'lang="{language}"' in mail


@pytest.mark.parametrize("what", ["card.gif", "logo-sideways.svg", "typeface.woff2", "..%2F..%2Fsettings.py"])
def test_what_is_no_sample_is_not_found(http, admin, what):
    assert http.get(f"{STUDIO}/draft/sample/{what}", headers=admin).status_code == 404


def test_a_link_shows_the_brand_as_it_was_and_a_live_one_as_it_is(http, client, admin):
    _, fixed = make_preview(client)
    _, live = make_preview(client, minutes=60, live=True)
    draft = http.get(f"{STUDIO}/brand", headers=admin).json["draft"]
    body = {"revision": draft["revision"], "settings": {**draft["settings"], "short_name": "Baru"}}
    http.put(f"{STUDIO}/draft", json=body, headers=admin)
    shown = [http.get(f"{each}brand.json").json["short_name"] for each in (fixed, live)]
    assert shown == ["Melati Raya", "Baru"]


def test_a_live_link_shows_what_is_in_force_once_the_draft_is_published(http):
    client = make_client(contract=False)
    make_draft(client)
    _, live = make_preview(client, minutes=60, live=True)
    make_published(client, name="Melati Baru")
    assert http.get(f"{live}brand.json").json["name"] == "Melati Baru"


def test_a_link_of_one_client_opens_no_other(http, link):
    other = make_client(contract=False)
    make_draft(other)
    theirs = f"/c/{other.slug}/preview/{link.split('/')[-2]}/"
    assert http.get(theirs).status_code == 404
    assert http.get(f"{theirs}brand.json").status_code == 404


@pytest.mark.parametrize(("language", "words"), [("en", "has ended"), ("id", "sudah berakhir"), ("pt", "terminou")])
def test_a_link_that_ended_says_so_in_words(http, link, language, words):
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        over = http.get(link, headers={"Accept": "text/html", "Accept-Language": language})
    assert over.status_code == 404
    assert words in over.text


def test_a_link_taken_back_is_over_and_off_the_list(http, client, admin):
    preview_id, address = make_preview(client)
    assert str(preview_id) in http.get(f"{STUDIO}/previews", headers=admin).text
    assert http.delete(f"{STUDIO}/previews/{preview_id}", headers=admin).status_code == 204
    assert http.get(address).status_code == 404
    assert http.get(f"{address}card.png").status_code == 404
    assert str(preview_id) not in http.get(f"{STUDIO}/previews", headers=admin).text


def test_the_studios_own_frames_stand_on_no_list_and_end_with_newer_ones(http, client):
    headers = headers_for(Role.HR, client)
    life = {"minutes": 60, "live": True}
    made = [http.post(f"{STUDIO}/previews", json=life, headers=headers).json for _ in range(rules.MOST_FRAMES + 1)]
    listed = http.get(f"{STUDIO}/previews", headers=headers).text
    assert not any(one["id"] in listed for one in made)
    opened = [http.get("/" + made[at]["url"].split("/", 3)[3] + "theme.css").status_code for at in (0, 1, -1)]
    assert opened == [404, 200, 200]


def test_a_client_has_only_so_many_links_open(http, monkeypatch):
    client = make_client(contract=False)
    monkeypatch.setattr(rules, "MOST_LINKS", 1)
    headers = headers_for(Role.HR, client)
    answers = [http.post(f"{STUDIO}/previews", json={"days": 1}, headers=headers) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 409]
    assert answers[1].json["reason"] == "studio.too_many_links"


def test_the_address_of_a_link_is_told_once(http, admin):
    made = http.post(f"{STUDIO}/previews", json={"days": 7}, headers=admin)
    assert made.status_code == 201
    listed = http.get(f"{STUDIO}/previews", headers=admin)
    assert made.json["url"].split("/")[-2] not in json.dumps(listed.json)


@pytest.mark.parametrize("life", [{}, {"days": 31}, {"days": 0}, {"days": 1, "minutes": 5}, {"minutes": 1441}])
def test_a_link_lives_as_long_as_it_may(http, admin, life):
    assert http.post(f"{STUDIO}/previews", json=life, headers=admin).status_code == 422


@pytest.mark.usefixtures("impatient")
def test_who_asks_too_often_waits(http, link):
    answers = [http.get(f"{link}theme.css") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_a_person_of_the_preview_is_nobody(http: FlaskClient, link):
    assert http.get(f"/api/v1/members/{ME}/card").status_code == 401
    assert http.get(f"{link}api/v1/me").json["members"][0]["name"] == "Sample"
