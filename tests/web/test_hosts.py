"""At a client's own host name there is that client and nobody else."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.access import Role
from backend.app import create_app
from backend.branding import links, loader
from backend.settings import Settings
from tests.conftest import ROOT
from tests.factories.accounts import headers_for
from tests.factories.hosts import give_host
from tests.web.people import branded_client, make_family, tokens_of
from tests.web.test_pages import kept_by

OWN, OTHER = "nusantara", "indico"
HOST = "sehat.example"
AT_HOME = {"Host": HOST}


@pytest.fixture(autouse=True)
def own_host(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    branded_client(OWN)
    branded_client(OTHER)
    give_host(monkeypatch, OWN, HOST, "www.sehat.example")


@pytest.mark.parametrize(
    ("host", "slug"),
    [
        ("sehat.example", OWN),
        ("SEHAT.example", OWN),
        ("sehat.example:8443", OWN),
        ("sehat.example.", OWN),
        ("www.sehat.example", OWN),
        ("sehat.example.evil.example", None),
        ("evil-sehat.example", None),
        ("", None),
        ("[::1]:8080", None),
    ],
)
def test_a_host_name_names_its_client(host: str, slug: str | None):
    assert loader.slug_of_host(host) == slug


def test_the_book_of_hosts_follows_the_brands(monkeypatch: pytest.MonkeyPatch):
    assert loader.slug_of_host("new.example") is None
    give_host(monkeypatch, OTHER, "new.example")
    assert (loader.slug_of_host("new.example"), loader.slug_of_host(HOST)) == (OTHER, OWN)


@pytest.mark.requirement("S0-87")
def test_the_root_of_a_clients_host_is_its_app(http: FlaskClient):
    shell = http.get("/", headers=AT_HOME).text
    assert f'data-slug="{OWN}"' in shell
    assert 'data-home="/"' in shell
    assert '<link rel="manifest" href="/manifest.webmanifest">' in shell


def test_the_app_at_the_root_is_installed_for_the_root(http: FlaskClient):
    manifest = http.get("/manifest.webmanifest", headers=AT_HOME)
    assert manifest.mimetype == "application/manifest+json"
    assert {manifest.json[name] for name in ("id", "start_url", "scope")} == {"/"}
    assert all(one["url"].startswith("/#/") for one in manifest.json["shortcuts"])


def test_the_service_worker_at_the_root_keeps_the_shell_of_the_root(http: FlaskClient):
    worker = http.get("/sw.js", headers=AT_HOME)
    assert worker.mimetype == "text/javascript"
    assert kept_by(worker.text)["home"] == "/"
    assert '"/manifest.webmanifest"' in worker.text


def test_the_long_address_leads_to_the_root_of_the_clients_host(http: FlaskClient):
    answer = http.get(f"/c/{OWN}/", headers=AT_HOME)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_the_pictures_and_colours_of_the_client_are_served_at_its_host(http: FlaskClient):
    for name in ("theme.css", "icon-192.png", "favicon.svg", "logo-light.svg"):
        assert http.get(f"/c/{OWN}/{name}", headers=AT_HOME).status_code == 200


STAFF_AND_STRANGERS = [
    f"/c/{OTHER}/",
    f"/c/{OTHER}/theme.css",
    f"/c/{OTHER}/manifest.webmanifest",
    f"/c/{OWN}x/",
    "/desk/",
    "/provider/",
    "/provider/sw.js",
    "/claims/",
    "/finance/",
    "/docs",
    "/openapi.json",
    "/metrics",
    "/simulator",
    "/demo/outbox",
    "/nowhere",
]


@pytest.mark.parametrize("path", STAFF_AND_STRANGERS)
def test_what_a_clients_host_does_not_offer_is_a_missing_page_of_the_clients_own(http: FlaskClient, path: str):
    answer = http.get(path, headers={**AT_HOME, "Accept-Language": "en"})
    assert answer.status_code == 404
    assert "This page does not exist." in answer.text
    assert f"/c/{OWN}/theme.css" in answer.text
    assert loader.brand_of(OWN).name in answer.text


@pytest.mark.parametrize("path", STAFF_AND_STRANGERS)
def test_the_missing_page_names_neither_another_client_nor_the_vendor(http: FlaskClient, path: str):
    page = re.sub(r"<[^>]+>", " ", http.get(path, headers=AT_HOME).text).lower()
    assert not [name for name in (loader.brand_of(OTHER).name.lower(), OTHER, "careline") if name in page]


def test_the_missing_page_is_written_in_the_readers_language(http: FlaskClient):
    page = http.get("/nowhere", headers={**AT_HOME, "Accept-Language": "id"}).text
    assert '<html lang="id">' in page
    assert "Halaman ini tidak ada." in page


def test_another_clients_brand_is_not_told_at_a_clients_host(http: FlaskClient):
    assert http.get(f"/api/v1/clients/{OWN}/branding", headers=AT_HOME).status_code == 200
    answer = http.get(f"/api/v1/clients/{OTHER}/branding", headers=AT_HOME)
    assert (answer.status_code, answer.json["reason"]) == (404, "not_found")


def signed_in(slug: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens_of(make_family(slug))['access_token']}"}


def test_a_member_of_the_client_is_served_at_its_host(http: FlaskClient):
    assert http.get("/api/v1/me", headers={**signed_in(OWN), **AT_HOME}).status_code == 200


def test_a_token_of_another_client_is_refused_with_the_reason(http: FlaskClient):
    answer = http.get("/api/v1/me", headers={**signed_in(OTHER), **AT_HOME, "Accept-Language": "en"})
    assert (answer.status_code, answer.json["reason"]) == (403, "branding.other_client")
    assert "another company" in answer.json["message"]


def test_the_same_token_is_good_at_the_shared_host(http: FlaskClient):
    assert http.get("/api/v1/me", headers=signed_in(OTHER)).status_code == 200


def test_staff_of_another_client_are_refused_too(http: FlaskClient):
    headers = headers_for(Role.HR, branded_client(OTHER))
    assert http.get("/api/v1/me", headers={**headers, **AT_HOME}).json["reason"] == "branding.other_client"


def test_nobody_signs_in_to_another_client_at_a_clients_host(http: FlaskClient):
    body = {"client": OTHER, "phone": "+258840000001"}
    asked = http.post("/api/v1/sign-in/code", json=body, headers=AT_HOME)
    entered = http.post("/api/v1/sign-in", json={**body, "code": "000000"}, headers=AT_HOME)
    assert [answer.json["reason"] for answer in (asked, entered)] == ["branding.other_client"] * 2


def test_a_refresh_token_of_another_client_gives_nothing_at_a_clients_host(http: FlaskClient):
    tokens = tokens_of(make_family(OTHER))
    answer = http.post("/api/v1/sign-in/refresh", json={"refresh_token": tokens["refresh_token"]}, headers=AT_HOME)
    assert answer.json["reason"] == "branding.other_client"


def test_an_unknown_host_gets_the_choice_of_a_company(http: FlaskClient):
    for headers in ({}, {"Host": "whoever.example"}):
        page = http.get("/", headers=headers).text
        assert "picker/app.js" in page
        assert not [slug for slug in loader.brands() if slug in page]


def test_a_forwarded_host_is_not_believed_without_a_proxy_of_ours(http: FlaskClient):
    assert "picker/app.js" in http.get("/", headers={"X-Forwarded-Host": HOST}).text


def test_a_forwarded_host_counts_behind_a_trusted_proxy(settings: Settings, app: Flask):
    behind = create_app(replace(settings, trusted_proxies=1)).test_client()
    assert f'data-slug="{OWN}"' in behind.get("/", headers={"X-Forwarded-Host": HOST}).text
    assert "picker/app.js" in behind.get("/", headers={"X-Forwarded-Host": f"{HOST}, shared.example"}).text


def test_the_root_has_no_manifest_and_no_service_worker_where_nobody_is_at_home(http: FlaskClient):
    assert [http.get(path).status_code for path in ("/manifest.webmanifest", "/sw.js")] == [404, 404]


def test_links_lead_to_the_own_host_where_there_is_one(monkeypatch: pytest.MonkeyPatch):
    assert links.page(loader.brand_of(OWN), "/claims") == f"https://{HOST}/#/claims"
    assert links.page(loader.brand_of(OTHER), "/claims") == f"https://careline.test/c/{OTHER}/#/claims"


@pytest.mark.parametrize(("domain", "status"), [(HOST, 204), ("stranger.example", 404), ("", 404)])
def test_the_proxy_gets_certificates_for_the_hosts_of_clients_only(http: FlaskClient, domain: str, status: int):
    assert http.get("/internal/hosts", query_string={"domain": domain}).status_code == status


def test_the_proxy_lets_nobody_outside_ask_which_hosts_are_known():
    caddyfile = (ROOT / "deploy" / "Caddyfile").read_text()
    assert "ask http://api:8080/internal/hosts" in caddyfile
    assert re.search(r"@inside path .*/internal/hosts\n\s*respond @inside 404", caddyfile)


def test_an_app_that_is_not_there_is_a_page_with_the_way_to_choose(http: FlaskClient):
    answer = http.get("/c/nobody/", headers={"Accept-Language": "pt"})
    assert answer.status_code == 404
    assert "Esta página não existe." in answer.text
    assert 'href="/#change"' in answer.text
    assert "careline" not in re.sub(r"<[^>]+>", " ", answer.text).lower()
