"""Whether a brand's colours can be read and told apart, by everybody, in light and dark.

Contrast is that of WCAG 2.2; colour-blind eyes are simulated and distances measured (CIEDE2000) by coloraide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from coloraide import Color

from backend.kit.refusal import Refusal

CONTRAST_TEXT = "branding.contrast_text"
CONTRAST_CONTROL = "branding.contrast_control"
STATUS_ALIKE = "branding.status_alike"

READABLE = 4.5
"""Contrast of text against its ground, WCAG 2.2 success criterion 1.4.3 (AA)."""
VISIBLE = 3.0
"""Contrast of what is pressed or filled in against its ground, success criterion 1.4.11 (AA)."""
APART = 10.0
"""Distance of two status colours for any eye; what lies below is told apart only side by side."""

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
    ("good", "good_soft"),
    ("warn", "warn_soft"),
    ("bad", "bad_soft"),
    ("good", "surface"),
    ("warn", "surface"),
    ("bad", "surface"),
)
CONTROL_ON_GROUND = (
    ("brand", "page"),
    ("brand", "surface"),
    ("brand", "brand_soft"),
    ("muted", "surface"),
    ("bad", "page"),
    ("bad", "surface"),
)
STATUS = ("good", "warn", "bad")
_CONTRASTS = ((CONTRAST_TEXT, TEXT_ON_GROUND, READABLE), (CONTRAST_CONTROL, CONTROL_ON_GROUND, VISIBLE))
EYES = ("", "protan", "deutan", "tritan")
"""The usual eye, and those that miss red, green or blue."""


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colours, 1 (the same) to 21 (black on white), by WCAG 2.2."""
    return Color(one).contrast(other, method="wcag21")


def distance(one: str, other: str, eye: str = "") -> float:
    """How different two colours look to ``eye`` (one of EYES): CIEDE2000, 0 is the same, 2 just noticeable."""
    seen = [Color(colour).filter(eye) if eye else Color(colour) for colour in (one, other)]
    return seen[0].delta_e(seen[1], method="2000")


def colour_defects(scheme: str, colours: Mapping[str, str]) -> Iterator[Refusal]:
    """Every pair of text and ground below 4.5 : 1, of control and ground below 3 : 1, of status colours too alike."""
    for reason, pairs, needed in _CONTRASTS:
        for upon, ground in pairs:
            ratio = contrast(colours[upon], colours[ground])
            if ratio < needed:
                figures = {"scheme": scheme, "text": upon, "ground": ground, "ratio": int(ratio * 100) / 100}
                yield Refusal(reason, {**figures, "needed": needed})
    for one, other in combinations(STATUS, 2):
        eye, apart = min(((eye, distance(colours[one], colours[other], eye)) for eye in EYES), key=lambda seen: seen[1])
        if apart < APART:
            figures = {"scheme": scheme, "one": one, "other": other, "eye": eye or "usual"}
            yield Refusal(STATUS_ALIKE, {**figures, "distance": round(apart, 1), "needed": APART})
