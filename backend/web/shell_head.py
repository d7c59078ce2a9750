"""What stands in the head of a client's member app: names, icons, start screens, what a shared link shows."""

from __future__ import annotations

from html import escape

from backend.branding import links
from backend.branding.loader import Brand
from backend.branding.pictures import PICTURES, SCHEMES, SCREENS, Scheme, Screen

_SOCIAL = "social.png"


def head(brand: Brand, home: str) -> str:
    """The tags, one a line. ``home`` is the path of the app at this host; addresses for strangers are absolute."""
    folder = f"/c/{brand.slug}/"
    tagline = brand.texts[brand.default_language]["tagline"]
    tags = [
        _meta("name", "description", tagline),
        _meta("name", "apple-mobile-web-app-title", brand.short_name),
        *(_meta("name", "theme-color", brand.colours[scheme]["page"], scheme) for scheme in SCHEMES),
        *_store_banner(brand),
        f'<link rel="manifest" href="{home}manifest.webmanifest">',
        f'<link rel="icon" type="image/svg+xml" href="{folder}favicon.svg">',
        f'<link rel="icon" type="image/png" sizes="32x32" href="{folder}favicon-32.png">',
        f'<link rel="apple-touch-icon" href="{folder}apple-touch-icon.png">',
        *_social(brand, folder, tagline),
        *(_start_screen(screen, scheme, folder) for screen in SCREENS for scheme in SCHEMES),
    ]
    return "\n    ".join(tags)


def _social(brand: Brand, folder: str, tagline: str) -> list[str]:
    picture = PICTURES[_SOCIAL]
    shown = {
        "og:type": "website",
        "og:site_name": brand.name,
        "og:title": brand.name,
        "og:description": tagline,
        "og:url": links.home(brand),
        "og:locale": brand.default_language,
        "og:image": f"{links.origin(brand)}{folder}{_SOCIAL}",
        "og:image:type": "image/png",
        "og:image:width": str(picture.width),
        "og:image:height": str(picture.height),
        "og:image:alt": brand.name,
    }
    return [
        *(_meta("property", name, content) for name, content in shown.items()),
        _meta("name", "twitter:card", "summary_large_image"),
    ]


def _store_banner(brand: Brand) -> list[str]:
    """Safari offers the client's own app above the page; it opens at the same place."""
    number = brand.stores.get("ios", {}).get("store_id")
    return [_meta("name", "apple-itunes-app", f"app-id={number}, app-argument={links.home(brand)}")] if number else []


def _start_screen(screen: Screen, scheme: Scheme, folder: str) -> str:
    media, address = screen.media(scheme), f"{folder}{screen.name(scheme)}"
    return f'<link rel="apple-touch-startup-image" media="{media}" href="{address}">'


def _meta(kind: str, name: str, content: str, scheme: str = "") -> str:
    media = f' media="(prefers-color-scheme: {scheme})"' if scheme else ""
    return f'<meta {kind}="{name}"{media} content="{escape(content)}">'
