"""The texts of the iOS project: catalogues of its pictures, names and reasons in every language, links and pushes."""

from __future__ import annotations

import json
import plistlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from backend.branding import links
from backend.branding.loader import Brand
from backend.languages import message
from backend.studio.app_pack.images import ICON_SET, SPLASH_SET

_MADE = {"author": "xcode", "version": 1}
_DARK = [{"appearance": "luminosity", "value": "dark"}]
ASKED = {
    "NSCameraUsageDescription": "camera",
    "NSPhotoLibraryUsageDescription": "photos",
    "NSLocationWhenInUseUsageDescription": "place",
}
"""What iOS asks the person to allow, and our reason for it."""


def texts(brand: Brand) -> Iterator[tuple[str, str]]:
    """Every file by its path in the pack."""
    icon: dict[str, Any] = {"idiom": "universal", "platform": "ios", "size": "1024x1024"}
    yield (
        f"{ICON_SET}/Contents.json",
        _json(
            [
                {**icon, "filename": "AppIcon-1024.png"},
                {**icon, "appearances": _DARK, "filename": "AppIcon-1024-dark.png"},
            ]
        ),
    )
    drawn = [
        {"idiom": "universal", "scale": f"{scale}x", "filename": f"splash-{scheme}.png"}
        | ({"appearances": _DARK} if scheme == "dark" else {})
        for scheme in ("light", "dark")
        for scale in (1, 2, 3)
    ]
    yield f"{SPLASH_SET}/Contents.json", _json(drawn)
    yield "ios-files/App/App/App.entitlements", _plist(entitlements(brand))
    yield "ios-files/info-additions.plist", _plist(info(brand, brand.default_language))
    for language in brand.languages:
        yield f"ios-files/App/App/{language}.lproj/InfoPlist.strings", _strings(brand, language)


def entitlements(brand: Brand) -> dict[str, Any]:
    """Links of the client's host, passwords kept for it, and pushes."""
    host = urlsplit(links.home(brand)).hostname
    return {
        "aps-environment": "production",
        "com.apple.developer.associated-domains": [f"applinks:{host}", f"webcredentials:{host}"],
    }


def info(brand: Brand, language: str) -> dict[str, Any]:
    """What is added to the project's Info.plist; a service worker runs only for domains that the app is bound to."""
    return {
        **reasons(brand, language),
        "CFBundleDisplayName": brand.short_name,
        "CFBundleLocalizations": list(brand.languages),
        "CFBundleDevelopmentRegion": brand.default_language,
        "ITSAppUsesNonExemptEncryption": False,
        "WKAppBoundDomains": [urlsplit(links.home(brand)).hostname, "localhost"],
    }


def reasons(brand: Brand, language: str) -> dict[str, str]:
    """Why the app asks for camera, photos and place, as iOS shows it."""
    return {key: message(f"branding.pack_{what}", language, {"brand": brand.short_name}) for key, what in ASKED.items()}


def _strings(brand: Brand, language: str) -> str:
    said = {"CFBundleDisplayName": brand.short_name, **reasons(brand, language)}
    return "".join(f"{json.dumps(key)} = {json.dumps(text, ensure_ascii=False)};\n" for key, text in said.items())


def _json(images: list[dict[str, Any]]) -> str:
    return json.dumps({"images": images, "info": _MADE}, indent=2, sort_keys=True) + "\n"


def _plist(content: dict[str, Any]) -> str:
    return plistlib.dumps(content, sort_keys=True).decode()
