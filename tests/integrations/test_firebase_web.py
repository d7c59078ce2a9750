"""Browsers at Firebase's HTTP edge: an installation of the web app, then the registration, and what a refusal means."""

from __future__ import annotations

import json
import re

import pytest

from backend.integrations.firebase_web import FirebaseWebPush
from backend.integrations.messaging import VendorError
from backend.integrations.push import BrowserSubscription
from tests.integrations.loopback import Server, http_server

BROWSER = BrowserSubscription("https://push.example/send/1", "p256", "auth")
INSTALLED = (200, {"authToken": {"token": "installed", "expiresIn": "604800s"}})
REGISTERED = (200, {"token": "browser-1"})


@pytest.fixture
def web_app(tmp_path):
    """The folder of credentials with acme's web app in it."""
    known = {"projectId": "acme-care", "appId": "1:2:web:3", "apiKey": "key-of-the-app", "vapidKey": "BPublic"}
    (tmp_path / "acme.web.json").write_text(json.dumps(known), encoding="utf-8")
    return tmp_path


def vendor(folder, server: Server) -> FirebaseWebPush:
    return FirebaseWebPush(folder, installations=f"{server.address}/i", registrations=f"{server.address}/r")


def test_the_app_subscribes_with_its_own_projects_key(web_app):
    assert FirebaseWebPush(web_app).public_key("acme") == "BPublic"


def test_a_client_without_a_web_app_has_none(web_app):
    assert FirebaseWebPush(web_app).public_key("other") is None


def test_a_browser_becomes_a_token(web_app):
    with http_server(INSTALLED, REGISTERED) as server:
        assert vendor(web_app, server).register("acme", BROWSER) == "browser-1"
    installation, registration = server.seen
    assert installation.path == "/i/projects/acme-care/installations"
    assert installation.json["appId"] == "1:2:web:3"
    assert re.fullmatch(r"[c-f][\w-]{21}", installation.json["fid"]), "the first four bits are 0111"
    assert registration.path == "/r/projects/acme-care/registrations"
    assert registration.json == {
        "web": {
            "endpoint": "https://push.example/send/1",
            "p256dh": "p256",
            "auth": "auth",
            "applicationPubKey": "BPublic",
        }
    }
    sent = {name.lower(): value for name, value in registration.headers.items()}
    assert sent["x-goog-firebase-installations-auth"] == "FIS installed"
    assert sent["x-goog-api-key"] == "key-of-the-app"


@pytest.mark.parametrize(("status", "permanent"), [(403, True), (503, False)])
def test_a_refusal_is_the_vendors_trouble(web_app, status, permanent):
    with http_server((status, {"error": {}})) as server, pytest.raises(VendorError) as refused:
        vendor(web_app, server).register("acme", BROWSER)
    assert (refused.value.permanent, refused.value.code) == (permanent, str(status))


def test_nobody_answering_is_trouble_that_passes(web_app):
    nobody = FirebaseWebPush(web_app, installations="http://127.0.0.1:9/i", registrations="http://127.0.0.1:9/r")
    with pytest.raises(VendorError) as refused:
        nobody.register("acme", BROWSER)
    assert not refused.value.permanent
