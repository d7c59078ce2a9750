"""A whole palette from one colour: light and dark, every pair readable, whatever colour a company brings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coloraide import Color

from backend.branding.rules.colours import READABLE, contrast

_STEP = 0.005
_INK = 0.24
"""Lightness (OKLCH, 0..1) of body text on light ground."""


def derive(
    brand: str, accent: str | None = None, *, status: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """Light and dark palettes of ``brand`` (``#rrggbb``), with the defaults' ``status`` colours of each scheme.

    The hue stays; lightness moves only as far as the text on it and it on its grounds need (S0-87). Without an
    ``accent`` a warm or cool neighbour of the brand is taken.
    """
    hue, chroma = _hue_and_chroma(brand)
    second = accent or _hex(0.72, min(chroma, 0.11), hue + (60 if chroma > 0.02 else 0))
    card = _card(brand)
    return {
        "light": {**_light(brand, hue, chroma), "accent": second, **card, **status["light"]},
        "dark": {**_dark(brand, hue, chroma), "accent": _moved(second, ["#19211f"], up=True), **card, **status["dark"]},
    }


def _light(brand: str, hue: float, chroma: float) -> dict[str, str]:
    tint = min(chroma, 0.02)
    page, surface, soft = _hex(0.972, tint / 4, hue), "#ffffff", _hex(0.945, tint, hue)
    shown = _moved(brand, [page, surface, soft], up=False)
    return {
        "brand": shown,
        "on_brand": _upon(shown, hue),
        "brand_soft": soft,
        "page": page,
        "surface": surface,
        "text": _hex(_INK, tint / 2, hue),
        "muted": _moved(_hex(0.52, tint / 2, hue), [page, surface], up=False),
        "line": _hex(0.9, tint / 3, hue),
    }


def _dark(brand: str, hue: float, chroma: float) -> dict[str, str]:
    tint = min(chroma, 0.05)
    page, surface, soft = _hex(0.185, tint / 5, hue), _hex(0.235, tint / 5, hue), _hex(0.3, tint, hue)
    shown = _moved(_hex(max(_lightness(brand), 0.72), min(chroma, 0.13), hue), [page, surface, soft], up=True)
    return {
        "brand": shown,
        "on_brand": _upon(shown, hue),
        "brand_soft": soft,
        "page": page,
        "surface": surface,
        "text": _hex(0.955, tint / 6, hue),
        "muted": _moved(_hex(0.72, tint / 4, hue), [page, surface], up=True),
        "line": _hex(0.33, tint / 4, hue),
    }


def _card(brand: str) -> dict[str, str]:
    """The card runs from a deeper to a lighter tone of the brand and is read in white on both."""
    light = _moved(brand, ["#ffffff"], up=False)
    hue, chroma = _hue_and_chroma(light)
    return {
        "card_from": _hex(max(_lightness(light) - 0.12, 0.1), chroma, hue),
        "card_to": light,
        "card_text": "#ffffff",
    }


def _upon(ground: str, hue: float) -> str:
    """White or a deep tone of the hue, whichever reads better."""
    deep = _hex(0.18, 0.03, hue)
    return max("#ffffff", deep, key=lambda ink: contrast(ink, ground))


def _moved(colour: str, grounds: Sequence[str], *, up: bool) -> str:
    """The colour made lighter (``up``) or darker until it reads on every ground; its hue stays."""
    hue, chroma = _hue_and_chroma(colour)
    lightness = _lightness(colour)
    while min(contrast(colour, ground) for ground in grounds) < READABLE and (lightness < 1 if up else lightness > 0):
        lightness += _STEP if up else -_STEP
        colour = _hex(lightness, chroma, hue)
    return colour


def _lightness(colour: str) -> float:
    return Color(colour).convert("oklch")["lightness"]


def _hue_and_chroma(colour: str) -> tuple[float, float]:
    parts = Color(colour).convert("oklch")
    hue = parts["hue"]
    return (0.0 if hue != hue else hue), parts["chroma"]  # noqa: PLR0124 - a grey has no hue: not a number


def _hex(lightness: float, chroma: float, hue: float) -> str:
    return Color("oklch", [lightness, chroma, hue % 360]).convert("srgb").fit(method="oklch-chroma").to_string(hex=True)
