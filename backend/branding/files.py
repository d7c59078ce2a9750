"""The files that are served of a brand: its JSON, its style sheet and the manifest of its app.

A brand is the same for everybody, so nothing here takes a scope.
"""

from __future__ import annotations

import hashlib
from typing import Any

from babel import Locale

from backend.branding import pictures
from backend.branding.loader import TYPEFACE, Brand
from backend.branding.vocabulary import for_pages, own_words
from backend.kit import locales
from backend.languages import message

ICONS = {
    name: (picture.width, bool(picture.ground))
    for name, picture in pictures.APP_ICONS.items()
    if not picture.silhouette
}
"""The app's icons: side in pixels, and whether launchers may cut a shape of their own out of it."""
SHORTCUTS = {"card": "/card", "claim": "/claims/new", "hotline": "/hotline"}
"""What a long press on the icon offers, and the page of the app behind each."""

_SANS = '"Inter", system-ui, -apple-system, "Segoe UI", Roboto, sans-serif'
_ROUNDED = '"Nunito", ui-rounded, system-ui, "Segoe UI", Roboto, sans-serif'
_SERIF = '"Source Serif", "Iowan Old Style", Georgia, "Noto Serif", serif'
_OWN_FONT = "Own"
_BODY_FONTS = {"sans": _SANS, "serif": _SANS, "rounded": _ROUNDED}
"""What is read in small type; a serif speaks in headings only."""
_HEADING_FONTS = {"sans": _SANS, "serif": _SERIF, "rounded": _ROUNDED}


def as_json(brand: Brand) -> dict[str, Any]:
    """The effective brand as ``GET /api/v1/clients/{slug}/branding`` answers it."""
    line = brand.hotline
    return {
        "slug": brand.slug,
        "name": brand.name,
        "short_name": brand.short_name,
        "country": brand.country,
        "currency": brand.currency,
        "languages": list(brand.languages),
        "colours": {scheme: dict(palette) for scheme, palette in brand.colours.items()},
        "shape": dict(brand.shape),
        "logo": {kind: f"/c/{brand.slug}/logo-{kind}.svg" for kind in brand.logo},
        "features": dict(brand.features),
        "hotline": {"voice": line.voice, "whatsapp": line.whatsapp, "shown": line.shown, "hours": line.hours},
        "card_desk": {"phone": brand.card_desk.phone, "hours": brand.card_desk.hours},
        "support": {name: brand.support.get(name, "") for name in ("mail", "page", "post")},
        "legal_versions": dict(brand.legal_versions),
        "emergency_number": brand.emergency_number,
        "emergency_numbers": [dict(line) for line in brand.emergency_numbers],
        "texts": {
            language: {
                **{key: text.replace("{name}", brand.name) for key, text in brand.texts[language].items()},
                "greeting": brand.greeting(language, "text"),
                "greeting_voice": brand.greeting(language, "voice"),
            }
            for language in brand.languages
        },
        "glossary": {language: dict(words) for language, words in brand.glossary.items()},
        "wording": {language: for_pages(brand.glossary, language) for language in brand.languages},
    }


def theme_css(brand: Brand, only: str = "", *, letters: bool = True) -> str:
    """Custom properties for light and dark, as the device has it; the web app's own style sheet only reads them.

    ``only`` one of both, whatever the device has, is for looking at a brand before it is published. Without ``letters``
    the client's own typeface is named but not fetched: whoever asks fetches it later.
    """

    def variables(scheme: str) -> str:
        return " ".join(f"--{name.replace('_', '-')}: {value};" for name, value in brand.colours[scheme].items())

    radius, font = brand.shape["radius"], brand.shape["font"]
    body, heading = _BODY_FONTS[font], _HEADING_FONTS[font]
    if brand.typeface:
        body, heading = (f'"{_OWN_FONT}", {family}' for family in (body, heading))
    shape = (
        f"--radius: {radius}px; --radius-small: {round(radius * 0.625)}px; --font: {body}; --font-heading: {heading};"
    )
    fetched = _own_font(brand) if letters else ""
    if only:
        return f"{fetched}:root {{ {variables(only)} {shape} color-scheme: {only}; }}\n"
    return (
        f"{fetched}:root {{ {variables('light')} {shape} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {variables('dark')} }} }}\n"
    )


def own_letters(brand: Brand) -> list[dict[str, str]]:
    """The client's own typeface, from our own server; its address changes with the file, so it may be kept."""
    if brand.typeface is None:
        return []
    mark = hashlib.sha256(brand.typeface.read_bytes()).hexdigest()[:12]
    return [{"family": _OWN_FONT, "address": f"/c/{brand.slug}/{TYPEFACE}?{mark}", "weight": "100 900"}]


def _own_font(brand: Brand) -> str:
    return "".join(
        f'@font-face {{ font-family: "{own["family"]}"; font-weight: {own["weight"]}; font-display: swap; '
        f'src: url("{own["address"]}") format("woff2"); }}\n'
        for own in own_letters(brand)
    )


def manifest(brand: Brand, home: str | None = None) -> dict[str, Any]:
    """The web app manifest; id, start and scope never change, so an update stays the same app.

    ``home`` is where the app lives, ``/c/<slug>/`` unless the client has a host name of its own.
    """
    folder = f"/c/{brand.slug}/"
    home = home or folder
    language = brand.default_language
    light = brand.colours["light"]
    android = brand.stores.get("android")
    related = [{"platform": "play", "id": android["package"]}] if android else []
    return {
        "id": home,
        "start_url": home,
        "scope": home,
        "name": brand.name,
        "short_name": brand.short_name,
        "description": brand.texts[language]["tagline"],
        "lang": language,
        "dir": Locale.parse(locales.locale(language).babel).text_direction,
        "display": "standalone",
        "background_color": light["page"],
        "theme_color": light["brand"],
        "icons": [
            *(_icon_entry(folder, name, picture) for name, picture in pictures.APP_ICONS.items()),
            {"src": f"{folder}favicon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
        ],
        **({"related_applications": related, "prefer_related_applications": False} if related else {}),
        "shortcuts": [
            {
                "name": message(f"branding.shortcut_{name}", language, reword=own_words(brand.glossary)),
                "url": f"{home}#{place}",
                "icons": [{"src": f"{folder}icon-192.png", "sizes": "192x192", "type": "image/png"}],
            }
            for name, place in SHORTCUTS.items()
        ],
    }


def _icon_entry(folder: str, name: str, picture: pictures.Picture) -> dict[str, str]:
    purpose = "monochrome" if picture.silhouette else "maskable" if picture.ground else "any"
    return {"src": f"{folder}{name}", "sizes": picture.sizes, "type": "image/png", "purpose": purpose}


def icon(brand: Brand, name: str) -> bytes:
    """PNG of the mark: transparent, or full-bleed for launchers that cut their own shape (maskable)."""
    return pictures.drawn(brand, pictures.APP_ICONS[name])
