"""The project around both systems: Capacitor's configuration, packages, the page without network, how to build it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import urlsplit

from backend.branding import links
from backend.branding.loader import Brand
from backend.languages import message

PACKAGES = {
    "@capacitor/core": "^8.5.2",
    "@capacitor/app": "^8.1.1",
    "@capacitor-firebase/messaging": "^8.5.2",
    "@capacitor/splash-screen": "^8.0.2",
}
_TOOLS = {"@capacitor/cli": "^8.5.2"}
_PLATFORMS = {"android": ("@capacitor/android", "^8.5.2"), "ios": ("@capacitor/ios", "^8.5.2")}

_COPYING = {
    "android": "    cp -R android-files/. android/",
    "ios": (
        "    cp -R ios-files/App/. ios/App/\n"
        "    /usr/libexec/PlistBuddy -c 'Merge ios-files/info-additions.plist' ios/App/App/Info.plist"
    ),
}
_README = """# {name}: the app for the stores

This folder holds everything of the brand. The pages themselves are shown from the address below, so most changes need
no new version in the stores. Build it with your own accounts, and keep your signing keys to yourselves.

- address: {address}
{ids}

## Once

You need Node 22 or newer; for Android also Android Studio, for iOS a Mac with Xcode.

    npm install
{adding}
{copying}
    npx cap sync

{steps}"""
_STEPS = {
    "android": """## Android

1. Put `google-services.json` of your push project into `android/app/`.
2. `npx cap open android`, then *Build > Generate Signed App Bundle*.
3. After the first upload copy the SHA-256 fingerprint of *App signing* in the Play Console into the brand
   (`stores`, `android`, `fingerprints`): from then on links open the app.
4. `store/` has the icon and the feature graphic of the listing, and a text for each language.
""",
    "ios": """## iOS

1. `npx cap open ios`; under *Signing & Capabilities* set your team and the bundle identifier from above.
2. Choose `App/App.entitlements` as the target's entitlements, and add the `.lproj` folders to the target.
3. Put `GoogleService-Info.plist` of your push project into the target, and give that project your APNs key. Add to
   `AppDelegate.swift` the three methods that the README of the messaging plugin in `node_modules` shows for iOS.
4. *Product > Archive*. The number in the App Store's address belongs into the brand (`stores`, `ios`, `store_id`).
""",
}


def platforms(brand: Brand) -> list[str]:
    """The systems that the brand has identifiers for."""
    return [name for name in _PLATFORMS if brand.stores.get(name)]


def texts(brand: Brand) -> Iterator[tuple[str, str]]:
    """Every file by its path in the pack."""
    yield "capacitor.config.json", _json(configuration(brand))
    yield "package.json", _json(package(brand))
    yield "www/index.html", _page(brand)
    yield "www/offline.html", _page(brand)
    yield "README.md", _readme(brand)
    for language in brand.languages:
        yield f"store/listing-{language}.txt", f"{brand.name}\n\n{brand.texts[language]['tagline']}\n"


def configuration(brand: Brand) -> dict[str, Any]:
    """capacitor.config.json: the app shows the client's own address and goes nowhere else."""
    light = brand.colours["light"]
    host = urlsplit(links.home(brand)).hostname
    return {
        "appId": app_id(brand),
        "appName": brand.name,
        "webDir": "www",
        "backgroundColor": light["page"],
        "loggingBehavior": "none",
        "server": {
            "url": links.home(brand),
            "hostname": "localhost",
            "androidScheme": "https",
            "allowNavigation": [host],
            "errorPath": "offline.html",
        },
        "android": {"allowMixedContent": False, "webContentsDebuggingEnabled": False},
        "ios": {"contentInset": "never", "limitsNavigationsToAppBoundDomains": True, "allowsLinkPreview": False},
        "plugins": {
            "SplashScreen": {"launchShowDuration": 1500, "backgroundColor": light["page"]},
            "FirebaseMessaging": {"presentationOptions": ["badge", "sound", "alert"]},
        },
    }


def app_id(brand: Brand) -> str:
    """The identifier in Capacitor's configuration; where the stores' differ, the README names Apple's."""
    android = brand.stores.get("android")
    return str(android["package"] if android else brand.stores["ios"]["bundle"])


def package(brand: Brand) -> dict[str, Any]:
    """package.json; the lock is made where the app is built."""
    wanted = PACKAGES | dict(_PLATFORMS[name] for name in platforms(brand))
    return {
        "name": f"{brand.slug}-app",
        "version": "1.0.0",
        "private": True,
        "description": brand.name,
        "scripts": {"sync": "cap sync"},
        "dependencies": dict(sorted(wanted.items())),
        "devDependencies": _TOOLS,
    }


def _page(brand: Brand) -> str:
    """What is shown while the client's address does not answer."""
    language, light = brand.default_language, brand.colours["light"]
    said = {name: escape(message(f"branding.pack_{name}", language)) for name in ("offline", "again")}
    name, home = escape(brand.name), escape(links.home(brand))
    return f"""<!doctype html>
<html lang="{language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
    <title>{name}</title>
    <style>
      body {{ margin: 0; min-height: 100vh; display: grid; place-content: center; gap: 20px; padding: 24px; text-align: center;
        background: {light["page"]}; color: {light["text"]}; font: 18px/1.5 system-ui, sans-serif; }}
      a {{ padding: 14px 24px; border-radius: 999px; background: {light["brand"]}; color: {light["on_brand"]}; text-decoration: none; }}
    </style>
  </head>
  <body><h1>{name}</h1><p>{said["offline"]}</p><a href="{home}">{said["again"]}</a></body>
</html>
"""  # noqa: E501 - a page as it is written


def _readme(brand: Brand) -> str:
    own = platforms(brand)
    adding = "\n".join(f"    npx cap add {name}" for name in own)
    ids = "\n".join(f"- {name}: {_identifier(brand, name)}" for name in own)
    steps = [_STEPS[name] for name in own]
    copying = "\n".join(_COPYING[name] for name in own)
    return _README.format(
        name=brand.name, address=links.home(brand), ids=ids, adding=adding, copying=copying, steps="\n".join(steps)
    )


def _identifier(brand: Brand, name: str) -> str:
    store = brand.stores[name]
    return f"`{store['package']}`" if name == "android" else f"`{store['bundle']}` (team {store['team']})"


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
