"""The shell of the member app as the backend serves it."""

import gzip
import json
import re
from typing import Any

import brotli
import pytest
from flask.testing import FlaskClient

from backend.branding import loader
from backend.web.files import build, words_file
from tests.web.people import make_family, tokens_of

SLUGS = sorted(loader.brands())


@pytest.fixture
def page(http: FlaskClient):
    return http.get(f"/c/{SLUGS[0]}/")


def test_the_shell_forbids_scripts_of_others_and_every_script_inside_a_page(page):
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert "script-src 'self';" in policy


@pytest.mark.parametrize("page", ["desk", "claims", "finance", "provider", "studio"])
def test_a_shell_of_staff_runs_no_script_inside_the_page_and_names_files_that_are_there(page: str, http: FlaskClient):
    shell = http.get(f"/{page}/")
    assert "script-src 'self';" in shell.headers["Content-Security-Policy"]
    assert re.findall(r"<script(?![^>]*src=)", shell.text) == []
    named = re.findall(r'(?:href|src)="(/[^"]+)"', shell.text)
    assert [path for path in named if http.get(path).status_code != 200] == []


def test_the_pages_of_staff_are_few_files():
    """A module of its own for each of a hundred files was a hundred requests, many of them one after the other."""
    asked = set(re.findall(r'import\{[^}]*\}from"([^"]+)"', build().files["desk/app.js"].content.decode()))
    assert asked
    assert [path for path in asked if not path.startswith("../joined/")] == []


def test_every_file_the_shell_names_is_served(page, http: FlaskClient):
    named = re.findall(r'(?:href|src)="(/[^"]+)"', page.text)
    known = json.loads(re.search(r'<script id="known" type="application/json">(.*?)</script>', page.text).group(1))
    named += [letter["address"] for letter in known["letters"]]
    assert len(named) >= 8
    refused = [path for path in named if http.get(path).status_code != 200]
    assert refused == []


def test_the_shell_brings_the_brand_along_so_that_nobody_waits_for_it(page, http: FlaskClient):
    known = json.loads(re.search(r'<script id="known" type="application/json">(.*?)</script>', page.text).group(1))
    assert known["brand"] == http.get(f"/api/v1/clients/{SLUGS[0]}/branding").json


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_shell_asks_early_for_the_words_of_the_reader(language: str, http: FlaskClient):
    answer = http.get("/c/nusantara/", headers={"Accept-Language": f"{language}-XX,{language};q=0.9"})
    wanted = build().path(build().needs[words_file(language)][0])
    assert f'<link rel="modulepreload" href="{wanted}">' in answer.text
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_shell_that_is_still_the_same_is_not_sent_again(http: FlaskClient):
    asked = {"Accept-Encoding": "br"}
    tag = http.get(f"/c/{SLUGS[0]}/", headers=asked).headers["ETag"]
    again = http.get(f"/c/{SLUGS[0]}/", headers={**asked, "If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_file_may_be_kept_for_ever_because_its_address_changes_with_it(page, http: FlaskClient):
    path = re.search(r'src="(/web/[^"]+app\.js)"', page.text)
    assert "immutable" in http.get(path.group(1)).headers["Cache-Control"]


def kept_by(worker: str) -> dict[str, Any]:
    return json.loads(re.match(r"self\.OWN_APP = (\{.*?\});\n", worker).group(1))


def test_the_service_worker_keeps_every_part_of_the_app(http: FlaskClient):
    own = kept_by(http.get("/c/nusantara/sw.js").text)
    needed = {
        build().path(name)
        for source in ("app.js", "signed_in.js", "pages.js")
        for name in build().needs[f"member/{source}"]
    }
    assert needed <= set(own["files"])
    assert [path for path in own["files"] if http.get(path).status_code != 200] == []


def test_a_phone_keeps_the_words_of_the_brands_languages_only(http: FlaskClient):
    own = kept_by(http.get("/c/nusantara/sw.js").text)
    kept = {
        language
        for language in ("en", "id", "pt")
        if build().path(build().needs[words_file(language)][0]) in own["files"]
    }
    assert kept == {"en", "id"}


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


FORMS = {"br": brotli.decompress, "gzip": gzip.decompress}
TEXTS = [
    "/c/nusantara/",
    "/c/nusantara/sw.js",
    "/c/nusantara/theme.css",
    "/c/nusantara/logo-light.svg",
    "/desk/",
    "/docs",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", [*TEXTS, build().path("member/app.js"), build().path("desk/desk.css")])
def test_a_text_is_sent_compressed_to_who_reads_it_so(path: str, form: str, http: FlaskClient):
    small = http.get(path, headers={"Accept-Encoding": form})
    plain = http.get(path)
    assert small.headers["Content-Encoding"] == form
    assert len(small.data) < len(plain.data)
    assert len(FORMS[form](small.data)) == len(plain.data)


@pytest.mark.parametrize("path", TEXTS)
def test_a_cache_between_is_told_that_the_form_depends_on_the_asker(path: str, http: FlaskClient):
    assert "Accept-Encoding" in http.get(path).headers["Vary"]


def test_each_form_has_a_tag_of_its_own(http: FlaskClient):
    tags = {
        http.get("/c/nusantara/theme.css", headers={"Accept-Encoding": form}).headers["ETag"]
        for form in ("br", "gzip", "")
    }
    assert len(tags) == 3


def test_an_answer_with_somebodys_data_is_never_compressed(http: FlaskClient):
    token = tokens_of(make_family("nusantara"))["access_token"]
    answer = http.get("/api/v1/me", headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "br, gzip"})
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


def test_a_typeface_keeps_its_address_when_the_app_changes(http: FlaskClient):
    font = build().files["vendor/inter.woff2"]
    answer = http.get(f"/web/{font.mark}/vendor/inter.woff2")
    assert answer.data == font.content
    assert "Content-Encoding" not in answer.headers
