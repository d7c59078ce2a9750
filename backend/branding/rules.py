"""Pure rules of a brand: how a client's file is laid over the defaults, and whether its colours can be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

READABLE = 4.5
"""Contrast of body text against its ground, WCAG 2.2 success criterion 1.4.3 (AA)."""

TEXT_ON_GROUND = (
    ("on_brand", "brand"),
    ("brand", "page"),
    ("brand", "surface"),
    ("text", "page"),
    ("text", "surface"),
    ("text", "brand_soft"),
    ("muted", "page"),
    ("muted", "surface"),
    ("card_text", "card_from"),
    ("card_text", "card_to"),
)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Two colours that meet as text and ground and are too alike."""

    scheme: str
    text: str
    ground: str
    ratio: float


def merge(defaults: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """``own`` laid over ``defaults``: mappings join key by key, everything else replaces (S0-87)."""
    merged = dict(defaults)
    for key, value in own.items():
        before = merged.get(key)
        merged[key] = merge(before, value) if isinstance(before, Mapping) and isinstance(value, Mapping) else value
    return merged


def _luminance(colour: str) -> float:
    def linear(octet: str) -> float:
        part = int(octet, 16) / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(colour[at : at + 2]) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colours, 1 (the same) to 21 (black on white), by WCAG 2.2."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def unreadable(scheme: str, colours: Mapping[str, str]) -> list[Unreadable]:
    """Every pair of text and ground below 4.5 : 1."""
    found = []
    for text, ground in TEXT_ON_GROUND:
        ratio = contrast(colours[text], colours[ground])
        if ratio < READABLE:
            found.append(Unreadable(scheme, text, ground, round(ratio, 2)))
    return found
