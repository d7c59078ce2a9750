"""Firebase Authentication: ID tokens checked with firebase-admin, one named app (and project) per client."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import firebase_admin
from firebase_admin import auth, credentials
from google.auth.credentials import AnonymousCredentials

from backend.integrations.identity import IdentityRefused, ProvenIdentity
from backend.integrations.messaging import VendorError

TIMEOUT_SECONDS = 5
_CLOCK_SKEW_SECONDS = 10


class _NoCredential(credentials.Base):  # type: ignore[misc]
    """Checking a signature needs Google's public certificates only: no secret of ours is loaded for it."""

    def get_credential(self) -> Any:
        return AnonymousCredentials()


class FirebaseIdentity:
    """An IdentityProvider. A token of one client's project is worth nothing at another client."""

    def __init__(self, credentials_dir: Path) -> None:
        self._credentials_dir = credentials_dir
        self._apps: dict[str, firebase_admin.App] = {}
        self._lock = threading.Lock()

    def prove(self, client: str, token: str) -> ProvenIdentity:
        """The person behind a Firebase ID token; raises IdentityRefused, VendorError when Google is away."""
        try:
            claims = auth.verify_id_token(token, app=self._app(client), clock_skew_seconds=_CLOCK_SKEW_SECONDS)
        except auth.CertificateFetchError as error:
            raise VendorError("certificates_unavailable", permanent=False) from error
        except (auth.InvalidIdTokenError, ValueError) as error:
            raise IdentityRefused(type(error).__name__) from error
        return ProvenIdentity(claims["uid"], claims.get("phone_number"))

    def _app(self, client: str) -> firebase_admin.App:
        with self._lock:
            if client not in self._apps:
                self._apps[client] = firebase_admin.initialize_app(
                    _NoCredential(),
                    {"projectId": self._project(client), "httpTimeout": TIMEOUT_SECONDS},
                    name=f"identity-{client}-{id(self)}",
                )
            return self._apps[client]

    def _project(self, client: str) -> str:
        path = self._credentials_dir / f"{client}.json"
        if not path.is_file():
            raise IdentityRefused("this client has no Firebase project")
        project: str = json.loads(path.read_text(encoding="utf-8"))["project_id"]
        return project
