"""Browsers registered with Firebase Cloud Messaging from the server: the page loads no code of Google's and asks
nobody but us (the policy of the pages allows no other origin).

A browser subscribes with the project's public key and hands us what its push service gave it. Firebase turns that into
a registration token by two calls that its own web library makes as well: an installation of the web app, then the
registration. From then on the token is one like that of a phone.
"""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import requests

from backend.integrations.messaging import VendorError
from backend.integrations.push import BrowserSubscription

TIMEOUT_SECONDS = 5
INSTALLATIONS = "https://firebaseinstallations.googleapis.com/v1"
REGISTRATIONS = "https://fcmregistrations.googleapis.com/v1"
_LIBRARY = "w:0.6.19"
"""What the vendor's own library calls itself; the installation service refuses nameless ones."""
_BAD_REQUEST = 400


@dataclass(frozen=True, slots=True)
class WebApp:
    """A web app of a Firebase project as the console shows it: none of it is secret."""

    project: str
    app: str
    key: str
    public_key: str


class FirebaseWebPush:
    """A WebPush. A client without ``<slug>.web.json`` beside its service account has no push in browsers."""

    def __init__(
        self, credentials_dir: Path, *, installations: str = INSTALLATIONS, registrations: str = REGISTRATIONS
    ) -> None:
        self._credentials_dir = credentials_dir
        self._installations = installations
        self._registrations = registrations

    def public_key(self, client: str) -> str | None:
        """The key that browsers subscribe with; None when the client has no web app at Firebase."""
        app = self._app(client)
        return None if app is None else app.public_key

    def register(self, client: str, subscription: BrowserSubscription) -> str:
        """The registration token of a browser; raises VendorError."""
        app = self._app(client)
        if app is None:
            raise VendorError("not_configured", permanent=True)
        installed = self._post(
            f"{self._installations}/projects/{app.project}/installations",
            {"fid": _new_installation(), "authVersion": "FIS_v2", "appId": app.app, "sdkVersion": _LIBRARY},
            {"x-goog-api-key": app.key},
        )
        registered = self._post(
            f"{self._registrations}/projects/{app.project}/registrations",
            {
                "web": {
                    "endpoint": subscription.endpoint,
                    "p256dh": subscription.p256dh,
                    "auth": subscription.auth,
                    "applicationPubKey": app.public_key,
                }
            },
            {
                "x-goog-api-key": app.key,
                "x-goog-firebase-installations-auth": f"FIS {installed['authToken']['token']}",
            },
        )
        token: str = registered["token"]
        return token

    def _app(self, client: str) -> WebApp | None:
        return _read(self._credentials_dir / f"{client}.web.json")

    def _post(self, address: str, body: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
        try:
            answer = requests.post(address, json=body, headers=headers, timeout=TIMEOUT_SECONDS)
        except requests.RequestException as error:
            raise VendorError("vendor_trouble", permanent=False) from error
        if answer.status_code >= _BAD_REQUEST:
            permanent = answer.status_code < requests.codes.server_error
            raise VendorError("refused", permanent=permanent, code=str(answer.status_code))
        shown: dict[str, Any] = answer.json()
        return shown


@cache
def _read(path: Path) -> WebApp | None:
    if not path.is_file():
        return None
    known = json.loads(path.read_text(encoding="utf-8"))
    return WebApp(known["projectId"], known["appId"], known["apiKey"], known["vapidKey"])


def _new_installation() -> str:
    """A name for an installation as Firebase wants it: 22 letters of base64url whose first four bits are 0111."""
    raw = bytearray(secrets.token_bytes(17))
    raw[0] = 0b01110000 | (raw[0] & 0b00001111)
    return base64.urlsafe_b64encode(bytes(raw)).decode()[:22]
