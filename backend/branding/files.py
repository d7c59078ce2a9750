"""The files that are served of a brand: its JSON, its style sheet, the manifest of its app and the icons.

A brand is the same for everybody, so nothing here takes a scope.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import typst

from backend.branding.loader import Brand

ICONS = {"icon-192.png": (192, False), "icon-512.png": (512, False), "icon-maskable-512.png": (512, True)}

_TEMPLATE = Path(__file__).parent / "icon.typ"
_SANS = '"Inter", system-ui, -apple-system, "Segoe UI", Roboto, sans-serif'
_ROUNDED = '"Nunito", ui-rounded, system-ui, "Segoe UI", Roboto, sans-serif'
_SERIF = '"Source Serif", "Iowan Old Style", Georgia, "Noto Serif", serif'
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
    }


def theme_css(brand: Brand) -> str:
    """Custom properties for light and dark; the web app's own style sheet only reads them."""

    def variables(scheme: str) -> str:
        return " ".join(f"--{name.replace('_', '-')}: {value};" for name, value in brand.colours[scheme].items())

    radius, font = brand.shape["radius"], brand.shape["font"]
    shape = (
        f"--radius: {radius}px; --radius-small: {round(radius * 0.625)}px; "
        f"--font: {_BODY_FONTS[font]}; --font-heading: {_HEADING_FONTS[font]};"
    )
    return (
        f":root {{ {variables('light')} {shape} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {variables('dark')} }} }}\n"
    )


def manifest(brand: Brand) -> dict[str, Any]:
    """The web app manifest; id, start and scope never change, so an update stays the same app."""
    home = f"/c/{brand.slug}/"
    icons = [
        {
            "src": f"{home}{name}",
            "sizes": f"{pixels}x{pixels}",
            "type": "image/png",
            "purpose": "maskable" if full else "any",
        }
        for name, (pixels, full) in ICONS.items()
    ]
    light = brand.colours["light"]
    return {
        "id": home,
        "start_url": home,
        "scope": home,
        "name": brand.name,
        "short_name": brand.short_name,
        "description": brand.texts[brand.default_language]["tagline"],
        "lang": brand.default_language,
        "display": "standalone",
        "background_color": light["page"],
        "theme_color": light["brand"],
        "icons": [*icons, {"src": f"{home}logo-mark.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }


@cache
def _icon(mark: Path, name: str, ground: str) -> bytes:
    pixels, maskable = ICONS[name]
    return typst.compile(  # type: ignore[call-overload,no-any-return]  # its types want input and root alike
        _TEMPLATE.read_bytes(),
        root=mark.parent,
        format="png",
        ppi=72,
        ignore_system_fonts=True,
        sys_inputs={"mark": f"/{mark.name}", "side": str(pixels), "ground": ground if maskable else ""},
    )


def icon(brand: Brand, name: str) -> bytes:
    """PNG of the mark: transparent, or full-bleed for launchers that cut their own shape (maskable)."""
    return _icon(brand.logo["mark"], name, brand.colours["light"]["brand_soft"])
