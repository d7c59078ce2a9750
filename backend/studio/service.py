"""What the studio is asked: may this brand be published, and what palette does one colour give?"""

from __future__ import annotations

from typing import Any

from backend.access import Scope
from backend.branding import loader
from backend.branding.rules.palette import derive
from backend.clients import registry as clients
from backend.languages import message
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


def _brand(scope: Scope) -> loader.Brand:
    return loader.brand_for(clients.client_by_id(scope.client_id))
