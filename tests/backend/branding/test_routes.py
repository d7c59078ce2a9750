import re
import struct
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from flask.testing import FlaskClient

from backend.branding import loader
from backend.commands import show_branding
from backend.web.files import build
from tests.conftest import ROOT


def test_the_brand_is_public_and_complete(http: FlaskClient):
    brand = http.get("/api/v1/clients/nusantara/branding").json
    assert brand["languages"] == ["id", "en"]
    assert brand["hotline"]["hours"] == "00:00-24:00"
    assert brand["card_desk"] == {"phone": "500 257", "hours": "07:00-24:00"}
    assert brand["texts"]["id"]["greeting"] == "Salam sehat dari Nusantara Sehat. Apa yang bisa kami bantu hari ini?"
    assert brand["emergency_number"] == "119"


def test_an_unchanged_brand_is_not_sent_again(http: FlaskClient):
    first = http.get("/api/v1/clients/indico/branding")
    again = http.get("/api/v1/clients/indico/branding", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert "max-age" in first.headers["Cache-Control"]


def test_the_style_sheet_carries_light_and_dark_colours(http: FlaskClient):
    answer = http.get("/c/indico/theme.css")
    light, _, dark = answer.text.partition("prefers-color-scheme: dark")
    assert answer.mimetype == "text/css"
    assert "--brand: #0A5FC2;" in light
    assert "--on-brand: #FFFFFF;" in light
    assert "--brand: #7DB7FF;" in dark


@pytest.mark.requirement("S0-87")
def test_the_manifest_makes_the_app_the_clients_own(http: FlaskClient):
    answer = http.get("/c/indico/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    assert answer.json["name"] == "Índico Saúde"
    assert answer.json["scope"] == answer.json["start_url"] == "/c/indico/"
    assert {icon["purpose"] for icon in answer.json["icons"]} == {"any", "maskable", "monochrome"}


def test_every_icon_of_the_manifest_is_there_in_its_size(http: FlaskClient):
    for icon in http.get("/c/nusantara/manifest.webmanifest").json["icons"]:
        answer = http.get(icon["src"])
        assert answer.status_code == 200
        assert answer.mimetype == icon["type"]
        if icon["type"] == "image/png":
            width, height = struct.unpack(">II", answer.data[16:24])
            assert f"{width}x{height}" == icon["sizes"]


@pytest.mark.parametrize("kind", ["light", "dark", "mark"])
def test_the_logos_named_in_the_brand_are_served(http: FlaskClient, kind: str):
    logo = http.get("/api/v1/clients/nusantara/branding").json["logo"][kind]
    assert http.get(logo).data.startswith(b"<svg")


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/clients/nobody/branding",
        "/c/nobody/theme.css",
        "/c/indico/icon-13.png",
        "/c/indico/logo-red.svg",
    ],
)
def test_what_does_not_exist_is_not_found(http: FlaskClient, path: str):
    assert http.get(path).json["reason"] == "not_found"


def test_the_command_prints_the_effective_brand(capsys: pytest.CaptureFixture[str]):
    assert show_branding.main(["indico"]) == 0
    assert yaml.safe_load(capsys.readouterr().out)["colours"]["light"]["accent"] == "#FF6B4A"


def test_the_command_names_the_brands_there_are(capsys: pytest.CaptureFixture[str]):
    assert show_branding.main(["nobody"]) == 1
    assert "indico, nusantara" in capsys.readouterr().out


def test_the_manifest_says_in_which_language_and_direction_it_is_written(http: FlaskClient):
    manifest = http.get("/c/indico/manifest.webmanifest").json
    assert (manifest["lang"], manifest["dir"]) == ("pt", "ltr")


@pytest.mark.parametrize("slug", ["indico", "nusantara"])
def test_a_long_press_on_the_icon_offers_card_claim_and_hotline_by_pages_that_exist(http: FlaskClient, slug: str):
    routes = (ROOT / "backend" / "web" / "member" / "routes.js").read_text(encoding="utf-8")
    patterns = [found.replace("\\/", "/") for found in re.findall(r"pattern: /(.+?)/, page", routes)]
    shortcuts = http.get(f"/c/{slug}/manifest.webmanifest").json["shortcuts"]
    assert len({one["name"] for one in shortcuts}) == 3
    for one in shortcuts:
        home, _, place = one["url"].partition("#")
        assert home == f"/c/{slug}/"
        assert any(re.match(pattern, place) for pattern in patterns), place


@pytest.fixture
def lettered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The brand with a typeface of its own: any real one."""
    font = build().files["vendor/nunito.woff2"].content
    (tmp_path / "typeface.woff2").write_bytes(font)
    brands = dict(loader.brands())
    brands["indico"] = replace(brands["indico"], typeface=tmp_path / "typeface.woff2")
    monkeypatch.setattr(loader, "brands", lambda: brands)
    return font


def test_a_typeface_of_the_clients_own_comes_from_our_server_and_leads(http: FlaskClient, lettered: bytes):
    css = http.get("/c/indico/theme.css").text
    address = css.partition('src: url("')[2].partition('"')[0]
    assert http.get(address).data == lettered
    assert http.get(address).mimetype == "font/woff2"
    assert '--font: "Own", "Nunito"' in css


def test_a_client_without_a_typeface_of_its_own_has_none_to_fetch(http: FlaskClient):
    assert http.get("/c/indico/typeface.woff2").status_code == 404
    assert "@font-face" not in http.get("/c/indico/theme.css").text


def test_the_addresses_people_write_to_are_there_even_when_empty(http: FlaskClient):
    assert http.get("/api/v1/clients/indico/branding").json["support"] == {"mail": "", "page": "", "post": ""}
