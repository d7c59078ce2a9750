"""The shell of the member app as the backend serves it."""

import re

import pytest
from flask.testing import FlaskClient

from backend.branding import loader

SLUGS = sorted(loader.brands())


@pytest.fixture
def page(http: FlaskClient):
    return http.get(f"/c/{SLUGS[0]}/")


def test_the_shell_forbids_scripts_of_others(page):
    answer = page
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert re.search(r"script-src 'self' 'nonce-[\w-]{20,}'", policy)


def test_every_shell_has_a_fresh_nonce(http: FlaskClient):
    seen = {http.get(f"/c/{SLUGS[0]}/").headers["Content-Security-Policy"] for _ in range(3)}
    assert len(seen) == 3


def test_every_file_the_shell_names_is_served(page, http: FlaskClient):
    answer = page
    paths = re.findall(r'(?:href|src)="(/[^"]+)"|"[\w/]+": "(/[^"]+)"', answer.text)
    named = [one or other for one, other in paths]
    assert len(named) >= 10
    refused = [path for path in named if http.get(path).status_code != 200]
    assert refused == []


def test_a_file_may_be_kept_for_ever_because_its_address_changes_with_it(page, http: FlaskClient):
    path = re.search(r'src="(/web/[^"]+app\.js)"', page.text)
    assert "immutable" in http.get(path.group(1)).headers["Cache-Control"]


def test_the_service_worker_keeps_the_whole_shell(page, http: FlaskClient):
    text = http.get(f"/c/{SLUGS[0]}/sw.js").text
    kept = re.search(r"const FILES = .*?\((\[.*?\])\);", text).group(1)
    assert "member/app.js" in kept
    assert "vendor/preact.js" in kept
    assert "{{" not in text


def test_an_unknown_client_has_no_app(http: FlaskClient):
    assert http.get("/c/nobody-has-this-slug/").status_code == 404


@pytest.mark.requirement("S0-87")
@pytest.mark.parametrize("slug", SLUGS)
def test_every_client_has_its_own_shell(slug: str, http: FlaskClient):
    brand = loader.brand_of(slug)
    text = http.get(f"/c/{slug}/").text
    assert brand.name in text
    others = [other.name for other in loader.brands().values() if other.slug != slug]
    assert not any(other in text for other in others)


def test_the_api_can_be_read_without_a_request_to_anybody_else(http: FlaskClient):
    answer = http.get("/docs")
    assert answer.status_code == 200
    named = re.findall(r'(?:href|src)="([^"]+)"', answer.text)
    assert [path for path in named if http.get(path).status_code != 200] == []
    assert "http" not in answer.headers["Content-Security-Policy"]


def test_a_phone_keeps_nothing_but_the_app(http: FlaskClient):
    assert "reference/" not in http.get(f"/c/{SLUGS[0]}/sw.js").text
