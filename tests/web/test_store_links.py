"""Android and iOS learn of each host which app opens its links, in the formats that Google and Apple document."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.branding import defects, loader
from backend.branding.rules.app_links import StoreApp, asset_links, site_association
from backend.branding.rules.merging import merge
from tests.conftest import ROOT
from tests.factories.hosts import give_host
from tests.web.people import branded_client

OWN, OTHER = "nusantara", "indico"
HOST = {"Host": "sehat.example"}
PRINT = ":".join(["AB", "01"] * 16)
STORES = {
    "android": {"package": "example.sehat.app", "fingerprints": (PRINT,)},
    "ios": {"team": "A1B2C3D4E5", "bundle": "example.sehat.app", "store_id": "1234567890"},
}
SHARED = {
    "app_package": "example.shared",
    "app_fingerprints": (PRINT, PRINT[::-1]),
    "app_apple_id": "Z9Y8X7W6V5.shared.app",
}


@pytest.fixture(autouse=True)
def shared_app(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    branded_client(OWN)
    monkeypatch.setitem(app.config, "CARELINE", replace(app.config["CARELINE"], **SHARED))


def android(http: FlaskClient, headers: dict[str, str] | None = None) -> list[dict]:
    answer = http.get("/.well-known/assetlinks.json", headers=headers)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    return answer.json


def apple(http: FlaskClient, headers: dict[str, str] | None = None) -> dict:
    answer = http.get("/.well-known/apple-app-site-association", headers=headers)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    return answer.json


def test_a_clients_host_names_the_clients_own_app(http: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    give_host(monkeypatch, OWN, "sehat.example", stores=STORES)
    (statement,) = android(http, HOST)
    assert statement == {
        "relation": ["delegate_permission/common.handle_all_urls"],
        "target": {
            "namespace": "android_app",
            "package_name": "example.sehat.app",
            "sha256_cert_fingerprints": [PRINT],
        },
    }
    assert [one["appIDs"] for one in apple(http, HOST)["applinks"]["details"]] == [["A1B2C3D4E5.example.sehat.app"]]


def test_a_clients_host_without_an_app_of_its_own_names_none(http: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    give_host(monkeypatch, OWN, "sehat.example")
    assert android(http, HOST) == []
    assert apple(http, HOST) == {"applinks": {"details": []}, "webcredentials": {"apps": []}}


def test_the_shared_host_names_the_app_for_every_companys_path(http: FlaskClient):
    (statement,) = android(http)
    assert statement["target"]["package_name"] == "example.shared"
    assert statement["target"]["sha256_cert_fingerprints"] == list(SHARED["app_fingerprints"])
    (details,) = apple(http)["applinks"]["details"]
    assert details["appIDs"] == ["Z9Y8X7W6V5.shared.app"]
    assert {"/": "/c/*"} in details["components"]


def test_an_own_app_without_a_host_comes_first_for_its_own_path(http: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    give_host(monkeypatch, OWN, stores=STORES)
    assert [one["target"]["package_name"] for one in android(http)] == ["example.sehat.app", "example.shared"]
    first, second = apple(http)["applinks"]["details"]
    assert first["appIDs"] == ["A1B2C3D4E5.example.sehat.app"]
    assert {one["/"] for one in first["components"] if not one.get("exclude")} == {f"/c/{OWN}/", f"/c/{OWN}"}
    assert second["appIDs"] == ["Z9Y8X7W6V5.shared.app"]


def test_the_shared_host_does_not_list_clients(http: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    give_host(monkeypatch, OWN, "sehat.example", stores=STORES)
    told = str(android(http)) + str(apple(http))
    assert not [name for name in (OWN, OTHER, "sehat") if name in told]


@pytest.mark.parametrize("path", ["assetlinks.json", "apple-app-site-association"])
def test_the_documents_are_public_and_not_redirected(http: FlaskClient, path: str):
    answer = http.get(f"/.well-known/{path}", follow_redirects=False)
    assert (answer.status_code, answer.headers.get("Location")) == (200, None)
    assert len(answer.data) < 128 * 1024


def test_a_preview_stays_in_the_browser_as_the_first_match_wins():
    (details,) = site_association([StoreApp(apple_id="T.b", paths=("/c/*",))])["applinks"]["details"]
    assert details["components"][0] == {"/": "/c/*/preview/*", "exclude": True}


def test_an_app_without_a_fingerprint_is_not_vouched_for():
    assert asset_links([StoreApp(package="a.b"), StoreApp(apple_id="T.b")]) == []


def test_an_app_for_one_store_only_is_not_named_for_the_other():
    assert site_association([StoreApp("a.b", (PRINT,))])["webcredentials"]["apps"] == []


EFFECTIVE = merge(
    loader._yaml(ROOT / "whitelabel_configs" / "_defaults.yml"),
    loader._yaml(ROOT / "whitelabel_configs" / f"{OWN}.yml"),
)


@pytest.mark.parametrize(
    ("stores", "words"),
    [
        ({"android": {"package": "health", "fingerprints": [PRINT]}}, "'health' is not the app's name at Google"),
        ({"android": {"package": "a.b", "fingerprints": [PRINT.lower()]}}, "is not a SHA-256 fingerprint as the Play"),
        ({"android": {"package": "a.b", "fingerprints": [PRINT[:-3]]}}, "is not a SHA-256 fingerprint as the Play"),
        ({"android": {"package": "a.b"}}, "fingerprints is missing"),
        ({"ios": {"team": "short", "bundle": "a.b"}}, "'short' is not Apple's team id"),
        ({"ios": {"team": "A1B2C3D4E5", "bundle": "a b.c"}}, "'a b.c' is not the app's name at Apple"),
        ({"ios": {"team": "A1B2C3D4E5", "bundle": "a.b", "store_id": "id12"}}, "is not the number in the App Store"),
        ({"windows": {}}, "windows is not known here; use one of android, ios"),
    ],
)
def test_wrong_identifiers_are_refused_with_the_right_ones_described(stores: dict, words: str):
    found = defects.of_brand({**EFFECTIVE, "stores": stores}, ROOT / "whitelabel_configs", OWN)
    assert any(words in one for one in found), found


def test_right_identifiers_are_taken():
    stores = {"android": {"package": "example.app", "fingerprints": [PRINT]}, "ios": {**STORES["ios"]}}
    assert defects.of_brand({**EFFECTIVE, "stores": stores}, ROOT / "whitelabel_configs", OWN) == []


def test_the_browser_knows_the_clients_own_app(http: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    brand = give_host(monkeypatch, OWN, stores=MappingProxyType(STORES))
    manifest = http.get(f"/c/{OWN}/manifest.webmanifest").json
    assert manifest["related_applications"] == [{"platform": "play", "id": "example.sehat.app"}]
    assert manifest["prefer_related_applications"] is False
    banner = re.search(r'apple-itunes-app" content="([^"]+)"', http.get(f"/c/{OWN}/").text)
    assert banner[1] == f"app-id=1234567890, app-argument=https://careline.test/c/{brand.slug}/"
