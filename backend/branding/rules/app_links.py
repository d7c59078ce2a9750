"""Which store apps may open which addresses of a host: the two documents that Android and iOS read.

Formats as documented: Google, Digital Asset Links statement list; Apple, Supporting associated domains (``applinks``
with ``components``, first match wins, and ``webcredentials``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_HANDLES_LINKS = "delegate_permission/common.handle_all_urls"
_PREVIEWS = "/c/*/preview/*"


@dataclass(frozen=True, slots=True)
class StoreApp:
    """An app in the stores, and the paths of this host that it opens; '' and () where a store has none.

    ``fingerprints`` are SHA-256 of the signing certificates; ``apple_id`` is team and bundle with a dot between.
    """

    package: str = ""
    fingerprints: tuple[str, ...] = ()
    apple_id: str = ""
    paths: tuple[str, ...] = ("/",)


def of_stores(stores: Mapping[str, Any], paths: tuple[str, ...]) -> StoreApp:
    """The app of a brand's ``stores``."""
    android, ios = stores.get("android", {}), stores.get("ios", {})
    return StoreApp(
        android.get("package", ""),
        tuple(android.get("fingerprints", ())),
        f"{ios['team']}.{ios['bundle']}" if ios else "",
        paths,
    )


def asset_links(apps: Iterable[StoreApp]) -> list[dict[str, Any]]:
    """Android's statements: an app without a certificate's fingerprint cannot be told apart from a forgery."""
    return [
        {
            "relation": [_HANDLES_LINKS],
            "target": {
                "namespace": "android_app",
                "package_name": app.package,
                "sha256_cert_fingerprints": list(app.fingerprints),
            },
        }
        for app in apps
        if app.package and app.fingerprints
    ]


def site_association(apps: Iterable[StoreApp]) -> dict[str, Any]:
    """Apple's association; a preview of a brand that is not published stays in the browser."""
    known = [app for app in apps if app.apple_id]
    details = [
        {
            "appIDs": [app.apple_id],
            "components": [{"/": _PREVIEWS, "exclude": True}, *({"/": path} for path in app.paths)],
        }
        for app in known
    ]
    return {"applinks": {"details": details}, "webcredentials": {"apps": [app.apple_id for app in known]}}
