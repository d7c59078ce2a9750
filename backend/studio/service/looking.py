"""What the studio is asked: is what is in force still fit for it, what does one colour give, what can be set at all?"""

from __future__ import annotations

from typing import Any

from backend.access import Scope
from backend.branding import loader
from backend.branding.rules.colours import APART, CONTROL_ON_GROUND, READABLE, TEXT_ON_GROUND, VISIBLE
from backend.branding.rules.palette import derive
from backend.branding.vocabulary import speeches
from backend.clients import registry as clients
from backend.helpline.catalogue import entries
from backend.kit import locales
from backend.languages import message
from backend.studio import archive, logos, rules, typefaces
from backend.studio.drawings import SAFE
from backend.studio.gate import defects

_STATUS = ("good", "good_soft", "warn", "warn_soft", "bad", "bad_soft")


def verdict(scope: Scope) -> dict[str, Any]:
    """Whether the client's brand may be published, with every defect in the reader's language (S0-87)."""
    found = defects(_brand(scope), loader.brands())
    return {
        "publishable": not found,
        "defects": [
            {"reason": one.reason, "message": message(one.reason, scope.language, one.figures)} for one in found
        ],
    }


def palette(scope: Scope, brand: str, accent: str | None = None) -> dict[str, dict[str, str]]:
    """Light and dark from one colour (``#rrggbb``); the colours of states stay the client's own."""
    own = _brand(scope).colours
    return derive(brand, accent, status={scheme: {name: own[scheme][name] for name in _STATUS} for scheme in own})


def form(scope: Scope) -> dict[str, Any]:
    """What a page builds its fields from: schema, defaults, the helpline's sentences, and the gate's limits."""
    spoken = speeches()
    return {
        "schema": loader.schema(),
        "defaults": loader.defaults(),
        "languages": list(locales.codes()),
        "replies": {
            language: {name: {"text": one.text, "voice": one.voice} for name, one in entries(language).items()}
            for language in locales.codes()
        },
        "glossary_terms": [
            {
                "term": term,
                "words": {code: one.terms[term].forms[0] for code, one in spoken.items() if term in one.terms},
            }
            for term in dict.fromkeys(name for one in spoken.values() for name in one.terms)
        ],
        "checks": {
            "text_pairs": [list(pair) for pair in TEXT_ON_GROUND],
            "control_pairs": [list(pair) for pair in CONTROL_ON_GROUND],
            "contrast_text": READABLE,
            "contrast_control": VISIBLE,
            "status_distance": APART,
            "safe_zone": SAFE,
            "logo_bytes": logos.MOST_BYTES,
            "logo_png_pixels": logos.SMALLEST,
            "typeface_bytes": typefaces.MOST_BYTES,
            "archive_bytes": archive.MOST_BYTES,
            "preview_days": rules.MOST_DAYS,
        },
    }


def _brand(scope: Scope) -> loader.Brand:
    return loader.brand_for(clients.client_by_id(scope.client_id))
