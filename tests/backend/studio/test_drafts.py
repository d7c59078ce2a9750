"""A draft: begun from what is in force, saved by several people, drawn and coloured."""

from __future__ import annotations

import io

import pytest
from flask.testing import FlaskClient

from backend.access import Role, working_for
from backend.audit.models import AuditRecord
from backend.branding.models import BrandAsset
from backend.branding.rules.colours import colour_defects
from backend.clients import registry
from backend.studio import logos
from tests.factories.accounts import headers_for
from tests.factories.brands import LOGO, make_draft, make_preview, make_published, settings_of
from tests.factories.clients import make_client

STUDIO = "/api/v1/studio"


@pytest.fixture
def client(app):
    return make_client(contract=False)


@pytest.fixture
def hr(client):
    return headers_for(Role.HR, client)


@pytest.fixture
def draft(http: FlaskClient, hr):
    return http.get(f"{STUDIO}/brand", headers=hr).json["draft"]


def save(http: FlaskClient, headers, revision: int, **settings):
    body = {"revision": revision, "settings": settings}
    return http.put(f"{STUDIO}/draft", json=body, headers=headers)


def upload(http: FlaskClient, headers, path: str, content: bytes, **fields: str):
    form = {"file": (io.BytesIO(content), "file"), **fields}
    return http.post(f"{STUDIO}/{path}", data=form, headers=headers)


@pytest.fixture
def smaller_logos(monkeypatch):
    monkeypatch.setattr(logos, "MOST_BYTES", 4000)


def reasons(draft) -> set[tuple[str, str]]:
    return {(one["reason"], one["place"]) for one in draft["defects"]}


def test_a_new_client_begins_with_its_name_and_is_told_what_is_missing(draft, client):
    assert draft["settings"] == {"name": client.name, "languages": ["id", "en"]}
    assert {place for _, place in reasons(draft)} == {
        "hotline.voice",
        "hotline.whatsapp",
        "emergency_number",
        "emergency_numbers",
        "logo.light",
        "logo.dark",
        "logo.mark",
    }


def test_a_client_with_a_file_begins_with_what_the_file_says(http, app, monkeypatch):
    facts = registry.register(
        slug="indico",
        name="Índico Saúde",
        country="MZ",
        currency="MZN",
        timezone="Africa/Maputo",
        languages=["pt", "en"],
        default_language="pt",
    )
    draft = http.get(f"{STUDIO}/brand", headers=headers_for(Role.HR, facts)).json["draft"]
    assert draft["settings"]["hotline"]["voice"] == "+25821500257"
    assert [one["name"] for one in draft["assets"]] == ["logo-dark.svg", "logo.svg", "mark.svg"]
    assert draft["defects"] == []


def test_opening_the_studio_twice_gives_the_same_draft(http, hr, draft):
    assert http.get(f"{STUDIO}/brand", headers=hr).json["draft"]["id"] == draft["id"]


def test_what_is_saved_is_there_with_the_defaults_below_it(http, hr, draft):
    saved = save(http, hr, draft["revision"], **settings_of("Melati Raya")).json
    assert saved["revision"] == draft["revision"] + 1
    assert saved["settings"]["name"] == "Melati Raya"
    assert saved["effective"]["colours"]["light"]["brand"] == "#1F5F56"


def test_country_and_currency_stay_those_of_the_registration(http, hr, draft):
    saved = save(http, hr, draft["revision"], **settings_of(country="MZ", currency="MZN")).json
    assert (saved["effective"]["country"], saved["effective"]["currency"]) == ("ID", "IDR")


def test_who_saves_what_somebody_else_has_changed_meanwhile_is_told_by_whom(http, client, hr, draft):
    save(http, hr, draft["revision"], **settings_of())
    late = save(http, headers_for(Role.ADMIN, client), draft["revision"], **settings_of())
    assert (late.status_code, late.json["reason"]) == (409, "studio.draft_changed")
    assert late.json["errors"]["by"] == "Sari Wulandari"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"colours": {"light": {"brand": "green"}}}, ("colours.light.brand", "branding.shape_form")),
        ({"hotline": {"voice": "0215", "whatsapp": "+62811900257"}}, ("hotline.voice", "branding.shape_form")),
        ({"coulours": {}}, ("coulours", "branding.shape_unknown")),
        ({"languages": ["id", "fr"]}, ("languages", "branding.language_unknown")),
        ({"shape": {"font": "comic"}}, ("shape.font", "branding.shape_choice")),
        ({"name": "X"}, ("name", "branding.shape_too_short")),
        ({"short_name": "much too long a name"}, ("short_name", "branding.shape_too_long")),
    ],
)
@pytest.mark.parametrize("language", ["en", "id", "pt"])
def test_what_does_not_fit_is_refused_with_its_place_in_the_readers_language(http, client, changes, expected, language):
    place, reason = expected
    headers = headers_for(Role.HR, client, language=language)
    answer = save(http, headers, 1, **settings_of(**changes))
    assert (answer.status_code, answer.json["reason"]) == (422, "studio.settings_refused")
    (defect,) = answer.json["errors"]["defects"]
    assert (defect["place"], defect["reason"]) == (place, reason)
    assert "{" not in defect["message"]


def test_a_refused_draft_stays_as_it_was(http, hr, draft):
    save(http, hr, draft["revision"], coulours={})
    assert http.get(f"{STUDIO}/brand", headers=hr).json["draft"]["revision"] == draft["revision"]


@pytest.mark.requirement("S0-87")
def test_one_colour_gives_palettes_without_a_defect(http, hr, draft):
    body = {"brand": "#ffcc00"}
    coloured = http.post(f"{STUDIO}/draft/colours", json=body, headers=hr).json
    for scheme in ("light", "dark"):
        assert list(colour_defects(scheme, coloured["settings"]["colours"][scheme])) == []


@pytest.mark.requirement("S0-87")
def test_one_logo_gives_all_three_drawings(http, hr, draft):
    drawn = upload(http, hr, "draft/logo", LOGO, kind="one").json
    assert [one["name"] for one in drawn["assets"]] == ["logo-dark.svg", "logo.svg", "mark.svg"]
    shown = http.get(drawn["assets"][1]["url"], headers=hr)
    assert shown.mimetype == "image/svg+xml"
    assert b"#7a1f5c" in shown.data


def test_a_dark_logo_that_was_made_here_follows_the_colours(http, hr, draft):
    def dark() -> bytes:
        return http.get(f"{STUDIO}/draft/assets/logo-dark.svg", headers=hr).data

    upload(http, hr, "draft/logo", LOGO, kind="one")
    before = dark()
    http.post(f"{STUDIO}/draft/colours", json={"brand": "#9fd4ff"}, headers=hr)
    assert dark() != before


def test_a_dark_logo_that_was_uploaded_stays(http, hr, draft):
    upload(http, hr, "draft/logo", LOGO, kind="one")
    upload(http, hr, "draft/logo", LOGO.replace(b"#7a1f5c", b"#ffe8f6"), kind="dark")
    http.post(f"{STUDIO}/draft/colours", json={"brand": "#9fd4ff"}, headers=hr)
    assert b"#ffe8f6" in http.get(f"{STUDIO}/draft/assets/logo-dark.svg", headers=hr).data


@pytest.mark.parametrize(
    ("content", "kind", "reason"),
    [
        (b"GIF89a", "one", "studio.logo_unreadable"),
        (LOGO, "sideways", "request.invalid"),
        (LOGO + b" " * 4000, "one", "request.too_large"),
    ],
)
@pytest.mark.usefixtures("smaller_logos")
def test_a_logo_that_cannot_be_used_is_refused_with_words(http, hr, content, kind, reason):
    assert upload(http, hr, "draft/logo", content, kind=kind).json["reason"] == reason


def test_a_draft_thrown_away_begins_again_from_what_is_in_force(http, hr, draft, client):
    save(http, hr, draft["revision"], **settings_of("Melati Raya"))
    assert http.delete(f"{STUDIO}/draft", headers=hr).status_code == 204
    assert http.get(f"{STUDIO}/brand", headers=hr).json["draft"]["settings"]["name"] == client.name


def test_files_of_a_draft_thrown_away_go_with_it_unless_a_link_shows_them(http, hr, client):
    def kept() -> int:
        with working_for(client.id) as scope:
            return scope.session.query(BrandAsset).filter_by(client_id=client.id).count()

    make_draft(client)
    make_preview(client)
    upload(http, hr, "draft/logo", LOGO.replace(b"#7a1f5c", b"#14532d"), kind="one")
    assert kept() == 6
    http.delete(f"{STUDIO}/draft", headers=hr)
    assert kept() == 3


def test_a_draft_after_a_publication_begins_with_what_was_published(http, hr, client):
    make_published(client, name="Melati Raya")
    brand = http.get(f"{STUDIO}/brand", headers=hr).json
    assert brand["draft"]["settings"]["name"] == "Melati Raya"
    assert (brand["published"]["number"], brand["draft"]["number"]) == (1, 2)


def test_who_changes_a_draft_stands_in_the_record(http, hr, draft, client):
    save(http, hr, draft["revision"], **settings_of())
    with working_for(client.id) as scope:
        deeds = scope.session.query(AuditRecord).filter_by(client_id=client.id, object_type="brand_version")
        rows = deeds.order_by(AuditRecord.at, AuditRecord.id).all()
    assert [(row.action, row.fields) for row in rows] == [("create", []), ("update", ["settings"])]


def test_another_client_sees_nothing_of_a_draft(http, hr, draft):
    upload(http, hr, "draft/logo", LOGO, kind="one")
    stranger = headers_for(Role.HR, make_client(contract=False))
    assert http.get(f"{STUDIO}/draft/assets/logo.svg", headers=stranger).status_code == 404


def test_the_form_knows_every_setting_and_every_sentence(http, hr):
    form = http.get(f"{STUDIO}/form", headers=hr).json
    assert set(form["defaults"]) <= set(form["schema"]["properties"])
    assert set(form["replies"]) == {"en", "id", "pt"}
    assert set(form["replies"]["en"]["utter_goodbye"]) == {"text", "voice"}
    assert form["checks"]["contrast_text"] == 4.5
